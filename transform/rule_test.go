package transform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// ruleCase is the lines of a box, what the election has of them, and the target of each field. A case of a rule shows
// the columns of its target; an empty text stands for NULL.
type ruleCase struct {
	box     string
	show    func(*schemas.Election) string
	want    string
	targets string // one for each line, with a space between them; - if there is none
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

// eachCount shows a column of counts of all contenders, as `position=value`.
func eachCount(count func(*schemas.Contender) *int64) func(*schemas.Election) string {
	return eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(count(c)) })
}

// showSeats shows the seats contested, the size of the chamber and its name.
func showSeats(e *schemas.Election) string {
	return schemastest.FormatCount(e.SeatsContested) + "/" + schemastest.FormatCount(e.SeatsTotal) + " " + e.Chamber
}

// showParty shows the party and the name of a contender, and whether it is independent.
func showParty(c *schemas.Contender) string {
	return fmt.Sprint(c.Party, ":", c.Name, ":", c.IsIndependent)
}

// showOffices shows who held the first office before and after the election.
func showOffices(e *schemas.Election) string {
	o := &e.Offices[0]
	return fmt.Sprintf("%s: %s (%s), then %s (%s)", o.Title, o.BeforeName, o.BeforeParty, o.AfterName, o.AfterParty)
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
		{
			box: "Election Name: Elbonian election", show: func(e *schemas.Election) string { return e.Name },
			want: "Elbonian election", targets: "elections.election_name",
		},
		{
			box: "Election Name: –", show: func(e *schemas.Election) string { return e.Name },
			targets: "elections.election_name",
		},
	},
	"country": {{
		box: "Country: Elbonia", show: func(e *schemas.Election) string { return e.Country }, want: "Elbonia",
		targets: "elections.country",
	}},
	"election_type": {{
		box: "Type: presidential", show: func(e *schemas.Election) string { return e.Type }, want: "presidential",
		targets: "elections.election_type",
	}},
	"status": {
		{
			box: "Ongoing: yes", show: func(e *schemas.Election) string { return e.Status }, want: "ongoing",
			targets: "elections.status",
		},
		{
			box: "Ongoing: Future", show: func(e *schemas.Election) string { return e.Status }, want: "future",
			targets: "elections.status",
		},
		{
			box: "Ongoing: no", show: func(e *schemas.Election) string { return e.Status }, want: "completed",
			targets: "elections.status",
		},
		{box: "Ongoing:", show: func(e *schemas.Election) string { return e.Status }, targets: "-"},
	},
	"election_date": {{box: "Election Date: 30 September – 1 October 2006", show: func(e *schemas.Election) string {
		return e.Date.String() + " " + e.DateEnd.String() + " " + e.DateRaw
	}, want: "2006-09-30 2006-10-01 30 September – 1 October 2006", targets: "elections.election_date"}},
	"previous_election": {
		{
			box: "Previous Election: 2002", show: func(e *schemas.Election) string { return e.PreviousElection },
			want: "2002", targets: "elections.previous_election",
		},
		{
			box:  "Previous Election: Elbonian election, 2002\nPrevious Year: 2002",
			show: func(e *schemas.Election) string { return e.PreviousElection }, want: "2002",
			targets: "- elections.previous_election",
		},
	},
	"next_election": {
		{
			box: "Next Election: 2011", show: func(e *schemas.Election) string { return e.NextElection }, want: "2011",
			targets: "elections.next_election",
		},
		{
			box: "Next Year:\nNext Election: 2011", show: func(e *schemas.Election) string { return e.NextElection },
			want: "2011", targets: "- elections.next_election",
		},
	},
	"previous_page": {{
		box:  "Previous Election: Elbonian election, 2002\nPrevious Year: 2002",
		show: func(e *schemas.Election) string { return e.PreviousPage }, targets: "- elections.previous_election",
	}},
	"next_page": {{
		box:  "Next Election: Elbonian election, 2011\nNext Year: 2011",
		show: func(e *schemas.Election) string { return e.NextPage }, targets: "- elections.next_election",
	}},
	"seats_for_election": {
		{
			box: "Seats For Election: 127 of the 257 seats in the Chamber of Deputies",
			show: func(e *schemas.Election) string {
				return showSeats(e) + "; " + e.SeatsRaw
			},
			want:    "127/257 Chamber of Deputies; 127 of the 257 seats in the Chamber of Deputies",
			targets: "elections.seats_total",
		},
		{
			box: "Seats For Election: All 350 seats in the Congress and 208 (of 265) seats in the Senate\n" +
				"Majority Seats: 176",
			show: showSeats,
			want: "350/350 Congress", targets: "elections.seats_total elections.majority_seats",
		},
		{
			box:  "Seats For Election: One third of the 96 seats in the Senate\nMajority Seats: 49",
			show: showSeats,
			want: "/96 Senate", targets: "elections.seats_total elections.majority_seats",
		},
	},
	"majority_seats": {
		{
			"Seats For Election: All 300 seats in the House 151 seats needed for a majority",
			func(e *schemas.Election) string { return schemastest.FormatCount(e.MajoritySeats) },
			"151",
			"elections.seats_total",
		},
		{
			"Majority Seats: 150\nSeats For Election: All 300 seats in the House 151 seats needed for a majority",
			func(e *schemas.Election) string { return schemastest.FormatCount(e.MajoritySeats) },
			"150",
			"elections.majority_seats elections.seats_total",
		},
		{
			"Majority Seats:\nSeats For Election: All 300 seats in the House 151 seats needed for a majority",
			func(e *schemas.Election) string { return schemastest.FormatCount(e.MajoritySeats) },
			"151",
			"- elections.seats_total",
		},
		{
			"Majority Seats: 163",
			func(e *schemas.Election) string { return schemastest.FormatCount(e.MajoritySeats) },
			"163",
			"elections.majority_seats",
		},
	},
	"registered": {
		{
			box:  "Registered: 15,510,505 (▲ 2.1%)",
			show: func(e *schemas.Election) string { return schemastest.FormatCount(e.RegisteredVoters) },
			want: "15510505", targets: "elections.registered_voters",
		},
		{
			box:  "Registered: ▲ 193,944,150",
			show: func(e *schemas.Election) string { return schemastest.FormatCount(e.RegisteredVoters) },
			want: "193944150", targets: "elections.registered_voters",
		},
		{
			box:     "Registered: many",
			show:    func(e *schemas.Election) string { return schemastest.FormatCount(e.RegisteredVoters) },
			targets: "elections.registered_voters",
		},
	},
	"votes_cast": {{
		box: "Votes Cast: 1,234,567 (56.7%)\nTurnout: 1,234,567", show: func(e *schemas.Election) string {
			return fmt.Sprint(e.TurnoutPct) + " " + schemastest.FormatCount(e.VotesCast)
		}, want: "56.7 1234567", targets: "elections.votes_cast -",
	}, {
		box: "Votes Cast: 1,234,567 (56.7%)\nTurnout: –", show: func(e *schemas.Election) string {
			return e.TurnoutPct.String() + " " + schemastest.FormatCount(e.VotesCast)
		}, want: "56.7 1234567", targets: "elections.votes_cast elections.turnout_pct",
	}, {
		box:  "Votes Cast: 5,721,074\nTurnout: 5,000 (37%)",
		show: func(e *schemas.Election) string { return schemastest.FormatCount(e.VotesCast) }, want: "5721074",
		targets: "elections.votes_cast elections.turnout_pct",
	}},
	"turnout": {{box: "Turnout: 1,234,567 (56.7%) (▲ 1.2 pp)", show: func(e *schemas.Election) string {
		return e.TurnoutPct.String() + " " + e.TurnoutChangePP.String() + " " + schemastest.FormatCount(e.VotesCast)
	}, want: "56.7 1.2 1234567", targets: "elections.turnout_pct"}},
	"candidate": {
		{
			box:  "Nominee1: Ann\nParty1: A\nParty2: B",
			show: eachContender(func(c *schemas.Contender) string { return c.Kind + ":" + c.Name }),
			want: "1=candidate:Ann 2=party:B", targets: "results.name results.party results.party",
		},
		{
			box:  "Candidate1: Ann\nNominee1: Bob",
			show: eachContender(func(c *schemas.Contender) string { return c.Name }), want: "1=Bob",
			targets: "- results.name",
		},
		{
			box: "Candidate1: –\nParty1: A", show: eachContender(func(c *schemas.Contender) string { return c.Kind }),
			want: "1=party", targets: "- results.party",
		},
	},
	"party": {
		{
			box:     "Party1: A\nParty3: NA\nParty2: Independents",
			show:    eachContender(showParty),
			want:    "1=A:A:false 2=Independents:Independents:true 3=NA:NA:false",
			targets: "results.party results.party results.party",
		},
		{
			box:  "Party1: Independent (politician)",
			show: eachContender(func(c *schemas.Contender) string { return fmt.Sprint(c.IsIndependent) }),
			want: "1=true", targets: "results.party",
		},
		{
			box:  "Party1: –\nParty2: n/a\nParty: C",
			show: eachContender(func(c *schemas.Contender) string { return c.Party }), targets: "- - -",
		},
	},
	"party_link": {
		{
			box:  "Party1 Link: A (page)\nParty1: A",
			show: eachContender(func(c *schemas.Contender) string { return c.Name + ":" + c.Page }),
			want: "1=A:A (page)", targets: "results.party_page results.party",
		},
		{
			box: "Party1 Link: A (page)", show: eachContender(func(c *schemas.Contender) string { return c.Page }),
			targets: "-",
		},
	},
	"leader": {
		{
			"Party1: A\nLeader1: Vacant\nLeader2: Unknown\nLeader3: TBD\nLeader4: Vacanti",
			eachContender(func(c *schemas.Contender) string { return c.Leader }),
			"1= 4=Vacanti",
			"results.party - - - results.leader",
		},
		{
			"Party1: A\nParty Leader1: Bob\nLeader1: Ann\nParty Leader2: Cy",
			eachContender(func(c *schemas.Contender) string { return c.Leader }),
			"1=Ann 2=Cy",
			"results.party - results.leader results.leader",
		},
	},
	"running_mate": {
		{
			"Running Mate2: Dee\nRunning Mate1: —",
			eachContender(func(c *schemas.Contender) string { return c.RunningMate }),
			"2=Dee",
			"results.running_mate -",
		},
	},
	"alliance": {
		{
			"Alliance1: Front\nParty1: A",
			eachContender(func(c *schemas.Contender) string { return c.Alliance }),
			"1=Front",
			"results.alliance results.party",
		},
	},
	"votes": {
		{
			"Votes1: 12,345 (36.9%)\nVotes2: 813.335\nVotes3: 9,999 5.1%\nPercentage3: 5.2",
			eachContender(func(c *schemas.Contender) string {
				if c.VotePct == nil {
					return schemastest.FormatCount(c.Votes)
				}
				return schemastest.FormatCount(c.Votes) + "," + c.VotePct.String()
			}),
			"1=12345,36.9 2=813335 3=9999,5.2",
			"results.votes results.votes results.votes results.vote_pct",
		},
		{
			"Votes1: 5\nPopular Vote1: 1,234\nVotes2: 12,34,567",
			eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.Votes) }),
			"1=1234 2=1234567",
			"- results.votes results.votes",
		},
	},
	"own_row_labels": {
		{
			"Party1: A\n1blank: Votes\n1data1: 5,000",
			eachContender(showVotes),
			"1=5000",
			"results.party results.votes results.votes",
		},
	},
	"own_rows": {
		{
			"Nominee1: Ann\nNominee2: Bob\n1blank: First round\n1data1: 4,001 (40.1%)\n1data2: 3,000 (30%)\n2blank: Second " +
				"round\n2data1: 6,001 (60.01%)\n2data2: 3,999",
			eachContender(showVotes),
			"1=6001,60.01 2=3999",
			"results.name results.name round_results.votes round_results.votes round_results.votes " +
				"results.votes results.votes results.votes",
		},
		{ // the votes are those of a second round, in which Cy did not stand
			"Nominee1: Ann\nPopular Vote1: 6,001\nNominee2: Cy\n1blank: First round\n1data1: 4,001 (40.1%)\n1data2: 2,999",
			eachContender(showVotes), "1=6001 2=",
			"results.name results.votes results.name round_results.votes round_results.votes round_results.votes",
		},
		{
			"Nominee1: Ann\n1blank: Party vote\n1data1: up to 4,001", eachContender(showVotes), "1=",
			"results.name results.votes results.votes",
		},
		{
			"Party1: A\n1blank: Second round\n1blank: Wards\n1data1: 7", eachContender(showVotes), "1=",
			"results.party - - -",
		},
		{
			"Nominee1: Ann\n1blank: Votes\n1data1: 5,000\nPopular Vote1: 4,000",
			eachContender(showVotes),
			"1=4000",
			"results.name - - results.votes",
		},
		{
			"Party1: A\n1blank: Electorate vote\n1data1: 41.95%, 1,114,367\n2blank: Party vote\n2data1: 44.45%",
			eachContender(showVotes),
			"1=,44.45",
			"results.party - - results.vote_pct results.vote_pct",
		},
		{
			"Party1: A\n1blank: Electorate vote\n1data1: 41.95%, 1,114,367",
			eachContender(showVotes),
			"1=1114367,41.95",
			"results.party results.votes results.votes",
		},
		{
			"Party1: A\n1blank: Percentage\n1data1: 51.5\n2blank: Swing\n2data1: ▲ 1.2\n3blank: Seats\n3data1: 7\n4blank: " +
				"Popular vote\n4data1: 9,999",
			eachContender(func(c *schemas.Contender) string {
				return showVotes(c) + "," + c.SwingPP.String() + "," + schemastest.FormatCount(c.Seats)
			}),
			"1=9999,51.5,1.2,7",
			"results.party results.vote_pct results.vote_pct results.swing_pp results.swing_pp results.seats results.seats " +
				"results.votes results.votes",
		},
		{
			"Party1: A\n1blank: Wards\n1data1: 7\n2data1: 9\n1data2: 8",
			eachContender(showVotes),
			"1=",
			"results.party - - - -",
		},
	},
	"percentage": {
		{
			"Percentage1: 37,5 %\nPercentage2:",
			eachContender(func(c *schemas.Contender) string { return c.VotePct.String() }),
			"1=37.5",
			"results.vote_pct -",
		},
	},
	"electoral_votes": {
		{
			"Electoral Vote1: 306\nDelegate Count2: 12\nDelegate Count1: 7",
			eachContender(func(c *schemas.Contender) string {
				return schemastest.FormatCount(c.ElectoralVotes) + ":" + schemastest.FormatCount(c.Seats)
			}),
			"1=306: 2=12:",
			"results.electoral_votes results.electoral_votes -",
		},
	},
	"swing": {
		{box: "Swing1: ▼2.51pp\nSwing2: 1.0\nSwing3: –", show: eachContender(func(c *schemas.Contender) string {
			if c.SwingPP == nil {
				return ""
			}
			return c.SwingPP.String()
		}), want: "1=-2.51 2=", targets: "results.swing_pp results.swing_pp -"},
		{box: "Swing1: New party", show: eachContender(showIsNew), want: "1=true", targets: "results.is_new"},
		{box: "Swing1: ▲ new", show: eachContender(showIsNew), want: "1=true", targets: "results.is_new"},
	},
	"seats": {
		{
			box: "Party1: A\nSeats1: 50 ▲4\nPercentage1: 45.1% (▼ 2.0 pp)", show: func(e *schemas.Election) string {
				c := &e.Contenders[0]
				return fmt.Sprint(*c.Seats, *c.SeatChange, *c.SeatChangeStated, c.VotePct, c.SwingPP)
			}, want: "50 4 4 45.1 -2", targets: "results.party results.seats results.vote_pct",
		},
		{
			box: "Party1: A\nSwing1: −2.0\nSeat Change1: +3\n1blank: Percentage\n1data1: 45.1% ▲2.0\n2blank: Seats\n" +
				"2data1: 50 (+4)", show: func(e *schemas.Election) string {
				c := &e.Contenders[0]
				return fmt.Sprint(*c.Seats, *c.SeatChange, *c.SeatChangeStated, c.VotePct, c.SwingPP)
			}, want: "50 3 3 45.1 -2", targets: "results.party results.swing_pp results.seat_change " +
				"results.vote_pct results.vote_pct results.seats results.seats",
		},
		{
			box:  "Seats1: 52\nSeats After1: 60\nSeats After2: 7",
			show: eachCount(func(c *schemas.Contender) *int64 { return c.Seats }),
			want: "1=52 2=7", targets: "results.seats results.seats_after results.seats",
		},
		{
			box:  "Seats1: 52\nSeats12345: 7\nSeats01: 8",
			show: eachCount(func(c *schemas.Contender) *int64 { return c.Seats }),
			want: "1=52", targets: "results.seats - -",
		},
	},
	"seat_change": {
		{
			box:  "Seat Change1: ▲ 9",
			show: eachCount(func(c *schemas.Contender) *int64 { return c.SeatChange }),
			want: "1=9", targets: "results.seat_change",
		},
		{
			box:  "Seat Change1: +9\nSeats1: 52\nLast Election1: 48",
			show: eachCount(func(c *schemas.Contender) *int64 { return c.SeatChange }),
			want: "1=4", targets: "results.seat_change results.seats results.previous_seats",
		},
		{
			box:  "Seat Change1: 9",
			show: eachCount(func(c *schemas.Contender) *int64 { return c.SeatChange }),
			want: "1=", targets: "results.seat_change",
		},
		{box: "Seat Change1: new", show: eachContender(showIsNew), want: "1=true", targets: "results.is_new"},
		{box: "Seat Change1: ▲ New[1]", show: eachContender(showIsNew), want: "1=true", targets: "results.is_new"},
	},
	"last_election": {
		{
			box: "Last Election1: 16.2%, 31 seats\nLast Election2: new, 5%\nLast Election3: 5%\nLast Election4: 3% (A), 4% (B)",
			show: eachContender(func(c *schemas.Contender) string {
				if c.PreviousVotePct == nil {
					return ""
				}
				return c.PreviousVotePct.String()
			}),
			want:    "1=16.2 2= 3=5 4=",
			targets: "results.previous_seats results.is_new results.previous_seats results.previous_seats",
		},
		{
			box: "Last Election1: 16.2%, 31 seats\nLast Election2: new\nLast Election3: –",
			show: eachContender(func(c *schemas.Contender) string {
				return schemastest.FormatCount(c.PreviousSeats) + ":" + showIsNew(c)
			}),
			want: "1=31:false 2=:true 3=:", targets: "results.previous_seats results.is_new results.previous_seats",
		},
		{
			box: "Swing1: New\nLast Election1: –", show: eachContender(showIsNew), want: "1=true",
			targets: "results.is_new results.previous_seats",
		},
		{
			box: "Swing1: New\nLast Election1: 5", show: eachContender(showIsNew), want: "1=false",
			targets: "results.is_new results.previous_seats",
		},
	},
	"seats_before": {
		{
			"Current Seats1: 40\nCurrent Seats2: 9\nSeats Before2: 7",
			eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.SeatsBefore) }),
			"1=40 2=7",
			"results.seats_before - results.seats_before",
		},
		{
			"Seats Before1: 40\nSeats2_before: 41",
			eachContender(func(c *schemas.Contender) string { return schemastest.FormatCount(c.SeatsBefore) }),
			"1=40 2=41",
			"results.seats_before results.seats_before",
		},
	},
	"colour": {
		{
			box:  "Colour1: #d0353b\nParty1: A\nColor2: red\nSeats2: 5\nColour3: blue",
			show: eachContender(func(c *schemas.Contender) string { return c.Colour }), want: "1=#D0353B 2=#FF0000",
			targets: "results.colour results.party results.colour results.seats -",
		},
		{
			box:  "Colour1: red\nColor1: blue\nParty1: A",
			show: eachContender(func(c *schemas.Contender) string { return c.Colour }), want: "1=#FF0000",
			targets: "results.colour - results.party",
		},
	},
	"heading": {
		{
			box:     "Heading4: South\nHeading1: North\nParty1: A\nParty2: B\nParty5: C",
			show:    eachContender(func(c *schemas.Contender) string { return c.Heading }),
			want:    "1=North 2=North 5=South",
			targets: "results.heading results.heading results.party results.party results.party",
		},
		{
			box:  "Heading2: North\nHeading3: –\nParty1: A\nParty2: B\nParty3: C",
			show: eachContender(func(c *schemas.Contender) string { return c.Heading }), want: "1= 2=North 3=North",
			targets: "results.heading - results.party results.party results.party",
		},
	},
	"office": {
		{
			"After Party: A\nTitle: Prime Minister\nBefore Election: Ann\nBefore Party: B\nAfter Election: Bob",
			showOffices,
			"Prime Minister: Ann (B), then Bob (A)",
			"offices.after_party offices.office offices.before_name offices.before_party offices.after_name",
		},
		{
			"Title: Mayor\nBefore Election: Unknown\nAfter Election: TBD",
			showOffices,
			"Mayor:  (), then  ()",
			"offices.office - -",
		},
		{"Before Election: –", func(e *schemas.Election) string { return fmt.Sprint(len(e.Offices)) }, "0", "-"},
	},
}

func TestRules(t *testing.T) {
	isRule := map[string]bool{}
	for i := range ruleTable {
		isRule[ruleTable[i].ID] = true
	}
	for id, cases := range ruleCases {
		if !isRule[id] {
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

// TestPresentationIsReadByNoRule holds that no rule reads a parameter that is listed as read by none.
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
