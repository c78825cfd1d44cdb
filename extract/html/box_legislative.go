package html

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// resultsTable is the table of results in a legislative box: a row for each party, with columns that are recognised by
// the row of headings and never by their place.
type resultsTable struct {
	table   *html.Node
	columns []resultsColumn
	width   int
	heading *tableCell // a heading that is not yet followed by a party
}

// resultsColumn is one column: the parameter that it shows, and the places that it takes.
type resultsColumn struct {
	name, label string
	from, to    int
}

// The headings of the columns, in lower case, and what else is in the rows.
var (
	partyHeading = regexp.MustCompile(
		`^(?:political )?(?:part(?:y|ies)|alliances?|lists?|coalitions?|blocs?|groups?|` +
			`factions?|electoral lists?|party or alliance|party/alliance|candidates?)$`,
	)
	leaderHeading = regexp.MustCompile(`^(?:co-?)?(?:party )?(?:leaders?|leader\(s\)|lead candidates?|` +
		`top candidates?|spitzenkandidat\w*|first secretar\w+|chair\w*|spokes\w+|secretar\w+|presidents?)$`)
	shareHeading  = regexp.MustCompile(`%|percent|\bshare\b`)
	changeHeading = regexp.MustCompile(`^(?:±|\+/[-–−]|\+[-–−]|[-–−]/\+|change|net change|gain/loss|seat change|` +
		`swing|[±+/–−-]+ ?seats|seats ?[±+/–−-]+)$`)
	seatsHeading = regexp.MustCompile(`\b(?:seats?|mps?|mandates?|members?|deputies|councill?ors)\b`)
	votesHeading = regexp.MustCompile(`^(?:popular |total )?votes?$`)
	footerText   = regexp.MustCompile(`(?i)\b(?:see|complete results|full results|this lists)\b.*` +
		`\b(?:below|results|lists|won seats)\b|\bthis lists parties\b`)
	figuresOnly    = regexp.MustCompile(`^[−–+±-]?[0-9][0-9.,\s]*%?(?:\s*\[[^\]]*\])*$|^[–—-]?$`)
	signOfDecimals = regexp.MustCompile(`[0-9]\.[0-9]|%`)
)

// columnName returns the parameter that a column with a heading shows, or "" if the heading does not tell.
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

// resultsHeaderRow reads the row of headings of a table of results, and opens the table.
func (b *boxReader) resultsHeaderRow(r tableRow) bool {
	t := &resultsTable{table: r.table}
	headings, first := 0, ""
	found := map[string]bool{}
	cells := gridCells(r)
	for i := range cells {
		c := &cells[i]
		if c.column >= maxGrid {
			break
		}
		first = cmp.Or(first, c.text)
		column := resultsColumn{label: c.text, from: c.column, to: c.column + c.span}
		if heading := labelText(c.text); heading != "" {
			headings++
			if name := columnName(heading); name != "" && !found[name] {
				column.name = name
				found[name] = true
			}
		}
		t.columns = append(t.columns, column)
		t.width = max(t.width, column.to)
	}
	if !found["party"] || headings < 2 || columnName(labelText(first)) == "" {
		return false
	}
	hasFigures := found["percentage"] || found["seats"] || found["seat_change"] || found["votes"]
	isKnown := hasFigures && len(found)*2 > headings
	if !isKnown && !hasClass(r.table, classResults) {
		return false
	}
	if b.results != nil && b.results.table == r.table { // the headings again, further down
		b.results.columns, b.results.width = t.columns, t.width
		return true
	}
	b.endBlock()
	b.beginContenders(contentResults)
	b.results = t
	return true
}

// isColumnHeading reports whether a cell is the heading of a column that is known.
func isColumnHeading(c *tableCell) bool { return c.isHeader() && columnName(labelText(c.text)) != "" }

// gridCells returns the cells of a row and the headings above that reach into it, in the order of their columns.
func gridCells(r tableRow) []tableCell {
	cells := slices.Clone(r.cells)
	for i := range r.spanned {
		if r.spanned[i].isHeader() {
			cells = append(cells, *r.spanned[i])
		}
	}
	slices.SortStableFunc(cells, func(a, b tableCell) int { return a.column - b.column })
	return cells
}

// firstText returns the first text of a row, or "" if it has none.
func firstText(r tableRow) string {
	for i := range r.cells {
		if r.cells[i].text != "" {
			return r.cells[i].text
		}
	}
	return ""
}

// resultsRow reads a row of the open table of results: a party, a heading before the next one, or a remark.
func (b *boxReader) resultsRow(r tableRow) bool {
	t := b.results
	if t == nil || t.table != r.table {
		return false
	}
	width := 0
	for i := range r.cells {
		width = max(width, r.cells[i].column+r.cells[i].span)
	}
	for _, c := range r.spanned {
		width = max(width, c.column+c.span)
	}
	switch filled, only := filledCells(r); {
	case filled == 0:
		return !hasPicture(r)
	case slices.ContainsFunc(r.spanned, isColumnHeading): // further headings
		return true
	case len(r.spanned) > 0: // a row of a party, of which cells are above
	case filled == 1 && (len(r.cells) == 1 || only.span > 2 && only.span*2 > t.width):
		return t.headingRow(r, only)
	case len(r.cells) < 2 || width < t.width-2 || t.isLabelRow(r):
		return false
	}
	b.partyRow(r, width)
	return true
}

// headingRow reads a row with one text: a heading of the parties below it, or a remark.
func (t *resultsTable) headingRow(r tableRow, c *tableCell) bool {
	if footerText.MatchString(c.text) {
		return true
	}
	if hasClass(c.node, "infobox-full-data", "infobox-header", "infobox-label") {
		return false
	}
	isNarrow := len(r.cells) == 1 && c.span < t.width && t.width > 2
	if isNarrow && !hasClass(t.table, classResults) {
		return false
	}
	t.heading = c
	return true
}

// isLabelRow reports whether a row is one of a label and a value rather than that of a party.
func (t *resultsTable) isLabelRow(r tableRow) bool {
	hasLabel := r.cells[0].isHeader() && r.cells[0].text != ""
	return hasLabel && len(r.cells) == 2 && t.width > 2
}

// hasPicture reports whether a cell of a row shows a picture.
func hasPicture(r tableRow) bool {
	for i := range r.cells {
		if hasImage(&r.cells[i]) {
			return true
		}
	}
	return false
}

// partyRow reads the row of one party.
func (b *boxReader) partyRow(r tableRow, width int) {
	t := b.results
	// A cell with the colour that the row of headings does not count moves the others by one place.
	shift := 0
	if width == t.width+1 && r.cells[0].text == "" {
		shift = -1
	}
	isFurtherRow := b.current.contenders > 0 && t.continuesParty(r, shift)
	if !isFurtherRow {
		b.current.contenders++
	}
	position := b.current.contenders
	if h := t.heading; h != nil {
		b.addField("heading", "heading", position, h.node, h.path, h.text)
		t.heading = nil
	}
	colour := ""
	var painted *html.Node
	before := len(b.current.box.Fields)
	for i := range r.cells {
		c := &r.cells[i]
		if c.text == "" && colour == "" {
			if colour = cellColour(c.node); colour != "" {
				painted = c.node
				continue
			}
		}
		column := t.columnAt(c.column+shift, c)
		if column == nil || c.text == "" && struckText(c.node) == "" {
			continue
		}
		if name := t.parameter(column, c.text); name != "" {
			b.addField(column.label, name, position, c.node, c.path, c.text)
		}
	}
	if len(b.current.box.Fields) == before { // a row with nothing but a colour is not that of a party
		if !isFurtherRow {
			b.current.contenders--
		}
		return
	}
	b.spannedCells(r, position, shift)
	if painted == nil {
		painted, colour = paintedPart(r)
	}
	if colour != "" {
		b.addColour(position, painted, r.path, colour)
	}
	b.current.strong = true
	b.markBelowContenders()
}

// parameter returns the name of the parameter that a text in a column is, or "" if the column has no heading.
func (t *resultsTable) parameter(column *resultsColumn, text string) string {
	switch {
	case column.name == "" && column.label == "":
		return ""
	case column.name == "":
		return t.guessColumn(column, text)
	case column.name == "seat_change" && !hasDigit(text) && strings.ContainsFunc(text, unicode.IsLetter):
		return "last_election" // "New" stands where the change would be
	}
	return column.name
}

// continuesParty reports whether the party of a row is that of the row above, whose cell reaches into it.
func (t *resultsTable) continuesParty(r tableRow, shift int) bool {
	return slices.ContainsFunc(r.spanned, func(c *tableCell) bool {
		column := t.columnAt(c.column+shift, c)
		return c.text != "" && column != nil && column.name == "party"
	})
}

// spannedCells reads the cells above that reach into the row of a party. A leader is that of all parties, but a figure
// belongs to no single one of them.
func (b *boxReader) spannedCells(r tableRow, position, shift int) {
	var figures []*tableCell
	for _, c := range r.spanned {
		column := b.results.columnAt(c.column+shift, c)
		switch {
		case column == nil || c.text == "" || column.name == "party":
		case column.name == "leader":
			b.addField(column.label, column.name, position, c.node, c.path, c.text)
		default:
			figures = append(figures, c)
		}
	}
	b.noteSpanned(figures)
}

// paintedPart returns the part of a row that has the colour of the party if no empty cell has it: the row itself, or
// one of its first two cells.
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

// columnAt returns the column in which a cell is. The column of the party spans the colours, too, so a cell without
// text may be in it.
func (t *resultsTable) columnAt(from int, c *tableCell) *resultsColumn {
	for i := range t.columns {
		k := &t.columns[i]
		overlaps := from < k.to && from+c.span > k.from
		isBefore := from < k.from // by one place at most
		if overlaps && (!isBefore || from == k.from-1 && c.span > 1) {
			return k
		}
	}
	return nil
}

// hasColumn reports whether a column shows a parameter.
func (t *resultsTable) hasColumn(name string) bool {
	return slices.ContainsFunc(t.columns, func(c resultsColumn) bool { return c.name == name })
}

// guessColumn names a column whose heading is not a known one, since the templates let it be chosen: a text before the
// figures is a leader, a share has decimals or a percent sign, and other figures are seats.
func (t *resultsTable) guessColumn(k *resultsColumn, text string) string {
	firstFigures := t.width
	for i := range t.columns {
		c := &t.columns[i]
		if c.name == "percentage" || c.name == "seats" || c.name == "seat_change" {
			firstFigures = min(firstFigures, c.from)
		}
	}
	switch isFigure := figuresOnly.MatchString(text); {
	case !isFigure && !t.hasColumn("leader") && k.from < firstFigures:
		k.name = "leader"
	case isFigure && !t.hasColumn("percentage") && signOfDecimals.MatchString(text):
		k.name = "percentage"
	case isFigure && !t.hasColumn("seats"):
		k.name = "seats"
	default:
		return "1data"
	}
	return k.name
}
