package html

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// contenderBlock is a block of contenders side by side: a row of colours and pictures, then a row for each
// label with a cell for each contender.
type contenderBlock struct {
	table   *html.Node
	colours []blockCell // by column
	rows    []blockLine
	opened  bool // by a row of colours, pictures or ordinals
	width   int
}

// blockLine is a row of a block: a label and its values.
type blockLine struct {
	label *tableCell
	name  string // the parameter that the label shows; "" if the label is not one of the template
	cells []blockCell
}

// blockCell is a cell and the column in which it begins.
type blockCell struct {
	column int
	cell   *tableCell
	text   string
}

// contenderLabels has the labels of the rows of contenders, in lower case, and the parameter that each shows.
var contenderLabels = map[string]string{
	"nominee": "nominee", "candidate": "candidate", "leader": "leader", "party leader": "leader", "leaders": "leader",
	"leader(s)": "leader", "party": "party", "political party": "party", "alliance": "alliance",
	"electoral alliance": "alliance", "coalition": "alliance", "home state": "home_state",
	"running mate": "running_mate", "electoral vote": "electoral_vote", "electoral votes": "electoral_vote",
	"projected electoral vote": "electoral_vote", "projected electoral votes": "electoral_vote",
	"delegate count": "delegate_count", "delegates": "delegate_count", "estimated delegate count": "delegate_count",
	"projected delegate count": "delegate_count", "states carried": "states_carried", "districts won": "districts_won",
	"leader since": "leader_since", "leader's seat": "leaders_seat", "leaders' seat": "leaders_seat",
	"last election": "last_election", "seats before": "seats_before", "current seats": "current_seats",
	"seats needed": "seats_needed", "seats won": "seats", "seats after": "seats_after", "seat change": "seat_change",
	"seats": "seats", "popular vote": "popular_vote", "votes": "popular_vote", "percentage": "percentage",
	"percentage of votes": "percentage", "swing": "swing",
}

// strongNames are the parameters whose rows show contenders in an election. The boxes of parliaments also have rows for
// a leader, the last election and seats.
var strongNames = map[string]bool{
	"popular_vote": true, "percentage": true, "swing": true, "seat_change": true, "electoral_vote": true,
	"delegate_count": true,
}

// voteLabel matches the label of a kind of votes: First-preference vote.
var voteLabel = regexp.MustCompile(`^[\pL –-]{1,40} votes?$`)

// blockRow reads a row of contenders in columns.
func (b *boxReader) blockRow(r tableRow) bool {
	if len(r.cells) < 2 {
		return false
	}
	if r.cells[0].text == "" {
		return b.blockOpenerRow(r)
	}
	label := labelText(r.cells[0].text)
	name, isKnown := contenderLabels[label]
	if boxLabels[label] != "" || !b.isContenderRow(r, isKnown) {
		return false
	}
	if b.block != nil && isKnown && b.block.hasRow(name) { // the labels begin anew: this is the next block
		b.endBlock()
	}
	if b.block == nil || b.block.table != r.table {
		b.endBlock()
		b.beginContenders(contentBlocks)
		b.block = &contenderBlock{table: r.table}
	}
	b.block.addRow(name, r)
	b.noteSpanned(r.spanned)
	return true
}

// noteSpanned adds a defect for each cell with a text that reaches into a row below its own, where it is not read.
func (b *boxReader) noteSpanned(cells []*tableCell) {
	for _, c := range cells {
		if c.text == "" {
			continue
		}
		f := b.newField("", "", 0, c.node, c.path, c.text)
		document.AddDefect(&b.current.box, schemas.Defect{
			Message: "a cell spans several rows: what it says was read in the first of them only",
			Raw:     f.Raw, Line: f.Line, Offset: f.Offset,
		})
	}
}

// isContenderRow reports whether a row can be that of a label with a value for each contender. Within a block the label
// may be one that editors added.
func (b *boxReader) isContenderRow(r tableRow, isKnown bool) bool {
	label, values := &r.cells[0], r.cells[1:]
	if b.block != nil && b.block.table == r.table {
		fits := values[0].span == 1 && len(values) <= max(b.block.width, 1)
		return isKnown || fits && label.isHeader() && !values[0].isHeader()
	}
	if !isKnown || !label.isHeader() && findInCell(label.node, isBold) == nil {
		return false
	}
	return !slices.ContainsFunc(values, func(c tableCell) bool { return c.isHeader() && c.text != "" })
}

// hasRow reports whether a block has a row of a parameter.
func (k *contenderBlock) hasRow(name string) bool {
	return slices.ContainsFunc(k.rows, func(line blockLine) bool { return line.name == name })
}

// addRow adds a row with a label to a block.
func (k *contenderBlock) addRow(name string, r tableRow) {
	line := blockLine{label: &r.cells[0], name: name}
	first := r.cells[0].column + r.cells[0].span
	for i := range r.cells[1:] {
		c := &r.cells[i+1]
		line.cells = append(line.cells, blockCell{c.column - first, c, c.text})
		k.width = max(k.width, c.column-first+c.span)
	}
	k.rows = append(k.rows, line)
}

// blockOpenerRow reads a row without a label with which a block begins: "First party", colours, pictures.
func (b *boxReader) blockOpenerRow(r tableRow) bool {
	var colours []blockCell
	pictures, ordinals, painted, width := 0, 0, 0, 0
	first := r.cells[0].column + r.cells[0].span
	for i := range r.cells[1:] {
		c := &r.cells[i+1]
		colour := cellColour(c.node)
		if colour != "" {
			painted++
		}
		if c.text != "" && c.isHeader() {
			ordinals++
		}
		if hasImage(c) {
			pictures++
		}
		colours = append(colours, blockCell{c.column - first, c, colour})
		width = max(width, c.column-first+c.span)
	}
	if painted == 0 && pictures == 0 && ordinals == 0 {
		return false
	}
	if b.results != nil && b.results.table == r.table {
		return false
	}
	if b.block != nil && (len(b.block.rows) > 0 || b.block.table != r.table) {
		b.endBlock()
	}
	if b.block == nil {
		b.beginContenders(contentBlocks)
		b.block = &contenderBlock{table: r.table, opened: true}
	}
	b.block.width = max(b.block.width, width)
	if painted > 0 {
		b.block.colours = colours
	}
	return true
}

// endBlock closes the open block, numbers its contenders and adds their fields.
func (b *boxReader) endBlock() {
	k := b.block
	if k == nil {
		return
	}
	b.block = nil
	numbers := k.numberColumns(b.current.contenders)
	b.current.contenders += len(numbers)
	if len(numbers) > 1 || k.opened {
		b.current.columns = true
	}
	for _, c := range k.colours {
		if n := numbers[c.column]; n > 0 && c.text != "" {
			b.addColour(n, c.cell.node, c.cell.path, c.text)
		}
	}
	b.addBlockRows(k, numbers)
	b.markBelowContenders()
}

// numberColumns returns the number of the contender in each column. The numbers continue those of the contenders
// before. A column without any text is empty room, and gets no number.
func (k *contenderBlock) numberColumns(before int) map[int]int {
	filled := map[int]bool{}
	for i := range k.rows {
		for _, c := range k.rows[i].cells {
			if c.text != "" {
				filled[c.column] = true
			}
		}
	}
	numbers := map[int]int{}
	for column := 0; column <= k.width; column++ {
		if filled[column] {
			numbers[column] = before + len(numbers) + 1
		}
	}
	return numbers
}

// addBlockRows adds the fields of the rows of a block. A row whose label is not one of the template becomes a pair of
// parameters as the template has them for rows that editors add: 1blank for the label and 1data for the values.
func (b *boxReader) addBlockRows(k *contenderBlock, numbers map[int]int) {
	hasVotes := k.hasRow("popular_vote")
	custom := 0
	for i := range k.rows {
		row := &k.rows[i]
		label, name := row.label.text, row.name
		if name == "" && !hasVotes && voteLabel.MatchString(labelText(label)) {
			name, hasVotes = "popular_vote", true
		}
		if name == "" {
			custom++
			b.addField(label, strconv.Itoa(custom)+"blank", 0, row.label.node, row.label.path, label)
			name = strconv.Itoa(custom) + "data"
		}
		b.current.strong = b.current.strong || strongNames[name]
		for _, c := range row.cells {
			if n := numbers[c.column]; n > 0 && (c.text != "" || struckText(c.cell.node) != "") {
				b.addField(label, name, n, c.cell.node, c.cell.path, c.text)
			}
		}
	}
}

// officeBlock is the offices whose holders follow in the rows below their titles.
type officeBlock struct {
	table *html.Node
	sides []officeSide // by column
	names int          // how many rows of holders have been read
}

// officeSide says whether a title is that of the holder before or after the election. It begins the names of the
// parameters: before_election, before_party.
type officeSide string

// The sides.
const (
	sideBefore officeSide = "before"
	sideAfter  officeSide = "after"
)

// The titles that name a side. One of the groups is the office.
var (
	beforeTitle = regexp.MustCompile(`(?i)^(?:(?:incumbent|outgoing|previous) )?` +
		`(.*?)[\s,]+(?:before|prior to|preceding)(?: (?:the )?election)?$|` +
		`^(?:incumbent|outgoing|previous) (.+)$`)
	afterTitle = regexp.MustCompile(`(?i)^(?:newly )?` +
		`(?:elected|re-?elected|subsequent|resulting|new|next|designated|incoming) (.+)$|` +
		`^(.*?)[\s,]+after(?: (?:the )?election)?$|` +
		`^(.+?)[ -](?:designate|elect)$`)
)

// officeCell is a cell with the title of an office, and with the lines about its holder if they are in the same cell.
type officeCell struct {
	*tableCell
	title  string
	side   officeSide // "" if the title does not say
	holder []string
}

// readOfficeCell reads a cell whose title is in bold or that is a heading.
func readOfficeCell(c *tableCell) (o officeCell, ok bool) {
	o.tableCell, o.title = c, c.text
	bold := findInCell(c.node, isBold)
	switch {
	case c.isHeader() && (bold == nil || len(shownLines(c.node, nil, false)) < 2):
	case bold == nil:
		return o, false
	default:
		o.title, o.holder = shownText(bold), shownLines(c.node, bold, false)
		if !c.isHeader() && !strings.HasPrefix(c.text, o.title) {
			return o, false
		}
	}
	switch {
	case beforeTitle.MatchString(o.title):
		o.side = sideBefore
	case afterTitle.MatchString(o.title):
		o.side = sideAfter
	}
	return o, true
}

// office returns the name of the office, without the words that name the side.
func (o *officeCell) office() string {
	pattern := beforeTitle
	if o.side == sideAfter {
		pattern = afterTitle
	}
	if m := pattern.FindStringSubmatch(o.title); m != nil {
		return document.NormalizeSpace(strings.Join(m[1:], ""))
	}
	return o.title
}

// officeRow reads the row of the office that the election decides on: who held it before, and who holds it after.
func (b *boxReader) officeRow(r tableRow) bool {
	if b.current.content == "" {
		return false
	}
	offices := readOfficeCells(r)
	if len(offices) == 0 {
		return false
	}
	b.endBlock()
	b.results = nil
	title := ""
	hasHolders := false
	var sides []officeSide
	for i := range offices {
		o := &offices[i]
		if title == "" {
			title = o.office()
			b.addField("title", "title", 0, o.node, o.path, title)
		}
		b.addHolder(o.side, o.title, o.tableCell, o.holder)
		hasHolders = hasHolders || len(o.holder) > 0
		sides = append(sides, o.side)
	}
	b.ended = true
	b.markBelowContenders()
	if !hasHolders {
		b.offices = &officeBlock{table: r.table, sides: sides}
	}
	return true
}

// readOfficeCells returns the offices of a row, at most two, or nil if the row is not one of offices: of two cells, the
// first is about the time before the election and the second about the time after it, and at least one must say so.
func readOfficeCells(r tableRow) []officeCell {
	if len(r.cells) > 3 {
		return nil
	}
	var offices []officeCell
	namesSide := false
	for i := range r.cells {
		if r.cells[i].text == "" {
			continue
		}
		o, ok := readOfficeCell(&r.cells[i])
		if !ok {
			return nil
		}
		namesSide = namesSide || o.side != ""
		offices = append(offices, o)
	}
	switch {
	case !namesSide || len(offices) > 2:
		return nil
	case len(offices) == 2:
		if offices[0].isHeader() != offices[1].isHeader() {
			return nil
		}
		offices[0].side, offices[1].side = sideBefore, sideAfter
	}
	return offices
}

// addHolder adds who holds an office, and the party, which is the last line if there are several. A line in brackets
// belongs to the line above it.
func (b *boxReader) addHolder(side officeSide, key string, c *tableCell, lines []string) {
	if len(lines) == 0 {
		return
	}
	var joined []string
	for _, line := range lines {
		if n := len(joined); n > 0 && strings.HasPrefix(line, "(") {
			joined[n-1] += " " + line
		} else {
			joined = append(joined, line)
		}
	}
	name, party := strings.Join(joined, " "), ""
	if last := len(joined) - 1; last > 0 {
		name, party = strings.Join(joined[:last], " "), joined[last]
	}
	b.addField(key, string(side)+"_election", 0, c.node, c.path, name)
	if party != "" {
		b.addField(key, string(side)+"_party", 0, c.node, c.path, party)
	}
}

// holderRow reads the rows below the titles of offices: names, then parties.
func (b *boxReader) holderRow(r tableRow) bool {
	o := b.offices
	if o == nil {
		return false
	}
	isNext := o.table == r.table && len(r.cells) == len(o.sides) && firstText(r) != ""
	if !isNext || o.names == 2 {
		b.offices = nil
		return false
	}
	for i, side := range o.sides {
		c := &r.cells[i]
		if c.text == "" {
			continue
		}
		switch {
		case o.names == 0:
			b.addHolder(side, string(side)+" election", c, shownLines(c.node, nil, false))
		case !b.current.named[string(side)+"_party"]:
			b.addField(string(side)+" party", string(side)+"_party", 0, c.node, c.path, c.text)
		}
	}
	o.names++
	b.markBelowContenders()
	return true
}
