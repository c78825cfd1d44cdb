package cmd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hemicycle/load/chart"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

func newChart() *cobra.Command {
	var from, to, order string
	c := &cobra.Command{
		Use:   "chart ELECTION [--from OUTPUT] [--to FILE.svg]",
		Short: "Draw the chamber of an election as a half-circle, an SVG file with one dot per seat",
		Long: withStatuses("chart", `
Draws the half-circle of one election from a published output, suitable for an article: one dot per
seat in the colours of the parties, with title, legend, source and licence.

ELECTION is an election_id, a page's title, or a part of either that only one election has. A party
without a colour gets one that is easy to distinguish from the others. Seats that the box gives to
nobody are rings. A chamber of more than 3,000 seats is not drawn.`),
		Args: takes(1, 1, "one ELECTION: an election_id, a page's title or a part of it"),
		RunE: func(c *cobra.Command, args []string) error { return runChart(c, args[0], from, to, order) },
	}
	c.Flags().StringVar(&from, "from", "output", "output folder of a run, or the folder of one version")
	c.Flags().StringVar(&to, "to", "", "file to write (default: standard output)")
	c.Flags().StringVar(&order, "order", "box", "order of the parties: box (as the box lists them) or size")
	return c
}

func runChart(c *cobra.Command, name, from, to, order string) error {
	if err := cmp.Or(checkLocal("from", from), checkLocal("to", to)); err != nil {
		return err
	}
	if order != "box" && order != "size" {
		return usageError("--order %s: expected box or size", order)
	}
	if ext := filepath.Ext(to); ext != "" && !strings.EqualFold(ext, ".svg") {
		return usageError("--to %s: expected a name that ends in .svg, since a chart is an SVG file", to)
	}
	p, err := version.Open(from)
	if err != nil {
		return &failure{statusFailed, err}
	}
	defer p.Close()
	e, err := findElection(c, p, name, from)
	if err != nil {
		return err
	}
	chamber, err := chart.ChamberOf(e)
	if err != nil {
		return &failure{statusFailed, fmt.Errorf("%s: there is nothing to draw: %w", wording.Plain(e.ID), err)}
	}
	if order == "size" {
		chamber.SortBySize()
	}
	var svg bytes.Buffer
	if err := chart.Write(&svg, chamber); err != nil {
		return &failure{statusFailed, err}
	}
	if to == "" {
		_, err = c.OutOrStdout().Write(svg.Bytes())
	} else {
		err = disk.Disk{}.WriteFile(to, svg.Bytes())
	}
	if err != nil {
		return &failure{statusFailed, err}
	}
	return nil
}

// findElection finds the one election that a name means. An exact election_id comes before an exact title, and a title
// before a part of either.
func findElection(c *cobra.Command, p *version.Published, name, from string) (*schemas.Election, error) {
	const shown = 5
	var titled, partly []version.ElectionName // one more than are shown is enough to know
	var known []string
	lower := strings.ToLower(strings.TrimSpace(name))
	for n, err := range p.ElectionNames(c.Context()) {
		if err != nil {
			return nil, &failure{statusFailed, err}
		}
		if n.ID == name {
			titled = []version.ElectionName{n}
			break
		}
		title := strings.ToLower(n.Page)
		switch {
		case lower == "":
		case title == lower || strings.ToLower(n.Name) == lower:
			if len(titled) <= shown {
				titled = append(titled, n)
			}
		case strings.Contains(strings.ToLower(n.ID), lower) || strings.Contains(title, lower):
			if len(partly) <= shown {
				partly = append(partly, n)
			}
		}
		known = append(known, n.Page, n.ID)
	}
	if len(titled) == 0 {
		titled = partly
	}
	switch len(titled) {
	case 0:
		if near := pipelines.Nearest(name, known); near != "" {
			return nil, &failure{statusFailed, fmt.Errorf("chart %s: there is no such election in %s; did you mean %s?",
				name, from, wording.Plain(near))}
		}
		return nil, &failure{statusFailed,
			fmt.Errorf("chart %s: there is no such election in %s: expected an election_id, a page's title or a part "+
				"of it", name, from)}
	case 1:
		e, err := p.Results(c.Context(), titled[0].ID)
		if err != nil {
			return nil, &failure{statusFailed, err}
		}
		return e, nil
	}
	message := fmt.Sprintf("chart %s: more than one election has this name; say which by its election_id:", name)
	for i, n := range titled {
		if i == shown {
			message += "\n  and more"
			break
		}
		message += fmt.Sprintf("\n  %s  %s", wording.Plain(n.ID), wording.Plain(n.Name))
	}
	return nil, &failure{statusUsage, errors.New(message)}
}
