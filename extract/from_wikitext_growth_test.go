package extract

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"hemicycle/schemas"
)

// hostileWikitext is what stands in a box and beside it, again and again, to make a careless reader slow.
var hostileWikitext = []struct{ name, unit string }{
	{"templates", "{{small|a}}"}, {"open templates", "{{small|"}, {"unknown templates", "{{zz|a=b}}"}, {"names of templates", "{{"}, {"footnotes", "{{efn|a [[b]]}}"}, {"citations", "<ref>{{cite web|title=a}}</ref>"},
	{"lists", "{{ubl|a|b}}"}, {"dates", "{{start date|2007|9|7}}"}, {"links", "[[a|b]]"}, {"open links", "[[a|"}, {"links in templates", "{{nowrap|[[a|"}, {"closings", "}}]]"}, {"quotes", "''a''"},
	{"external links", "[http://a b] "}, {"addresses", "http://a "}, {"tags", "<small>"}, {"hidden", `<span style="display:none">`}, {"raised marks", "<sup>a</sup>"}, {"nowiki", "<nowiki>a</nowiki>"}, {"comments", "<!-- "},
	{"entities", "&nbsp;"}, {"pipes", "|"}, {"fields", "|a=b\n"}, {"keys", "|{{a}}="}, {"bullets", "\n* a"}, {"white space", " \n"}, {"invisible", "\u200b"}, {"boxes", "{{Infobox election|a=b}}"},
	{"open boxes", "{{Infobox election|a="}, {"names", "Infobox election "}, {"names behind comments", "{{Infobox<!--"}, {"names with spaces", "{{Infobox     "}, {"other boxes", "{{Infobox person}}"}, {"redirects", "#REDIRECT [[a]]\n"},
}

func hostilePages(unit string, n int) []string {
	long := strings.Repeat(unit, n/len(unit))
	return []string{"{{Infobox election|x = " + long + "}}", "'''x'''" + long + "{{Infobox election|x=y}}\n" + long}
}

func readWikitextText(text string) {
	_ = Read(&schemas.Document{URI: "x", Text: text, Format: "wikitext"})
}

// TestWikitextHostile holds the reader to bounded memory: what it allocates grows as the input does.
func TestWikitextHostile(t *testing.T) {
	for _, h := range hostileWikitext {
		t.Run(h.name, func(t *testing.T) {
			cost := func(n int) (all uint64) {
				for _, page := range hostilePages(h.unit, n) {
					var before, after runtime.MemStats
					runtime.ReadMemStats(&before)
					readWikitextText(page)
					runtime.ReadMemStats(&after)
					all += after.TotalAlloc - before.TotalAlloc
				}
				return all
			}
			cost(1 << 12)
			small, large := max(cost(1<<14), 1<<18), cost(1<<17)
			if large > 24*small {
				t.Errorf("8 times the input took %d times the memory: %d bytes, then %d", large/small, small, large)
			}
		})
	}
}

// BenchmarkWikitextRatio shows that reading takes time in proportion to the input: the ratio of the times
// for eight times the input stays near eight.
func BenchmarkWikitextRatio(b *testing.B) {
	for _, h := range hostileWikitext {
		b.Run(strings.ReplaceAll(h.name, " ", "_"), func(b *testing.B) {
			small, large := hostilePages(h.unit, 1<<17), hostilePages(h.unit, 1<<20)
			var first, second time.Duration
			for b.Loop() {
				for i := range small {
					start := time.Now()
					readWikitextText(small[i])
					middle := time.Now()
					readWikitextText(large[i])
					first, second = first+middle.Sub(start), second+time.Since(middle)
				}
			}
			b.ReportMetric(float64(second)/float64(first), "ratio")
			b.ReportMetric(float64(second.Microseconds())/1000/float64(2*b.N), "ms/MiB")
		})
	}
}

// BenchmarkNoBox is what a page without an election box costs, beside what copying it does.
func BenchmarkNoBox(b *testing.B) {
	section := "\n== Constituency ==\nIn [[constituency|the place]] twelve candidates stood, and '''turnout''' was 30.1%.<ref>{{cite web|title=Results|date=10 September 2007}}</ref>\n"
	page := "{{Infobox settlement\n| name = Testland\n}}\n'''Testland''' is a place." + strings.Repeat(section, 30_000/len(section))
	reader := NewReader(Options{})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		for b.Loop() {
			if err := reader.Read(&schemas.Document{URI: "page", Text: page}); err != nil {
				b.Fatal(err)
			}
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
