package pipelines

import (
	"github.com/goccy/go-yaml/ast"
)

// maxAfterSeconds is how long the command after a run may be given: a day.
const maxAfterSeconds = 86400

// readAfter reads the command that runs after a run.
func (r *fileReader) readAfter(name string, n ast.Node) {
	r.list(n, name, func(n ast.Node) {
		if word := r.text(n, name); word != "" {
			r.pipeline.After = append(r.pipeline.After, word)
		}
	})
}

func (r *fileReader) readAfterSeconds(name string, n ast.Node) {
	seconds := r.number(n, name)
	switch {
	case seconds == nil:
	case *seconds < 1 || *seconds > maxAfterSeconds:
		r.problem(n, "%s: expected a number of seconds from 1 to %d, found %d", name, maxAfterSeconds, *seconds)
	default:
		r.pipeline.AfterSeconds = *seconds
	}
}
