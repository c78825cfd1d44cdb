package cmd

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"hemicycle/load/terminal"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

func newShow() *cobra.Command {
	var stage string
	var live liveFlags
	var wiki string
	c := &cobra.Command{
		Use:   "show FILE",
		Short: "Show what a stage makes of one document, as JSON",
		Long: withStatuses("show", `
Prints what a stage makes of one document, in a file or, as -, on standard input:

  infobox   the boxes with their raw fields, each with its line and byte offset
  election  the elections, an array with one object per box; decimals are strings
  findings  what the checks say about the elections, passes and skips included
  contests  the tables of results (Election results, Election box, Election summary), an array
            with one object per table, or per round of one; what the template computes is in computed

With --title, FILE is a pipeline instead, and the page is asked of its live wiki.`),
		Args: takes(1, 1, "one FILE"),
		RunE: func(c *cobra.Command, args []string) error { return runShow(c, args[0], &live, stage, wiki) },
	}
	c.Flags().StringVar(&stage, "stage", "election", "what to show: infobox, election, findings or contests")
	addWiki(c, &wiki)
	live.addPages(c)
	live.addContact(c)
	return c
}

func runShow(c *cobra.Command, file string, live *liveFlags, stage, wiki string) error {
	if !slices.Contains([]string{"infobox", "election", "findings", "contests"}, stage) {
		return usageError("--stage %s: expected infobox, election, findings or contests", stage)
	}
	var content []byte
	first, rejected := "", false
	options := checkOptions(c, stage == "infobox")
	options.Workers, options.Wiki, options.Contests = 1, wiki, stage == "contests"
	err := live.check(c, []string{file}, options, func(d pipelines.Checked) error {
		if d.Missing != nil {
			return terminal.PrintIncomplete(c.ErrOrStderr(), d.Source, d.Missing)
		}
		if d.Document == nil {
			return nil
		}
		switch first {
		case "":
			first = d.Document.URI
		case d.Document.URI:
			return usageError("%s: the file has more than one page, and show prints only one: "+
				"save that page to its own file", schemas.Printable(first))
		default:
			return usageError("%s: more than one file matches, and show prints only one: name it", file)
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
		case "contests":
			content, err = terminal.ContestsJSON(d.Contests)
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
		return liveFailure(err)
	case rejected:
		return &failure{status: statusDoubtful}
	}
	return nil
}
