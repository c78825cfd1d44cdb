package pipelines

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"hemicycle/extract"
	"hemicycle/extract/boxnames"
	"hemicycle/load"
	"hemicycle/load/contracts"
	"hemicycle/load/disk"
	"hemicycle/load/duckdb"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// Options are what the caller of a run decides. Output and Log are required; everything else has a default.
type Options struct {
	Output        string
	Version       string       // of the program
	Build         string       // distinguishes this build from others; the default is the digest of the program's file
	Workers       int          // documents read at a time; the default is one per core
	PartDocuments int          // documents that a part of the output covers at least; the default is 200,000
	Resume        bool         // continue behind the last finished part of a run that was stopped
	Republish     bool         // publish a version even if nothing has changed since the current one
	DropOthers    bool         // publish only what is read: keep no rows of other wikis in an output laid out by wiki
	Live          LiveOptions  // concern live sources
	Log           *slog.Logger // required

	// Progress is called again and again, from another goroutine, with how far the run is. It may be nil.
	Progress func(Progress)
	// Each is called with each record that is written. It may be nil.
	Each func(schemas.Record)

	election transformFunc // nil for transform.Transform
}

// Outcome is what became of a run.
type Outcome struct {
	Manifest  *version.Manifest
	Unchanged bool // nothing has changed since the current version, of which Manifest is, and nothing was published
	Published bool // false if an expectation was not met, or more sources are incomplete than the pipeline allows
	Excess    bool // more error findings or rejects than the pipeline allows
	// Incomplete is true if more sources are incomplete than the pipeline allows. No allowance for rejects covers them.
	Incomplete bool
	// StaleExcess is true if more pages of live wikis are read in an older revision than the pipeline allows.
	StaleExcess bool
	Stale       int64 // such pages
	// InternalErrors is how many documents made the program panic. They are among the rejects, but no allowance of a
	// pipeline covers them.
	InternalErrors int64
	Rejects        int64 // that count against the allowance: without those that stand for what is missing
	WithErrors     NamedPages
	Rejected       NamedPages
	Unmet          []version.Expectation
	Folder         string // of the published version
	// Delivery says what became of the version on its way to object storage; nil if the pipeline names none.
	Delivery *Delivery
	Stages   []Stage
}

// Exit statuses of a run that published a version. cmd has all of them.
const (
	StatusDone     = 0
	StatusDoubtful = 3
)

// Status returns the exit status of a run that is published.
func (o *Outcome) Status() int {
	m := o.Manifest
	if o.Excess || o.StaleExcess || o.InternalErrors > 0 || m.Counts.Incomplete > 0 || len(m.Missing) > 0 {
		return StatusDoubtful
	}
	return StatusDone
}

// Run runs a pipeline: it brings the mirrors of live sources up to date, then reads, judges and writes every document
// of the sources, in the order of the input, then builds the database and publishes the version. An error means that
// nothing was published; the parts that were finished are kept for a run that resumes.
//
//	documents ─ inOrder ─ enter ─────── writeRecord ─ … ─ finish
//	extract     transform, on workers   load              check expectations, build, publish
func Run(ctx context.Context, p *Pipeline, o Options) (*Outcome, error) {
	output := version.NewOutput(disk.Disk{}, o.Output)
	defer output.Close()
	if err := output.HoldExisting(); err != nil {
		return nil, err
	}
	p, sources, synced, err := p.openSynced(ctx, o)
	if err != nil {
		return nil, err
	}
	return runSources(ctx, p, o, output, sources, synced)
}

// runSources runs a pipeline over sources that are open. It publishes nothing if they have not changed since the
// current version.
func runSources(
	ctx context.Context, p *Pipeline, o Options, output *version.Output, sources [][]extract.Source, synced []Synced,
) (*Outcome, error) {
	plan, err := planName(p, o, sources)
	if err != nil {
		return nil, err
	}
	versionPlan, err := p.versionPlan(&o, plan)
	if err != nil {
		return nil, err
	}
	if m, ofRun := unchanged(&o, output, versionPlan); m != nil {
		return &Outcome{
			Manifest: ofRun, Unchanged: true, Published: true, Folder: output.CurrentFolder(m),
			Delivery: p.deliver(ctx, o, output, m), // an earlier upload may have failed
		}, nil
	}
	if err := output.Prepare(plan, o.Resume); err != nil {
		return nil, err
	}
	run := &activeRun{pipeline: p, options: o, output: output, plan: versionPlan, synced: synced, sources: sources}
	outcome, err := run.runLocked(ctx)
	if err != nil && !errors.Is(err, errLostRows) && output.Keep() {
		err = fmt.Errorf("%w; its finished parts are kept: run the same command with --resume to continue", err)
	}
	return outcome, err
}

// activeRun is a run that holds the lock of its output folder.
type activeRun struct {
	pipeline *Pipeline
	options  Options
	output   *version.Output
	plan     string // of the version
	sources  [][]extract.Source
	synced   []Synced // what wikis were asked
	account  *account
	journal  *version.Journal
	last     *version.EarlierRun // of the pipeline; nil if nothing is compared with it
	base     *version.Published  // of which the rows of other wikis are kept; nil if there are none to keep
	sinks    []load.Sink
	watch    *stopwatch
}

// runLocked runs the pipeline into the output folder, whose lock is held.
func (r *activeRun) runLocked(ctx context.Context) (*Outcome, error) {
	p, o, sources, output := r.pipeline, r.options, r.sources, r.output
	r.watch = newStopwatch(o.Log)
	r.account = newAccount(p, o, output, r.watch.now())
	from, err := r.openJournal(sources)
	if err != nil {
		return nil, err
	}
	defer r.journal.Close()
	if r.last, err = p.lastRun(o, output); err != nil {
		return nil, err
	}
	if err := r.openBase(); err != nil {
		return nil, err
	}
	defer r.closeBase()
	if r.sinks, err = openSinks(output.Disk(), output.Staging(), p, r.journal.Finished()); err != nil {
		return nil, err
	}
	r.sinks = append(r.sinks, r.account.rows)
	defer load.CloseAll(r.sinks)

	meter := &progressMeter{sources: sources, from: from}
	meter.set(r.account)
	stop := meter.start(o.Progress)
	defer stop()
	if err := r.verify(ctx, sources, meter); err != nil {
		return nil, err
	}
	steps := documents(ctx, sources, from, o.partDocuments())
	for step := range inOrder(ctx, steps, workerCount(o.Workers), p.worker(extract.Options{}, o.election)) {
		if r.account.internalErrors() < maxLoggedErrors {
			step.logInternalError(o.Log)
		}
		for _, record := range r.account.enter(step) {
			if err := r.writeRecord(record); err != nil {
				return nil, err
			}
			o.show(record)
		}
		if step.next != nil {
			if err := r.finishPart(*step.next); err != nil {
				return nil, err
			}
		}
		meter.set(r.account)
	}
	stop()
	if ctx.Err() != nil {
		return nil, stoppedError(ctx)
	}
	r.watch.stage("read, judge and write")
	return r.finish(ctx)
}

// openSinks opens the sinks of a pipeline in a folder, with those that keep what is written when the input has ended.
func openSinks(d disk.Disk, folder string, p *Pipeline, finished version.FinishedParts) (sinks []load.Sink, err error) {
	if p.Partition == "" {
		sinks, err = load.Sinks(d, folder, p.Sinks, finished)
	} else {
		sinks, err = load.SinksByWiki(d, folder, finished)
	}
	if err != nil {
		return nil, err
	}
	redirects := load.NewRedirectSink(d, folder, finished)
	contenders := load.NewNameSink(d, folder, finished, redirects)
	return append(sinks, redirects, contenders, load.NewContradictionSink(d, folder, finished, contenders)), nil
}

// maxLoggedErrors is how many documents that made the program fail the log names with a stack. All are counted.
const maxLoggedErrors = 10

// verify compares the sources with their published digests, if the pipeline asks for that, before any is read.
func (r *activeRun) verify(ctx context.Context, sources [][]extract.Source, meter *progressMeter) error {
	if !slices.ContainsFunc(r.pipeline.Sources, func(s Source) bool { return s.Verify }) {
		return nil
	}
	meter.verifying.Store(true)
	defer meter.verifying.Store(false)
	for _, files := range sources {
		for _, s := range files {
			v, ok := s.(extract.Verifier)
			if !ok {
				continue
			}
			if err := v.Verify(ctx); ctx.Err() != nil {
				return stoppedError(ctx)
			} else if err != nil {
				return err
			}
		}
	}
	r.watch.stage("compare the digests")
	return nil
}

// stoppedError returns the error of a run that was stopped.
func stoppedError(ctx context.Context) error {
	return fmt.Errorf("stopped before the end of the input, and nothing was published: %w", context.Cause(ctx))
}

// finish closes the account and compares it with what the pipeline expects. If all of that is met, it publishes the
// version.
func (r *activeRun) finish(ctx context.Context) (*Outcome, error) {
	a, p := r.account, r.pipeline
	a.run.FinishedAt = r.watch.now()
	if !a.run.Total.Balances() { // a source or a reader counts wrongly
		return nil, fmt.Errorf("the account does not balance, and nothing was published: %+v", a.run.Total)
	}
	if err := load.WriteRedirects(r.sinks); err != nil {
		return nil, err
	}
	if err := load.WriteNames(r.sinks); err != nil {
		return nil, err
	}
	if err := r.keepOthers(ctx); err != nil {
		return nil, err
	}
	if err := load.WriteContradictions(r.sinks); err != nil {
		return nil, err
	}
	if err := r.writeRecord(schemas.Record{Run: &a.run}); err != nil {
		return nil, err
	}
	engine, err := duckdb.EngineVersion()
	if err != nil {
		return nil, fmt.Errorf("asking the database engine for its version: %w", err)
	}
	m := version.NewManifest(&a.run, engine)
	m.Inputs, m.Tallies = a.inputs, a.tallies
	addSyncs(m.Inputs, r.synced)
	m.Templates = boxnames.Known().With(p.Templates)
	m.Missing = missingNames(m.Templates, a.run.Total.Names)
	outcome := &Outcome{
		Manifest: m, InternalErrors: a.internalErrors(), Rejects: a.rejects(),
		WithErrors: a.pages.WithErrors, Rejected: a.pages.Rejected,
	}
	for i := range p.Sources {
		m.Expectations = append(m.Expectations, checkExpectations(&p.Sources[i], &a.sources[i], r.last)...)
	}
	for _, e := range m.Expectations {
		if !e.Met {
			outcome.Unmet = append(outcome.Unmet, e)
		}
	}
	outcome.Excess = m.Counts.Errors > p.Allow.Errors || outcome.Rejects > p.Allow.Rejects
	outcome.Incomplete = m.Counts.Incomplete > p.Allow.IncompleteSources
	outcome.Stale = stalePages(m.Inputs)
	outcome.StaleExcess = outcome.Stale > p.Allow.Stale
	m.Plan, m.Status = r.plan, outcome.Status()
	if len(outcome.Unmet) == 0 && !outcome.Incomplete {
		outcome.Folder, err = r.publish(ctx, m)
		outcome.Published = err == nil
	}
	if outcome.Published && p.Publish != nil {
		outcome.Delivery = p.deliver(ctx, r.options, r.output, m)
		r.watch.stage("send to object storage")
	}
	outcome.Stages = r.watch.stages
	return outcome, err
}

// publish ends the files, builds the database from them and puts the version in its place. It returns the folder of
// the version.
func (r *activeRun) publish(ctx context.Context, m *version.Manifest) (string, error) {
	taken, err := r.takeOverOthers(ctx)
	if err != nil {
		return "", err
	}
	before, err := r.openCurrent(m)
	if err != nil {
		return "", err
	}
	lastStage := "finish the files"
	if before != nil {
		lastStage = "compare with the version before"
		if err := errors.Join(r.writeChanges(ctx, m, before, taken), before.Close()); err != nil {
			return "", err
		}
	}
	for _, s := range r.sinks {
		files, err := s.Commit()
		if err != nil {
			return "", err
		}
		m.Files = append(m.Files, files...)
	}
	if err := r.account.checkRows(m.Files); err != nil {
		return "", err
	}
	r.enterWikis(m, taken)
	r.watch.stage(lastStage)
	files, err := r.describeAndBuild(ctx, m)
	if err != nil {
		return "", err
	}
	m.Files = append(m.Files, files...)
	if ctx.Err() != nil {
		return "", fmt.Errorf("stopped before publishing: %w", context.Cause(ctx))
	}
	folder, err := r.output.Publish(m.Run, m)
	if err != nil {
		return "", err
	}
	held, err := r.output.Prune(m.Run, r.pipeline.Keep, r.watch.now())
	if err != nil { // the new version is published, so this is no reason to fail
		r.options.Log.Warn("could not remove an old version", "error", err)
	}
	if len(held) > 0 {
		r.options.Log.Info("old versions stay, since a reader has them open", "versions", strings.Join(held, " "))
	}
	r.watch.stage("publish")
	return folder, nil
}

// describeAndBuild builds the database, if the pipeline writes one, and meanwhile writes the files that describe the
// version. It returns all of them.
func (r *activeRun) describeAndBuild(ctx context.Context, m *version.Manifest) (files []version.File, err error) {
	var described []version.File
	var describeErr error
	done := make(chan struct{})
	go func() {
		defer close(done)
		described, describeErr = contracts.Write(r.output.Disk(), r.output.Staging(), m, r.pipeline.agreement())
	}()
	if slices.Contains(r.pipeline.Sinks, load.Database) {
		debug.FreeOSMemory() // the engine needs what writing the files has left
		var database version.File
		database, err = duckdb.Build(ctx, r.output.Disk(), r.output.Staging(), m.Files)
		files = append(files, database)
		r.watch.stage("build the database")
	}
	<-done
	return append(files, described...), errors.Join(err, describeErr)
}

func (r *activeRun) writeRecord(record schemas.Record) error {
	for _, s := range r.sinks {
		if err := s.Write(record); err != nil {
			return err
		}
	}
	return nil
}

// finishPart ends a part of the output and enters it in the journal.
func (r *activeRun) finishPart(next inputPosition) error {
	var part []version.File
	for _, s := range r.sinks {
		files, err := s.FinishPart()
		if err != nil {
			return err
		}
		part = append(part, files...)
	}
	state, err := r.account.marshalState(next)
	if err == nil {
		err = r.journal.Append(part, state)
	}
	if err != nil {
		return fmt.Errorf("entering a finished part in the journal: %w", err)
	}
	return nil
}

// workerCount returns how many documents are read at a time if a caller asked for n.
func workerCount(n int) int {
	if n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// defaultPartDocuments is how many documents a part of the output covers at least, if nobody says otherwise.
const defaultPartDocuments = 200_000

func (o *Options) partDocuments() int {
	if o.PartDocuments > 0 {
		return o.PartDocuments
	}
	return defaultPartDocuments
}

// build returns what distinguishes this build of the program from others.
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
