package pipelines

import (
	"context"
	"fmt"
	"iter"
	"log/slog"

	"hemicycle/extract"
	"hemicycle/extract/mirror"
	"hemicycle/schemas"
)

// SeedMirror takes the pages of dumps over into the mirror of the pipeline's one live source, so that less is fetched
// from the wiki.
func SeedMirror(ctx context.Context, p *Pipeline, o Options, dumps []string) (mirror.Seeded, error) {
	p, err := p.withMirrors(o.Output)
	if err != nil {
		return mirror.Seeded{}, err
	}
	if len(p.Sources) != 1 || p.Sources[0].Live == nil {
		return mirror.Seeded{}, fmt.Errorf("the pipeline %s is not one live wiki, and only the mirror of such a one can be "+
			"seeded", schemas.Printable(p.Name))
	}
	s := &p.Sources[0]
	files, err := FromFiles(dumps)
	if err != nil {
		return mirror.Seeded{}, err
	}
	files.Templates, files.Sources[0].Namespaces = p.Templates, s.Namespaces
	sources, err := files.open(ctx, o.Log)
	if err != nil {
		return mirror.Seeded{}, err
	}
	return mirror.Seed(ctx, s.Live.Mirror, s.Wiki, seedPages(ctx, o.Log, sources, s.Wiki))
}

// seedPages yields the pages of dumps as a mirror takes them. What a dump cannot give is logged, and fetched later.
func seedPages(
	ctx context.Context, log *slog.Logger, sources [][]extract.Source, wiki string,
) iter.Seq2[mirror.SeedPage, error] {
	return func(yield func(mirror.SeedPage, error) bool) {
		for _, files := range sources {
			for _, source := range files {
				for event, err := range source.Events(ctx) {
					d := event.Document
					switch {
					case d == nil:
						continue
					case err != nil:
						log.Warn("not seeded", "source", source.URI(), "title", d.Title, "detail", err)
						continue
					case d.PageID == nil || d.RevisionID == nil || d.Wiki != wiki:
						err := fmt.Errorf("%s holds a page of %q without the numbers of page and revision, or of another wiki: "+
							"expected a dump of %s", schemas.Printable(source.URI()), d.Wiki, wiki)
						yield(mirror.SeedPage{}, err)
						return
					}
					page := mirror.SeedPage{
						ID: *d.PageID, Title: d.Title, Revision: *d.RevisionID, Time: d.RevisionTimestamp, Text: d.Text,
					}
					if !yield(page, nil) {
						return
					}
				}
			}
		}
	}
}
