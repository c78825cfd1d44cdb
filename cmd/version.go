package cmd

import (
	_ "embed"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"hemicycle/load/duckdb"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// programVersion is raised together with CHANGELOG.md.
const programVersion = "0.1.0"

// thirdParty is the notices of the modules in the program, which their licences ask to pass on with it.
//
//go:embed third_party.txt
var thirdParty string

// buildVersion returns the version of the program, with the revision that it was built from if the build knows it.
func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return programVersion + "+" + s.Value[:12]
			}
		}
	}
	return programVersion
}

func newVersion() *cobra.Command {
	licences := false
	command := &cobra.Command{
		Use:   "version",
		Short: "Print the versions of the program, of its tables and of its engines",
		Long:  withStatuses("version", "Prints the versions of the program, of its tables and of its engines."),
		Args:  takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			if licences {
				_, err := fmt.Fprint(c.OutOrStdout(), thirdParty)
				return err
			}
			engine, err := duckdb.EngineVersion()
			if err != nil {
				return &failure{statusFailed, err}
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "hemicycle %s\nschema %s\nduckdb %s\narrow %s\ngo %s\n",
				buildVersion(), schemas.Version, engine, version.ArrowVersion, runtime.Version())
			return err
		},
	}
	command.Flags().BoolVar(&licences, "licences", false,
		"print the licences of the modules in the program, and nothing else")
	return command
}
