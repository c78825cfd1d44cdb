// Package chambers tells which house of a parliament a chamber is. What it does not know for certain, or not of that
// year, it does not tell.
//
// Start with Named, for a chamber that is named, and Whole, for an election that names none.
package chambers

import (
	"slices"
	"strings"

	"hemicycle/schemas/contest"
	"hemicycle/transform/places"
)

// span is the years in which something holds; to is 0 where it still does.
type span struct{ from, to int }

func (s span) holds(year int) bool { return year >= s.from && (s.to == 0 || year <= s.to) }

// holdsOf reports whether one of the spans of a country, in a table, holds in a year. An unknown year is in none.
func holdsOf(table map[string][]span, code string, year int) bool {
	return year > 0 && slices.ContainsFunc(table[code], func(s span) bool { return s.holds(year) })
}

// unknownChamber is the type of a chamber that is none of a parliament of its own right.
const unknownChamber = "unknown"

// chamberNames are names of chambers with their type, where it does not depend on the country: the first that a text
// has counts.
var chamberNames = []struct{ phrase, kind string }{
	{"house of representatives", ""}, {"house of assembly", ""}, {"legislative assembly", ""},
	{"legislative council", ""}, {"national assembly", ""}, {"national council", ""}, {"chamber of deputies", ""},
	{"general assembly", ""}, {"state assembly", ""}, {"constituent assembly", unknownChamber},
	{"senate", contest.ChamberUpper}, {"senato", contest.ChamberUpper}, {"senatosu", contest.ChamberUpper},
	{"senado", contest.ChamberUpper}, {"sénat", contest.ChamberUpper}, {"senatorial", contest.ChamberUpper},
	{"house of councillors", contest.ChamberUpper}, {"house of lords", contest.ChamberUpper},
	{"house of peers", contest.ChamberUpper}, {"rajya sabha", contest.ChamberUpper},
	{"council of states", contest.ChamberUpper}, {"federation council", contest.ChamberUpper},
	{"seanad", contest.ChamberUpper}, {"landsting", contest.ChamberUpper}, {"amyotha hluttaw", contest.ChamberUpper},
	{"house of commons", contest.ChamberLower}, {"lok sabha", contest.ChamberLower},
	{"congress of deputies", contest.ChamberLower}, {"bundestag", contest.ChamberLower},
	{"state duma", contest.ChamberLower}, {"house of delegates", contest.ChamberLower},
	{
		"house of burgesses",
		contest.ChamberLower,
	}, {"congressional district", contest.ChamberLower}, {"chamber of representatives", contest.ChamberLower},
	{"house of keys", contest.ChamberLower}, {"dáil", contest.ChamberLower}, {"tweede kamer", contest.ChamberLower},
	{"dewan rakyat", contest.ChamberLower}, {"wolesi jirga", contest.ChamberLower},
	{"pyithu hluttaw", contest.ChamberLower}, {"mazhilis", contest.ChamberLower},
	{"house of peoples' representatives", contest.ChamberLower},
}

var signs = strings.NewReplacer(",", " ", "(", " ", ")", " ", "'s ", " ")

// Named returns the type of a chamber that a text names, "" if that is not known. isNamed reports whether the text
// names a chamber that is one of several or may be.
func Named(text string, p places.Place, year int) (kind string, isNamed bool) {
	folded := " " + signs.Replace(places.Fold(text)) + " "
	var found []string
	for _, c := range chamberNames {
		i := strings.Index(folded, c.phrase)
		if i < 0 || folded[i-1] != ' ' || folded[i+len(c.phrase)] != ' ' {
			continue
		}
		of := c.kind
		if of == "" {
			of = byPlace(c.phrase, p, year)
		}
		if !slices.Contains(found, of) {
			found = append(found, of)
		}
	}
	switch {
	case len(found) == 0:
		return "", false
	case len(found) > 1 || found[0] == unknownChamber:
		return "", true
	}
	return found[0], true
}

// byPlace returns the type of a chamber with a name that has several meanings.
func byPlace(name string, p places.Place, year int) string {
	if p.Scope == places.Part {
		return byPart(name, p, year)
	}
	if p.Scope != places.Country || p.Code == "" {
		return ""
	}
	switch {
	case name == "national council" && holdsOf(upperNationalCouncils, p.Code, year):
		return contest.ChamberUpper
	case holdsOf(unicameral, p.Code, year):
		return contest.ChamberUnicameral
	case isLower(name, p.Code, year):
		return contest.ChamberLower
	}
	return ""
}

// isLower reports whether a name is that of the lower house of a country of two houses.
func isLower(name, code string, year int) bool {
	switch name {
	case "house of representatives":
		return slices.Contains(housesOfRepresentatives, code)
	case "chamber of deputies":
		return slices.Contains(chambersOfDeputies, code)
	case "national assembly":
		return holdsOf(lowerNationalAssemblies, code, year)
	case "national council":
		return holdsOf(lowerNationalCouncils, code, year)
	case "house of assembly":
		return holdsOf(lowerHousesOfAssembly, code, year)
	}
	return false
}

// byPart returns the type of a chamber of a state or a province with a name that has several meanings.
func byPart(name string, p places.Place, year int) string {
	switch {
	case PartIsUnicameral(p, year):
		return contest.ChamberUnicameral
	case name == "legislative council" && (p.Code == "AUS" && year > 1900 || p.Code == "IND" && year >= 1950):
		return contest.ChamberUpper
	case p.Code == "USA" && (name == "house of representatives" || name == "state assembly" ||
		p.Subdivision == "New Jersey" && name == "general assembly"),
		p.Code == "IND" && name == "legislative assembly" && isBicameralState(p.Subdivision, year),
		p.Code == "AUS" && year > 1900 && name == "legislative assembly" &&
			slices.Contains([]string{"New South Wales", "Victoria", "Western Australia"}, p.Subdivision),
		p.Code == "AUS" && year > 1900 && name == "house of assembly":
		return contest.ChamberLower
	}
	return ""
}

// isBicameralState reports whether a state of India is known to have two houses in a year.
func isBicameralState(state string, year int) bool {
	switch state {
	case "Bihar", "Maharashtra", "Uttar Pradesh", "Karnataka":
		return year >= 1960
	case "Andhra Pradesh":
		return year >= 2008
	case "Telangana":
		return year >= 2014
	}
	return false
}

// PartIsUnicameral reports whether a state or a province is known to have one house in a year.
func PartIsUnicameral(p places.Place, year int) bool {
	if p.Scope != places.Part || year == 0 {
		return false
	}
	switch p.Code {
	case "CAN":
		return year >= 1929 && p.Subdivision != "Quebec" || year >= 1969
	case "USA":
		return p.Subdivision == "Nebraska" && year >= 1936
	case "AUS":
		return p.Subdivision == "Queensland" && year >= 1923 ||
			slices.Contains([]string{"Australian Capital Territory", "Northern Territory"}, p.Subdivision)
	case "DEU":
		return year >= 2000 || year >= 1946 && p.Subdivision != "Bavaria"
	case "IND":
		return year >= 1987 && slices.Contains(unicameralStates, p.Subdivision)
	case "GBR":
		return year >= 1998 && p.Subdivision != "England"
	}
	return holdsOf(unicameralParts, p.Code, year)
}

// Whole returns the type of the chamber that a national legislative election without the name of a chamber elects:
// where the country has one house, or elects the lower one alone in such an election.
func Whole(code string, year int) string {
	switch {
	case holdsOf(unicameral, code, year):
		return contest.ChamberUnicameral
	case holdsOf(lowerAlone, code, year):
		return contest.ChamberLower
	}
	return ""
}
