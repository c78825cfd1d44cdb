// Package extract takes documents in and finds the infoboxes on them. It knows formats, and nothing of
// what an election is.
//
// The flow: Open finds the sources that a pipeline names; each yields its documents unparsed; Read
// tells a document's format by its content and completes it with title, prose and boxes.
package extract

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"hemicycle/schemas"
)

// Source is a place where documents are. Documents yields them in the order in which they stand, each
// with its text unparsed; an error is about that one document (an *Unreadable), and ranging goes on.
// Account is what is known of the source once its documents have been ranged over: its size, its
// digest, and the documents met; what became of them is the caller's to add, but for those that the
// source counted itself and did not yield: in another namespace, redirects, without a box. Stamp tells
// this state of the input from a later one: the size and time of change of each file that is read.
type Source interface {
	URI() string
	Stamp() string
	Documents(ctx context.Context) iter.Seq2[*schemas.Document, error]
	Account() schemas.Account
}

// Resumable is a source that can be gone on with in its middle. A mark holds all that the source knows
// at its place, counts among them, so that it ends as if it had been ranged over in one go: with the
// same documents, the same Account and the same marks.
type Resumable interface {
	Source
	// Mark is the place behind the document that was yielded last; asked for between two documents of
	// the range, by the one who ranges.
	Mark() string
	// Passed is how many documents of the source lie before that place, yielded or only counted: it is
	// asked for when Mark is, and right after Resume.
	Passed() int64
	// Resume, before Documents, makes the range begin behind a mark of the same input. It may be called
	// more than once, and the last call counts; one that fails changes nothing.
	Resume(mark string) error
}

// Measured is a source that says how far it has come, at any time and to anyone: how many bytes of its
// files, as they are on disk, were read, and how many there are. Where it was resumed, what lies before
// the mark is done.
type Measured interface {
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
		matches: isText, read: func(_ *Reader, d *schemas.Document) { readText(d) },
	},
	{
		Name: "html", Meaning: "a page as MediaWiki renders it: HTML, or the article's part of it",
		matches: isHTML, read: func(_ *Reader, d *schemas.Document) { readHTML(d) },
	},
	{
		Name:    "wikitext",
		Meaning: "the source of a page, in a file of its own or in a dump: templates in {{ }}, links in [[ ]]",
		matches: isWikitext, read: func(r *Reader, d *schemas.Document) { r.wikitext.readPage(d) },
	},
}

// Unreadable is the error of a document that cannot be read.
type Unreadable struct {
	Reason string // a schemas.Reason… constant
	Detail string // what was expected, what stands there, what to do
	Line   int    // 0 where there is no place
	Offset int    // -1 where there is no place
}

func (u *Unreadable) Error() string { return u.Reason + ": " + u.Detail }

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
	wikitext *wikiReader
}

// NewReader returns a Reader with those options.
func NewReader(o Options) *Reader {
	return &Reader{wiki: o.Wiki, wikitext: newWikiReader(Boxes.with(o.Templates), o.BoxesOnly)}
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
			locate(d)
			return nil
		}
	}
	return &Unreadable{
		Reason: schemas.ReasonUnknownFormat, Line: 1, Offset: 0,
		Detail: "no reader knows this form: expected " + meanings(),
	}
}

// meanings is the forms that a document can have, for a message.
func meanings() string {
	var all []string
	for _, f := range Formats {
		all = append(all, f.Name+" ("+f.Meaning+")")
	}
	return strings.Join(all, ", or ")
}

// The most that a document and a box may hold. The largest real boxes have some 400 fields, and no
// page has more than a dozen boxes.
const (
	maxFields  = 4000
	maxDefects = 100
	maxBoxes   = 1000
)

// tooManyBoxes says that a page has more than maxBoxes.
var tooManyBoxes = fmt.Sprintf("the page has more than %d boxes: the further ones were not read", maxBoxes)

// keep adds a box to its document, or rejects it where it cannot be an infobox.
func keep(d *schemas.Document, b schemas.Infobox) {
	switch {
	case len(b.Fields) == 0:
		reject(d, b.Line, b.Offset, schemas.ReasonEmptyBox, "the box has no field: expected lines `- Key: Value` below its heading")
	case len(b.Fields) > maxFields:
		reject(d, b.Line, b.Offset, schemas.ReasonBoxTooLarge, fmt.Sprintf("the box has more than %d fields, more than any election box can show", maxFields))
	default:
		d.Boxes = append(d.Boxes, b)
	}
}

// reject notes a box that could not be read.
func reject(d *schemas.Document, line, offset int, reason, detail string) {
	d.Rejects = append(d.Rejects, schemas.Reject{
		SourceURI: d.URI, PageTitle: d.Title, Unit: schemas.UnitBox, Stage: "extract",
		Reason: reason, Detail: detail, Line: line, Offset: offset,
	})
}

// rejectOnce notes what of a page is not read where it begins, however often there is more of it.
func rejectOnce(d *schemas.Document, line, offset int, reason, detail string) {
	if !slices.ContainsFunc(d.Rejects, func(r schemas.Reject) bool { return r.Detail == detail }) {
		reject(d, line, offset, reason, detail)
	}
}

// addField adds a field to a box, and forgets those that could only be rejected with it.
func addField(b *schemas.Infobox, f schemas.Field) {
	if len(b.Fields) <= maxFields {
		b.Fields = append(b.Fields, f)
	}
}

// addDefect adds a defect to a box; of more than maxDefects the last says that there are others.
func addDefect(b *schemas.Infobox, d schemas.Defect) {
	if len(b.Defects) > maxDefects {
		return
	}
	if len(b.Defects) == maxDefects {
		d.Message += fmt.Sprintf("; there are more than %d such places, and the rest is not listed", maxDefects)
	}
	b.Defects = append(b.Defects, d)
}
