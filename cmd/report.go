package cmd

import (
	"cmp"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"hemicycle/load/report"
	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
	"hemicycle/transform"
)

func newReport() *cobra.Command {
	var from, to string
	var workers int
	c := &cobra.Command{
		Use:   "report [--from OUTPUT] [--to DIR]",
		Short: "Make pages of a published output: the run, an index with search, one page per election",
		Long: withStatuses("report", `
Makes pages of a published output that open from disk in a browser and use no network. Begin with
DIR/index.html, which shows what was read and what is doubtful, or with DIR/elections.html.

The report appears whole or not at all. It replaces an earlier report, and nothing else.`),
		Args: takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error { return runReport(c, from, to, workers) },
	}
	c.Flags().StringVar(&from, "from", "output", "output folder of a run, or the folder of one version")
	c.Flags().StringVar(&to, "to", "", "folder to write (default: report in the output folder)")
	c.Flags().IntVar(&workers, "workers", 0, "pages to write at a time (default: one per core)")
	return c
}

func runReport(c *cobra.Command, from, to string, workers int) error {
	if err := cmp.Or(checkLocal("from", from), checkLocal("to", to), checkWorkers(workers)); err != nil {
		return err
	}
	if to == "" {
		to = filepath.Join(from, "report")
	}
	p, err := version.Open(from)
	if err != nil {
		return &failure{statusFailed, err}
	}
	defer p.Close()
	setGCPercent(50) // pages leave much garbage: memory stays flat for a quarter more time
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
	_, err = fmt.Fprintf(c.OutOrStdout(), "%s of run %s: open %s\n", wording.Count(int64(elections), "election"),
		schemas.Printable(p.Manifest.Run), schemas.Printable(filepath.Join(to, "index.html")))
	return err
}
