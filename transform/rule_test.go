package transform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// ruleCase is the lines of a box, what the election shows of them, and where each field went. A case
// of a rule shows the columns of its target; an empty text is NULL.
type ruleCase struct {
	box     string
	show    func(*schemas.Election) string
	want    string
	targets string // one for each line, parted by a blank; - where there is none
}

// eachContender shows one column of all contenders, as `position=value`.
func eachContender(of func(*schemas.Contender) string) func(*schemas.Election) string {
	return func(e *schemas.Election) string {
		var shown []string
		for i := range e.Contenders {
			shown = append(shown, fmt.Sprintf("%d=%s", e.Contenders[i].Position, of(&e.Contenders[i])))
		}
		return strings.Join(shown, " ")
	}
}

// showVotes shows the votes of a contender and their share.
func showVotes(c *schemas.Contender) string {
	if c.VotePct == nil {
		return schemastest.FormatCount(c.Votes)
	}
	return schemastest.FormatCount(c.Votes) + "," + c.VotePct.String()
}

func showIsNew(c *schemas.Contender) string {
	if c.IsNew == nil {
		return ""
	}
	return fmt.Sprint(*c.IsNew)
}

var ruleCases = map[string][]ruleCase{
	"election_name": {
		{"Election Name: Elbonian election", func(e *schemas.Election) string { return e.Name }, "Elbonian election", "elections.election_name"},
		{"Election Name: –", func(e *schemas.Election) string { return e.Name }, "", "elections.election_name"},
	},
	"country":       {{"Country: Elbonia", func(e *schemas.Election) string { return e.Country }, "Elbonia", "elections.country"}},
	"election_type": {{"Type: presidential", func(e *schemas.Election) string { return e.Type }, "presidential", "elections.election_type"}},
	"status": {
		{"Ongoing: yes", func(e *schemas.Election) string { return e.Status }, "ongoing", "elections.status"},
		{"Ongoing: Future", func(e *schemas.Election) string { return e.Status }, "future", "elections.status"},
		{"Ongoing: no", func(e *schemas.Election) string { return e.Status }, "completed", "elections.status"},
		{"Ongoing:", func(e *schemas.Election) string { return e.Status }, "", "-"},
	},
	"election_date": {{"Election Date: 30 September – 1 October 2006", func(e *schemas.Election) string {
		return e.Date.String() + " " + e.DateEnd.String() + " " + e.DateRaw
	}, "2006-09-30 2006-10-01 30 September – 1 October 2006", "elections.election_date"}},
	"previous_election": {
		{"Previous Election: 2002", func(e *schemas.Election) string { return e.PreviousElection }, "2002", "elections.previous_election"},
		{"Previous Election: Elbonian election, 2002\nPrevious Year: 2002", func(e *schemas.Election) string { return e.PreviousElection }, "2002", "- elections.previous_election"},
	},
	"next_election": {
		{"Next Election: 2011", func(e *schemas.Election) string { return e.NextElection }, "2011", "elections.next_election"},
		{"Next Year:\nNext Election: 2011", func(e *schemas.Election) string { return e.NextElection }, "2011", "- elections.next_election"},
	},
	"previous_page": {{"Previous Election: Elbonian election, 2002\nPrevious Year: 2002", func(e *schemas.Election) string { return e.PreviousPage }, "", "- elections.previous_election"}},
	"next_page":     {{"Next Election: Elbonian election, 2011\nNext Year: 2011", func(e *schemas.Election) string { return e.NextPage }, "", "- elections.next_election"}},
	"seats_for_election": {
		{"Seats For Election: 127 of the 257 seats in the Chamber of Deputies", func(e *schemas.Election) string {
			return schemastest.FormatCount(e.SeatsContested) + "/" + schemastest.FormatCount(e.SeatsTotal) + " " + e.Chamber + "; " + e.SeatsRaw
		}, "127/257 Chamber of Deputies; 127 of the 257 seats in the Chamber of Deputies", "elections.seats_total"},
		{"Seats For Election: All 350 seats in the Congress and 208 (of 265) seats in the Senate\nMajority Seats: 176", func(e *schemas.Election) string {
			return schemastest.FormatCount(e.SeatsContested) + "/" + schemastest.FormatCount(e.SeatsTotal) + " " + e.Chamber
		}, "350/350 Congress", "elections.seats_total elections.majority_seats"},
		{"Seats For Election: One third of the 96 seats in the Senate\nMajority Seats: 49", func(e *schemas.Election) string {
			return schemastest.FormatCount(e.SeatsContested) + "/" + schemastest.FormatCount(e.SeatsTotal) + " " + e.Chamber
		}, "/96 Senate", "elections.seats_total elections.majority_seats"},
	},
	"majority_seats": {{"Seats For Election: All 300 seats in the House 151 seats needed for a majority", func(e *schemas.Election) string { return schemastest.FormatCount(e.MajoritySeats) }, "151", "elections.seats_total"},
		{"Majority Seats: 150\nSeats For Election: All 300 seats in the House 151 seats needed for a majority", func(e *schemas.Election) string { return schemastest.FormatCount(e.MajoritySeats) }, "150", "elections.majority_seats elections.seats_total"},
		{"Majority Seats:\nSeats For Election: All 300 seats in the House 151 seats needed for a majority", func(e *schemas.Election) string { return schemastest.FormatCount(e.MajoritySeats) }, "151", "- elections.seats_total"}, {"Majority Seats: 163", func(e *schemas.Election) string { return schemastest.FormatCount(e.MajoritySeats) }, "163", "elections.majority_seats"}},
	"registered": {
		{"Registered: 15,510,505 (▲ 2.1%)", func(e *schemas.Election) string { return schemastest.FormatCount(e.RegisteredVoters) }, "15510505", "elections.registered_voters"},
		{"Registered: ▲ 193,944,150", func(e *schemas.Election) string { return schemastest.FormatCount(e.RegisteredVoters) }, "193944150", "elections.registered_voters"},
		{"Registered: many", func(e *schemas.Election) string { return schemastest.FormatCount(e.RegisteredVoters) }, "", "elections.registered_voters"},
	},
	"votes_cast": {{"Votes Cast: 5,721,074\nTurnout: 5,000 (37%)", func(e *schemas.Election) string { return schemastest.FormatCount(e.VotesCast) }, "5721074", "elections.votes_cast elections.turnout_pct"}},
	"turnout": {{"Turnout: 1,234,567 (56.7%) (▲ 1.2 pp)", func(e *schemas.Election) string {
		return e.TurnoutPct.String() + " " + e.TurnoutChangePP.String() + " " + schemastest.FormatCount(e.VotesCast)
	}, "56.7 1.2 1234567", "elections.turnout_pct"}},
	"candidate": {
		{"Nominee1: Ann\nParty1: A\nParty2: B", eachContender(func(c *schemas.Contender) string { return c.Kind + ":" + c.Name }), "1=candidate:Ann 2=party:B", "results.name results.party results.party"},
		{"Candidate1: Ann\nNominee1: Bob", eachContender(func(c *schemas.Contender) string { return c.Name }), "1=Bob", "- results.name"},
		{"Candidate1: –\nParty1: A", eachContender(func(c *schemas.Contender) string { return c.Kind }), "1=party", "- results.party"},
	},
	"party": {
		{"Party1: A\nParty3: NA\nParty2: Independents", eachContender(func(c *schemas.Contender) string { return fmt.Sprint(c.Party, ":", c.Name, ":", c.IsIndependent) }),
			"1=A:A:false 2=Independents:Independents:true 3=NA:NA:false", "results.party results.party results.party"},
		{"Party1: Independent (politician)", eachContender(func(c *schemas.Contender) string { return fmt.Sprint(c.IsIndependent) }), "1=true", "results.party"},
		{"Party1: –\nParty2: n/a\nParty: C", eachContender(func(c *schemas.Contender) string { return c.Party }), "", "- - -"},
	},
	"party_link": {
		{"Party1 Link: A (page)\nParty1: A", eachContender(func(c *schemas.Contender) string { return c.Name + ":" + c.Page }), "1=A:A (page)", "results.party_page results.party"},
		{"Party1 Link: A (page)", eachContender(func(c *schemas.Contender) string { return c.Page }), "", "-"},
	},
	"leader":       {{"Party1: A\nLeader1: Vacant\nLeader2: Unknown\nLeader3: TBD\nLeader4: Vacanti", eachContender(func(c *schemas.Contender) string { return c.Leader }), "1= 4=Vacanti", "results.party - - - results.leader"}, {"Party1: A\nParty Leader1: Bob\nLeader1: Ann\nParty Leader2: Cy", eachContender(func(c *schemas.Contender) string { return c.Leader }), "1=Ann 2=Cy", "results.party - results.leader results.leader"}},
	"running_mate": {{"Running Mate2: Dee\nRunning Mate1: —", eachContender(func(c *schemas.Contender) string { return c.RunningMate }), "2=Dee", "results.running_mate -"}},
	"alliance":     {{"Alliance1: Front\nParty1: A", eachContender(func(c *schemas.Contender) string { return c.Alliance }), "1=Front", "results.alliance results.party"}},
	"votes": {{"Votes1: 12,345 (36.9%)\nVotes2: 813.335\nVotes3: 9,999 5.1%\nPercentage3: 5.2", eachContender(func(c *schemas.Contender) string {
		if c.VotePct == nil {
			return schemastest.FormatCount(c.Votes)
		}
		return schemastest.FormatCount(c.Votes) + "," + c.VotePct.String()
	}), "1=12345,36.9 2=813335 3=9999,5.2", "results.votes results.votes results.votes results.vote_pct"}, {"Votes1: 5\nPopular Vote1: 1,234\nVotes2: 12,34,567", eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.Votes) }), "1=1234 2=1234567", "- results.votes results.votes"}},
	"own_row_labels": {{"Party1: A\n1blank: Votes\n1data1: 5,000", eachContender(showVotes), "1=5000", "results.party results.votes results.votes"}},
	"own_rows": {
		{"Nominee1: Ann\nNominee2: Bob\n1blank: First round\n1data1: 4,001 (40.1%)\n1data2: 3,000 (30%)\n2blank: Second round\n2data1: 6,001 (60.01%)\n2data2: 3,999", eachContender(showVotes), "1=6001,60.01 2=3999",
			"results.name results.name - - - results.votes results.votes results.votes"},
		{"Nominee1: Ann\n1blank: Votes\n1data1: 5,000\nPopular Vote1: 4,000", eachContender(showVotes), "1=4000", "results.name - - results.votes"},
		{"Party1: A\n1blank: Electorate vote\n1data1: 41.95%, 1,114,367\n2blank: Party vote\n2data1: 44.45%", eachContender(showVotes), "1=,44.45", "results.party - - results.vote_pct results.vote_pct"},
		{"Party1: A\n1blank: Electorate vote\n1data1: 41.95%, 1,114,367", eachContender(showVotes), "1=1114367,41.95", "results.party results.votes results.votes"},
		{"Party1: A\n1blank: Percentage\n1data1: 51.5\n2blank: Swing\n2data1: ▲ 1.2\n3blank: Seats\n3data1: 7\n4blank: Popular vote\n4data1: 9,999", eachContender(func(c *schemas.Contender) string {
			return showVotes(c) + "," + c.SwingPP.String() + "," + schemastest.FormatCount(c.Seats)
		}), "1=9999,51.5,1.2,7", "results.party results.vote_pct results.vote_pct results.swing_pp results.swing_pp results.seats results.seats results.votes results.votes"},
		{"Party1: A\n1blank: Wards\n1data1: 7\n2data1: 9\n1data2: 8", eachContender(showVotes), "1=", "results.party - - - -"},
	},
	"percentage": {{"Percentage1: 37,5 %\nPercentage2:", eachContender(func(c *schemas.Contender) string { return c.VotePct.String() }), "1=37.5", "results.vote_pct -"}},
	"electoral_votes": {{"Electoral Vote1: 306\nDelegate Count2: 12\nDelegate Count1: 7", eachContender(func(c *schemas.Contender) string {
		return schemastest.FormatCount(c.ElectoralVotes) + ":" + schemastest.FormatCount(c.Seats)
	}), "1=306: 2=12:", "results.electoral_votes results.electoral_votes -"}},
	"swing": {
		{"Swing1: ▼2.51pp\nSwing2: 1.0\nSwing3: –", eachContender(func(c *schemas.Contender) string {
			if c.SwingPP == nil {
				return ""
			}
			return c.SwingPP.String()
		}), "1=-2.51 2=", "results.swing_pp results.swing_pp -"},
		{"Swing1: New party", eachContender(showIsNew), "1=true", "results.is_new"},
		{"Swing1: ▲ new", eachContender(showIsNew), "1=true", "results.is_new"},
	},
	"seats": {
		{"Seats1: 52\nSeats After1: 60\nSeats After2: 7", eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.Seats) }), "1=52 2=7", "results.seats - results.seats"},
		{"Seats1: 52\nSeats12345: 7\nSeats01: 8", eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.Seats) }), "1=52", "results.seats - -"},
	},
	"seat_change": {
		{"Seat Change1: ▲ 9", eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.SeatChange) }), "1=9", "results.seat_change"},
		{"Seat Change1: +9\nSeats1: 52\nLast Election1: 48", eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.SeatChange) }), "1=4", "results.seat_change results.seats results.previous_seats"},
		{"Seat Change1: 9", eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.SeatChange) }), "1=", "results.seat_change"},
		{"Seat Change1: new", eachContender(showIsNew), "1=true", "results.is_new"},
		{"Seat Change1: ▲ New[1]", eachContender(showIsNew), "1=true", "results.is_new"},
	},
	"last_election": {
		{"Last Election1: 16.2%, 31 seats\nLast Election2: new\nLast Election3: –", eachContender(func(c *schemas.Contender) string {
			return schemastest.FormatCount(c.PreviousSeats) + ":" + showIsNew(c)
		}), "1=31:false 2=:true 3=:", "results.previous_seats results.is_new results.previous_seats"},
		{"Swing1: New\nLast Election1: –", eachContender(showIsNew), "1=true", "results.is_new results.previous_seats"},
		{"Swing1: New\nLast Election1: 5", eachContender(showIsNew), "1=false", "results.is_new results.previous_seats"},
	},
	"seats_before": {{"Current Seats1: 40\nCurrent Seats2: 9\nSeats Before2: 7", eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.SeatsBefore) }), "1=40 2=7", "results.seats_before - results.seats_before"}, {"Seats Before1: 40\nSeats2_before: 41", eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.SeatsBefore) }), "1=40 2=41", "results.seats_before results.seats_before"}},
	"colour": {
		{"Colour1: #d0353b\nParty1: A\nColor2: red\nSeats2: 5\nColour3: blue", eachContender(func(c *schemas.Contender) string { return c.Colour }), "1=#D0353B 2=#FF0000", "results.colour results.party results.colour results.seats -"},
		{"Colour1: red\nColor1: blue\nParty1: A", eachContender(func(c *schemas.Contender) string { return c.Colour }), "1=#FF0000", "results.colour - results.party"},
	},
	"heading": {
		{"Heading4: South\nHeading1: North\nParty1: A\nParty2: B\nParty5: C", eachContender(func(c *schemas.Contender) string { return c.Heading }), "1=North 2=North 5=South", "results.heading results.heading results.party results.party results.party"},
		{"Heading2: North\nHeading3: –\nParty1: A\nParty2: B\nParty3: C", eachContender(func(c *schemas.Contender) string { return c.Heading }), "1= 2=North 3=North", "results.heading - results.party results.party results.party"},
	},
	"office": {
		{"After Party: A\nTitle: Prime Minister\nBefore Election: Ann\nBefore Party: B\nAfter Election: Bob", func(e *schemas.Election) string { return fmt.Sprintf("%+v", e.Offices) },
			"[{Ordinal:1 Title:Prime Minister BeforeName:Ann BeforeParty:B AfterName:Bob AfterParty:A}]", "offices.after_party offices.office offices.before_name offices.before_party offices.after_name"},
		{"Title: Mayor\nBefore Election: Unknown\nAfter Election: TBD", func(e *schemas.Election) string { return fmt.Sprintf("%+v", e.Offices) },
			"[{Ordinal:1 Title:Mayor BeforeName: BeforeParty: AfterName: AfterParty:}]", "offices.office - -"},
		{"Before Election: –", func(e *schemas.Election) string { return fmt.Sprint(len(e.Offices)) }, "0", "-"},
	},
}

func TestRules(t *testing.T) {
	known := map[string]bool{}
	for i := range ruleTable {
		known[ruleTable[i].ID] = true
	}
	for id, cases := range ruleCases {
		if !known[id] {
			t.Errorf("cases of %s, and no rule has that ID", id)
		}
		for _, c := range cases {
			t.Run(id+"/"+strings.ReplaceAll(c.box, "\n", "; "), func(t *testing.T) {
				e := judged(newPage("2007 Elbonian general election", strings.Split(c.box, "\n"), ""))
				var targets []string
				for i := range e.Fields {
					target := e.Fields[i].Target()
					if target == "" {
						target = "-"
					}
					targets = append(targets, target)
				}
				if diff := cmp.Diff(c.targets, strings.Join(targets, " ")); diff != "" {
					t.Errorf("targets (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(c.want, c.show(e)); diff != "" {
					t.Errorf("election (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// No rule reads what is listed as read by none.
func TestPresentationIsReadByNoRule(t *testing.T) {
	for name := range presentation {
		for _, position := range []int{0, 1} {
			for i := range ruleTable {
				if ruleTable[i].reads(&schemas.BoxField{Field: &schemas.Field{Name: name, Position: position}}) {
					t.Errorf("%s is read by the rule %s", name, ruleTable[i].ID)
				}
			}
		}
	}
}
