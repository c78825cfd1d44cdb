// Package extract takes documents in and finds the infoboxes on them. It knows formats, and nothing of
// what an election is.
//
// The flow: Open finds the sources that a pipeline names; each yields its documents unparsed; Read
// tells a document's format by its content and completes it with title, prose and boxes.
package extract

import (
	"context"
	"iter"
	"strings"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/html"
	"hemicycle/extract/plaintext"
	"hemicycle/extract/wikipage"
	"hemicycle/schemas"
)

// Source is a place where documents are. Events yields them in the order in which they stand, each with its
// text unparsed; an error is about the one document of the event (a *document.Unreadable), and ranging goes on.
// Account is what is known of the source once its documents have been ranged over: its size, its
// digest, and the documents met; what became of them is the caller's to add, but for those that the
// source counted itself and did not yield: in another namespace, redirects, without a box. Stamp tells
// this state of the input from a later one: the size and time of change of each file that is read.
type Source interface {
	URI() string
	Fingerprint() string
	Events(ctx context.Context) iter.Seq2[schemas.Event, error]
	Account() schemas.Account
}

// Resumable is a source that can be gone on with in its middle. A mark holds all that the source knows
// at its place, counts among them, so that it ends as if it had been ranged over in one go: with the
// same documents, the same Account and the same marks.
type Resumable interface {
	Source
	// Mark is the place behind the document that was yielded last; asked for between two documents of
	// the range, by the one who ranges.
	Checkpoint() string
	// Passed is how many documents of the source lie before that place, yielded or only counted: it is
	// asked for when Mark is, and right after Resume.
	Position() int64
	// Resume, before Events, makes the range begin behind a mark of the same input. It may be called
	// more than once, and the last call counts; one that fails changes nothing.
	Resume(mark string) error
}

// ProgressReporter is a source that says how far it has come, at any time and to anyone: how many bytes of its
// files, as they are on disk, were read, and how many there are. Where it was resumed, what lies before
// the mark is done.
type ProgressReporter interface {
	Progress() (done, total int64)
}

// Format is a form in which documents are written.
type Format struct {
	Name    string
	Meaning string
	matches func(text string) bool
	read    func(*Reader, *schemas.Document)
}

// Formats is every format, in the order in which they are tried.
var Formats = []Format{
	{
		Name: "text", Meaning: "plain text: `= Title =`, `Infobox`, lines `- Key: Value`, then prose",
		matches: plaintext.Matches, read: func(_ *Reader, d *schemas.Document) { plaintext.Read(d) },
	},
	{
		Name: "html", Meaning: "a page as MediaWiki renders it: HTML, or the article's part of it",
		matches: html.Matches, read: func(_ *Reader, d *schemas.Document) { html.Read(d) },
	},
	{
		Name:    "wikitext",
		Meaning: "the source of a page, in a file of its own or in a dump: templates in {{ }}, links in [[ ]]",
		matches: wikipage.Matches, read: func(r *Reader, d *schemas.Document) { r.wikitext.Read(d) },
	},
}

// Read completes a document as its format says: its title, its prose and its boxes. The error is an
// *Unreadable where no format knows the text.
func Read(d *schemas.Document) error { return NewReader(Options{}).Read(d) }

// Options are what a caller adds to the formats; the zero value adds nothing.
type Options struct {
	// Templates is further names of election boxes, each with the template that it stands for.
	Templates map[string]string
	// Wiki is the wiki that the documents are of, where they do not say so themselves.
	Wiki string
	// BoxesOnly spares the prose where that takes work, for boxes that are shown or typed and not judged.
	BoxesOnly bool
}

// A Reader reads documents. It is safe for concurrent use by multiple goroutines. It reuses buffers between
// documents, so share one per run.
type Reader struct {
	wiki     string
	wikitext *wikipage.Reader
}

// NewReader returns a Reader with those options.
func NewReader(o Options) *Reader {
	return &Reader{wiki: o.Wiki, wikitext: wikipage.NewReader(boxnames.Known.With(o.Templates), o.BoxesOnly)}
}

// Read completes a document, as the function does.
func (r *Reader) Read(d *schemas.Document) error {
	if d.Wiki == "" {
		d.Wiki = r.wiki
	}
	for _, f := range Formats {
		if d.Format == f.Name || d.Format == "" && f.matches(d.Text) { // some sources know it
			d.Format = f.Name
			f.read(r, d)
			setLanguageAndURL(d)
			return nil
		}
	}
	return &document.Unreadable{
		Reason: schemas.ReasonUnknownFormat, Line: 1, Offset: 0,
		Detail: "no reader knows this form: expected " + formatMeanings(),
	}
}

// formatMeanings is the forms that a document can have, for a message.
func formatMeanings() string {
	var all []string
	for _, f := range Formats {
		all = append(all, f.Name+" ("+f.Meaning+")")
	}
	return strings.Join(all, ", or ")
}
