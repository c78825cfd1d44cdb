package pipelines

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"time"

	"hemicycle/extract"
	"hemicycle/extract/boxnames"
	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mirror"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// This file has the first phase of a run with live sources, the only one that uses the network: it brings the mirror
// of each up to what its wiki has. The run then reads the mirrors as it reads files.

// LiveOptions are what the caller decides of live sources; the zero value is the default.
type LiveOptions struct {
	Contact string // takes the place of the pipeline's contact
	// DefaultContact is that of a pipeline that names none.
	DefaultContact string
	Offline        bool          // make no request: read the mirrors as they are
	MaxAge         time.Duration // make no request for a mirror that is younger
	// Sync is called with how far the wikis have been asked. It may be nil.
	Sync func(SyncProgress)

	transport http.RoundTripper // of the requests; nil for one of the client's own
	clock     mediawiki.Clock   // nil for that of the machine
}

// SyncProgress is how far a wiki has been asked.
type SyncProgress struct {
	Source string // its name
	mirror.Progress
	// Waiting says why the next request waits, and For how long. "" if it does not wait longer than the rate wants.
	Waiting string
	For     time.Duration
}

// Synced is what a wiki was asked for a source, and what it said.
type Synced struct {
	Source string // its name
	mirror.Report
}

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

// SyncMirrors brings the mirror of every live source up to what its wiki has, and publishes nothing. With dryRun it
// asks what there is and writes nothing. The output is where the mirrors are that the pipeline gives no folder.
func SyncMirrors(ctx context.Context, p *Pipeline, o Options, dryRun bool) ([]Synced, error) {
	p, err := p.withMirrors(o.Output)
	if err != nil {
		return nil, err
	}
	return p.sync(ctx, o, dryRun)
}

// sync brings the mirrors up to date, source by source.
func (p *Pipeline) sync(ctx context.Context, o Options, dryRun bool) ([]Synced, error) {
	var all []Synced
	for i := range p.Sources {
		s := &p.Sources[i]
		if s.Live == nil || o.Live.Offline {
			continue
		}
		report, err := s.sync(ctx, o, dryRun)
		if err != nil {
			return nil, fmt.Errorf("the source %s: %w", schemas.Printable(s.Name), err)
		}
		all = append(all, Synced{Source: s.Name, Report: report})
	}
	return all, nil
}

// sync brings the mirror of a live source up to date.
func (s *Source) sync(ctx context.Context, o Options, dryRun bool) (mirror.Report, error) {
	tell := func(p SyncProgress) {
		if p.Source = s.Name; o.Live.Sync != nil {
			o.Live.Sync(p)
		}
	}
	contact := cmp.Or(o.Live.Contact, s.Live.Contact, o.Live.DefaultContact)
	client, err := mediawiki.New(mediawiki.Options{
		API: s.Live.address(s.Wiki), Contact: contact, Version: o.Version, Rate: s.Live.Rate,
		Transport: o.Live.transport, Clock: o.Live.clock,
		OnWait:    func(w mediawiki.Wait) { tell(SyncProgress{Waiting: w.Reason, For: w.For}) },
		OnWarning: func(text string) { o.Log.Warn("the wiki warns", "source", s.Name, "text", text) },
	})
	if err != nil {
		return mirror.Report{}, err
	}
	report, err := mirror.Sync(ctx, mirror.Options{
		Folder: s.Live.Mirror, Client: client, Wiki: s.Wiki, Selection: s.selectionOfPages(), DryRun: dryRun,
		Templates: boxTemplates(),
		MaxAge:    o.Live.MaxAge, OnProgress: func(p mirror.Progress) { tell(SyncProgress{Progress: p}) },
	})
	if err == nil {
		logSync(o.Log, s.Name, &report)
	}
	return report, err
}

// selectionOfPages returns which pages of a live wiki are asked for.
func (s *Source) selectionOfPages() mediawiki.Selection {
	selection := mediawiki.Selection{
		Using: s.Live.templates(), Categories: s.Live.Categories, Prefixes: s.Live.Prefixes, Titles: s.Live.Titles,
		Namespaces: s.Namespaces,
	}
	if s.Live.Search != "" {
		selection.Searches = []string{s.Live.Search}
	}
	return selection
}

// logSync logs what a wiki said.
func logSync(log *slog.Logger, source string, r *mirror.Report) {
	if r.IsFresh {
		log.Info("mirror", "source", source, "synced_at", r.Synced, "requests", 0)
		return
	}
	log.Info("mirror", "source", source, "requests", r.Requests, "bytes", r.Bytes, "listed", r.Listed, "new", r.New,
		"changed", r.Changed, "moved", r.Moved, "deleted", r.Deleted, "redirected", r.Redirected, "dropped", r.Dropped,
		"fetched", r.Fetched, "stale", r.Stale, "refused", r.Refused)
	for _, title := range r.Missing {
		log.Warn("the wiki has no such page", "source", source, "title", title)
	}
	for _, f := range r.Failed {
		log.Warn("the wiki did not give the text of a page", "source", source, "page_id", f.ID, "title", f.Title,
			"detail", f.Detail)
	}
}

// withNamesOf returns the pipeline with the names that the mirrors know for its boxes: redirects to the templates,
// which pages may name instead.
func (p *Pipeline) withNamesOf(sources [][]extract.Source) *Pipeline {
	known := boxnames.Known().With(p.Templates)
	q := *p
	q.Templates = maps.Clone(p.Templates)
	for m := range mirrorsOf(sources) {
		for name, template := range m.Names {
			box, isBox := known[boxnames.Normalize(template)]
			if _, isKnown := known[boxnames.Normalize(name)]; isKnown || !isBox {
				continue
			}
			if q.Templates == nil {
				q.Templates = map[string]string{}
			}
			q.Templates[name] = box
		}
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
