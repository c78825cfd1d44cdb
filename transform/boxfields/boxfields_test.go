package boxfields

import (
	"testing"

	"hemicycle/schemas"
)

// However many fields a box has, each is found by its name, and of two that are one the last counts.
func TestFieldsAreGroupedByParameter(t *testing.T) {
	for _, n := range []int{1, 4000, 70_000} {
		fields := make([]schemas.BoxField, 0, n+3)
		add := func(name string, position int) {
			fields = append(fields, schemas.BoxField{Field: &schemas.Field{Name: name, Position: position}, Ordinal: len(fields) + 1})
		}
		add("seats", 1)
		for i := range n {
			add("unheard of", i+1)
		}
		add("seats", 2)
		add("seats", 1)
		g := NewParameters([][]string{{"seats", "seats_after"}, {"votes"}}).Group(fields)
		of := g.Named("seats")
		if len(of) != 2 || of[0].Ordinal != n+2 || of[1].Ordinal != n+3 || len(g.Repeated) != 1 || g.Repeated[0].Ordinal != 1 || len(g.Named("unheard of")) != n {
			t.Errorf("of %d fields %d are seats, %d are repeated, %d are unheard of", len(fields), len(of), len(g.Repeated), len(g.Named("unheard of")))
		}
	}
}
