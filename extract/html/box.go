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
	page    *pageReader
	boxes   []*electionTable // in the order in which they open; the first is the table's
	now     *electionTable   // the one that rows belong to
	mark    int              // the fields of now from here on stand below its last contenders, or below a heading
	heading *tableCell       // a heading that no contenders have followed yet
	aside   []schemas.Field  // what the rows say that belongs to an embedded box, if there is to be one
	ended   bool             // the contenders are followed by a picture or an office
	mapped  bool             // a picture stands below the date, where there are no contenders
	block   *contenderBlock  // the open block of contenders in columns
	results *resultsTable    // the open table of results
	offices *officeBlock     // the offices whose holders follow in rows of their own
}

// readBox reads a table and the boxes nested in it.
func (p *pageReader) readBox(table *html.Node, path string, parent *electionTable) []*electionTable {
	b := &boxReader{page: p}
	b.open(parent, table)
	b.now.legislative = hasClass(table, classLegislative)
	title := boxTitle(table)
	if title != nil && title.DataAtom == atom.Caption {
		b.add("title", "election_name", 0, title, path+"/caption[1]", shownText(title))
	}
	for _, row := range p.rows(table, path, 0) {
		b.row(row, title)
	}
	b.endBlock()
	if p.tree.cut[table] {
		e := b.boxes[0]
		document.AddDefect(&e.box, schemas.Defect{Message: "the page ends within the box: its table is not closed, and rows may be missing", Line: e.box.Line, Offset: e.box.Offset})
	}
	return b.boxes
}

// open begins a box.
func (b *boxReader) open(parent *electionTable, at *html.Node) {
	e := &electionTable{parent: parent, named: map[string]bool{}}
	if place, ok := b.page.tree.places[at]; ok {
		e.box.Offset, e.box.End, e.box.Line = place.tag, place.end, b.page.lines.At(place.tag)
	}
	b.boxes = append(b.boxes, e)
	b.now = e
}

// field makes a field of what a cell shows. Raw is what stands between the cell's tags, whole even
// where the field is but a part of it.
func (b *boxReader) field(key, name string, position int, cell *html.Node, path, text string) schemas.Field {
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
	f := b.field("colour", "colour", position, painted, path, colour)
	f.Page = ""
	if place, ok := b.page.tree.places[painted]; ok {
		f.Raw, f.Offset, f.Line = b.page.d.Text[place.tag:place.start], place.tag, b.page.lines.At(place.tag)
	}
	b.addTo(b.now, f)
}

func (b *boxReader) add(key, name string, position int, cell *html.Node, path, text string) {
	b.addTo(b.now, b.field(key, name, position, cell, path, text))
}

func (b *boxReader) addTo(e *electionTable, f schemas.Field) {
	document.AddField(&e.box, f)
	e.named[f.Name] = true
}

// row reads one row as the first of its kinds that it can be.
func (b *boxReader) row(r tableRow, title *html.Node) {
	switch {
	case r.box != nil:
		b.endBlock()
		b.results = nil
		b.boxes = append(b.boxes, b.page.readBox(r.box, r.path, b.now)...)
	case len(r.cells) == 0:
	case r.cells[0].node == title:
		b.add("title", "election_name", 0, title, r.cells[0].path, r.cells[0].text)
	case b.holders(r), b.neighbours(r), b.office(r):
	case b.resultsHeader(r), b.resultsRow(r):
	case b.blockRow(r), b.labelled(r):
	default:
		b.single(r)
	}
}

// begin prepares for contenders: those of an embedded box get a box of their own.
func (b *boxReader) begin(content string) {
	b.results = nil
	other := b.now.content != "" && (b.now.content != content || b.ended)
	if b.heading != nil || other {
		outer := b.now
		outer.box.Fields, b.aside = outer.box.Fields[:b.mark:b.mark], append(outer.box.Fields[b.mark:len(outer.box.Fields):len(outer.box.Fields)], b.aside...)
		outer.named = map[string]bool{}
		for i := range outer.box.Fields {
			outer.named[outer.box.Fields[i].Name] = true
		}
		start := outer.box
		b.open(b.boxes[0], nil)
		b.now.box.Offset, b.now.box.End, b.now.box.Line = start.Offset, start.End, start.Line
		if h := b.heading; h != nil {
			b.add("title", "election_name", 0, h.node, h.path, h.text)
		}
		for _, f := range b.aside {
			b.addTo(b.now, f)
		}
		if first := b.now.box.Fields; len(first) > 0 && first[0].Offset >= 0 {
			b.now.box.Offset, b.now.box.Line = first[0].Offset, first[0].Line
		}
	}
	b.now.content = content
	b.heading, b.aside, b.ended = nil, nil, false
	b.mark = len(b.now.box.Fields)
}

// follows notes that what comes now stands below the contenders.
func (b *boxReader) follows() {
	if b.now.content != "" {
		b.mark = len(b.now.box.Fields)
	}
}

// addAside adds a field to the box, or below its contenders keeps it for a box embedded there.
func (b *boxReader) addAside(key, name string, c *tableCell, text string) {
	f := b.field(key, name, 0, c.node, c.path, text)
	if b.now.content == "" || b.heading != nil {
		b.addTo(b.now, f)
	} else if len(b.aside) < document.MaxDefects {
		b.aside = append(b.aside, f)
	}
}

// The labels of rows that are about the whole election, in lower case.
var boxLabels = map[string]string{
	"country": "country", "date": "election_date", "election date": "election_date", "declared": "declared", "last update": "last_update",
	"opinion polls": "opinion_polls", "registered": "registered", "registered voters": "registered", "reporting": "reporting",
	"turnout": "turnout", "voter turnout": "turnout", "type": "type", "votes cast": "votes_cast", "votes counted": "votes_counted", "seats for election": "seats_for_election",
}

// labelled reads a row of a label and one value that is about the whole election.
func (b *boxReader) labelled(r tableRow) bool {
	if len(r.cells) != 2 || !r.cells[0].head() || r.cells[1].head() || r.cells[0].text == "" {
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
	b.add(label.text, name, 0, value.node, value.path, value.text)
	return true
}

// labelText is a label as the tables of labels have it: in lower case, without colon and footnotes.
func labelText(s string) string {
	s = labelMarks.ReplaceAllString(strings.ReplaceAll(strings.ToLower(s), "’", "'"), "")
	return strings.TrimSpace(s)
}

var labelMarks = regexp.MustCompile(`\s*(?:\[[^\]]*\]|\*+|:)\s*$`)

// single reads a row whose cells show one text or picture.
func (b *boxReader) single(r tableRow) {
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
		b.picture(r)
		return
	}
	switch {
	case footerText.MatchString(c.text):
	case isHeading(c):
		b.endBlock()
		b.follows()
		if b.now.content == "" || b.heading != nil {
			b.mark = len(b.now.box.Fields)
		}
		b.aside, b.heading = nil, &tableCell{node: c.node, path: c.path, text: c.text}
	case b.seats(c):
	case b.now.content == "" && !b.now.named["election_date"] && len(c.text) < 120 && yearAndMonth.MatchString(c.text):
		b.add("election date", "election_date", 0, c.node, c.path, dateText(c.node))
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
	return hasClass(c.node, "infobox-full-data", "infobox-subheader") && headingWords.MatchString(c.text) && (c.head() || withinCell(c.node, isBold) != nil)
}

// picture reads a row that shows no text: the flag tells the country, and a picture below the
// contenders ends them.
func (b *boxReader) picture(r tableRow) {
	for i := range r.cells {
		c := &r.cells[i]
		img := withinCell(c.node, func(n *html.Node) bool { return n.DataAtom == atom.Img })
		if img == nil {
			continue
		}
		if b.now.content != "" || b.block != nil {
			b.endBlock()
			b.results, b.ended = nil, b.now.content != ""
			b.follows()
			return
		}
		if country := flagLabel(c.node); country != "" && !b.now.named["country"] {
			b.add("flag", "country", 0, c.node, c.path, country)
		} else if b.now.named["previous_election"] || b.now.named["next_election"] || b.now.named["election_date"] {
			b.mapped = true
		}
		return
	}
}

// election reports whether the rows read are those of an election. Many boxes are about events with
// one before and one after; an election's has contenders with results, or seats to fill.
func (e *electionTable) election(nested bool) bool {
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
