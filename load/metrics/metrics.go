// Package metrics writes what a run did as a file that Prometheus reads: the text format, in the folder that the
// textfile collector of the node exporter watches.
//
// Start with Write.
package metrics

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"hemicycle/load/disk"
	"hemicycle/load/version"
)

// Run is what became of a run.
type Run struct {
	Pipeline          string
	Version           string // of the program
	Status            int    // the exit status
	Started, Finished time.Time
	IsSuccess         bool // a version is current that is as new as the sources
	Published         bool // this run published a version
	// Manifest is that of the version that the run published, would have published, or found unchanged. It is nil if the
	// run failed.
	Manifest *version.Manifest
	Stages   []Stage
	// Checks are the checks that there are. Each is written, so that one without a finding has the value 0.
	Checks []Check
	// Sent says what was sent to object storage; nil if nothing was to be sent, or if it could not be.
	Sent *Sent
}

// Stage is how long one stage of a run took.
type Stage struct {
	Name string
	Took time.Duration
}

// Check is a check, with the severity that the pipeline gives it.
type Check struct{ ID, Severity string }

// Sent is what was sent to object storage.
type Sent struct{ Files, Bytes int64 }

// successName is the name of the one metric that a run takes over from the run before, if it fails itself.
const successName = "hemicycle_last_success_timestamp_seconds"

// Write writes the file, whole or not at all. If the run failed, the time of the last success is the one that the file
// had.
func Write(d disk.Disk, path string, r *Run) error {
	success := float64(0)
	if r.IsSuccess {
		success = seconds(r.Finished)
	} else if before, err := os.ReadFile(path); err == nil {
		success = lastSuccess(before, r.Pipeline)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return d.WriteFile(path, encode(r, success))
}

// lastSuccess returns the time of the last success of a pipeline in a file that Write wrote; 0 if there is none.
func lastSuccess(content []byte, pipeline string) float64 {
	begin := successName + labels{{"pipeline", pipeline}}.String() + " "
	for line := range strings.Lines(string(content)) {
		if rest, ok := strings.CutPrefix(line, begin); ok {
			value, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
			if err == nil {
				return value
			}
		}
	}
	return 0
}

// seconds returns a time as Prometheus counts it.
func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

// encode returns the file.
func encode(r *Run, success float64) []byte {
	w := &writer{pipeline: r.Pipeline}
	w.one("run_exit_status", "Exit status of the last run.", float64(r.Status))
	w.one("run_published", "Whether the last run published a version.", truth(r.Published))
	w.one("run_started_timestamp_seconds", "When the last run started.", seconds(r.Started))
	w.one("run_finished_timestamp_seconds", "When the last run ended.", seconds(r.Finished))
	w.one("run_duration_seconds", "How long the last run took.", r.Finished.Sub(r.Started).Seconds())
	w.one("last_success_timestamp_seconds",
		"When a run last ended with status 0 or 3: published, or nothing changed. 0 if none did.", success)
	w.family("build_info", "The version of the program. The value is 1.")
	w.sample("build_info", 1, label{"version", r.Version})
	if len(r.Stages) > 0 {
		w.family("stage_duration_seconds", "How long a stage of the last run took.")
		for _, s := range r.Stages {
			w.sample("stage_duration_seconds", s.Took.Seconds(), label{"stage", s.Name})
		}
	}
	if r.Sent != nil {
		w.one("sent_files", "Files that the last run sent to object storage.", float64(r.Sent.Files))
		w.one("sent_bytes", "Bytes that the last run sent to object storage.", float64(r.Sent.Bytes))
	}
	if r.Manifest != nil {
		encodeManifest(w, r)
	}
	return w.b.Bytes()
}

// encodeManifest writes what is in the version.
func encodeManifest(w *writer, r *Run) {
	m := r.Manifest
	c := &m.Counts
	w.family("documents", "Documents of the sources, by what became of them.")
	for _, d := range []struct {
		outcome string
		count   int64
	}{
		{"with_box", c.WithBox}, {"without_box", c.WithoutBox}, {"rejected", c.Rejected},
		{"other_namespace", c.OtherNamespaces}, {"redirect", c.Redirects},
	} {
		w.sample("documents", float64(d.count), label{"outcome", d.outcome})
	}
	w.one("elections", "Elections of the last run.", float64(c.Elections))
	w.one("sound_elections", "Elections in which no check found an error.", float64(c.Sound))
	w.one("incomplete_sources", "Sources of which something is missing.", float64(c.Incomplete))
	w.one("unmet_expectations", "Expectations of the pipeline that were not met.", float64(unmet(m)))
	encodeFindings(w, r)
	w.family("rejects", "Documents and boxes that could not be read, by reason.")
	for _, reason := range slices.Sorted(maps.Keys(m.Rejects)) {
		w.sample("rejects", float64(m.Rejects[reason]), label{"reason", reason})
	}
	var read, written int64
	for i := range m.Inputs {
		read += m.Inputs[i].Bytes
	}
	for _, f := range m.Files {
		written += f.Bytes
	}
	w.one("read_bytes", "Bytes of the sources.", float64(read))
	w.one("written_bytes", "Bytes of the files of the version.", float64(written))
}

// unmet returns how many expectations were not met.
func unmet(m *version.Manifest) (n int) {
	for _, e := range m.Expectations {
		if !e.Met {
			n++
		}
	}
	return n
}

// encodeFindings writes the findings of each check by severity, and 0 for a check that has none.
func encodeFindings(w *writer, r *Run) {
	counts := map[Check]int64{}
	for _, c := range r.Checks {
		counts[c] = 0
	}
	for id, tally := range r.Manifest.Findings {
		for severity, n := range map[string]int64{"note": tally.Notes, "warn": tally.Warnings, "error": tally.Errors} {
			if n > 0 {
				counts[Check{id, severity}] = n
			}
		}
	}
	w.family("findings", "Findings of the last run, by check and severity.")
	for _, c := range slices.SortedFunc(maps.Keys(counts), func(a, b Check) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Severity, b.Severity))
	}) {
		w.sample("findings", float64(counts[c]), label{"check", c.ID}, label{"severity", c.Severity})
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// writer writes the text format of Prometheus.
// Source: https://prometheus.io/docs/instrumenting/exposition_formats/.
type writer struct {
	b        bytes.Buffer
	pipeline string
}

// one writes a metric with one value.
func (w *writer) one(name, help string, value float64) {
	w.family(name, help)
	w.sample(name, value)
}

// family writes what a metric is.
func (w *writer) family(name, help string) {
	w.b.WriteString("# HELP hemicycle_" + name + " " + helpEscaper.Replace(help) + "\n")
	w.b.WriteString("# TYPE hemicycle_" + name + " gauge\n")
}

// sample writes a value, with the label of the pipeline before the others.
func (w *writer) sample(name string, value float64, others ...label) {
	all := append(labels{{"pipeline", w.pipeline}}, others...)
	w.b.WriteString("hemicycle_" + name + all.String() + " " + strconv.FormatFloat(value, 'g', -1, 64) + "\n")
}

type label struct{ name, value string }

type labels []label

var (
	helpEscaper  = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
	labelEscaper = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)
)

// String returns the labels as they stand behind the name of a metric.
func (l labels) String() string {
	var parts []string
	for _, one := range l {
		parts = append(parts, one.name+`="`+labelEscaper.Replace(strings.ToValidUTF8(one.value, "\uFFFD"))+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}
