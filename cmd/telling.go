package cmd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"hemicycle/load/disk"
	"hemicycle/load/lineage"
	"hemicycle/load/metrics"
	"hemicycle/pipelines"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// tellingFlags are the flags of a run by which it tells others what became of it.
type tellingFlags struct {
	metricsFile string
	lineage     string
}

// addTelling adds the flags.
func (f *tellingFlags) addTelling(c *cobra.Command) {
	c.Flags().StringVar(&f.metricsFile, "metrics-file", "",
		"write what became of the run into `FILE` for Prometheus, also if it failed")
	c.Flags().StringVar(&f.lineage, "lineage", "",
		"send OpenLineage events to `ADDRESS`, or append them to a file (default: the pipeline's key lineage)")
}

// checkTelling returns what is wrong with the flags, or nil.
func (f *tellingFlags) checkTelling() error {
	if f.metricsFile != "" {
		if err := checkLocal("metrics-file", f.metricsFile); err != nil {
			return err
		}
	}
	if f.lineage != "" {
		if err := lineage.CheckDestination(f.lineage); err != nil {
			return usageError("--lineage: %w", err) // the address may have a password
		}
	}
	return nil
}

// teller tells others of one run. What it cannot deliver is a warning, and changes no exit status.
type teller struct {
	flags    *tellingFlags
	pipeline *pipelines.Pipeline
	output   string
	log      *slog.Logger
	started  time.Time
	lineage  *lineage.Run // nil if nobody wants events
}

// newTeller returns the teller of a run that is about to start, and tells of the start.
func newTeller(
	ctx context.Context, p *pipelines.Pipeline, f *tellingFlags, output string, log *slog.Logger,
) *teller {
	t := &teller{flags: f, pipeline: p, output: output, log: log, started: time.Now()}
	to := f.lineage
	if to == "" {
		to = p.LineagePath()
	}
	if to == "" || lineage.IsDisabled() {
		return t
	}
	job := lineage.Job{Pipeline: p.Name, Description: p.Description, Version: buildVersion()}
	for _, r := range transform.Rules() {
		job.Rules = append(job.Rules, lineage.Rule{Parameters: r.Names, Columns: r.Columns})
	}
	for _, c := range t.checks() {
		job.Checks = append(job.Checks, c.ID)
	}
	var err error
	if t.lineage, err = lineage.NewRun(to, job); err == nil {
		err = t.lineage.Start(ctx, t.started)
	}
	t.warn("could not send the lineage of the run", err)
	return t
}

// warn logs what could not be told.
func (t *teller) warn(message string, err error) {
	if err != nil {
		t.log.Warn(message, "error", err)
	}
}

// checks returns the checks that are on, with the severities that the pipeline gives them.
func (t *teller) checks() []metrics.Check {
	var all []metrics.Check
	for _, c := range transform.Checks() {
		severity := c.Severity
		if changed, ok := t.pipeline.Checks[c.ID]; ok {
			severity = changed
		}
		if severity != schemas.Skip {
			all = append(all, metrics.Check{ID: c.ID, Severity: string(severity)})
		}
	}
	return all
}

// tell tells how a run ended: the outcome, which is nil if it failed, and the error with its exit status.
func (t *teller) tell(ctx context.Context, outcome *pipelines.Outcome, err error) {
	isStopped := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx) // a run that was stopped tells so
	finished := time.Now()
	status := statusDone
	var f *failure
	switch {
	case err == nil:
	case errors.As(err, &f):
		status = f.status
	default:
		status = statusFailed
		if known := failureOf(err); known != nil {
			status = known.status
		}
	}
	if t.flags.metricsFile != "" {
		t.warn("could not write the metrics of the run",
			metrics.Write(disk.Disk{}, t.flags.metricsFile, t.metrics(outcome, status, finished)))
	}
	if t.lineage != nil {
		t.warn("could not send the lineage of the run",
			t.lineage.End(ctx, finished, t.lineageOutcome(outcome, err, isStopped)))
	}
	t.warn("the run has ended, but not what comes after it",
		t.pipeline.RunAfter(ctx, t.settings(outcome, status, err), t.log))
}

// metrics returns what the metrics say of a run.
func (t *teller) metrics(outcome *pipelines.Outcome, status int, finished time.Time) *metrics.Run {
	r := &metrics.Run{
		Pipeline: t.pipeline.Name, Version: buildVersion(), Status: status, Started: t.started, Finished: finished,
		IsSuccess: status == statusDone || status == statusDoubtful, Checks: t.checks(),
	}
	if outcome == nil {
		return r
	}
	r.Manifest, r.Published = outcome.Manifest, outcome.Published && !outcome.Unchanged
	for _, s := range outcome.Stages {
		r.Stages = append(r.Stages, metrics.Stage{Name: s.Name, Took: s.Took})
	}
	if d := outcome.Delivery; d != nil && d.Err == nil {
		r.Sent = &metrics.Sent{Files: d.Result.Sent, Bytes: d.Result.SentBytes}
	}
	return r
}

// lineageOutcome returns what the lineage says of a run. A version that could not be sent is published all the same.
func (t *teller) lineageOutcome(outcome *pipelines.Outcome, err error, isStopped bool) *lineage.Outcome {
	o := &lineage.Outcome{Ending: lineage.Complete, Output: t.absoluteOutput()}
	if outcome != nil && outcome.Published {
		o.Manifest = outcome.Manifest
		return o
	}
	o.Ending = lineage.Fail
	if isStopped {
		o.Ending = lineage.Abort
	}
	if err != nil {
		o.Message = err.Error()
	}
	return o
}

func (t *teller) absoluteOutput() string {
	if absolute, err := filepath.Abs(t.output); err == nil {
		return absolute
	}
	return t.output
}

// settings returns the variables in which the command after a run finds the outcome.
func (t *teller) settings(outcome *pipelines.Outcome, status int, err error) []string {
	var all []string
	set := func(name string, value any) { all = append(all, fmt.Sprintf("HEMICYCLE_%s=%v", name, value)) }
	set("STATUS", status)
	set("PIPELINE", schemas.Printable(t.pipeline.Name))
	set("OUTPUT", t.absoluteOutput())
	set("SECONDS", strconv.FormatFloat(time.Since(t.started).Seconds(), 'f', 3, 64))
	message := ""
	if err != nil {
		message = schemas.Printable(err.Error())
	}
	set("MESSAGE", message)
	set("PUBLISHED", outcome != nil && outcome.Published && !outcome.Unchanged)
	set("UNCHANGED", outcome != nil && outcome.Unchanged)
	if outcome == nil {
		return all
	}
	m := outcome.Manifest
	set("RUN", m.Run)
	if outcome.Published {
		set("VERSION", filepath.Join(t.absoluteOutput(), "versions", m.Run))
	}
	if d := outcome.Delivery; d != nil && d.Err == nil {
		set("SENT_TO", d.To)
	}
	for _, count := range []struct {
		name  string
		value int64
	}{
		{"DOCUMENTS", m.Counts.Documents}, {"ELECTIONS", m.Counts.Elections}, {"SOUND_ELECTIONS", m.Counts.Sound},
		{"REJECTED", m.Counts.Rejected}, {"REJECTED_BOXES", m.Counts.RejectedBoxes}, {"ERRORS", m.Counts.Errors},
		{"WARNINGS", m.Counts.Warnings}, {"NOTES", m.Counts.Notes}, {"INCOMPLETE_SOURCES", m.Counts.Incomplete},
	} {
		set(count.name, count.value)
	}
	return all
}
