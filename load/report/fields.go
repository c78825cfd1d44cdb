package report

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/load/wording"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// Where the values on the page of an election come from: each figure leads to the raw field that it was read
// from, and one section lists these and says where the document was found.

// figure is a value as the page shows it, with where it comes from.
type figure struct {
	Text       string
	Sort       string // what the column is sorted by; "" if it is the text
	Field      int    // number of the raw field that the value rests on; 0 if it rests on none, or on several
	Derivation int    // number of the derivation that lists the raw fields, if there are several; else 0
	Hint       string // the raw fields in words
	Finding    int    // number of a finding on one of those fields; 0 if none is doubted
	Status     schemas.Status
	Href       string // another address, if the value has no field on this page; "" for none
}

// derivation is the list of raw fields from which a value is computed.
type derivation struct {
	Number int
	Column string // the column or the measure
	Of     string // the contender; "" for the election
	Fields []derivedField
}

// derivedField is a raw field in a derivation.
type derivedField struct {
	Ordinal    int
	Key, Place string
}

// fact is a figure with its name.
type fact struct {
	Label string
	figure
	Note string
}

type fieldRow struct {
	Ordinal      int
	Key, Place   string
	Targets      []string
	Raw, Cut     string   // the value, and how much more of it there is
	Footnotes    []string // what those of the value say
	FootnotesCut string
	Finding      int
	Status       schemas.Status
}

// electionMaker makes the figures on the page of an election.
type electionMaker struct {
	e           *schemas.Election
	origins     map[originKey][]int // indices of the fields that were read into a column
	columns     map[string][]int    // the same, for all contenders together
	headings    []int               // positions of headings, ascending
	doubted     map[int]int         // index of the gravest finding on a field, by its number
	derivations []derivation
	derived     map[string]int // number of the derivation from a set of fields
}

// originKey is a column, for a contender if position is above 0.
type originKey struct {
	column   string
	position int
}

// headingColumn is the one column in which a field fills the rows of several contenders.
const headingColumn = "results.heading"

func newElectionMaker(e *schemas.Election) *electionMaker {
	m := &electionMaker{
		e: e, origins: map[originKey][]int{}, columns: map[string][]int{},
		doubted: map[int]int{}, derived: map[string]int{},
	}
	for i := range e.Fields {
		f := &e.Fields[i]
		for _, column := range f.Targets {
			key := originKey{column, f.Position}
			m.origins[key] = append(m.origins[key], i)
			m.columns[column] = append(m.columns[column], i)
			if column == headingColumn {
				m.headings = append(m.headings, f.Position)
			}
		}
	}
	slices.Sort(m.headings)
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

// fieldsOf returns the indices of the fields on which a value rests: those that were read into its column, and
// those of the columns that it is computed from. Position 0 is the election, or all contenders.
func (m *electionMaker) fieldsOf(column string, position int) []int {
	if column == headingColumn { // a heading holds until the next one
		i, found := slices.BinarySearch(m.headings, position)
		if !found && i == 0 {
			return nil
		}
		if !found {
			i--
		}
		return m.origins[originKey{column, m.headings[i]}]
	}
	fields := slices.Clone(m.origins[originKey{column, position}])
	for _, from := range tables.ComputedFrom(column) {
		switch {
		case strings.HasPrefix(from, "elections."):
			fields = append(fields, m.origins[originKey{from, 0}]...)
		case position > 0:
			fields = append(fields, m.origins[originKey{from, position}]...)
		default:
			fields = append(fields, m.columns[from]...)
		}
	}
	return fields
}

// figure returns a text with the fields on which the value of a column rests.
func (m *electionMaker) figure(text, column string, position int) figure {
	return m.figureOf(text, column, position, m.fieldsOf(column, position))
}

// figureOf returns a text with the fields, by index, on which it rests. One field is led to, several are listed
// as a derivation of the column or measure of that name.
func (m *electionMaker) figureOf(text, name string, position int, fields []int) figure {
	f := figure{Text: text}
	slices.Sort(fields)
	fields = slices.Compact(fields)
	var hints []string
	for _, i := range fields {
		raw := &m.e.Fields[i]
		if len(hints) < shownHints {
			place := wording.Shorten(placeWords(raw.Line, raw.Path), 80)
			hints = append(hints, strings.TrimPrefix(place+": "+wording.Shorten(raw.Key+" = "+raw.Raw, 120), ": "))
		}
		j, ok := m.doubted[raw.Ordinal]
		if ok && (f.Finding == 0 || rank(m.e.Findings[j].Status) < rank(f.Status)) {
			f.Finding, f.Status = m.e.Findings[j].Ordinal, m.e.Findings[j].Status
		}
	}
	if more := len(fields) - len(hints); more > 0 {
		hints = append(hints, fmt.Sprintf("and %s more", wording.Count(int64(more), "field")))
	}
	f.Hint = strings.Join(hints, "; ")
	switch {
	case text == "":
	case len(fields) == 1:
		f.Field = m.e.Fields[fields[0]].Ordinal
	case len(fields) > 1:
		f.Derivation = m.derivation(name, position, fields)
	}
	return f
}

// shownHints is how many fields a figure names when one points at it.
const shownHints = 3

// derivation returns the number of the derivation from those fields, which are listed once.
func (m *electionMaker) derivation(name string, position int, fields []int) int {
	key := fmt.Sprint(fields)
	if number, ok := m.derived[key]; ok {
		return number
	}
	d := derivation{Number: len(m.derivations) + 1, Column: name}
	if c := m.e.Contender(position); c != nil {
		d.Of = wording.Plain(c.Label())
	}
	for _, i := range fields {
		f := &m.e.Fields[i]
		d.Fields = append(d.Fields, derivedField{
			Ordinal: f.Ordinal, Key: wording.Shorten(f.Key, 80), Place: wording.Shorten(placeWords(f.Line, f.Path), 80),
		})
	}
	m.derivations = append(m.derivations, d)
	m.derived[key] = d.Number
	return d.Number
}

// undoubted returns the figure without the mark of a doubt, for a place that repeats it.
func (f figure) undoubted() figure {
	f.Finding, f.Status = 0, ""
	return f
}

// computed returns a value with the fields of the columns from which it is computed, of all contenders.
func (m *electionMaker) computed(text, name string, columns ...string) figure {
	var fields []int
	for _, column := range columns {
		fields = append(fields, m.columns[column]...)
	}
	return m.figureOf(text, name, 0, fields).undoubted()
}

func (m *electionMaker) number(n *int64, column string, position int) figure {
	if n == nil {
		return m.figure("", column, position)
	}
	f := m.figure(wording.Number(*n), column, position)
	f.Sort = strconv.FormatInt(*n, 10)
	return f
}

// change is a number with its sign.
func (m *electionMaker) change(n *int64, column string, position int) figure {
	f := m.number(n, column, position)
	if n != nil && *n > 0 {
		f.Text = "+" + f.Text
	}
	return f
}

func (m *electionMaker) share(d *decimal.Decimal, column string, position int) figure {
	if d == nil {
		return m.figure("", column, position)
	}
	f := m.figure(percent(*d), column, position)
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
		return string(runes[:shownRaw]), "and " + wording.Count(int64(len(runes)-shownRaw), "letter") + " more"
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
		add("Saved", d.RevisionTimestamp.UTC().Format(timeLayout), "")
	}
	add("Wiki", wording.Plain(d.Wiki), "")
	add("Box", strconv.Itoa(m.e.Box), "")
	add("Template", wording.Plain(m.e.Template), "")
	add("Read from", wording.Plain(d.URI), "")
	add("SHA-256 of the document", wording.Plain(d.SHA256), "")
	add("election_id", wording.Plain(m.e.ID), "")
	for i := range m.e.Fields {
		f := &m.e.Fields[i]
		row := fieldRow{
			Ordinal: f.Ordinal, Key: wording.Shorten(f.Key, 200), Targets: f.Targets, Place: placeWords(f.Line, f.Path),
		}
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
	p.Derivations = m.derivations
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
	query := "oldid=" + strconv.FormatInt(revision, 10)
	return (&url.URL{Scheme: "https", Host: u.Host, Path: "/w/index.php", RawQuery: query}).String()
}
