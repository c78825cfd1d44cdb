package transform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// printRounds returns the rounds of an election, one a line: the number, the days, turnout and its change, registered
// voters and votes cast, then each contender with votes and share.
func printRounds(e *schemas.Election) string {
	number := func(n *int64) string {
		if n == nil {
			return "-"
		}
		return formatInt(*n)
	}
	var lines []string
	for _, r := range e.Rounds {
		line := fmt.Sprintf("%d", r.Round)
		if r.Date.Full() {
			line += " " + r.Date.String()
			if r.DateEnd != r.Date {
				line += "/" + r.DateEnd.String()
			}
		}
		for _, d := range []any{r.TurnoutPct, r.TurnoutChangePP} {
			line += " " + strings.ReplaceAll(fmt.Sprint(d), "<nil>", "-")
		}
		line += " " + number(r.RegisteredVoters) + " " + number(r.VotesCast)
		for _, x := range e.RoundResults {
			if x.Round == r.Round {
				line += fmt.Sprintf(" | %d %s %s", x.Position, number(x.Votes),
					strings.ReplaceAll(fmt.Sprint(x.VotePct), "<nil>", "-"))
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// printVotes returns the votes of each contender with the round that they are of.
func printVotes(e *schemas.Election) string {
	var texts []string
	for i := range e.Contenders {
		c := &e.Contenders[i]
		texts = append(texts, strings.TrimSpace(fmt.Sprintf("%s %d", showVotes(c), c.Round)))
	}
	return strings.Join(texts, " | ")
}

const namedRounds = "Election Date: 2 May 2010 (first round) 16 May 2010 (second round)\n"

func TestRounds(t *testing.T) {
	candidates := func(votes ...string) string {
		var lines []string
		for i, v := range votes {
			lines = append(lines, fmt.Sprintf("Candidate%d: %c", i+1, 'A'+i))
			for field := range strings.SplitSeq(v, "; ") {
				lines = append(lines, strings.Replace(field, "#", fmt.Sprint(i+1), 1))
			}
		}
		return strings.Join(lines, "\n")
	}
	const runOff = "the votes are those of a run-off"
	const unknown = "which one its votes are of cannot be told"
	for _, c := range []struct {
		name, box   string
		rounds      string
		votes       string
		parties     float64 // effective_parties_votes, 0 if it is missing
		missing     string  // a part of the reason
		turnout     string
		isAmbiguous bool
	}{
		{
			name: "every figure of both rounds",
			box: namedRounds + "Turnout: 61.2% (first round) 55.1% (▼6.1 pp) (second round)\n" +
				"Registered: 1,000 (first round) 1,010 (second round)\n" + candidates(
				"Popular Vote#: 240 (first round) 306 (second round); Percentage#: 40% (first round) 55% (second round)",
				"Popular Vote#: 210 (first round) 250 (second round); Percentage#: 35% (first round) 45% (second round)",
				"Popular Vote#: 150 (first round); Percentage#: 25% (first round)"),
			rounds: "1 2010-05-02 61.2 - 1000 - | 1 240 40 | 2 210 35 | 3 150 25\n" +
				"2 2010-05-16 55.1 -6.1 1010 - | 1 306 55 | 2 250 45",
			votes: "306,55 2 | 250,45 2 | 0", parties: 10000.0 / (1600 + 1225 + 625), turnout: "55.1",
		},
		{
			name: "a row of votes of others behind ballots",
			box: "1blank: First ballot\n2blank: Final ballot\n3blank: Members' vote\n" + candidates(
				"1data#: 500 (14.0%); 2data#: 1,130 (31.6%); 3data#: 81,326 (57.4%)",
				"1data#: 880 (24.6%); 2data#: 1,370 (38.4%); 3data#: 60,399 (42.6%)"),
			rounds: "1 - - - - | 1 500 14 | 2 880 24.6\n2 - - - - | 1 1130 31.6 | 2 1370 38.4",
			votes:  "0 | 0", parties: 10000 / (14*14 + 24.6*24.6 + 61.4*14),
		},
		{
			name: "a round that is held again",
			box: "Election Date: 24 April 2016 (first round) 22 May 2016 (second round, annulled) 4 December 2016 " +
				"(second round re-vote)\n" + candidates("Percentage#: 53.8%", "Percentage#: 46.2%"),
			votes: ",53.8 0 | ,46.2 0", missing: unknown,
		},
		{
			name: "a run-off alone", box: namedRounds + candidates("Percentage#: 55.5%", "Percentage#: 44.5%"),
			rounds: "1 2010-05-02 - - - -\n2 2010-05-16 - - - - | 1 - 55.5 | 2 - 44.5",
			votes:  ",55.5 2 | ,44.5 2", missing: runOff,
		},
		{
			name: "a run-off after which some votes are for nobody",
			box:  namedRounds + candidates("Percentage#: 52.3%", "Percentage#: 45.2%"), missing: runOff,
			rounds: "1 2010-05-02 - - - -\n2 2010-05-16 - - - - | 1 - 52.3 | 2 - 45.2", votes: ",52.3 2 | ,45.2 2",
		},
		{
			name: "two of many, of a first or a second round",
			box:  namedRounds + candidates("Percentage#: 49.5%", "Percentage#: 44.9%"), missing: unknown,
			rounds: "1 2010-05-02 - - - -\n2 2010-05-16 - - - -", votes: ",49.5 0 | ,44.9 0",
		},
		{
			name:   "a first round of three",
			box:    namedRounds + candidates("Percentage#: 40%", "Percentage#: 35%", "Percentage#: 25%"),
			rounds: "1 2010-05-02 - - - - | 1 - 40 | 2 - 35 | 3 - 25\n2 2010-05-16 - - - -",
			votes:  ",40 1 | ,35 1 | ,25 1", parties: 10000.0 / (1600 + 1225 + 625),
		},
		{
			name:   "parties, of a first or a second round",
			box:    namedRounds + ballot("10", "A 40 5", "B 35 3", "C 25 2"),
			rounds: "1 2010-05-02 - - - -\n2 2010-05-16 - - - -", votes: ",40 0 | ,35 0 | ,25 0", missing: unknown,
		},
		{
			name:   "two dates without names",
			box:    "Election Date: 17 and 24 February 2013\n" + candidates("Percentage#: 57.48%", "Percentage#: 42.52%"),
			rounds: "1 2013-02-17 - - - -\n2 2013-02-24 - - - - | 1 - 57.48 | 2 - 42.52",
			votes:  ",57.48 2 | ,42.52 2", missing: runOff,
		},
		{
			name:  "two days of one round",
			box:   "Election Date: 8 and 9 October 2021\n" + candidates("Percentage#: 57%", "Percentage#: 43%"),
			votes: ",57 0 | ,43 0", parties: 10000.0 / (57*57 + 43*43),
		},
		{
			name: "phases of one round",
			box: "Election Date: 11 April 2019 (phase 1) 18 April 2019 (phase 2)\n" +
				candidates("Percentage#: 57%", "Percentage#: 43%"),
			votes: ",57 0 | ,43 0", parties: 10000.0 / (57*57 + 43*43),
		},
		{
			name: "a period",
			box: "Election Date: 1 February – 14 June 2016\n" +
				candidates("Percentage#: 57%", "Percentage#: 43%"),
			votes: ",57 0 | ,43 0", parties: 10000.0 / (57*57 + 43*43),
		},
		{
			name:  "two parties on two dates",
			box:   "Election Date: 7 and 24 February 2013\n" + ballot("10", "A 57 6", "B 43 4"),
			votes: ",57 0 | ,43 0", parties: 10000.0 / (57*57 + 43*43),
		},
		{
			name: "values over a line break under dates that name rounds",
			box: namedRounds + "Turnout: 61.2% 55.1%\n" + candidates(
				"Popular Vote#: 240,000 306,000; Percentage#: 40% 55%", "Popular Vote#: 210,000 250,000; Percentage#: 35% 45%",
				"Popular Vote#: 150,000; Percentage#: 25%"),
			rounds: "1 2010-05-02 61.2 - - - | 1 240000 40 | 2 210000 35 | 3 150000 25\n" +
				"2 2010-05-16 55.1 - - - | 1 306000 55 | 2 250000 45",
			votes: "306000,55 2 | 250000,45 2 | 0", parties: 10000.0 / (1600 + 1225 + 625), turnout: "55.1",
		},
		{
			name:  "values over a line break under dates that name none",
			box:   "Election Date: 2 and 16 May 2010\n" + candidates("Percentage#: 40% 55%", "Percentage#: 35% 45%"),
			votes: "0 | 0", isAmbiguous: true,
		},
		{
			name: "rows for both rounds",
			box: "1blank: First round\n2blank: Run-off\n" + candidates(
				"1data#: 240 (40%); 2data#: 306 (55%)", "1data#: 210 (35%); 2data#: 250 (45%)", "1data#: 150 (25%); 2data#: –"),
			rounds: "1 - - - - | 1 240 40 | 2 210 35 | 3 150 25\n2 - - - - | 1 306 55 | 2 250 45",
			votes:  "306,55 2 | 250,45 2 | 0", parties: 10000.0 / (1600 + 1225 + 625),
		},
		{
			name: "a row for the first round beside the votes of the second",
			box: "1blank: First round\n" + candidates(
				"Popular Vote#: 306; Percentage#: 55%; 1data#: 40%", "Popular Vote#: 250; Percentage#: 45%; 1data#: 35%",
				"1data#: 25%"),
			rounds: "1 - - - - | 1 - 40 | 2 - 35 | 3 - 25\n2 - - - - | 1 306 55 | 2 250 45",
			votes:  "306,55 2 | 250,45 2 | 0", parties: 10000.0 / (1600 + 1225 + 625),
		},
		{
			name: "a row for the second round beside the votes of the first",
			box: "1blank: Second round\n" + candidates(
				"Percentage#: 40%; 1data#: 55%", "Percentage#: 35%; 1data#: 45%", "Percentage#: 25%"),
			rounds: "1 - - - - | 1 - 40 | 2 - 35 | 3 - 25\n2 - - - - | 1 - 55 | 2 - 45",
			votes:  ",55 2 | ,45 2 | 0", parties: 10000.0 / (1600 + 1225 + 625),
		},
		{
			name: "a row that says the same as the votes",
			box: "1blank: Second round\n" + candidates(
				"Percentage#: 55.0%; 1data#: 55%", "Percentage#: 45.0%; 1data#: 45%"),
			rounds: "2 - - - - | 1 - 55 | 2 - 45", votes: ",55 2 | ,45 2", missing: runOff,
		},
		{
			name: "a third share that is of a first or a second round",
			box: candidates("Percentage#: 30% (first round) 45% (second round)",
				"Percentage#: 30% (first round) 35% (second round)", "Percentage#: 20%"),
			rounds: "1 - - - - | 1 - 30 | 2 - 30\n2 - - - - | 1 - 45 | 2 - 35", votes: ",45 2 | ,35 2 | 0",
			parties: 10000.0 / (900 + 900 + 40*30), isAmbiguous: true,
		},
		{
			name:   "votes and shares over a line break",
			box:    namedRounds + candidates("Popular Vote#: 2,400 (40%) 3,060 (55%)", "Popular Vote#: 3,600 (60%) 2,500 (45%)"),
			rounds: "1 2010-05-02 - - - - | 1 2400 40 | 2 3600 60\n2 2010-05-16 - - - - | 1 3060 55 | 2 2500 45",
			votes:  "3060,55 2 | 2500,45 2", parties: 10000.0 / (1600 + 3600),
		},
		{
			name: "a general election and a run-off",
			box: "Election Date: 3 November 2020 (general) 5 January 2021 (runoff)\n" +
				candidates("Percentage#: 50.6%", "Percentage#: 49.4%"),
			rounds: "1 2020-11-03 - - - -\n2 2021-01-05 - - - - | 1 - 50.6 | 2 - 49.4",
			votes:  ",50.6 2 | ,49.4 2", missing: runOff,
		},
		{
			name: "a run-off beside an election of another kind",
			box: "Election Date: 24 May 2022 (primary) 21 June 2022 (runoff)\n" +
				candidates("Percentage#: 50.6%", "Percentage#: 49.4%"),
			rounds: "2 - - - - | 1 - 50.6 | 2 - 49.4", votes: ",50.6 2 | ,49.4 2", missing: runOff,
		},
		{
			name: "rows for the votes and for the shares of a round, and words in the place of a figure",
			box: "1blank: First round votes\n2blank: First round % (2 May)\n3blank: Second round\n" + candidates(
				"1data#: 2,400; 2data#: 40%; 3data#: 55%", "1data#: 2,100; 2data#: 35%; 3data#: 45%",
				"1data#: 1,500; 2data#: 25%; 3data#: Eliminated"),
			rounds: "1 - - - - | 1 2400 40 | 2 2100 35 | 3 1500 25\n2 - - - - | 1 - 55 | 2 - 45",
			votes:  ",55 2 | ,45 2 | 0", parties: 10000.0 / (1600 + 1225 + 625),
		},
		{
			name:   "votes of the first round alone",
			box:    namedRounds + candidates("Percentage#: 40% (first round)", "Percentage#: 60% (first round)"),
			rounds: "1 2010-05-02 - - - - | 1 - 40 | 2 - 60\n2 2010-05-16 - - - -", votes: ",40 1 | ,60 1",
			parties: 10000.0 / (1600 + 3600),
		},
		{
			name: "shares from the votes of the first round",
			box: candidates("Popular Vote#: 400 (first round) 550 (second round)",
				"Popular Vote#: 600 (first round) 450 (second round)"),
			rounds: "1 - - - - | 1 400 - | 2 600 -\n2 - - - - | 1 550 - | 2 450 -", votes: "550 2 | 450 2",
			parties: 10000.0 / (1600 + 3600),
		},
		{
			name:   "a turnout of the first round alone",
			box:    "Turnout: 61.2% (first round)\n" + candidates("Percentage#: 60%", "Percentage#: 35%"),
			rounds: "1 61.2 - - -", votes: ",60 0 | ,35 0", missing: unknown, turnout: "61.2",
		},
		{
			name: "a bound in the first round",
			box: namedRounds + candidates("Percentage#: over 40% (first round) 55% (second round)",
				"Percentage#: 35% (first round) 45% (second round)"),
			rounds: "1 2010-05-02 - - - - | 2 - 35\n2 2010-05-16 - - - - | 1 - 55 | 2 - 45",
			votes:  ",55 2 | ,45 2", missing: "a bound or a guess",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := judged(newPage("", strings.Split(c.box, "\n"), ""))
			if diff := cmp.Diff(c.rounds, printRounds(e)); diff != "" {
				t.Errorf("rounds (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.votes, printVotes(e)); diff != "" {
				t.Errorf("votes (-want +got):\n%s", diff)
			}
			m := measureOf(e, "effective_parties_votes")
			switch {
			case (m == nil) != (c.parties == 0):
				t.Errorf("effective_parties_votes is %+v, expected %v; findings %+v", m, c.parties, findingsOf(e, "measures"))
			case m == nil && c.missing != "":
				checkReason(t, e, c.missing)
			case m != nil:
				if diff := cmp.Diff(c.parties, m.Value, schemastest.Near); diff != "" {
					t.Errorf("effective_parties_votes (-want +got):\n%s", diff)
				}
			}
			turnout := ""
			if e.TurnoutPct != nil {
				turnout = schemas.FormatDecimal(*e.TurnoutPct)
			}
			checkText(t, "turnout", c.turnout, turnout)
			if found := findingsOf(e, "unreadable-value"); len(found) > 0 && found[0].Status.Doubtful() {
				t.Errorf("unreadable: %+v", found)
			}
			isAmbiguous := false
			for _, f := range findingsOf(e, "ambiguous-value") {
				isAmbiguous = isAmbiguous || f.Status.Doubtful()
			}
			if isAmbiguous != c.isAmbiguous {
				t.Errorf("ambiguous: %v, expected %v", isAmbiguous, c.isAmbiguous)
			}
		})
	}
}

// checkText compares one text.
func checkText(t *testing.T, what, want, got string) {
	t.Helper()
	if want != got {
		t.Errorf("%s: found %q, expected %q", what, got, want)
	}
}

// A field that parts rounds says which columns it fills, and a row of a round says which fields it is from.
func TestRoundsHavePlaces(t *testing.T) {
	e := judged(newPage("", strings.Split(namedRounds+"Candidate1: A\nCandidate2: B\n"+
		"Percentage1: 40% (first round) 55% (second round)\nPercentage2: 45%\nTurnout: 61% (first round) 55% (second round)",
		"\n"), ""))
	for key, want := range map[string]string{
		"Election Date": "elections.election_date elections.election_date_end elections.election_date_raw " +
			"elections.election_year rounds.date rounds.date_end",
		"Percentage1": "results.vote_pct round_results.vote_pct",
		"Turnout":     "elections.turnout_pct rounds.turnout_pct",
	} {
		for i := range e.Fields {
			if f := &e.Fields[i]; f.Key == key {
				checkText(t, key, want, strings.Join(f.Targets, " "))
			}
		}
	}
	for _, r := range e.Rounds {
		if diff := cmp.Diff([]int32{1, 6}, r.Fields); diff != "" {
			t.Errorf("fields of round %d (-want +got):\n%s", r.Round, diff)
		}
	}
	for _, x := range e.RoundResults {
		if diff := cmp.Diff([]int32{int32(3 + x.Position)}, x.Fields); diff != "" {
			t.Errorf("fields of contender %d in round %d (-want +got):\n%s", x.Position, x.Round, diff)
		}
	}
}

func TestRoundsTakeLinearTime(t *testing.T) {
	for _, of := range []string{
		"Candidate#: A\nPercentage#: 1% (first round) 2% (second round)", "Candidate#: A\nPercentage#: 1%\n1data#: 2%",
		"Candidate#: A\nPopular Vote#: 12 (first round)", "Candidate#: A\nPopular Vote#: 12\nPercentage1: 1% (first round)",
	} {
		schemastest.HoldsGrowth(t, func(n int) func() {
			lines := []string{"1blank: First round"}
			for i := range n / 64 {
				lines = append(lines, strings.Split(strings.ReplaceAll(of, "#", fmt.Sprint(i+1)), "\n")...)
			}
			d := newPage("", lines, "")
			return func() { ApplyRules(d, &d.Boxes[0]) }
		})
	}
}
