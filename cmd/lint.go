package cmd

import (
	"errors"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"hemicycle/pipelines"
	"hemicycle/schemas"
)

func newLint() *cobra.Command {
	return &cobra.Command{
		Use:   "lint PIPELINE…",
		Short: "Check pipeline files and wiki files without running them",
		Long: withStatuses("lint",
			"Reads pipeline files, embedded pipelines by name, or wiki files, and prints every problem with its line\n"+
				"and column."),
		Args: takes(1, math.MaxInt, "at least one PIPELINE"),
		RunE: func(c *cobra.Command, args []string) error {
			var all []error
			for _, name := range args {
				if err := pipelines.Lint(name); err != nil {
					all = append(all, err)
					continue
				}
				if _, err := fmt.Fprintf(c.OutOrStdout(), "%s: sound\n", schemas.Printable(name)); err != nil {
					return &failure{statusFailed, err}
				}
			}
			if err := errors.Join(all...); err != nil {
				fmt.Fprintln(c.ErrOrStderr(), withPrintableNames(err, args))
				return &failure{status: statusUsage}
			}
			return nil
		},
	}
}
