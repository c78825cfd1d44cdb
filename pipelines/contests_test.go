package pipelines

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/load/duckdb/duckdbtest"
	"hemicycle/schemas"
)

// contestsDump is an export with a page of wards alone, a page with a box and tables, and a page with neither.
const contestsDump = `<mediawiki><siteinfo><dbname>enwiki</dbname></siteinfo>
<page><title>2022 Hill Council election</title><ns>0</ns><id>7</id><revision><id>70</id><text>== Wards ==
=== Mill ===
{{Election box begin|title=Mill (1 seat)}}
{{Election box winning candidate with party link|party=Moon Party|candidate=Ada Reed|votes=1,200
|percentage=60.0|change=}}
{{Election box candidate with party link|party=Sun Party|candidate=Bo Lin|votes=800|percentage=40.0|change=}}
{{Election box end}}</text></revision></page>
<page><title>1998 Testland general election</title><ns>0</ns><id>8</id><revision><id>80</id><text>{{Infobox election
| country = Testland | election_date = 3 May 1998
| party1 = Moon Party | popular_vote1 = 600 | seats1 = 6
| party2 = Sun Party | popular_vote2 = 300 | seats2 = 3
}}
'''Testland''' voted.
== Results ==
{{Election results|party1=[[Moon Party]]|votes1=600|seats1=6|party2=Sun Party|votes2=300|seats2=3
|party3=Sea Party|votes3=100|seats3=0|invalid=10|electorate=2020}}
=== North ===
{{Election box begin|title=North}}
{{Election box candidate|party=Moon Party|candidate=Cy Orr|votes=about 9|percentage=40|change=}}
{{Election box end}}</text></revision></page>
<page><title>Testland</title><ns>0</ns><id>9</id><revision><id>90</id><text>A land.</text></revision></page>
</mediawiki>`

// contestsPipeline returns a pipeline over contestsDump.
func contestsPipeline(t *testing.T, head string) *Pipeline {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dump.xml")
	if err := os.WriteFile(path, []byte(contestsDump), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := Parse("p.yaml", []byte("name: contests\n"+head+"sources:\n- files: ["+path+"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestContestsOfADump expects the tables of results in the tables of the database, linked to the election of their
// page, and in the account of the source.
func TestContestsOfADump(t *testing.T) {
	_, output := mustRun(t, contestsPipeline(t, "contests: true\nsinks: [parquet, duckdb, jsonl]\n"), Options{})
	db, err := sql.Open("duckdb", filepath.Join(output, "elections.duckdb")+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, want := range map[string]string{
		"SELECT contest_id, family, section, title, election_id, link, line FROM contests ORDER BY contest_id": "" +
			"[enwiki:7#c1 Election box [Wards Mill] Mill (1 seat) <nil> <nil> 3]" +
			"[enwiki:8#c1 Election results [Results] <nil> enwiki:8#1 names 8]" +
			"[enwiki:8#c2 Election box [Results North] North enwiki:8#1 part 11]",
		"SELECT contest_id, position, party, candidate, votes, vote_pct, pct_basis, elected FROM contest_results " +
			"WHERE position > 1 ORDER BY contest_id, position": "" +
			"[enwiki:7#c1 2 Sun Party Bo Lin 800 40.0000 stated false]" +
			"[enwiki:8#c1 2 Sun Party <nil> 300 30.0000 shown <nil>]" +
			"[enwiki:8#c1 3 Sea Party <nil> 100 10.0000 shown <nil>]",
		"SELECT valid, valid_shown, invalid, votes_cast_shown, turnout_pct_shown FROM contests WHERE page_id = 8 AND " +
			"ordinal = 1": "[<nil> 1000 10 1010 50.0000]",
		"SELECT contest_id, check_id, subject, line FROM contest_findings": "" +
			"[enwiki:8#c2 contest-value-unreadable votes/1 12]",
		"SELECT key, raw, line FROM contest_fields WHERE contest_id = 'enwiki:8#c1' AND position = 3 " +
			"AND list_contains(targets, 'contest_results.votes')": "[votes3 100 9]",
		"SELECT documents, with_box, without_box, elections, with_contest, contests, rejected_contests FROM sources": "" +
			"[3 1 2 1 2 3 0]",
		"SELECT page_title, state, elections FROM pages ORDER BY page_id": "" +
			"[2022 Hill Council election without_box 0][1998 Testland general election read 1]",
		"SELECT count(*) FROM rejects": "[0]",
	} {
		got := ""
		for _, row := range duckdbtest.QueryRows(t, db, query) {
			got += fmt.Sprint(row)
		}
		if got != want {
			t.Errorf("%s\ngives    %s\nexpected %s", query, got, want)
		}
	}
}

// TestContestsOnlyIfAsked expects that without its key a pipeline reads no table of results.
func TestContestsOnlyIfAsked(t *testing.T) {
	outcome, output := mustRun(t, contestsPipeline(t, ""), Options{})
	db, err := sql.Open("duckdb", filepath.Join(output, "elections.duckdb")+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows := fmt.Sprint(duckdbtest.QueryRows(t, db, "SELECT (SELECT count(*) FROM contests), count(*) FROM pages"))
	if rows != "[[0 1]]" || outcome.Rejects > 0 {
		t.Errorf("contests and pages: %s, %d rejects", rows, outcome.Rejects)
	}
}

// TestContestsOfAPageTwice expects that the contests of a page are loaded once.
func TestContestsOfAPageTwice(t *testing.T) {
	p := contestsPipeline(t, "contests: true\n")
	p.Allow = Allowance{Rejects: 9}
	p.Sources = append(p.Sources, p.Sources[0])
	p.Sources[1].Name, p.Sources[1].Expect = "again", []Expectation{}
	var rejects []string
	contests := 0
	mustRun(t, p, Options{Each: func(r schemas.Record) {
		if r.Reject != nil {
			rejects = append(rejects, r.Reject.Unit+" "+r.Reject.Reason+" "+strings.SplitN(r.Reject.Detail, " ", 2)[0])
		}
		if r.Contest != nil {
			contests++
		}
	}})
	want := "[contest duplicate enwiki:7#c1 box duplicate enwiki:8#1 contest duplicate enwiki:8#c1]"
	if got := fmt.Sprint(rejects); got != want || contests != 3 {
		t.Errorf("%d contests, rejected %s, expected 3 and %s", contests, got, want)
	}
}
