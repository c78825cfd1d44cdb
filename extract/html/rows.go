package html

import (
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A box is read as rows of cells. MediaWiki lays boxes out with tables in the cells of tables; the
// rows of those take the place of the row around them, so that all generations of a box are one list
// of rows. A nested box is a row of its own.

// Deeper than that, the text of a table is text: a box of today has two levels, one of 2014 three.
const maxTableDepth = 8

// maxSpan bounds how many columns a cell may span.
const maxSpan = 100

type tableRow struct {
	table *html.Node // that it stands in
	cells []tableCell
	box   *html.Node // a nested box, instead of cells
	path  string
}

type tableCell struct {
	node *html.Node
	path string
	text string // as a reader sees it
	span int
}

func (c *tableCell) isHeader() bool { return c.node.DataAtom == atom.Th }

// tableRows is the rows of a table, in order.
func (p *pageReader) tableRows(table *html.Node, path string, levels int) []tableRow {
	var rows []tableRow
	number := 0
	row := func(tr *html.Node) {
		number++
		rows = append(rows, p.rowsOf(table, tr, path+"/tr["+strconv.Itoa(number)+"]", levels)...)
	}
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			row(c)
		case atom.Tbody, atom.Thead, atom.Tfoot:
			for tr := c.FirstChild; tr != nil; tr = tr.NextSibling {
				if tr.DataAtom == atom.Tr {
					row(tr)
				}
			}
		}
	}
	return rows
}

// rowsOf is one row, and the rows of the tables in its cells.
func (p *pageReader) rowsOf(table, tr *html.Node, path string, levels int) []tableRow {
	if isHidden(tr) {
		return nil
	}
	own := tableRow{table: table, path: path}
	var nested []tableRow
	count := map[atom.Atom]int{}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if !isCell(c) {
			continue
		}
		count[c.DataAtom]++
		if isHidden(c) {
			continue
		}
		cell := tableCell{node: c, path: path + "/" + c.Data + "[" + strconv.Itoa(count[c.DataAtom]) + "]", span: 1}
		if n, err := strconv.Atoi(attribute(c, "colspan")); err == nil && n > 1 {
			cell.span = min(n, maxSpan)
		}
		deep := levels >= maxTableDepth
		cell.text = resolveArrows(visibleText(c, nil, deep))
		own.cells = append(own.cells, cell)
		if p.tree.holdsTable[c] && !deep {
			number := 0
			nested = append(nested, p.nestedRows(c, cell.path, &number, levels)...)
		}
	}
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

// nestedRows is the rows of the tables within a cell.
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

// isBoxTable reports whether an element is the table of an infobox, of whatever kind.
func isBoxTable(n *html.Node) bool {
	return n.DataAtom == atom.Table && hasClass(n, "infobox", "infobox-subbox", classLegislative) && !hasClass(n, classResults)
}

// The classes of the legislative box of today.
const (
	classLegislative = "ib-legis-elect"
	classResults     = "ib-legis-elect-results"
)

// boxTitle is the element that holds a box's title: its caption, or the cell of its first rows that
// is marked as such.
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

// titleCell is the cell of a row that holds the box's title; only the first three rows can have it.
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
	if hasClass(first, "infobox-title", "infobox-above", "summary", "fn") || *rows == 1 && first.DataAtom == atom.Th {
		return first
	}
	return nil
}
