package pipelines

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/load"
)

// rowsOf returns the rows of a table of a version as JSON lines.
func rowsOf(t *testing.T, folder, table string) (rows []map[string]any) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, "jsonl", table+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		row := map[string]any{}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// runAgain runs a pipeline whether anything has changed or not, and returns its log too.
func runAgain(t *testing.T, p *Pipeline, o Options) (*Outcome, string) {
	t.Helper()
	log := &strings.Builder{}
	o.Log, o.Version, o.Build, o.Republish = slog.New(slog.NewTextHandler(log, nil)), "test", "test", true
	outcome, err := Run(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return outcome, log.String()
}

// The table changes compares a version with the one that was current. It is empty in the first version, in one of an
// unchanged source, and where the version before is damaged, which the log and the manifest say.
func TestChangesSinceTheVersionBefore(t *testing.T) {
	output := t.TempDir()
	run := func(pages madePages, workers int) (*Outcome, string, []map[string]any) {
		t.Helper()
		outcome, log := runAgain(t, pages.of(load.Parquet, load.JSONLines), Options{Output: output, Workers: workers})
		return outcome, log, rowsOf(t, outcome.Folder, "changes")
	}
	first, _, rows := run(makePages(make([]int, 4)), 1)
	if len(rows) > 0 || first.Manifest.Changes != nil {
		t.Errorf("the first version has %d changes and %+v", len(rows), first.Manifest.Changes)
	}
	second, _, rows := run(makePages(make([]int, 4)), 2)
	if c := second.Manifest.Changes; len(rows) > 0 || c == nil || c.Since != first.Manifest.Run {
		t.Errorf("a version of the same pages has %d changes, %+v", len(rows), c)
	}
	third, _, rows := run(makePages(make([]int, 3)), 2)
	removed := map[string]bool{}
	for _, row := range rows {
		if row["kind"] == "removed" && row["table_name"] == "elections" {
			removed[row["election_id"].(string)] = true
		}
	}
	if c := third.Manifest.Changes; len(removed) != 1 || c.Since != second.Manifest.Run || c.Rows != int64(len(rows)) {
		t.Errorf("without a page, elections removed are %v, and the manifest says %+v", removed, c)
	}
	again := t.TempDir()
	for _, pages := range []int{4, 3} {
		outcome, _ := mustRun(t, makePages(make([]int, pages)).of(load.Parquet, load.JSONLines),
			Options{Output: again, Workers: 1})
		if pages == 3 && digestOf(outcome, "changes") != digestOf(third, "changes") {
			t.Error("the table changes is another with another number of workers")
		}
	}
	part := filepath.Join(third.Folder, "parquet", "results", "part-00001.parquet")
	if err := os.WriteFile(part, []byte("no Parquet"), 0o644); err != nil {
		t.Fatal(err)
	}
	fourth, log, rows := run(makePages(make([]int, 4)), 2)
	c := fourth.Manifest.Changes
	if len(rows) > 0 || c == nil || c.Since != third.Manifest.Run || !strings.Contains(c.Failure, "is damaged") {
		t.Errorf("after a damaged version there are %d changes, %+v", len(rows), c)
	}
	if !strings.Contains(log, "level=WARN") || !strings.Contains(log, "its table changes is empty") {
		t.Errorf("the log does not say that the version before is damaged: %s", log)
	}
}

// digestOf returns the SHA-256 of the Parquet file of a table.
func digestOf(outcome *Outcome, table string) string {
	for _, f := range outcome.Manifest.Files {
		if f.Table == table && strings.HasSuffix(f.Path, ".parquet") {
			return f.SHA256
		}
	}
	return ""
}

// A version of an older schema lacks tables and columns: what both versions have is compared, and the log says so.
func TestChangesSinceAnOlderSchema(t *testing.T) {
	output := t.TempDir()
	p := makePages(make([]int, 2)).of(load.Parquet, load.JSONLines)
	first, _ := mustRun(t, p, Options{Output: output})
	path := filepath.Join(first.Folder, "manifest.json")
	m := *first.Manifest
	m.SchemaVersion = "2.-1"
	m.Files = nil
	for _, f := range first.Manifest.Files {
		if f.Table != "coalitions" {
			m.Files = append(m.Files, f)
		}
	}
	m.Digest = ""
	content, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(append(content, '\n'))
	signed := strings.Replace(string(content)+"\n", `"digest": ""`, fmt.Sprintf(`"digest": "%x"`, sum), 1)
	if err := os.WriteFile(path, []byte(signed), 0o644); err != nil {
		t.Fatal(err)
	}
	second, log := runAgain(t, p, Options{Output: output})
	c := second.Manifest.Changes
	if c.Failure != "" || c.Rows != 0 || len(c.NotCompared) != 1 || c.NotCompared[0] != "the table coalitions" {
		t.Errorf("the manifest says %+v", c)
	}
	if !strings.Contains(log, "the table coalitions") {
		t.Errorf("the log does not say what is not compared: %s", log)
	}
}
