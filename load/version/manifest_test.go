package version_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// A current version whose manifest is gone, empty of expectations or changed is damage: a run that expects a share of
// it must not take itself for the first one.
func TestCurrentManifest(t *testing.T) {
	change := func(old, new string) func(string) error {
		return func(path string) error {
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			changed := strings.Replace(string(content), old, new, 1)
			if changed == string(content) {
				t.Fatalf("%q is not in the manifest:\n%s", old, content)
			}
			return os.WriteFile(path, []byte(changed), 0o644)
		}
	}
	write := func(content string) func(string) error {
		return func(path string) error { return os.WriteFile(path, []byte(content), 0o644) }
	}
	current := func(path string) string { return filepath.Join(filepath.Dir(path), "..", "..", "current") }
	for name, c := range map[string]struct {
		do    func(path string) error
		words string // "" if it is read
	}{
		"as it was written":           {func(string) error { return nil }, ""},
		"gone":                        {os.Remove, "no such file"},
		"empty":                       {write(""), "not the manifest of a version"},
		"cut short":                   {write(`{"run": "20260203T`), "not the manifest of a version"},
		"null":                        {write("null"), "names no run"},
		"an empty object":             {write("{}"), "names no run"},
		"a letter of a key":           {change(`"expectations"`, `"expectatians"`), "its own digest differs"},
		"a letter of the pipeline":    {change(`"pipeline": "s`, `"pipeline": "x`), "its own digest differs"},
		"another number":              {change(`"observed": "2"`, `"observed": "1"`), "its own digest differs"},
		"no number":                   {change(`"observed": "2"`, `"observed": "2O"`), "its own digest differs"},
		"no digest":                   {change(`"digest": "`, `"digesu": "`), "its own digest differs"},
		"older, without expectations": {write(`{"run": "r", "schema_version": "1.3", "pipeline": "p"}`), "no expectations"},
		"older": {write(`{"run": "r", "schema_version": "1.3", "pipeline": "p",
			"expectations": [{"source": "s", "subject": "elections", "observed": "7"}]}`), ""},
		"older, with a large number": {write(`{"run": "r", "schema_version": "1.3", "pipeline": "p",
			"expectations": [{"source": "s", "subject": "elections", "observed": "99999999999999999999"}]}`),
			"expected a number"},
		"a version that is gone": {
			func(path string) error { return os.RemoveAll(filepath.Dir(path)) }, "no such file",
		},
		"no current version": {func(path string) error { return os.Remove(current(path)) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			output, err := version.OpenOutput(disk.Disk{}, dir, "plan", false)
			if err != nil {
				t.Fatal(err)
			}
			m := version.NewManifest(schemastest.SampleRun(), "engine")
			m.Run = loadtest.First
			m.Expectations = []version.Expectation{
				{Source: "s", Subject: "elections", Expected: "at least 1", Observed: "2", Met: true},
			}
			folder, err := output.Publish(m.Run, m)
			if err == nil {
				err = c.do(filepath.Join(folder, "manifest.json"))
			}
			if err == nil {
				err = output.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
			last, err := version.NewOutput(disk.Disk{}, dir).CurrentManifest()
			switch {
			case c.words != "":
				schemastest.CheckWords(t, err, "the current version is damaged", c.words, "remove the link")
			case err != nil || (last == nil) != (name == "no current version"):
				t.Errorf("%+v, %v", last, err)
			}
		})
	}
}

// A lock that is there is taken before anything else; a folder without one is left as it is until it is prepared.
func TestHoldExisting(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	output := version.NewOutput(disk.Disk{}, dir)
	if err := output.HoldExisting(); err != nil {
		t.Fatal(err)
	}
	if err := output.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Error("the folder was made before it was prepared")
	}
	first, err := version.OpenOutput(disk.Disk{}, dir, "plan", false)
	if err != nil {
		t.Fatal(err)
	}
	second := version.NewOutput(disk.Disk{}, dir)
	schemastest.CheckWords(t, second.HoldExisting(), version.ErrHeld.Error())
	schemastest.CheckWords(t, second.Prepare("plan", false), version.ErrHeld.Error())
	if second.Keep() {
		t.Error("an output that was never held keeps parts")
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(first.Staging()); err != nil {
		t.Errorf("the staging folder of the run that holds the output: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := second.HoldExisting(); err != nil {
		t.Errorf("after the other run has ended: %v", err)
	}
	if err := second.Prepare("plan", false); err != nil {
		t.Error(err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}
