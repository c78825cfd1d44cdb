package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"hemicycle/load/terminal"
	"hemicycle/load/wording"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

type runFlags struct {
	from      []string
	titles    string
	wiki      string
	verify    bool
	output    string
	workers   int
	logFormat string
	quiet     bool
	resume    bool
	part      int
	alone     bool // of --drop-others
	liveFlags
	tellingFlags
}

func newRun() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run [PIPELINE]",
		Short: "Read the sources of a pipeline, check what they say and publish the tables",
		Long: withStatuses("run", `
Runs a pipeline: a file, or an embedded one by its name (`+pipelines.Default+` if none is named). --from reads
other files in place of the pipeline's. Without a pipeline, --from expects only that there is at least
one election.

The output folder gets a whole new version or stays as it was. The parts that a stopped run finished
stay beside it. With --resume, the same run (the same inputs, pipeline and program) continues behind
the last of them and ends with the same Parquet files. Any other run removes them.

If nothing has changed since the current version (the inputs, the pipeline and the program), nothing is
published, and the exit status is that of the version. A live wiki is asked what has changed before
anything is read.`),
		Example: `  hemicycle run
  hemicycle run --from 'pages/*.txt' --output /srv/elections
  hemicycle run my-pipeline.yaml`,
		Args: func(c *cobra.Command, args []string) error {
			rest, _ := f.withPattern(args)
			return takes(0, 1, "at most one PIPELINE")(c, rest)
		},
		RunE: func(c *cobra.Command, args []string) error {
			args, f.titles = f.withPattern(args)
			return runPipeline(c, args, &f)
		},
	}
	c.Flags().StringArrayVar(&f.from, "from", nil,
		"`FILE`, glob, folder of exports or - (standard input) to read instead of the pipeline's (may be repeated)")
	c.Flags().StringVar(&f.titles, "titles", "",
		"for multistream dumps, read only the streams with a title that matches `REGEXP` (default: election titles)")
	c.Flags().Lookup("titles").NoOptDefVal = pipelines.DefaultTitles
	c.Flags().BoolVar(&f.verify, "verify", false, "compare each dump with the SHA256SUMS beside it before reading it")
	addWiki(c, &f.wiki)
	c.Flags().StringVar(&f.output, "output", "output", "folder to publish into")
	c.Flags().IntVar(&f.workers, "workers", 0, "documents to read at a time (default: one per core)")
	c.Flags().StringVar(&f.logFormat, "log", "text", "form of the log on standard error: text or json")
	c.Flags().BoolVar(&f.quiet, "quiet", false, "write nothing but warnings and errors")
	c.Flags().BoolVar(&f.resume, "resume", false, "continue behind the last finished part of the same run")
	c.Flags().IntVar(&f.part, "part-documents", 0, "documents that a part of the output covers (default: 200000)")
	c.Flags().BoolVar(&f.alone, "drop-others", false,
		"in an output laid out by wiki, publish only what this run reads, without the rows of other wikis")
	f.addRun(c)
	f.addTelling(c)
	c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return pipelines.Names(), cobra.ShellCompDirectiveDefault
	}
	return c
}

// withPattern takes the pattern of --titles out of the arguments if it is a separate word behind the flag, as in
// --titles PATTERN. The flag may stand alone, so the library treats such a word as an argument.
func (f *runFlags) withPattern(args []string) (rest []string, pattern string) {
	if f.titles != pipelines.DefaultTitles || len(args) == 0 {
		return args, f.titles
	}
	last := args[len(args)-1]
	_, err := os.Stat(last)
	isPipeline := slices.Contains(pipelines.Names(), last) || strings.HasSuffix(last, ".yaml")
	if err == nil || isPipeline {
		return args, f.titles
	}
	return args[:len(args)-1], last
}

func runPipeline(c *cobra.Command, args []string, f *runFlags) error {
	switch {
	case runtime.GOOS == "windows":
		return &failure{statusFailed, errors.New("run publishes through symbolic links, which Windows does not allow " +
			"every user: use it on Linux or macOS, or in WSL")}
	case f.part < 0:
		return usageError("--part-documents %d: expected a number from 1 on, or 0 for the default", f.part)
	case f.output == "":
		return usageError(`--output "": expected a folder`)
	}
	if err := cmp.Or(checkLocal("output", f.output), checkWorkers(f.workers), f.checkTelling()); err != nil {
		return err
	}
	p, err := f.pipeline(args)
	if err != nil {
		return err
	}
	onTerminal := !f.quiet && term.IsTerminal(int(os.Stdout.Fd()))
	bar := &progressDisplay{draw: !f.quiet && term.IsTerminal(int(os.Stderr.Fd())), now: time.Now}
	log, err := newLog(f.logFormat, bar, f.quiet || onTerminal && bar.draw)
	if err != nil {
		return err
	}
	if !f.quiet && !bar.draw {
		bar.log = log
	}
	return runWithUI(c, p, f, log, bar, onTerminal)
}

// runWithUI runs a pipeline with its log and, on a terminal, with the progress and the summary.
func runWithUI(
	c *cobra.Command, p *pipelines.Pipeline, f *runFlags, log *slog.Logger, bar *progressDisplay, onTerminal bool,
) error {
	s := runSummary{w: c.OutOrStdout(), started: time.Now()}
	options := pipelines.Options{
		Output: f.output, Version: buildVersion(), Workers: f.workers, PartDocuments: f.part, Resume: f.resume,
		DropOthers: f.alone, Log: log, Progress: bar.tell, Republish: f.republish, Live: f.options(bar.tellSync),
	}
	if f.dryRun {
		return dryRun(c, p, options, bar)
	}
	t := newTeller(c.Context(), p, &f.tellingFlags, f.output, log)
	outcome, err := runTold(c, p, f, options, bar, onTerminal, &s)
	t.tell(c.Context(), outcome, err)
	return err
}

// runTold runs a pipeline, logs its end and shows the summary. It returns the outcome, which is nil if the run failed,
// and the error with its exit status.
func runTold(
	c *cobra.Command, p *pipelines.Pipeline, f *runFlags, options pipelines.Options, bar *progressDisplay,
	onTerminal bool, s *runSummary,
) (*pipelines.Outcome, error) {
	log := options.Log
	rejects := rejectLog{log: log}
	options.Each = func(r schemas.Record) {
		if onTerminal {
			s.keep(r)
		}
		if r.Reject != nil && !(onTerminal && bar.draw) {
			rejects.add(r.Reject)
		}
	}
	outcome, err := pipelines.Run(c.Context(), p, options)
	rejects.finish()
	bar.clear()
	if err != nil {
		return nil, liveFailure(err)
	}
	if outcome.Unchanged {
		if onTerminal {
			fmt.Fprintf(s.w, "nothing changed since %s: %s is as it was, and --republish publishes it anew\n",
				outcome.Manifest.Run, schemas.Printable(f.output))
		}
		return outcome, reportUnchanged(log, outcome)
	}
	if onTerminal {
		s.screen = terminal.ScreenOf(os.Stdout)
		s.print(outcome, f.output)
	}
	return outcome, exitStatus(log, outcome)
}

// dryRun asks the live wikis what has changed, and prints what a run would fetch.
func dryRun(c *cobra.Command, p *pipelines.Pipeline, o pipelines.Options, bar *progressDisplay) error {
	synced, err := pipelines.SyncMirrors(c.Context(), p, o, true)
	bar.clear()
	if err == nil {
		err = printSynced(c.OutOrStdout(), synced, true)
	}
	if err != nil {
		return liveFailure(err)
	}
	return nil
}

// reportUnchanged logs that nothing has changed since the current version. The exit status is that of the version.
func reportUnchanged(log *slog.Logger, outcome *pipelines.Outcome) error {
	m := outcome.Manifest
	log.Info("nothing changed", "since", m.Run, "folder", outcome.Folder)
	if err := undelivered(outcome.Delivery); err != nil {
		return err
	}
	if m.Status == statusDone {
		return nil
	}
	return &failure{m.Status, fmt.Errorf("nothing changed since %s, which was published with doubts: run once with "+
		"--republish to see them", m.Run)}
}

// pipeline returns the pipeline that the command line asks for, with what its flags say about dumps.
func (f *runFlags) pipeline(args []string) (*pipelines.Pipeline, error) {
	p, err := pipelineOf(args, f.from)
	if err != nil {
		return nil, err
	}
	if name := p.WithoutFiles(); name != "" {
		return nil, usageError("the source %s of the pipeline %s names no files: give them with --from",
			schemas.Printable(name), schemas.Printable(p.Name))
	}
	if f.wiki != "" {
		if p, err = p.WithWiki(f.wiki); err != nil {
			return nil, &failure{statusUsage, fmt.Errorf("--wiki %w", err)}
		}
	}
	if f.titles != "" {
		if p, err = p.WithTitles(f.titles); err != nil {
			return nil, usageError("--%w", err)
		}
	}
	if f.verify {
		p = p.Verified()
	}
	return f.apply(p)
}

// pipelineOf returns the pipeline that the arguments and --from ask for.
func pipelineOf(args, from []string) (*pipelines.Pipeline, error) {
	var p *pipelines.Pipeline
	var err error
	switch {
	case len(args) > 0:
		p, err = pipelines.Open(args[0])
	case len(from) > 0:
		p, err = pipelines.FromFiles(from)
	default:
		p, err = pipelines.Open(pipelines.Default)
	}
	if err == nil && len(args) > 0 && len(from) > 0 {
		p, err = p.WithFiles(from)
	}
	if err != nil {
		if len(args) > 0 && len(from) == 0 && isPage(args[0]) {
			err = fmt.Errorf("%w\nto read a page or a dump rather than a pipeline file, put --from before it", err)
		}
		return nil, &failure{statusUsage, err}
	}
	return p, nil
}

// isPage reports whether there is a file of that name which is not named as pipeline files are.
func isPage(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir() && !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(name))
}

// exitStatus logs the end of a run and turns its outcome into a failure with an exit status; nil means success.
func exitStatus(log *slog.Logger, outcome *pipelines.Outcome) error {
	c := outcome.Manifest.Counts
	for _, input := range outcome.Manifest.Inputs {
		if m := input.Missing; m != nil {
			log.Warn("incomplete source", "source", input.URI, "places", m.Gaps, "missing", m.Share, "reason", m.Reason)
		}
		if i := input.Index; i != nil {
			log.Info("read by the index", "source", input.URI, "titles", i.Titles, "matched", i.Matched,
				"streams", i.Streams, "streams_read", i.StreamsRead, "streams_unread", i.Streams-i.StreamsRead,
				"bytes_read", i.BytesRead, "bytes_unread", input.Bytes-i.BytesRead)
		}
	}
	if !outcome.Published {
		return &failure{
			statusUnexpected, fmt.Errorf("not published: %s", strings.Join(unmetExpectations(outcome), "; ")),
		}
	}
	log.Info("published", "folder", outcome.Folder, slog.Group("counts", "documents", c.Documents,
		"elections", c.Elections, "sound", c.Sound, "rejected", c.Rejected, "rejected_boxes", c.RejectedBoxes,
		"incomplete_sources", c.Incomplete, "errors", c.Errors, "warnings", c.Warnings, "notes", c.Notes))
	doubts, err := doubtsOf(outcome)
	unsent := undelivered(outcome.Delivery)
	switch {
	case err != nil:
		return &failure{statusFailed, err}
	case unsent != nil && len(doubts) > 0:
		return &failure{failureOf(unsent).status, fmt.Errorf("%w; published, %s", unsent, strings.Join(doubts, "; "))}
	case unsent != nil:
		return unsent
	case len(doubts) > 0:
		return &failure{statusDoubtful, fmt.Errorf("published, %s", strings.Join(doubts, "; "))}
	}
	return nil
}

// doubtsOf returns why a published run ends with statusDoubtful, as continuations of "published, ".
func doubtsOf(outcome *pipelines.Outcome) ([]string, error) {
	var doubts []string
	if incomplete := incompleteSources(outcome); incomplete != "" {
		doubts = append(doubts, "although "+incomplete)
	}
	if outcome.Excess {
		doubts = append(doubts, excess(outcome))
	}
	if outcome.StaleExcess {
		doubts = append(doubts, fmt.Sprintf("with more than the pipeline allows: %s read in an older revision, since the "+
			"wiki did not give the newest", wording.Count(outcome.Stale, "page")))
	}
	if n := outcome.InternalErrors; n > 0 {
		doubts = append(doubts,
			fmt.Sprintf("but without %s that made the program fail; please report what the log says of it",
				wording.Count(n, "document")))
	}
	if missing := outcome.Manifest.Missing; len(missing) > 0 {
		lines, err := pipelines.TemplateLines(missing)
		if err != nil {
			return nil, err
		}
		doubts = append(doubts,
			"but the wiki has names for election boxes that were not read, and pages that use them are "+
				"missing; add to the pipeline, and run it again:\n"+lines)
	}
	if outcome.Excess || outcome.InternalErrors > 0 {
		last := len(doubts) - 1
		doubts[last] = strings.TrimSuffix(doubts[last], "\n") + doubtfulPages(outcome)
	}
	return doubts, nil
}

// newLog returns a log that writes to w. If a run is to be quiet, or a summary on the same terminal says the rest, the
// log has only warnings and errors.
func newLog(format string, w io.Writer, isQuiet bool) (*slog.Logger, error) {
	level := slog.LevelInfo
	if isQuiet {
		level = slog.LevelWarn
	}
	options := &slog.HandlerOptions{Level: level}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, usageError("--log %s: expected text or json", format)
}
