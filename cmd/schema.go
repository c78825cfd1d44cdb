package cmd

import (
	"github.com/spf13/cobra"

	"hemicycle/pipelines"
)

// schemaOf has what `schema` prints the JSON schema of.
const schemaOf = "pipeline"

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema " + schemaOf,
		Short: "Print a JSON schema of pipeline files, for editors",
		Long: withStatuses(
			"schema",
			`Prints a JSON schema of pipeline files. With it, an editor completes keys, shows what they mean and marks what is
wrong while a file is written. It is made from the same declaration by which `+"`lint`"+` and `+"`run`"+` read a
file; these also find what concerns several keys at once.`,
		),
		Example:   "  hemicycle schema pipeline > pipeline.schema.json",
		ValidArgs: []string{schemaOf},
		Args:      takes(1, 1, "the word "+schemaOf),
		RunE: func(c *cobra.Command, args []string) error {
			if args[0] != schemaOf {
				return usageError("schema %s: expected %s", args[0], schemaOf)
			}
			content, err := pipelines.Schema()
			if err == nil {
				_, err = c.OutOrStdout().Write(content)
			}
			return err
		},
	}
}
