package wikipage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
)

func TestLead(t *testing.T) {
	const page = "{{Short description|none}}\n{{Infobox election|seats1=1}}\n" +
		"'''Elections''' were held in [[Morocco]] on [[7 September|7]]&nbsp;September 2007,<ref>on 8</ref> for\n" +
		"{{nowrap|325 seats}}.{{citation needed}} Turnout was <!-- 38% -->37%.\n\n" +
		"* a list of 5\n{| class=x\n| 6 cells\n|}\n[[File:A.png|thumb|7 people]]\n" +
		"Second paragraph {{Strange|8}} of 33 parties.\n==Background==\nThe last one was held in 2002.\n"
	d, err := readText(page)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range d.Prose {
		got = append(got, strings.TrimSpace(p.Text))
	}
	want := []string{
		"Elections were held in Morocco on 7\u00a0September 2007, for\n325 seats. Turnout was 37%.",
		"Second paragraph  of 33 parties.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	p := d.Prose[0]
	for _, figure := range []string{"7\u00a0", "2007", "37%", "Elections", "for"} {
		line, offset := p.Place(strings.Index(p.Text, figure))
		if !strings.HasPrefix(d.Text[offset:], figure[:1]) || line != 1+strings.Count(d.Text[:offset], "\n") {
			t.Errorf("%q stands at offset %d, line %d: %.20q", figure, offset, line, d.Text[offset:])
		}
	}
	// What a template shows has the place of the template.
	if _, offset := p.Place(strings.Index(p.Text, "325")); !strings.HasPrefix(d.Text[offset:], "{{nowrap|325") {
		t.Errorf("325 stands at %.20q", d.Text[offset:])
	}
}

// A page with boxes and no heading has all of its text in the lead.
func TestLeadOfAPageWithoutHeadings(t *testing.T) {
	d, err := readText("{{Infobox election|a1=1}}\nOne.\n\nTwo.")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Prose) != 2 || d.Prose[1].Text != "Two." || d.Prose[1].Line != 4 {
		t.Errorf("got %+v", d.Prose)
	}
}

// However long a page without a heading is, its lead has an end.
func TestLeadIsBounded(t *testing.T) {
	d, err := readText("{{Infobox election|a1=1}}\n" + strings.Repeat("[[A]] paragraph.\n\n", 2*maxLead/18))
	if err != nil {
		t.Fatal(err)
	}
	if last := d.Prose[len(d.Prose)-1]; last.Offset > maxLead+100 || last.Offset < maxLead/2 {
		t.Errorf("the last of %d paragraphs stands at %d, the bound is %d", len(d.Prose), last.Offset, maxLead)
	}
}

func TestPlaceOfVerbatimText(t *testing.T) {
	p := schemas.Passage{Text: "One\ntwo three", Line: 5, Offset: 100}
	if line, offset := p.Place(8); line != 6 || offset != 108 {
		t.Errorf("byte 8 stands on line %d at %d, expected 6 and 108", line, offset)
	}
	p.Offset = -1
	if line, offset := p.Place(8); line != 0 || offset != -1 {
		t.Errorf("a passage without a place has one: %d, %d", line, offset)
	}
}

// What is struck out, hidden or raised to lead to a footnote is no part of the prose, as it is none of a value.
func TestLeadLeavesOutMarks(t *testing.T) {
	const box = "{{Infobox election|a1=1}}\n"
	for text, want := range map[string]string{
		"Turnout was <s>49</s> 50%.":                            "Turnout was  50%.",
		"It won 52<s>48</s>49 seats.":                           "It won 52 49 seats.",
		"A<hr>B <nowiki>C&amp;D</nowiki>":                       "A B C&D",
		"Held on <del>4 <s>May</s></del><ins>11 May</ins>.":     "Held on 11 May.",
		"It has {{strike|49}} 50<sup>[2]</sup> seats.":          "It has  50 seats.",
		"The 21<sup>st</sup> one<sup>a</sup>.":                  "The 21st one.",
		`A <span style="visibility:hidden">0</span>5 <b>b</b>.`: "A 5 b.",
		"Seats<ref>1 is open":                                   "Seats<ref>1 is open",
		"The ''Blue Party'''s 50 seats.": "The Blue Party's 50 " +
			"seats.",
		"The <includeonly>old</includeonly><noinclude>new</noinclude> one, {{#if:x|here|there}}.": "The new one, here.",
		"[[Datei:A.svg|20px|50 seats]]Text":                             "Text",
		"The [[A|''Blue'' Party]] won ''[[B|'''50 seats''']]''.":        "The Blue Party won 50 seats.",
		"{{nowrap|''Blue'' of {{Strange|8}}5}} {{lang|fr|''Parti''}}":   "Blue of 5 Parti",
		"In [https://x.org ''the results''] of 2007[//y.org], 50 seats": "In the results of 2007, 50 seats",
		"{{{1|On ''7 May''}}} <pre>&amp;</pre>":                         "On 7 May &",
		"A{{snd}}B {{ubl|C|D}}{{quote|5}}":                              "A – B  C D ",
		"It won <s>49\n''of'' 60</s> 50 seats":                          "It won  50 seats",
	} {
		d, err := readText(box + text)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Prose) != 1 || d.Prose[0].Text != want {
			t.Errorf("%s: got %+v, expected %q", text, d.Prose, want)
			continue
		}
		for at := range d.Prose[0].Text {
			if _, offset := d.Prose[0].Place(at); offset < len(box) || offset >= len(d.Text) {
				t.Errorf("%s: byte %d is at offset %d", text, at, offset)
			}
		}
		if at := strings.Index(want, "50 seats"); at >= 0 {
			if _, offset := d.Prose[0].Place(at); !strings.HasPrefix(d.Text[offset:], "50") {
				t.Errorf("%s: 50 is at %.10q", text, d.Text[offset:])
			}
		}
	}
}
