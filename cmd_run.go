package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"hemicycle/load"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

type runFlags struct {
	from      []string
	output    string
	workers   int
	logFormat string
	quiet     bool
}

func newRun() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run [PIPELINE]",
		Short: "Read the sources of a pipeline, judge what they say and publish the tables",
		Long: withStatuses(`Runs a pipeline: a file, the name of an embedded one, or `+pipelines.Default+` where none is named.
--from reads other files instead; alone, it is a pipeline that expects nothing but an election.

The output folder gets a whole new version or stays as it was.`,
			statusDone, statusFailed, statusUsage, statusDoubtful, statusUnexpected, statusOutputInUse),
		Example: `  hemicycle run
  hemicycle run --from 'pages/*.txt' --output /srv/elections
  hemicycle run my-pipeline.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runPipeline(c, args, &f) },
	}
	c.Flags().StringArrayVar(&f.from, "from", nil, "file or glob to read instead of the pipeline's (may be repeated)")
	c.Flags().StringVar(&f.output, "output", "output", "folder to publish into")
	c.Flags().IntVar(&f.workers, "workers", 0, "documents read at a time (default: one a core)")
	c.Flags().StringVar(&f.logFormat, "log", "text", "form of the log on standard error: text or json")
	c.Flags().BoolVar(&f.quiet, "quiet", false, "no summary and no progress on a terminal")
	c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return pipelines.Names(), cobra.ShellCompDirectiveDefault
	}
	return c
}

func runPipeline(c *cobra.Command, args []string, f *runFlags) error {
	if runtime.GOOS == "windows" {
		return &failure{statusFailed, fmt.Errorf("run publishes through symbolic links, which Windows does not give every user: use it on Linux or macOS, or in WSL")}
	}
	terminal := term.IsTerminal(int(os.Stdout.Fd())) && !f.quiet
	log, err := newLog(f.logFormat, terminal)
	if err != nil {
		return err
	}
	p, err := pipelineOf(args, f.from)
	if err != nil {
		return err
	}
	var shown []*schemas.Election
	options := pipelines.Options{
		Output: f.output, Version: version(), Workers: f.workers, Log: log,
		Each: func(e *schemas.Election) {
			if terminal && len(shown) < 3 {
				shown = append(shown, e)
			}
		},
	}
	if !f.quiet && term.IsTerminal(int(os.Stderr.Fd())) {
		bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetDescription("reading"), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionShowCount())
		options.Progress = func(a schemas.Account) { _ = bar.Set64(a.Documents) }
		defer bar.Finish()
	}
	started := time.Now()
	outcome, err := pipelines.Run(c.Context(), p, options)
	if err != nil {
		return failed(err)
	}
	if terminal {
		printOutcome(c.OutOrStdout(), outcome, shown, f.output, time.Since(started))
	}
	return judge(log, outcome)
}

// pipelineOf is the pipeline that the command line asks for.
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
		return nil, &failure{statusUsage, err}
	}
	return p, nil
}

func printOutcome(w io.Writer, outcome *pipelines.Outcome, shown []*schemas.Election, dir string, took time.Duration) {
	for _, e := range shown {
		load.PrintElection(w, e)
		fmt.Fprintln(w)
		_ = load.PrintFindings(w, e, false)
	}
	load.PrintRun(w, outcome.Manifest, dir, outcome.Published, outcome.Unmet, took)
}

// judge logs the end of a run and turns it into an exit status.
func judge(log *slog.Logger, outcome *pipelines.Outcome) error {
	c := outcome.Manifest.Counts
	counts := slog.Group("counts", "documents", c.Documents, "elections", c.Elections, "sound", c.Sound, "rejected", c.Rejected,
		"rejected_boxes", c.RejectedBoxes, "errors", c.Errors, "warnings", c.Warnings, "notes", c.Notes)
	for _, s := range outcome.Stages {
		log.Info("stage", "name", s.Name, "seconds", s.Took.Seconds())
	}
	if !outcome.Published {
		var unmet []string
		for _, e := range outcome.Unmet {
			unmet = append(unmet, fmt.Sprintf("the source %s has %s %s, expected %s", e.Source, e.Observed, e.Subject, e.Expected))
		}
		return &failure{statusUnexpected, fmt.Errorf("not published: %s", strings.Join(unmet, "; "))}
	}
	if outcome.Excess {
		log.Warn("published, with more errors or rejects than the pipeline allows", "folder", outcome.Folder, counts)
		return &failure{status: statusDoubtful}
	}
	log.Info("published", "folder", outcome.Folder, counts)
	return nil
}

// failed is the status of an error that stopped a run.
func failed(err error) error {
	if f, ok := err.(*failure); ok {
		return f
	}
	return &failure{statusFailed, err}
}

// newLog writes to standard error; on a terminal only what is wrong, since the summary says the rest.
func newLog(format string, terminal bool) (*slog.Logger, error) {
	level := slog.LevelInfo
	if terminal {
		level = slog.LevelWarn
	}
	options := &slog.HandlerOptions{Level: level}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(os.Stderr, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(os.Stderr, options)), nil
	}
	return nil, &failure{statusUsage, fmt.Errorf("--log %s: expected text or json", format)}
}
