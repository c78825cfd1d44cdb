package cmd

import (
	"fmt"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"hemicycle/load/report"
	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/transform"
)

func newReport() *cobra.Command {
	var from, to string
	var workers int
	c := &cobra.Command{
		Use:   "report [--from OUTPUT] [--to DIR]",
		Short: "Make pages of a published output: the run, an index with search, a page an election",
		Long: withStatuses(`Makes pages of a published output that stand alone: they open from disk in a browser and ask no network.
Begin with DIR/index.html, which shows what was read and what is doubtful, or DIR/elections.html.

The report is there whole or not at all. It takes the place of an earlier report, and of nothing else.`,
			statusDone, statusFailed, statusUsage),
		Args: takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error { return runReport(c, from, to, workers) },
	}
	c.Flags().StringVar(&from, "from", "output", "output folder of a run, or the folder of one version")
	c.Flags().StringVar(&to, "to", "", "folder to write (report in the output folder where none is given)")
	c.Flags().IntVar(&workers, "workers", 0, "pages to write side by side (0: one a core)")
	return c
}

func runReport(c *cobra.Command, from, to string, workers int) error {
	if to == "" {
		to = filepath.Join(from, "report")
	}
	p, err := version.Open(from)
	if err != nil {
		return &failure{statusFailed, err}
	}
	debug.SetGCPercent(50) // pages leave much behind: memory stays flat for a quarter more of time
	o := report.Options{Workers: workers}
	for _, check := range transform.Checks() {
		o.Checks = append(o.Checks, report.Meaning{ID: check.ID, Meaning: check.Meaning})
	}
	for _, m := range transform.Measures() {
		o.Measures = append(o.Measures, report.Meaning{ID: m.ID, Meaning: m.Meaning, Columns: m.Columns()})
	}
	elections, err := report.Write(c.Context(), p, to, o)
	if err != nil {
		return &failure{statusFailed, err}
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "%s of run %s: open %s\n", wording.Count(int64(elections), "election"), p.Manifest.Run, filepath.Join(to, "index.html"))
	return err
}
