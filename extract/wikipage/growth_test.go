package wikipage

import (
	"strings"
	"testing"

	"hemicycle/extract/boxnames"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// hostileWikitext has what is repeated in a box and beside it to make a careless reader slow.
var hostileWikitext = []struct{ name, unit string }{
	{"templates", "{{small|a}}"}, {"open templates", "{{small|"}, {"unknown templates", "{{zz|a=b}}"},
	{"names of templates", "{{"}, {"footnotes", "{{efn|a [[b]]}}"}, {"citations", "<ref>{{cite web|title=a}}</ref>"},
	{"lists", "{{ubl|a|b}}"}, {"dates", "{{start date|2007|9|7}}"}, {"links", "[[a|b]]"}, {"open links", "[[a|"},
	{"links in templates", "{{nowrap|[[a|"}, {"closings", "}}]]"}, {"quotes", "''a''"},
	{"external links", "[http://a b] "}, {"addresses", "http://a "}, {"tags", "<small>"},
	{"hidden", `<span style="display:none">`}, {"raised marks", "<sup>a</sup>"}, {"nowiki", "<nowiki>a</nowiki>"},
	{"comments", "<!-- "}, {"entities", "&nbsp;"}, {"pipes", "|"}, {"fields", "|a=b\n"}, {"keys", "|{{a}}="},
	{"bullets", "\n* a"}, {"white space", " \n"}, {"raised templates", "<sup>{{small|a}}</sup>"}, {"invisible", "\u200b"},
	{"boxes", "{{Infobox election|a=b}}"}, {"open boxes", "{{Infobox election|a="}, {"names", "Infobox election "},
	{"names behind comments", "{{Infobox<!--"}, {"names with spaces", "{{Infobox     "},
	{"other boxes", "{{Infobox person}}"}, {"redirects", "#REDIRECT [[a]]\n"}, {"struck", "<s>a</s>"},
	{"links of templates", "{{sortname|a|"}, {"closed links of templates", "{{party link|{{party link|a}}}}"},
	{"open struck", "<del>"}, {"closing tags", "</b>"}, {"crossing", "<s><b>"}, {"raised", "<sup>[1]</sup>"},
	{"open raised", "<sup>"}, {"apostrophes", "'''a''"}, {"functions", "{{#if:a|"}, {"switches", "{{#switch:a|a=b|c}}"},
	{"braces in links", "{{x|[[a}}"}, {"closed links with braces", "{{x|[[a}}]]"}, {"only on the page", "<noinclude>a"},
	{"not on the page", "<includeonly>"}, {"open footnotes", "<ref>1\n|seats1=5\n"},
	{"footnotes over lines", "<ref>1\n|seats1=5</ref>\n"}, {"open templates over lines", "{{small|a\n|seats1=5\n"},
	{"unclosed boxes", "{{Infobox election\n|seats1=5\n\n"},
	{"boxes in functions", "{{#if:{{a}}|{{Infobox election|a=b}}}}"}, {"list after list", "\n* a\n\n"},
}

// readHostile returns a function that reads pages of n bytes each, with a unit repeated in a box and beside it.
func readHostile(unit string, n int) func() {
	long := strings.Repeat(unit, n/len(unit))
	pages := []string{
		"{{Infobox election|x = " + long + "}}", "{{Infobox election|x = " + long,
		"'''x'''" + long + "{{Infobox election|x=y}}\n" + long,
	}
	return func() {
		for _, page := range pages {
			NewReader(boxnames.Known(), Options{}).Read(&schemas.Document{URI: "x", Text: page, Format: "wikitext"})
		}
	}
}

func TestWikitextHostile(t *testing.T) {
	for _, h := range hostileWikitext {
		t.Run(h.name, func(t *testing.T) {
			schemastest.HoldsGrowth(t, func(n int) func() { return readHostile(h.unit, n) })
		})
	}
}

func BenchmarkWikitextRatio(b *testing.B) {
	for _, h := range hostileWikitext {
		b.Run(strings.ReplaceAll(h.name, " ", "_"), func(b *testing.B) {
			schemastest.BenchmarkRatio(b, readHostile(h.unit, 1<<17), readHostile(h.unit, 1<<20))
		})
	}
}

// BenchmarkNoBox measures a page without an election box, beside copying it.
func BenchmarkNoBox(b *testing.B) {
	section := "\n== Constituency ==\nIn [[constituency|the place]] twelve candidates stood, " +
		"and '''turnout''' was 30.1%.<ref>{{cite web|title=Results|date=10 September 2007}}</ref>\n"
	page := "{{Infobox settlement\n| name = Testland\n}}\n'''Testland''' is a place." +
		strings.Repeat(section, 30_000/len(section))
	reader := NewReader(boxnames.Known(), Options{})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		for b.Loop() {
			reader.Read(&schemas.Document{URI: "page", Text: page})
		}
	})
	b.Run("copy", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		to := make([]byte, len(page))
		for b.Loop() {
			copy(to, page)
		}
	})
}
