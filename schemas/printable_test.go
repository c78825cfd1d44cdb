package schemas

import (
	"strings"
	"testing"
)

func TestPrintable(t *testing.T) {
	for name, want := range map[string]string{
		"":                            "",
		"pages/a b é 選挙.txt":          "pages/a b é 選挙.txt",
		`it's "so"\here`:              `it's "so"\here`,
		"a\x1b]0;pwn\a\nhemicycle: d": `"a\x1b]0;pwn\a\nhemicycle: d"`,
		"a\u202etxt.exe":              `"a\u202etxt.exe"`,
		"a\u2028b":                    `"a\u2028b"`,
		"a\u009bb\xffc":               `"a\u009bb\xffc"`,
	} {
		got := Printable(name)
		if got != want || strings.ContainsFunc(got, isUnprintable) {
			t.Errorf("%q is shown as %s, expected %s", name, got, want)
		}
	}
}
