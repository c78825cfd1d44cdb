package contests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
)

// ward returns an Election box with a title, of candidates written as party/candidate/votes/percentage, the winners
// with a star before, and of further templates.
func ward(title string, candidates []string, further ...string) schemas.Block {
	calls := []string{"Election box begin|title=" + title}
	for _, c := range candidates {
		template := "Election box candidate"
		if rest, isWinner := strings.CutPrefix(c, "*"); isWinner {
			template, c = "Election box winning candidate", rest
		}
		p := strings.Split(c, "/")
		calls = append(calls, template+"|party="+p[0]+"|candidate="+p[1]+"|votes="+p[2]+"|percentage="+p[3])
	}
	return block(resulttables.ElectionBox, append(calls, further...)...)
}

// results returns a call of Election results with some parameters.
func results(parameters string) schemas.Block {
	return block(resulttables.ElectionResults, "Election results|"+parameters)
}

// box returns an election with contenders, each written as name/votes/share/seats.
func box(turnout string, contenders ...string) *schemas.Election {
	e := &schemas.Election{ID: "a"}
	if turnout != "" {
		d := decimal.RequireFromString(turnout)
		e.TurnoutPct = &d
	}
	for i, c := range contenders {
		var votes, seats int64
		var name, share string
		p := strings.Split(c, "/")
		name, share = p[0], p[2]
		fmt.Sscan(p[1], &votes)
		fmt.Sscan(p[3], &seats)
		d := decimal.RequireFromString(share)
		e.Contenders = append(e.Contenders, schemas.Contender{
			Position: i + 1, Name: name, Votes: &votes, VotePct: &d, Seats: &seats,
		})
		e.Fields = append(e.Fields, schemas.BoxField{
			Field:   &schemas.Field{Position: i + 1, Line: 10 + i},
			Targets: []string{"results.votes"},
		})
	}
	return e
}

// checkCases are contests in which a check doubts something, and such in which it must not.
var checkCases = []struct {
	name  string
	block schemas.Block
	box   *schemas.Election
	want  string // the checks that doubt, each with its subject
}{
	{
		"rows with more votes than the total",
		ward("X", []string{"A/a/60/60", "B/b/50/40"}, "Election box total|votes=100"),
		nil,
		"contest-sum-over-total total_votes",
	},
	{
		"rows with fewer votes than the total",
		ward("X", []string{"A/a/60/60", "B/b/30/30"}, "Election box total|votes=100"),
		nil,
		"",
	},
	{
		"a candidate on two lines",
		ward("X", []string{"A/a/60/60", "B/a/50/50"}, "Election box total|votes=100"),
		nil,
		"",
	},
	{"a ward of two seats has more votes than ballots",
		ward("X (2)", []string{"*A/a/60/60", "*B/b/50/50"}, "Election box total|votes=100"), nil, ""},

	{"a share that is off", ward("X (1)", []string{"*A/a/600/60.0", "B/b/300/30.0", "C/c/60/9.0", "D/d/40/4.0"}), nil,
		"contest-share vote_pct/3"},
	{"shares that are cut off", ward("X (1)", []string{"*A/a/597/59.7", "B/b/299/29.9", "C/c/105/10.4"}), nil, ""},
	{"shares of ballots in a ward of two seats",
		ward(
			"X (2)",
			[]string{"*A/a/600/60", "*B/b/500/50", "C/c/400/40"},
			"Election box turnout|votes=1,000",
		), nil, ""},
	{"a share of ballots that is off",
		ward(
			"X (2)",
			[]string{"*A/a/600/60.0", "*B/b/500/50.0", "C/c/400/47.0"},
			"Election box turnout|votes=1,000",
		), nil,
		"contest-share vote_pct/3"},
	{"shares of another base", ward("X (1)", []string{"*A/a/600/50.0", "B/b/300/25.0", "C/c/100/8.3"}), nil, ""},
	{"too few shares", ward("X (1)", []string{"*A/a/60/60", "B/b/40/30"}), nil, ""},

	{"fewer winners than seats", ward("X (2)", []string{"*A/a/60/60", "B/b/40/40"}), nil, "contest-winners elected"},
	{"two outcomes of one winner", ward("X (1)", []string{"*A/a/60/60", "B/b/40/40"}, "Election box hold|winner=A",
		"Election box hold|winner=A"), nil, "contest-winners outcomes"},
	{"no winner is marked", ward("X (2)", []string{"A/a/60/60", "B/b/40/40"}, "Election box hold|winner=A"), nil, ""},

	{
		"a majority that is none",
		ward("X (1)", []string{"*A/a/60/60", "B/b/40/40"}, "Election box majority|votes=21"),
		nil,
		"contest-majority majority_votes",
	},
	{"a majority over the next, without write-ins",
		ward(
			"X (1)",
			[]string{"*A/a/60/60", "B/b/30/30", "/Write-ins/40/9"},
			"Election box majority|votes=30",
		), nil, ""},
	{"majorities of two winners", ward("X (2)", []string{"*A/a/60/60", "*B/b/50/50", "C/c/10/10"},
		"Election box majority|votes=40"), nil, ""},

	{"a net change that is none", block(
		resulttables.ElectionSummary,
		"Election summary begin|title=X",
		"Election summary party|party=A|seats=5|gain=3|loss=0|net=+4",
		"Election summary party|party=B|gain=1|loss=2|net=-1",
		"Election summary party|party=C|gain=1|net=+1",
	), nil, "contest-net-change seat_change/1"},

	{
		"changes that do not sum",
		results("party1=A|votes1=6|seats1=6|sc1=+2|party2=B|votes2=4|seats2=4|sc2=-1|total_sc=0"),
		nil,
		"contest-seat-change-sum seat_change_total",
	},
	{
		"changes with a new party",
		results("party1=A|votes1=6|seats1=6|sc1=-4|party2=B|votes2=4|seats2=4|sc2=New|total_sc=0"),
		nil,
		"",
	},
	{
		"a change that is not given",
		results("party1=A|votes1=6|seats1=6|sc1=-4|party2=B|votes2=4|seats2=4|total_sc=0"),
		nil,
		"",
	},

	{"other votes in the box", results("party1=A|votes1=600|seats1=6|party2=B|votes2=400|seats2=4"),
		box("", "A/605/60.00/6", "B/400/40.00/4"), "contest-against-box votes/1"},
	{"another share and other seats in the box", results("party1=A|votes1=600|seats1=6|party2=B|votes2=400|seats2=4"),
		box("", "A/600/63.0/6", "B/400/40.0/5"), "contest-against-box vote_pct/1 contest-against-box seats/2"},
	{
		"the same in fewer digits",
		results("party1=A|votes1=666|seats1=6|party2=B|votes2=333|seats2=4|invalid=1|electorate=2000"),
		box("50.0", "A/666/66.6/6", "B/333/33.3/4"),
		"",
	},
	{"another turnout", results("party1=A|votes1=600|seats1=6|party2=B|votes2=399|seats2=4|invalid=1|electorate=2000"),
		box("54.2", "A/600/60.0/6", "B/399/39.9/4"), "contest-against-box turnout_pct"},
	{
		"a turnout without the invalid votes",
		results("party1=A|votes1=600|seats1=6|party2=B|votes2=400|seats2=4|electorate=2000"),
		box("54.2", "A/600/60.0/6", "B/400/40.0/4"),
		"",
	},
	{"a table of something else", results("party1=A|votes1=1|seats1=1|party2=B|votes2=2|seats2=0"),
		box("", "A/600/60.0/6", "B/400/40.0/4"), ""},
	{"parties of a list", results("alliance1=L|aspan1=2|party1=A|votes1=600|seats1=6|party2=B|votes2=400|seats2=4|" +
		"party3=C|votes3=10|seats3=1|party4=D|votes4=20|seats4=2"),
		box("", "A/1000/97.0/10", "C/10/0.97/1", "D/20/1.94/2"), ""},
}

// TestJudge expects each check to doubt what cannot be true, and nothing else.
func TestJudge(t *testing.T) {
	for _, c := range checkCases {
		t.Run(c.name, func(t *testing.T) {
			contests := Read(&schemas.Document{Title: "X", Blocks: []schemas.Block{c.block}})
			var elections []*schemas.Election
			if c.box != nil {
				elections = append(elections, c.box)
			}
			Link(contests, elections)
			Judge(contests, elections)
			var got []string
			for _, f := range contests[0].Findings {
				got = append(got, f.CheckID+" "+f.Subject)
				if f.Line == 0 || f.Expected == "" || f.Observed == "" || f.Message == "" {
					t.Errorf("the finding lacks a part: %+v", f)
				}
			}
			if joined := strings.Join(got, " "); joined != c.want {
				t.Errorf("%q, expected %q", joined, c.want)
			}
		})
	}
}

// TestAgainstBoxShowsBothPlaces expects both values and both lines in the finding.
func TestAgainstBoxShowsBothPlaces(t *testing.T) {
	b := results("party1=A|votes1=600|seats1=6|party2=B|votes2=400|seats2=4")
	contests := Read(&schemas.Document{Title: "X", Blocks: []schemas.Block{b}})
	elections := []*schemas.Election{box("", "A/605/60.00/6", "B/400/40.00/4")}
	Link(contests, elections)
	Judge(contests, elections)
	const want = `votes of "A": the table has 600 in line 1, and the box has 605 in line 10`
	if f := contests[0].Findings; len(f) != 1 || f[0].Message != want {
		t.Errorf("%+v, expected %s", f, want)
	}
}
