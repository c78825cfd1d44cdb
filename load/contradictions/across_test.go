package contradictions

import (
	"fmt"
	"slices"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// TestCompareAcross has one election as two wikis have it, with names in two languages.
func TestCompareAcross(t *testing.T) {
	type row struct {
		name, leader, share, swing string
		votes, seats               int64
	}
	election := func(wiki, turnout string, rows ...row) *schemas.Election {
		e := &schemas.Election{
			ID:       wiki,
			Document: &schemas.Document{Wiki: wiki, Title: "X", RevisionID: schemastest.Ptr[int64](7)},
		}
		if turnout != "" {
			e.TurnoutPct = exact(turnout)
		}
		for i, r := range rows {
			c := schemas.Contender{
				Position: i + 1, Kind: schemas.KindParty, Name: r.name, Leader: r.leader, Votes: &r.votes, Seats: &r.seats,
				VotePct: exact(r.share), Parties: []schemas.LinkedName{{Name: r.name}},
			}
			e.Contenders = append(e.Contenders, c)
		}
		return e
	}
	for _, c := range []struct {
		name      string
		one, with *schemas.Election
		want      []string
	}{
		{"rounded alike", election("trwiki", "66.59", row{"Mavi", "", "33.06", "", 816, 137}),
			election("enwiki", "66.6", row{"Blue", "", "33.1", "", 816, 137}), nil},
		{"cut off alike", election("trwiki", "66.59", row{"Mavi", "", "33.06", "", 816, 137}),
			election("enwiki", "66.5", row{"Blue", "", "33.1", "", 816, 137}), nil},
		{"two states of the count", election("trwiki", "87.05", row{"Mavi", "", "35.62", "", 19392462, 268}),
			election("enwiki", "87.04", row{"Blue", "", "35.61", "", 19387412, 268}), []string{
				"0 elections.turnout_pct 87.05 87.04", "1 results.votes 19392462 19387412",
				"1 results.vote_pct 35.62 35.61",
			}},
		{"matched by the leader", election("trwiki", "", row{"Mavi", "Ada", "35", "", 5, 9}),
			election("enwiki", "", row{"Red", "Bo", "34", "", 5, 8}, row{"Blue", "Ada", "20", "", 4, 9}), []string{
				"1 results.votes 5 4", "1 results.vote_pct 35 20",
			}},
		{"two with close shares are not matched", election("trwiki", "", row{"Mavi", "", "5.0", "", 5, 9}),
			election("enwiki", "", row{"Red", "", "5.1", "", 4, 8}, row{"Blue", "", "4.9", "", 3, 7}), nil},
		{"far shares are not matched", election("trwiki", "", row{"Mavi", "", "5.0", "", 5, 9}),
			election("enwiki", "", row{"Red", "", "15.1", "", 4, 8}), nil},
	} {
		var got []string
		for _, k := range CompareAcross(FactsOf(c.one, ""), FactsOf(c.with, "")) {
			if k.Kind != schemas.ContradictionCrossWiki || k.ElectionID != "trwiki" || k.OtherID != "enwiki" {
				t.Errorf("%s: got the contradiction %+v", c.name, k)
			}
			got = append(got, fmt.Sprintf("%d %s %s %s", k.Position, k.Column, k.Value, k.OtherValue))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, expected %q", c.name, got, c.want)
		}
	}
}
