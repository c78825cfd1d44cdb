package boxnames

import (
	"hemicycle/schemas"
	"strings"
	"testing"
)

// Most pages name no box, and are not parsed.
func TestSearchPasses(t *testing.T) {
	s := NewSearch(Known())
	for text, want := range map[string]bool{
		"":                                   false,
		"{{Infobox person|name=x}}":          false,
		"An infobox on the election":         false,
		"{{Infobox\nelection":                true,
		"{{Infobox_election":                 true,
		"&lt;!-- --&gt;{{infobox election":   true,
		"{{Infobox&lt;!-- --&gt; election":   true,
		"{{Infobox legislative":              false,
		"{{Infobox Legislative election|a=b": true,
	} {
		if got := s.Contains([]byte(text)); got != want {
			t.Errorf("%q: %v, expected %v", text, got, want)
		}
	}
}

// A name with a character that XML writes in several ways is found however it is written. A name of one letter can be
// any template.
func TestSearchOfOddNames(t *testing.T) {
	s := NewSearch(Names{"Boîte d'élection": schemas.GeneralBox, "Wahl & Co": schemas.GeneralBox})
	for text, want := range map[string]bool{
		"{{boîte d'élection|a=b":       true,
		"{{Boîte_d&#039;élection|a=b":  true,
		"{{Boîte d&amp;#039;élection}": true,
		"{{wahl &amp; Co":              true,
		"{{Wahl":                       true, // it may be followed by anything
		"{{Boîte aux lettres":          false,
	} {
		if got := s.Contains([]byte(text)); got != want {
			t.Errorf("%q: %v, expected %v", text, got, want)
		}
	}
	if s := NewSearch(Names{"X": schemas.GeneralBox}); !s.Contains([]byte("{{y}}")) {
		t.Error("a template is passed though a name is one letter")
	}
}

// TestOtherScripts holds that a name in another script is found whatever the search has learnt of the texts before, and
// that what is rare in a text is learnt: in Arabic, every letter begins with one of few bytes.
func TestOtherScripts(t *testing.T) {
	const name, filler = "صندوق معلومات", "كانت الحكومة في المدينة تعمل على إصلاح الطرق. "
	s := NewSearch(Names{name: "x"})
	before := s.needles[0].rare.Load()
	if s.Contains([]byte(filler)) {
		t.Error("a short text without the name has it")
	}
	long := strings.Repeat(filler, learnFrom/len(filler)+1)
	if s.Contains([]byte(long)) || !s.Contains([]byte(long+"{{"+name)) || !s.Contains([]byte("{{"+name+"}}")) {
		t.Error("the name is not found where it is, and nowhere else")
	}
	if after := s.needles[0].rare.Load(); after == before {
		t.Errorf("the search still looks for the byte %d of the name", before)
	}
	if english := NewSearch(Known()); english.learns {
		t.Error("the search for English names learns, and need not")
	}
}
