package wikipage

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

// boxOffsets returns where boxes open, by a walk over all of a text.
func boxOffsets(text string, names boxnames.Names) []int {
	var offsets []int
	tree, nodes := wikitext.Parse(text)
	var walk func([]wikitext.Node)
	walk = func(nodes []wikitext.Node) {
		for i := range nodes {
			n := &nodes[i]
			if _, ok := names[nameOrNone(tree, text, n)]; ok {
				offsets = append(offsets, n.Start)
			}
			for _, p := range tree.Parts(n) {
				walk(tree.Nodes(&p))
			}
		}
	}
	walk(nodes)
	return offsets
}

// nameOrNone returns the name of a template, or "" for any other node.
func nameOrNone(tree *wikitext.Parser, text string, n *wikitext.Node) string {
	if n.Kind != wikitext.Template {
		return ""
	}
	return templateName(tree, text, n)
}

// The search for names, the parts of a page that are parsed and the nodes that are searched save work and lose nothing:
// the boxes are those that a walk over the whole page finds. A page of a dump is kept if it has one.
func TestSearchLosesNoBox(t *testing.T) {
	pieces := []string{
		"{{Infobox election", "{{infobox_legislative election", "{{ Template:Infobox  Legislative Election ",
		"{{Infobox <!-- c -->election", "{{Infobox<!-- c --> election", "{{Infobox\u00a0election", "{{Infobox person",
		"{{Wahl", "{{x", "{{Ab cd", "Infobox election", "nfobox", "}}", "}}", "}}", "{{", "{", "}", "|a=b", "|module=",
		"|", "=", "[[", "]]", "[[File:x|", "<!--", "-->", "<nowiki>", "</nowiki>", "<ref>", "</ref>", "text", "\n",
		"{{!}}",
	}
	for _, further := range []map[string]string{
		nil, {"wahl": schemas.GeneralBox, "Ab cd": schemas.GeneralBox}, {"X": schemas.GeneralBox},
	} {
		reader := NewReader(boxnames.Known().With(further), Options{})
		rapid.Check(t, func(t *rapid.T) {
			text := "'''" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 25).Draw(t, "pieces"), "")
			d := &schemas.Document{Text: text, Format: "wikitext"}
			reader.Read(d)
			var got []int
			for _, b := range d.Boxes {
				got = append(got, b.Offset)
			}
			for _, r := range d.Rejects {
				if r.Reason == schemas.ReasonEmptyBox {
					got = append(got, r.Offset)
				}
			}
			slices.Sort(got)
			want := boxOffsets(text, reader.names)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q (-walk +reader):\n%s", text, diff)
			}
			if len(want) > 0 && !boxnames.NewSearch(reader.names).Contains([]byte(text)) {
				t.Errorf("%q would be passed in a dump", text)
			}
		})
	}
}

// A box that the parser does not see as a template, and one that a comment hides up to the end of the page, is rejected
// once.
func TestUnseenBoxesAreRejected(t *testing.T) {
	box := "{{Infobox election\n| country = Testland\n}}"
	for _, c := range []struct {
		text   string
		offset int
		detail string
	}{
		{
			"x\n" + strings.Repeat("{{a|", 150) + box + strings.Repeat("}}", 150), 2 + 4*150,
			"more than 100 templates and links",
		},
		{strings.Repeat("[[a|", 300) + box + box, 4 * 300, "more than 100 templates and links"},
		{"'''x'''\n<!-- draft\n" + box, 8, "a comment is not closed"},
	} {
		d := &schemas.Document{Text: c.text}
		NewReader(boxnames.Known(), Options{}).Read(d)
		if len(d.Boxes) != 0 || len(d.Rejects) != 1 {
			t.Errorf("%.40q: %d boxes, rejects %+v", c.text, len(d.Boxes), d.Rejects)
		} else if r := d.Rejects[0]; r.Offset != c.offset || !strings.Contains(r.Detail, c.detail) {
			t.Errorf("%.40q: the reject is %+v", c.text, r)
		}
	}
	for _, text := range []string{
		strings.Repeat("{{a|", 150) + "Infobox election" + strings.Repeat("}}", 150),
		"<!-- " + box + " -->", "'''x''' <!-- draft",
	} {
		d := &schemas.Document{Text: text}
		if NewReader(boxnames.Known(), Options{}).Read(d); len(d.Boxes)+len(d.Rejects) != 0 {
			t.Errorf("%.40q: %d boxes, rejects %+v", text, len(d.Boxes), d.Rejects)
		}
	}
}
