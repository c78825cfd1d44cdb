package dates

import (
	"slices"
	"testing"
)

func TestYearSpans(t *testing.T) {
	for title, want := range map[string][]YearSpan{
		"2007 Elbonian general election":      {{2007, 2007, "2007"}},
		"1989–90 Elbonian local elections":    {{1989, 1990, "1989–90"}},
		"1989-1990 Elbonian elections":        {{1989, 1990, "1989-1990"}},
		"1899–00 Elbonian elections":          {{1899, 1900, "1899–00"}},
		"Elbonian elections, 2007 and 2009":   {{2007, 2007, "2007"}, {2009, 2009, "2009"}},
		"Elbonian general election of 12,007": nil,
	} {
		if got := YearSpans(title); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", title, got, want)
		}
	}
}
