package schemas_test

import (
	"testing"

	"hemicycle/schemas"
)

func TestCanonicalTitle(t *testing.T) {
	const want = "Élection de 2007"
	for _, title := range []string{
		want, "élection_de_2007", " élection  de\t2007 ", "_élection_de 2007#Résultats", "élection de 2007#",
		"élection de 2007#a#b", ":élection de 2007", " : élection\u00A0de\u3000 2007", "\u200Eélection de\u202C 2007",
	} {
		if got := schemas.CanonicalTitle(title); got != want {
			t.Errorf("%q: %q, expected %q", title, got, want)
		}
	}
	for title, want := range map[string]string{
		"": "", "#section": "", " _ ": "", "A B": "A B", "A b": "A b", "élection De": "Élection De", "選挙": "選挙",
		"blue Party": "Blue Party", "iyi Parti": "Iyi Parti", "ßa": "ßa", "ǳa": "Ǳa", "2007 a": "2007 a",
		"Category:a": "Category:a",
	} {
		if got := schemas.CanonicalTitle(title); got != want {
			t.Errorf("%q: %q, expected %q", title, got, want)
		}
	}
}

// The first letter has the case that the wiki gives it.
func TestCanonicalTitleOfWiki(t *testing.T) {
	for _, c := range []struct {
		d           schemas.Document
		title, want string
	}{
		{schemas.Document{}, "blue_Party", "Blue Party"},
		{schemas.Document{Wiki: "trwiki"}, "iyi Parti", "İyi Parti"},
		{schemas.Document{Wiki: "trwiki"}, "ılık Parti", "Ilık Parti"},
		{schemas.Document{Wiki: "enwiki"}, "iyi Parti", "Iyi Parti"},
		{schemas.Document{Wiki: "x", TitleCase: schemas.CaseSensitive}, "blue_Party#a", "blue Party"},
	} {
		if got := c.d.CanonicalTitle(c.title); got != c.want {
			t.Errorf("%s %q: %q, expected %q", c.d.Wiki, c.title, got, c.want)
		}
	}
}
