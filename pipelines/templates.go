package pipelines

import (
	"context"
	"fmt"
	"log/slog"
	"math"

	"github.com/goccy/go-yaml"

	"hemicycle/extract/dump"
	"hemicycle/schemas"
)

// missingNames returns the names that a source has for election boxes and that the table lacks, with the box of each.
func missingNames(table map[string]string, names []schemas.BoxName) map[string]string {
	var missing map[string]string
	for _, n := range names {
		if _, known := table[n.Name]; !known {
			if missing == nil {
				missing = map[string]string{}
			}
			missing[n.Name] = n.Template
		}
	}
	return missing
}

// TemplateLines returns names of election boxes as the key templates of a pipeline file.
func TemplateLines(names map[string]string) (string, error) {
	lines, err := yaml.Marshal(map[string]map[string]string{"templates": names})
	return string(lines), err
}

// Templates returns the names that dumps have for election boxes: the name of every redirect between templates that
// leads to one, with that box. Files that are left out are logged.
func Templates(ctx context.Context, files []string, log *slog.Logger) (map[string]string, error) {
	p, err := FromFiles(files)
	if err != nil {
		return nil, err
	}
	sources, err := p.open(ctx, log)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for step := range documents(ctx, sources, inputPosition{}, math.MaxInt) {
		if step.err != nil {
			return nil, fmt.Errorf("%s: %w", schemas.Printable(step.document.URI), step.err)
		}
		if step.end == nil {
			continue
		}
		if step.end.Format != dump.Format {
			return nil, fmt.Errorf("%s: not a dump: expected a MediaWiki export", schemas.Printable(step.end.SourceURI))
		}
		for _, n := range step.end.Names {
			names[n.Name] = n.Template
		}
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("stopped before the end of the input: %w", context.Cause(ctx))
	}
	return names, nil
}
