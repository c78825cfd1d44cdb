package contests

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
)

// block returns a table of results of templates, each written as its name and its parameters: name|key=value.
func block(family string, calls ...string) schemas.Block {
	b := schemas.Block{Ordinal: 1, Family: family, Section: []string{"Results"}, Line: 1}
	for i, call := range calls {
		parts := strings.Split(call, "|")
		box := schemas.Infobox{Template: parts[0], Line: i + 1, Offset: 100 * i}
		for k, part := range parts[1:] {
			key, value, _ := strings.Cut(part, "=")
			box.Fields = append(box.Fields, schemas.Field{
				Key: key, Raw: value, Text: value, Line: i + 1, Offset: 100*i + k + 1,
			})
		}
		b.Calls = append(b.Calls, box)
	}
	return b
}

// outline writes a contest: what is known of it, in the order of the columns.
func outline(c *schemas.Contest) string {
	var b strings.Builder
	write := func(name string, value any) {
		switch v := value.(type) {
		case *int64:
			if v != nil {
				fmt.Fprintf(&b, " %s=%d", name, *v)
			}
		case *decimal.Decimal:
			if v != nil {
				fmt.Fprintf(&b, " %s=%s", name, schemas.FormatDecimal(*v))
			}
		case *bool:
			if v != nil {
				fmt.Fprintf(&b, " %s=%v", name, *v)
			}
		case string:
			if v != "" {
				fmt.Fprintf(&b, " %s=%s", name, v)
			}
		}
	}
	_, id, _ := strings.Cut(c.ID, "#")
	b.WriteString(id)
	write("round_name", c.RoundName)
	write("title", c.Title)
	write("to_fill", c.SeatsToFill)
	write("date", c.Date.String())
	write("electorate", c.Electorate)
	write("valid", c.Valid)
	write("invalid", c.Invalid)
	write("blank", c.Blank)
	write("turnout_votes", c.TurnoutVotes)
	write("total", c.TotalVotes)
	write("turnout", c.TurnoutPct)
	write("turnout_change", c.TurnoutChangePP)
	write("sc_total", c.SeatChangeTotal)
	write("valid_shown", c.ValidShown)
	write("cast_shown", c.VotesCastShown)
	write("turnout_shown", c.TurnoutShown)
	for _, m := range c.Margins {
		write("majority", m.Votes)
		write("majority_pct", m.Pct)
	}
	for _, o := range c.Outcomes {
		write(o.Kind, o.Winner+"<"+o.Loser)
		write("swing", o.SwingPP)
	}
	for i := range c.Rows {
		row := &c.Rows[i]
		fmt.Fprintf(&b, "\n%d", row.Position)
		write("cand", row.Candidate)
		write("vp", row.RunningMate)
		write("party", row.Party)
		write("alliance", row.Alliance)
		write("votes", row.Votes)
		write("cover", row.VotesCoverRows)
		write("pct", row.VotePct)
		write("shown", row.VotePctShown)
		write("change", row.ChangePP)
		write("new", row.IsNew)
		write("seats", row.Seats)
		write("total", row.SeatsTotal)
		write("sc", row.SeatChange)
		write("gained", row.SeatsGained)
		write("lost", row.SeatsLost)
		write("elected", row.Elected)
		write("incumbent", row.Incumbent)
		write("kind", row.Kind)
		if len(row.SeatCells) > 0 {
			write("cells", strings.Join(row.SeatCells, ","))
		}
	}
	for _, f := range c.Findings {
		fmt.Fprintf(&b, "\n%s %s", f.CheckID, f.Subject)
	}
	return b.String()
}

// contestCases are tables of results, and what is read of them. The names are invented.
var contestCases = []struct {
	name  string
	block schemas.Block
	want  string
}{
	{"a table", block(resulttables.ElectionResults, "Election results|party1=Moon Party|votes1=600|sw1=+1.5|"+
		"seats1=6|sc1=–1|"+
		"party2=Sun Party|votes2=300|sw2=New|seats2=4|sc2=New|party3=Others|votes3=100|seats3=0|sc3=0|"+
		"invalid=20|blank=5|electorate=2050|total_sc=-1|turnoutsw=-2.1|source=x"),
		"c1 electorate=2050 invalid=20 blank=5 turnout_change=-2.1 sc_total=-1 valid_shown=1000 cast_shown=1025 " +
			"turnout_shown=50.00\n" +
			"1 party=Moon Party votes=600 shown=60.00 change=1.5 seats=6 sc=-1\n" +
			"2 party=Sun Party votes=300 shown=30.00 new=true seats=4\n" +
			"3 party=Others votes=100 shown=10.00 seats=0 sc=0 kind=others"},
	{"rounds", block(resulttables.ElectionResults, "Election results|cand1=Ada Reed|vp1=Bo Lin|party1=Moon "+
		"Party|votes1=60|"+
		"votes1_2=80|cand2=Cy Orr (incumbent)|party2=Sun Party|votes2=50|votes2_2=20|cand3=Di Fox|votes3=10|votes3_2=|"+
		"invalid=1|invalid2=2|electorate=200|electorate2=202|secondround=Run-off"),
		"c1.1 electorate=200 invalid=1 valid_shown=120 cast_shown=121 turnout_shown=60.50\n" +
			"1 cand=Ada Reed vp=Bo Lin party=Moon Party votes=60 shown=50.00\n" +
			"2 cand=Cy Orr party=Sun Party votes=50 shown=41.67 incumbent=true\n" +
			"3 cand=Di Fox votes=10 shown=8.33\n" +
			"c1.2 round_name=Run-off electorate=202 invalid=2 valid_shown=100 cast_shown=102 turnout_shown=50.50\n" +
			"1 cand=Ada Reed vp=Bo Lin party=Moon Party votes=80 shown=80.00\n" +
			"2 cand=Cy Orr party=Sun Party votes=20 shown=20.00 incumbent=true"},
	{"parallel ballots", block(resulttables.ElectionResults, "Election results|firstround=List|secondround=Districts|"+
		"party1=Moon Party|votes1=70|votes1_2=40|seats1=7|seats1_2=3|totseats1=10|sc1=+2|"+
		"party2=Sun Party|votes2=30|vspan2=2|seats2=2|totseats2=2|sc2=0|"+
		"party3=Star Party|r1block3=y|seats3=1|totseats3=1|sc3=New|"+
		"party4=Independents|r1block4=y|votes4_2=60|seats4_2=4|totseats4=4|sc4=-1"),
		"c1.1 round_name=List valid_shown=100\n" +
			"1 party=Moon Party votes=70 shown=70.00 seats=7 total=10 sc=2\n" +
			"2 party=Sun Party votes=30 cover=2 shown=30.00 seats=2 total=2 sc=0\n" +
			"3 party=Star Party new=true seats=1 total=1\n" +
			"c1.2 round_name=Districts valid_shown=100\n" +
			"1 party=Moon Party votes=40 shown=40.00 seats=3 total=10 sc=2\n" +
			"4 party=Independents votes=60 shown=60.00 seats=4 total=4 sc=-1"},
	{"one column of seats beside two rounds", block(resulttables.ElectionResults,
		"Election results|party1=Moon Party|votes1=70|votes1_2=40|seats1=9|party2=Sun Party|votes2=30|seats2=1"),
		"c1.1 valid_shown=100\n1 party=Moon Party votes=70 shown=70.00 total=9\n2 party=Sun Party votes=30 " +
			"shown=30.00 total=1\n" +
			"c1.2 valid_shown=40\n1 party=Moon Party votes=40 shown=100.00 total=9"},
	{"alliances", block(resulttables.ElectionResults, "Election results|alliance1=Sky|aspan1=2|party1=Moon "+
		"Party|votes1=1|"+
		"party2=Sun Party|votes2=1|alliance3=Sea Party|votes3=2|alliance4=Land|party4=Hill Party|votes4=0|"+
		"row5=Against all|votes5=4"),
		"c1 valid_shown=8\n1 party=Moon Party alliance=Sky votes=1 shown=12.50\n" +
			"2 party=Sun Party alliance=Sky votes=1 shown=12.50\n3 party=Sea Party votes=2 shown=25.00\n" +
			"4 party=Hill Party alliance=Land votes=0 shown=0.00\n" +
			"5 party=Against all votes=4 shown=50.00 kind=none_of_the_above"},
	{"free columns of seats", block(resulttables.ElectionResults, "Election results|seattype1=Won|seattype2=Not up|"+
		"seattype3=Total|seattype4=+/–|party1=Moon Party|st1t1=3|st2t1=4|st3t1=7*|st4t1=+1|party2=Sun Party|"+
		"st1t2=1|st4t2=New|"+
		"total_st4t=+1"),
		"c1 sc_total=1\n1 party=Moon Party seats=3 total=7 sc=1 cells=3,4,7*,+1\n2 party=Sun Party new=true " +
			"seats=1 cells=1,,,New"},
	{"blank votes that are valid, a turnout that is typed", block(resulttables.ElectionResults,
		"Election results|party1=A|votes1=90|blank=y|invalid=10|turnout=55.5|electorate=300|valid=90"),
		"c1 electorate=300 valid=90 invalid=10 turnout=55.5 cast_shown=100\n1 party=A votes=90 shown=100.00"},
	{"what cannot be read", block(resulttables.ElectionResults, "Election results|party1=A|votes1=about 5|"+
		"party2=B|votes2=10|"+
		"votes2=11|sc2=3|invalid=x"),
		"c1\n1 party=A\n2 party=B votes=11 sc=3\ncontest-two-values votes2\ncontest-value-unreadable invalid\n" +
			"contest-value-unreadable votes/1\ncontest-change-unsigned seat_change/2"},
	{"an empty call", block(resulttables.ElectionResults, "Election results"), "c1"},
	{"a ward", block(resulttables.ElectionBox, "Election box begin|title=Mill Ward (2 seats)",
		"Election box winning candidate with party link|1=|party=Moon Party|candidate=Ada Reed*|votes=1,200|"+
			"percentage=60.0|change=▲2.5",
		"Election box candidate with party link|party=Sun Party|candidate=Bo Lin†|votes=800|percentage=40.0%|"+
			"change=-10",
		"Election box candidate|party=Star Party|candidate=Cy Orr|votes=–|percentage=|change=New",
		"Election box majority|votes=400|percentage=20.0|change=", "Election box turnout|votes=2,014|"+
			"percentage=34.42|change=▼1|invalid=14",
		"Election box rejected|votes=14", "Election box registered electors|votes=5,851",
		"Election box gain with party link|winner=Moon Party|loser=Sun Party|swing=+6.25"),
		"c1 title=Mill Ward (2 seats) to_fill=2 electorate=5851 invalid=14 turnout_votes=2014 turnout=34.42 " +
			"turnout_change=-1 " +
			"majority=400 majority_pct=20.0 gain=Moon Party<Sun Party swing=6.25\n" +
			"1 cand=Ada Reed party=Moon Party votes=1200 pct=60.0 change=2.5 elected=true incumbent=true\n" +
			"2 cand=Bo Lin party=Sun Party votes=800 pct=40.0 change=-10 elected=false incumbent=true\n" +
			"3 cand=Cy Orr party=Star Party new=true elected=false"},
	{"no winner is marked", block(resulttables.ElectionBox, "Election box begin|title=Mill Ward by-election: "+
		"5 May 2022",
		"Election box candidate|candidate=Ada Reed|votes=2", "Election box candidate|candidate=Write-ins|votes=1",
		"Election box total|votes=3", "Election box unknown winner|votes=1"),
		"c1 title=Mill Ward by-election: 5 May 2022 date=2022-05-05 total=3\n1 cand=Ada Reed votes=2\n" +
			"2 cand=Write-ins votes=1 kind=others\ncontest-row-unknown contest"},
	{"two numbers of invalid votes", block(resulttables.ElectionBox, "Election box begin|title=X",
		"Election box turnout|votes=|percentage=35|invalid=14", "Election box rejected|votes=15"),
		"c1 title=X turnout=35\ncontest-two-values invalid"},
	{"a second list of the same votes", block(resulttables.ElectionBox, "Election box begin|title=X",
		"Election box candidate AU party|candidate=Ada|party=Moon|votes=60", "Election box formal|votes=100",
		"Election box informal|votes=3", "Election box 2pp", "Election box candidate AU party|candidate=Ada|"+
			"party=Moon|votes=70"),
		"c1 title=X valid=100 invalid=3\n1 cand=Ada party=Moon votes=60"},
	{"a summary", block(resulttables.ElectionSummary, "Election summary begin|title=Hill Council (2)",
		"Election summary party|party=Moon Party|government=yes|seats=34*|gain=3|loss=0|net=+3|seats %=50|"+
			"votes %=51.2|votes=9,000|plus/minus=-4.1",
		"Election summary party|party=|other=Sun Party|seats=2|net=-2|votes %=1|votes=10|plus/minus=New",
		"Election summary partial council net party|party=Star Party|seats=1|net=0|other seats=5|total "+
			"seats=6|votes=5"),
		"c1 title=Hill Council (2)\n1 party=Moon Party votes=9000 pct=51.2 change=-4.1 seats=34 sc=3 gained=3 " +
			"lost=0\n" +
			"2 party=Sun Party votes=10 pct=1 new=true seats=2 sc=-2\n3 party=Star Party votes=5 seats=1 total=6 sc=0"},
}

// TestRead expects what each table says, and a finding where it cannot be read.
func TestRead(t *testing.T) {
	for _, c := range contestCases {
		t.Run(c.name, func(t *testing.T) {
			d := &schemas.Document{Title: "X", Blocks: []schemas.Block{c.block}}
			var got []string
			for _, contest := range Read(d) {
				got = append(got, outline(contest))
				holdsPlaces(t, contest)
			}
			if joined := strings.Join(got, "\n"); joined != c.want {
				t.Errorf("got\n%s\nexpected\n%s", joined, c.want)
			}
		})
	}
}

// holdsPlaces holds that each row is where its first field is, and that each field says where what it states went.
func holdsPlaces(t *testing.T, c *schemas.Contest) {
	t.Helper()
	for i := range c.Rows {
		if row := &c.Rows[i]; row.Line == 0 {
			t.Errorf("row %d has no place", row.Position)
		}
	}
	for _, f := range c.Fields {
		if (f.Table == "") != (len(f.Columns) == 0) || f.Call == 0 || f.Template == "" {
			t.Errorf("field %s fills %v of %q", f.Key, f.Columns, f.Table)
		}
	}
}

// TestEveryFieldIsKept expects that each field of a table is a field of one of its contests.
func TestEveryFieldIsKept(t *testing.T) {
	for _, c := range contestCases {
		d := &schemas.Document{Title: "X", Blocks: []schemas.Block{c.block}}
		kept := map[int]bool{}
		for _, contest := range Read(d) {
			for _, f := range contest.Fields {
				kept[f.Offset] = true
			}
		}
		for i := range c.block.Calls {
			for _, f := range c.block.Calls[i].Fields {
				isSecondList := strings.HasPrefix(c.name, "a second list") && i > 3
				isUnknownRow := strings.Contains(c.block.Calls[i].Template, "unknown")
				if !kept[f.Offset] && !isSecondList && !isUnknownRow {
					t.Errorf("%s: the field %s=%s is lost", c.name, f.Key, f.Text)
				}
			}
		}
	}
}

// TestSeatsToFill expects the seats that a title says a contest fills.
func TestSeatsToFill(t *testing.T) {
	for title, want := range map[string]int64{
		"Mill Ward (2)": 2, "Mill Ward 2022 (1)": 1, "Mill (ward) (3 seats)": 3, "Mill [1 seat]": 1, "Mill: 3 seats": 3,
		"Mill (three seats)": 3, "Mill, two vacancies": 2, "Mill Ward": 0, "Mill (2022)": 0, "Mill Ward (ward)": 0,
		"Mill (2) (3 seats)": 0, "Mill (three)": 0, "": 0, "Mill (0)": 0, "(2 seats, 1 vacancy)": 2,
	} {
		got := int64(0)
		if n := seatsToFill(title); n != nil {
			got = *n
		}
		if got != want {
			t.Errorf("%q: %d, expected %d", title, got, want)
		}
	}
}

// TestDayIn expects the only day that a text names.
func TestDayIn(t *testing.T) {
	for text, want := range map[string]string{
		"Mill by-election: 5 May 2022": "2022-05-05", "May 5, 2022 Mill": "2022-05-05", "Mill, " +
			"2022-05-05": "2022-05-05",
		"Mill 2022": "", "May 2022": "", "5 May 2022 and 6 May 2022": "", "31 June 2022": "", "": "",
	} {
		if got := dayIn(text).String(); got != want {
			t.Errorf("%q: %q, expected %q", text, got, want)
		}
	}
}

// FuzzRead holds that any parameters and values are read, and that each row is there once.
func FuzzRead(f *testing.F) {
	for _, c := range contestCases {
		for _, call := range c.block.Calls {
			f.Add(c.block.Family, call.Template, "votes1_2", "12")
		}
	}
	f.Add(resulttables.ElectionResults, "", "st9t9999", "34*")
	f.Fuzz(func(t *testing.T, family, template, key, value string) {
		fields := template + "|" + key + "=" + value
		b := block(family, fields+"|party1=A|votes1=5|seattype1=Total", fields, "Election box candidate|"+key+"="+value)
		for _, c := range Read(&schemas.Document{Title: "X", Blocks: []schemas.Block{b}}) {
			var positions []int
			for i := range c.Rows {
				positions = append(positions, c.Rows[i].Position)
			}
			if !slices.IsSorted(positions) || len(slices.Compact(positions)) != len(c.Rows) {
				t.Fatalf("rows %v of %s", positions, strconv.Quote(fields))
			}
		}
	})
}
