package html

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// hostileHTML is pages made to hurt, each of about n bytes.
var hostileHTML = []struct {
	name string
	make func(n int) string
}{
	{"blocks without end", func(n int) string { return boxStart + strings.Repeat("<div>", n/5) }},
	{"tables without end", func(n int) string { return boxStart + strings.Repeat("<table>", n/7) }},
	{"tables in cells", func(n int) string { return boxStart + strings.Repeat("<tr><td><table>", n/15) }},
	{"boxes in cells", func(n int) string { return strings.Repeat(boxStart+"<tr><td>", n/(len(boxStart)+8)) }},
	{"boxes in cells, closed", func(n int) string {
		k := n / (len(boxStart) + 8 + 18)
		return strings.Repeat(boxStart+"<tr><td>", k) + strings.Repeat("</td></tr></table>", k)
	}},
	{"boxes side by side", func(n int) string {
		one := extracttest.LegislativeTable("x", "<tr><td></td><td>A</td><td>1</td></tr>")
		return strings.Repeat(one, n/len(one))
	}},
	{"formatting without end", func(n int) string { return boxStart + strings.Repeat("<tr><td><b><i><a>x", n/18) }},
	{"formatting, all different", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "<b id=%d><p>x", i)
		}
		return "<html>" + b.String()
	}},
	{"end tags alone", func(n int) string { return boxStart + strings.Repeat("a</z>b</td>", n/11) }},
	{"rows without cells", func(n int) string { return boxStart + strings.Repeat("<tr>", n/4) }},
	{"cells without end", func(n int) string { return boxStart + "<tr>" + strings.Repeat("<td>1", n/5) }},
	{"huge spans", func(n int) string {
		return boxStart + strings.Repeat("<tr><th>Party<td colspan=999999999>A<td rowspan=999999999>B", n/60)
	}},
	{"rows of contenders", func(n int) string {
		return boxStart + strings.Repeat("<tr><th>Party</th><td>A</td><td>B</td></tr>"+
			"<tr><th>Popular vote</th><td>1</td><td>2</td></tr>", n/96)
	}},
	{"labels of one block", func(n int) string {
		return boxStart + "<tr><th></th><th>First party</th></tr>" +
			strings.Repeat("<tr><th>x</th><td>1</td></tr>", n/29)
	}},
	{"headings", func(n int) string {
		return boxStart + strings.Repeat(`<tr><th class="infobox-header">Senate election</th></tr>`+
			`<tr><th></th><th>A</th></tr><tr><th>Party</th><td>x</td></tr>`, n/116)
	}},
	{"parties", func(n int) string {
		return extracttest.LegislativeTable("x", strings.Repeat("<tr><td></td><td>A</td><td>1</td></tr>", n/38))
	}},
	{"attributes", func(n int) string { return boxStart + "<tr><td " + strings.Repeat("style=x ", n/8) + ">" }},
	{"one style", func(n int) string {
		return boxStart + `<tr><td></td><td style="` + strings.Repeat("border-bottom:solid;", n/20) + `">`
	}},
	{"one class", func(n int) string {
		return `<table class="infobox ` + strings.Repeat("a ", n/2) + `"><tr><td>` + strings.Repeat("<b>", 100)
	}},
	{"one cell", func(n int) string {
		return boxStart + "<tr><td>" + strings.Repeat("5 seats needed for a majority<br>", n/33)
	}},
	{"arrows", func(n int) string { return boxStart + "<tr><td>" + strings.Repeat("← 2001 ", n/9) + "</td></tr>" }},
	{"comments", func(n int) string { return boxStart + strings.Repeat("<!-- ", n/5) }},
	{"comments first", func(n int) string { return strings.Repeat("<!---->", n/7) + boxStart }},
	{"open tags", func(n int) string { return boxStart + strings.Repeat("<td ", n/4) }},
	{"entities", func(n int) string { return boxStart + "<tr><th>" + strings.Repeat("&amp", n/4) }},
	{"paragraphs", func(n int) string {
		box := extracttest.LegislativeTable("x", "<tr><td></td><td>A</td><td>1</td></tr>")
		return box + strings.Repeat("<p>", n/3) + "x"
	}},
	{"scripts", func(n int) string { return "<html>" + strings.Repeat(`<script>"wg</script>`, n/20) }},
	{"links in a raised part", func(n int) string {
		return boxStart + "<tr><td>55% <sup>1" + strings.Repeat(`<a href="/x"></a>`, n/17)
	}},
	{"boxes in a raised part", func(n int) string {
		return boxStart + "<sup>1" + strings.Repeat(`<table class="infobox"></table>`, n/31)
	}},
	{"cells that reach down", func(n int) string {
		group := strings.Repeat("<td rowspan=0>", 200) + strings.Repeat("<tr>", 1000) + "</tbody><tbody>"
		return boxStart + strings.Repeat(group, 1+n/len(group))
	}},
	{"columns of results", func(n int) string {
		return `<table class="ib-legis-elect-results"><tr><th>Party</th><th>Seats</th>` +
			strings.Repeat("<th>x</th>", n/20) + "</tr><tr>" + strings.Repeat("<td>y</td>", n/20)
	}},
	{"list items", func(n int) string { return boxStart + "<tr><td>" + strings.Repeat("<ul><li>x", n/9) }},
}

const boxStart = `<table class="infobox vevent"><caption>x</caption>`

func readHTMLText(text string) *schemas.Document {
	d := &schemas.Document{URI: "x.html", Text: text}
	Read(d)
	return d
}

func TestHTMLHostile(t *testing.T) {
	for _, h := range hostileHTML {
		t.Run(h.name, func(t *testing.T) {
			schemastest.HoldsGrowth(t, func(n int) func() {
				text := h.make(n)
				return func() { readHTMLText(text) }
			})
		})
	}
}

func BenchmarkHTMLRatio(b *testing.B) {
	for _, h := range hostileHTML {
		b.Run(strings.ReplaceAll(h.name, " ", "_"), func(b *testing.B) {
			small, large := h.make(1<<17), h.make(1<<20)
			schemastest.BenchmarkRatio(b, func() { readHTMLText(small) }, func() { readHTMLText(large) })
		})
	}
}

func FuzzReadHTML(f *testing.F) {
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) == 0 {
		f.Fatal("no fixtures", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(content))
	}
	for _, h := range hostileHTML {
		f.Add(h.make(1 << 10))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<17 {
			t.Skip()
		}
		text = strings.ToValidUTF8(text, "\uFFFD")
		Matches(text)
		d := readHTMLText(text)
		last := 0
		for i := range d.Boxes {
			b := &d.Boxes[i]
			if b.Box <= last || b.Parent < 0 || b.Parent >= b.Box {
				t.Fatalf("a box has number %d and parent %d, the one before has number %d", b.Box, b.Parent, last)
			}
			last = b.Box
			holdsBoxLaws(t, text, b)
		}
		for _, p := range d.Prose {
			if p.Text == "" || p.Text != document.NormalizeSpace(p.Text) || p.Offset != -1 {
				t.Fatalf("the white space of prose is not normalized: %+v", p)
			}
		}
		if again := readHTMLText(text); !cmp.Equal(d, again) {
			t.Fatal("reading twice gives different results")
		}
	})
}

// holdsBoxLaws holds what is true of any box in HTML: it and its fields are in the text, and each field has a key, a
// name and a path.
func holdsBoxLaws(t *testing.T, text string, b *schemas.Infobox) {
	t.Helper()
	if b.Template == "" || b.Line < 1 {
		t.Fatalf("box %d: template %q, line %d", b.Box, b.Template, b.Line)
	}
	if b.Offset < 0 || b.End < b.Offset || b.End > len(text) {
		t.Fatalf("box %d is from %d to %d of %d", b.Box, b.Offset, b.End, len(text))
	}
	for _, f := range b.Fields {
		switch {
		case f.Name == "" || f.Path == "" || f.Key == "" || f.Position < 0:
			t.Fatalf("a field without key, name or path: %+v", f)
		case f.Text != document.NormalizeSpace(f.Text):
			t.Fatalf("white space is not normalized: %q", f.Text)
		}
		extracttest.HoldsPlace(t, text, "field "+f.Key, f.Raw, f.Offset, f.Line)
	}
}
