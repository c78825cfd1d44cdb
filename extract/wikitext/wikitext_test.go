package wikitext

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline writes nodes as one line: T(name|key→value), L(target|label), and so on.
func outline(tree *Parser, s string, nodes []Node) string {
	var b strings.Builder
	for i := range nodes {
		n := &nodes[i]
		switch n.Kind {
		case Text:
			b.WriteString(s[n.Start:n.End])
			continue
		case Comment, Entity, Switch:
			fmt.Fprintf(&b, "%s(%s)", [...]string{Comment: "C", Entity: "E", Switch: "S"}[n.Kind], s[n.Start:n.End])
			continue
		case Tag:
			fmt.Fprintf(&b, "H(%s)", map[bool]string{true: "/"}[n.Closed]+n.Name(s))
			continue
		case Extension:
			from, to := n.Inner(s)
			fmt.Fprintf(&b, "X(%s:%s)", n.Name(s), s[from:to])
			continue
		}
		b.WriteString(map[Kind]string{Template: "T", Parameter: "P", Link: "L"}[n.Kind])
		if n.Kind == Template && !n.Closed {
			b.WriteString("!")
		}
		b.WriteString("(")
		parts := tree.Parts(n)
		for k := range parts {
			if k > 0 {
				b.WriteString("|")
			}
			p := &parts[k]
			if p.Equals >= 0 {
				b.WriteString(outline(tree, s, tree.Key(p)) + "→")
			}
			b.WriteString(outline(tree, s, tree.Value(p)))
		}
		b.WriteString(")")
	}
	return b.String()
}

var parseCases = []struct{ name, text, want string }{
	{"text", "plain = text | with } marks ] of [ no { kind", "plain = text | with } marks ] of [ no { kind"},
	{"template", "a {{b|c|d=e}} f", "a T(b|c|d→e) f"},
	{"empty parts", "{{b||=|x=}}", "T(b||→|x→)"},
	{"sign in a name", "{{a=b|c}}", "T(a=b|c)"},
	{"second sign", "{{a|b=c=d}}", "T(a|b→c=d)"},
	{"nested templates", "{{a|{{b|c={{d}}}}|e}}", "T(a|T(b|c→T(d))|e)"},
	{"template as a name", "{{{{a}}}}", "{P(a)}"},
	{"parameter", "{{{a|b}}}", "P(a|b)"},
	{"parameter in a template", "{{a|{{{b|{{c}}}}}}}", "T(a|P(b|T(c)))"},
	{"template and parameter at once", "{{{{{a}}}|b}}", "T(P(a)|b)"},
	{"link", "[[a]] [[b|c]] [[File:x|{{d}}|e [[f]]]]", "L(a) L(b|c) L(File:x|T(d)|e L(f))"},
	{"pipe of a link", "{{a|[[b|c]]|d=[[e|f=g]]}}", "T(a|L(b|c)|d→L(e|f→g))"},
	{"external link", "[http://a b]", "[http://a b]"},
	{"comment", "a<!-- {{b}} -->c", "aC(<!-- {{b}} -->)c"},
	{"comment after a name", "{{a<!-- b -->|c}}", "T(aC(<!-- b -->)|c)"},
	{"unclosed comment", "a<!-- {{b}}", "aC(<!-- {{b}})"},
	{"comment in a comment", "<!-- a <!-- b --> c -->", "C(<!-- a <!-- b -->) c -->"},
	{"nowiki", "<nowiki>{{a}}</nowiki>{{b}}", "X(nowiki:{{a}})T(b)"},
	{"nowiki without content", "{{a<nowiki/>|b}}", "T(aX(nowiki:)|b)"},
	{"pre", "<pre>\n{{a}}</pre >", "X(pre:\n{{a}})"},
	{
		"references", `a<ref>b|c</ref><ref name="d"/><ref name=e />{{f|g<ref name="h">{{i|j=k}}</ref>|l}}`,
		"aX(ref:b|c)X(ref:)X(ref:)T(f|gX(ref:{{i|j=k}})|l)",
	},
	{"unclosed reference", "{{a|b<ref>c|d}}", "T(a|bH(ref)c|d)"},
	{"tags", "<b>a</b><br/><BR><span style=\"x\">{{b}}</span>", "H(b)aH(/b)H(br)H(br)H(span)T(b)H(/span)"},
	{"unclosed tag swallows nothing", "{{a|<small>b|c=d}}", "T(a|H(small)b|c→d)"},
	{"no tags", "a < b, 1<2, <>, </>, <3>, <a", "a < b, 1<2, <>, </>, <3>, <a"},
	{"entities", "a&nbsp;b&#160;c&#xA0;d&e;& ;&amp", "aE(&nbsp;)bE(&#160;)cE(&#xA0;)dE(&e;)& ;&amp"},
	{"switches", "__NOTOC__ a__b__ __ A__", "S(__NOTOC__) a__b__ __ A__"},
	{"magic pipe", "{{a|b={{!}}|c}}", "T(a|b→T(!)|c)"},
	{"single brace", "{{a|b={c}|d}}", "T(a|b→{c}|d)"},
	{"three closing", "{{a|b}}}", "T(a|b)}"},
	{"table", "{|\n| a || b\n|}", "{|\n| a || b\n|}"},
	{"unclosed template", "x {{a|b=c|{{d}}", "x T!(a|b→c|T(d))"},
	{"unclosed name", "{{", "T!()"},
	{"unclosed link", "[[a|b {{c}}", "[[a|b T(c)"},
	{"unclosed link in a template", "{{a|b=[[c|d=e|f}} g", "T(a|b→[[c|d→e|f) g"},
	{"braces in a link", "{{a|b=[[c|d}}}]]|e=f}}", "T(a|b→L(c|d}}})|e→f)"},
	{"braces in a link in a link", "{{a|[[b|[[c}}]] d}}]]}}", "T(a|L(b|L(c}}) d}}))"},
	{"braces in a link that is closed further down", "{{a|[[b}} c\nd]]", "T(a|[[b) c\nd]]"},
	{"braces before another link", "{{a|[[b}} [[c]]", "T(a|[[b) L(c)"},
	{
		"what is only on the page",
		"<noinclude>{{a}}</noinclude><onlyinclude>b</onlyinclude>",
		"H(noinclude)T(a)H(/noinclude)H(onlyinclude)bH(/onlyinclude)",
	},
	{
		"what is not on the page",
		"a<includeonly>{{b|</includeonly>c<IncludeOnly >d",
		"aC(<includeonly>{{b|</includeonly>)cC(<IncludeOnly >d)",
	},
	{"unclosed links in a template", "{{a|b=[[c [[d=|e}} g", "T(a|b→[[c [[d=|e) g"},
	{"stray closings", "}} ]] }}}", "}} ]] }}}"},
	{"brackets crossing", "[[a {{b]] c}} d]]", "L(a T(b]] c) d)"},
	{"many braces", "{{{{{{{a}}}}}}}", "{P(P(a))}"},
	{"many brackets", "[[[a]]]", "[L(a)]"},
}

func TestParse(t *testing.T) {
	for _, c := range parseCases {
		t.Run(c.name, func(t *testing.T) {
			tree, nodes := Parse(c.text)
			if diff := cmp.Diff(c.want, outline(tree, c.text, nodes)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.text, diff)
			}
			holdsTreeLaws(t, c.text, tree, nodes)
		})
	}
}

// holdsTreeLaws holds what is true of any text: nothing is lost, nodes are side by side in their order within what
// encloses them, and they nest no deeper than MaxDepth.
func holdsTreeLaws(t *testing.T, s string, tree *Parser, nodes []Node) {
	t.Helper()
	if got := tree.print(nodes); got != s {
		t.Fatalf("printing gives other bytes (-text +printed):\n%s", cmp.Diff(s, got))
	}
	var inside func(nodes []Node, from, to, depth int)
	inside = func(nodes []Node, from, to, depth int) {
		if depth > MaxDepth+1 {
			t.Fatalf("nodes nest %d deep", depth)
		}
		for i := range nodes {
			n := &nodes[i]
			if n.Start < from || n.End < n.Start || n.End > to {
				t.Fatalf("a node of kind %d stands at %d to %d, outside of %d to %d", n.Kind, n.Start, n.End, from, to)
			}
			from = n.End
			parts := tree.Parts(n)
			for k := range parts {
				p := &parts[k]
				if p.Start < n.Start || p.End > n.End || p.End < p.Start {
					t.Fatalf("a part stands at %d to %d, its node at %d to %d", p.Start, p.End, n.Start, n.End)
				}
				if p.Equals >= 0 && s[p.Equals] != '=' {
					t.Fatalf("there is no sign = at %d", p.Equals)
				}
				inside(tree.Nodes(p), p.Start, p.End, depth+1)
			}
		}
	}
	inside(nodes, 0, len(s), 0)
}

// parseAndHold parses a text and holds the laws of its tree.
func parseAndHold(t *testing.T, s string) {
	t.Helper()
	tree, nodes := Parse(s)
	holdsTreeLaws(t, s, tree, nodes)
}

// What is longer than any tag, entity or switch is text. A mark at its limit is not.
func TestTokensAreBounded(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, c := range []struct {
		name   string
		text   func(n int) string // with n bytes in the part that is bounded
		limit  int
		marked func(n int) string
	}{
		{
			name: "the name of a tag", limit: 20,
			text:   func(n int) string { return "<" + x(n) + ">a" },
			marked: func(n int) string { return "H(" + x(n) + ")a" },
		},
		{
			name: "the attributes of a tag, with its >", limit: 2000,
			text:   func(n int) string { return "<b " + x(n-2) + ">a" },
			marked: func(int) string { return "H(b)a" },
		},
		{
			name: "the white space of an end tag", limit: 100 - len("ref"),
			text:   func(n int) string { return "<ref>a</ref" + strings.Repeat(" ", n) + ">" },
			marked: func(int) string { return "X(ref:a)" },
		},
		{
			name: "an entity", limit: 32,
			text:   func(n int) string { return "&" + x(n) + ";a" },
			marked: func(n int) string { return "E(&" + x(n) + ";)a" },
		},
		{
			name: "a switch", limit: 40 - len("__"),
			text:   func(n int) string { return "__" + strings.ToUpper(x(n)) + "__a" },
			marked: func(n int) string { return "S(__" + strings.ToUpper(x(n)) + "__)a" },
		},
	} {
		text := c.text(c.limit)
		tree, nodes := Parse(text)
		if diff := cmp.Diff(c.marked(c.limit), outline(tree, text, nodes)); diff != "" {
			t.Errorf("%s of %d bytes (-want +got):\n%s", c.name, c.limit, diff)
		}
		text = c.text(c.limit + 1)
		if tree, nodes = Parse(text); outline(tree, text, nodes) == c.marked(c.limit+1) {
			t.Errorf("%s of %d bytes is read as if it were one", c.name, c.limit+1)
		}
	}
}

// A caller can say where templates end that nothing closes, and which tags nothing closes.
func TestRepair(t *testing.T) {
	const text = "{{a|b={{c|{{d|[[e\n|f=1}}\ng<ref>h|i<ref>j</ref>}} k"
	for _, c := range []struct {
		name     string
		cuts     []Cut
		unclosed []int
		want     string
	}{
		{"nothing", nil, nil, "T!(a|b→T(c|T(d|[[e\n|f→1)\ngX(ref:h|i<ref>j)) k)"},
		{"templates", []Cut{{At: 17, From: 6}}, nil, "T(a|b→T!(c|T!(d|[[e))\n|f→1)\ngX(ref:h|i<ref>j)}} k"},
		{"one template", []Cut{{At: 17, From: 10}}, nil, "T(a|b→T(c|T!(d|[[e)\n|f→1)\ngX(ref:h|i<ref>j)) k"},
		{"all", []Cut{{At: 17, From: 0}}, nil, "T!(a|b→T!(c|T!(d|[[e)))\n|f=1}}\ngX(ref:h|i<ref>j)}} k"},
		{"a tag", nil, []int{26}, "T!(a|b→T(c|T(d|[[e\n|f→1)\ngH(ref)h|iX(ref:j)) k)"},
		{"within a tag", []Cut{{At: 30, From: 0}}, nil, "T!(a|b→T!(c|T(d|[[e\n|f→1)\ngX(ref:h|i<ref>j)))}} k"},
	} {
		unclosed := map[int]bool{}
		for _, at := range c.unclosed {
			unclosed[at] = true
		}
		p := new(Parser)
		p.Reset(text)
		p.ParseTo(len(text))
		p.Repair(c.cuts, unclosed)
		nodes, _ := p.ParseTo(len(text))
		if diff := cmp.Diff(c.want, outline(p, text, nodes)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		holdsTreeLaws(t, text, p, nodes)
	}
}

func TestDepthIsBounded(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("{{a|", 10*MaxDepth),
		strings.Repeat("{{a|", 10*MaxDepth) + strings.Repeat("}}", 10*MaxDepth),
		strings.Repeat("[[a|", 10*MaxDepth),
		strings.Repeat("[[a|{{b|", 5*MaxDepth) + strings.Repeat("}}]]", 5*MaxDepth),
		strings.Repeat("{", 100_000) + "a" + strings.Repeat("}", 100_000),
	} {
		parseAndHold(t, text)
	}
	text := "{{x|" + strings.Repeat("{{a|", 10*MaxDepth) + strings.Repeat("}}", 10*MaxDepth) + "|y}}{{z}}"
	tree, nodes := Parse(text)
	holdsTreeLaws(t, text, tree, nodes)
	if len(nodes) != 2 || len(tree.Parts(&nodes[0])) != 3 {
		t.Errorf("what nests too deep breaks what encloses it: %d nodes", len(nodes))
	}
}

// Behind MaxMarks marks the text is not parsed any more, and the next text is parsed as if it were the first.
func TestMarksAreBounded(t *testing.T) {
	s := "{{a|" + strings.Repeat("|", MaxMarks) + "{{b}}"
	p, nodes := Parse(s)
	if place, ok := p.LimitReached(); !ok || place != 4+MaxMarks-2 {
		t.Errorf("the parser gives up at %d: %v", place, ok)
	}
	if len(nodes) != 1 || nodes[0].Closed || nodes[0].End != len(s) || len(p.Parts(&nodes[0])) != MaxMarks {
		t.Errorf("%d nodes, the first to %d of %d", len(nodes), nodes[0].End, len(s))
	}
	p.Reset("{{a|b}}")
	if nodes, _ := p.ParseTo(7); len(nodes) != 1 || !nodes[0].Closed {
		t.Error("the next text is not read as if it were the first")
	}
	if _, ok := p.LimitReached(); ok {
		t.Error("the next text is full as well")
	}
}

// Real pages are printed as they were, if there are any.
func TestRealPages(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/corpus/wikitext/*")
	if len(paths) == 0 {
		t.Skip("no real pages are here")
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		parseAndHold(t, string(content))
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) { parseAndHold(t, s) })
}

// hostileTexts has what is repeated to make a careless parser slow.
var hostileTexts = map[string]string{
	"prose":         "Elections were held in the country on a day of that year, and many people voted. ",
	"open-braces":   "{{",
	"open-template": "{{a|",
	"open-links":    "[[a|",
	"both":          "[[a|{{b|",
	"unclosed-link": "{{a|[[b}}",
	"closed":        "{{a|b=c}}",
	"closings":      "}} ]] ",
	"angles":        "<a <b ",
	"comments":      "<!-- ",
	"refs":          "<ref>",
	"nowikis":       "</nowiki <nowiki>",
	"entities":      "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"underscores":   "__AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"pipes":         "|=",
}

// The MB/s of each text must not fall from size to size.
func BenchmarkParse(b *testing.B) {
	for name, unit := range hostileTexts {
		for _, size := range []int{100_000, 1_000_000, 10_000_000} {
			text := strings.Repeat(unit, size/len(unit))
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Parse(text)
				}
			})
		}
	}
}
