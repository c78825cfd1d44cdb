// Package cmd is the command line. Each command has a file with its flags, its help and what it does; status.go says
// what every exit status means.
//
// Start with Main in root.go, which runs one command.
package cmd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hemicycle/load/terminal"
	"hemicycle/pipelines"
)

// setGCPercent sets how much the heap may grow between two collections. GOGC takes precedence if it is set.
func setGCPercent(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// tuneCollector lets garbage stay until there is much of it. Most of what a run allocates belongs to one document and
// is soon free, so rare collections cost less for the little that stays. The memory limit bounds the heap if more
// stays. GOGC and GOMEMLIMIT take precedence if set.
func tuneCollector() {
	setGCPercent(1600)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(256 << 20)
	}
}

// Main is the program: it runs one command and returns its exit status.
func Main(args []string) int {
	tuneCollector()
	return execute(args)
}

// execute runs one command and returns its exit status.
func execute(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	// A run must not die because the reader of its output or of its log has gone.
	signal.Ignore(syscall.SIGPIPE)
	root := newRoot()
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return statusDone
	}
	f := failureOf(err)
	if f == nil { // cobra's own: an unknown command or flag, a wrong count of arguments
		message := strings.TrimSpace(err.Error())
		f = &failure{statusUsage, fmt.Errorf("%s\nsee `%s --help`", message, command.CommandPath())}
	}
	message := withPrintableNames(f, args)
	switch {
	case f.err == nil:
	case asksForJSON(args): // a log in JSON is JSON to its end
		slog.New(slog.NewJSONHandler(os.Stderr, nil)).Error(message, "status", f.status)
	default:
		terminal.PrintError(os.Stderr, errors.New(message))
	}
	return f.status
}

// asksForJSON reports whether the arguments of a command ask for a log in JSON. It reads the arguments themselves,
// since an error in one of them keeps the library from reading the others.
func asksForJSON(args []string) bool {
	format := ""
	for i, arg := range args {
		value, isValue := strings.CutPrefix(arg, "--log=")
		switch {
		case arg == "--":
			return format == "json"
		case isValue:
			format = value
		case arg == "--log" && i+1 < len(args):
			format = args[i+1]
		}
	}
	return format == "json"
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "hemicycle",
		Short: "Reads election infoboxes of Wikipedia and publishes tables that can be trusted",
		Long: `Hemicycle reads election infoboxes, makes typed records of them, checks them, and publishes
Parquet files and a DuckDB database, with every doubt beside the numbers.

Begin with: hemicycle run`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       buildVersion(),
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetVersionTemplate("hemicycle {{.Version}}\n")
	root.SetFlagErrorFunc(unknownFlag)
	root.AddCommand(newCommands()...)
	return root
}

// newCommands returns the commands, in the order in which the document lists them.
func newCommands() []*cobra.Command {
	return []*cobra.Command{
		newRun(), newCheck(), newShow(), newList(), newLint(), newSchema(), newTemplates(), newMirror(), newPublish(),
		newJob(),
		newDiff(), newReport(), newChart(), newVersion(),
	}
}

// unknownFlag adds the nearest flag to the error about a misspelt one.
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

// takes checks how many arguments a command has; what says what they are.
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
