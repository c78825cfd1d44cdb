package boxnames

import (
	"hemicycle/schemas"
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
