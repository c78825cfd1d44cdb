package chambers

import (
	"testing"

	"hemicycle/transform/places"
)

func TestNamed(t *testing.T) {
	country := func(code string) places.Place { return places.Place{Code: code} }
	part := func(code, part string) places.Place {
		return places.Place{Code: code, Subdivision: part, Scope: places.Part}
	}
	for _, c := range []struct {
		text  string
		place places.Place
		year  int
		want  string
		named bool
	}{
		{"Federal Senate (Brazil)", country("BRA"), 2022, "upper", true},
		{"Senate", country(""), 0, "upper", true},
		{"House of Commons", country("CAN"), 0, "lower", true},
		{"House of Representatives", country("MAR"), 2007, "lower", true},
		{"House of Representatives", country("MAR"), 1984, "unicameral", true},
		{"House of Representatives", country("NZL"), 1946, "", true},
		{"House of Representatives", country("NZL"), 2020, "unicameral", true},
		{"House of Representatives", country("IDN"), 2019, "", true},
		{"House of Representatives", country(""), 2019, "", true},
		{"House of Representatives", part("USA", "Ohio"), 2022, "lower", true},
		{"Chamber of Deputies", country("LUX"), 2018, "unicameral", true},
		{"Chamber of Deputies of the Czech Republic", country("CZE"), 2021, "lower", true},
		{"National Council", country("SVK"), 2020, "unicameral", true},
		{"National Council", country("AUT"), 2019, "lower", true},
		{"National Council", country("NAM"), 2019, "upper", true},
		{"National Assembly", country("FRA"), 1997, "lower", true},
		{"National Assembly", country("FRA"), 1871, "", true},
		{"National Assembly", country("HUN"), 2022, "unicameral", true},
		{"National Assembly", country("ZZZ"), 2022, "", true},
		{"Legislative Assembly", part("AUS", "Victoria"), 2022, "lower", true},
		{"Legislative Assembly", part("AUS", "Queensland"), 2020, "unicameral", true},
		{"Legislative Assembly", part("AUS", "Queensland"), 1912, "", true},
		{"Legislative Council", part("AUS", "Tasmania"), 2020, "upper", true},
		{"Legislative Council", places.Place{Code: "HKG", Scope: places.Territory}, 2016, "", true},
		{"Karnataka Legislative Assembly", part("IND", "Karnataka"), 2023, "lower", true},
		{"Assam Legislative Assembly", part("IND", "Assam"), 2011, "unicameral", true},
		{"General Assembly", part("USA", "New Jersey"), 2023, "lower", true},
		{"General Assembly", part("USA", "Virginia"), 2023, "", true},
		{"House of Assembly", country("BRB"), 2022, "lower", true},
		{"Constituent Assembly", country("NPL"), 2008, "", true},
		{"House of Representatives and Senate", country("AUS"), 2022, "", true}, // two of them
		{"Folketing", country("DNK"), 2022, "", false},
		{"Senators' Hall", country("DNK"), 2022, "", false},
		{"", country("DNK"), 2022, "", false},
	} {
		got, named := Named(c.text, c.place, c.year)
		if got != c.want || named != c.named {
			t.Errorf("%s of %v in %d: %q, %t, expected %q, %t", c.text, c.place, c.year, got, named, c.want, c.named)
		}
	}
}

func TestWhole(t *testing.T) {
	for _, c := range []struct {
		code string
		year int
		want string
	}{
		{"DNK", 2022, "unicameral"}, {"DNK", 1950, ""}, {"DNK", 0, ""}, {"GBR", 2019, "lower"}, {"ITA", 2022, ""},
		{"TUR", 1977, ""}, {"TUR", 1957, "unicameral"}, {"TUR", 2018, "unicameral"}, {"PER", 2026, ""}, {"", 2022, ""},
	} {
		if got := Whole(c.code, c.year); got != c.want {
			t.Errorf("%s in %d: %q, expected %q", c.code, c.year, got, c.want)
		}
	}
}

// Each code of the tables is that of a country that is known, and no country has one house and two in one year.
func TestTablesAgree(t *testing.T) {
	for code, spans := range unicameral {
		for _, s := range spans {
			if s.to > 0 && s.to < s.from {
				t.Errorf("%s has one house from %d to %d", code, s.from, s.to)
			}
			for year := max(s.from, 1800); year <= 2030; year++ {
				if s.holds(year) && (holdsOf(lowerAlone, code, year) || holdsOf(lowerNationalAssemblies, code, year)) {
					t.Fatalf("%s has one house and two in %d", code, year)
				}
			}
		}
	}
	for _, table := range []map[string][]span{unicameral, lowerAlone, lowerNationalAssemblies, lowerNationalCouncils,
		upperNationalCouncils, lowerHousesOfAssembly} {
		for code := range table {
			if !places.IsCode(code) {
				t.Errorf("%s is the code of no country", code)
			}
		}
	}
}
