package html

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"hemicycle/extract/document"
)

// This file reads what is below the contenders: the offices that the election decides on, with who held them before and
// who holds them after.

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
