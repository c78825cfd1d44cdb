package html

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
)

// This file reads what is above the contenders: the flag, the date between the elections before and after, the seats.

// The forms of dates. allInOne is a date between the elections before and after, in one line.
var (
	yearAndMonth = regexp.MustCompile(
		`(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b.*\b[12][0-9]{3}\b`)
	yearText = regexp.MustCompile(`\b[12][0-9]{3}\b`)
	allInOne = regexp.MustCompile(`^(?:←\s*(\S.*?)\s+)??` +
		`((?:[0-9]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)).*[12][0-9]{3}\S*(?:\s*\([^)]*\))?)` +
		`(?:\s+(\S.*?)\s*→)?$`)
)

// neighboursRow reads the row of the elections before and after, with the date between them.
func (b *boxReader) neighboursRow(r tableRow) bool {
	arrows := 0
	for i := range r.cells {
		if strings.ContainsAny(r.cells[i].text, "←→") {
			arrows++
		}
	}
	switch {
	case len(r.cells) == 1 && arrows == 1:
		return b.neighboursInOneCell(&r.cells[0])
	case len(r.cells) > 3:
		return false
	case arrows == 0 && (b.block != nil || b.results != nil || !isDateRow(r)):
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

// isDateRow reports whether a row has a date in the middle and room for the elections before and after, which are not
// given.
func isDateRow(r tableRow) bool {
	if len(r.cells) != 3 || slices.ContainsFunc(r.cells, func(c tableCell) bool { return c.isHeader() }) {
		return false
	}
	return r.cells[0].text == "" && r.cells[2].text == "" && yearText.MatchString(r.cells[1].text)
}

// arrowLine returns the label beside an arrow: what is on its line and above it. If the arrow is alone on the first
// line, the label is the line below.
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

// dateText returns the date of a cell: the lines that have figures, since links to lists of members can be below the
// date.
func dateText(cell *html.Node) string {
	var dated []string
	for _, line := range shownLines(cell, nil, false) {
		if hasDigit(line) {
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
	bold := n.DataAtom == atom.B || n.DataAtom == atom.Strong
	if !bold {
		style := attribute(n, "style")
		bold = strings.Contains(style, "font-weight:bold") || strings.Contains(style, "font-weight: bold")
	}
	return bold && shownText(n) != ""
}

// neighboursInOneCell reads the elections before and after if they share one cell with the date: by the elements that
// they are in, or by the form of the line.
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

// fileName matches the name of an image.
var fileName = regexp.MustCompile(`(?i)\.(?:svg|png|jpe?g|gif|webp|tiff?)$`)

// flagLabel returns the label of the first flag in a cell. A flag links to what it is the flag of, any other picture to
// its file.
func flagLabel(cell *html.Node) string {
	label := ""
	findInCell(cell, func(n *html.Node) bool {
		if n.DataAtom != atom.Img {
			return false
		}
		link, isFlag := flagLink(n, cell)
		if !isFlag {
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

// flagLink returns the link around an image in a cell, which is nil if there is none, and reports whether the image is
// a flag.
func flagLink(img, cell *html.Node) (link *html.Node, isFlag bool) {
	isIcon := false
	for n := img.Parent; n != nil && n != cell.Parent; n = n.Parent {
		if n.DataAtom == atom.A && link == nil {
			link = n
		}
		isIcon = isIcon || hasClass(n, "flagicon", "mw-image-border")
	}
	if link == nil {
		return nil, isIcon
	}
	_, isFile := document.FileName(titleOfURL(attribute(link, "href")))
	return link, !isFile && !hasClass(link, "image", "mw-file-description")
}

// The words of phrases about seats.
var (
	majorityLine   = regexp.MustCompile(`(?i)\bmajority\b`)
	largerMajority = regexp.MustCompile(
		`(?i)\b(?:two[- –]thirds|three[- –](?:fifths|quarters)|super-?|qualified|absolute two)\s*majority`)
	majorityBefore = regexp.MustCompile(`(?i)([0-9][0-9,]*)\b[^0-9]{0,60}?\bmajority\b`)
	majorityOf     = regexp.MustCompile(`(?i)([0-9][0-9,]*)\b[^0-9]{0,20}\bof\b[^0-9]{0,30}[0-9][0-9,]*\b` +
		`[^0-9]{0,40}?\b(?:needed|required)\b[^0-9]{0,20}\bmajority\b`)
	majorityAfter = regexp.MustCompile(`(?i)\bmajority\b[^0-9]{0,30}([0-9][0-9,]*)`)
	seatWords     = regexp.MustCompile(
		`(?i)\b(?:seats?|members?|deputies|representatives|senators|councill?ors|constituenc(?:y|ies)|governorships?|` +
			`governors|districts?|mayoralt(?:y|ies)|wards)\b`)
	electorWords = regexp.MustCompile(`(?i)\b(?:electoral (?:college|votes?)|electors|delegates?|delegate votes?)\b`)
	neededWords  = regexp.MustCompile(`(?i)\b(?:needed|required)\b`)
	captionWords = regexp.MustCompile(
		`(?i)\b(?:maps?|shad\w+|below|colou?rs?|winner\w*|won|results|composition)\b`)
)

// seatPhrases are the phrases above the contenders: how many seats are filled, and how many make a majority.
type seatPhrases struct{ seats, majority, electors, needed string }

// readSeatPhrases reads the lines of a cell.
func readSeatPhrases(cell *html.Node) (p seatPhrases) {
	var seats []string
	for _, line := range shownLines(cell, nil, false) {
		if majority, rest, ok := cutMajority(line); ok {
			line = rest
			if p.majority == "" {
				p.majority = majority
			}
		}
		isElectors := electorWords.MatchString(line)
		switch {
		case line == "":
		case isElectors && neededWords.MatchString(line):
			p.needed = line
		case isElectors && !mentionsSeats(line):
			p.electors = line
		default:
			seats = append(seats, line)
		}
	}
	p.seats = strings.Join(seats, " ")
	return p
}

// cutMajority returns the number of seats that a line says make a majority, and what is before that phrase.
func cutMajority(line string) (majority, rest string, ok bool) {
	if !majorityLine.MatchString(line) || largerMajority.MatchString(line) {
		return "", "", false
	}
	for _, form := range []*regexp.Regexp{majorityOf, majorityBefore, majorityAfter} {
		if m := form.FindStringSubmatchIndex(line); m != nil {
			return line[m[2]:m[3]], strings.TrimRight(strings.TrimSpace(line[:m[0]]), " ,;:(–-"), true
		}
	}
	return "", "", false
}

func mentionsSeats(s string) bool { return strings.Contains(strings.ToLower(s), "seat") }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// seatsRow reads a cell with phrases about seats. Below a map such phrases are its caption.
func (b *boxReader) seatsRow(c *tableCell) bool {
	if canBeSeats := hasDigit(c.text) || mentionsSeats(c.text); !canBeSeats || len(c.text) > 500 || b.isCaption(c) {
		return false
	}
	phrases := readSeatPhrases(c.node)
	if !b.isSeats(c, phrases.seats) {
		phrases.seats = ""
	}
	if phrases == (seatPhrases{}) {
		return false
	}
	b.endBlock()
	for _, f := range []struct{ name, text string }{
		{"votes_for_election", phrases.electors}, {"needed_votes", phrases.needed},
		{"seats_for_election", phrases.seats}, {"majority_seats", phrases.majority},
	} {
		if f.text != "" {
			b.addOrDefer(strings.ReplaceAll(f.name, "_", " "), f.name, c, f.text)
		}
	}
	return true
}

// isCaption reports whether a cell is the caption of a picture.
func (b *boxReader) isCaption(c *tableCell) bool {
	if b.current.content == "" && !b.mapped {
		return false
	}
	isPlainCell := c.node.DataAtom == atom.Td && !hasClass(c.node, "infobox-full-data")
	return isPlainCell || captionWords.MatchString(c.text)
}

// isSeats reports whether a phrase of a cell is about seats. Above the contenders, a number in a heading that spans the
// box is about seats even if it has another word for them.
func (b *boxReader) isSeats(c *tableCell, phrase string) bool {
	if phrase == "" || seatWords.MatchString(phrase) {
		return phrase != ""
	}
	return b.current.content == "" && c.isHeader() && c.span > 2 && hasDigit(phrase)
}
