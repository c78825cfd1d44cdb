package html

import (
	"maps"
	"regexp"
	"slices"
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
	content     boxContent      // how it shows its contenders; "" before the first
	legislative bool            // it has the class of the legislative box
	strong      bool            // it has a row that only an election shows
	columns     bool            // its contenders stand side by side, or below their colours
}

// boxContent is how a box shows its contenders.
type boxContent string

// The contents of boxes.
const (
	contentBlocks  boxContent = "blocks"  // contenders in columns
	contentResults boxContent = "results" // a row for each party
)

// boxReader reads the rows of one table. It makes one box, and further ones if boxes are embedded without a table of
// their own: rows below a heading, with contenders of their own.
type boxReader struct {
	page    *pageReader
	boxes   []*electionTable // in the order in which they open; the first is that of the table
	current *electionTable   // the one that rows belong to
	heading *tableCell       // a heading that no contenders have followed yet
	block   *contenderBlock  // the open block of contenders in columns
	results *resultsTable    // the open table of results
	offices *officeBlock     // the offices whose holders follow in rows of their own

	belowContenders int             // the fields of current from this index on are below its contenders or a heading
	deferred        []deferredField // what the rows say that belongs to an embedded box, if one follows
	ended           bool            // the contenders are followed by a picture or an office
	mapped          bool            // a picture is below the date, before any contenders
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
		document.AddDefect(&e.box, schemas.Defect{
			Message: "the page ends within the box: its table is not closed, and rows may be missing",
			Line:    e.box.Line, Offset: e.box.Offset,
		})
	}
	return b.boxes
}

// openBox begins a box. The element at, if it is given, says where the box is.
func (b *boxReader) openBox(parent *electionTable, at *html.Node) {
	e := &electionTable{parent: parent, named: map[string]bool{}}
	if place, ok := b.page.tree.places[at]; ok {
		e.box.Offset, e.box.End, e.box.Line = place.tag, place.end, b.page.lines.At(place.tag)
	}
	b.boxes = append(b.boxes, e)
	b.current = e
}

// newField returns a field with the text of a cell. Raw is everything between the tags of the cell, even if the field
// is only a part of it.
func (b *boxReader) newField(key, name string, position int, cell *html.Node, path, text string) schemas.Field {
	place, ok := b.page.tree.places[cell]
	f := schemas.Field{Key: key, Name: name, Position: position, Text: text, Path: path, Offset: -1}
	if text != "" {
		if links := b.page.linksIn(cell, text); len(links) > 0 {
			f.Page = b.page.d.CanonicalTitle(links[0].Page)
			f.Links = document.PlaceLinks(text, links, b.page.d.CanonicalTitle)
		}
	}
	if ok {
		f.Raw, f.Offset, f.Line = b.page.d.Text[place.start:place.end], place.start, b.page.lines.At(place.start)
	}
	if position > 0 {
		f.Key += " " + strconv.Itoa(position)
	}
	return f
}

// addColour adds the colour of a contender. The colour is in the tag of a cell or row, so that tag is Raw.
func (b *boxReader) addColour(position int, painted *html.Node, path, colour string) {
	f := b.newField("colour", "colour", position, painted, path, colour)
	f.Page, f.Links = "", nil
	if place, ok := b.page.tree.places[painted]; ok {
		f.Raw, f.Offset, f.Line = b.page.d.Text[place.tag:place.start], place.tag, b.page.lines.At(place.tag)
	}
	b.addFieldTo(b.current, f, "")
}

// addField adds a field to the current box.
func (b *boxReader) addField(key, name string, position int, cell *html.Node, path, text string) {
	b.addFieldTo(b.current, b.newField(key, name, position, cell, path, text), struckInstead(cell, text))
}

// struckInstead returns what is struck out in a cell that shows no other text.
func struckInstead(cell *html.Node, text string) string {
	if text != "" {
		return ""
	}
	return struckText(cell)
}

// deferredField is a field that belongs to an embedded box, if one follows.
type deferredField struct {
	field  schemas.Field
	struck string
}

// addFieldTo adds a field to a box, with what is struck out in its place.
func (b *boxReader) addFieldTo(e *electionTable, f schemas.Field, struck string) {
	document.AddField(&e.box, f)
	if struck != "" {
		if e.box.Struck == nil {
			e.box.Struck = map[int]string{}
		}
		e.box.Struck[len(e.box.Fields)-1] = struck
	}
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

// beginContenders prepares for contenders. Those of an embedded box get a box of their own.
func (b *boxReader) beginContenders(content boxContent) {
	b.results = nil
	isOther := b.current.content != "" && (b.current.content != content || b.ended)
	if b.heading != nil || isOther {
		b.openEmbeddedBox()
	}
	b.current.content = content
	b.heading, b.deferred, b.ended = nil, nil, false
	b.belowContenders = len(b.current.box.Fields)
}

// openEmbeddedBox begins a box that has no table of its own. It takes over the fields that are below the contenders of
// the current box.
func (b *boxReader) openEmbeddedBox() {
	outer := b.current
	fields := slices.Clip(outer.box.Fields)
	outer.box.Fields = slices.Clip(fields[:b.belowContenders])
	var moved []deferredField
	for i := b.belowContenders; i < len(fields); i++ {
		moved = append(moved, deferredField{fields[i], outer.box.Struck[i]})
	}
	maps.DeleteFunc(outer.box.Struck, func(i int, _ string) bool { return i >= b.belowContenders })
	b.deferred = append(moved, b.deferred...)
	outer.named = map[string]bool{}
	for i := range outer.box.Fields {
		outer.named[outer.box.Fields[i].Name] = true
	}
	b.openBox(b.boxes[0], nil)
	box := &b.current.box
	box.Offset, box.End, box.Line = outer.box.Offset, outer.box.End, outer.box.Line
	if h := b.heading; h != nil {
		b.addField("title", "election_name", 0, h.node, h.path, h.text)
	}
	for _, f := range b.deferred {
		b.addFieldTo(b.current, f.field, f.struck)
	}
	if len(box.Fields) > 0 && box.Fields[0].Offset >= 0 {
		box.Offset, box.Line = box.Fields[0].Offset, box.Fields[0].Line
	}
}

// markBelowContenders notes that the next fields are below the contenders.
func (b *boxReader) markBelowContenders() {
	if b.current.content != "" {
		b.belowContenders = len(b.current.box.Fields)
	}
}

// addOrDefer adds a field to the current box, or keeps it for an embedded box if it is below the contenders.
func (b *boxReader) addOrDefer(key, name string, c *tableCell, text string) {
	f := b.newField(key, name, 0, c.node, c.path, text)
	if b.current.content == "" || b.heading != nil {
		b.addFieldTo(b.current, f, struckInstead(c.node, text))
	} else if len(b.deferred) < document.MaxFields {
		b.deferred = append(b.deferred, deferredField{f, struckInstead(c.node, text)})
	}
}

// boxLabels has the labels of the rows that are about the whole election, in lower case, and the parameter that each
// shows.
var boxLabels = map[string]string{
	"country": "country", "date": "election_date", "election date": "election_date", "declared": "declared",
	"last update": "last_update", "opinion polls": "opinion_polls", "registered": "registered",
	"registered voters": "registered", "reporting": "reporting", "turnout": "turnout", "voter turnout": "turnout",
	"type": "type", "votes cast": "votes_cast", "votes counted": "votes_counted",
	"seats for election": "seats_for_election",
}

// labelledRow reads a row of a label and one value that is about the whole election.
func (b *boxReader) labelledRow(r tableRow) bool {
	if len(r.cells) != 2 {
		return false
	}
	label, value := &r.cells[0], &r.cells[1]
	if !label.isHeader() || label.text == "" || value.isHeader() {
		return false
	}
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

// labelText returns a label as the tables of labels have it: in lower case, without a colon and footnotes.
func labelText(s string) string {
	s = labelMarks.ReplaceAllString(strings.ReplaceAll(strings.ToLower(s), "’", "'"), "")
	return strings.TrimSpace(s)
}

// labelMarks matches what can follow the words of a label.
var labelMarks = regexp.MustCompile(`\s*(?:\[[^\]]*\]|\*+|:)\s*$`)

// singleTextRow reads a row whose cells show one text or one picture.
func (b *boxReader) singleTextRow(r tableRow) {
	filled, c := filledCells(r)
	switch filled {
	case 0:
		b.pictureRow(r)
		return
	case 1:
	default:
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
	case b.current.content == "" && !b.current.named["election_date"] && isDate(c.text):
		b.addField("election date", "election_date", 0, c.node, c.path, dateText(c.node))
	}
}

// isDate reports whether a text is a date rather than a sentence with one.
func isDate(s string) bool { return len(s) < 120 && yearAndMonth.MatchString(s) }

// filledCells returns how many cells of a row show a text, and the last of them.
func filledCells(r tableRow) (n int, last *tableCell) {
	for i := range r.cells {
		if r.cells[i].text != "" {
			n++
			last = &r.cells[i]
		}
	}
	return n, last
}

// The words that a heading of an embedded box has, and those that it does not have.
var (
	headingWords = regexp.MustCompile(`(?i)\b(?:election|elections|presiden\w+|senat\w+|house|chamber|assembly|` +
		`parliament\w*|congress\w*|council|legislat\w*|deputies|governor\w*|mayor\w*|vice|round)\b`)
	notHeading = regexp.MustCompile(`(?i)\b(?:results?|maps?|shad\w+|below|lists|winners?|constituenc\w+|district|` +
		`seats?|majority|polls?|colou?rs?|composition)\b|[0-9]`)
)

// isHeading reports whether a cell is a heading in a box of today: the name of an election whose box is embedded below
// it.
func isHeading(c *tableCell) bool {
	if len(c.text) > 80 || notHeading.MatchString(c.text) {
		return false
	}
	if hasClass(c.node, "infobox-header") {
		return true
	}
	if !hasClass(c.node, "infobox-full-data", "infobox-subheader") || !headingWords.MatchString(c.text) {
		return false
	}
	return c.isHeader() || findInCell(c.node, isBold) != nil
}

// pictureRow reads a row that shows no text: a flag names the country, and a picture below the contenders ends them.
func (b *boxReader) pictureRow(r tableRow) {
	for i := range r.cells {
		c := &r.cells[i]
		if !hasImage(c) {
			continue
		}
		if b.current.content != "" || b.block != nil {
			b.endBlock()
			b.results, b.ended = nil, b.current.content != ""
			b.markBelowContenders()
			return
		}
		named := b.current.named
		if country := flagLabel(c.node); country != "" && !named["country"] {
			b.addField("flag", "country", 0, c.node, c.path, country)
		} else if named["previous_election"] || named["next_election"] || named["election_date"] {
			b.mapped = true
		}
		return
	}
}

// isElection reports whether the rows that were read are those of an election. Many boxes are about events with one
// before and one after. The box of an election has contenders with results, or seats to fill, or holds another one.
func (e *electionTable) isElection(holdsElection bool) bool {
	n := e.named
	hasNeighbours := n["previous_election"] || n["next_election"]
	switch {
	case e.legislative || e.content == contentResults && e.contenders > 0:
		return true
	case e.contenders > 0:
		return e.hasContendersOfElection(hasNeighbours)
	case hasNeighbours && holdsElection:
		return true
	}
	hasSeats := n["turnout"] || n["seats_for_election"]
	isDated := n["election_date"] && (hasSeats || electionTitle.MatchString(e.title()))
	return hasNeighbours && (n["majority_seats"] || isDated)
}

// electionTitle matches the title of the box of an election that shows no contenders yet, or none at all.
var electionTitle = regexp.MustCompile(`(?i)\b(?:by-?|re-?)?elections?\b|\bprimar(?:y|ies)\b|\bcaucus(?:es)?\b`)

// hasContendersOfElection reports whether the contenders of a box are those of an election.
func (e *electionTable) hasContendersOfElection(hasNeighbours bool) bool {
	n := e.named
	hasPersons := n["nominee"] || n["candidate"]
	switch {
	case hasPersons && (e.strong || hasNeighbours):
		return true
	case e.strong && (n["party"] || n["leader"]):
		return true
	}
	return e.columns && n["party"] && (hasNeighbours || n["election_date"])
}
