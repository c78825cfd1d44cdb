//go:build unix

package cmd

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/marcboeker/go-duckdb/v2"

	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// TestCopiesProveThemselves copies a version in every way in which people copy folders, removes where it came from, and
// expects that each copy is proved by sha256sum and read by every reader.
func TestCopiesProveThemselves(t *testing.T) {
	dir := t.TempDir()
	output := filepath.Join(dir, "the-output-of-the-run")
	if status := Main([]string{"run", "--quiet", "--output", output}); status != 0 {
		t.Fatalf("the run ended with status %d", status)
	}
	folder, err := filepath.EvalSymlinks(filepath.Join(output, "current"))
	if err != nil {
		t.Fatal(err)
	}
	run := filepath.Base(folder)
	inVersions := filepath.Join("versions", run)
	copies := []struct {
		name, command string
		version       string // the folder of the version in the copy
	}{
		{"the version", `cp -r "$1" "$2"`, "."},
		{"what current leads to", `mkdir "$2" && cp -r "$1/../../current/." "$2"`, "."},
		{"the output", `cp -r "$1/../.." "$2"`, inVersions},
		{"the output, links followed", `cp -rL "$1/../.." "$2"`, "current"},
		{"the output, links left out", `cp -r "$1/../.." "$2" && find "$2" -type l -exec rm {} +`, inVersions},
	}
	for _, c := range copies {
		out, err := exec.Command("sh", "-c", c.command, "sh", folder, filepath.Join(dir, c.name)).CombinedOutput()
		if err != nil {
			t.Fatalf("copying %s: %v\n%s", c.name, err, out)
		}
	}
	if err := os.RemoveAll(output); err != nil {
		t.Fatal(err)
	}
	for _, c := range copies {
		t.Run(c.name, func(t *testing.T) {
			copied := filepath.Join(dir, c.name)
			folder := filepath.Join(copied, c.version)
			verifyWithSha256sum(t, folder)
			readWithEngine(t, folder, output)
			for _, from := range []string{copied, folder} {
				report, chart := filepath.Join(t.TempDir(), "report"), filepath.Join(t.TempDir(), "chart.svg")
				if status := Main([]string{"report", "--from", from, "--to", report}); status != 0 {
					t.Errorf("report of %s ended with status %d", from, status)
				}
				arguments := []string{"chart", "2007 Moroccan general election", "--from", from, "--to", chart}
				if status := Main(arguments); status != 0 {
					t.Errorf("chart of %s ended with status %d", from, status)
				}
			}
		})
	}
}

// verifyWithSha256sum expects that sha256sum finds every file of a version as it was published.
func verifyWithSha256sum(t *testing.T, folder string) {
	t.Helper()
	program, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Log("there is no sha256sum here: the copy was not verified with it")
		return
	}
	c := exec.Command(program, "--check", "--strict", version.SumsName)
	c.Dir = folder
	out, err := c.CombinedOutput()
	if files := len(schemastest.FilesBelow(t, folder)) - 1; err != nil || bytes.Count(out, []byte(": OK\n")) != files {
		t.Errorf("of %d files: %v\n%s", files, err, out)
	}
}

// readWithEngine reads the tables of a version from the Parquet files that the manifest lists and from the database,
// and expects that nothing in the database names the folder in which it was built.
func readWithEngine(t *testing.T, folder, builtIn string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m version.Manifest
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatal(err)
	}
	database := filepath.Join(folder, version.DatabaseName)
	db, err := sql.Open("duckdb", database+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, f := range m.Files {
		path := filepath.Join(folder, filepath.FromSlash(f.Path))
		if info, err := os.Stat(path); err != nil || info.Size() != f.Bytes {
			t.Errorf("%s is listed and not there whole: %v", f.Path, err)
		}
		if f.Table == "" {
			continue
		}
		for _, from := range []string{f.Table, "read_parquet(" + tables.QuoteSQL(path) + ")"} {
			var rows int64
			if err := db.QueryRow("SELECT count(*) FROM " + from).Scan(&rows); err != nil || rows != f.Rows {
				t.Errorf("%s has %d rows, expected %d (%v)", from, rows, f.Rows, err)
			}
		}
	}
	for _, view := range tables.Views() {
		if !strings.Contains(view.SQL, "CREATE VIEW") {
			continue
		}
		if _, err := db.Exec(fmt.Sprintf("SELECT * FROM %s", view.Name)); err != nil {
			t.Errorf("the view %s: %v", view.Name, err)
		}
	}
	if content, err = os.ReadFile(database); err != nil || bytes.Contains(content, []byte(filepath.Base(builtIn))) {
		t.Errorf("the database names the folder in which it was built (%v)", err)
	}
}
