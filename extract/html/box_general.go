package html

import (
	"regexp"
	"slices"
	"strconv"

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
