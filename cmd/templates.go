package cmd

import (
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"hemicycle/pipelines"
)

func newTemplates() *cobra.Command {
	return &cobra.Command{
		Use:   "templates DUMP…",
		Short: "Print the names that a wiki has for election boxes, as the key templates of a pipeline",
		Long: withStatuses("templates", `
Reads dumps to their end and prints every redirect between templates that leads to an election box, to
be pasted into a pipeline. A run whose pipeline lacks one of them ends with status 3 and says so.`),
		Example: `  hemicycle templates enwiki-20260101-pages-articles.xml.bz2`,
		Args:    takes(1, math.MaxInt, "at least one DUMP"),
		RunE: func(c *cobra.Command, args []string) error {
			names, err := pipelines.Templates(c.Context(), args, checkOptions(c, false).Log)
			if err != nil {
				return &failure{statusFailed, err}
			}
			lines, err := pipelines.TemplateLines(names)
			if err == nil {
				_, err = fmt.Fprint(c.OutOrStdout(), lines)
			}
			if err != nil {
				return &failure{statusFailed, err}
			}
			return nil
		},
	}
}
