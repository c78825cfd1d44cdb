package cmd

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"hemicycle/load/terminal"
	"hemicycle/pipelines"
)

func newShow() *cobra.Command {
	var stage string
	c := &cobra.Command{
		Use:   "show FILE",
		Short: "Show one document as an inner stage sees it, as JSON",
		Long: withStatuses(`Prints what a stage makes of one document:

  infobox   the boxes with their raw fields, each with its line and byte offset
  election  the elections, an array with one object a box; decimals are strings
  findings  what the checks say of them, passes and skips included`,
			statusDone, statusFailed, statusUsage) + fmt.Sprintf("\n  %d  the document or a box of it was rejected", statusDoubtful),
		Args: takes(1, 1, "one FILE"),
		RunE: func(c *cobra.Command, args []string) error { return runShow(c, args[0], stage) },
	}
	c.Flags().StringVar(&stage, "stage", "election", "infobox, election or findings")
	return c
}

func runShow(c *cobra.Command, file, stage string) error {
	if stage != "infobox" && stage != "election" && stage != "findings" {
		return &failure{statusUsage, fmt.Errorf("--stage %s: expected infobox, election or findings", stage)}
	}
	var content []byte
	first, rejected := "", false
	options := checkOptions(c, stage == "infobox")
	options.Workers = 1
	err := pipelines.Check(c.Context(), []string{file}, options, func(d pipelines.Checked) error {
		if d.Document == nil {
			return nil
		}
		switch first {
		case "":
			first = d.Document.URI
		case d.Document.URI:
			return &failure{statusUsage, fmt.Errorf("%s: holds more than one page, and show shows one: save that page to a file of its own", first)}
		default:
			return &failure{statusUsage, fmt.Errorf("%s: more than one file matches, and show shows one: name it", file)}
		}
		if d.Reject != nil {
			rejected = true
			return terminal.PrintReject(c.ErrOrStderr(), d.Document, d.Reject)
		}
		for i := range d.Document.Rejects {
			rejected = true
			if err := terminal.PrintReject(c.ErrOrStderr(), d.Document, &d.Document.Rejects[i]); err != nil {
				return err
			}
		}
		var err error
		switch stage {
		case "infobox":
			content, err = terminal.InfoboxJSON(d.Document)
		case "election":
			content, err = terminal.ElectionsJSON(d.Elections)
		case "findings":
			content, err = terminal.FindingsJSON(d.Elections)
		}
		return err
	})
	if err == nil {
		_, err = c.OutOrStdout().Write(content)
	}
	switch {
	case errors.As(err, new(*failure)):
		return err
	case err != nil:
		return &failure{statusFailed, err}
	case rejected:
		return &failure{status: statusDoubtful}
	}
	return nil
}
