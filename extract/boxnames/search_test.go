package boxnames

import (
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
