package schemas

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Document is one page or file. A source fills in what it knows of it. The reader of a format adds what the text says:
// Title, Prose, Boxes and Rejects.
type Document struct {
	URI    string // where the source found it: a path, or a scheme and a name; no identity is made from it
	Format string // the format that read it: a name of `hemicycle list formats`
	Text   string // the whole text, valid UTF-8; offsets count its bytes
	Bytes  int64  // size of what the source holds
	SHA256 string // of the document's own bytes, as found, in hexadecimal

	InvalidBytes  int // how many invalid bytes became U+FFFD in Text
	InvalidOffset int // offset in Text of the first of them

	Wiki              string // "enwiki"; "" if the source is no wiki
	TitleCase         TitleCase
	Lang              string
	PageID            *int64
	PageURL           string
	RevisionID        *int64
	RevisionTimestamp time.Time
	WikidataQID       string
	NewestRevisionID  *int64 // that the wiki has and did not give; nil if RevisionID is the newest

	Title      string
	TitleBasis TitleBasis // "" for a title that the page or its source says
	FileTitle  string     // what the name of the file says, which is the title of a page that says none
	Prose      []Passage
	Boxes      []Infobox
	Rejects    []Reject // boxes of this document that could not be read

	Candidates []Candidate // of a document without boxes

	Blocks       []Block     // the tables of results, if they were asked for
	UnreadTables []Candidate // the names of further templates of results, each where it is met first
}

// TitleBasis is where the title of a document is from.
type TitleBasis string

// The places that a title can be from.
const (
	TitleOfPage TitleBasis = "page" // or the export or response that holds the page
	TitleOfBox  TitleBasis = "box"
	TitleOfFile TitleBasis = "file_name"
)

// Candidate is a template that has the parameters of an election box and is none by its name. If it is one, its name is
// missing in the key templates of the pipeline.
type Candidate struct {
	Name   string // as the wiki resolves it
	Line   int
	Offset int
}

// BasisOfTitle returns where the title is from, "" if there is none.
func (d *Document) BasisOfTitle() TitleBasis {
	if d.Title == "" {
		return ""
	}
	return cmp.Or(d.TitleBasis, TitleOfPage)
}

// Event is one thing that a source yields: a document, what it passed since the event before, or both.
type Event struct {
	Document  *Document // nil if the source only passed something
	Redirects []Redirect
	Pages     []*Page // that are no documents
}

// BoxName is a name that a wiki has for the template of an election box.
type BoxName struct{ Name, Template string }

// localWiki stands for the wiki of a document that is of none.
const localWiki = "local"

// Identity names the document independently of where it was found: by the page id if there is one, else by the title,
// and by the digest of the text for a file without a title.
func (d *Document) Identity() string {
	wiki := d.Wiki
	if wiki == "" {
		wiki = localWiki
	}
	switch {
	case d.PageID != nil:
		return wiki + ":" + strconv.FormatInt(*d.PageID, 10)
	case d.Title != "":
		return wiki + ":" + d.Title
	default:
		return wiki + ":sha256-" + d.SHA256[:min(len(d.SHA256), 16)]
	}
}

// Passage is a paragraph of a document's prose, as a reader sees it.
type Passage struct {
	Text   string
	Line   int    // of its first byte in the document, from 1; 0 in a format without lines
	Offset int    // of its first byte in Document.Text; -1 in a format without offsets
	Marks  []Mark // where mark-up is left out of Text; nil if Text is in the document as it is
}

// Mark says where the text of a passage from At to the next mark is in the document: from Offset on.
type Mark struct{ At, Offset, Line int }

// Place returns the line and the offset in the document of a byte of the passage. They are 0 and -1 in a format that
// has none.
func (p *Passage) Place(at int) (line, offset int) {
	if p.Offset < 0 {
		return 0, -1
	}
	from := Mark{Offset: p.Offset, Line: p.Line}
	if i, found := slices.BinarySearchFunc(p.Marks, at, func(m Mark, at int) int { return m.At - at }); found {
		from = p.Marks[i]
	} else if i > 0 {
		from = p.Marks[i-1]
	}
	return from.Line + strings.Count(p.Text[from.At:at], "\n"), from.Offset + at - from.At
}

// Date is a day of the Gregorian calendar. Month and Day are 0 if the page does not name them. The zero Date is an
// absent one.
type Date struct{ Year, Month, Day int }

// Full reports whether the date names a day.
func (d Date) Full() bool { return d.Day > 0 }

// Time returns midnight UTC of a full date.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// Compare orders dates in time. A date without a day or a month comes before every day that it could be.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// String writes as much of the date as is known, in ISO 8601: 2007-09-07, 2007-09, 2007.
func (d Date) String() string {
	switch {
	case d.Day > 0:
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	case d.Month > 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	case d.Year > 0:
		return fmt.Sprintf("%04d", d.Year)
	}
	return ""
}
