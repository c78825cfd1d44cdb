package metrics_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"hemicycle/load/disk"
	"hemicycle/load/metrics"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

var (
	started  = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	finished = started.Add(90 * time.Second)
)

// sampleRun returns a run with a version, of a pipeline with a name that has to be escaped.
func sampleRun() *metrics.Run {
	m := &version.Manifest{
		Counts: version.Counts{
			Documents: 20, WithBox: 12, WithoutBox: 5, Rejected: 3, Elections: 13, Sound: 11, Incomplete: 1,
		},
		Inputs: []version.Input{{Bytes: 1000}, {Bytes: 24}},
		Files:  []version.File{{Bytes: 700}, {Bytes: 77}},
		Expectations: []version.Expectation{
			{Source: "a", Subject: "elections", Met: true}, {Source: "a", Subject: "seats"},
		},
	}
	for range 3 {
		m.AddFinding("seat-total", schemas.Error)
		m.AddFinding("seat-total", schemas.Pass)
	}
	m.AddFinding("name-variants", schemas.Note)
	m.AddReject("not-text")
	m.AddReject("not-text")
	return &metrics.Run{
		Pipeline: "north \"of\"\n\\here", Version: "v1.2.3", Status: 3, Started: started, Finished: finished,
		IsSuccess: true, Published: true, Manifest: m,
		Stages: []metrics.Stage{{Name: "read", Took: 1500 * time.Millisecond}, {Name: "publish", Took: time.Second}},
		Checks: []metrics.Check{{ID: "seat-total", Severity: "error"}, {ID: "turnout-range", Severity: "error"}},
		Sent:   &metrics.Sent{Files: 7, Bytes: 777},
	}
}

// parse reads a file as Prometheus does.
func parse(t *testing.T, path string) map[string]*dto.MetricFamily {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(content))
	if err != nil {
		t.Fatalf("%v in:\n%s", err, content)
	}
	for name, f := range families {
		if f.GetHelp() == "" || f.GetType() != dto.MetricType_GAUGE {
			t.Errorf("%s has the type %s and the help %q", name, f.GetType(), f.GetHelp())
		}
	}
	return families
}

// valueOf returns the value of a metric with some labels beside that of the pipeline.
func valueOf(families map[string]*dto.MetricFamily, name, pipeline string, labels map[string]string) (float64, bool) {
	for _, m := range families["hemicycle_"+name].GetMetric() {
		got := map[string]string{}
		for _, l := range m.GetLabel() {
			got[l.GetName()] = l.GetValue()
		}
		matches := got["pipeline"] == pipeline && len(got) == len(labels)+1
		for label, value := range labels {
			matches = matches && got[label] == value
		}
		if matches {
			return m.GetGauge().GetValue(), true
		}
	}
	return 0, false
}

func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hemicycle.prom")
	r := sampleRun()
	if err := metrics.Write(disk.Disk{}, path, r); err != nil {
		t.Fatal(err)
	}
	families := parse(t, path)
	for _, want := range []struct {
		name   string
		labels map[string]string
		value  float64
	}{
		{"run_exit_status", nil, 3},
		{"run_published", nil, 1},
		{"run_duration_seconds", nil, 90},
		{"run_started_timestamp_seconds", nil, float64(started.Unix())},
		{"run_finished_timestamp_seconds", nil, float64(finished.Unix())},
		{"last_success_timestamp_seconds", nil, float64(finished.Unix())},
		{"build_info", map[string]string{"version": "v1.2.3"}, 1},
		{"stage_duration_seconds", map[string]string{"stage": "read"}, 1.5},
		{"documents", map[string]string{"outcome": "without_box"}, 5},
		{"elections", nil, 13},
		{"sound_elections", nil, 11},
		{"incomplete_sources", nil, 1},
		{"unmet_expectations", nil, 1},
		{"findings", map[string]string{"check": "seat-total", "severity": "error"}, 3},
		{"findings", map[string]string{"check": "turnout-range", "severity": "error"}, 0},
		{"findings", map[string]string{"check": "name-variants", "severity": "note"}, 1},
		{"rejects", map[string]string{"reason": "not-text"}, 2},
		{"read_bytes", nil, 1024},
		{"written_bytes", nil, 777},
		{"sent_bytes", nil, 777},
		{"sent_files", nil, 7},
	} {
		if got, ok := valueOf(families, want.name, r.Pipeline, want.labels); !ok || got != want.value {
			t.Errorf("%s %v is %v (%t), expected %v", want.name, want.labels, got, ok, want.value)
		}
	}
}

// A run that fails keeps the time of the last success, and so do all that follow it.
func TestWriteAfterFailure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hemicycle.prom")
	r := sampleRun()
	failed := &metrics.Run{
		Pipeline: r.Pipeline, Status: 1, Started: started.Add(time.Hour), Finished: finished.Add(time.Hour),
	}
	success := func(want float64) {
		t.Helper()
		families := parse(t, path)
		if got, ok := valueOf(families, "last_success_timestamp_seconds", r.Pipeline, nil); !ok || got != want {
			t.Errorf("the last success is at %v, expected %v", got, want)
		}
	}
	for _, step := range []struct {
		run  *metrics.Run
		want float64
	}{
		{failed, 0}, {r, float64(finished.Unix())}, {failed, float64(finished.Unix())}, {failed, float64(finished.Unix())},
	} {
		if err := metrics.Write(disk.Disk{}, path, step.run); err != nil {
			t.Fatal(err)
		}
		success(step.want)
	}
	if _, ok := valueOf(parse(t, path), "elections", r.Pipeline, nil); ok {
		t.Error("a run that failed tells of elections")
	}
	damaged := []byte("hemicycle_last_success_timestamp_seconds{pipeline=\"x\"} never\n\x00")
	if err := os.WriteFile(path, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := metrics.Write(disk.Disk{}, path, failed); err != nil {
		t.Fatal(err)
	}
	success(0)
}
