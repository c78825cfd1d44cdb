package pipelines

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"hemicycle/extract/document"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// account keeps what became of every document and box of a run, in the order of the input. Beside the
// names of the sources it grows by some 40 bytes an election: the digests of the ids seen.
type account struct {
	run     schemas.Run
	sources []sourceAccount // by source of the pipeline
	inputs  []version.Input
	current schemas.Account // of the file or dump being read
	seen    map[[16]byte]origin
	uris    []string
	part    sincePart
	build   func() (string, error) // found once, and when asked for: it takes reading the program's file
}

// sourceAccount is the account of one source of the pipeline: all its files together.
type sourceAccount struct {
	schemas.Account
	Seats, Contenders, Errors int64
}

// origin is where an election id was first met.
type origin struct {
	uri  int32 // index into uris
	box  int32
	line int32
}

func newAccount(p *Pipeline, o Options, output *version.Output, started time.Time) *account {
	return &account{
		run: schemas.Run{
			ID: output.NewRunID(started), Pipeline: p.Name, StartedAt: started,
			Version: o.Version, SchemaVersion: schemas.Version,
		},
		sources: make([]sourceAccount, len(p.Sources)), seen: map[[16]byte]origin{},
		build: sync.OnceValues(o.build),
	}
}

// soFar is the account of all sources together, with what is known of the one being read.
func (a *account) soFar() schemas.Account {
	total := a.run.Total
	total.Add(&a.current)
	return total
}

// take enters one item that was read, and says what the sinks are to have of it.
func (a *account) take(item read) []schemas.Record {
	if item.end != nil {
		return []schemas.Record{a.endOf(item)}
	}
	records := a.takeDocument(item)
	if len(item.redirects) > 0 {
		records = append(records, schemas.Record{Passed: item.redirects})
	}
	return records
}

func (a *account) takeDocument(item read) []schemas.Record {
	if item.err != nil {
		a.current.Rejected++
		return []schemas.Record{{Reject: rejectOf(item.document, item.err)}}
	}
	d := item.document
	if d == nil {
		return nil
	}
	a.current.Format = d.Format
	boxes := int64(len(item.elections) + len(d.Rejects))
	if boxes == 0 {
		a.current.WithoutBox++
		return nil
	}
	a.current.WithBox++
	a.current.Boxes += boxes
	a.current.RejectedBoxes += int64(len(d.Rejects))
	var records []schemas.Record
	for i := range d.Rejects {
		records = append(records, schemas.Record{Reject: &d.Rejects[i]})
	}
	for _, e := range item.elections {
		if r := a.duplicate(e); r != nil {
			a.current.RejectedBoxes++
			records = append(records, schemas.Record{Reject: r})
			continue
		}
		a.current.Elections++
		a.enter(item.source, e)
		records = append(records, schemas.Record{Election: e})
	}
	return records
}

// enter counts what an election holds.
func (a *account) enter(source int, e *schemas.Election) {
	s := &a.sources[source]
	s.Contenders += int64(len(e.Contenders))
	if sum := e.SeatsSum(); sum != nil {
		s.Seats += *sum
	}
	if !e.HasErrors() {
		a.run.Sound++
	}
	for i := range e.Findings {
		switch e.Findings[i].Status {
		case schemas.Note:
			a.run.Notes++
		case schemas.Warn:
			a.run.Warnings++
		case schemas.Error:
			a.run.Errors++
			s.Errors++
		}
	}
}

// duplicate rejects an election whose id was loaded before; the first in the order of the input stays.
func (a *account) duplicate(e *schemas.Election) *schemas.Reject {
	digest := sha256.Sum256([]byte(e.ID))
	id := [16]byte(digest[:16])
	box := &e.Document.Boxes[0]
	for i := range e.Document.Boxes {
		if e.Document.Boxes[i].Box == e.Box {
			box = &e.Document.Boxes[i]
		}
	}
	first, ok := a.seen[id]
	if !ok {
		if n := len(a.uris); n == 0 || a.uris[n-1] != e.Document.URI {
			a.uris = append(a.uris, e.Document.URI)
		}
		a.seen[id] = origin{int32(len(a.uris) - 1), int32(e.Box), int32(box.Line)}
		a.part.note(id, a.seen[id])
		return nil
	}
	return &schemas.Reject{
		SourceURI: e.Document.URI, PageTitle: e.Document.Title, Unit: schemas.UnitBox, Stage: "load", Reason: schemas.ReasonDuplicate,
		Detail: fmt.Sprintf("%s was loaded from %s:%d before; this one, of %s:%d, is left out", e.ID, a.uris[first.uri], first.line, e.Document.URI, box.Line),
		Line:   box.Line, Offset: box.Offset,
	}
}

// endOf closes the account of a file or dump.
func (a *account) endOf(item read) schemas.Record {
	done := *item.end
	counted := a.current
	counted.Documents, counted.Bytes = done.Documents, done.Bytes
	counted.OtherNamespaces, counted.Redirects = done.OtherNamespaces, done.Redirects
	counted.WithoutBox += done.WithoutBox // those that the source did not even yield
	if done.Format != "" {                // else it is that of the one document
		counted.Format = done.Format
	}
	counted.SourceURI, counted.SHA256, counted.Scan = done.SourceURI, done.SHA256, done.Scan
	counted.Names, counted.Index = done.Names, done.Index
	a.current = schemas.Account{}
	a.sources[item.source].Add(&counted)
	a.run.Total.Add(&counted)
	a.inputs = append(a.inputs, version.Input{URI: counted.SourceURI, Format: counted.Format, Bytes: counted.Bytes, SHA256: counted.SHA256, Scan: counted.Scan, Index: done.Index})
	return schemas.Record{Account: &counted}
}

// rejectOf is the record of a document that could not be read.
func rejectOf(d *schemas.Document, err error) *schemas.Reject {
	r := &schemas.Reject{
		SourceURI: d.URI, PageTitle: d.Title, Unit: schemas.UnitDocument, Stage: "extract",
		Reason: schemas.ReasonUnreadable, Detail: err.Error(), Offset: -1,
	}
	if u, ok := err.(*document.Unreadable); ok {
		r.Reason, r.Detail, r.Line, r.Offset = u.Reason, u.Detail, u.Line, u.Offset
	}
	return r
}
