package pipelines

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"hemicycle/extract"
	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mirror"
	"hemicycle/schemas"
	"hemicycle/transform"
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
		report, err := p.syncSource(ctx, s, o, dryRun)
		if ctx.Err() != nil {
			err = fmt.Errorf("stopped while the wiki was asked; what it has given is kept, and the next run goes on there: %w",
				context.Cause(ctx))
		}
		if err != nil {
			return nil, fmt.Errorf("the source %s: %w", schemas.Printable(s.Name), err)
		}
		all = append(all, Synced{Source: s.Name, Report: report})
	}
	return all, nil
}

// syncSource brings the mirror of a live source up to date.
func (p *Pipeline) syncSource(ctx context.Context, s *Source, o Options, dryRun bool) (mirror.Report, error) {
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
	links, err := p.linkReader(s, &o)
	if err != nil {
		return mirror.Report{}, err
	}
	report, err := mirror.Sync(ctx, mirror.Options{
		Folder: s.Live.Mirror, Client: client, Wiki: s.Wiki, Selection: s.selectionOfPages(), DryRun: dryRun,
		Templates: boxTemplates(), Links: links,
		MaxAge: o.Live.MaxAge, OnProgress: func(p mirror.Progress) { tell(SyncProgress{Progress: p}) },
	})
	if err == nil {
		logSync(o.Log, s.Name, &report)
	}
	return report, err
}

// linkReader returns what finds the titles to which the elections of a live source link; nil if nobody wants to know.
func (p *Pipeline) linkReader(s *Source, o *Options) (func(names map[string]string) mirror.LinkReader, error) {
	if !s.Live.Redirects {
		return nil, nil
	}
	program, err := o.program()
	if err != nil {
		return nil, err
	}
	return func(names map[string]string) mirror.LinkReader {
		q := p.withNames(names)
		reader := extract.NewReader(extract.Options{
			Templates: q.Templates, Wiki: s.Wiki, Wikis: q.wikiSet(), BoxesOnly: true,
		})
		h := sha256.New()
		fmt.Fprintln(h, o.Version, program, q.Templates) // of which fmt sorts the names
		return mirror.LinkReader{ID: hex.EncodeToString(h.Sum(nil)), Titles: func(d *schemas.Document) []string {
			step := inputStep{document: d}
			step.guard(func(step *inputStep) {
				step.readBoxes(reader)
				step.makeElections(transform.Transform, q.transformOptions())
			})
			var titles []string
			for _, e := range step.elections {
				titles = append(titles, e.LinkedTitles()...)
			}
			return titles
		}}
	}, nil
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
		"fetched", r.Fetched, "stale", r.Stale, "refused", r.Refused, "linked", r.Linked, "asked", r.Asked)
	for _, title := range r.Missing {
		log.Warn("the wiki has no such page", "source", source, "title", title)
	}
	for _, f := range r.Failed {
		log.Warn("the wiki did not give the text of a page", "source", source, "page_id", f.ID, "title", f.Title,
			"detail", f.Detail)
	}
}
