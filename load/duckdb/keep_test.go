//go:build unix

package duckdb

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// A version whose database another process has open stays, however many are published, and goes when it is closed.
func TestPruneKeepsAnOpenDatabase(t *testing.T) {
	dir := t.TempDir()
	publish := func(day int) string {
		o := loadtest.OpenOutput(t, dir, "plan")
		defer o.Close()
		m := &version.Manifest{Run: fmt.Sprintf("202601%02dT000000Z", day)}
		m.Files = loadtest.WriteAll(t, load.Parquet, o.Staging(), schemastest.SampleRecords()[:1], 0)
		if day == 1 {
			if _, err := Build(t.Context(), disk.Disk{}, o.Staging(), m.Files); err != nil {
				t.Fatal(err)
			}
		}
		folder, err := o.Publish(m.Run, m)
		if err == nil {
			_, err = o.Prune(m.Run, version.Keep{Versions: 1}, time.Now())
		}
		if err != nil {
			t.Fatal(err)
		}
		return folder
	}
	first := publish(1)
	own := engine{name: "own", command: []string{os.Args[0]}, environment: []string{"HEMICYCLE_TEST_AS=engine"}}
	reader, err := openSession(t, own, filepath.Join(first, version.DatabaseName), "read", nil)
	if err != nil {
		t.Fatal(err)
	}
	for day := 2; day <= 4; day++ {
		publish(day)
	}
	if got := reader.mustQuery("SELECT count(*) FROM elections")[0][0]; got != "1" {
		t.Errorf("the reader sees %s elections", got)
	}
	if _, err := os.Stat(first); err != nil {
		t.Errorf("the version of the reader: %v", err)
	}
	reader.close()
	publish(5)
	if _, err := os.Stat(first); err == nil {
		t.Error("the version that nobody reads is still there")
	}
}
