package pipelines

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"slices"

	"hemicycle/extract"
	"hemicycle/extract/boxnames"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/duckdb"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// Options are what the caller of a run decides; all but Output and Log have defaults.
type Options struct {
	Output        string
	Version       string               // of the program
	Build         string               // what tells this build of the program from others; the default is the digest of its file
	Workers       int                  // documents read at a time; the default is one a core
	PartDocuments int                  // documents that a part of the output covers at least; the default is 200,000
	Resume        bool                 // go on from the last finished part of a run that was stopped
	Log           *slog.Logger         // required
	Progress      func(Progress)       // told again and again how far the run has come, by another goroutine; may be nil
	Each          func(schemas.Record) // shown each record that is written; may be nil
}

// Outcome is what became of a run.
type Outcome struct {
	Manifest  *version.Manifest
	Published bool // false where an expectation was not met
	Excess    bool // more error findings or rejects than the pipeline allows
	Unmet     []version.Expectation
	Folder    string // of the published version
	Stages    []Stage
}

// Run runs a pipeline: every document of its sources is read, judged and written, in the order of the
// input; then the database is built and the version published. An error means that nothing was; what
// was finished is kept for a run that resumes.
//
//	documents ─ inOrder ─ take ──────── write ─ … ─ finish
//	extract     transform, on workers   load        judge the account, build, publish
func Run(ctx context.Context, p *Pipeline, o Options) (*Outcome, error) {
	sources, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	plan, err := planOf(p, o, sources)
	if err != nil {
		return nil, err
	}
	output, err := version.OpenOutput(disk.Disk{}, o.Output, plan, o.Resume)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	outcome, err := runInto(ctx, p, o, sources, output)
	if err != nil && output.Keep() {
		err = fmt.Errorf("%w; its finished parts are kept: with --resume the same run goes on from there", err)
	}
	return outcome, err
}

// runInto runs a pipeline into an output that is held.
func runInto(ctx context.Context, p *Pipeline, o Options, sources [][]extract.Source, output *version.Output) (*Outcome, error) {
	watch := newStopwatch()
	a := newAccount(p, o, output, watch.now())
	journal, from, err := goOn(o, output, sources, a)
	if err != nil {
		return nil, err
	}
	defer journal.Close()
	last, err := p.lastVersion(o, output)
	if err != nil {
		return nil, err
	}
	sinks, err := load.Sinks(output.Disk(), output.Staging(), p.Sinks, journal.Finished())
	if err != nil {
		return nil, err
	}
	sinks = append(sinks, load.NewRedirectSink(output.Disk(), output.Staging(), journal.Finished()))
	defer load.CloseAll(sinks)

	m := &meter{sources: sources, from: from}
	m.set(a)
	stop := m.start(o.Progress)
	defer stop()
	readers := p.readers(false)
	readAndJudge := func(r *read) {
		r.extract(readers[r.source])
		r.judge(p.judging())
	}
	for step := range inOrder(ctx, documents(ctx, sources, from, o.partDocuments()), o.workers(), readAndJudge) {
		for _, record := range a.take(step) {
			if err := write(sinks, record); err != nil {
				return nil, err
			}
			o.show(record)
		}
		if step.next != nil {
			if err := cut(sinks, journal, a, *step.next); err != nil {
				return nil, err
			}
		}
		m.set(a)
	}
	stop()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("stopped before the end of the input, and nothing was published: %w", context.Cause(ctx))
	}
	watch.lap("read, judge and write")
	return finish(ctx, p, o, output, last, sinks, a, watch)
}

// finish closes the account and holds it against what the pipeline expects; where that is met, the
// version is published.
func finish(ctx context.Context, p *Pipeline, o Options, output *version.Output, last *version.Manifest, sinks []load.Sink, a *account, watch *stopwatch) (*Outcome, error) {
	a.run.FinishedAt = watch.now()
	if !a.run.Total.Balances() { // a source or a reader counts wrongly
		return nil, fmt.Errorf("the account does not balance, and nothing was published: %+v", a.run.Total)
	}
	if err := load.WriteRedirects(sinks); err != nil {
		return nil, err
	}
	if err := write(sinks, schemas.Record{Run: &a.run}); err != nil {
		return nil, err
	}
	engine, err := duckdb.EngineVersion()
	if err != nil {
		return nil, fmt.Errorf("asking the database engine for its version: %w", err)
	}
	m := version.NewManifest(&a.run, engine)
	m.Inputs = a.inputs
	m.Templates = boxnames.All(p.Templates)
	m.Missing = missing(m.Templates, a.run.Total.Names)
	outcome := &Outcome{Manifest: m}
	for i := range p.Sources {
		m.Expectations = append(m.Expectations, judge(p, &p.Sources[i], &a.sources[i], last)...)
	}
	for _, e := range m.Expectations {
		if !e.Met {
			outcome.Unmet = append(outcome.Unmet, e)
		}
	}
	outcome.Excess = m.Counts.Errors > p.Allow.Errors || m.Counts.Rejected+m.Counts.RejectedBoxes > p.Allow.Rejects
	if len(outcome.Unmet) == 0 {
		outcome.Folder, err = publish(ctx, p, o, output, sinks, m, watch)
		outcome.Published = err == nil
	}
	outcome.Stages = watch.stages
	return outcome, err
}

// publish ends the files, builds the database from them and puts the version in its place.
func publish(ctx context.Context, p *Pipeline, o Options, output *version.Output, sinks []load.Sink, m *version.Manifest, watch *stopwatch) (folder string, err error) {
	for _, s := range sinks {
		files, err := s.Commit()
		if err != nil {
			return "", err
		}
		m.Files = append(m.Files, files...)
	}
	watch.lap("finish the files")
	if slices.Contains(p.Sinks, load.Database) {
		database, err := duckdb.Build(ctx, output.Disk(), output.Staging(), m.Files)
		if err != nil {
			return "", err
		}
		m.Files = append(m.Files, database)
		watch.lap("build the database")
	}
	if ctx.Err() != nil {
		return "", fmt.Errorf("stopped before publishing: %w", context.Cause(ctx))
	}
	folder, err = output.Publish(m.Run, m)
	if err != nil {
		return "", err
	}
	if err := output.Prune(m.Run); err != nil { // the new version is out: no reason to fail
		o.Log.Warn("could not remove an old version", "error", err)
	}
	watch.lap("publish")
	return folder, nil
}

func write(sinks []load.Sink, r schemas.Record) error {
	for _, s := range sinks {
		if err := s.Write(r); err != nil {
			return err
		}
	}
	return nil
}

// cut ends a part of the output, and enters it into the journal.
func cut(sinks []load.Sink, journal *version.Journal, a *account, next place) error {
	var part []version.File
	for _, s := range sinks {
		files, err := s.FinishPart()
		if err != nil {
			return err
		}
		part = append(part, files...)
	}
	state, err := a.state(next)
	if err == nil {
		err = journal.Append(part, state)
	}
	if err != nil {
		return fmt.Errorf("entering a finished part into the journal: %w", err)
	}
	return nil
}

func (o *Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (o *Options) partDocuments() int {
	if o.PartDocuments > 0 {
		return o.PartDocuments
	}
	return 200_000
}

// build is what tells this build of the program from others.
func (o *Options) build() (string, error) {
	if o.Build != "" {
		return o.Build, nil
	}
	return programDigest()
}

func (o *Options) show(r schemas.Record) {
	if o.Each != nil {
		o.Each(r)
	}
}
