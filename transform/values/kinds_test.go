package values

import (
	"strings"
	"testing"

	"hemicycle/schemas"
)

func TestRowKind(t *testing.T) {
	for kind, names := range map[string][]string{
		schemas.KindVacant: {"Vacant", "vacant", "Vacancies", "Vacancy", "Vacant seats", "Vacant (2)",
			"Empty seats", "Unfilled", "Vacant[1]", "Boş", "Vacantes", "Empty chairs"},
		schemas.KindReserved: {"Reserved seats", "Reserved", "Seats reserved for women", "Reserved for minorities",
			"Women reserved seats"},
		schemas.KindAppointed: {"Appointed", "Appointed members", "Appointed by the King", "Nominated members",
			"Ex officio members", "Ex-officio", "Presidential appointees", "Members appointed by the President"},
		schemas.KindNoneOfTheAbove: {"None of the above", "NOTA", "None of the above (NOTA)", "Against all",
			"None of These Candidates", "Against all candidates"},
		schemas.KindInvalid: {"Invalid votes", "Invalid", "Blank votes", "Invalid/blank votes",
			"Blank and invalid votes", "Spoilt ballots", "Votos en blanco", "Votos nulos", "Blank", "Exhausted ballots",
			"Informal votes"},
		schemas.KindOthers: {"Others", "Other", "Other parties", "All others", "Minor parties", "Others and independents",
			"Other parties and independents", "Independents and others", "Others (12 parties)", "Write-in",
			"Write-ins", "Sonstige", "Autres", "Otros", "Diğer", "Independents/Others", "Remaining parties",
			"Parties without seats"},
		"": {"", "A", "Alpha", "NA", "The Others Party", "Vacant Lot Party", "Independent", "Reserve Party", "Blank Party",
			"White Party", "Another Europe", "Other Russia", "Appointment", "Small Business Party", "Restoration",
			"Minority Rights Party", "Reserved for", "Nominated Party List", "Invalids' Party", "Void", "Small", "Minor",
			"Other party of Elbonia", strings.Repeat("other ", 50)},
	} {
		for _, name := range names {
			if got := RowKind(name); got != kind {
				t.Errorf("%q is of the kind %q, expected %q", name, got, kind)
			}
		}
	}
}
