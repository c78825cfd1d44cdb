package wikipage

import (
	"fmt"
	"strings"
	"testing"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// readResultsText reads a page with its tables of results.
func readResultsText(t *testing.T, text string) *schemas.Document {
	t.Helper()
	d, err := extracttest.DecodeText(text)
	if err != nil {
		t.Skip(err)
	}
	NewReader(boxnames.Known(), Options{Contests: true}).Read(d)
	return d
}

// outlineOfBlocks writes the tables of a page: family, headings, how each ends, and its templates with their fields.
func outlineOfBlocks(d *schemas.Document) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		fmt.Fprintf(&b, "%d %s [%s]", block.Ordinal, block.Family, strings.Join(block.Section, " > "))
		if block.Ending != "" {
			fmt.Fprintf(&b, " (%s)", block.Ending)
		}
		for _, call := range block.Calls {
			fmt.Fprintf(&b, " / %s", strings.TrimPrefix(call.Template, block.Family+" "))
			for _, f := range call.Fields {
				fmt.Fprintf(&b, " %s=%s", f.Key, f.Text)
			}
			if len(call.Defects) > 0 {
				b.WriteString(" !")
			}
		}
		b.WriteString("\n")
	}
	for _, c := range d.UnreadTables {
		fmt.Fprintf(&b, "unread %s\n", c.Name)
	}
	return b.String()
}

const (
	openBox  = "{{Election box begin|title=T}}\n"
	boxRow   = "{{Election box candidate|candidate=A|votes=1}}\n"
	closeBox = "{{Election box end}}\n"
)

// resultsCases are pages with tables of results, and what is found on them.
var resultsCases = []struct{ name, text, want string }{
	{"one call", "==Results==\n{{Election results|party1=[[A (party)|A]]|votes1=12{{efn|x}}}}",
		"1 Election results [Results] / Election results party1=A votes1=12\n"},
	{"any case and blanks", "{{election_results\n|party1=A}}{{Template:Election  Results|party1=B}}",
		"1 Election results [] / Election results party1=A\n2 Election results [] / Election Results party1=B\n"},
	{"headings", "==A==\n===B [[C|D]]===\n" + openBox + boxRow + closeBox +
		"=== ''E'' === <!-- x -->\n" + openBox + closeBox + "==F<ref>x</ref>==\n" + openBox + closeBox,
		"1 Election box [A > B D] / begin title=T / candidate candidate=A votes=1\n" +
			"2 Election box [A > E] / begin title=T\n3 Election box [F] / begin title=T\n"},
	{"no heading", "a == b ==\n<nowiki>\n==N==\n</nowiki>\n<!--\n==C==\n-->" + openBox + closeBox,
		"1 Election box [] / begin title=T\n"},
	{"heading behind a comment", "<!-- x -->==A==\n" + openBox + closeBox, "1 Election box [A] / begin title=T\n"},
	{"closed by the mark of a table", openBox + boxRow + "\n  |}\n" + boxRow,
		"1 Election box [] / begin title=T / candidate candidate=A votes=1\nunread Election box candidate\n"},
	{"closed by End", "{{Election Summary Begin|title=S}}{{Election Summary Party|party=A}}{{end}}" + boxRow,
		"1 Election summary [] / Election Summary Begin title=S / Election Summary Party party=A\n" +
			"unread Election box candidate\n"},
	{"not closed before a heading", openBox + boxRow + "==X==\n" + boxRow,
		"1 Election box [] (heading) / begin title=T / candidate candidate=A votes=1\nunread Election box candidate\n"},
	{"not closed before the next", openBox + boxRow + openBox + closeBox,
		"1 Election box [] (table) / begin title=T / candidate candidate=A votes=1\n2 Election box [] / begin " +
			"title=T\n"},
	{"not closed before the end", openBox + boxRow,
		"1 Election box [] (page) / begin title=T / candidate candidate=A votes=1\n"},
	{"a reference between", "{{Election box begin|title=T}} <ref>{{cite web|title=x}}</ref>\n" + boxRow + closeBox,
		"1 Election box [] / begin title=T / candidate candidate=A votes=1\n"},
	{"an empty positional parameter", openBox + "{{Election box candidate with party link||party=P|\n|" +
		"votes=2}}" + closeBox,
		"1 Election box [] / begin title=T / candidate with party link party=P votes=2\n"},
	{"folded up", "{{hidden|Results|" + openBox + boxRow + closeBox + "}}\n" + openBox + closeBox,
		"1 Election box [] / begin title=T / candidate candidate=A votes=1\n2 Election box [] / begin title=T\n"},
	{"a branch that is not shown", "{{#if:|{{Election results|party1=A}}|{{Election results|party1=B}}}}",
		"1 Election results [] / Election results party1=B\n"},
	{"in tags", "<onlyinclude><section begin=R />{{Election results|party1=A}}<section end=R /></onlyinclude>",
		"1 Election results [] / Election results party1=A\n"},
	{"hidden", "<!-- {{Election results|party1=A}} --><nowiki>{{Election results|party1=B}}</nowiki>", ""},
	{"a row in a comment", openBox + "{{Election box candidate|candidate=A <!-- {{Election box candidate}} " +
		"-->|votes=1}}" + closeBox,
		"1 Election box [] / begin title=T / candidate candidate=A votes=1\n"},
	{"a row that is not closed", openBox + "{{Election box candidate|candidate=A|votes=7}\n" + boxRow + closeBox,
		"1 Election box [] / begin title=T / candidate candidate=A votes=7} ! / candidate candidate=A votes=1\n"},
	{"other families", "{{STV Election box begin2|title=x}}{{Compact election box}}{{Election " +
		"table}}{{Election boxes}}",
		"unread STV Election box begin2\nunread Compact election box\n"},
	{"beside a box", "{{Infobox election|country=A}}\n'''B'''\n==R==\n{{Election results|party1=A}}",
		"1 Election results [R] / Election results party1=A\n"},
}

// TestResults expects each table of results with its headings and its templates.
func TestResults(t *testing.T) {
	for _, c := range resultsCases {
		t.Run(c.name, func(t *testing.T) {
			d := readResultsText(t, c.text)
			holdsBlockLaws(t, d)
			if got := outlineOfBlocks(d); got != c.want {
				t.Errorf("%s\ngives\n%sexpected\n%s", c.text, got, c.want)
			}
			if len(d.Rejects) > 0 {
				t.Errorf("rejected: %+v", d.Rejects)
			}
		})
	}
}

// TestResultsOnlyIfAsked expects that no table is read unless it is asked for.
func TestResultsOnlyIfAsked(t *testing.T) {
	d, err := readText("{{Infobox election|country=A}}{{Election results|party1=A}}")
	if err != nil || len(d.Blocks) > 0 || len(d.Boxes) != 1 {
		t.Errorf("%v: %d tables, %d boxes", err, len(d.Blocks), len(d.Boxes))
	}
}

// holdsBlockLaws holds that tables are in order and that every field has its place in the document.
func holdsBlockLaws(t *testing.T, d *schemas.Document) {
	t.Helper()
	last := -1
	for _, b := range d.Blocks {
		if b.Offset <= last || b.End < b.Offset || b.End > len(d.Text) {
			t.Fatalf("table %d is from %d to %d, the one before begins at %d", b.Ordinal, b.Offset, b.End, last)
		}
		last = b.Offset
		extracttest.HoldsPlace(t, d.Text, "table", "{{", b.Offset, b.Line)
		for _, call := range b.Calls {
			extracttest.HoldsPlace(t, d.Text, "template", "{{", call.Offset, call.Line)
			for _, f := range call.Fields {
				extracttest.HoldsPlace(t, d.Text, "field "+f.Key, f.Raw, f.Offset, f.Line)
			}
		}
	}
}

// FuzzResults holds the laws of tables of results on any text.
func FuzzResults(f *testing.F) {
	for _, c := range resultsCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := readResultsText(t, s)
		holdsBlockLaws(t, d)
	})
}

// TestResultsHostile holds that tables of results are read in a time in proportion to the page.
func TestResultsHostile(t *testing.T) {
	for name, unit := range map[string]string{
		"rows": boxRow, "tables": openBox + boxRow + closeBox, "open rows": "{{Election box candidate|votes=",
		"open tables": openBox, "names": "{{Election box ", "headings": "\n==A==", "headings and " +
			"tables": "\n==A==\n" + openBox,
		"comments in headings": "<!-- a -->", "signs": "=", "open names in comments": "<!--{{Election results|",
		"numbered": "|votes1=2", "closings": "\n|}", "calls": "{{Election results|party1=A|votes1=2}}",
		"open calls": "{{Election results|party1=", "folded": "{{hidden|" + openBox,
	} {
		t.Run(name, func(t *testing.T) {
			schemastest.HoldsGrowth(t, func(n int) func() {
				long := strings.Repeat(unit, n/len(unit))
				pages := []string{openBox + long, "==" + long, "{{Election results|party1=A" + long + "}}"}
				return func() {
					for _, page := range pages {
						d := &schemas.Document{URI: "x", Text: page, Format: "wikitext"}
						NewReader(boxnames.Known(), Options{Contests: true}).Read(d)
					}
				}
			})
		})
	}
}
