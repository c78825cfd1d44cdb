package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"hemicycle/load"
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
			statusDone, statusFailed, statusUsage) + fmt.Sprintf("\n  %d  the document was rejected", statusDoubtful),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return show(c, args[0], stage) },
	}
	c.Flags().StringVar(&stage, "stage", "election", "infobox, election or findings")
	return c
}

func show(c *cobra.Command, file, stage string) error {
	if stage != "infobox" && stage != "election" && stage != "findings" {
		return &failure{statusUsage, fmt.Errorf("--stage %s: expected infobox, election or findings", stage)}
	}
	rejected := false
	err := pipelines.Check(c.Context(), []string{file}, 1, func(d pipelines.Checked) error {
		if d.Reject != nil {
			rejected = true
			return load.PrintReject(c.ErrOrStderr(), d.Document, d.Reject)
		}
		for i := range d.Document.Rejects {
			if err := load.PrintReject(c.ErrOrStderr(), d.Document, &d.Document.Rejects[i]); err != nil {
				return err
			}
		}
		var content []byte
		var err error
		switch stage {
		case "infobox":
			content, err = load.InfoboxJSON(d.Document)
		case "election":
			content, err = load.ElectionsJSON(d.Elections)
		case "findings":
			content, err = load.FindingsJSON(d.Elections)
		}
		if err == nil {
			_, err = c.OutOrStdout().Write(content)
		}
		return err
	})
	switch {
	case err != nil:
		return &failure{statusFailed, err}
	case rejected:
		return &failure{status: statusDoubtful}
	}
	return nil
}
