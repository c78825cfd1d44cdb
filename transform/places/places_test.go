package places

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"hemicycle/schemas/schemastest"
)

// otherNames are the countries that the library names as no box does: Hong Kong SAR China.
var otherNames = []string{"COG", "COD", "MMR", "VCT", "HKG", "MAC", "SHN", "MAF"}

// Each code is one that the library knows, and the library's English name of each country leads to its code alone.
func TestCountriesAreThoseOfTheLibrary(t *testing.T) {
	ours := map[string]bool{}
	for _, p := range gazetteerOnce().countries {
		if ours[p.Code] = true; p.Code == "XKX" { // ISO leaves the X codes to users
			continue
		}
		region, err := language.ParseRegion(p.Code)
		if err != nil || region.ISO3() != p.Code {
			t.Errorf("%s is no code of ISO 3166-1 (%v)", p.Code, err)
			continue
		}
		name := display.English.Regions().Name(region)
		found := OfLabel(strings.NewReplacer("St. ", "Saint ", " & ", " and ").Replace(name), "en")
		isOurs := slices.ContainsFunc(found, func(f Place) bool { return f.Code == p.Code })
		if !isOurs && !slices.Contains(otherNames, p.Code) || len(found) > 1 && p.Code != "GEO" {
			t.Errorf("%s is %s in the library, and that name leads to %v", p.Code, name, found)
		}
	}
	// Withdrawn codes, parts of other countries with a code of their own, and places without voters.
	without := []string{"ATA", "BVT", "HMD", "IOT", "SGS", "SJM", "UMI", "VAT", "ATF"}
	for _, region := range display.Supported.Regions() {
		code := region.ISO3()
		if region.IsCountry() && len(code) == 3 && !ours[code] && !slices.Contains(without, code) &&
			region.Canonicalize() == region && !strings.HasPrefix(code, "Z") && !strings.HasPrefix(code, "Q") {
			t.Errorf("%s (%s) is missing", code, display.English.Regions().Name(region))
		}
	}
}

// A label is read as a whole, in English and in the language of the wiki.
func TestOfLabel(t *testing.T) {
	for _, c := range []struct{ label, lang, code, part string }{
		{"Morocco", "en", "MAR", ""},
		{"Kingdom of Denmark", "en", "DNK", ""},
		{"  the  Netherlands ", "", "NLD", ""},
		{"Republic of Korea", "", "KOR", ""},
		{"Kingdom of Romania", "", "ROU", ""},
		{"Commonwealth of Australia", "", "AUS", ""},
		{"People's Republic of Bulgaria", "", "BGR", ""},
		{"Soviet Union", "", "SUN", ""},
		{"Ohio", "", "USA", "Ohio"},
		{"Chicago", "", "USA", "Illinois"},
		{"Springfield, Illinois", "", "USA", "Illinois"},
		{"Georgia (U.S. state)", "", "USA", "Georgia"},
		{"Georgia (country)", "", "GEO", ""},
		{"Türkiye", "tr", "TUR", ""},
		{"Fas", "tr", "MAR", ""},
		{"Fas", "en", "", ""},
		{"España", "es", "ESP", ""},
		{"Ucraina", "it", "UKR", ""},
		{"日本", "ja", "JPN", ""},
		{"Brasil", "no-such-language", "", ""},
		{"Elbonia", "", "", ""},
		{"European Union", "", "", ""},
		{"Ottoman Empire", "", "", ""},
		{"Northern Cyprus", "", "", ""},
		{"Republic of Texas", "", "", ""},
		{"Kingdom of Great Britain", "", "", ""},
		{"Moroccan", "", "", ""},
		{"Morocco and Elbonia", "", "", ""},
		{"", "", "", ""},
	} {
		found := OfLabel(c.label, c.lang)
		switch {
		case c.code == "" && len(found) > 0 && found[0].Code != "":
			t.Errorf("%q (%s) is %v, expected nothing", c.label, c.lang, found)
		case c.code != "" && (len(found) != 1 || found[0].Code != c.code || found[0].Subdivision != c.part):
			t.Errorf("%q (%s) is %v, expected %s %s", c.label, c.lang, found, c.code, c.part)
		}
	}
	// A name of several places gives them all.
	for _, label := range []string{"Georgia", "Congo", "Korea", "Punjab", "La Rioja"} {
		if found := OfLabel(label, "en"); len(found) != 2 {
			t.Errorf("%q is %v, expected two places", label, found)
		}
	}
}

// The longest name at the beginning of a title counts.
func TestAtStart(t *testing.T) {
	for title, want := range map[string]struct {
		code  string
		words int
	}{
		"guinean legislative":              {"GIN", 1},
		"bissau-guinean legislative":       {"GNB", 1},
		"equatorial guinean legislative":   {"GNQ", 2},
		"papua new guinean general":        {"PNG", 3},
		"american samoan gubernatorial":    {"ASM", 2},
		"niger state gubernatorial":        {"NGA", 2},
		"nigerien general":                 {"NER", 1},
		"new york city mayoral":            {"USA", 3},
		"ohio's 12th district":             {"USA", 1},
		"peru, illinois mayoral":           {"USA", 2},
		"northern cypriot parliamentary":   {"", 2},
		"french somaliland territorial":    {"", 2},
		"elbonian general":                 {"", 0},
		"springfield, elbonia mayoral":     {"", 0},
		"serbia and montenegro general":    {"SCG", 3},
		"trinidad and tobago general":      {"TTO", 3},
		"united states virgin islands":     {"VIR", 4},
		"washington, d.c. mayoral":         {"USA", 2},
		"federal republic of yugoslavia":   {"YUG", 4},
		"democratic republic of the congo": {"COD", 5},
	} {
		found, n, _ := AtStart(strings.Fields(title))
		if n != want.words || len(found) > 0 && found[0].Code != want.code {
			t.Errorf("%q begins with %v of %d words, expected %s of %d", title, found, n, want.code, want.words)
		}
	}
}

// A long text costs no more than a name does.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("Republic of ", 100_000)
	if OfLabel(long, "tr") != nil || Fold(long) != "" {
		t.Error("a text that is no name is read as one")
	}
	schemastest.HoldsGrowth(t, func(n int) func() {
		label := strings.Repeat("the ", n)
		return func() { OfLabel(label, "en") }
	})
}
