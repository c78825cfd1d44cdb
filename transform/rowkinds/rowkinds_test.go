package rowkinds

import (
	"maps"
	"regexp/syntax"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
)

func TestOf(t *testing.T) {
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
			if got := Of(name); got != kind {
				t.Errorf("%q is of the kind %q, expected %q", name, got, kind)
			}
		}
	}
}

// The stems of a kind are the beginnings of all names that its pattern matches, no more and no fewer.
func TestKindStems(t *testing.T) {
	for _, k := range kindPatterns {
		parsed, err := syntax.Parse(k.pattern.String(), syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{}
		for beginning := range beginnings(parsed, 3) {
			if stem := stemOf(beginning); stem != "" {
				want[stem[1:4]] = true
			}
		}
		got := map[string]bool{}
		for _, stem := range strings.Fields(k.stems) {
			got[stem] = true
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-in the pattern +in the stems):\n%s", k.kind, diff)
		}
	}
}

// beginnings returns the first n bytes of what an expression matches.
func beginnings(e *syntax.Regexp, n int) map[string]bool {
	all := map[string]bool{}
	switch e.Op {
	case syntax.OpLiteral:
		all[string(e.Rune)] = true
	case syntax.OpCharClass:
		for i := 0; i < len(e.Rune); i += 2 {
			for r := e.Rune[i]; r <= e.Rune[i+1]; r++ {
				all[string(r)] = true
			}
		}
	case syntax.OpAnyCharNotNL:
		all["?"] = true
	case syntax.OpAlternate:
		for _, sub := range e.Sub {
			maps.Copy(all, beginnings(sub, n))
		}
	case syntax.OpConcat:
		all[""] = true
		for _, sub := range e.Sub {
			longer := map[string]bool{}
			for head := range all {
				if len(head) >= n {
					longer[head] = true
					continue
				}
				for tail := range beginnings(sub, n) {
					longer[head+tail] = true
				}
			}
			all = longer
		}
	case syntax.OpCapture, syntax.OpPlus:
		return beginnings(e.Sub[0], n)
	case syntax.OpQuest, syntax.OpStar:
		maps.Copy(all, beginnings(e.Sub[0], n))
		all[""] = true
	case syntax.OpRepeat:
		maps.Copy(all, beginnings(e.Sub[0], n))
		if e.Min == 0 {
			all[""] = true
		}
	default: // the beginning or the end of the text
		all[""] = true
	}
	return all
}
