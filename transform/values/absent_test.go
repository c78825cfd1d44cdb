package values

import (
	"testing"
)

func TestIsNameless(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "–": true, "…": true, "?": true, "N/A": true, "TBD": true, "None": true,
		"NA": false, "Unknown": false, "A": false, "31": false, "Uncontested": false, "Más": false,
	} {
		if IsNameless(text) != want {
			t.Errorf("%q: expected %t", text, want)
		}
	}
}
