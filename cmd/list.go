package cmd

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"hemicycle/extract"
	"hemicycle/load"
	"hemicycle/pipelines"
	"hemicycle/pipelines/wikifile"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
	"hemicycle/transform"
)

// listings are what can be listed, each from the table that the program runs on.
var listings = []struct {
	name, meaning string
	rows          func() [][]string
}{
	{"formats", "forms in which documents are read", func() (rows [][]string) {
		for _, f := range extract.Formats() {
			rows = append(rows, []string{f.Name, f.Meaning})
		}
		return rows
	}},
	{"rules", "how fields become values: ID, columns, parameters, meaning", func() (rows [][]string) {
		for _, r := range transform.Rules() {
			rows = append(rows, []string{r.ID, strings.Join(r.Columns, ", "), strings.Join(r.Names, ", "), r.Meaning})
		}
		return rows
	}},
	{"checks", "what is judged: ID, severity, meaning", func() (rows [][]string) {
		for _, c := range transform.Checks() {
			rows = append(rows, []string{c.ID, string(c.Severity), c.Meaning})
		}
		return rows
	}},
	{"measures", "indices that are computed: table, ID, meaning", func() (rows [][]string) {
		for _, m := range transform.Measures() {
			rows = append(rows, []string{"measures", m.ID, m.Meaning})
		}
		for _, m := range transform.ContenderMeasures() {
			rows = append(rows, []string{"contender_measures", m.ID, m.Meaning})
		}
		return rows
	}},
	{"treatments", "how measures treat what a box leaves open", func() (rows [][]string) {
		for _, t := range schemas.Treatments() {
			rows = append(rows, []string{t.ID, t.Meaning})
		}
		return rows
	}},
	{"tables", "output tables and what a row of each is", func() (rows [][]string) {
		for _, t := range tables.All() {
			rows = append(rows, []string{t.Name, t.Row})
		}
		return rows
	}},
	{"sinks", "kinds of output", func() (rows [][]string) {
		for _, k := range load.Kinds() {
			rows = append(rows, []string{k.Name, k.Meaning})
		}
		return rows
	}},
	{"wikis", "wikis that are read: name, locale, election boxes, or why none can be read", func() [][]string {
		return wikifile.Rows()
	}},
	{"expectations", "figures that a pipeline can expect of a source",
		func() [][]string { return pipelines.Expectations() }},
	{"pipelines", "embedded pipelines", func() (rows [][]string) {
		for _, name := range pipelines.Names() {
			p, err := pipelines.Open(name)
			if err != nil {
				rows = append(rows, []string{name, err.Error()})
				continue
			}
			rows = append(rows, []string{name, p.Description})
		}
		return rows
	}},
}

func newList() *cobra.Command {
	var names []string
	long := "Lists what the program knows, from the tables that it runs on:\n"
	for _, l := range listings {
		names = append(names, l.name)
		long += fmt.Sprintf("\n  %-13s%s", l.name, l.meaning)
	}
	return &cobra.Command{
		Use:       "list " + strings.Join(names, "|"),
		Short:     "List formats, rules, checks, measures, treatments, tables, sinks, wikis, expectations or pipelines",
		Long:      withStatuses("list", long),
		ValidArgs: names,
		Args:      takes(1, 1, "one of "+strings.Join(names, ", ")),
		RunE: func(c *cobra.Command, args []string) error {
			i := slices.Index(names, args[0])
			if i < 0 {
				if near := pipelines.Nearest(args[0], names); near != "" {
					return usageError("list %s: did you mean %s?", args[0], near)
				}
				return usageError("list %s: expected one of %s", args[0], strings.Join(names, ", "))
			}
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, row := range listings[i].rows() {
				fmt.Fprintln(w, strings.Join(row, "\t"))
			}
			return w.Flush()
		},
	}
}
