package html

import (
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
)

// A box is read as rows of cells. MediaWiki lays out boxes with tables in the cells of tables. The rows of an inner
// table take the place of the row around it, so that the boxes of all years are one list of rows. A nested box is a row
// of its own.

// maxTableDepth is the number of tables in which a table may be. The text of a deeper one is text of the cell around
// it. A box of today has two levels, one of 2014 three.
const maxTableDepth = 8

// maxSpan bounds how many columns a cell may span.
const maxSpan = 100

// tableRow is one row of a box.
type tableRow struct {
	table *html.Node // the table that it is in
	cells []tableCell
	// spanned is the cells of rows above that reach into this one.
	spanned []*tableCell
	box     *html.Node // a nested box, instead of cells
	path    string
}

// tableCell is one cell of a row.
type tableCell struct {
	node *html.Node
	path string
	text string // as a reader sees it
	span int

	column int // of the grid of the table: what the cells before it and above it leave free
}

// isHeader reports whether the cell is a <th>.
func (c *tableCell) isHeader() bool { return c.node.DataAtom == atom.Th }

// tableRows returns the rows of a table, in order.
func (p *pageReader) tableRows(table *html.Node, path string, levels int) []tableRow {
	var rows []tableRow
	var above spanGrid
	number := 0
	addRow := func(tr *html.Node) {
		number++
		rows = append(rows, p.rowsOf(table, tr, path+"/tr["+strconv.Itoa(number)+"]", levels, &above)...)
	}
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			addRow(c)
		case atom.Tbody, atom.Thead, atom.Tfoot:
			above = nil // a cell does not reach beyond its group of rows
			for tr := c.FirstChild; tr != nil; tr = tr.NextSibling {
				if tr.DataAtom == atom.Tr {
					addRow(tr)
				}
			}
		}
	}
	return rows
}

// rowsOf returns one row, and the rows of the tables in its cells. A row that shows nothing but those tables is left
// out.
func (p *pageReader) rowsOf(table, tr *html.Node, path string, levels int, above *spanGrid) []tableRow {
	if isHidden(tr) {
		return nil
	}
	own := tableRow{table: table, path: path, spanned: above.cells()}
	column := 0
	var nested []tableRow
	count := map[atom.Atom]int{}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if !isCell(c) {
			continue
		}
		count[c.DataAtom]++
		isShown := !isHidden(c)
		if !isShown && !document.IsInvisibleStyle(attribute(c, "style")) {
			continue
		}
		cellPath := path + "/" + c.Data + "[" + strconv.Itoa(count[c.DataAtom]) + "]"
		cell := tableCell{node: c, path: cellPath, span: 1}
		if n, err := strconv.Atoi(attribute(c, "colspan")); err == nil && n > 1 {
			cell.span = min(n, maxSpan)
		}
		cell.column = above.free(column)
		column = cell.column + cell.span
		isTooDeep := levels >= maxTableDepth
		if isShown {
			cell.text = resolveArrows(visibleText(c, nil, isTooDeep))
		}
		own.cells = append(own.cells, cell)
		if p.tree.holdsTable[c] && !isTooDeep && isShown {
			number := 0
			nested = append(nested, p.nestedRows(c, cell.path, &number, levels)...)
		}
	}
	above.nextRow(own.cells)
	if len(nested) == 0 {
		return []tableRow{own}
	}
	for i := range own.cells {
		if own.cells[i].text != "" {
			return append([]tableRow{own}, nested...)
		}
	}
	return nested
}

// spanGrid is the cells above a row that reach into it, by column. Columns from maxGrid on are not kept.
type spanGrid []spannedColumn

// spannedColumn is a column that a cell above occupies, and in how many further rows.
type spannedColumn struct {
	rows int
	cell *tableCell
}

// The bounds of a grid. A box has some ten columns, and a cell of it spans a few rows.
const (
	maxGrid    = 50
	maxRowspan = 1000
)

// free returns the first column, from one on, that no cell above occupies.
func (g spanGrid) free(column int) int {
	for column < len(g) && g[column].rows > 0 {
		column++
	}
	return column
}

// cells returns the cells above that reach into the next row.
func (g spanGrid) cells() []*tableCell {
	var cells []*tableCell
	for column := range g {
		if c := &g[column]; c.rows > 0 && c.cell.column == column {
			cells = append(cells, c.cell)
		}
	}
	return cells
}

// nextRow notes the cells of a row that reach into the rows below it.
func (g *spanGrid) nextRow(cells []tableCell) {
	for column := range *g {
		(*g)[column].rows = max(0, (*g)[column].rows-1)
	}
	for i := range cells {
		c := &cells[i]
		rows, err := strconv.Atoi(attribute(c.node, "rowspan"))
		if err == nil && rows == 0 { // to the end of the group
			rows = maxRowspan
		}
		if err != nil || rows < 2 {
			continue
		}
		for column := c.column; column < min(c.column+c.span, maxGrid); column++ {
			for len(*g) <= column {
				*g = append(*g, spannedColumn{})
			}
			(*g)[column] = spannedColumn{rows: min(rows, maxRowspan) - 1, cell: c}
		}
	}
}

// nestedRows returns the rows of the tables within a cell.
func (p *pageReader) nestedRows(n *html.Node, path string, number *int, levels int) []tableRow {
	var rows []tableRow
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode || isHidden(c):
		case c.DataAtom != atom.Table:
			rows = append(rows, p.nestedRows(c, path, number, levels)...)
		default:
			*number++
			inner := path + "/table[" + strconv.Itoa(*number) + "]"
			if isBoxTable(c) && boxTitle(c) != nil {
				rows = append(rows, tableRow{table: c, box: c, path: inner})
			} else {
				rows = append(rows, p.tableRows(c, inner, levels+1)...)
			}
		}
	}
	return rows
}

// isBoxTable reports whether an element is the table of an infobox of any kind.
func isBoxTable(n *html.Node) bool {
	isBox := hasClass(n, "infobox", "infobox-subbox", classLegislative) && !hasClass(n, classResults)
	return isBox && n.DataAtom == atom.Table
}

// The classes of the legislative box of today.
const (
	classLegislative = "ib-legis-elect"
	classResults     = "ib-legis-elect-results"
)

// boxTitle returns the element with the title of a box: its caption, or the cell of its first rows that is marked as
// the title.
func boxTitle(table *html.Node) *html.Node {
	rows := 0
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Caption:
			if shownText(c) != "" {
				return c
			}
		case atom.Tr:
			if t := titleCell(c, &rows); t != nil {
				return t
			}
		case atom.Tbody, atom.Thead:
			for tr := c.FirstChild; tr != nil; tr = tr.NextSibling {
				if t := titleCell(tr, &rows); t != nil {
					return t
				}
			}
		}
	}
	return nil
}

// titleCell returns the cell of a row if it is the title of the box. Only the first three rows can have it.
func titleCell(tr *html.Node, rows *int) *html.Node {
	if tr.DataAtom != atom.Tr || *rows >= 3 {
		return nil
	}
	*rows++
	cells := 0
	var first *html.Node
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if isCell(c) {
			cells++
			if first == nil {
				first = c
			}
		}
	}
	if first == nil || cells != 1 || shownText(first) == "" {
		return nil
	}
	isFirstHeader := *rows == 1 && first.DataAtom == atom.Th
	if isFirstHeader || hasClass(first, "infobox-title", "infobox-above", "summary", "fn") {
		return first
	}
	return nil
}

// hasImage reports whether a cell shows an image.
func hasImage(c *tableCell) bool {
	return findInCell(c.node, func(n *html.Node) bool { return n.DataAtom == atom.Img }) != nil
}
