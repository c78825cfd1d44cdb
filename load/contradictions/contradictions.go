// Package contradictions compares what a box says of the previous election with the box of that election, and one
// election as several wikis have it.
//
// Start with FactsOf, which takes of an election what is compared, Compare and CompareAcross.
package contradictions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/contest"
)

// Facts are what is compared of one election, with the places of the values.
type Facts struct {
	ID      string
	Wiki    string // of its page
	Page    string // schemas.PageKey of its page
	Contest string // the chamber, or the type of the election where none is named; "" if there is neither
	Date    schemas.Date
	// Kind and place are NULL as "". Where they are others, the elections have other voters or another body.
	Kind, Country, Subdivision string

	// Previous is the PageKey of the page of the previous election, "" if it is not known.
	Previous string
	// IsPartial says that the seats are those of a part of the chamber.
	IsPartial bool

	Event    Event // by which it is found in other wikis
	Revision int64 `json:",omitempty"` // of the page; 0 if it is not known

	SeatsTotal    Count
	Registered    Count
	Turnout       Figure
	TurnoutChange Figure
	Contenders    []Contender
}

// Contender is what is compared of a party or a candidate.
type Contender struct {
	Position        int
	Name            string
	PartyPage       string // PageKey of the one party; "" if it has no page
	PartyName       string // of a party without a page
	IsNew           bool
	NewPlace        schemas.Place
	Leader          string `json:",omitempty"`
	Votes           Count
	Seats           Count
	PreviousSeats   Count
	VotePct         Figure
	Swing           Figure
	PreviousVotePct Figure
}

// Count is a number with its place.
type Count struct {
	Value *int64 `json:",omitempty"`
	Place schemas.Place
}

// Figure is a figure as it is written, with its place. Text has all digits that are written, which say how it was
// rounded; it is "" if there is no value.
type Figure struct {
	Text  string `json:",omitempty"`
	Place schemas.Place
}

// shareOf returns a percentage with its place.
func shareOf(d *decimal.Decimal, place schemas.Place) Figure {
	if d == nil {
		return Figure{Place: place}
	}
	return Figure{schemas.FormatDecimal(*d), place}
}

// decimalsOf returns the values of some figures. ok is false if one is absent.
func decimalsOf(shares ...Figure) (all []decimal.Decimal, ok bool) {
	for _, s := range shares {
		d, err := decimal.NewFromString(s.Text)
		if err != nil {
			return nil, false
		}
		all = append(all, d)
	}
	return all, true
}

// FactsOf returns what is compared of an election. The page of the previous election is that of the box, or of the one
// around it.
func FactsOf(e *schemas.Election, previousPage string) *Facts {
	places := placesOf(e)
	wiki := e.Document.Wiki
	f := &Facts{
		ID: e.ID, Wiki: wiki, Page: schemas.PageKey(wiki, e.Document.CanonicalTitle(e.Document.Title)), Contest: contestOf(e),
		Date:      e.Date,
		Previous:  schemas.PageKey(wiki, e.Document.CanonicalTitle(previousPage)),
		IsPartial: isPartial(e),
		Event:     eventOf(e), SeatsTotal: Count{e.SeatsTotal, places.of("elections.seats_total", 0)},
		Registered: Count{e.RegisteredVoters, places.of("elections.registered_voters", 0)},
		Kind:       e.Classification.Kind.Value,
		Country:    e.Classification.Country.Value, Subdivision: e.Classification.Subdivision.Value,
	}
	if e.Document.RevisionID != nil {
		f.Revision = *e.Document.RevisionID
	}
	hasRounds := len(e.Rounds) > 0 // shares and turnouts can be those of different rounds
	if !hasRounds {
		f.Turnout = shareOf(e.TurnoutPct, places.of("elections.turnout_pct", 0))
		f.TurnoutChange = shareOf(e.TurnoutChangePP, places.of("elections.turnout_change_pp", 0))
	}
	if previousPage == "" {
		f.Previous = ""
	}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if !c.Competes() || c.IsIndependent || len(c.Parties) > 1 {
			continue // a joint list is not one of its parties, nor are independents of two elections the same
		}
		compared := Contender{
			Position: c.Position, Name: c.Label(), PartyName: strings.ToLower(c.Name),
			IsNew: c.IsNew != nil && *c.IsNew, NewPlace: places.of("results.is_new", c.Position),
			Leader:        c.Leader,
			Seats:         Count{c.Seats, places.of("results.seats", c.Position)},
			PreviousSeats: Count{c.PreviousSeats, places.of("results.previous_seats", c.Position)},
		}
		if !hasRounds {
			compared.Votes = Count{c.Votes, places.of("results.votes", c.Position)}
			compared.VotePct = shareOf(c.VotePct, places.of("results.vote_pct", c.Position))
			compared.Swing = shareOf(c.SwingPP, places.of("results.swing_pp", c.Position))
			compared.PreviousVotePct = shareOf(c.PreviousVotePct, places.of("results.previous_vote_pct", c.Position))
		}
		if len(c.Parties) == 1 {
			compared.PartyPage = schemas.PageKey(wiki, c.Parties[0].Page)
			compared.PartyName = strings.ToLower(c.Parties[0].Name)
		}
		f.Contenders = append(f.Contenders, compared)
	}
	return f
}

// isPartial reports whether the seats are, or can be, those of a part of the chamber, or held from earlier elections.
func isPartial(e *schemas.Election) bool {
	isWhole := e.SeatsTotal != nil && e.SeatsContested != nil && *e.SeatsContested == *e.SeatsTotal
	isPart := e.SeatsTotal != nil && e.SeatsContested != nil && !isWhole
	return isPart || e.SeatsBasis == schemas.SeatsHeldAfter && !isWhole
}

// contestOf returns what tells the boxes of one page apart.
func contestOf(e *schemas.Election) string {
	switch {
	case e.Chamber != "":
		return strings.ToLower(e.Chamber)
	case e.Type != "":
		return "type " + strings.ToLower(e.Type)
	}
	return ""
}

// valuePlaces are the places of the fields that fill columns.
type valuePlaces map[valueKey]schemas.Place

type valueKey struct {
	column   string
	position int
}

// isCompared has the columns whose values are compared.
var isCompared = map[string]bool{
	"elections.seats_total": true, "elections.registered_voters": true, "results.votes": true,
	"elections.turnout_pct": true, "elections.turnout_change_pp": true, "results.is_new": true, "results.seats": true,
	"results.previous_seats": true, "results.vote_pct": true, "results.swing_pp": true, "results.previous_vote_pct": true,
}

// placesOf returns where the values of an election stand.
func placesOf(e *schemas.Election) valuePlaces {
	places := make(valuePlaces, 4*len(e.Contenders))
	for i := range e.Fields {
		f := &e.Fields[i]
		for _, column := range f.Targets {
			if !isCompared[column] {
				continue
			}
			places[valueKey{column, f.Position}] = schemas.Place{Line: f.Line, Offset: f.Offset}
		}
	}
	return places
}

// of returns where a value stands.
func (p valuePlaces) of(column string, position int) schemas.Place {
	if place, ok := p[valueKey{column, position}]; ok {
		return place
	}
	return schemas.NoPlace
}

// Find returns the box of the previous election among those of its page: the only one, if the page of the election has
// one box too, else the one of the same contest. It returns nil if that is not one box. Here are the boxes of the
// election's own page.
func Find(f *Facts, here, there []*Facts) *Facts {
	if len(here) == 1 && len(there) == 1 {
		return there[0]
	}
	isSame := func(o *Facts) bool { return f.Contest != "" && o.Contest == f.Contest }
	i := slices.IndexFunc(there, isSame)
	if i < 0 || slices.IndexFunc(there[i+1:], isSame) >= 0 {
		return nil
	}
	return there[i]
}

// Compare returns the contradictions between an election and the previous one. The function resolves the key of a page
// to that of the page at which its redirects end.
func Compare(f, previous *Facts, resolve func(string) string) []schemas.Contradiction {
	isBefore := f.Date.Year == 0 || previous.Date.Year == 0 || previous.Date.Compare(f.Date) < 0
	if f.ID == previous.ID || !isBefore || isOfAnotherBody(f, previous) {
		return nil
	}
	c := comparison{here: f, there: previous, kind: schemas.ContradictionChain}
	c.compareTurnout()
	others := contendersByKey(previous, resolve)
	for key, at := range contendersByKey(f, resolve) {
		if other, ok := others[key]; ok && at >= 0 && other >= 0 {
			c.compareContenders(&f.Contenders[at], &previous.Contenders[other])
		}
	}
	slices.SortStableFunc(c.found, func(a, b schemas.Contradiction) int { return a.Position - b.Position })
	for i := range c.found {
		c.found[i].Ordinal = i + 1
	}
	return c.found
}

// isOfAnotherBody reports whether two elections are of different kinds or places, so that their figures do not compare:
// the page before that of a by-election is often the general election, whose votes are those of the whole country. A
// general election can be of any kind.
func isOfAnotherBody(f, previous *Facts) bool {
	areDifferent := func(a, b string) bool { return a != "" && b != "" && a != b }
	isKnown := f.Kind != contest.General && previous.Kind != contest.General
	isInPart := f.Country != "" && f.Country == previous.Country && f.Subdivision != previous.Subdivision
	return isKnown && areDifferent(f.Kind, previous.Kind) || areDifferent(f.Country, previous.Country) || isInPart
}

// contendersByKey returns the index of each contender by what its party is known by: its page, else its name. It is -1
// for one that stands twice.
func contendersByKey(f *Facts, resolve func(string) string) map[string]int {
	byKey := make(map[string]int, len(f.Contenders))
	for i := range f.Contenders {
		key := "name " + f.Contenders[i].PartyName
		if page := f.Contenders[i].PartyPage; page != "" {
			key = "page " + resolve(page)
		}
		if _, twice := byKey[key]; twice {
			i = -1
		}
		byKey[key] = i
	}
	return byKey
}

// comparison is that of an election with the previous one.
type comparison struct {
	here, there *Facts
	kind        string
	found       []schemas.Contradiction
}

// add adds a contradiction.
func (c *comparison) add(one, other *Contender, column string, value Figure, otherColumn string, otherValue Figure,
	message string) {
	k := schemas.Contradiction{
		Kind: c.kind, Wiki: c.here.Wiki, ElectionID: c.here.ID, OtherID: c.there.ID, Message: message,
		Column: column, Value: value.Text, Place: value.Place,
		OtherColumn: otherColumn, OtherValue: otherValue.Text, OtherPlace: otherValue.Place,
	}
	if one != nil {
		k.Position, k.OtherPosition = one.Position, other.Position
	}
	c.found = append(c.found, k)
}

// compareTurnout compares the turnout less its change with the turnout of the previous election.
func (c *comparison) compareTurnout() {
	now, change, then := c.here.Turnout, c.here.TurnoutChange, c.there.Turnout
	v, ok := decimalsOf(now, change, then)
	if !ok {
		return
	}
	implied := v[0].Sub(v[1])
	if implied.Sub(v[2]).Abs().LessThanOrEqual(halfUnits(v...)) {
		return
	}
	c.add(nil, nil, "elections.turnout_change_pp", change, "elections.turnout_pct", then, fmt.Sprintf("the turnout of %s "+
		"percent and its change of %s points imply %s percent at the previous election, whose own box has %s percent",
		now.Text, change.Text, schemas.FormatDecimal(implied), then.Text))
}

// compareContenders compares what is said of a contender at the previous election with that election's own box.
func (c *comparison) compareContenders(one, other *Contender) {
	seats, then := one.PreviousSeats, other.Seats
	isWhole := !c.here.IsPartial && !c.there.IsPartial
	switch {
	case one.IsNew && then.Value != nil && *then.Value > 0:
		c.add(one, other, "results.is_new", Figure{"true", one.NewPlace}, "results.seats", then.asText(), fmt.Sprintf(
			"%s is called new, and the box of the previous election gives it seats: %d", one.Name, *then.Value))
	case seats.Value != nil && then.Value != nil && isWhole && *seats.Value != *then.Value:
		c.add(one, other, "results.previous_seats", seats.asText(), "results.seats", then.asText(), fmt.Sprintf(
			"the seats of %s at the previous election are %d here, and %d in the box of that election", one.Name,
			*seats.Value, *then.Value))
	}
	share, pct := one.PreviousVotePct, other.VotePct
	v, ok := decimalsOf(share, pct)
	if !ok {
		return
	}
	tolerance := halfUnits(v...)
	if now, isComputed := decimalsOf(one.VotePct, one.Swing); isComputed && share.Place == schemas.NoPlace {
		tolerance = halfUnits(now[0], now[1], v[1]) // the share less the swing, and not stated
		share.Place = one.Swing.Place
	}
	if v[0].Sub(v[1]).Abs().GreaterThan(tolerance) {
		c.add(one, other, "results.previous_vote_pct", share, "results.vote_pct", pct, fmt.Sprintf(
			"the share of %s at the previous election is %s percent here, and %s percent in the box of that election",
			one.Name, share.Text, pct.Text))
	}
}

// halfUnits returns how far numbers that agree can be apart, since each was rounded: half a unit of the last digit of
// each.
func halfUnits(all ...decimal.Decimal) (sum decimal.Decimal) {
	for _, d := range all {
		sum = sum.Add(decimal.New(5, min(0, d.Exponent())-1))
	}
	return sum
}

// asText returns the number as it is written.
func (c Count) asText() Figure { return Figure{fmt.Sprint(*c.Value), c.Place} }
