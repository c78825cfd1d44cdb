package wikipage

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// legislativeBox returns lines in a legislative election box.
func legislativeBox(lines string) string {
	return "{{Infobox legislative election\n" + lines + "\n}}\n"
}

var wikitextValues = []struct{ name, value, want string }{
	{"plain", "Istiqlal Party", "Istiqlal Party"},
	{"link", "[[Istiqlal Party]]", "Istiqlal Party"},
	{"piped link", "[[Justice and Development Party (Morocco)|PJD]]", "PJD"},
	{"pipe trick", "[[Help:Popular Movement (Morocco)|]]", "Popular Movement"},
	{"two links", "[[A|a]]–[[B]]", "a–B"},
	{"link with a template", "[[A|{{nowrap|a b}}]]", "a b"},
	{"category and file", "52[[Category:X]][[File:Y.svg|20px|text]]", "52"},
	{"colon link", "[[:Category:X]]", "Category:X"},
	{"bold and italic", "'''52''' ''seats''", "52 seats"},
	{"comment", "5<!-- or 6 -->2", "52"},
	{"reference", `52<ref name="a">{{cite web|title=13}} 14</ref>`, "52"},
	{"empty references", `52<ref name="a"/><ref name=b />`, "52"},
	{"unclosed reference", "52<ref>x", "52<ref>x"},
	{
		"footnotes",
		"52{{efn|of which 3|name=x}}{{efn-ua|4}}{{sfn|B|2007|p=5}}{{refn|group=n|6}}{{citation needed|date=May 2007}}",
		"52",
	},
	{"struck by tags", "<del>49</del><ins>50</ins> <s>A</s> <strike>B</strike> C", "50 C"},
	{"struck by a style", `<span style="color:red; text-decoration: line-through">49 <span>x</span></span> 50`, "50"},
	{"struck by a template", "{{strike|49}} {{s|48}} {{strikethrough|47}} 50", "50"},
	{"struck inside a figure", "5<s>1</s>0", "5 0"},
	{"struck by a template inside a figure", "52{{s|48}}49", "52 49"},
	{"the case of letters", "{{ucfirst:labour Party}} {{lcfirst:McDonald}} {{uc:ab}} {{lc:CD}}",
		"Labour Party mcDonald AB cd"},
	{"a default behind a match", "{{#switch:a|a|b}}", "b"},
	{"struck link", "<s>[[Old Name]]</s> [[New Name]]", "New Name"},
	{"struck as a whole", "<s>4 May 2014</s>", ""},
	{"struck and never closed", "50 <s>49", "50"},
	{"crossing tags", "<s>49<b></s>50</b>", "50"},
	{"invisible", "<span style='visibility: hidden;'>1</span>40{{0}}", "40"},
	{
		"hidden by an attribute",
		`<span class="x" hidden>9</span>50 <span hidden="until-found">8</span> <span title="hidden 7">6</span>`,
		"50 6",
	},
	{"key for sorting", `<span class="sortkey">07</span>7`, "7"},
	{"what is not printed",
		`<span class="noprint">A</span> <span class="nomobile">B</span> <sup class="noprint">C d</sup>`, "A B C d"},
	{"what no reader sees", `<span class="sr-only">A</span>5<span class="cs1-maint">B</span>`, "5"},
	{"the remark of an editor", `5<sup class="noprint Inline-Template">[''a long remark'']</sup>`, "5"},
	{"a link to other languages", `Ann<span class="noprint">&nbsp;&#91;[[:fr:Ann|fr]]; [[:zh-min-nan:X|zh-min-nan]]&#93;` +
		`</span>`, "Ann"},
	{"marks that are not raised", "A[[#n|*]] B[[#m|&#91;1&#93;]] [[#x|C]] [[D|†]]", "A B C †"},
	{"overflow that is hidden", `<span style="overflow:hidden">7</span>`, "7"},
	{
		"raised marks of several forms",
		`50<sup>2</sup> 51<sup>[[#a|3]]</sup> 52<sup>a, b</sup> 53<sup id="x">[4][5]</sup> 4<sup>th</sup>`,
		"50 51 52 53 4th",
	},
	{
		"not on the page itself",
		"<noinclude>50</noinclude><includeonly>49</includeonly> <onlyinclude>[[A]]</onlyinclude>",
		"50 A",
	},
	{"apostrophe behind italics", "''Supreme Party'''s List", "Supreme Party's List"},
	{"apostrophe before bold", "A''''B'''", "A'B"},
	{"apostrophe behind a word of one letter", "''A, the l'''Union d", "A, the l'Union d"},
	{"bold and italic together", "'''''Beta''' Party''", "Beta Party"},
	{"dashes of other names", "A{{en-dash}}B{{em-dash}}C{{spaced en-dash}}D", "A–B—C – D"},
	{"not exact", "{{circa|50}} {{approx|6}}", "c. 50 c. 6"},
	{"braces in a link", "[[Alpha Party|Alpha}}}]]", "Alpha}}}"},
	{"a branch that is shown", "{{#if:x|50|49}} {{#if:|48|51}} {{#if: <!-- x --> |47}}", "50 51"},
	{
		"branches of other functions",
		"{{#ifeq:2|2.0|50|49}} {{#switch:b|a=1|b|c=51|#default=2}} {{#switch:x|a=1|52}} {{#ifexpr:0|1|53}}",
		"50 51 52 53",
	},
	{"a branch with a sign", "{{#if:x|a=b}}", "a=b"},
	{"a branch by an unknown template", "{{#if:{{x}}|50|49}}", "{{#if:{{x}}|50|49}}"},
	{
		"pictures in other languages",
		"[[Datei:A.svg|20px]][[Dosya:B.svg]][[檔案:C.svg]][[Fichier:Increase.svg]]5[[Kategorie:X]]",
		"▲5",
	},
	{"footnote in a footnote", "52{{efn|a{{efn|b}}<ref>c</ref>}}", "52"},
	{"nowrap", "{{nowrap|For the Good<br>of Brazil{{efn|x}}}}", "For the Good of Brazil"},
	{"small", "A {{small|(B)}} <small>C</small>", "A (B) C"},
	{"interlanguage link", "{{ill|Bira do Pindaré|pt}}", "Bira do Pindaré"},
	{"abbreviation", "{{abbr|PP|People's Party}}", "PP"},
	{"language", "{{lang|fr|Les Engagés}} {{langx|fr|x}}", "Les Engagés x"},
	{"named by number", "{{nowrap|1=a=b}}", "a=b"},
	{"lists", "{{plainlist|\n* [[A]]\n* [[B]]\n}}{{ubl|C|D}}{{hlist|E|F}}", "A B C D E F"},
	{"lists of one", "{{plainlist|\n*[[A]]\n}}", "A"},
	{"list in the value", "<!-- one -->\n* [[A]]", "A"},
	{"breaks", "A<br>B<br/>C<br />D", "A B C D"},
	{"formatnum", "{{formatnum:1458140}}", "1458140"},
	{"start date", "{{Start date|2007|09|7|df=y}}", "7 September 2007"},
	{"month of a start date", "{{start date|2007|9}}", "September 2007"},
	{"start and end dates", "{{start and end dates|2021|10|8|2021|10|9|df=yes}}", "8 October 2021 – 9 October 2021"},
	{"rise and fall", "{{increase}} 4; {{decrease|0.44}}[[percentage point|pp]]; {{steady}}", "▲ 4; ▼0.44pp; ◄►"},
	{"entities", "1&nbsp;234&#8239;567 &amp; 5&minus;2", "1 234 567 & 5−2"},
	{"magic pipe", "a {{!}} b; [[c]]{{!}}d{{!}}e", "a | b; c|d|e"},
	{"page and label of a link that the box makes", "Peoples Democratic Party (Nigeria){{!}}PDP", "PDP"},
	{"figures with a bar between them", "12{{!}}13", "12|13"},
	{"bar behind an unknown template", "{{Strange thing}} A{{!}}B", "{{Strange thing}} A|B"},
	{"link with a bar by a template", "[[Labour Party (UK){{!}}Labour]] [[Peace Party{{!}}]]", "Labour Peace Party"},
	{"templates with a text of their own", "{{yes}} {{No|none}} {{n/a}} {{TBD}}", "Yes none N/A TBD"},
	{"a letter", "Hawai{{okina}}i", "Hawaiʻi"},
	{"dashes", "A{{ndash}}B{{snd}}C", "A–B – C"},
	{"nowiki", "<nowiki>{{a}}</nowiki>&nbsp;<nowiki/>b", "{{a}} b"},
	{"hidden", `a<span style="display: none">b<b>c</b>d</span>e`, "ae"},
	{"sort key", "{{sort|08|8}}{{hs|9}}", "8"},
	{"external link", "[https://x.org/a b c] and [//y.org]", "b c and"},
	{"party name of a colour template", "{{Canadian party colour|CA|Liberal|name}}", "Liberal"},
	{"colour template", "{{party color|Siumut (2021)}}", ""},
	{"parameter", "{{{seats|52}}}{{{x}}}", "52"},
	{
		"unknown template", "52 {{Strange thing|a=b}} {{percentage|1|3}} {{percent|1|0|1}} {{percentage|-1|3|1}}",
		"52 {{Strange thing|a=b}} {{percentage|1|3}} {{percent|1|0|1}} {{percentage|-1|3|1}}",
	},
	{"single brace", "{52}", "{52}"},
	{"unclosed link", "[[52", "[[52"},
	{"unclosed tag", "<small>52", "52"},
	{"pre", "<pre>52</pre>", "52"},
	{
		"name for sorting",
		"{{sortname|Aziz|Akhannouch|Aziz Akhannouch (politician)}} {{sortname|Nabila|Mounib|nolink=1}}",
		"Aziz Akhannouch Nabila Mounib",
	},
	{
		"label of an interlanguage link",
		"{{ill|Bira do Pindaré (politician)|lt=Bira|pt}} {{Interlanguage link|A|de||lt=}}", "Bira A",
	},
	{"coloured link", "{{colored link|white|A (party)|A}}", "A"},
	{"gaps and bars", "{{gaps|1|234|567}}; {{Composition bar|72|200|hex=red}}", "1 234 567; 72 / 200"},
	{"changes of other names", "{{increase neutral}} 1 {{DecreasePositive}} 2", "▲ 1 ▼ 2"},
	{
		"pictures of arrows",
		"[[File:Green Arrow Up Darker.svg|10px]]3 [[File:Red_Arrow_Down.svg|10px]]4 [[Image:Arrow Blue Right " +
			"001.svg|12px]] [[File:Increase2.svg|11px]]5 [[File:Sparrow going up.svg]]6",
		"▲3 ▼4 ◄► ▲5 6",
	},
	{"raised by a template", "72{{sup|a}} 21{{sup|st}}", "72 21st"},
	{"shares by a template", "{{percentage|100735|285,916|2}} {{pct|1|8|2}}", "35.23% 12.50%"},
	{"shares of many places", "{{percentage|1|3|10}} {{pct|2|3|0}}", "33.3333333333% 67%"},
	{
		"shares of too many places by an unknown template", "{{percentage|1|3|11}} {{percentage|1|0|2}}",
		"{{percentage|1|3|11}} {{percentage|1|0|2}}",
	},
	{"old calendar", "{{OldStyleDate|25 November|1917|12 November}}", "25 November 1917"},
	{"colours of a country's parties", "{{Polish politics/party colours|GM}}", ""},
	{"names of parties", "{{party shortname link|Labour Party (UK)}}", "Labour Party (UK)"},
	{
		"raised marks",
		"72<sup>a</sup> 21<sup>st</sup> A<sup>[1]</sup> A<sup>[[#notes|b]]</sup> B<sup>2</sup> C<sup></sup>",
		"72 21st A A B C",
	},
	{
		"raised marks that nest", strings.Repeat("<sup>{{small|a b", 45) + strings.Repeat("}}</sup>", 45),
		strings.TrimSpace(strings.Repeat("a b", 45)),
	},
	{
		"short name whose letters grow in lower case", "{{" + strings.Repeat("Ⱥ", 40) + "/meta/shortname}}",
		strings.Repeat("Ⱥ", 40),
	},
	{"templates without arguments", "5{{sort}}{{lang}}{{ill}}{{ubl}}{{start date}}{{Canadian party colour}}2", "5 2"},
	{"percent sign", "8.51&#37;", "8.51%"},
}

// readText reads a text as the source of a page.
func readText(text string) (*schemas.Document, error) {
	d, err := extracttest.DecodeText(text)
	if err == nil {
		NewReader(boxnames.Known(), Options{}).Read(d)
	}
	return d, err
}

func TestWikitextValues(t *testing.T) {
	for _, c := range wikitextValues {
		t.Run(c.name, func(t *testing.T) {
			d, err := readText(legislativeBox("| seats1 = " + c.value + "\n| after = 1"))
			if err != nil {
				t.Fatal(err)
			}
			holdsWikitextLaws(t, d)
			if len(d.Boxes) != 1 || len(d.Boxes[0].Fields) != 2 {
				t.Fatalf("expected one box of two fields, found\n%s", schemastest.Outline(d))
			}
			f := d.Boxes[0].Fields[0]
			if f.Text != c.want || f.Raw != c.value {
				t.Errorf("%q is read as %q, expected %q; raw is %q", c.value, f.Text, c.want, f.Raw)
			}
			if unknown := strings.Contains(c.name, "unknown template"); unknown != (len(d.Boxes[0].Unknown[0]) > 0) {
				t.Errorf("unknown templates: %v", d.Boxes[0].Unknown)
			}
		})
	}
}

// A reader reuses its memory from page to page, and nothing of a page shows in another, in whatever order and however
// many are read at a time.
func TestReaderKeepsNothingOfAPage(t *testing.T) {
	var texts []string
	for _, c := range wikitextValues {
		texts = append(texts, legislativeBox("| seats1 = "+c.value+"\n| after = 1"))
	}
	for _, c := range wikitextCases {
		texts = append(texts, c.text)
	}
	var alone []*schemas.Document
	for _, text := range texts {
		d := &schemas.Document{URI: "x", Text: text, Format: "wikitext"}
		NewReader(boxnames.Known(), Options{}).Read(d)
		alone = append(alone, d)
	}
	reader := NewReader(boxnames.Known(), Options{})
	var group sync.WaitGroup
	for start := range 4 {
		group.Go(func() {
			for i := range 3 * len(texts) {
				k := (start + i*(start+1)) % len(texts)
				d := &schemas.Document{URI: "x", Text: texts[k], Format: "wikitext"}
				reader.Read(d)
				if diff := cmp.Diff(alone[k], d); diff != "" {
					t.Errorf("a page is read otherwise after others (-alone +after):\n%s", diff)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestFootnotesAreKept(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		{"9.15", ""},
		{"9.15<ref name=count />", ""},
		{"9.15<ref>Ministry, 10 September, p. 4</ref>", "Ministry, 10 September, p. 4"},
		{
			"9.15<ref name=a>{{cite web|url=http://example.org/|title=Final [[results]]|publisher=Ministry|" +
				"date=10 September 2007}}</ref><ref>''Second''</ref>",
			"Final results, Ministry, 10 September 2007\nSecond",
		},
		{
			"{{nowrap|9.15{{efn|Of {{nowrap|valid votes}}, 1,234 in all.<ref>Inner</ref>}}}} " +
				"{{refn|group=n|Abroad too}}",
			"Of valid votes, 1,234 in all.\nAbroad too",
		},
		{"9.15{{sfn|Storm|2008|p=4}}{{citation needed|date=May 2024}}", ""},
		{"9.15{{#tag:ref|Said {{tq|so}}}}", ""},
	} {
		d, err := readText(legislativeBox("| percentage1 = " + c.value + "\n| after = 1"))
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Boxes[0].Footnotes[0]; got != c.want {
			t.Errorf("%s: the footnotes are %q, expected %q", c.value, got, c.want)
		}
		if text := d.Boxes[0].Fields[0].Text; text != "9.15" {
			t.Errorf("%s is read as %q", c.value, text)
		}
	}
}

var wikitextCases = []struct{ name, text, want string }{
	{"both templates", "{{Infobox election|seats1=1}} {{Infobox legislative election|seats1=2}}", `title ""
box 1 line 1 template "Infobox election"
  1 seats/1 "1"
box 2 line 1 template "Infobox legislative election"
  1 seats/1 "2"
`},
	{
		"names as MediaWiki resolves them",
		"{{infobox_Election\n|a=1}}{{ Template:infobox legislative  election <!-- x -->\n" +
			"|a=2}}{{:Template:Infobox election|a=3}}",
		`title ""
box 1 line 1 template "Infobox election"
  2 a/0 "1"
box 2 line 2 template "Infobox legislative election"
  3 a/0 "2"
box 3 line 3 template "Infobox election"
  3 a/0 "3"
`,
	},
	{
		"white space behind a name",
		"{{Infobox election" + strings.Repeat(" ", 300) + "\n|a=1}}{{Infobox election<!-- x -->" +
			strings.Repeat("\n", 300) + "|a=2}}",
		`title ""
box 1 line 1 template "Infobox election"
  2 a/0 "1"
box 2 line 2 template "Infobox election"
  302 a/0 "2"
`,
	},
	{
		"other boxes",
		"{{Infobox referendum|a=1}}{{Infobox constituency|b=2}}{{Election results|c=3}}{{Infobox election/row|d=4}}",
		"title \"\"\n",
	},
	{
		"not live",
		"<!-- {{Infobox election|a=1}} --><nowiki>{{Infobox election|a=2}}</nowiki><pre>{{Infobox election|a=3}}" +
			"</pre><ref>{{Infobox election|a=4}}</ref>",
		"title \"\"\n",
	},
	{
		"nested",
		"{{Infobox election\n|country=X\n|module={{Infobox election|embed=yes\n|a1=1\n" +
			"|module={{nowrap|{{Infobox legislative election|b1=2}}}}}}\n|title=T}}{{Infobox election|c=3}}",
		`title ""
box 1 line 1 template "Infobox election"
  2 country/0 "X"
  3 module/0 "" raw "{{Infobox election|embed=yes\n|a1=1\n|module={{nowrap|{{Infobox legislative election|b1=2}}}}}}"
  6 title/0 "T"
box 2 line 3 template "Infobox election"
  3 embed/0 "yes"
  4 a/1 "1"
  5 module/0 "" raw "{{nowrap|{{Infobox legislative election|b1=2}}}}"
box 3 line 5 template "Infobox legislative election"
  5 b/1 "2"
box 4 line 6 template "Infobox election"
  6 c/0 "3"
`,
	},
	{"keys of an inner template", "{{Infobox election|map={{Switcher|seats1=9|x}}|seats1=1}}", `title ""
box 1 line 1 template "Infobox election"
  1 map/0 "" raw "{{Switcher|seats1=9|x}}"
  1 seats/1 "1"
`},
	{
		"keys with comments and spaces",
		"{{Infobox election\n| <!-- no --> seats 1 <!-- x --> = 5\n|\tparty1\t=\tA\n|Leader_2=B}}",
		`title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "5"
  3 party/1 "A"
  4 leader/2 "B"
`,
	},
	{"empty pipes and positional values", "{{Infobox election|seats1=1||\n|stray|}}", `title ""
box 1 line 1 template "Infobox election"
  1 seats/1 "1"
  2 1/0 "stray"
`},
	{
		"a value over lines", "{{Infobox election\n|seats_for_election=All 179 seats<br>\n175 from Denmark\n|x=}}",
		`title ""
box 1 line 1 template "Infobox election"
  2 seats_for_election/0 "All 179 seats 175 from Denmark" raw "All 179 seats<br>\n175 from Denmark"
  4 x/0 ""
`,
	},
	{"cut by the end of the page", "{{Infobox election\n|seats1=1\n|party2=The Gre", `title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "1"
  3 party/2 "The Gre"
  defect 1 "{{"
`},
	{"cut in a key", "{{Infobox election\n|seats1=1\n|part", `title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "1"
  defect 1 "{{"
`},
	{
		"never closed, prose below, with carriage returns",
		"{{Infobox election\r\n|title=Mayor\r\n\t\r\nThe election was held.",
		`title ""
box 1 line 1 template "Infobox election"
  2 title/0 "Mayor"
  defect 1 "{{"
prose 4 "The election was held."
`,
	},
	{
		"never closed, prose below",
		"{{Infobox election\n|seats1=1\n|title=Mayor\n\nThe election {{efn|x}} was held.\n\nMore.",
		`title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "1"
  3 title/0 "Mayor"
  defect 1 "{{"
prose 5 "The election  was held.\n"
prose 7 "More."
`},
	{
		"never closed, prose on the next line",
		"{{Infobox election\n|party1=A\n|seats1=\n* 1\n* (of 2)\nThe election was held.\n{|\n| style=x | 3\n|}\n",
		`title ""
box 1 line 1 template "Infobox election"
  2 party/1 "A"
  4 seats/1 "1 (of 2)" raw "* 1\n* (of 2)"
  defect 1 "{{"
prose 6 "The election was held.\n"
`,
	},
	{"never closed, another box below", "{{Infobox election\n|seats1=1\n\n{{Infobox election\n|seats1=2\n}}", `title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "1"
  defect 1 "{{"
box 2 line 4 template "Infobox election"
  5 seats/1 "2"
`},
	{
		"a template with one brace too few",
		"{{Infobox election\n|party1={{nowrap|{{small|[[A]]}\n|seats1=1\n|party2=B\n}}\nText",
		`title ""
box 1 line 1 template "Infobox election"
  2 party/1 "A" raw "{{nowrap|{{small|[[A]]}"
  3 seats/1 "1"
  4 party/2 "B"
  defect 2 "{{nowrap|{{small|[[A]]}"
  defect 2 "{{nowrap|{{small|[[A]]}"
prose 6 "Text"
`,
	},
	{
		"two templates that are not closed",
		"{{Infobox election\n|image={{CSS image crop\n|Image=x\n}}\n|party1={{nowrap|A\n|seats1=1\n|party2={{small|B}\n" +
			"|seats2=2}}\nText",
		`title ""
box 1 line 1 template "Infobox election"
  2 image/0 "" raw "{{CSS image crop\n|Image=x\n}}"
  5 party/1 "A" raw "{{nowrap|A"
  6 seats/1 "1"
  7 party/2 "B" raw "{{small|B}"
  8 seats/2 "2"
  defect 5 "{{nowrap|A"
  defect 7 "{{small|B}"
prose 9 "Text"
`,
	},
	{
		"footnotes that are not closed",
		"{{Infobox election\n|seats1=5<ref>1\n|seats2=6<ref name=x>2\n|seats3=7<ref>ok</ref>\n}}\nText<ref>x</ref>",
		`title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "5<ref>1"
  3 seats/2 "6<ref name=x>2"
  4 seats/3 "7" raw "7<ref>ok</ref>"
  defect 2 "5<ref>1"
  defect 3 "6<ref name=x>2"
prose 6 "Text"
`,
	},
	{"a footnote that the page never closes", "{{Infobox election\n|seats1=5<ref>1\n|seats2=6\n}}\nText", `title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "5<ref>1"
  3 seats/2 "6"
  defect 2 "5<ref>1"
prose 5 "Text"
`},
	{"a tag that strikes out and is not closed", "{{Infobox election\n|seats1=<s>5\n|seats2=6\n}}", `title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "" raw "<s>5"
  3 seats/2 "6"
  defect 2 "<s>5"
`},
	{
		"parts of a box that are only on the page, or not there",
		"<noinclude>{{Infobox election\n<noinclude>|seats1=5</noinclude>\n<includeonly>|seats1=6\n" +
			"</includeonly>|seats2<onlyinclude>=7</onlyinclude>\n" +
			"}}</noinclude><includeonly>{{Infobox election|seats1=8}}</includeonly>\n" +
			"Text <includeonly>of 9</includeonly><noinclude>of 10</noinclude>",
		`title ""
box 1 line 1 template "Infobox election"
  2 seats/1 "5" raw "5</noinclude>\n<includeonly>|seats1=6\n</includeonly>"
  4 seats/2 "7" raw "7</onlyinclude>"
prose 6 "Text of 10"
`,
	},
	{
		"boxes in branches",
		"{{#if:|{{Infobox election|seats1=1}}|{{Infobox election|seats1=2}}}}{{#if:x|{{Infobox " +
			"election|seats1=3}}}}{{#if:{{a}}|{{Infobox election|seats1=4}}}}",
		`title ""
box 1 line 1 template "Infobox election"
  1 seats/1 "2"
box 2 line 1 template "Infobox election"
  1 seats/1 "3"
box 3 line 1 template "Infobox election"
  1 seats/1 "4"
  defect 1 "{{"
`,
	},
	{
		"names as MediaWiki reads them",
		"{{template :Infobox  election|seats1=1}}{{Infobox&nbsp;election|seats1=2}}{{ :Template:infobox_election " +
			"|seats1=3}}{{Infobox&#32;election|seats1=4}}",
		`title ""
box 1 line 1 template "Infobox election"
  1 seats/1 "1"
box 2 line 1 template "Infobox election"
  1 seats/1 "2"
box 3 line 1 template "Infobox election"
  1 seats/1 "3"
box 4 line 1 template "Infobox election"
  1 seats/1 "4"
`,
	},
	{"unclosed link inside", "{{Infobox election\n|leader1=[[A B\n|seats1=1\n}}\nText", `title ""
box 1 line 1 template "Infobox election"
  2 leader/1 "[[A B"
  3 seats/1 "1"
  defect 2 "[[A B"
prose 5 "Text"
`},
	{"empty box", "{{Infobox election}}", "title \"\"\nreject box empty-box 1\n"},
	{"no box", "'''Text''' with {{templates}} and an infobox.", "title \"\"\n"},
}

func TestFromWikitext(t *testing.T) {
	for _, c := range wikitextCases {
		t.Run(c.name, func(t *testing.T) {
			d, err := readText(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, schemastest.Outline(d)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			holdsWikitextLaws(t, d)
		})
	}
}

func TestNestedBoxesHaveParents(t *testing.T) {
	d, err := readText("{{Infobox election|module={{Infobox election|embed=yes|module={{Infobox election|embed=yes|" +
		"module={{Infobox election|embed=yes}}}}}}}}{{Infobox election|a=b}}")
	if err != nil {
		t.Fatal(err)
	}
	var parents []int
	for _, b := range d.Boxes {
		parents = append(parents, b.Parent)
	}
	if diff := cmp.Diff([]int{0, 1, 2, 3, 0}, parents); diff != "" {
		t.Errorf("parents (-want +got):\n%s", diff)
	}
}

// A pipeline can name further templates. These are not shown in a value either.
func TestFurtherTemplates(t *testing.T) {
	d := &schemas.Document{
		Text: "{{info/Eleição|país=Tunísia|module={{Ficha_de_elección|b=1}}}}{{Infobox election|c=2}}",
	}
	names := boxnames.Known().With(map[string]string{
		"Info/Eleição": schemas.GeneralBox, "ficha de elección": schemas.LegislativeBox,
	})
	NewReader(names, Options{}).Read(d)
	want := `title ""
box 1 line 1 template "Infobox election"
  1 país/0 "Tunísia"
  1 module/0 "" raw "{{Ficha_de_elección|b=1}}"
box 2 line 1 template "Infobox legislative election"
  1 b/0 "1"
box 3 line 1 template "Infobox election"
  1 c/0 "2"
`
	if diff := cmp.Diff(want, schemastest.Outline(d)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, ok := boxnames.Known()["Info/Eleição"]; ok {
		t.Error("the table of names was changed")
	}
}

// holdsWikitextLaws holds what is true of any page: raw values are at their offsets and lines, boxes are in order, and
// a parent opens before its child and encloses it.
func holdsWikitextLaws(t *testing.T, d *schemas.Document) {
	t.Helper()
	boxes := map[int]schemas.Infobox{}
	last := -1
	for _, b := range d.Boxes {
		if b.Offset <= last || b.End < b.Offset || b.End > len(d.Text) {
			t.Fatalf("box %d is from %d to %d, the one before begins at %d", b.Box, b.Offset, b.End, last)
		}
		extracttest.HoldsPlace(t, d.Text, "box", "{{", b.Offset, b.Line)
		last = b.Offset
		if p, ok := boxes[b.Parent]; ok {
			isUnclosed := strings.Contains(fmt.Sprint(p.Defects), "not closed")
			if p.Offset >= b.Offset || p.End < b.End && !isUnclosed {
				t.Fatalf("box %d is not in box %d", b.Box, b.Parent)
			}
		}
		boxes[b.Box] = b
		for _, f := range b.Fields {
			if f.Offset < b.Offset {
				t.Fatalf("field %q is at %d, before its box at %d", f.Key, f.Offset, b.Offset)
			}
			extracttest.HoldsPlace(t, d.Text, "field "+f.Key, f.Raw, f.Offset, f.Line)
		}
	}
}

// holdsProseLaws holds that every byte of a passage has a place in the document.
func holdsProseLaws(t *testing.T, d *schemas.Document) {
	t.Helper()
	last := -1
	for _, p := range d.Prose {
		for at := range len(p.Text) {
			line, offset := p.Place(at)
			if offset < 0 || offset >= len(d.Text)+len(p.Text) || line < 1 {
				t.Fatalf("byte %d of %q stands at offset %d, line %d", at, p.Text, offset, line)
			}
		}
		for _, m := range p.Marks {
			if m.Offset < last || m.Offset > len(d.Text) {
				t.Fatalf("a mark at %d follows one at %d", m.Offset, last)
			}
			last = m.Offset
		}
	}
}

func FuzzWikitext(f *testing.F) {
	for _, c := range wikitextValues {
		f.Add(legislativeBox("| seats1 = " + c.value))
	}
	for _, c := range wikitextCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := readText(s)
		if err != nil {
			if u := new(document.Unreadable); !errors.As(err, &u) {
				t.Fatal(err)
			}
			return
		}
		holdsWikitextLaws(t, d)
		holdsProseLaws(t, d)
	})
}

// An empty value stands on the line of its key, not where the next one begins.
func TestEmptyValueHasItsLine(t *testing.T) {
	d, err := readText("{{Infobox election\n| country = \n| party1 = A\n| turnout =\n\n}}")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range []int{2, 3, 4} {
		if f := d.Boxes[0].Fields[i]; f.Line != line || d.Text[f.Offset:f.Offset+len(f.Raw)] != f.Raw {
			t.Errorf("%s stands on line %d at %d, expected line %d", f.Key, f.Line, f.Offset, line)
		}
	}
}

// What is struck out as a whole is kept beside the box. What is struck out in part is not.
func TestStruckValues(t *testing.T) {
	d, err := readText("{{Infobox election|seats1=<s>5</s>{{strike|[[Six]]}}|seats2=<s>7</s> 8|seats3=}}")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[int]string{0: "5 Six"}, d.Boxes[0].Struck); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A link leads to the page as its wiki writes the title.
func TestPagesOfLinks(t *testing.T) {
	const text = "{{Infobox election|a=[[blue_Party#x|Blue]]|b=x [[ red  Party ]]|c=green Party{{!}}Green}}"
	for titleCase, want := range map[schemas.TitleCase][]string{
		schemas.FirstLetter:   {"Blue Party", "Red Party", "Green Party"},
		schemas.CaseSensitive: {"blue Party", "red Party", "green Party"},
	} {
		d := &schemas.Document{Text: text, TitleCase: titleCase}
		NewReader(boxnames.Known(), Options{}).Read(d)
		var got []string
		for _, f := range d.Boxes[0].Fields {
			got = append(got, f.Page)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", titleCase, diff)
		}
	}
}

// A link to a page that is no article shows its text and leads to no page: the name before the colon is that of a
// namespace, a project or a language.
func TestLinksToNoArticle(t *testing.T) {
	for value, want := range map[string]string{
		"[[Help:IPA/English|Foo]]": "Foo → ", "[[Wikipedia:Blue]]": "Wikipedia:Blue → ", "[[User talk:A|B]]": "B → ",
		"[[Special:Search/A|B]]": "B → ", "[[Portal:Elbonia|Elbonia]]": "Elbonia → ", "[[Hilfe:A|B]]": "B → ",
		"[[fr:Parti|P]]": "P → ", "[[:de:X]]": "de:X → ", "[[:zh-min-nan:X|Y]]": "Y → ", "[[wikt:party|Party]]": "Party → ",
		"[[:Category:A|B]]": "B → ", "[[:File:A.svg|B]]": "B → ", "[[#Results|Blue]]": "Blue → ",
		"[[Help:IPA|Foo]] [[Blue Party]]": "Foo Blue Party → Blue Party", "[[#a|b]] [[C]]": "b C → C",
		"Help:A{{!}}B": "B → ", "[[Forward: Together|F]]": "F → Forward: Together",
		"[[ویکی\u200cپدیا:A|B]]": "B → ",
	} {
		d, err := readText(legislativeBox("| party1 = " + value))
		if err != nil {
			t.Fatal(err)
		}
		if f := d.Boxes[0].Fields[0]; f.Text+" → "+f.Page != want {
			t.Errorf("%s: %s → %s, expected %s", value, f.Text, f.Page, want)
		}
	}
}

// A template that links to a page leads to it as a link does.
func TestPagesOfTemplates(t *testing.T) {
	for value, want := range map[string]string{
		"{{ill|Green Party (Elbonia)|de|lt=Greens}}": "Greens → Green Party (Elbonia)",
		"{{abbrlink|AP|Alpha Party}}":                "AP → Alpha Party", "{{abbrlink|AP}}": "AP → AP",
		"{{colored link|white|Alpha (party)|Alpha}}": "Alpha → Alpha (party)",
		"{{party name with colour|Alpha Party}}":     "Alpha Party → Alpha Party",
		"{{sortname|Ann|Able|dab=politician}}":       "Ann Able → Ann Able (politician)",
		"{{sortname|Ann|Able|Ann Able (judge)}}":     "Ann Able → Ann Able (judge)",
		"{{sortname|Ann|Able|nolink=1}}":             "Ann Able → ", "{{nowrap|Alpha}}": "Alpha → ",
		"{{ill|Help:A|de|lt=B}}": "B → ",
	} {
		d, err := readText(legislativeBox("| party1 = " + value))
		if err != nil {
			t.Fatal(err)
		}
		if f := d.Boxes[0].Fields[0]; f.Text+" → "+f.Page != want {
			t.Errorf("%s: %s → %s, expected %s", value, f.Text, f.Page, want)
		}
	}
}

// A template that has the parameters of an election box is named, for it can be one under another name.
func TestCandidates(t *testing.T) {
	for text, want := range map[string]string{
		"{{Ficha de elección\n|party1=A|seats1=5|turnout=50\n}}":                                   "Ficha de elección 1",
		"x\n{{#if:x|{{elections|candidate1=A|votes1=5|swing1=1}}}}{{elections|a=b}}":               "Elections 2",
		"{{Election results|party1=A|seats1=5|votes1=6}}":                                          "",
		"{{Infobox person|party1=A|leader1=B|name=C}} seats1":                                      "",
		"{{Infobox game|party1=A|seats1=5}}":                                                       "",
		"{{#if:|{{Infobox election|party1=A|seats1=5|swing1=6}}}}{{b|party1=A|seats1=5|swing1=2}}": "B 1",
		"{{Infobox election|party1=A}}{{b|party1=A|seats1=5|swing1=2}}":                            "",
	} {
		d := &schemas.Document{URI: "x", Text: text, Format: "wikitext"}
		NewReader(boxnames.Known(), Options{Candidates: true}).Read(d)
		got := ""
		for _, c := range d.Candidates {
			got += fmt.Sprint(c.Name, " ", c.Line)
		}
		if got != want {
			t.Errorf("%s: %q, expected %q", text, got, want)
		}
		d = &schemas.Document{URI: "x", Text: text, Format: "wikitext"}
		if NewReader(boxnames.Known(), Options{}).Read(d); d.Candidates != nil {
			t.Errorf("%s: %v, though nobody asked", text, d.Candidates)
		}
	}
}
