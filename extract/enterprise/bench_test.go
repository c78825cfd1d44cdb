package enterprise

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkLine measures what is done with a page of 30 kB of wikitext and 300 kB of HTML: that its line is parsed,
// that its text is searched for the names of boxes, and that its list of templates is. MB/s are of the line.
func BenchmarkLine(b *testing.B) {
	page := madePage{title: "Town", id: 1, version: 1}
	for i := range 60 {
		page.templates = append(page.templates, fmt.Sprint("Template:Infobox ", i))
	}
	page.text = strings.Repeat("A '''town''' with a [[market]] and {{convert|5|km}} of <ref>walls</ref>.\n", 400)
	const link = `<a rel=\"mw:WikiLink\" href=\"./Market\" title=\"Market\" id=\"mwAQ\">market</a>`
	html := strings.Repeat(link+`, walls\n`, 3500)
	line := []byte(strings.Replace(page.line(), `"html":"`, `"html":"`+html, 1))
	s := open(b, line)
	s.beginRange()
	if err := s.article.parse(line); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		work func() bool
	}{
		{"parse", func() bool { return s.article.parse(line) != nil }},
		{"search", func() bool { return s.search.Contains(s.unescape(s.article.wikitext)) }},
		{"templates", s.listsBox},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(line)))
			for b.Loop() {
				if c.work() {
					b.Fatal("the page has a box, or is broken")
				}
			}
		})
	}
}
