// Package cmd is the command line: a command a file, with its flags, its help and its exit status.
//
// Start with Main in root.go, which runs one command.
package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hemicycle/load/terminal"
	"hemicycle/load/version"
	"hemicycle/pipelines"
)

// The exit statuses; each command's help lists its own.
const (
	statusDone        = 0
	statusFailed      = 1
	statusUsage       = 2
	statusDoubtful    = 3
	statusUnexpected  = 4
	statusOutputInUse = 5
)

// statusMeanings is what each status says, as help lists them.
var statusMeanings = map[int]string{
	statusDone:        "done; notes and warnings are no failure",
	statusFailed:      "failed and published nothing: a missing file, a glob without a match, a full disk, a signal",
	statusUsage:       "wrong usage, or a pipeline file with problems",
	statusDoubtful:    "published, with more error findings or rejects than the pipeline allows, or without boxes that a dump has under other names",
	statusUnexpected:  "not published: the run fell below what the pipeline expects, for one that there is an election at all",
	statusOutputInUse: "another run holds the output folder; nothing was published",
}

// failure is an error with the exit status that it means.
type failure struct {
	status int
	err    error // nil where everything has been said
}

func (f *failure) Error() string {
	if f.err == nil {
		return ""
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

// tuneCollector lets garbage stay until there is much of it: most of what a run allocates is one document's
// and soon gone, and the little that lives is looked through less often. The limit holds the heap where
// more lives. Who sets GOGC or GOMEMLIMIT decides otherwise.
func tuneCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(1600)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(256 << 20)
	}
}

// Main is the program: it runs one command and returns its exit status.
func Main(args []string) int {
	tuneCollector()
	return run(args)
}

// run runs one command and returns its exit status.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	// A reader of the output or of the log who leaves early is no reason to die in the middle of a run.
	signal.Ignore(syscall.SIGPIPE)
	root := newRoot()
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return statusDone
	}
	f := failureOf(err)
	if f == nil { // cobra's own: an unknown command or flag, a wrong count of arguments
		f = &failure{statusUsage, fmt.Errorf("%s\n`%s --help` says what it takes", strings.TrimSpace(err.Error()), command.CommandPath())}
	}
	if f.err != nil {
		terminal.PrintError(os.Stderr, f.err)
	}
	return f.status
}

// failureOf finds the exit status of an error; nil where it is not one of ours.
func failureOf(err error) *failure {
	var f *failure
	var file *fs.PathError
	switch {
	case errors.Is(err, syscall.EPIPE): // nobody is left to be told
		return &failure{status: statusFailed}
	case errors.Is(err, version.ErrHeld):
		return &failure{statusOutputInUse, err}
	case errors.Is(err, pipelines.ErrNotAFile):
		return &failure{statusUsage, err}
	case errors.As(err, &f):
		return f
	case errors.As(err, &file): // standard output, where nobody wrapped it
		return &failure{statusFailed, err}
	}
	return nil
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "hemicycle",
		Short: "Reads what Wikipedia says about elections and hands it on as tables that can be trusted",
		Long: `Hemicycle reads election infoboxes, makes typed records of them, judges them, and publishes
Parquet files and a DuckDB database with every doubt written down beside the numbers.

Begin with: hemicycle run`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       buildVersion(),
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetVersionTemplate("hemicycle {{.Version}}\n")
	root.SetFlagErrorFunc(unknownFlag)
	root.AddCommand(newRun(), newCheck(), newShow(), newList(), newLint(), newTemplates(), newReport(), newChart(), newVersion())
	return root
}

// unknownFlag adds the nearest flag to the error of a misspelt one.
func unknownFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	var known []string
	c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if near := pipelines.Nearest(unknown.GetSpecifiedName(), known); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return err
}

// takes says how many arguments a command has, and what each is.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return fmt.Errorf("%s: expected %s, found nothing", c.Name(), what)
		case len(args) > most:
			return fmt.Errorf("%s: expected %s, found %s", c.Name(), what, strings.Join(args, " "))
		}
		return nil
	}
}

// withStatuses adds the exit statuses to a command's help.
func withStatuses(long string, statuses ...int) string {
	long += "\n\nExit status:"
	for _, s := range statuses {
		long += fmt.Sprintf("\n  %d  %s", s, statusMeanings[s])
	}
	return long
}
