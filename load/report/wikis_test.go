package report

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// Of a version with the rows of several runs, the page of the run says which run read which wiki, and what its own
// numbers are of.
func TestRunPageListsWikis(t *testing.T) {
	output := t.TempDir()
	loadtest.PublishRecords(t, output, schemastest.SampleRecords(), 0, loadtest.StartTime())
	p, err := version.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	p.Manifest.Partitions = []version.Partition{
		{Wiki: "", Run: loadtest.First, Elections: 7}, {Wiki: "<af>wiki", Run: loadtest.Second, Elections: 1234},
	}
	p.Manifest.EarlierRuns = []version.EarlierRun{{Run: loadtest.First}}
	dir := filepath.Join(output, "report")
	if _, err := Write(context.Background(), p, dir, Options{}); err != nil {
		t.Fatal(err)
	}
	page := readAll(t, dir)["index.html"]
	for _, want := range []string{
		"of the last run alone", "pages of no wiki", "<bdi>&lt;af&gt;wiki</bdi>", "1,234", loadtest.First, loadtest.Second,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the run lacks %q", want)
		}
	}
}
