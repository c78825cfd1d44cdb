package cmd

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"hemicycle/load/objects"
	"hemicycle/load/wording"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

type publishFlags struct {
	output    string
	logFormat string
	quiet     bool
}

func newPublish() *cobra.Command {
	var f publishFlags
	c := &cobra.Command{
		Use:   "publish PIPELINE",
		Short: "Send the current version to the object storage of a pipeline, without a new run",
		Long: withStatuses("publish", `
Sends the current version of an output folder to where the key publish of the pipeline says, as run does
after it has published in the folder: the files that are not there yet, and then the pointer. It reads
no source. Use it after a run that could not send its version.`),
		Example: `  hemicycle publish pages.yaml --output /srv/elections`,
		Args:    takes(1, 1, "one PIPELINE"),
		RunE:    func(c *cobra.Command, args []string) error { return runPublish(c, args[0], &f) },
	}
	c.Flags().StringVar(&f.output, "output", "output", "output folder of the pipeline's runs")
	c.Flags().StringVar(&f.logFormat, "log", "text", "form of the log on standard error: text or json")
	c.Flags().BoolVar(&f.quiet, "quiet", false, "write nothing but warnings and errors")
	c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return pipelines.Names(), cobra.ShellCompDirectiveDefault
	}
	return c
}

func runPublish(c *cobra.Command, name string, f *publishFlags) error {
	if err := checkLocal("output", f.output); err != nil {
		return err
	}
	p, err := pipelines.Open(name)
	switch {
	case err != nil:
		return &failure{statusUsage, err}
	case p.Publish == nil:
		return usageError("the pipeline %s has no key publish, which says where versions are sent",
			schemas.Printable(p.Name))
	}
	log, err := newLog(f.logFormat, os.Stderr, f.quiet)
	if err != nil {
		return err
	}
	m, delivery, err := pipelines.Deliver(c.Context(), p, pipelines.Options{Output: f.output, Log: log})
	if err == nil {
		err = undelivered(delivery)
	}
	if failed := failureOf(err); failed != nil {
		return failed
	}
	if err != nil {
		return &failure{statusFailed, err}
	}
	if f.quiet {
		return nil
	}
	did := wording.Count(delivery.Result.Sent, "file") + " sent"
	if delivery.Result.Unchanged && delivery.Result.Sent == 0 {
		did = "it is there already"
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "%s is current in %s: %s\n", m.Run, schemas.Printable(delivery.To), did)
	return err
}

// undelivered returns the failure of a version that could not be sent to object storage; nil if it could, or if the
// pipeline names none.
func undelivered(d *pipelines.Delivery) error {
	if d == nil || d.Err == nil {
		return nil
	}
	status := statusUndelivered
	if errors.As(d.Err, new(*objects.OvertakenError)) {
		status = statusOvertaken
	}
	return &failure{status, fmt.Errorf("published here, but not in %s: %w", schemas.Printable(d.To), d.Err)}
}
