package html

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
)

// What stands above the contenders: the flag, the date between the elections before and after, the
// seats.

var (
	yearAndMonth = regexp.MustCompile(`(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b.*\b[12][0-9]{3}\b`)
	yearText     = regexp.MustCompile(`\b[12][0-9]{3}\b`)
	allInOne     = regexp.MustCompile(`^(?:←\s*(\S.*?)\s+)??((?:[0-9]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)).*[12][0-9]{3}\S*(?:\s*\([^)]*\))?)(?:\s+(\S.*?)\s*→)?$`)
)

// neighboursRow reads the row of the elections before and after, with the date between them.
func (b *boxReader) neighboursRow(r tableRow) bool {
	arrows, heads := 0, 0
	for i := range r.cells {
		if strings.ContainsAny(r.cells[i].text, "←→") {
			arrows++
		}
		if r.cells[i].isHeader() {
			heads++
		}
	}
	if len(r.cells) == 1 && arrows == 1 {
		return b.neighboursInOneCell(&r.cells[0])
	}
	if arrows == 0 {
		if len(r.cells) != 3 || heads > 0 || r.cells[0].text != "" || r.cells[2].text != "" || !yearText.MatchString(r.cells[1].text) || b.block != nil || b.results != nil {
			return false
		}
	}
	if len(r.cells) > 3 {
		return false
	}
	for i := range r.cells {
		c := &r.cells[i]
		previous, next := arrowLine(c.node, "←"), arrowLine(c.node, "→")
		switch {
		case previous != "":
			b.addOrDefer("previous election", "previous_election", c, previous)
		case next != "":
			b.addOrDefer("next election", "next_election", c, next)
		case c.text != "" && !strings.ContainsAny(c.text, "←→"):
			b.addOrDefer("election date", "election_date", c, dateText(c.node))
		}
	}
	return true
}

// arrowLine is the label beside an arrow: what shares its line and what stands above it, or where it
// has a line of its own at the top, what stands below.
func arrowLine(cell *html.Node, arrow string) string {
	lines := shownLines(cell, nil, false)
	for i, line := range lines {
		if !strings.Contains(line, arrow) {
			continue
		}
		if line == arrow && i == 0 && len(lines) > 1 {
			return lines[1]
		}
		if !strings.HasPrefix(line, arrow) {
			line = strings.Join(lines[:i+1], " ")
		}
		return document.NormalizeSpace(strings.ReplaceAll(line, arrow, ""))
	}
	return ""
}

// dateText is the date of a cell: its lines that have figures, for links to lists of members can
// stand below.
func dateText(cell *html.Node) string {
	var dated []string
	for _, line := range shownLines(cell, nil, false) {
		if strings.ContainsAny(line, "0123456789") {
			dated = append(dated, line)
		}
	}
	if len(dated) == 0 {
		return shownText(cell)
	}
	return strings.Join(dated, " ")
}

// isBold reports whether an element shows bold text.
func isBold(n *html.Node) bool {
	bold := n.DataAtom == atom.B || n.DataAtom == atom.Strong || strings.Contains(attribute(n, "style"), "font-weight:bold") || strings.Contains(attribute(n, "style"), "font-weight: bold")
	return bold && shownText(n) != ""
}

// neighboursInOneCell reads the elections before and after where they share one cell with the date: by
// the elements that they stand in, or by their form.
func (b *boxReader) neighboursInOneCell(c *tableCell) bool {
	lines := shownLines(c.node, nil, false)
	if len(lines) == 1 {
		m := allInOne.FindStringSubmatch(lines[0])
		if m == nil {
			return false
		}
		lines = []string{"←" + m[1], m[2], m[3] + "→"}
	}
	for _, line := range lines {
		label := document.NormalizeSpace(strings.NewReplacer("←", " ", "→", " ").Replace(line))
		switch {
		case label == "":
		case strings.Contains(line, "←"):
			b.addOrDefer("previous election", "previous_election", c, label)
		case strings.Contains(line, "→"):
			b.addOrDefer("next election", "next_election", c, label)
		case yearText.MatchString(label) && !b.current.named["election_date"]:
			b.addOrDefer("election date", "election_date", c, label)
		}
	}
	return true
}

var fileName = regexp.MustCompile(`(?i)\.(?:svg|png|jpe?g|gif|webp|tiff?)$`)

// flagLabel is the label of the first flag in a cell. A flag links to what it is the flag of, a
// picture to its file.
func flagLabel(cell *html.Node) string {
	label := ""
	findInCell(cell, func(n *html.Node) bool {
		if n.DataAtom != atom.Img {
			return false
		}
		link, icon := (*html.Node)(nil), false
		for p := n.Parent; p != nil && p != cell.Parent; p = p.Parent {
			if p.DataAtom == atom.A && link == nil {
				link = p
			}
			icon = icon || hasClass(p, "flagicon", "mw-image-border")
		}
		toFile := link != nil && (hasClass(link, "image", "mw-file-description") || strings.Contains(attribute(link, "href"), "/File:"))
		if toFile || link == nil && !icon {
			return false
		}
		label = document.NormalizeSpace(attribute(n, "alt"))
		if (label == "" || fileName.MatchString(label)) && link != nil {
			label = document.NormalizeSpace(attribute(link, "title"))
		}
		if fileName.MatchString(label) {
			label = ""
		}
		return label != ""
	})
	return label
}

var (
	majorityLine   = regexp.MustCompile(`(?i)\bmajority\b`)
	largerMajority = regexp.MustCompile(`(?i)\b(?:two[- –]thirds|three[- –](?:fifths|quarters)|super-?|qualified|absolute two)\s*majority`)
	majorityBefore = regexp.MustCompile(`(?i)([0-9][0-9,]*)\b[^0-9]{0,60}?\bmajority\b`)
	majorityOf     = regexp.MustCompile(`(?i)([0-9][0-9,]*)\b[^0-9]{0,20}\bof\b[^0-9]{0,30}[0-9][0-9,]*\b[^0-9]{0,40}?\b(?:needed|required)\b[^0-9]{0,20}\bmajority\b`)
	majorityAfter  = regexp.MustCompile(`(?i)\bmajority\b[^0-9]{0,30}([0-9][0-9,]*)`)
	seatWords      = regexp.MustCompile(`(?i)\b(?:seats?|members?|deputies|representatives|senators|councill?ors|constituenc(?:y|ies)|governorships?|governors|districts?|mayoralt(?:y|ies)|wards)\b`)
	electorWords   = regexp.MustCompile(`(?i)\b(?:electoral (?:college|votes?)|electors|delegates?|delegate votes?)\b`)
	neededWords    = regexp.MustCompile(`(?i)\b(?:needed|required)\b`)
	captionWords   = regexp.MustCompile(`(?i)\b(?:maps?|shad\w+|below|colou?rs?|winner\w*|won|results|composition)\b`)
)

// seatsRow reads the phrases above the contenders: how many seats are filled, and how many make a
// majority. Below a map they are its caption.
func (b *boxReader) seatsRow(c *tableCell) bool {
	if (b.current.content != "" || b.mapped) && (captionWords.MatchString(c.text) || c.node.DataAtom == atom.Td && !hasClass(c.node, "infobox-full-data")) {
		return false
	}
	if !strings.ContainsAny(c.text, "0123456789") && !strings.Contains(strings.ToLower(c.text), "seat") || len(c.text) > 500 {
		return false
	}
	var phrase []string
	var majority, electors, needed string
	for _, line := range shownLines(c.node, nil, false) {
		if majorityLine.MatchString(line) && !largerMajority.MatchString(line) {
			var m []int
			for _, form := range []*regexp.Regexp{majorityOf, majorityBefore, majorityAfter} {
				if m == nil {
					m = form.FindStringSubmatchIndex(line)
				}
			}
			if m != nil {
				if majority == "" {
					majority = line[m[2]:m[3]]
				}
				line = strings.TrimRight(strings.TrimSpace(line[:m[0]]), " ,;:(–-")
			}
		}
		switch {
		case line == "":
		case electorWords.MatchString(line) && neededWords.MatchString(line):
			needed = line
		case electorWords.MatchString(line) && !strings.Contains(strings.ToLower(line), "seat"):
			electors = line
		default:
			phrase = append(phrase, line)
		}
	}
	seats := strings.Join(phrase, " ")
	isSeats := seats != "" && (seatWords.MatchString(seats) || c.isHeader() && c.span > 2 && b.current.content == "" && strings.ContainsAny(seats, "0123456789"))
	if majority == "" && electors == "" && needed == "" && !isSeats {
		return false
	}
	b.endBlock()
	for _, f := range []struct{ name, text string }{{"votes_for_election", electors}, {"needed_votes", needed}, {"seats_for_election", seats}, {"majority_seats", majority}} {
		if f.text != "" && (f.name != "seats_for_election" || isSeats) {
			b.addOrDefer(strings.ReplaceAll(f.name, "_", " "), f.name, c, f.text)
		}
	}
	return true
}
