package pipelines

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hemicycle/extract"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// In any mixture of pages, the account is what the pages add up to, it balances for every source, and it agrees with
// the rows of the tables.
func TestAccountOfAnyMixture(t *testing.T) {
	output, err := version.OpenOutput(disk.Disk{}, t.TempDir(), "plan", false)
	if err != nil {
		t.Fatal(err)
	}
	defer output.Close()
	rapid.Check(t, func(t *rapid.T) {
		m := makePages(rapid.SliceOfN(rapid.IntRange(0, len(pageKinds)-1), 1, 25).Draw(t, "kinds"))
		p := m.of(load.Parquet)
		sources, err := p.open(t.Context(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		a := newAccount(p, Options{}, output, time.Now())
		rows := map[string]int64{}
		var ofRows schemas.Account // the rows of sources together
		statuses := map[schemas.Status]int64{}
		workers := rapid.IntRange(1, 4).Draw(t, "workers")
		for step := range inOrder(t.Context(), documents(t.Context(), sources, inputPosition{}, 3), workers,
			p.worker(extract.Options{}, nil)) {
			for _, record := range a.enter(step) {
				for _, table := range tables.All() {
					rows[table.Name] += int64(table.Rows(record))
				}
				switch {
				case record.Account != nil:
					if !record.Account.Balances() {
						t.Errorf("the account of a source does not balance: %+v", *record.Account)
					}
					ofRows.Add(record.Account)
				case record.Reject != nil:
					rows["rejected "+record.Reject.Unit]++
				case record.Election != nil:
					for _, f := range record.Election.Findings {
						statuses[f.Status]++
					}
				}
			}
		}
		if diff := cmp.Diff(m.account, a.run.Total); diff != "" {
			t.Errorf("the account is not what the pages make it (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(ofRows, a.run.Total); diff != "" {
			t.Errorf("the sources do not sum to the run (-sources +run):\n%s", diff)
		}
		total := a.run.Total
		for what, counts := range map[string][2]int64{
			"sources":    {total.Documents, rows["sources"]}, // a file is a source
			"elections":  {total.Elections, rows["elections"]},
			"documents":  {total.Rejected, rows["rejected document"]},
			"boxes":      {total.RejectedBoxes, rows["rejected box"]},
			"rejects":    {total.Rejected + total.RejectedBoxes, rows["rejects"]},
			"contenders": {a.sources[0].Contenders, rows["results"]},
			"errors":     {a.sources[0].Errors, statuses[schemas.Error]},
			"all errors": {a.run.Errors, statuses[schemas.Error]},
			"warnings":   {a.run.Warnings, statuses[schemas.Warn]},
			"notes":      {a.run.Notes, statuses[schemas.Note]},
			"by pages":   {m.contenders, rows["results"]},
			"seats":      {m.seats, a.sources[0].Seats},
			"errors of":  {m.errors, a.run.Errors},
			"sound":      {total.Elections - m.errors, a.run.Sound},
		} {
			if counts[0] != counts[1] {
				t.Errorf("%s: expected %d, found %d", what, counts[0], counts[1])
			}
		}
	})
}

// The manifest, the tables and the account of a whole run agree.
func TestAccountIsWhatTheTablesSay(t *testing.T) {
	m := mixture(40)
	outcome, _ := mustRun(t, m.of(load.Parquet, load.JSONLines), Options{PartDocuments: 9})
	c := outcome.Manifest.Counts
	got := schemas.Account{
		Bytes: m.account.Bytes, Documents: c.Documents, WithBox: c.WithBox, WithoutBox: c.WithoutBox,
		Rejected: c.Rejected,
		Boxes:    c.Boxes, Elections: c.Elections, RejectedBoxes: c.RejectedBoxes,
	}
	if diff := cmp.Diff(m.account, got); diff != "" {
		t.Errorf("the manifest's counts differ (-want +got):\n%s", diff)
	}
	for _, ending := range []string{".parquet", ".jsonl"} {
		for table, want := range map[string]int64{
			"elections": c.Elections, "rejects": c.Rejected + c.RejectedBoxes, "sources": c.Documents,
			"results": m.contenders, "runs": 1,
		} {
			if rows := manifestRows(outcome.Manifest, table, ending); rows != want {
				t.Errorf("%s*%s has %d rows: expected %d", table, ending, rows, want)
			}
		}
	}
	if len(outcome.Manifest.Inputs) != 40 {
		t.Errorf("the manifest names %d inputs: expected 40", len(outcome.Manifest.Inputs))
	}
}
