//go:build unix

package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"hemicycle/load/objects/objectstest"
)

// toldRun is a pipeline that tells of itself in every way, and where it tells it.
type toldRun struct {
	program  *storageProgram
	pipeline string
	output   string
}

// write writes the pipeline file with what it expects and with the command that runs after it.
func (r *toldRun) write(t *testing.T, input, expect, after string) {
	t.Helper()
	text := fmt.Sprintf("name: told\nsources:\n  - name: pages\n    files: ['%s']\n    expect: {elections: %s}\n"+
		"lineage: events.jsonl\nafter: %s\nafter_seconds: 1\n", input, expect, after)
	if err := os.WriteFile(r.pipeline, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run runs the pipeline, and returns what it wrote.
func (r *toldRun) run(t *testing.T, status int, more ...string) string {
	t.Helper()
	got, out := r.program.run(t, append([]string{
		"run", r.pipeline, "--output", r.output, "--metrics-file", r.file("told.prom"),
	}, more...)...)
	if got != status {
		t.Fatalf("the status is %d, expected %d:\n%s", got, status, out)
	}
	return out
}

func (r *toldRun) file(name string) string { return filepath.Join(r.program.folder, name) }

// settings returns what the command after the last run found in its environment.
func (r *toldRun) settings(t *testing.T) map[string]string {
	t.Helper()
	content, err := os.ReadFile(r.file("settings"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(content)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		all[strings.TrimPrefix(name, "HEMICYCLE_")] = value
	}
	return all
}

// metric returns the value of a metric without further labels.
func (r *toldRun) metric(t *testing.T, name string) (float64, bool) {
	t.Helper()
	content, err := os.ReadFile(r.file("told.prom"))
	if err != nil {
		t.Fatal(err)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	metrics := families["hemicycle_"+name].GetMetric()
	if len(metrics) == 0 {
		return 0, false
	}
	return metrics[0].GetGauge().GetValue(), true
}

// events returns the kinds of the events so far.
func (r *toldRun) events(t *testing.T) (kinds []string) {
	t.Helper()
	content, err := os.ReadFile(r.file("events.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		var e struct{ EventType string }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, e.EventType)
	}
	return kinds
}

// expect fails unless the last run told its outcome in all ways.
func (r *toldRun) expect(t *testing.T, status int, event, elections string) {
	t.Helper()
	settings := r.settings(t)
	if settings["STATUS"] != fmt.Sprint(status) || settings["ELECTIONS"] != elections {
		t.Errorf("the command finds %v, expected the status %d and %q elections", settings, status, elections)
	}
	if got, ok := r.metric(t, "run_exit_status"); !ok || got != float64(status) {
		t.Errorf("the metrics say the status %v, expected %d", got, status)
	}
	kinds := r.events(t)
	if n := len(kinds); n < 2 || kinds[n-2] != "START" || kinds[n-1] != event {
		t.Errorf("the events are %v, expected %s as the last", kinds, event)
	}
}

func TestTelling(t *testing.T) {
	for _, setting := range objectstest.Environment(t.TempDir()) { // nothing of the machine's
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
	for _, name := range []string{"PARENT_ID", "NAMESPACE", "API_KEY", "DISABLED"} {
		t.Setenv("OPENLINEAGE_"+name, "")
	}
	program := newStorageProgram(t)
	r := &toldRun{
		program: program, pipeline: filepath.Join(program.folder, "told.yaml"), output: filepath.Join(program.folder, "out"),
	}
	input := writePages(t, filepath.Join(program.folder, "pages"), 5)
	script := "#!/bin/sh\nenv | grep ^HEMICYCLE_ >settings\necho told \"$1\"\n"
	if err := os.WriteFile(r.file("tell"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	const tell = `[./tell, "two words; rm -rf ."]`

	r.write(t, input.glob, "5", tell)
	out := r.run(t, statusDone)
	r.expect(t, statusDone, "COMPLETE", "5")
	settings := r.settings(t)
	current, err := filepath.EvalSymlinks(filepath.Join(r.output, "current"))
	if err != nil || settings["VERSION"] != current || settings["RUN"] != filepath.Base(current) ||
		settings["PUBLISHED"] != "true" {
		t.Errorf("the command finds %v, expected the version %s (%v)", settings, current, err)
	}
	if !strings.Contains(out, "told two words; rm -rf .") {
		t.Errorf("the log does not have what the command writes:\n%s", out)
	}
	success, ok := r.metric(t, "last_success_timestamp_seconds")
	if elapsed := float64(time.Now().Unix()) - success; !ok || elapsed < -1 || elapsed > 60 {
		t.Errorf("the last success is at %v", success)
	}

	r.run(t, statusDone)
	r.expect(t, statusDone, "COMPLETE", "5")
	if settings := r.settings(t); settings["UNCHANGED"] != "true" || settings["PUBLISHED"] != "false" {
		t.Errorf("the command finds %v after a run that found nothing changed", settings)
	}
	if got, _ := r.metric(t, "elections"); got != 5 {
		t.Errorf("%v elections in the metrics of an unchanged version", got)
	}
	success, _ = r.metric(t, "last_success_timestamp_seconds")

	r.write(t, input.glob, "100", tell)
	r.run(t, statusUnexpected)
	r.expect(t, statusUnexpected, "FAIL", "5")
	if got, _ := r.metric(t, "unmet_expectations"); got != 1 {
		t.Errorf("%v unmet expectations", got)
	}
	r.write(t, r.file("none/*.txt"), "1", tell)
	r.run(t, statusFailed)
	r.expect(t, statusFailed, "FAIL", "")
	if got, _ := r.metric(t, "last_success_timestamp_seconds"); got != success {
		t.Errorf("the last success is at %v after runs that failed, expected %v", got, success)
	}

	for after, words := range map[string]string{
		`["false"]`:   "exit status 1",
		`[./missing]`: "no such file",
		`["sh", "-c", "sleep 20 & echo begun; wait"]`: "took longer than 1s",
	} {
		r.write(t, input.glob, "5", after)
		started := time.Now()
		out := r.run(t, statusDone, "--republish")
		if !strings.Contains(out, words) || !strings.Contains(out, "level=WARN") || time.Since(started) > 15*time.Second {
			t.Errorf("after %s, in %v:\n%s", after, time.Since(started), out)
		}
	}

	// What cannot be told changes no status.
	r.write(t, input.glob, "5", tell)
	out = r.run(t, statusDone, "--republish", "--metrics-file", r.file("none/x.prom"), "--lineage", "http://127.0.0.1:9/x")
	for _, words := range []string{"could not write the metrics", "could not send the lineage"} {
		if !strings.Contains(out, words) {
			t.Errorf("the run does not say that it %s:\n%s", words, out)
		}
	}
	program.expect(t, statusUsage, []string{"--lineage: kafka addresses"}, "run", "--lineage", "kafka://x")
	status, out := program.run(t, "run", "--lineage", "http://user:a-password@localhost/")
	if status != statusUsage || strings.Contains(out, "a-password") {
		t.Errorf("an address with a password gives %d:\n%s", status, out)
	}
}
