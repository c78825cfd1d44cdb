// Package events tells the boxes of one page apart, and which of them only hold others.
package events

import (
	"strconv"
	"strings"

	"hemicycle/schemas"
)

// IsWrapper reports whether a box is the frame of others: boxes stand in it, and it has no contenders.
func IsWrapper(d *schemas.Document, e *schemas.Election) bool {
	if len(e.Contenders) > 0 {
		return false
	}
	for i := range d.Boxes {
		if d.Boxes[i].Parent == e.Box {
			return true
		}
	}
	return false
}

// FullName returns a name that tells the box from the others of its page: the page's title, then what the box names
// itself, its chamber or its number.
func FullName(d *schemas.Document, e *schemas.Election) string {
	title := d.Title
	if len(d.Boxes) < 2 {
		if e.Name != "" {
			return e.Name
		}
		return title
	}
	own := e.Name
	if own == "" && e.Parent > 0 {
		own = e.Chamber
	}
	isNamed := own != "" && !isNameOfSeveral(d, e)
	switch {
	case e.Parent == 0 && e.Box == 1 && own == "", own == title:
		own = title
	case own == "":
		own = strings.TrimPrefix(title+": ", ": ") + "box " + strconv.Itoa(e.Box)
	case title != "" && !strings.Contains(own, title):
		own = title + ": " + own
	}
	if !isNamed && e.Name != "" {
		own += " (box " + strconv.Itoa(e.Box) + ")"
	}
	return own
}

// maxCompared bounds the boxes of a page whose names are compared. On a page with more, each name has its number.
const maxCompared = 100

// isNameOfSeveral reports whether another box of the page may have the same name.
func isNameOfSeveral(d *schemas.Document, e *schemas.Election) bool {
	if len(d.Boxes) > maxCompared {
		return true
	}
	for i := range d.Boxes {
		b := &d.Boxes[i]
		for k := range b.Fields {
			f := &b.Fields[k]
			if b.Box != e.Box && f.Name == "election_name" && f.Position == 0 && f.Text == e.Name && f.Text != "" {
				return true
			}
		}
	}
	return false
}
