// Package chart draws the chamber of an election as a half-circle: an SVG file with a dot for each seat.
//
// Start with ChamberOf and Write. A Chamber can also be filled by hand; AssignColours then gives colours to the
// groups that have none. In seating.go seats get their places, in colours.go groups get their colours, and svg.go
// writes the drawing.
package chart

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// Chamber is what a half-circle shows: a dot for each seat, in the colours of the groups.
type Chamber struct {
	Title    string
	Subtitle string
	Source   string
	Licence  string
	Groups   []Group
	Majority int  // number of seats that make a majority; 0 if it is not known
	Computed bool // the majority is computed as more than half of the seats, since the box does not state it
}

// Group is a party or an alliance whose seats are drawn side by side. Its Colour is written as #RRGGBB.
type Group struct {
	Name     string
	Colour   string
	Seats    int
	Position int  // of the contender; 0 if the group is none
	Unlisted bool // seats of the chamber that the box gives to nobody; they are drawn as rings
	Vacant   bool // seats that the box calls vacant; they are drawn as broken rings
}

// isNobody reports whether the seats are held by nobody who is known, so that they have no colour.
func (g *Group) isNobody() bool { return g.Unlisted || g.Vacant }

// rank returns 0 for a group of members, 1 for vacant seats and 2 for seats that are not listed, which stand last.
func (g *Group) rank() int {
	switch {
	case g.Unlisted:
		return 2
	case g.Vacant:
		return 1
	}
	return 0
}

// GroupOf returns the group of a contender. Vacant seats have no colour, whatever the box gives them.
func GroupOf(c *schemas.Contender) Group {
	g := Group{Name: c.Label(), Colour: c.Colour, Position: c.Position}
	if c.Seats != nil {
		g.Seats = int(*c.Seats)
	}
	if c.Kind == schemas.KindVacant {
		g.Name, g.Colour, g.Vacant = vacantName, "", true
	}
	return g
}

// ChamberOf returns one of these errors if an election cannot be drawn.
var (
	ErrNoSeats  = errors.New("the box gives no contender a seat")
	ErrTooLarge = fmt.Errorf("the chamber has more than %d seats, too many for a dot each", MaxSeats)
)

const (
	unlistedName = "not listed in the box"
	vacantName   = "vacant"
	shortLicence = "CC BY-SA 4.0, by the contributors of the page"
)

// ChamberOf returns the chamber of an election, with its groups in the order of the box, vacant seats behind them.
// Seats that the box gives to nobody form a group of their own, so that there are as many dots as seats. If the box
// states no majority but the size of the chamber, the majority is more than half of the seats.
func ChamberOf(e *schemas.Election) (*Chamber, error) {
	c := &Chamber{Title: wording.Title(e), Licence: shortLicence}
	listed := int64(0)
	for i := range e.Contenders {
		contender := &e.Contenders[i]
		if contender.Seats == nil || *contender.Seats <= 0 {
			continue
		}
		if listed += *contender.Seats; listed > MaxSeats {
			return nil, ErrTooLarge
		}
		c.Groups = append(c.Groups, GroupOf(contender))
	}
	if listed == 0 {
		return nil, ErrNoSeats
	}
	slices.SortStableFunc(c.Groups, func(a, b Group) int { return a.rank() - b.rank() })
	size, whole := chamberSize(e, listed)
	if size > MaxSeats {
		return nil, ErrTooLarge
	}
	if size > listed {
		c.Groups = append(c.Groups, Group{Name: unlistedName, Seats: int(size - listed), Unlisted: true})
	}
	switch {
	case e.MajoritySeats != nil && *e.MajoritySeats <= size:
		c.Majority = int(*e.MajoritySeats)
	case e.MajoritySeats == nil && whole:
		c.Majority, c.Computed = int(size/2+1), true
	}
	AssignColours(c.Groups)
	seats := wording.Count(size, "seat")
	if name := wording.Plain(e.Chamber); name != "" {
		seats += " in the " + strings.TrimPrefix(name, "the ")
	}
	c.Subtitle = wording.Join(seats, wording.LongDate(e))
	c.Source = wording.Join("Source: "+wording.SourceName(e), wording.RevisionName(e))
	return c, nil
}

// chamberSize returns how many seats are drawn for an election that lists so many, and whether they are the whole
// chamber. If only a part of the chamber is elected and the listed seats fit into that part, that part is drawn.
func chamberSize(e *schemas.Election, listed int64) (size int64, whole bool) {
	size = listed
	if e.SeatsTotal != nil {
		size = max(listed, *e.SeatsTotal)
	}
	whole = e.SeatsTotal != nil && listed <= *e.SeatsTotal
	if e.SeatsContested != nil && listed <= *e.SeatsContested {
		size, whole = *e.SeatsContested, whole && *e.SeatsContested == *e.SeatsTotal
	}
	return size, whole
}

// Seats returns the number of dots.
func (c *Chamber) Seats() (n int) {
	for i := range c.Groups {
		n += c.Groups[i].Seats
	}
	return n
}

// SortBySize orders the groups by their seats, the largest first. Groups of one size keep their order, and seats that
// nobody holds stay last.
func (c *Chamber) SortBySize() {
	slices.SortStableFunc(c.Groups, func(a, b Group) int {
		return cmp.Or(a.rank()-b.rank(), b.Seats-a.Seats)
	})
}

// Describe returns in words what the half-circle shows, for readers who do not see it.
func (c *Chamber) Describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "A half-circle of %s.", wording.Count(int64(c.Seats()), "seat"))
	for i := range c.Groups {
		fmt.Fprintf(&b, " %s: %d.", wording.Plain(c.Groups[i].Name), c.Groups[i].Seats)
	}
	if c.Majority > 0 {
		fmt.Fprintf(&b, " %d are a majority.", c.Majority)
	}
	return b.String()
}
