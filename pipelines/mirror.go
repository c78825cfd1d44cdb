package pipelines

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"hemicycle/extract"
	"hemicycle/extract/boxnames"
	"hemicycle/extract/mirror"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// This file says where the mirrors of live sources are, and opens them. sync.go brings them up to what the wikis have.

// mirrorsName is the folder with the mirrors, in the output folder.
const mirrorsName = "mirror"

// withMirrors returns the pipeline with a folder for the mirror of each live source: that of the pipeline file, or
// else one in the output. No two sources can have the same folder, since each would be read as the last one left it.
func (p *Pipeline) withMirrors(output string) (*Pipeline, error) {
	q := p.clone()
	names := map[string]string{} // of the sources, by folder
	for i := range q.Sources {
		s := &q.Sources[i]
		if s.Live == nil {
			continue
		}
		folder := &s.Live.Mirror
		switch {
		case *folder == "":
			*folder = filepath.Join(output, mirrorsName, mirrorName(s.Name))
		case p.base != "" && !filepath.IsAbs(*folder):
			*folder = filepath.Join(p.base, *folder)
		}
		*folder = filepath.Clean(*folder)
		if other, isTaken := names[*folder]; isTaken {
			return nil, fmt.Errorf("the sources %s and %s have the same mirror, %s: give one of them another folder with "+
				"the key mirror", schemas.Printable(other), schemas.Printable(s.Name), schemas.Printable(*folder))
		}
		names[*folder] = s.Name
	}
	return q, nil
}

// openSynced brings the mirrors up to date and opens all sources. It returns the pipeline with the names that the
// mirrors know for its boxes, and what wikis were asked.
func (p *Pipeline) openSynced(ctx context.Context, o Options) (*Pipeline, [][]extract.Source, []Synced, error) {
	p, err := p.withMirrors(o.Output)
	if err != nil {
		return nil, nil, nil, err
	}
	synced, err := p.sync(ctx, o, false)
	if err != nil {
		return nil, nil, nil, err
	}
	sources, err := p.open(ctx, o.Log)
	if err != nil {
		return nil, nil, nil, err
	}
	return p.withNamesOf(sources), sources, synced, nil
}

// mirrorName returns a name for the folder of a source's mirror: its own, without what a path could mistake.
func mirrorName(source string) string {
	name := []rune(source)
	for i, c := range name {
		if c == '/' || c == '\\' || c < ' ' || i == 0 && c == '.' {
			name[i] = '_'
		}
	}
	return string(name)
}

// HasLive reports whether a source of the pipeline is a live wiki.
func (p *Pipeline) HasLive() bool {
	return slices.ContainsFunc(p.Sources, func(s Source) bool { return s.Live != nil })
}

// WithPages returns the pipeline with only those pages asked for, by their titles, and at least one election expected.
// The pipeline must have one source, a live wiki.
func (p *Pipeline) WithPages(titles []string) (*Pipeline, error) {
	if len(p.Sources) != 1 || p.Sources[0].Live == nil {
		return nil, fmt.Errorf("--title: the pipeline %s is not one live wiki, and only of such a one can pages be named",
			schemas.Printable(p.Name))
	}
	for _, title := range titles {
		if err := checkTitle(title); err != nil {
			return nil, fmt.Errorf("--title: %w", err)
		}
	}
	q := p.clone()
	live := q.Sources[0].Live
	live.Using, live.Categories, live.Prefixes, live.Search, live.Titles = nil, nil, nil, "", titles
	q.Sources[0].Expect = nil
	return q, nil
}

// withNamesOf returns the pipeline with the names that the mirrors know for its boxes.
func (p *Pipeline) withNamesOf(sources [][]extract.Source) *Pipeline {
	q := p
	for m := range mirrorsOf(sources) {
		q = q.withNames(m.Names)
	}
	return q
}

// withNames returns the pipeline with the names that a wiki has for its boxes: redirects to the templates, which pages
// may name instead.
func (p *Pipeline) withNames(names map[string]string) *Pipeline {
	known := boxnames.Known().With(p.Templates)
	q := *p
	q.Templates = maps.Clone(p.Templates)
	for name, template := range names {
		box, isBox := known[boxnames.Normalize(template)]
		if _, isKnown := known[boxnames.Normalize(name)]; isKnown || !isBox {
			continue
		}
		if q.Templates == nil {
			q.Templates = map[string]string{}
		}
		q.Templates[name] = box
	}
	return &q
}

// mirrorsOf yields the mirrors among sources.
func mirrorsOf(sources [][]extract.Source) func(yield func(*mirror.Mirror) bool) {
	return func(yield func(*mirror.Mirror) bool) {
		for _, files := range sources {
			for _, s := range files {
				if m, ok := s.(*mirror.Source); ok && !yield(m.Mirror()) {
					return
				}
			}
		}
	}
}

// stalePages returns how many pages were read in an older revision, since the wiki did not give the newest.
func stalePages(inputs []version.Input) (stale int64) {
	for i := range inputs {
		if m := inputs[i].Mirror; m != nil {
			stale += m.Stale
		}
	}
	return stale
}

// addSyncs adds to each input that is a mirror what the wiki was asked to bring it to its state.
func addSyncs(inputs []version.Input, synced []Synced) {
	for i := range inputs {
		for k := range synced {
			m, r := inputs[i].Mirror, &synced[k]
			if m != nil && r.Snapshot == m.Snapshot && !r.IsFresh {
				m.Requests, m.Received, m.New, m.Changed = r.Requests, r.Bytes, int64(r.New), int64(r.Changed)
				m.Moved, m.Deleted = int64(r.Moved), int64(r.Deleted)
				m.Redirected, m.Dropped = int64(r.Redirected), int64(r.Dropped)
			}
		}
	}
}

// Pruned is what was removed of the mirror of a source.
type Pruned struct {
	Source string
	mirror.Pruned
}

// PruneMirrors removes from the mirrors of the live sources what no page has any more and is older than PruneAge of
// package mirror.
func PruneMirrors(ctx context.Context, p *Pipeline, o Options) ([]Pruned, error) {
	p, err := p.withMirrors(o.Output)
	if err != nil {
		return nil, err
	}
	var all []Pruned
	for i := range p.Sources {
		s := &p.Sources[i]
		if s.Live == nil {
			continue
		}
		pruned, err := mirror.Prune(ctx, s.Live.Mirror, mirror.PruneOptions{Before: time.Now().Add(-mirror.PruneAge)})
		if err != nil {
			return all, fmt.Errorf("the source %s: %w", schemas.Printable(s.Name), err)
		}
		all = append(all, Pruned{Source: s.Name, Pruned: pruned})
	}
	return all, nil
}
