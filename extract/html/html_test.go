package html

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

func formatLink(page string) string {
	if page == "" {
		return ""
	}
	return " → " + page
}

// outlineFields writes what boxes say, one line per field: the parameter, its number, the text.
func outlineFields(d *schemas.Document) string {
	var s strings.Builder
	for _, b := range d.Boxes {
		fmt.Fprintf(&s, "box %d in %d: %s\n", b.Box, b.Parent, b.Template)
		for _, f := range b.Fields {
			name := f.Name
			if f.Position > 0 {
				name += "/" + strconv.Itoa(f.Position)
			}
			fmt.Fprintf(&s, "  %s = %s\n", name, f.Text)
		}
	}
	for _, b := range d.Boxes {
		for _, defect := range b.Defects {
			fmt.Fprintln(&s, defect.Message)
		}
	}
	for _, r := range d.Rejects {
		fmt.Fprintf(&s, "rejected %s: %s, line %d\n", r.Unit, r.Reason, r.Line)
	}
	return s.String()
}

func TestHTMLGoldens(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) < 7 {
		t.Fatalf("%d pages, expected 7: %v", len(pages), err)
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			content, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			d := &schemas.Document{URI: page, Text: string(content)}
			if !Matches(d.Text) {
				t.Fatal("this is not taken for a page of HTML")
			}
			Read(d)
			var s strings.Builder
			id := func(n *int64) string {
				if n == nil {
					return "none"
				}
				return fmt.Sprint(*n)
			}
			fmt.Fprintf(&s, "title %s\nwiki %s, language %s, address %s, page %s, revision %s, item %s\n",
				d.Title, d.Wiki, d.Lang, d.PageURL, id(d.PageID), id(d.RevisionID), d.WikidataQID)
			s.WriteString(outlineFields(d))
			for _, b := range d.Boxes {
				for _, f := range b.Fields {
					fmt.Fprintf(&s, "%d %s %d at %d:%d %s%s\n",
						b.Box, f.Key, f.Position, f.Line, f.Offset, f.Path, formatLink(f.Page))
				}
			}
			for _, p := range d.Prose {
				fmt.Fprintf(&s, "prose %s\n", p.Text)
			}
			golden := page + ".golden"
			if os.Getenv("UPDATE_GOLDEN") == "1" {
				if err := os.WriteFile(golden, []byte(s.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), s.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestIsHTML(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"a page", "<!DOCTYPE html>\n<html><body></body></html>", true},
		{"a page after a byte order mark and a comment", "\uFEFF\n<!-- saved -->\n<HTML lang=en>", true},
		{"XHTML", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">`, true},
		{"the article alone", `<div class="mw-parser-output"><p>x</p></div>`, true},
		{"a table first", "<!-- x -->\n<table class=\"infobox vevent\"><tr><td>1</td></tr></table>", true},
		{"a page that quotes wikitext", "<html><p>{{Infobox election}}</p></html>", true},
		{"a box with data of Parsoid", `<table class="infobox" data-mw='{"wt":"{{increase}}"}'>`, true},
		{"wikitext", "{{Infobox election\n| country = x\n}}", false},
		{"wikitext that begins with an element", "<div>{{Infobox election}}</div>", false},
		{"wikitext that begins with a comment", "<!-- x -->{{Infobox election}}", false},
		{
			"wikitext with a table of HTML", "<div>\n<table class=\"infobox\"></table>\n{{Infobox election}}</div>",
			false,
		},
		{"wikitext that includes nothing", "<noinclude>{{Infobox election}}</noinclude>", false},
		{"wikitext with links alone", "<center>see [[this]]</center>", false},
		{"the plain form", "= T =\n\nInfobox\n- Country: <b>x</b>\n", false},
		{"a dump", "<mediawiki xmlns=\"x\"><page><title>T</title></page></mediawiki>", false},
		{"text with an element", "In 2007 <b>elections</b> were held.", false},
		{"less than", "< 5", false},
		{"nothing", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Matches(test.text); got != test.want {
				t.Errorf("Matches(%q) = %v", test.text, got)
			}
		})
	}
}

// columnsBox is a box of 2014 with contenders in columns; rows are its rows.
func columnsBox(rows string) string {
	return `<table class="infobox vevent"><caption class="summary">E</caption>
<tr><td colspan="4"><table><tr><td>2001 ←</td><td><b>3 May 2005</b></td><td>→ 2009</td></tr></table></td></tr>
<tr><td colspan="4"><table>` + rows + `</table></td></tr></table>`
}

const (
	blockHead = "  election_name = E\n  previous_election = 2001\n  election_date = 3 May 2005\n" +
		"  next_election = 2009\n"
	legislativeHead = "box 1 in 0: Infobox legislative election\n  election_name = E\n"
)

func TestHTMLBlocks(t *testing.T) {
	for _, test := range []struct{ name, rows, want string }{
		{
			"columns transposed",
			`<tr><th></th><th>First party</th><th>Second party</th></tr>
			<tr><td>&nbsp;</td><td style="border-bottom: 6px solid #AABBCC"></td>
				<td style="border-bottom:6px solid blue"></td></tr>
			<tr><th>Leader</th><td>A</td><td>B</td></tr><tr><th>Party</th><td>P</td><td>Q</td></tr>
			<tr><th>Seats&nbsp;won</th><td>5</td><td>4</td></tr>`,
			"  colour/1 = #AABBCC\n  colour/2 = blue\n  leader/1 = A\n  leader/2 = B\n  party/1 = P\n" +
				"  party/2 = Q\n  seats/1 = 5\n  seats/2 = 4\n",
		},
		{
			"numbers continue from block to block, whatever room there is",
			`<tr><td></td><td style="border-bottom:1px solid red"></td><td style="border-bottom:1px solid red"></td>
				<td></td></tr>
			<tr><th>Nominee</th><td>A</td><td>B</td><td></td></tr>
				<tr><th>Percentage</th><td>1%</td><td>2%</td><td></td></tr>
			<tr><td colspan="4"><hr></td></tr>
			<tr><th></th><td style="border-bottom:1px solid tan"></td><td></td></tr>
			<tr><th>Nominee</th><td>C</td></tr><tr><th>Percentage</th><td>3%</td></tr>`,
			"  colour/1 = red\n  colour/2 = red\n  nominee/1 = A\n  nominee/2 = B\n  percentage/1 = 1%\n" +
				"  percentage/2 = 2%\n  colour/3 = tan\n  nominee/3 = C\n  percentage/3 = 3%\n",
		},
		{
			"a block without a row of colours begins where the labels do",
			`<tr><th>Nominee</th><td>A</td></tr><tr><th>Popular vote</th><td>5</td></tr><tr><th>Nominee</th>` +
				`<td>B</td></tr><tr><th>Popular vote</th><td>4</td></tr>`,
			"  nominee/1 = A\n  popular_vote/1 = 5\n  nominee/2 = B\n  popular_vote/2 = 4\n",
		},
		{
			"a row ends before the last contender",
			`<tr><th></th><th>First party</th><th>Second party</th><th>Third party</th></tr>
			<tr><th>Party</th><td>P</td><td>Q</td><td>R</td></tr><tr><th>Leader’s seat</th><td>X</td><td></td></tr>
				<tr><th>Swing</th><td>1</td><td>2</td><td>3</td></tr>`,
			"  party/1 = P\n  party/2 = Q\n  party/3 = R\n  leaders_seat/1 = X\n  swing/1 = 1\n  swing/2 = 2\n" +
				"  swing/3 = 3\n",
		},
		{
			"a row that the editors added, and votes of another name",
			`<tr><th></th><th>First party</th><th>Second party</th></tr><tr><th>Party</th><td>P</td><td>Q</td></tr>
			<tr><th>TPP</th><td>51%</td><td>49%</td></tr><tr><th>First-preference vote</th><td>5</td><td>4</td></tr>`,
			"  party/1 = P\n  party/2 = Q\n  1blank = TPP\n  1data/1 = 51%\n  1data/2 = 49%\n" +
				"  popular_vote/1 = 5\n  popular_vote/2 = 4\n",
		},
		{
			"the popular vote is not the other vote",
			`<tr><th></th><th>First party</th></tr><tr><th>Party</th><td>P</td></tr><tr><th>Final vote</th>` +
				`<td>9</td></tr><tr><th>Popular vote</th><td>5</td></tr>`,
			"  party/1 = P\n  1blank = Final vote\n  1data/1 = 9\n  popular_vote/1 = 5\n",
		},
		{
			"seats, majority and turnout above the contenders",
			`<tr><th colspan="4"><small>35 of the 96 seats in the <a>Senate</a></small><br>
			<small>49 seats needed for a majority</small></th></tr>
			<tr><th>Turnout</th><td colspan="3">71.2%</td></tr>
			<tr><th>Party</th><td>P</td></tr><tr><th>Percentage</th><td>5</td></tr>`,
			"  seats_for_election = 35 of the 96 seats in the Senate\n  majority_seats = 49\n  turnout = 71.2%\n" +
				"  party/1 = P\n  percentage/1 = 5\n",
		},
		{
			"electors are no seats",
			`<tr><th colspan="4">All 538 electoral votes of the Electoral College<br>` +
				`270 electoral votes needed to win</th></tr><tr><th>Nominee</th><td>A</td><td>B</td></tr><tr>` +
				`<th>Electoral vote</th><td>300</td><td>238</td></tr>`,
			"  votes_for_election = All 538 electoral votes of the Electoral College\n" +
				"  needed_votes = 270 electoral votes needed to win\n  nominee/1 = A\n  nominee/2 = B\n" +
				"  electoral_vote/1 = 300\n  electoral_vote/2 = 238\n",
		},
		{
			"a broken cell shows its attributes, and its colour with them",
			`<tr><td></td><td>style="text-align: center; border-bottom: 6px solid<ol><li>FF4D33"| x</li></ol></td>
				<td style="border-bottom:6px solid #0f0"></td></tr>
			<tr><th>Nominee</th><td>A</td><td>B</td></tr><tr><th>Percentage</th><td>1</td><td>2</td></tr>`,
			"  colour/1 = #FF4D33\n  colour/2 = #0f0\n  nominee/1 = A\n  nominee/2 = B\n  percentage/1 = 1\n" +
				"  percentage/2 = 2\n",
		},
		{
			"an office, whose names have brackets below",
			`<tr><th>Party</th><td>P</td></tr><tr><th>Percentage</th><td>5</td></tr></table></td></tr>
			<tr><td colspan="4"><hr><table>
				<tr><td><b><a>Chief Minister</a> before election</b><br><p>A<br>(acting)<br>P</p></td>
				<td><b>Chief Minister</b><br><p>B<br>Q<br>(minority)</p></td></tr></table>
			<table>`,
			"  party/1 = P\n  percentage/1 = 5\n  title = Chief Minister\n  before_election = A (acting)\n" +
				"  before_party = P\n  after_election = B\n  after_party = Q (minority)\n",
		},
		{
			"a cell that spans two rows",
			`<tr><td></td><td style="border-bottom:1px solid red"></td><td style="border-bottom:1px solid tan"></td></tr>
			<tr><th>Leader</th><td rowspan="2">A</td><td>B</td></tr><tr><th>Party</th><td>Q</td></tr>
			<tr><th>Seats won</th><td>5</td><td>4</td></tr>`,
			"  colour/1 = red\n  colour/2 = tan\n  leader/1 = A\n  leader/2 = B\n  party/2 = Q\n  seats/1 = 5\n  seats/2 = 4\n" +
				"a cell spans several rows: what it says was read in the first of them only\n",
		},
		{
			"an office that nobody held before",
			`<tr><th>Party</th><td>P</td></tr><tr><th>Percentage</th><td>5</td></tr></table></td></tr>
			<tr><td colspan="4"><table><tr><td></td><td><b>Elected President</b><br><p>B</p></td></tr></table><table>`,
			"  party/1 = P\n  percentage/1 = 5\n  title = President\n  after_election = B\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := "box 1 in 0: Infobox election\n" + blockHead + test.want
			if diff := cmp.Diff(want, outlineFields(readHTMLText(columnsBox(test.rows)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHTMLResults(t *testing.T) {
	box := func(rows string) string {
		return `<table class="infobox vevent ib-legis-elect"><caption>E</caption><tr><td>` +
			`<table class="wikitable ib-legis-elect-results">` + rows + `</table></td></tr></table>`
	}
	for _, test := range []struct{ name, rows, want string }{
		{
			"columns in another order and of other names",
			`<tr><th>Seats</th><th>±</th><th colspan="2">Party</th><th>Vote %</th></tr><tr><td>5</td><td>−2</td>` +
				`<td style="background:#abc"></td><td>P</td><td>9.1</td></tr>`,
			"  seats/1 = 5\n  seat_change/1 = −2\n  party/1 = P\n  percentage/1 = 9.1\n  colour/1 = #abc\n",
		},
		{
			"no leader, no share; a new party",
			`<tr><th colspan="2">Party</th><th>Seats</th><th>+/–</th></tr><tr><td bgcolor="red"></td><td>P</td>` +
				`<td>5</td><td>New</td></tr><tr><td></td><td>Q</td><td>4</td><td>0</td></tr>`,
			"  party/1 = P\n  seats/1 = 5\n  last_election/1 = New\n  colour/1 = red\n  party/2 = Q\n" +
				"  seats/2 = 4\n  seat_change/2 = 0\n",
		},
		{
			"a leader of two parties",
			`<tr><th colspan="2">Party</th><th>Leader</th><th>%</th><th>Seats</th></tr><tr><td style="background:#abc"></td>` +
				`<td>P</td><td rowspan="2">A</td><td>60</td><td>5</td></tr><tr><td style="background:#def"></td><td>Q</td><td>` +
				`40</td><td>4</td></tr>`,
			"  party/1 = P\n  leader/1 = A\n  percentage/1 = 60\n  seats/1 = 5\n  colour/1 = #abc\n  party/2 = Q\n  " +
				"percentage/2 = 40\n  seats/2 = 4\n  leader/2 = A\n  colour/2 = #def\n",
		},
		{
			"a share of two parties belongs to neither alone",
			`<tr><th>Party</th><th>%</th><th>Seats</th></tr><tr><td>P</td><td rowspan="2">60</td><td>5</td></tr><tr><td>` +
				`Q</td><td>4</td></tr><tr><td>R</td><td>40</td><td>3</td></tr>`,
			"  party/1 = P\n  percentage/1 = 60\n  seats/1 = 5\n  party/2 = Q\n  seats/2 = 4\n  party/3 = R\n  percentage/3 " +
				"= 40\n  seats/3 = 3\n" +
				"a cell spans several rows: what it says was read in the first of them only\n",
		},
		{
			"headings in two rows",
			`<tr><th rowspan="2">Party</th><th rowspan="2">Leader</th><th colspan="2">Result</th></tr><tr><th>%</th><th>` +
				`Seats</th></tr><tr><td>P</td><td>A</td><td>60</td><td>5</td></tr>`,
			"  party/1 = P\n  leader/1 = A\n  percentage/1 = 60\n  seats/1 = 5\n",
		},
		{
			"a party with a second leader below the first",
			`<tr><th>Party</th><th>Leader</th><th>Seats</th></tr><tr><td rowspan="2">P</td><td>A</td><td rowspan="0">5</td>` +
				`</tr><tr><td>B</td></tr>`,
			"  party/1 = P\n  leader/1 = A\n  seats/1 = 5\n  leader/1 = B\n" +
				"a cell spans several rows: what it says was read in the first of them only\n",
		},
		{
			"a cell that is invisible keeps its place, one that is not shown has none",
			`<tr><th>Party</th><th>%</th><th>Seats</th></tr><tr><td>P</td><td style="visibility:hidden">60</td><td>5</td>` +
				`</tr><tr><td>Q</td><td style="display:none">1</td><td>40</td><td>4</td></tr>`,
			"  party/1 = P\n  seats/1 = 5\n  party/2 = Q\n  percentage/2 = 40\n  seats/2 = 4\n",
		},
		{
			"headings, a remark and a row of nothing",
			`<tr><th colspan="2">Party</th><th>%</th><th>Seats</th></tr><tr><th colspan="4">Faroe Islands</th></tr>
				<tr><td></td><td>P</td><td>1</td><td>5</td></tr>
			<tr><td></td><td></td><td></td><td></td></tr><tr><th colspan="4">Greenland</th></tr>
				<tr><td></td><td>Q</td><td>2</td><td>4</td></tr>
			<tr><td colspan="4">This lists parties that won seats. See the complete results below.</td></tr>`,
			"  heading/1 = Faroe Islands\n  party/1 = P\n  percentage/1 = 1\n  seats/1 = 5\n" +
				"  heading/2 = Greenland\n  party/2 = Q\n  percentage/2 = 2\n  seats/2 = 4\n",
		},
		{
			"a title for the seats that is none of the known",
			`<tr><th colspan="2">Party</th><th>%</th><th>Riksdag</th></tr><tr><td></td><td>P</td><td>30.5</td>` +
				`<td>107</td></tr>`,
			"  party/1 = P\n  percentage/1 = 30.5\n  seats/1 = 107\n",
		},
		{
			"the heading does not count the cell of the colour; the row has the colour",
			`<tr><th>Party</th><th>Seats</th></tr><tr style="background-color:teal"><td></td><td>P</td><td>5</td></tr>`,
			"  party/1 = P\n  seats/1 = 5\n  colour/1 = teal\n",
		},
		{
			"names over lines, footnotes, hidden text",
			`<tr><th colspan="2">Party</th><th>Leader</th><th>%</th><th>Seats</th></tr><tr><td></td>` +
				`<td><a>One<br>Two</a><sup class="reference">[3]</sup></td><td>A<br/>B</td>` +
				`<td>5<span style="display: none">x</span><style>.a{}</style></td>` +
				`<td><b>5</b><sup class="reference">[a]</sup></td></tr>`,
			"  party/1 = One Two\n  leader/1 = A B\n  percentage/1 = 5\n  seats/1 = 5\n",
		},
		{
			"end tags left out",
			`<tr><th colspan=2>Party<th>Seats<tr><td><td>P<td>5<tr><td><td>Q<td>4`,
			"  party/1 = P\n  seats/1 = 5\n  party/2 = Q\n  seats/2 = 4\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(legislativeHead+test.want, outlineFields(readHTMLText(box(test.rows)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHTMLText(t *testing.T) {
	for _, test := range []struct{ name, cell, want string }{
		{"white space and entities", "a&nbsp;&amp;\n  b", "a & b"},
		{"a break is a space", "a<br>b<br/>c", "a b c"},
		{"blocks are apart", "<p>a</p><div>b</div><ul><li>c</li><li>d</li></ul>", "a b c d"},
		{
			"footnotes are dropped",
			`5<sup class="reference">[1]</sup> of 6<sup class="noprint Inline-Template">[citation needed]</sup>`,
			"5 of 6",
		},
		{"marks that editors write", `72<sup>a</sup> A<sup><a href="#n">[b]</a></sup> B<sup>*</sup>`, "72 A B"},
		{"raised figures", `50<sup>2</sup> 51<sup><a href="#n">[3]</a></sup> 52<sup>a, b</sup> 4<sup>th</sup>`,
			"50 51 52 4th"},
		{"struck out", `<del>49</del><ins>50</ins> <s>A</s> <strike>B</strike>` +
			` <span style="text-decoration: line-through">C</span> D`, "50 D"},
		{"struck inside a figure", "5<s>1</s>0", "5 0"},
		{"invisible", `<span style="visibility:hidden;color:transparent">0</span>45.1 <span hidden>9</span>` +
			`<span class="sortkey">8</span>`, "45.1"},
		{"what is not printed",
			`<span class="noprint">A</span> <span class="nomobile">B</span> <sup class="noprint">C d</sup>`, "A B C d"},
		{"what no reader sees", `<span class="sr-only">A</span>5<span class="cs1-maint">B</span>`, "5"},
		{"the remark of an editor", `5<sup class="noprint Inline-Template">[<i>a long remark</i>]</sup>`, "5"},
		{"a link to other languages", `Ann<span class="noprint">&#160;[<a class="extiw" href="x">fr</a>; ` +
			`<a href="y">zh-min-nan</a>]</span>`, "Ann"},
		{"a link to another language of old", `Ann<span class="noprint">&#160;(<a href="x">fr</a>)</span>`, "Ann"},
		{"marks that are not raised", `A<a href="#n">*</a> B<a href="#m">[1]</a> <a href="#x">C</a> <a href="/wiki/D">†</a>`,
			"A B C †"},
		{"other raised text is kept", "x<sup>abc</sup> 21<sup>st</sup>", "xabc 21st"},
		{"hidden text", `<span style="display:none">07</span>7 May<span style="DISPLAY : NONE;">x</span>`, "7 May"},
		{"an increase", `<span title="Increase"><img alt="Increase"></span> 8`, "+8"},
		{"a decrease by its title", `<span title="Decrease"><img alt=""></span>&#160;4.3%`, "−4.3%"},
		{"a rise that is bad", `<img alt="Negative increase"> 5`, "+5"},
		{"steady with its zero", `<img alt="Steady">0`, "±0"},
		{"steady alone", `<img alt="Steady">`, "±0"},
		{"in brackets", `37% (<img alt="Decrease"> 14.61 pp)`, "37% (−14.61 pp)"},
		{"a sign that the page writes stays", "a + 5 ± b", "a + 5 ± b"},
		{"another image", `<img alt="Logo.svg">x`, "x"},
		{"links by their label", `<a href="/wiki/X" title="X (party)">Y</a>`, "Y"},
		{"scripts and styles", "<style>a{}</style>x<script>y</script>", "x"},
		{"wbr", "a<wbr>b", "ab"},
		{"a comment", "a<!-- b -->c", "ac"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readHTMLText(extracttest.LegislativeTable("E", "<tr><td></td><td>"+test.cell+"</td><td>1</td></tr>"))
			got := ""
			for _, f := range d.Boxes[0].Fields {
				if f.Name == "party" {
					got = f.Text
				}
			}
			if got != test.want {
				t.Errorf("%q reads %q, expected %q", test.cell, got, test.want)
			}
		})
	}
}

func TestHTMLFlags(t *testing.T) {
	for _, test := range []struct{ name, cell, want string }{
		{
			"by the alternative text",
			`<span class="flagicon"><a href="/wiki/Georgia_(country)" title="Georgia (country)">` +
				`<img alt="Georgia"></a></span>`,
			"Georgia",
		},
		{"by the link", `<a href="/wiki/Chile" title="Chile"><img alt=""></a>`, "Chile"},
		{"a file's name is none", `<a href="/wiki/Chile" title="Chile"><img alt="Flag of Chile.svg"></a>`, "Chile"},
		{
			"a picture that links to its file",
			`<a href="/wiki/File:Logo.svg" class="mw-file-description"><img alt="Logo"></a>`, "",
		},
		{
			"the second where the first is a picture",
			`<a class="image"><img alt="Logo"></a><a href="/wiki/Peru" title="Peru"><img alt="Peru"></a>`, "Peru",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readHTMLText(`<table class="infobox"><caption>E</caption><tr><td>` + test.cell + `</td></tr>
<tr><th>Nominee</th><td>A</td></tr><tr><th>Percentage</th><td>5%</td></tr></table>`)
			got := ""
			for _, f := range d.Boxes[0].Fields {
				if f.Name == "country" {
					got = f.Text
				}
			}
			if got != test.want {
				t.Errorf("the country is %q, expected %q", got, test.want)
			}
		})
	}
}

func TestHTMLHead(t *testing.T) {
	for _, test := range []struct{ name, row, want string }{
		{
			"neighbours with members below",
			`<td><a>2001</a> ←<br>members</td><td><b>3 May 2005</b><br>members</td><td>→ <a>2009</a><br>members</td>`,
			"  previous_election = 2001\n  election_date = 3 May 2005\n  next_election = 2009\n",
		},
		{
			"arrows first and last", `<td>← 2001</td><td>3 May 2005</td><td>2009 →</td>`,
			"  previous_election = 2001\n  election_date = 3 May 2005\n  next_election = 2009\n",
		},
		{
			"an arrow on a line of its own", `<td>←<br>2001</td><td>3 May 2005</td><td></td>`,
			"  previous_election = 2001\n  election_date = 3 May 2005\n",
		},
		{
			"a label over two lines", `<td>Spring<br>2001 ←</td><td>3 May 2005</td><td></td>`,
			"  previous_election = Spring 2001\n  election_date = 3 May 2005\n",
		},
		{"no neighbours", `<td></td><td><b>3 May 2005</b></td><td></td>`, "  election_date = 3 May 2005\n"},
		{
			"two days", `<td>2001 ←</td><td><b>3 May 2005<br>10 May 2005</b></td><td></td>`,
			"  previous_election = 2001\n  election_date = 3 May 2005 10 May 2005\n",
		},
		{
			"in elements of one cell", `<td><div>← 2001</div><div>3 May 2005</div><div>2009 →</div></td>`,
			"  previous_election = 2001\n  election_date = 3 May 2005\n  next_election = 2009\n",
		},
		{
			"in one cell without elements", `<td>← 2001 3 May 2005 2009 →</td>`,
			"  previous_election = 2001\n  election_date = 3 May 2005\n  next_election = 2009\n",
		},
		{"a date alone", `<td colspan="2">3 May 2005</td>`, "  election_date = 3 May 2005\n"},
		{
			"seats and majority in one phrase",
			`<th colspan="4">All 120 seats in the Knesset, 61 needed for a majority</th>`,
			"  seats_for_election = All 120 seats in the Knesset\n  majority_seats = 61\n",
		},
		{
			"a majority of all", `<th colspan="4">61 of the 120 seats needed for a majority</th>`,
			"  majority_seats = 61\n",
		},
		{
			"a majority after its word", `<th colspan="4">All 9 seats<br>Majority: 5</th>`,
			"  seats_for_election = All 9 seats\n  majority_seats = 5\n",
		},
		{
			"a larger majority is another",
			`<th colspan="4">All 9 seats<br>6 seats needed for a two-thirds majority</th>`,
			"  seats_for_election = All 9 seats 6 seats needed for a two-thirds majority\n",
		},
		{"governors", `<th colspan="4">36 governorships</th>`, "  seats_for_election = 36 governorships\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readHTMLText(`<table class="infobox"><caption>E</caption><tr>` + test.row +
				`</tr><tr><th>Nominee</th><td>A</td></tr><tr><th>Percentage</th><td>5%</td></tr></table>`)
			want := "box 1 in 0: Infobox election\n  election_name = E\n" + test.want +
				"  nominee/1 = A\n  percentage/1 = 5%\n"
			if diff := cmp.Diff(want, outlineFields(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHTMLBoxesThatAreNone(t *testing.T) {
	box := extracttest.LegislativeTable("E", "<tr><td></td><td>P</td><td>5</td></tr>")
	for _, test := range []struct{ name, page, want string }{
		{"no box", "<html><p>x</p></html>", ""},
		{
			"a table of results that is in no box",
			`<table class="wikitable"><tr><th colspan="2">Party</th><th>Seats</th></tr><tr><td></td><td>P</td>` +
				`<td>5</td></tr></table>`,
			"",
		},
		{
			"an event with neighbours",
			`<table class="infobox vevent"><caption>Games</caption><tr><td>← 2001</td><td>3 May 2005</td>` +
				`<td>2009 →</td></tr><tr><th>Nations</th><td>5</td></tr></table>`,
			"",
		},
		{
			"an election without contenders",
			`<table class="infobox vevent"><caption>E</caption><tr><td>← 2001</td><td>3 May 2005</td>` +
				`<td></td></tr><tr><th colspan="4">All 9 seats</th></tr></table>`,
			"box 1 in 0: Infobox election\n  election_name = E\n  previous_election = 2001\n" +
				"  election_date = 3 May 2005\n  seats_for_election = All 9 seats\n",
		},
		{
			"an election to come, with a map and what its colours mean",
			`<table class="infobox vevent"><caption>E</caption><tr><td>← 2001</td><td>3 May 2005</td>` +
				`<td></td></tr><tr><th colspan="4">4 of the 9 seats<br>5 seats needed for a majority</th></tr>` +
				`<tr><td colspan="4"><a class="image" href="/wiki/File:M.svg"><img alt="M.svg"></a></td></tr>` +
				`<tr><td colspan="4"><b>Seats up for election:</b><table><tr>` +
				`<td><div>Held by 3 members</div></td></tr></table></td></tr></table>`,
			"box 1 in 0: Infobox election\n  election_name = E\n  previous_election = 2001\n" +
				"  election_date = 3 May 2005\n  seats_for_election = 4 of the 9 seats\n  majority_seats = 5\n",
		},
		{
			"a flag below the date",
			`<table class="infobox vevent"><caption>E</caption><tr><td>← 2001</td><td>3 May 2005</td>` +
				`<td></td></tr><tr>` +
				`<td colspan="4"><a href="/wiki/Land" title="Land"><img alt="Land"></a></td></tr><tr>` +
				`<td colspan="4">All 9 seats</td></tr></table>`,
			"box 1 in 0: Infobox election\n  election_name = E\n  previous_election = 2001\n" +
				"  election_date = 3 May 2005\n  country = Land\n  seats_for_election = All 9 seats\n",
		},
		{
			"a legislative box without results",
			"\n" + `<table class="infobox ib-legis-elect"><caption>E</caption><tr><td>← 2001</td>` +
				`<td>3 May 2005</td><td></td></tr></table>`,
			"rejected box: not-understood, line 2\n",
		},
		{
			"one that is hidden",
			strings.Replace(
				box, "<table ",
				`<table style="display:none" `, 1,
			),
			"",
		},
		{"one in a comment", "<!-- " + box + " -->", ""},
		{
			"a table of results without its box",
			`<table class="wikitable ib-legis-elect-results"><tr><th colspan="2">Party</th><th>Seats</th></tr><tr>` +
				`<td></td><td>P</td><td>5</td></tr></table>`,
			"box 1 in 0: Infobox legislative election\n  party/1 = P\n  seats/1 = 5\n",
		},
		{
			"one below formatting that is left open",
			strings.Repeat("<b>", 2*maxDepth) + box,
			legislativeHead + "  party/1 = P\n  seats/1 = 5\n",
		},
		{
			"one that only lays out another",
			`<table class="infobox vevent"><caption>E</caption><tr><td>← 2001</td><td>3 May 2005</td>` +
				`<td></td></tr><tr><td><table class="infobox"><tr><th>Party</th><td>P</td></tr><tr>` +
				`<th>Swing</th><td>+5</td></tr></table></td></tr></table>`,
			"box 1 in 0: Infobox election\n  election_name = E\n  previous_election = 2001\n" +
				"  election_date = 3 May 2005\n  party/1 = P\n  swing/1 = +5\n",
		},
		{
			"one too deep to be read", strings.Repeat("<div>", maxDepth) + extracttest.LegislativeTable("E", ""),
			"rejected box: not-understood, line 1\n",
		},
		{
			"one that the page's end cuts",
			strings.TrimSuffix(
				columnsBox(`<tr><th>Nominee</th><td>A</td><td>B</td></tr><tr><th>Percentage</th><td>5%</td><td>4`),
				"</table></td></tr></table>",
			),
			"box 1 in 0: Infobox election\n" + blockHead +
				"  nominee/1 = A\n  nominee/2 = B\n  percentage/1 = 5%\n  percentage/2 = 4\n" +
				"the page ends within the box: its table is not closed, and rows may be missing\n",
		},
		{"one in a template", "<template>" + box + "</template>", ""},
		{"one in a part that is hidden", `<div hidden><div>` + box + "</div></div>", ""},
		{"a general box without contenders, and the one behind it",
			`<table class="infobox vevent"><caption>2005 general election</caption><tr><td>← 2001</td><td>3 May 2005</td><td>` +
				`2009 →</td></tr></table>` + box,
			"box 1 in 0: Infobox election\n  election_name = 2005 general election\n  previous_election = 2001\n  " +
				"election_date = 3 May 2005\n  next_election = 2009\nbox 2 in 0: Infobox legislative election\n  election_name " +
				"= E\n  party/1 = P\n  seats/1 = 5\n"},
		{"a legislative box without results, and the one behind it", "\n" +
			`<table class="infobox ib-legis-elect"><caption>E</caption></table>` + box,
			"box 2 in 0: Infobox legislative election\n  election_name = E\n  party/1 = P\n  seats/1 = 5\nrejected box: " +
				"not-understood, line 2\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, outlineFields(readHTMLText(test.page))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The title of a box is in one of its first three rows.
func TestHTMLTitleRow(t *testing.T) {
	const contenders = "<tr><th>Nominee</th><td>A</td></tr><tr><th>Percentage</th><td>5%</td></tr></table>"
	for above, hasTitle := range []bool{true, true, true, false} {
		d := readHTMLText(`<table class="infobox">` + strings.Repeat("<tr><td></td></tr>", above) +
			`<tr><td class="infobox-title">E</td></tr>` + contenders)
		want := "box 1 in 0: Infobox election\n"
		if hasTitle {
			want += "  election_name = E\n"
		}
		if diff := cmp.Diff(want+"  nominee/1 = A\n  percentage/1 = 5%\n", outlineFields(d)); diff != "" {
			t.Errorf("with %d rows above: %s", above, diff)
		}
	}
}

// The rows of tables in a box are read down to maxTableDepth. Deeper tables are text of their cell.
func TestHTMLTableDepth(t *testing.T) {
	const rows = "<tr><th>Nominee</th><td>A</td></tr><tr><th>Popular vote</th><td>5</td></tr>"
	for depth, isRead := range map[int]bool{1: true, 8: true, 9: false} {
		d := readHTMLText(`<table class="infobox"><caption>E</caption>` +
			strings.Repeat("<tr><td><table>", depth) + rows + strings.Repeat("</table></td></tr>", depth) + "</table>")
		got := outlineFields(d)
		if strings.Contains(got, "popular_vote/1 = 5") != isRead {
			t.Errorf("rows in %d tables are read as:\n%s", depth, got)
		}
	}
}

func TestHTMLIdentity(t *testing.T) {
	number := func(n int64) *int64 { return &n }
	for _, test := range []struct {
		name, page string
		want       schemas.Document
	}{
		{"nothing", "<p>x</p>", schemas.Document{}},
		{
			"the heading before the title",
			`<title>Wrong - Wikipedia</title><h1 id="firstHeading"><i>Right</i> one</h1>`,
			schemas.Document{Title: "Right one"},
		},
		{
			"the title without the site", "<title>A – B election - Wikipedia, the free encyclopedia</title>",
			schemas.Document{Title: "A – B election"},
		},
		{"the title of another site", "<title>A - B</title>", schemas.Document{Title: "A - B"}},
		{
			"og:title", `<meta property="og:title" content="A election - Wikipedia">`,
			schemas.Document{Title: "A election"},
		},
		{
			"the address tells the wiki",
			`<html lang="pt"><link rel="canonical" href="https://pt.m.wikipedia.org/wiki/A">`,
			schemas.Document{Lang: "pt", Wiki: "ptwiki", PageURL: "https://pt.m.wikipedia.org/wiki/A"},
		},
		{
			"another site is no wiki", `<meta property="og:url" content="https://example.org/wiki/A">`,
			schemas.Document{PageURL: "https://example.org/wiki/A"},
		},
		{"no address", `<link rel="canonical" href="/wiki/A">`, schemas.Document{}},
		{
			"the script of MediaWiki",
			`<script>RLCONF={"wgDBname":"dewiki","wgRevisionId":12,"wgArticleId":34,"wgWikibaseItemId":"Q56"}` +
				`;</script>`,
			schemas.Document{Wiki: "dewiki", RevisionID: number(12), PageID: number(34), WikidataQID: "Q56"},
		},
		{"an id of zero is none", `<script>{"wgArticleId":0,"wgRevisionId":0}</script>`, schemas.Document{}},
		{
			"the permanent link",
			`<ul><li id="t-permalink"><a href="/w/index.php?title=A&amp;oldid=78">x</a></li></ul>`,
			schemas.Document{RevisionID: number(78)},
		},
		{
			"the footer of a printed page",
			`<div class="printfooter">Retrieved from "<a ` +
				`href="https://en.wikipedia.org/w/index.php?title=A&oldid=90">x</a>"</div>`,
			schemas.Document{RevisionID: number(90)},
		},
		{
			"the head that Parsoid writes",
			`<html about="https://en.wikipedia.org/wiki/Special:Redirect/revision/91">` +
				`<meta property="mw:pageId" content="92"/>` +
				`<link rel="dc:isVersionOf" href="//en.wikipedia.org/wiki/A"/>`,
			schemas.Document{
				RevisionID: number(91), PageID: number(92), Wiki: "enwiki", PageURL: "https://en.wikipedia.org/wiki/A",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readHTMLText(test.page)
			d.URI, d.Text = "", ""
			if diff := cmp.Diff(&test.want, d); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHTMLPages(t *testing.T) {
	for _, test := range []struct{ name, cell, want string }{
		{"a link", `<a href="/wiki/Labour_Party_(UK)" title="x">Labour</a>`, "Labour Party (UK)"},
		{"the first of two", `<a href="/wiki/A">A</a> and <a href="/wiki/B">B</a>`, "A"},
		{"with its host", `<a href="//en.wikipedia.org/wiki/S%C3%A1mi_Party#x">S</a>`, "Sámi Party"},
		{"of Parsoid", `<a href="./Green_Party">Greens</a>`, "Green Party"},
		{
			"of a page that does not exist",
			`<a href="/w/index.php?title=New_List&amp;action=edit&amp;redlink=1" class="new">New List</a>`, "New List",
		},
		{"of a footnote", `A<sup class="reference"><a href="/wiki/B">[1]</a></sup>`, ""},
		{"of a picture", `<a href="/wiki/File:X.svg"><img alt="x"></a>A`, ""},
		{"of a picture in another language", `<a href="/wiki/Datei:X.svg">A</a>`, ""},
		{"of a category in another language", `<a href="/wiki/%E5%88%86%E9%A1%9E:X">A</a>`, ""},
		{"of another namespace", `<a href="/wiki/Help:IPA">Foo</a> <a href="/wiki/Especial:Foo">Foo</a>`, ""},
		{"behind one of another namespace", `<a href="/wiki/Wikipedia:Foo">A</a> <a href="/wiki/B">B</a>`, "B"},
		{"of another language", `<a href="https://fr.wikipedia.org/wiki/Parti" class="extiw">A</a>`, ""},
		{"of another language in Parsoid", `<a rel="mw:WikiLink/Interwiki" href="https://fr.wikipedia.org/wiki/A">A</a>`, ""},
		{"of an address that is written out", `<a class="external text" href="//en.wikipedia.org/wiki/A">A</a>`, ""},
		{"of another project", `<a href="/wiki/d:Q5">A</a> <a href="/wiki/wikt:A">B</a>`, ""},
		{"with a colon", `<a href="/wiki/Forward:_Together">A</a>`, "Forward: Together"},
		{"with a small letter", `<a href="/wiki/green_Party">A</a>`, "Green Party"},
		{"elsewhere", `<a href="https://example.org/wiki/A">A</a>`, ""},
		{"within the page", `<a href="#A">A</a>`, ""},
		{"an address that is none", `<a href="%zz">A</a>`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readHTMLText(extracttest.LegislativeTable("E", "<tr><td></td><td>"+test.cell+"</td><td>1</td></tr>"))
			for _, f := range d.Boxes[0].Fields {
				if f.Name == "party" && f.Page != test.want {
					t.Errorf("%s leads to %q, expected %q", test.cell, f.Page, test.want)
				}
			}
		})
	}
}

// A link to the Wikipedia of another language leads to no page of this one, also without a class that says so.
func TestHTMLPagesOfOtherWikis(t *testing.T) {
	const head = `<html><head><link rel="canonical" href="https://en.wikipedia.org/wiki/E"></head><body>`
	for address, want := range map[string]string{
		"https://en.m.wikipedia.org/wiki/A": "A", "https://fr.wikipedia.org/wiki/A": "", "/wiki/A": "A",
	} {
		d := readHTMLText(head + extracttest.LegislativeTable("E",
			`<tr><td></td><td><a href="`+address+`">P</a></td><td>1</td></tr>`))
		for _, f := range d.Boxes[0].Fields {
			if f.Name == "party" && f.Page != want {
				t.Errorf("%s leads to %q, expected %q", address, f.Page, want)
			}
		}
	}
}

// The prose is the lead: what is below the first heading of the article also speaks of other elections.
func TestHTMLLead(t *testing.T) {
	box := extracttest.LegislativeTable("E", "<tr><td></td><td>P</td><td>5</td></tr>")
	for name, page := range map[string]string{
		"a part of a page": box + "<p>One.</p><p>Two.</p><h2>Polls</h2><p>Three.</p>",
		"a section": "<h1>Title</h1>" + box + `<p>One.</p><section><p>Two.</p><div><h3>Polls</h3><p>Three.</p>` +
			`</div></section><p>Four.</p>`,
		"the menu above": `<nav>x</nav><div><h2>Menu</h2><p>Links.</p></div><div id="mw-content-text">` +
			`<div class="mw-parser-output">` + box + `<p>One.</p><div id="toc" class="toc"><h2>Contents</h2></div><p>Two.</p>` +
			`<div class="mw-heading"><h2>Polls</h2></div><p>Three.</p></div></div><p>Foot.</p>`,
		"a box in a part of it": `<div class="mw-parser-output"><div>` + box +
			`</div><p>One.</p><p><s>Not this.</s></p><p>Two<sup>[1]</sup>.</p><h2>A</h2><p>Three.</p></div>`,
	} {
		want := []schemas.Passage{{Text: "One.", Offset: -1}, {Text: "Two.", Offset: -1}}
		if diff := cmp.Diff(want, readHTMLText(page).Prose); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What is struck out as a whole is kept beside the box.
func TestHTMLStruckValues(t *testing.T) {
	d := readHTMLText(
		extracttest.LegislativeTable("E",
			"<tr><td></td><td>P</td><td><s>5<sup>a</sup></s></td></tr><tr><td></td><td>Q</td><td><s>5</s> 4</td></tr>"),
	)
	b := &d.Boxes[0]
	got := map[string]string{}
	for i, struck := range b.Struck {
		got[b.Fields[i].Name+"/"+strconv.Itoa(b.Fields[i].Position)+" "+b.Fields[i].Text] = struck
	}
	if diff := cmp.Diff(map[string]string{"seats/1 ": "5"}, got); diff != "" {
		t.Error(diff)
	}
}

// The page of a value is that of a link that is not struck out.
func TestHTMLPageOfStruckLink(t *testing.T) {
	d := readHTMLText(extracttest.LegislativeTable("E", `<tr><td></td><td><s><a href="/wiki/A">Greens</a></s> `+
		`<a href="/wiki/B">Greens</a></td><td>5</td></tr>`))
	for _, f := range d.Boxes[0].Fields {
		if f.Name == "party" && f.Page != "B" {
			t.Errorf("the party leads to %q, expected B", f.Page)
		}
	}
}

// What is struck out below the contenders stays with its field if the field belongs to a second box.
func TestHTMLStruckValuesOfEmbeddedBoxes(t *testing.T) {
	block := `<tr><th></th><th>A</th><th>B</th></tr><tr><th>Party</th><td>C</td><td>D</td></tr>` +
		`<tr><th>Popular vote</th><td>5</td><td>4</td></tr>`
	struck := `<tr><td colspan="3"><img alt="x"></td></tr><tr><th>Turnout</th><td colspan="2"><s>61%</s></td></tr>`
	d := readHTMLText(`<table class="infobox vevent"><caption>E</caption>` + block + struck + block + `</table>`)
	found := ""
	for i := range d.Boxes {
		for _, text := range d.Boxes[i].Struck {
			found += text
		}
	}
	if len(d.Boxes) != 2 || found != "61%" {
		t.Errorf("%d boxes, and %q is struck out; expected 2 and 61%%", len(d.Boxes), found)
	}
}

func TestHTMLProse(t *testing.T) {
	page := extracttest.LegislativeTable("E", "<tr><td></td><td><p>P</p></td><td>5</td></tr>") +
		`<div class="hatnote"><p>See also</p></div><p>Held on <b>3&#160;May</b>.<sup class="reference">[1]</sup>
Turnout was 5%.</p><section><p>More<p>and more</section><div class="reflist"><p>Source</p></div><p><br></p>`
	want := []schemas.Passage{
		{Text: "Held on 3 May. Turnout was 5%.", Offset: -1},
		{Text: "More", Offset: -1}, {Text: "and more", Offset: -1},
	}
	if diff := cmp.Diff(want, readHTMLText(page).Prose); diff != "" {
		t.Error(diff)
	}
}
