package html

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// electionTable is an election box while its rows are read.
type electionTable struct {
	parent      *electionTable
	box         schemas.Infobox
	named       map[string]bool // the names of its fields
	contenders  int             // how many it has so far; they are numbered in the order in which they stand
	content     string          // blocks or results: how it shows its contenders; "" before the first
	legislative bool            // it has the class of the legislative box
	strong      bool            // a row that nothing but an election shows
	columns     bool            // its contenders stand side by side, or below their colours
}

// boxReader reads the rows of one table. It makes one box, and others where boxes are embedded without
// a table of their own: rows below a heading, with contenders of their own.
type boxReader struct {
	page            *pageReader
	boxes           []*electionTable // in the order in which they open; the first is the table's
	current         *electionTable   // the one that rows belong to
	belowContenders int              // the fields of now from here on stand below its last contenders, or below a heading
	heading         *tableCell       // a heading that no contenders have followed yet
	deferred        []schemas.Field  // what the rows say that belongs to an embedded box, if there is to be one
	ended           bool             // the contenders are followed by a picture or an office
	mapped          bool             // a picture stands below the date, where there are no contenders
	block           *contenderBlock  // the open block of contenders in columns
	results         *resultsTable    // the open table of results
	offices         *officeBlock     // the offices whose holders follow in rows of their own
}

// readBox reads a table and the boxes nested in it.
func (p *pageReader) readBox(table *html.Node, path string, parent *electionTable) []*electionTable {
	b := &boxReader{page: p}
	b.openBox(parent, table)
	b.current.legislative = hasClass(table, classLegislative)
	title := boxTitle(table)
	if title != nil && title.DataAtom == atom.Caption {
		b.addField("title", "election_name", 0, title, path+"/caption[1]", shownText(title))
	}
	for _, row := range p.tableRows(table, path, 0) {
		b.readRow(row, title)
	}
	b.endBlock()
	if p.tree.cut[table] {
		e := b.boxes[0]
		document.AddDefect(&e.box, schemas.Defect{Message: "the page ends within the box: its table is not closed, and rows may be missing", Line: e.box.Line, Offset: e.box.Offset})
	}
	return b.boxes
}

// openBox begins a box.
func (b *boxReader) openBox(parent *electionTable, at *html.Node) {
	e := &electionTable{parent: parent, named: map[string]bool{}}
	if place, ok := b.page.tree.places[at]; ok {
		e.box.Offset, e.box.End, e.box.Line = place.tag, place.end, b.page.lines.At(place.tag)
	}
	b.boxes = append(b.boxes, e)
	b.current = e
}

// newField makes a field of what a cell shows. Raw is what stands between the cell's tags, whole even
// where the field is but a part of it.
func (b *boxReader) newField(key, name string, position int, cell *html.Node, path, text string) schemas.Field {
	place, ok := b.page.tree.places[cell]
	f := schemas.Field{Key: key, Name: name, Position: position, Text: text, Path: path, Offset: -1}
	if text != "" {
		f.Page = linkedPage(cell, text)
	}
	if ok {
		f.Raw, f.Offset, f.Line = b.page.d.Text[place.start:place.end], place.start, b.page.lines.At(place.start)
	}
	if position > 0 {
		f.Key += " " + strconv.Itoa(position)
	}
	return f
}

// addColour adds the colour of a contender; it stands in the tag of a cell or row, and that is its Raw.
func (b *boxReader) addColour(position int, painted *html.Node, path, colour string) {
	f := b.newField("colour", "colour", position, painted, path, colour)
	f.Page = ""
	if place, ok := b.page.tree.places[painted]; ok {
		f.Raw, f.Offset, f.Line = b.page.d.Text[place.tag:place.start], place.tag, b.page.lines.At(place.tag)
	}
	b.addFieldTo(b.current, f)
}

func (b *boxReader) addField(key, name string, position int, cell *html.Node, path, text string) {
	b.addFieldTo(b.current, b.newField(key, name, position, cell, path, text))
}

func (b *boxReader) addFieldTo(e *electionTable, f schemas.Field) {
	document.AddField(&e.box, f)
	e.named[f.Name] = true
}

// readRow reads one row as the first of its kinds that it can be.
func (b *boxReader) readRow(r tableRow, title *html.Node) {
	switch {
	case r.box != nil:
		b.endBlock()
		b.results = nil
		b.boxes = append(b.boxes, b.page.readBox(r.box, r.path, b.current)...)
	case len(r.cells) == 0:
	case r.cells[0].node == title:
		b.addField("title", "election_name", 0, title, r.cells[0].path, r.cells[0].text)
	case b.holderRow(r), b.neighboursRow(r), b.officeRow(r):
	case b.resultsHeaderRow(r), b.resultsRow(r):
	case b.blockRow(r), b.labelledRow(r):
	default:
		b.singleTextRow(r)
	}
}

// beginContenders prepares for contenders: those of an embedded box get a box of their own.
func (b *boxReader) beginContenders(content string) {
	b.results = nil
	other := b.current.content != "" && (b.current.content != content || b.ended)
	if b.heading != nil || other {
		outer := b.current
		outer.box.Fields, b.deferred = outer.box.Fields[:b.belowContenders:b.belowContenders], append(outer.box.Fields[b.belowContenders:len(outer.box.Fields):len(outer.box.Fields)], b.deferred...)
		outer.named = map[string]bool{}
		for i := range outer.box.Fields {
			outer.named[outer.box.Fields[i].Name] = true
		}
		start := outer.box
		b.openBox(b.boxes[0], nil)
		b.current.box.Offset, b.current.box.End, b.current.box.Line = start.Offset, start.End, start.Line
		if h := b.heading; h != nil {
			b.addField("title", "election_name", 0, h.node, h.path, h.text)
		}
		for _, f := range b.deferred {
			b.addFieldTo(b.current, f)
		}
		if first := b.current.box.Fields; len(first) > 0 && first[0].Offset >= 0 {
			b.current.box.Offset, b.current.box.Line = first[0].Offset, first[0].Line
		}
	}
	b.current.content = content
	b.heading, b.deferred, b.ended = nil, nil, false
	b.belowContenders = len(b.current.box.Fields)
}

// markBelowContenders notes that what comes now stands below the contenders.
func (b *boxReader) markBelowContenders() {
	if b.current.content != "" {
		b.belowContenders = len(b.current.box.Fields)
	}
}

// addOrDefer adds a field to the box, or below its contenders keeps it for a box embedded there.
func (b *boxReader) addOrDefer(key, name string, c *tableCell, text string) {
	f := b.newField(key, name, 0, c.node, c.path, text)
	if b.current.content == "" || b.heading != nil {
		b.addFieldTo(b.current, f)
	} else if len(b.deferred) < document.MaxDefects {
		b.deferred = append(b.deferred, f)
	}
}

// The labels of rows that are about the whole election, in lower case.
var boxLabels = map[string]string{
	"country": "country", "date": "election_date", "election date": "election_date", "declared": "declared", "last update": "last_update",
	"opinion polls": "opinion_polls", "registered": "registered", "registered voters": "registered", "reporting": "reporting",
	"turnout": "turnout", "voter turnout": "turnout", "type": "type", "votes cast": "votes_cast", "votes counted": "votes_counted", "seats for election": "seats_for_election",
}

// labelledRow reads a row of a label and one value that is about the whole election.
func (b *boxReader) labelledRow(r tableRow) bool {
	if len(r.cells) != 2 || !r.cells[0].isHeader() || r.cells[1].isHeader() || r.cells[0].text == "" {
		return false
	}
	label, value := &r.cells[0], &r.cells[1]
	name, known := boxLabels[labelText(label.text)]
	if !known {
		name, _ = schemas.ParameterName(label.text)
	}
	if known || b.block == nil || len(b.block.rows) == 0 {
		b.endBlock()
	}
	b.addField(label.text, name, 0, value.node, value.path, value.text)
	return true
}

// labelText is a label as the tables of labels have it: in lower case, without colon and footnotes.
func labelText(s string) string {
	s = labelMarks.ReplaceAllString(strings.ReplaceAll(strings.ToLower(s), "’", "'"), "")
	return strings.TrimSpace(s)
}

var labelMarks = regexp.MustCompile(`\s*(?:\[[^\]]*\]|\*+|:)\s*$`)

// singleTextRow reads a row whose cells show one text or picture.
func (b *boxReader) singleTextRow(r tableRow) {
	var c *tableCell
	for i := range r.cells {
		switch {
		case r.cells[i].text == "":
		case c != nil:
			return
		default:
			c = &r.cells[i]
		}
	}
	if c == nil {
		b.pictureRow(r)
		return
	}
	switch {
	case footerText.MatchString(c.text):
	case isHeading(c):
		b.endBlock()
		b.markBelowContenders()
		if b.current.content == "" || b.heading != nil {
			b.belowContenders = len(b.current.box.Fields)
		}
		b.deferred, b.heading = nil, &tableCell{node: c.node, path: c.path, text: c.text}
	case b.seatsRow(c):
	case b.current.content == "" && !b.current.named["election_date"] && len(c.text) < 120 && yearAndMonth.MatchString(c.text):
		b.addField("election date", "election_date", 0, c.node, c.path, dateText(c.node))
	}
}

var (
	headingWords = regexp.MustCompile(`(?i)\b(?:election|elections|presiden\w+|senat\w+|house|chamber|assembly|parliament\w*|congress\w*|council|legislat\w*|deputies|governor\w*|mayor\w*|vice|round)\b`)
	notHeading   = regexp.MustCompile(`(?i)\b(?:results?|maps?|shad\w+|below|lists|winners?|constituenc\w+|district|seats?|majority|polls?|colou?rs?|composition)\b|[0-9]`)
)

// isHeading reports whether a cell is a heading of boxes of today: the name of an election that is
// embedded below it.
func isHeading(c *tableCell) bool {
	if len(c.text) > 80 || notHeading.MatchString(c.text) {
		return false
	}
	if hasClass(c.node, "infobox-header") {
		return true
	}
	return hasClass(c.node, "infobox-full-data", "infobox-subheader") && headingWords.MatchString(c.text) && (c.isHeader() || findInCell(c.node, isBold) != nil)
}

// pictureRow reads a row that shows no text: the flag tells the country, and a picture below the
// contenders ends them.
func (b *boxReader) pictureRow(r tableRow) {
	for i := range r.cells {
		c := &r.cells[i]
		img := findInCell(c.node, func(n *html.Node) bool { return n.DataAtom == atom.Img })
		if img == nil {
			continue
		}
		if b.current.content != "" || b.block != nil {
			b.endBlock()
			b.results, b.ended = nil, b.current.content != ""
			b.markBelowContenders()
			return
		}
		if country := flagLabel(c.node); country != "" && !b.current.named["country"] {
			b.addField("flag", "country", 0, c.node, c.path, country)
		} else if b.current.named["previous_election"] || b.current.named["next_election"] || b.current.named["election_date"] {
			b.mapped = true
		}
		return
	}
}

// isElection reports whether the rows read are those of an election. Many boxes are about events with
// one before and one after; an election's has contenders with results, or seats to fill.
func (e *electionTable) isElection(nested bool) bool {
	n := e.named
	neighbours := n["previous_election"] || n["next_election"]
	switch {
	case e.content == "results" && e.contenders > 0 || e.legislative:
		return true
	case e.contenders > 0:
		person := n["nominee"] || n["candidate"]
		return e.strong && (person || n["party"] || n["leader"]) || e.columns && n["party"] && (neighbours || n["election_date"]) || neighbours && person
	case neighbours && nested:
		return true
	default:
		return neighbours && (n["majority_seats"] || n["turnout"] && n["election_date"] || n["seats_for_election"] && n["election_date"])
	}
}
