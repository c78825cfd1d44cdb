package report

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// Where the values on the page of an election come from: each figure leads to the raw field that it was read
// from, and one section lists these and says where the document was found.

// figure is a value as the page shows it, with where it comes from.
type figure struct {
	Text    string
	Sort    string // what the column is sorted by; "" where it is the text
	Field   int    // number of the raw field; 0 where the value has none of its own
	Hint    string // the raw field in words
	Finding int    // number of a finding on that field; 0 where none doubts it
	Status  schemas.Status
	Href    string // an address outside; "" for none
}

// fact is a figure with its name.
type fact struct {
	Label string
	figure
	Note string
}

type fieldRow struct {
	Ordinal            int
	Key, Target, Place string
	Raw, Cut           string   // the value, and how much more of it there is
	Footnotes          []string // what those of the value say
	FootnotesCut       string
	Finding            int
	Status             schemas.Status
}

// electionMaker makes the figures on the page of an election.
type electionMaker struct {
	e       *schemas.Election
	origin  map[originKey]int // number of the field that was read into a column
	doubted map[int]int       // index of the gravest finding on a field
}

// originKey is a column, for a contender where position is above 0.
type originKey struct {
	target   string
	position int
}

func newElectionMaker(e *schemas.Election) *electionMaker {
	m := &electionMaker{e: e, origin: map[originKey]int{}, doubted: map[int]int{}}
	for i := range e.Fields {
		f := &e.Fields[i]
		if f.Target != "" { // of a key that stands twice, the last one counts
			m.origin[originKey{f.Target, f.Position}] = i
		}
	}
	for i := range e.Findings {
		f := &e.Findings[i]
		if !f.Status.Doubtful() || f.Field == 0 {
			continue
		}
		if was, ok := m.doubted[f.Field]; !ok || rank(f.Status) < rank(e.Findings[was].Status) {
			m.doubted[f.Field] = i
		}
	}
	return m
}

// figure is a text with the field that was read into a column.
func (m *electionMaker) figure(text, target string, position int) figure {
	f := figure{Text: text}
	i, ok := m.origin[originKey{target, position}]
	if !ok {
		return f
	}
	raw := &m.e.Fields[i]
	f.Field = raw.Ordinal
	f.Hint = wording.Shorten(placeWords(raw.Line, raw.Path), 80) + ": " + wording.Shorten(raw.Key+" = "+raw.Raw, 120)
	f.Hint = strings.TrimPrefix(f.Hint, ": ")
	if j, ok := m.doubted[raw.Ordinal]; ok {
		f.Finding, f.Status = m.e.Findings[j].Ordinal, m.e.Findings[j].Status
	}
	return f
}

func (m *electionMaker) number(n *int64, target string, position int) figure {
	if n == nil {
		return m.figure("", target, position)
	}
	f := m.figure(wording.Number(*n), target, position)
	f.Sort = strconv.FormatInt(*n, 10)
	return f
}

// change is a number with its sign.
func (m *electionMaker) change(n *int64, target string, position int) figure {
	f := m.number(n, target, position)
	if n != nil && *n > 0 {
		f.Text = "+" + f.Text
	}
	return f
}

func (m *electionMaker) share(d *decimal.Decimal, target string, position int) figure {
	if d == nil {
		return m.figure("", target, position)
	}
	f := m.figure(percent(*d), target, position)
	f.Sort = d.String()
	return f
}

// percent is a share with two digits, or more where it has more.
func percent(d decimal.Decimal) string {
	s := d.StringFixed(schemas.ShareScale)
	for len(s)-strings.IndexByte(s, '.') > 3 && s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	return strings.Replace(s, "-", "−", 1) + "%"
}

// points is a change of a share, in percentage points.
func points(d decimal.Decimal) string {
	s := strings.TrimSuffix(percent(d), "%")
	if d.IsPositive() {
		s = "+" + s
	}
	return s + " pp"
}

func placeWords(line int, path string) string {
	switch {
	case line > 0:
		return "line " + strconv.Itoa(line)
	default:
		return wording.Plain(path)
	}
}

// shownRaw is how many letters of a raw field a page shows, and how many of its footnotes.
const shownRaw = 1500

// beginning is as much of a raw field as a page shows, and in words how much more there is.
func beginning(s string) (shown, more string) {
	if runes := []rune(s); len(runes) > shownRaw {
		return string(runes[:shownRaw]), fmt.Sprintf("and %s more", wording.Count(int64(len(runes)-shownRaw), "letter"))
	}
	return s, ""
}

// provenance says where the page was found, and lists its raw fields.
func (p *electionPage) provenance(m *electionMaker) {
	d := m.e.Document
	add := func(label, text, href string) {
		if text != "" {
			p.Origin = append(p.Origin, fact{Label: label, figure: figure{Text: text, Href: href}})
		}
	}
	add("Page", wording.Plain(d.Title), webAddress(d.PageURL))
	if d.RevisionID != nil {
		add("Revision", strconv.FormatInt(*d.RevisionID, 10), revisionAddress(d.PageURL, *d.RevisionID))
	}
	if !d.RevisionTimestamp.IsZero() {
		add("Saved", d.RevisionTimestamp.UTC().Format("2 January 2006, 15:04 UTC"), "")
	}
	add("Wiki", wording.Plain(d.Wiki), "")
	add("Box", strconv.Itoa(m.e.Box), "")
	add("Template", wording.Plain(m.e.Template), "")
	add("Read from", wording.Plain(d.URI), "")
	add("SHA-256 of the document", wording.Plain(d.SHA256), "")
	add("election_id", wording.Plain(m.e.ID), "")
	for i := range m.e.Fields {
		f := &m.e.Fields[i]
		row := fieldRow{Ordinal: f.Ordinal, Key: wording.Shorten(f.Key, 200), Target: f.Target, Place: placeWords(f.Line, f.Path)}
		if f.Offset >= 0 {
			row.Place = wording.Join(row.Place, "byte "+wording.Number(int64(f.Offset)))
		}
		row.Raw, row.Cut = beginning(f.Raw)
		var notes string
		notes, row.FootnotesCut = beginning(m.e.Footnotes[i])
		for note := range strings.Lines(notes) {
			if note = wording.Plain(note); note != "" {
				row.Footnotes = append(row.Footnotes, note)
			}
		}
		if j, ok := m.doubted[f.Ordinal]; ok {
			row.Finding, row.Status = m.e.Findings[j].Ordinal, m.e.Findings[j].Status
		}
		p.Fields = append(p.Fields, row)
	}
}

// webAddress is an address that a link may lead to: http or https, and nothing else.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// revisionAddress is where Wikipedia shows one revision for good; "" for other wikis, whose addresses
// are not known.
func revisionAddress(page string, revision int64) string {
	u, err := url.Parse(webAddress(page))
	if err != nil || !strings.HasSuffix(u.Hostname(), ".wikipedia.org") {
		return ""
	}
	return (&url.URL{Scheme: "https", Host: u.Host, Path: "/w/index.php", RawQuery: "oldid=" + strconv.FormatInt(revision, 10)}).String()
}
