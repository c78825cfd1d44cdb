package pipelines

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"hemicycle/extract/document"
	"hemicycle/load/partition"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// account keeps what became of every document and box of a run, in the order of the input. Apart from the names of
// the sources it grows by some 40 bytes per election: the digests of the ids seen.
type account struct {
	run     schemas.Run
	sources []sourceAccount // by source of the pipeline
	inputs  []version.Input
	current schemas.Account // of the file or dump being read
	seen    map[[16]byte]firstSeen
	uris    []string
	unsaved unsavedPart
	pages   doubtfulPages
	rows    rowCounter // of what was written
	kept    rowCounter // of it, what was read in an earlier version
	tallies version.Tallies
	isLive  []bool   // by source of the pipeline
	wikis   []string // by source of the pipeline: that of pages which name none
	// isByWiki says that the output is laid out by wiki, so that the name of a wiki must be that of a partition.
	isByWiki bool
	read     map[string]bool        // the wikis of all documents; "" stands for pages of none
	ofFile   map[string]bool        // the wikis of the documents of the file or dump being read
	build    func() (string, error) // computed once and only if needed, since it reads the program's file
}

// sourceAccount is the account of one source of the pipeline: all its files together.
type sourceAccount struct {
	schemas.Account
	Seats, Contenders, Errors int64
	InternalErrors            int64 // documents that made the program panic; they are among Rejected
}

// NamedPages are pages of which only the first few are named.
type NamedPages struct {
	First []NamedPage
	Count int64 // of all, also those that are not named
}

// NamedPage is a page that made a run doubtful.
type NamedPage struct {
	Name string // its title, or where it was found if it has none
	Why  string // the check that found an error, or the reason of the reject
}

// maxNamedPages is how many pages are named.
const maxNamedPages = 3

// add counts a page, and names it if it is among the first.
func (p *NamedPages) add(name, why string) {
	p.Count++
	if len(p.First) < maxNamedPages {
		p.First = append(p.First, NamedPage{name, why})
	}
}

// doubtfulPages are the pages that make a run doubtful.
type doubtfulPages struct {
	WithErrors NamedPages // pages with error findings
	Rejected   NamedPages // documents and boxes, without those that stand for what is missing from a source
}

// addReject adds the page of a reject.
func (p *doubtfulPages) addReject(r *schemas.Reject) {
	if !r.IsIncomplete() {
		p.Rejected.add(cmp.Or(r.PageTitle, r.SourceURI), r.Reason)
	}
}

// addErrors adds the page of some elections if one of them has an error.
func (p *doubtfulPages) addErrors(d *schemas.Document, loaded []*schemas.Election) {
	for _, e := range loaded {
		for i := range e.Findings {
			if e.Findings[i].Status == schemas.Error {
				p.WithErrors.add(cmp.Or(d.Title, d.URI), e.Findings[i].CheckID)
				return
			}
		}
	}
}

// firstSeen is where an election id was first seen.
type firstSeen struct {
	uri  int32 // index into uris
	box  int32
	line int32
}

func newAccount(p *Pipeline, o Options, output *version.Output, started time.Time) *account {
	isLive, wikis := make([]bool, len(p.Sources)), make([]string, len(p.Sources))
	for i := range p.Sources {
		isLive[i], wikis[i] = p.Sources[i].Live != nil, p.Sources[i].Wiki
	}
	return &account{
		run: schemas.Run{
			ID: output.NewRunID(started), Pipeline: p.Name, StartedAt: started,
			Version: o.Version, SchemaVersion: schemas.Version,
		},
		sources: make([]sourceAccount, len(p.Sources)), seen: map[[16]byte]firstSeen{},
		rows: rowCounter{}, kept: rowCounter{}, isLive: isLive, wikis: wikis,
		isByWiki: p.Partition != "",
		read:     map[string]bool{}, ofFile: map[string]bool{}, build: sync.OnceValues(o.build),
	}
}

// soFar returns the account of all sources together, including what is known of the one being read.
func (a *account) soFar() schemas.Account {
	total := a.run.Total
	total.Add(&a.current)
	return total
}

// enter enters one step into the account, and returns what the sinks are to have of it.
func (a *account) enter(step inputStep) []schemas.Record {
	if step.end != nil {
		return []schemas.Record{a.closeSource(step)}
	}
	wiki := a.wikiOf(&step)
	if step.document != nil {
		a.ofFile[wiki] = true
	}
	records := a.enterDocument(step, wiki)
	for i := range records {
		if r := records[i].Reject; r != nil {
			r.Wiki = wiki
		}
	}
	for _, p := range step.pages {
		records = append(records, schemas.Record{Page: p})
	}
	if len(step.redirects) > 0 {
		records = append(records, schemas.Record{Passed: step.redirects})
	}
	return records
}

// wikiOf returns the wiki of a step's document, or that which its source is said to be of; "" if neither is known.
func (a *account) wikiOf(step *inputStep) string {
	wiki := a.wikis[step.source]
	if d := step.document; d != nil && d.Wiki != "" && !step.isMisnamed {
		wiki = d.Wiki
	}
	return wiki
}

// enterDocument enters a document, which is of a wiki, into the account.
func (a *account) enterDocument(step inputStep, wiki string) []schemas.Record {
	if step.err != nil {
		reject := step.reject()
		a.current.Rejected++
		if reject.Reason == schemas.ReasonInternalError {
			a.sources[step.source].InternalErrors++
		}
		a.pages.addReject(reject)
		a.tallies.AddReject(reject.Reason)
		if reject.IsIncomplete() {
			a.current.AddGap(reject, step.gap())
		}
		records := []schemas.Record{{Reject: reject}}
		if d := step.document; d != nil && (d.Title != "" || d.PageID != nil) {
			page := d.Page(schemas.PageRejected, 0)
			page.Wiki = wiki
			records = append(records, schemas.Record{Page: page})
		}
		return records
	}
	d := step.document
	if d == nil {
		return nil
	}
	a.current.Format = d.Format
	var records []schemas.Record
	rejectedBoxes := int64(0)
	for i := range d.Rejects {
		a.pages.addReject(&d.Rejects[i])
		a.tallies.AddReject(d.Rejects[i].Reason)
		records = append(records, schemas.Record{Reject: &d.Rejects[i]})
		if d.Rejects[i].Unit == schemas.UnitContest {
			a.current.RejectedContests++
		} else {
			rejectedBoxes++
		}
	}
	boxes := int64(len(step.elections)) + rejectedBoxes
	if boxes == 0 {
		a.current.WithoutBox++
		if contests := a.enterContests(step); len(contests) > 0 || len(records) > 0 {
			records = append(records, contests...)
			return append(records, schemas.Record{Page: d.Page(schemas.PageWithoutBox, 0)})
		}
		if a.listsAll(step.source) {
			return []schemas.Record{{Page: d.Page(schemas.PageWithoutBox, 0)}}
		}
		return nil
	}
	a.current.WithBox++
	a.current.Boxes += boxes
	a.current.RejectedBoxes += rejectedBoxes
	var loaded []*schemas.Election
	for _, e := range step.elections {
		if r := a.duplicate(e); r != nil {
			a.current.RejectedBoxes++
			a.pages.addReject(r)
			a.tallies.AddReject(r.Reason)
			records = append(records, schemas.Record{Reject: r})
			continue
		}
		a.current.Elections++
		a.countElection(step.source, e)
		records = append(records, schemas.Record{Election: e})
		loaded = append(loaded, e)
	}
	a.pages.addErrors(d, loaded)
	records = append(records, a.enterContests(step)...)
	return append(records, schemas.Record{Page: d.Page(schemas.PageRead, int64(len(loaded)))})
}

// enterContests enters the contests of a page into the account. Those of a page whose contests were loaded before are
// left out: its first contest has an identity that was seen.
func (a *account) enterContests(step inputStep) []schemas.Record {
	if len(step.contests) == 0 {
		return nil
	}
	a.current.WithContest++
	first := step.contests[0]
	if r := a.duplicateID(first.ID, first.Document, 0, first.Block.Line, first.Block.Offset); r != nil {
		r.Unit = schemas.UnitContest
		a.current.RejectedContests++
		a.pages.addReject(r)
		a.tallies.AddReject(r.Reason)
		return []schemas.Record{{Reject: r}}
	}
	records := make([]schemas.Record, 0, len(step.contests))
	for _, c := range step.contests {
		a.current.Contests++
		records = append(records, schemas.Record{Contest: c})
	}
	return records
}

// listsAll reports whether pages without a box are listed too: those of a live wiki are pages that were asked for,
// while a dump has millions of them.
func (a *account) listsAll(source int) bool { return a.isLive[source] }

// countElection counts what an election holds.
func (a *account) countElection(source int, e *schemas.Election) {
	s := &a.sources[source]
	s.Contenders += int64(len(e.Contenders))
	if sum := e.SeatsSum(); sum != nil {
		s.Seats += *sum
	}
	if !e.HasErrors() {
		a.run.Sound++
	}
	for i := range e.Findings {
		a.tallies.AddFinding(e.Findings[i].CheckID, e.Findings[i].Status)
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

// duplicate returns the reject of an election whose id was loaded before, and nil for a new one. The first in the
// order of the input is the one that is loaded.
func (a *account) duplicate(e *schemas.Election) *schemas.Reject {
	infobox := &e.Document.Boxes[0]
	for i := range e.Document.Boxes {
		if e.Document.Boxes[i].Box == e.Box {
			infobox = &e.Document.Boxes[i]
		}
	}
	return a.duplicateID(e.ID, e.Document, e.Box, infobox.Line, infobox.Offset)
}

// duplicateID returns the reject of what has an identity that was loaded before, and nil for a new one.
func (a *account) duplicateID(identity string, d *schemas.Document, box, line, offset int) *schemas.Reject {
	digest := sha256.Sum256([]byte(identity))
	id := [16]byte(digest[:16])
	first, ok := a.seen[id]
	if !ok {
		if n := len(a.uris); n == 0 || a.uris[n-1] != d.URI {
			a.uris = append(a.uris, d.URI)
		}
		a.seen[id] = firstSeen{int32(len(a.uris) - 1), int32(box), int32(line)}
		a.unsaved.add(id, a.seen[id])
		return nil
	}
	return &schemas.Reject{
		SourceURI: d.URI, PageTitle: d.Title, Unit: schemas.UnitBox, Stage: "load", Reason: schemas.ReasonDuplicate,
		Detail: fmt.Sprintf("%s was loaded from %s before; this one, of %s, is left out",
			identity, lineOf(a.uris[first.uri], int(first.line)), lineOf(d.URI, line)),
		Line: line, Offset: offset,
	}
}

// lineOf names a line of a source as compilers do, or the source alone if the line is not known.
func lineOf(uri string, line int) string {
	if line == 0 {
		return uri
	}
	return fmt.Sprintf("%s:%d", uri, line)
}

// closeSource closes the account of a file or dump.
func (a *account) closeSource(step inputStep) schemas.Record {
	done := *step.end
	counted := a.current
	counted.Documents, counted.Bytes = done.Documents, done.Bytes
	counted.OtherNamespaces, counted.Redirects = done.OtherNamespaces, done.Redirects
	counted.WithoutBox += done.WithoutBox // those that the source did not even yield
	if done.Format != "" {                // if not, it is that of the one document
		counted.Format = done.Format
	}
	counted.SourceURI, counted.SHA256, counted.Scan = done.SourceURI, done.SHA256, done.Scan
	counted.Names, counted.Index, counted.Snapshot, counted.Mirror = done.Names, done.Index, done.Snapshot, done.Mirror
	counted.Wikis = a.closeWikis(step.source, done.Wikis)
	counted.CloseMissing()
	a.current = schemas.Account{}
	a.sources[step.source].Add(&counted)
	a.run.Total.Add(&counted)
	a.inputs = append(a.inputs, version.Input{
		URI: counted.SourceURI, Format: counted.Format, Bytes: counted.Bytes, SHA256: counted.SHA256,
		Scan: counted.Scan, Index: done.Index, Snapshot: done.Snapshot, Mirror: done.Mirror, Missing: counted.Missing,
	})
	return schemas.Record{Account: &counted}
}

// closeWikis returns the wikis of a file or dump: those of its documents, and those that it says it is of. If there are
// none, it is the one that the source is said to be of.
func (a *account) closeWikis(source int, said []string) []string {
	for _, wiki := range said {
		if a.isByWiki && partition.CheckWiki(wiki) != nil {
			wiki = a.wikis[source] // as for its documents, which are rejected
		}
		a.ofFile[wiki] = true
	}
	if len(a.ofFile) == 0 {
		a.ofFile[a.wikis[source]] = true
	}
	wikis := slices.Sorted(maps.Keys(a.ofFile))
	for _, wiki := range wikis {
		a.read[wiki] = true
	}
	clear(a.ofFile)
	return wikis
}

// wikisRead returns the wikis of all documents, and those which the sources are said to be of.
func (a *account) wikisRead() []string {
	all := maps.Clone(a.read)
	for _, wiki := range a.wikis {
		if wiki != "" {
			all[wiki] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// internalErrors returns how many documents of all sources made the program panic.
func (a *account) internalErrors() int64 {
	var n int64
	for i := range a.sources {
		n += a.sources[i].InternalErrors
	}
	return n
}

// gap returns where the source has something missing, as far as the error of the step says.
func (s *inputStep) gap() schemas.Gap {
	var unreadable *document.Unreadable
	if errors.As(s.err, &unreadable) && unreadable.Gap != nil {
		return *unreadable.Gap
	}
	return schemas.Gap{From: -1, Bytes: -1}
}

// rejects returns how many documents and boxes were rejected, without those that stand for what is missing from a
// source.
func (a *account) rejects() int64 {
	total := &a.run.Total
	return total.Rejected + total.RejectedBoxes + total.RejectedContests - total.Lost
}

// reject returns the record of a step's document that could not be read.
func (s *inputStep) reject() *schemas.Reject {
	r := &schemas.Reject{
		SourceURI: s.document.URI, PageTitle: s.document.Title, Unit: schemas.UnitDocument, Stage: "extract",
		Reason: schemas.ReasonUnreadable, Detail: s.err.Error(), Offset: -1,
	}
	var unreadable *document.Unreadable
	var internal *internalError
	switch {
	case errors.As(s.err, &unreadable):
		r.Reason, r.Detail, r.Line, r.Offset = unreadable.Reason, unreadable.Detail, unreadable.Line, unreadable.Offset
	case errors.As(s.err, &internal):
		r.Reason, r.Stage = schemas.ReasonInternalError, s.stage
	}
	return r
}
