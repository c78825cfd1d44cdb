//go:build unix

package duckdb

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// TestEveryEngineRoundsAlike compares the shares of seats in the views with exact ones, rounded half away from zero,
// for chambers of sizes at which many shares lie in the middle of two decimals, such as 1 of 3,200.
func TestEveryEngineRoundsAlike(t *testing.T) {
	var records []schemas.Record
	var want [][]string
	for _, size := range []int64{99, 333, 640, 651, 1600, 3200, 6400, 16_000, 32_000} {
		e := schemastest.AbsentElection(fmt.Sprintf("local:%05d#1", size))
		e.SeatsTotal, e.Contenders = &size, nil
		for seats := int64(1); seats <= 12; seats++ {
			name := fmt.Sprintf("Party %d", seats)
			e.Contenders = append(e.Contenders, schemas.Contender{
				Position: int(seats), Kind: schemas.KindParty, Name: name, Party: name, Seats: schemastest.Ptr(seats),
			})
			share := decimal.NewFromInt(100*seats).DivRound(decimal.NewFromInt(size), schemas.ShareScale)
			want = append(want, []string{e.ID, fmt.Sprint(seats), share.StringFixed(schemas.ShareScale)})
		}
		e.ContenderMeasures, e.Coalitions = nil, nil
		records = append(records, schemas.Record{Election: e})
	}
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, records, 0)
	if _, err := Build(t.Context(), disk.Disk{}, folder, files); err != nil {
		t.Fatal(err)
	}
	for _, e := range engines(t) {
		s, err := openSession(t, e, filepath.Join(folder, version.DatabaseName), "read", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, view := range []string{"standings", "party_history"} {
			got := s.mustQuery("SELECT election_id, seats, seat_pct::VARCHAR FROM " + view +
				" ORDER BY election_id, seats")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s in %s (-exact +read):\n%.2000s", view, e.name, diff)
			}
		}
	}
}
