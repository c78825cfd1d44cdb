// Hemicycle reads what Wikipedia says about elections and hands it on as tables that can be trusted.
//
// Where to start: pipelines/run.go is the whole loop; DESIGN.md says where what is; each command has a
// file of its own, cmd_*.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"hemicycle/load"
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
	statusDoubtful:    "published, with more error findings or rejects than the pipeline allows",
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

func main() { os.Exit(run(os.Args[1:])) }

// run is the program: one command, its exit status.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var f *failure
	switch {
	case err == nil:
		return statusDone
	case errors.Is(err, load.ErrHeld):
		f = &failure{statusOutputInUse, err}
	case errors.As(err, &f):
	default: // cobra's own: an unknown command or flag, a wrong count of arguments
		f = &failure{statusUsage, err}
	}
	if f.err != nil {
		fmt.Fprintf(os.Stderr, "hemicycle: %v\n", f.err)
		if f.status == statusUsage {
			fmt.Fprintln(os.Stderr, "`hemicycle --help` lists the commands, `hemicycle COMMAND --help` what each takes")
		}
	}
	return f.status
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
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.AddCommand(newRun(), newCheck(), newShow(), newList(), newLint(), newVersion())
	root.CompletionOptions.HiddenDefaultCmd = false
	return root
}

// withStatuses adds the exit statuses to a command's help.
func withStatuses(long string, statuses ...int) string {
	long += "\n\nExit status:"
	for _, s := range statuses {
		long += fmt.Sprintf("\n  %d  %s", s, statusMeanings[s])
	}
	return long
}
