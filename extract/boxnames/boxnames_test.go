package boxnames

import (
	"strings"
	"testing"
)

// TestCheckName holds that a name is refused if no template can have it, and no other is.
func TestCheckName(t *testing.T) {
	for name, ok := range map[string]bool{
		"Infobox Elections": true, "Template:Infobox Elections": true, "info/Eleição": true, "選挙": true, "A:B": true,
		"Ficha de elección (España)": true, "X": true, "infobox_Wahl": true, strings.Repeat("x", 255): true,
		"": false, " ": false, "_": false, ":": false, "Template:": false, " template : ": false, "\u200e": false,
		"[[": false, "a]": false, "a|b": false, "{": false, "}}": false, "#if": false, "A#b": false, "<b>": false,
		"\uFFFD": false, strings.Repeat("x", 256): false,
	} {
		if err := CheckName(name); (err == nil) != ok {
			t.Errorf("%.50q: %v", name, err)
		}
	}
}
