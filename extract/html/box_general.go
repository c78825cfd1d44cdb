package html

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
)

// contenderBlock is a block of contenders who stand side by side: a row of colours and pictures, then a
// row for each label with a cell for each contender.
type contenderBlock struct {
	table   *html.Node
	colours []blockCell // by column
	rows    []blockLine
	opened  bool // by a row of colours, pictures or ordinals
	width   int
}

type blockLine struct {
	label *tableCell
	name  string // "" where the label is none of the template's
	cells []blockCell
}

// blockCell is a cell and the column that it begins in.
type blockCell struct {
	column int
	cell   *tableCell
	text   string
}

// The labels of the rows of contenders, in lower case, and the parameter that each shows.
var contenderLabels = map[string]string{
	"nominee": "nominee", "candidate": "candidate", "leader": "leader", "party leader": "leader", "leaders": "leader", "leader(s)": "leader",
	"party": "party", "political party": "party", "alliance": "alliance", "electoral alliance": "alliance", "coalition": "alliance",
	"home state": "home_state", "running mate": "running_mate", "electoral vote": "electoral_vote", "electoral votes": "electoral_vote",
	"projected electoral vote": "electoral_vote", "projected electoral votes": "electoral_vote", "delegate count": "delegate_count", "delegates": "delegate_count",
	"estimated delegate count": "delegate_count", "projected delegate count": "delegate_count", "states carried": "states_carried", "districts won": "districts_won",
	"leader since": "leader_since", "leader's seat": "leaders_seat", "leaders' seat": "leaders_seat", "last election": "last_election",
	"seats before": "seats_before", "current seats": "current_seats", "seats needed": "seats_needed", "seats won": "seats", "seats after": "seats_after", "seat change": "seat_change",
	"seats": "seats", "popular vote": "popular_vote", "votes": "popular_vote", "percentage": "percentage", "percentage of votes": "percentage", "swing": "swing",
}

// Rows with these names are shown of contenders in an election. The boxes of parliaments have rows
// for a leader, the last election and seats too.
var strongNames = map[string]bool{
	"popular_vote": true, "percentage": true, "swing": true, "seat_change": true, "electoral_vote": true, "delegate_count": true,
}

var voteLabel = regexp.MustCompile(`^[\pL –-]{1,40} votes?$`)

// blockRow reads a row of contenders in columns.
func (b *boxReader) blockRow(r tableRow) bool {
	if len(r.cells) < 2 {
		return false
	}
	first := &r.cells[0]
	if first.text == "" {
		return b.blockOpenerRow(r)
	}
	label := labelText(first.text)
	name, known := contenderLabels[label]
	inside := b.block != nil && b.block.table == r.table
	switch {
	case boxLabels[label] != "":
		return false
	case known && (first.isHeader() || inside || findInCell(first.node, isBold) != nil):
	case !known && inside && first.isHeader() && !r.cells[1].isHeader() && r.cells[1].span == 1 && len(r.cells)-1 <= max(b.block.width, 1):
	default:
		return false
	}
	for i := range r.cells[1:] {
		if r.cells[i+1].isHeader() && r.cells[i+1].text != "" && !inside {
			return false
		}
	}
	if b.block != nil && known {
		for i := range b.block.rows {
			if b.block.rows[i].name == name { // the labels begin anew: the next block
				b.endBlock()
				break
			}
		}
	}
	if b.block == nil || b.block.table != r.table {
		b.endBlock()
		b.beginContenders("blocks")
		b.block = &contenderBlock{table: r.table}
	}
	line := blockLine{label: first, name: name}
	column := 0
	for i := range r.cells[1:] {
		c := &r.cells[i+1]
		line.cells = append(line.cells, blockCell{column, c, c.text})
		column += c.span
	}
	b.block.width = max(b.block.width, column)
	b.block.rows = append(b.block.rows, line)
	return true
}

// blockOpenerRow reads a row without a label that a block begins with: "First party", colours, pictures.
func (b *boxReader) blockOpenerRow(r tableRow) bool {
	var colours []blockCell
	column, pictures, ordinals, painted := 0, 0, 0, 0
	for i := range r.cells[1:] {
		c := &r.cells[i+1]
		colour := cellColour(c.node)
		if colour != "" {
			painted++
		}
		if c.text != "" && c.isHeader() {
			ordinals++
		}
		if findInCell(c.node, func(n *html.Node) bool { return n.DataAtom == atom.Img }) != nil {
			pictures++
		}
		colours = append(colours, blockCell{column, c, colour})
		column += c.span
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
		b.beginContenders("blocks")
		b.block = &contenderBlock{table: r.table, opened: true}
	}
	b.block.width = max(b.block.width, column)
	if painted > 0 {
		b.block.colours = colours
	}
	return true
}

// endBlock closes the open block, numbers its contenders and adds their fields. A column without any
// text is room that no contender takes.
func (b *boxReader) endBlock() {
	k := b.block
	if k == nil {
		return
	}
	b.block = nil
	named := map[string]bool{}
	taken := map[int]bool{}
	for i := range k.rows {
		named[k.rows[i].name] = true
		for _, c := range k.rows[i].cells {
			if c.text != "" {
				taken[c.column] = true
			}
		}
	}
	number := map[int]int{}
	for column := 0; column <= k.width; column++ {
		if taken[column] {
			b.current.contenders++
			number[column] = b.current.contenders
		}
	}
	if len(number) > 1 || k.opened {
		b.current.columns = true
	}
	for _, c := range k.colours {
		if n := number[c.column]; n > 0 && c.text != "" {
			b.addColour(n, c.cell.node, c.cell.path, c.text)
		}
	}
	custom := 0
	for i := range k.rows {
		row := &k.rows[i]
		label, name := row.label.text, row.name
		if name == "" && !named["popular_vote"] && voteLabel.MatchString(labelText(label)) {
			name, named["popular_vote"] = "popular_vote", true
		}
		if name == "" {
			custom++
			b.addField(label, strconv.Itoa(custom)+"blank", 0, row.label.node, row.label.path, label)
			name = strconv.Itoa(custom) + "data"
		}
		b.current.strong = b.current.strong || strongNames[name]
		for _, c := range row.cells {
			if n := number[c.column]; n > 0 && c.text != "" {
				b.addField(label, name, n, c.cell.node, c.cell.path, c.text)
			}
		}
	}
	b.markBelowContenders()
}

// officeBlock is offices whose holders follow in the rows below their titles.
type officeBlock struct {
	table *html.Node
	sides []string // before or after, by column
	names int      // how many rows of holders have been read
}

var (
	beforeTitle = regexp.MustCompile(`(?i)^(?:(?:incumbent|outgoing|previous) )?(.*?)[\s,]+(?:before|prior to|preceding)(?: (?:the )?election)?$|^(?:incumbent|outgoing|previous) (.+)$`)
	afterTitle  = regexp.MustCompile(`(?i)^(?:newly )?(?:elected|re-?elected|subsequent|resulting|new|next|designated|incoming) (.+)$|^(.*?)[\s,]+after(?: (?:the )?election)?$|^(.+?)[ -](?:designate|elect)$`)
)

// officeRow reads the row of the office that the election decides on: who held it before, and who holds
// it after.
func (b *boxReader) officeRow(r tableRow) bool {
	var cells []*tableCell
	for i := range r.cells {
		if r.cells[i].text != "" {
			cells = append(cells, &r.cells[i])
		}
	}
	if len(cells) == 0 || len(cells) > 2 || len(r.cells) > 3 || b.current.content == "" {
		return false
	}
	var titles [2]string
	var holders [2][]string
	var sides [2]string
	told := false
	for i, c := range cells {
		bold := findInCell(c.node, isBold)
		switch {
		case c.isHeader():
			titles[i] = c.text
			if lines := shownLines(c.node, nil, false); len(lines) > 1 && bold != nil {
				titles[i], holders[i] = shownText(bold), shownLines(c.node, bold, false)
			}
		case bold != nil:
			titles[i], holders[i] = shownText(bold), shownLines(c.node, bold, false)
			if !strings.HasPrefix(c.text, titles[i]) {
				return false
			}
		default:
			return false
		}
		switch {
		case beforeTitle.MatchString(titles[i]):
			sides[i], told = "before", true
		case afterTitle.MatchString(titles[i]):
			sides[i], told = "after", true
		}
	}
	if !told || len(cells) == 2 && cells[0].isHeader() != cells[1].isHeader() || len(cells) == 1 && r.cells[0].isHeader() && len(r.cells) > 1 && r.cells[0].text != "" && sides[0] == "" {
		return false
	}
	if len(cells) == 2 {
		sides = [2]string{"before", "after"}
	}
	b.endBlock()
	b.results = nil
	title := ""
	for i, c := range cells {
		pattern := beforeTitle
		if sides[i] == "after" {
			pattern = afterTitle
		}
		if title == "" {
			title = titles[i]
			if m := pattern.FindStringSubmatch(titles[i]); m != nil {
				title = document.NormalizeSpace(strings.Join(m[1:], ""))
			}
			b.addField("title", "title", 0, c.node, c.path, title)
		}
		b.addHolder(sides[i], titles[i], c, holders[i])
	}
	b.ended = true
	b.markBelowContenders()
	if len(holders[0]) == 0 && len(holders[1]) == 0 {
		b.offices = &officeBlock{table: r.table, sides: sides[:len(cells)]}
	}
	return true
}

// addHolder adds who holds an office, and the party, which has the last line where there are several. A
// line in brackets belongs to the one above it.
func (b *boxReader) addHolder(side, key string, c *tableCell, lines []string) {
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
	b.addField(key, side+"_election", 0, c.node, c.path, name)
	if party != "" {
		b.addField(key, side+"_party", 0, c.node, c.path, party)
	}
}

// holderRow reads the rows below titles of offices: names, then parties.
func (b *boxReader) holderRow(r tableRow) bool {
	o := b.offices
	if o == nil {
		return false
	}
	if o.table != r.table || len(r.cells) != len(o.sides) || o.names == 2 || firstText(r) == "" {
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
			b.addHolder(side, side+" election", c, shownLines(c.node, nil, false))
		case !b.current.named[side+"_party"]:
			b.addField(side+" party", side+"_party", 0, c.node, c.path, c.text)
		}
	}
	o.names++
	b.markBelowContenders()
	return true
}
