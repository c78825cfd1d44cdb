package contradictions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// This file compares one election as two wikis have it.

// Event is what an election is known by in all wikis.
type Event struct {
	Wiki    string `json:",omitempty"`
	Item    string `json:",omitempty"` // of Wikidata
	Country string `json:",omitempty"` // code
	Date    string `json:",omitempty"`
	Chamber string `json:",omitempty"` // type
}

// eventOf returns what an election is known by. It is empty for a box that only holds others, and for a page of no
// wiki.
func eventOf(e *schemas.Election) Event {
	if e.Document.Wiki == "" || e.IsWrapper {
		return Event{}
	}
	event := Event{
		Wiki: e.Document.Wiki, Item: e.Document.WikidataQID,
		Country: e.Classification.Country.Value, Chamber: e.Classification.Chamber.Value,
	}
	if e.Date.Full() {
		event.Date = e.Date.String()
	}
	return event
}

// Triple returns country, date and chamber, by which an election without an item is known; "" if one of them is absent.
func (e *Event) Triple() string {
	if e.Country == "" || e.Date == "" || e.Chamber == "" {
		return ""
	}
	return e.Country + ":" + e.Date + ":" + e.Chamber
}

// Key returns what the election is known by, as the view across_wikis does. The item is that of the election, or of the
// only page with its country, date and chamber that has one; it is "" if there is none.
func (e *Event) Key(item string) string {
	item = cmp.Or(e.Item, item)
	switch {
	case item != "" && e.Chamber != "":
		return item + ":" + e.Chamber
	case item != "":
		return item
	}
	return e.Triple()
}

// mostApart is how far two shares of one contender can be apart in two wikis, in points, and leastApart how far those
// of all others must be. Counts of two days differ by hundredths; parties differ by more.
var (
	mostApart  = decimal.New(3, -1)
	leastApart = decimal.New(1, 0)
)

// CompareAcross returns the values of an election at which another wiki says otherwise. Names differ between languages,
// so a contender is that of the other wiki if it has the same name or leader, or if their shares are close to each
// other and to those of no one else.
func CompareAcross(f, o *Facts) []schemas.Contradiction {
	c := comparison{here: f, there: o, kind: schemas.ContradictionCrossWiki}
	c.across(nil, nil, "elections.turnout_pct", "turnout", f.Turnout, o.Turnout)
	c.across(nil, nil, "elections.turnout_change_pp", "change of turnout", f.TurnoutChange, o.TurnoutChange)
	c.across(nil, nil, "elections.seats_total", "size of the chamber", f.SeatsTotal.asFigure(), o.SeatsTotal.asFigure())
	c.across(nil, nil, "elections.registered_voters", "number of voters", f.Registered.asFigure(), o.Registered.asFigure())
	for i := range f.Contenders {
		k := matchAcross(f, o, i)
		if k < 0 {
			continue
		}
		a, b := &f.Contenders[i], &o.Contenders[k]
		c.across(a, b, "results.votes", "votes", a.Votes.asFigure(), b.Votes.asFigure())
		c.across(a, b, "results.vote_pct", "share", a.VotePct, b.VotePct)
		c.across(a, b, "results.swing_pp", "swing", a.Swing, b.Swing)
		if f.IsPartial == o.IsPartial {
			c.across(a, b, "results.seats", "seats", a.Seats.asFigure(), b.Seats.asFigure())
			c.across(a, b, "results.previous_seats", "previous seats", a.PreviousSeats.asFigure(),
				b.PreviousSeats.asFigure())
		}
	}
	return c.found
}

// asFigure returns the number as it is written, with its place.
func (c Count) asFigure() Figure {
	if c.Value == nil {
		return Figure{Place: c.Place}
	}
	return c.asText()
}

// across adds a contradiction if two values are not one number, rounded to the coarser of both.
func (c *comparison) across(one, other *Contender, column, what string, here, there Figure) {
	v, ok := decimalsOf(here, there)
	if !ok {
		return
	}
	places := max(v[0].Exponent(), v[1].Exponent())
	isCount := places == 0 && v[0].Exponent() == 0 && v[1].Exponent() == 0
	if v[0].Equal(v[1]) || !isCount && v[0].Sub(v[1]).Abs().LessThan(decimal.New(1, places)) && isRounding(v[0], v[1]) {
		return
	}
	of := ""
	if one != nil {
		of = " of " + one.Name
		if one.Name != other.Name {
			of += " (" + other.Name + ")"
		}
	}
	c.add(one, other, column, here, column, there, fmt.Sprintf("the %s%s: %s in %s, and %s in %s", what, of, here.Text,
		revisionOf(c.here), there.Text, revisionOf(c.there)))
}

// isRounding reports whether one number is the other when it is rounded to fewer places.
func isRounding(a, b decimal.Decimal) bool {
	coarse, fine := a, b
	if a.Exponent() < b.Exponent() {
		coarse, fine = b, a
	}
	return fine.Round(-coarse.Exponent()).Equal(coarse) || fine.Truncate(-coarse.Exponent()).Equal(coarse)
}

// revisionOf names the wiki of an election, with the revision of its page.
func revisionOf(f *Facts) string {
	if f.Revision == 0 {
		return f.Event.Wiki
	}
	return fmt.Sprintf("%s (revision %d)", f.Event.Wiki, f.Revision)
}

// matchAcross returns the index of the contender in the other wiki that one is; -1 if that cannot be told.
func matchAcross(f, o *Facts, i int) int {
	for _, name := range []func(*Contender) string{
		func(c *Contender) string { return strings.ToLower(c.Name) },
		func(c *Contender) string { return strings.ToLower(c.Leader) },
	} {
		if k := onlyNamed(o, name, name(&f.Contenders[i])); k >= 0 && onlyNamed(f, name, name(&f.Contenders[i])) == i {
			return k
		}
	}
	k := closest(o, f.Contenders[i].VotePct)
	if k < 0 || closest(f, o.Contenders[k].VotePct) != i {
		return -1
	}
	return k
}

// onlyNamed returns the only contender with a name, -1 if there is none or several.
func onlyNamed(f *Facts, nameOf func(*Contender) string, name string) int {
	isNamed := func(c Contender) bool { return nameOf(&c) == name }
	i := slices.IndexFunc(f.Contenders, isNamed)
	if name == "" || i < 0 || slices.ContainsFunc(f.Contenders[i+1:], isNamed) {
		return -1
	}
	return i
}

// closest returns the contender whose share is close to one, if those of all others are far from it; else -1.
func closest(f *Facts, share Figure) int {
	found := -1
	for i := range f.Contenders {
		v, ok := decimalsOf(share, f.Contenders[i].VotePct)
		if !ok {
			continue
		}
		switch apart := v[0].Sub(v[1]).Abs(); {
		case apart.LessThanOrEqual(mostApart) && found < 0:
			found = i
		case apart.LessThan(leastApart):
			return -1
		}
	}
	return found
}
