package pipelines

import (
	"context"
	"fmt"
	"math"

	"github.com/goccy/go-yaml"

	"hemicycle/extract/dump"
	"hemicycle/schemas"
)

// missing is the names that a source has for election boxes, and that are not in the table.
func missing(table map[string]string, names []schemas.BoxName) map[string]string {
	var lacking map[string]string
	for _, n := range names {
		if _, known := table[n.Name]; !known {
			if lacking == nil {
				lacking = map[string]string{}
			}
			lacking[n.Name] = n.Template
		}
	}
	return lacking
}

// TemplateLines is names of election boxes as the key of a pipeline file has them.
func TemplateLines(names map[string]string) (string, error) {
	lines, err := yaml.Marshal(map[string]map[string]string{"templates": names})
	return string(lines), err
}

// Templates is the names that dumps have for election boxes: of every redirect between templates, the
// name and the box that it leads to.
func Templates(ctx context.Context, files []string) (map[string]string, error) {
	p, err := FromFiles(files)
	if err != nil {
		return nil, err
	}
	sources, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for step := range documents(ctx, sources, place{}, math.MaxInt) {
		if step.err != nil {
			return nil, fmt.Errorf("%s: %w", step.document.URI, step.err)
		}
		if step.end == nil {
			continue
		}
		if step.end.Format != dump.Format {
			return nil, fmt.Errorf("%s: is no dump: expected a MediaWiki export", step.end.SourceURI)
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
