package tables

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"hemicycle/schemas"
)

func TestShare(t *testing.T) {
	for in, want := range map[string]Value{
		"37.00":     {Valid: true, Int: 370000},
		"-12.5":     {Valid: true, Int: -125000},
		"0.00005":   {Valid: true, Int: 1},
		"0.00004":   {Valid: true, Int: 0},
		"33.333333": {Valid: true, Int: 333333},
		"999.9999":  {Valid: true, Int: 9999999},
		"999.99996": {}, // rounds to what the column cannot hold
		"1000":      {},
		"-1000":     {},
	} {
		d := decimal.RequireFromString(in)
		got := shareValue(&d)
		got.Exact = nil
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("share(%s) (-want +got):\n%s", in, diff)
		}
	}
	if shareValue(nil).Valid {
		t.Error("no share is not NULL")
	}
}

func TestDays(t *testing.T) {
	for d, want := range map[schemas.Date]Value{
		{Year: 2007, Month: 9, Day: 7}:   {Valid: true, Int: 13763},
		{Year: 1970, Month: 1, Day: 1}:   {Valid: true, Int: 0},
		{Year: 1969, Month: 12, Day: 31}: {Valid: true, Int: -1},
		{Year: 1295, Month: 1, Day: 1}:   {Valid: true, Int: -246538},
		{Year: 2007, Month: 9, Day: 0}:   {},
		{Year: 2007, Month: 0, Day: 0}:   {},
		{}:                               {},
	} {
		if diff := cmp.Diff(want, dateValue(d)); diff != "" {
			t.Errorf("day(%s) (-want +got):\n%s", d, diff)
		}
	}
}

func TestParameterName(t *testing.T) {
	for _, c := range []struct {
		key      string
		name     string
		position int
	}{
		{"Country", "country", 0},
		{"Last Election7", "last_election", 7},
		{"last_election22", "last_election", 22},
		{"Seats For Election", "seats_for_election", 0},
		{"Seats 3", "seats", 3},
		{"party7_link", "party_link", 7},
		{"image1_size", "image_size", 1},
		{"seats2_before", "seats_before", 2},
		{" Before\u00a0Party ", "before_party", 0},
		{"1data2", "1data", 2},
		{"seats07", "seats07", 0},
		{"seats12345", "seats12345", 0},
		{"2007", "2007", 0},
		{"party1a", "party1a", 0},
		{"Élus4", "élus", 4},
		{"", "", 0},
		{"_", "", 0},
	} {
		if name, position := schemas.ParameterName(c.key); name != c.name || position != c.position {
			t.Errorf("ParameterName(%q) = %q, %d; want %q, %d", c.key, name, position, c.name, c.position)
		}
	}
}

// Contenders stand by position, whatever the order in which they are met.
func TestEnsureContender(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var e schemas.Election
		met := map[int]bool{}
		for _, p := range rapid.SliceOf(rapid.IntRange(1, 50)).Draw(t, "positions") {
			if c := e.EnsureContender(p); c.Position != p {
				t.Fatalf("EnsureContender(%d) is contender %d", p, c.Position)
			}
			met[p] = true
		}
		if len(e.Contenders) != len(met) {
			t.Fatalf("%d contenders of %d positions", len(e.Contenders), len(met))
		}
		for i := 1; i < len(e.Contenders); i++ {
			if e.Contenders[i-1].Position >= e.Contenders[i].Position {
				t.Fatalf("contender %d stands before %d", e.Contenders[i-1].Position, e.Contenders[i].Position)
			}
		}
	})
}
