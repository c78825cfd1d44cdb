package linkednames

import (
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// links reads a text in which links are written as [[Page|label]].
func links(marked string) (text string, all []schemas.Link) {
	for {
		before, rest, ok := strings.Cut(marked, "[[")
		text += before
		if !ok {
			return text, all
		}
		link, behind, _ := strings.Cut(rest, "]]")
		page, label, isPiped := strings.Cut(link, "|")
		if !isPiped {
			label = page
		}
		all = append(all, schemas.Link{Text: label, Page: page, At: len(text)})
		text, marked = text+label, behind
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		{"[[Red Party|Reds]] – [[Green Party|Greens]]", "Reds=Red Party; Greens=Green Party"},
		{"[[Red Party|Reds]]–[[Green Party|Greens]]", "Reds=Red Party; Greens=Green Party"},
		{"[[Red Party|Reds]]/[[Green Party|Greens]]", "Reds=Red Party; Greens=Green Party"},
		{"[[Red Party|Reds]] [[Green Party|Greens]]", "Reds=Red Party; Greens=Green Party"},
		{"[[A]], [[B]] and [[C]]", "A=A; B=B; C=C"},
		{"[[A]], [[B]], and C", "A=A; B=B; C="},
		{"[[A]] & Others of B", ""},
		{"New [[A]] + [[B]] (north)", "New A=A; B (north)=B"},
		{"[[Unity]] ([[A]], [[B]])", ""},
		{"[[Mayor]] of [[Town]]", ""},
		{"[[A]] / [[A|the same]]", ""},
		{"[[Christian-Social Union]] und [[B]]", "Christian-Social Union=Christian-Social Union; B=B"},
		{"[[A, B and C]] / [[D]]", "A, B and C=A, B and C; D=D"},
		{"[[A]]", ""},
		{"", ""},
	} {
		text, all := links(c.value)
		var shown []string
		for _, name := range Split(text, all) {
			shown = append(shown, name.Name+"="+name.Page)
		}
		if got := strings.Join(shown, "; "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.value, got, c.want)
		}
	}
}

// TestSplitGrowth holds that the time grows in proportion to the text.
func TestSplitGrowth(t *testing.T) {
	for _, unit := range []string{"(", "a, ", " – ", "a and ", ") ("} {
		schemastest.HoldsGrowth(t, func(n int) func() {
			text, all := links("[[A]] / [[B]] / " + strings.Repeat(unit, n/len(unit)))
			return func() { Split(text, all) }
		})
	}
}
