package boxfields

import (
	"slices"
	"testing"

	"hemicycle/schemas"
)

// TestFieldsAreGroupedByParameter holds that each field is found by its name, however many a box has, and that the
// last of two fields with the same key counts.
func TestFieldsAreGroupedByParameter(t *testing.T) {
	for _, n := range []int{1, 4000, 70_000} {
		fields := make([]schemas.BoxField, 0, n+3)
		add := func(name string, position int) {
			fields = append(fields, schemas.BoxField{
				Field: &schemas.Field{Name: name, Position: position}, Ordinal: len(fields) + 1,
			})
		}
		add("seats", 1)
		for i := range n {
			add("unheard of", i+1)
		}
		add("seats", 2)
		add("seats", 1)
		g := NewParameters([][]string{{"seats", "seats_after"}, {"votes"}}).Group(fields)
		var seats, repeated []int // ordinals
		for _, f := range g.Named("seats") {
			seats = append(seats, f.Ordinal)
		}
		for _, f := range g.Repeated {
			repeated = append(repeated, f.Ordinal)
		}
		if !slices.Equal(seats, []int{n + 2, n + 3}) || !slices.Equal(repeated, []int{1}) {
			t.Errorf("of %d fields, %v are seats, and %v are repeated", len(fields), seats, repeated)
		}
		if others := len(g.Named("unheard of")); others != n {
			t.Errorf("of %d fields, %d are unheard of, expected %d", len(fields), others, n)
		}
	}
}
