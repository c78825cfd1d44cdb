package html

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// resultsTable is the table of results in a legislative box: a row a party, columns told by the
// heading row, never by their place.
type resultsTable struct {
	table   *html.Node
	columns []resultsColumn
	width   int
	heading *tableCell // a heading that no party has followed yet
}

// resultsColumn is one column: the parameter that it shows, and the places that it takes.
type resultsColumn struct {
	name, label string
	from, to    int
}

// The headings of the columns, in lower case.
var (
	partyHeading   = regexp.MustCompile(`^(?:political )?(?:part(?:y|ies)|alliances?|lists?|coalitions?|blocs?|groups?|factions?|electoral lists?|party or alliance|party/alliance|candidates?)$`)
	leaderHeading  = regexp.MustCompile(`^(?:co-?)?(?:party )?(?:leaders?|leader\(s\)|lead candidates?|top candidates?|spitzenkandidat\w*|first secretar\w+|chair\w*|spokes\w+|secretar\w+|presidents?)$`)
	shareHeading   = regexp.MustCompile(`%|percent|\bshare\b`)
	changeHeading  = regexp.MustCompile(`^(?:±|\+/[-–−]|\+[-–−]|[-–−]/\+|change|net change|gain/loss|seat change|swing|[±+/–−-]+ ?seats|seats ?[±+/–−-]+)$`)
	seatsHeading   = regexp.MustCompile(`\b(?:seats?|mps?|mandates?|members?|deputies|councill?ors)\b`)
	votesHeading   = regexp.MustCompile(`^(?:popular |total )?votes?$`)
	footerText     = regexp.MustCompile(`(?i)\b(?:see|complete results|full results|this lists)\b.*\b(?:below|results|lists|won seats)\b|\bthis lists parties\b`)
	figuresOnly    = regexp.MustCompile(`^[−–+±-]?[0-9][0-9.,\s]*%?(?:\s*\[[^\]]*\])*$|^[–—-]?$`)
	signOfDecimals = regexp.MustCompile(`[0-9]\.[0-9]|%`)
)

// columnName is the parameter that a column with that heading shows; "" where the heading does not
// tell.
func columnName(heading string) string {
	switch {
	case partyHeading.MatchString(heading):
		return "party"
	case leaderHeading.MatchString(heading):
		return "leader"
	case changeHeading.MatchString(heading):
		return "seat_change"
	case shareHeading.MatchString(heading):
		return "percentage"
	case seatsHeading.MatchString(heading):
		return "seats"
	case votesHeading.MatchString(heading):
		return "votes"
	}
	return ""
}

// resultsHeaderRow reads the heading row of a table of results, and opens the table.
func (b *boxReader) resultsHeaderRow(r tableRow) bool {
	t := &resultsTable{table: r.table}
	given, told := 0, 0
	found := map[string]bool{}
	for i := range r.cells {
		c := &r.cells[i]
		column := resultsColumn{label: c.text, from: t.width, to: t.width + c.span}
		if heading := labelText(c.text); heading != "" {
			given++
			if column.name = columnName(heading); found[column.name] {
				column.name = ""
			}
			if column.name != "" {
				found[column.name] = true
				told++
			}
		}
		t.columns = append(t.columns, column)
		t.width = column.to
	}
	marked := hasClass(r.table, classResults)
	figures := found["percentage"] || found["seats"] || found["seat_change"] || found["votes"]
	if !found["party"] || given < 2 || !(figures && told*2 > given || marked) {
		return false
	}
	if first := labelText(firstText(r)); columnName(first) == "" {
		return false
	}
	if b.results != nil && b.results.table == r.table { // the heading again, further down
		b.results.columns, b.results.width = t.columns, t.width
		return true
	}
	b.endBlock()
	b.beginContenders("results")
	b.results = t
	return true
}

func firstText(r tableRow) string {
	for i := range r.cells {
		if r.cells[i].text != "" {
			return r.cells[i].text
		}
	}
	return ""
}

// resultsRow reads a row of the open table of results: a party, a heading before the next one, or a
// remark.
func (b *boxReader) resultsRow(r tableRow) bool {
	t := b.results
	if t == nil || t.table != r.table {
		return false
	}
	filled, width := 0, 0
	var only *tableCell
	for i := range r.cells {
		width += r.cells[i].span
		if r.cells[i].text != "" {
			filled++
			only = &r.cells[i]
		}
	}
	switch {
	case filled == 0:
		return !hasPicture(r)
	case filled == 1 && (len(r.cells) == 1 || only.span > 2 && only.span*2 > t.width):
		if footerText.MatchString(only.text) {
			return true
		}
		if len(r.cells) == 1 && !hasClass(t.table, classResults) && only.span < t.width && t.width > 2 {
			return false
		}
		if hasClass(only.node, "infobox-full-data", "infobox-header", "infobox-label") {
			return false
		}
		t.heading = only
		return true
	case len(r.cells) < 2 || width < t.width-2 || r.cells[0].isHeader() && r.cells[0].text != "" && len(r.cells) == 2 && t.width > 2:
		return false
	}
	b.partyRow(r, width)
	return true
}

func hasPicture(r tableRow) bool {
	for i := range r.cells {
		if findInCell(r.cells[i].node, func(n *html.Node) bool { return n.Data == "img" }) != nil {
			return true
		}
	}
	return false
}

// partyRow reads the row of one party.
func (b *boxReader) partyRow(r tableRow, width int) {
	t := b.results
	// A cell with the colour that the heading row does not count moves the others by one place.
	shift := 0
	if width == t.width+1 && r.cells[0].text == "" {
		shift = -1
	}
	b.current.contenders++
	position := b.current.contenders
	if h := t.heading; h != nil {
		b.addField("heading", "heading", position, h.node, h.path, h.text)
		t.heading = nil
	}
	colour := ""
	var painted *html.Node
	at := shift
	before := len(b.current.box.Fields)
	for i := range r.cells {
		c := &r.cells[i]
		from := at
		at += c.span
		if c.text == "" && colour == "" {
			if colour = cellColour(c.node); colour != "" {
				painted = c.node
				continue
			}
		}
		column := t.columnAt(from, c)
		if column == nil || c.text == "" {
			continue
		}
		name := column.name
		switch {
		case name == "" && column.label == "":
			continue
		case name == "":
			name = b.guessColumn(column, c.text)
		case name == "seat_change" && !strings.ContainsAny(c.text, "0123456789") && strings.ContainsFunc(c.text, isLetter):
			name = "last_election" // "New" stands where the change would
		}
		b.addField(column.label, name, position, c.node, c.path, c.text)
	}
	if len(b.current.box.Fields) == before { // nothing but a colour: no party
		b.current.contenders--
		return
	}
	if painted == nil {
		painted, colour = paintedPart(r)
	}
	if colour != "" {
		b.addColour(position, painted, r.path, colour)
	}
	b.current.strong = true
	b.markBelowContenders()
}

// paintedPart is the part of a row that has the party's colour where no empty cell has: the row
// itself, or one of its first two cells.
func paintedPart(r tableRow) (*html.Node, string) {
	parts := []*html.Node{r.cells[0].node.Parent}
	for i := 0; i < len(r.cells) && i < 2; i++ {
		parts = append(parts, r.cells[i].node)
	}
	for _, part := range parts {
		if colour := cellColour(part); colour != "" {
			return part, colour
		}
	}
	return nil, ""
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// columnAt is the column that a cell stands in; a cell without text may stand in the party's, which
// spans the colours too.
func (t *resultsTable) columnAt(from int, c *tableCell) *resultsColumn {
	for i := range t.columns {
		if k := &t.columns[i]; from < k.to && from+c.span > k.from && from >= k.from-1 && (from >= k.from || c.span > 1) {
			return k
		}
	}
	return nil
}

// guessColumn names a column whose heading is none of the known ones, for templates let it be chosen:
// text before the figures is a leader, a share has decimals or a sign, and the rest are seats.
func (b *boxReader) guessColumn(k *resultsColumn, text string) string {
	has := map[string]bool{}
	place := len(b.results.columns)
	for i := range b.results.columns {
		c := &b.results.columns[i]
		has[c.name] = true
		if (c.name == "percentage" || c.name == "seats" || c.name == "seat_change") && i < place {
			place = i
		}
	}
	name := ""
	switch figures := figuresOnly.MatchString(text); {
	case !figures && !has["leader"] && (place == len(b.results.columns) || k.from < b.results.columns[place].from):
		name = "leader"
	case figures && !has["percentage"] && signOfDecimals.MatchString(text):
		name = "percentage"
	case figures && !has["seats"]:
		name = "seats"
	default:
		return "1data"
	}
	k.name = name
	return name
}
