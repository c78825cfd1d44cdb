package contradictions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/contest"
	"hemicycle/schemas/schemastest"
)

// party returns a contender with one party.
func party(position int, name, page string, seats *int64, fill func(*schemas.Contender)) schemas.Contender {
	c := schemas.Contender{
		Position: position, Kind: schemas.KindParty, Name: name, Party: name, PartyPage: page, Seats: seats,
		Parties: []schemas.LinkedName{{Name: name, Page: page, PageBasis: schemas.PageOfLink}},
	}
	if fill != nil {
		fill(&c)
	}
	return c
}

// hadSeats, hadShare and others fill what a contender had at the previous election.
func hadSeats(n int64) func(*schemas.Contender) {
	return func(c *schemas.Contender) { c.PreviousSeats = &n }
}

func exact(s string) *decimal.Decimal { return schemastest.Exact(s) }

// TestCompare has pairs of elections, of which the later one says something of the earlier.
func TestCompare(t *testing.T) {
	seats := schemastest.Ptr[int64]
	for _, c := range []struct {
		name      string
		now, then []schemas.Contender
		with      func(now, then *schemas.Election)
		redirects map[string]string
		want      []string
	}{
		{
			name: "the same", now: []schemas.Contender{party(1, "Blue", "Blue Party", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "The Blues", "Blue Party", seats(7), nil)},
		},
		{
			name: "other seats", now: []schemas.Contender{party(1, "Blue", "Blue Party", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "The Blues", "Blue Party", seats(8), nil)},
			want: []string{"1/4 results.previous_seats 7 results.seats 8"},
		},
		{
			name: "through a redirect", now: []schemas.Contender{party(1, "Blue", "Blues", seats(5), hadSeats(7))},
			then:      []schemas.Contender{party(4, "The Blues", "Blue Party", seats(8), nil)},
			redirects: map[string]string{"w:Blues": "w:Blue Party"},
			want:      []string{"1/4 results.previous_seats 7 results.seats 8"},
		},
		{
			name: "by name, without pages", now: []schemas.Contender{party(1, "BLUE", "", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue", "", seats(8), nil)},
			want: []string{"1/4 results.previous_seats 7 results.seats 8"},
		},
		{
			name: "a by-election after a general one",
			now:  []schemas.Contender{party(1, "Blue", "", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue", "", seats(8), nil)},
			with: func(now, then *schemas.Election) {
				now.Classification.Kind.Value, then.Classification.Kind.Value = contest.ByElection, contest.Legislative
			},
		},
		{
			name: "a general election can be of any kind",
			now:  []schemas.Contender{party(1, "Blue", "", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue", "", seats(8), nil)},
			with: func(now, then *schemas.Election) {
				now.Classification.Kind.Value, then.Classification.Kind.Value = contest.General, contest.Legislative
			},
			want: []string{"1/4 results.previous_seats 7 results.seats 8"},
		},
		{
			name: "a part of the country",
			now:  []schemas.Contender{party(1, "Blue", "", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue", "", seats(8), nil)},
			with: func(now, then *schemas.Election) {
				now.Classification.Country.Value, then.Classification.Country.Value = "USA", "USA"
				now.Classification.Subdivision.Value = "Ohio"
			},
		},
		{
			name: "a page is not a name", now: []schemas.Contender{party(1, "Blue", "", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue", "Blue Party", seats(8), nil)},
		},
		{
			name: "a party that stands twice", now: []schemas.Contender{party(1, "Blue", "", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue", "", seats(8), nil), party(5, "Blue", "", seats(9), nil)},
		},
		{
			name: "a joint list is not one of its parties",
			now:  []schemas.Contender{party(1, "Blue", "Blue Party", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue–Red", "Blue Party", seats(8), func(c *schemas.Contender) {
				c.Parties = append(c.Parties, schemas.LinkedName{Name: "Red", Page: "Red Party"})
			})},
		},
		{
			name: "called new", now: []schemas.Contender{party(1, "Blue", "", seats(5), func(c *schemas.Contender) {
				c.IsNew = schemastest.Ptr(true)
			})},
			then: []schemas.Contender{party(4, "Blue", "", seats(8), nil)},
			want: []string{"1/4 results.is_new true results.seats 8"},
		},
		{
			name: "a part of the chamber", now: []schemas.Contender{party(1, "Blue", "", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue", "", seats(3), nil)},
			with: func(_, then *schemas.Election) { then.SeatsTotal, then.SeatsContested = seats(20), seats(10) },
		},
		{
			name: "seats held", now: []schemas.Contender{party(1, "Blue", "", seats(5), hadSeats(7))},
			then: []schemas.Contender{party(4, "Blue", "", seats(30), nil)},
			with: func(_, then *schemas.Election) { then.SeatsBasis = schemas.SeatsHeldAfter },
		},
		{
			name: "an election with rounds", with: func(now, then *schemas.Election) {
				now.TurnoutPct, now.TurnoutChangePP, then.TurnoutPct = exact("60.5"), exact("-3.1"), exact("10")
				now.Rounds = []schemas.Round{{}, {}}
			},
		},
		{
			name: "a share that is stated", now: []schemas.Contender{party(1, "Blue", "", nil, func(c *schemas.Contender) {
				c.PreviousVotePct = exact("32.1")
			})},
			then: []schemas.Contender{party(4, "Blue", "", nil, func(c *schemas.Contender) { c.VotePct = exact("32.50") })},
			want: []string{"1/4 results.previous_vote_pct 32.1 results.vote_pct 32.50"},
		},
		{
			name: "a share that is rounded", now: []schemas.Contender{party(1, "Blue", "", nil, func(c *schemas.Contender) {
				c.PreviousVotePct = exact("32.1")
			})},
			then: []schemas.Contender{party(4, "Blue", "", nil, func(c *schemas.Contender) { c.VotePct = exact("32.145") })},
		},
		{
			name: "a share less a swing, each rounded",
			now: []schemas.Contender{party(1, "Blue", "", nil, func(c *schemas.Contender) {
				c.VotePct, c.SwingPP, c.PreviousVotePct = exact("30.1"), exact("-2"), exact("32.1")
			})},
			then: []schemas.Contender{party(4, "Blue", "", nil, func(c *schemas.Contender) { c.VotePct = exact("32.6") })},
		},
		{
			name: "a share less a swing that cannot be", now: []schemas.Contender{
				party(1, "Blue", "", nil, func(c *schemas.Contender) {
					c.VotePct, c.SwingPP, c.PreviousVotePct = exact("30.1"), exact("-2.0"), exact("32.1")
				}),
			},
			then: []schemas.Contender{party(4, "Blue", "", nil, func(c *schemas.Contender) { c.VotePct = exact("33.6") })},
			want: []string{"1/4 results.previous_vote_pct 32.1 results.vote_pct 33.6"},
		},
		{
			name: "turnout", with: func(now, then *schemas.Election) {
				now.TurnoutPct, now.TurnoutChangePP, then.TurnoutPct = exact("60.5"), exact("-3.1"), exact("64.1")
			},
			want: []string{"0/0 elections.turnout_change_pp -3.1 elections.turnout_pct 64.1"},
		},
		{
			name: "turnout that is rounded", with: func(now, then *schemas.Election) {
				now.TurnoutPct, now.TurnoutChangePP, then.TurnoutPct = exact("60.5"), exact("-3.1"), exact("63.68")
			},
		},
		{
			name: "a later election is not the previous one", with: func(now, then *schemas.Election) {
				now.TurnoutPct, now.TurnoutChangePP, then.TurnoutPct = exact("60.5"), exact("-3.1"), exact("10")
				now.Date, then.Date = schemas.Date{Year: 2007, Month: 9, Day: 7}, schemas.Date{Year: 2007, Month: 9, Day: 7}
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &schemas.Document{Wiki: "w", Title: "Page"}
			now := &schemas.Election{ID: "w:2#1", Document: d, Contenders: c.now}
			then := &schemas.Election{ID: "w:1#1", Document: d, Contenders: c.then}
			if c.with != nil {
				c.with(now, then)
			}
			resolve := func(page string) string {
				if to, ok := c.redirects[page]; ok {
					return to
				}
				return page
			}
			var got []string
			for i, k := range Compare(FactsOf(now, "Then"), FactsOf(then, ""), resolve) {
				if k.Ordinal != i+1 || k.ElectionID != now.ID || k.OtherID != then.ID || k.Message == "" {
					t.Errorf("%+v", k)
				}
				got = append(got, fmt.Sprintf("%d/%d %s %s %s %s", k.Position, k.OtherPosition, k.Column, k.Value, k.OtherColumn,
					k.OtherValue))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestFind finds the box of the previous election among those of its page.
func TestFind(t *testing.T) {
	box := func(contest string) *Facts { return &Facts{ID: contest, Contest: contest} }
	for _, c := range []struct {
		name        string
		of          string
		here, there []string
		want        string
	}{
		{"one box on either page", "house", []string{"house"}, []string{"assembly"}, "assembly"},
		{"the same chamber", "house", []string{"house", "senate"}, []string{"senate", "house"}, "house"},
		{"the same chamber twice", "house", []string{"house"}, []string{"house", "house"}, ""},
		{"another chamber", "house", []string{"house", "senate"}, []string{"senate"}, ""},
		{"no chamber", "", []string{"", "senate"}, []string{"", "senate"}, ""},
		{"no box", "house", []string{"house"}, nil, ""},
	} {
		var here, there []*Facts
		for _, contest := range c.here {
			here = append(here, box(contest))
		}
		for _, contest := range c.there {
			there = append(there, box(contest))
		}
		got := ""
		if found := Find(box(c.of), here, there); found != nil {
			got = found.ID
		}
		if got != c.want {
			t.Errorf("%s: got %q, expected %q", c.name, got, c.want)
		}
	}
}

// TestPlaces has the places of both sides: of the fields that fill the values.
func TestPlaces(t *testing.T) {
	field := func(line int, targets string) schemas.BoxField {
		return schemas.BoxField{
			Field: &schemas.Field{Position: 1, Line: line, Offset: 10 * line}, Targets: strings.Fields(targets),
		}
	}
	d := &schemas.Document{Title: "Page"}
	now := &schemas.Election{
		ID: "2#1", Document: d, Contenders: []schemas.Contender{party(1, "Blue", "", nil, hadSeats(7))},
		Fields: []schemas.BoxField{field(3, "results.name"), field(4, "results.previous_seats results.is_new")},
	}
	then := &schemas.Election{
		ID: "1#1", Document: d, Contenders: []schemas.Contender{party(1, "Blue", "", schemastest.Ptr[int64](8), nil)},
		Fields: []schemas.BoxField{field(9, "results.seats")},
	}
	found := Compare(FactsOf(now, "Then"), FactsOf(then, ""), func(page string) string { return page })
	want := [2]schemas.Place{{Line: 4, Offset: 40}, {Line: 9, Offset: 90}}
	if len(found) != 1 || [2]schemas.Place{found[0].Place, found[0].OtherPlace} != want {
		t.Errorf("got %+v", found)
	}
}
