package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"hemicycle/pipelines"
)

func newLint() *cobra.Command {
	return &cobra.Command{
		Use:   "lint PIPELINE…",
		Short: "Read pipeline files strictly and run nothing",
		Long:  withStatuses("Reads pipeline files, or embedded pipelines by name, and prints every problem with its line and column.", statusDone, statusUsage),
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			var all []error
			for _, name := range args {
				if _, err := pipelines.Open(name); err != nil {
					all = append(all, err)
					continue
				}
				fmt.Fprintf(c.OutOrStdout(), "%s: sound\n", name)
			}
			if err := errors.Join(all...); err != nil {
				fmt.Fprintln(c.ErrOrStderr(), err)
				return &failure{status: statusUsage}
			}
			return nil
		},
	}
}
