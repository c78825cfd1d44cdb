// Package extract takes documents in and finds the infoboxes on them. It knows formats, and nothing of what an election
// is.
//
// To read a page that the program has in memory, start with NewDocument, which makes a document of its bytes, and Read,
// which completes the document.
//
// The flow of a run: Open finds the sources that a pipeline names; each yields its documents unparsed; Reader.Read
// recognises the format of a document by its content and completes the document with title, prose and boxes.
package extract

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"

	"hemicycle/extract/document"
	"hemicycle/extract/dump"
	"hemicycle/extract/html"
	"hemicycle/extract/plaintext"
	"hemicycle/extract/wikipage"
	"hemicycle/extract/wikis"
	"hemicycle/schemas"
)

// Source is a place where documents are: a file, a dump.
type Source interface {
	URI() string
	// Fingerprint returns a text that tells this state of the input from a later one: the size and the time of change
	// of each file that is read, and which pages are selected.
	Fingerprint() string
	// Events yields the documents in the order in which they stand, with their texts unparsed. An error is a
	// *document.Unreadable about the one document of the event, and the iteration continues.
	Events(ctx context.Context) iter.Seq2[schemas.Event, error]
	// Account returns what is known of the source once its events have been ranged over: its size, its digest and the
	// number of documents. What became of the documents is added by the caller, except for those that the source
	// counted itself and did not yield: redirects, and pages in other namespaces or without a box.
	Account() schemas.Account
}

// Resumable is a source in the middle of which reading can continue. A checkpoint holds all that the source knows at
// its place, with its counts, so that a resumed source ends as if it had been ranged over in one go: with the same
// documents, the same account and the same checkpoints.
type Resumable interface {
	Source
	// Checkpoint returns the place behind the document that was yielded last. It is called between two documents, by
	// the goroutine that ranges.
	Checkpoint() string
	// Position returns how many documents of the source are before that place, whether yielded or only counted. It is
	// called where Checkpoint is, and right after Resume.
	Position() int64
	// Resume makes the next range begin behind a checkpoint of the same input. It may be called more than once, and the
	// last call counts. A call that fails changes nothing.
	Resume(checkpoint string) error
}

// Verifier is a source that can be compared with a digest that was published beside it.
type Verifier interface {
	// Verify does so if the caller has asked for it when the source was opened. It reads the whole source, and a
	// ProgressReporter says meanwhile how far it has come.
	Verify(ctx context.Context) error
}

// ProgressReporter is a source that says at any time, from any goroutine, how far it has come.
type ProgressReporter interface {
	// Progress returns how many bytes of the files, as they are on disk, were read, and how many there are. In a
	// resumed source, what is before the checkpoint counts as read.
	Progress() (done, total int64)
}

// Format is a form in which documents are written.
type Format struct {
	Name    string
	Meaning string
	matches func(text string) bool
	read    func(*Reader, *schemas.Document)
}

// formats has every format, in the order in which they are tried.
var formats = []Format{
	{
		Name: "text", Meaning: "plain text: `= Title =`, `Infobox`, lines `- Key: Value`, then prose",
		matches: plaintext.Matches, read: func(_ *Reader, d *schemas.Document) { plaintext.Read(d) },
	},
	{
		Name: "html", Meaning: "a page as MediaWiki renders it: HTML, or the article's part of it",
		matches: html.Matches, read: func(_ *Reader, d *schemas.Document) { html.Read(d) },
	},
	{
		Name: "wikitext",
		Meaning: "the source of a page, in a file of its own, in a dump, in a snapshot or in an answer of the API: " +
			"templates in {{ }}, links in [[ ]]",
		matches: wikipage.Matches, read: func(r *Reader, d *schemas.Document) { r.pageReader(d.Wiki).Read(d) },
	},
}

// Formats returns every format, in the order in which they are tried.
func Formats() []Format { return slices.Clone(formats) }

// DocumentOptions are what a caller knows of a document besides its bytes. The zero value adds nothing.
type DocumentOptions struct {
	// Title is the title of the page. It takes precedence over a title in the text.
	Title string
	// Wiki is the wiki of the page: the name of its database, such as enwiki. A page that names its wiki takes
	// precedence.
	Wiki string
}

// NewDocument returns a document with a text that is not parsed yet: pass it to Read. The URI says where the content
// was found; it is not part of the identity of the document. The error is a *document.Unreadable if the content is not
// text, or larger than any page.
func NewDocument(uri string, content []byte, o DocumentOptions) (*schemas.Document, error) {
	d := &schemas.Document{URI: uri, Title: o.Title, Wiki: o.Wiki}
	if err := document.Decode(d, content); err != nil {
		return nil, err
	}
	return d, nil
}

// Read completes a document as Reader.Read does, without options.
func Read(d *schemas.Document) error { return NewReader(Options{}).Read(d) }

// Options are what a caller adds to the formats. The zero value adds nothing.
type Options struct {
	// Templates maps further names of election boxes to the template that each stands for.
	Templates map[string]string
	// Wiki is the wiki of the documents that do not name theirs: the name of its database, such as enwiki.
	Wiki string
	// Wikis has how the boxes of other wikis are written; nil for those that come with the program.
	Wikis wikis.Set
	// BoxesOnly leaves out the prose in formats where reading it takes work. It is for boxes that are only shown or
	// typed, since checks need the prose.
	BoxesOnly bool
	// Candidates asks for the templates that can be an election box under a name that is not known, on pages of wikitext
	// without a box. Looking for them takes longer than seeing that there is no box.
	Candidates bool
	// Contests asks for the tables of results on pages of wikitext, also on pages without a box.
	Contests bool
}

// A Reader reads documents. It is safe for concurrent use by multiple goroutines. It reuses buffers between
// documents, so share one per run.
type Reader struct {
	options  Options
	wikitext *wikipage.Reader // of a wiki that is written as the English Wikipedia is

	mu     sync.Mutex
	ofWiki map[string]*wikipage.Reader // of the other wikis that were met
}

// NewReader returns a Reader with those options.
func NewReader(o Options) *Reader {
	if o.Wikis == nil {
		o.Wikis = wikis.Known()
	}
	r := &Reader{options: o, ofWiki: map[string]*wikipage.Reader{}}
	r.wikitext = r.newPageReader("")
	return r
}

// newPageReader returns a reader of the pages of a wiki.
func (r *Reader) newPageReader(wiki string) *wikipage.Reader {
	o := wikipage.Options{
		BoxesOnly:  r.options.BoxesOnly,
		Candidates: r.options.Candidates,
		Contests:   r.options.Contests,
		Wiki:       r.options.Wikis[wiki],
	}
	return wikipage.NewReader(r.options.Wikis.BoxNames(wiki, r.options.Templates), o)
}

// pageReader returns the reader of the pages of a wiki.
func (r *Reader) pageReader(wiki string) *wikipage.Reader {
	if r.options.Wikis[wiki] == nil {
		return r.wikitext
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ofWiki[wiki] == nil {
		r.ofWiki[wiki] = r.newPageReader(wiki)
	}
	return r.ofWiki[wiki]
}

// Read completes a document whose text is set with its title, its prose and its boxes. It recognises the format by the
// text, unless the source has set it. If the digest is missing, it is computed from the text. The error is a
// *document.Unreadable if the text has none of the formats.
func (r *Reader) Read(d *schemas.Document) error {
	if d.SHA256 == "" {
		document.SetDigest(d, []byte(d.Text))
	}
	if d.Wiki == "" {
		d.Wiki = r.options.Wiki
	}
	for _, f := range formats {
		switch {
		case d.Format != "" && d.Format != f.Name, d.Format == "" && !f.matches(d.Text):
			continue
		case d.Format == "" && f.Name != "html":
			if err := refuseXML(d.Text); err != nil {
				return err
			}
		}
		d.Format = f.Name
		f.read(r, d)
		setFileTitle(d)
		setLanguageAndURL(d)
		return document.CheckNames(d)
	}
	return &document.Unreadable{
		Reason: schemas.ReasonUnknownFormat, Line: 1, Offset: 0,
		Detail: "no reader knows this form: expected " + formatMeanings(),
	}
}

// refuseXML returns an error if a text is XML: a MediaWiki export, which holds pages and is no page, or XML that is no
// export either.
func refuseXML(text string) error {
	detail := ""
	switch {
	case strings.Contains(text, "<") && dump.IsExport([]byte(text)):
		detail = "this is a MediaWiki export and no page: expected it in a file of its own, " +
			"in which <mediawiki> or <page> comes first"
	case strings.HasPrefix(strings.TrimLeftFunc(text, document.IsBlank), "<?xml"):
		detail = "this is XML and no MediaWiki export: expected <mediawiki> or <page> in it"
	default:
		return nil
	}
	return &document.Unreadable{Reason: schemas.ReasonUnknownFormat, Line: 1, Offset: 0, Detail: detail}
}

// formatMeanings lists the formats for a message.
func formatMeanings() string {
	var all []string
	for _, f := range formats {
		all = append(all, f.Name+" ("+f.Meaning+")")
	}
	return strings.Join(all, ", or ")
}
