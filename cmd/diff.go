package cmd

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hemicycle/load"
	"hemicycle/load/changes"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// diffFormats are the forms in which changes are written.
var diffFormats = []string{"text", "json", load.Parquet}

func newDiff() *cobra.Command {
	var format, output string
	c := &cobra.Command{
		Use:   "diff OLD NEW [--format text|json|parquet] [--output FILE]",
		Short: "Compare two published versions, value by value",
		Long: withStatuses("diff", `
Compares two published versions and writes what is not the same: each value that was changed, and the
rows that were added or removed. OLD and NEW are folders of versions, also copies of them elsewhere, or
output folders, which stand for their current version. Rows are found again by what they are about and
not by their place: a line that moved down, a new revision and another file are no change.

text groups the changes by page and election, and shows the first 200 elections with 20 rows each.
json has one object on each line, with the columns of the table changes, and parquet is that table.`),
		Args: takes(2, 2, "OLD and NEW, two versions or output folders"),
		RunE: func(c *cobra.Command, args []string) error { return runDiff(c, args[0], args[1], format, output) },
	}
	c.Flags().StringVar(&format, "format", "text", "form of the changes: text, json or parquet")
	c.Flags().StringVar(&output, "output", "", "file to write (default: standard output; parquet needs a file)")
	return c
}

func runDiff(c *cobra.Command, before, after, format, output string) error {
	if err := cmp.Or(checkLocal("diff", before), checkLocal("diff", after), checkLocal("output", output)); err != nil {
		return err
	}
	switch {
	case !slices.Contains(diffFormats, format):
		return usageError("--format %s: expected %s", format, strings.Join(diffFormats, ", "))
	case format == load.Parquet && output == "":
		return usageError("--format parquet: expected --output FILE, since a Parquet file is no text")
	}
	if err := writeDiff(c, before, after, format, output); err != nil {
		return &failure{statusFailed, err}
	}
	return nil
}

// writeDiff compares two versions and writes the changes. The file to write appears whole or not at all.
func writeDiff(c *cobra.Command, before, after, format, output string) (err error) {
	var versions [2]*version.Published
	for i, folder := range []string{before, after} {
		if versions[i], err = version.Open(folder); err != nil {
			return err
		}
		defer versions[i].Close()
	}
	setGCPercent(200) // what is read leaves much garbage
	beside := os.TempDir()
	if output != "" {
		beside = filepath.Dir(output)
	}
	scratch, err := os.MkdirTemp(beside, ".hemicycle-diff-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	d := &differ{command: c, versions: versions, scratch: scratch}
	if output == "" {
		return d.writeLines(c.OutOrStdout(), format)
	}
	made := filepath.Join(scratch, "changes")
	if format == load.Parquet {
		made, err = d.writeParquet()
	} else {
		err = d.writeFile(made, format)
	}
	if err != nil {
		return err
	}
	if err := (disk.Disk{}).Rename(made, output); err != nil {
		return err
	}
	return disk.Disk{}.SyncFolder(beside)
}

// differ compares two versions.
type differ struct {
	command  *cobra.Command
	versions [2]*version.Published
	scratch  string
}

// compare calls visit with each change.
func (d *differ) compare(visit func(*schemas.Change) error) error {
	notCompared, err := changes.Compare(d.command.Context(), d.versions[0], d.versions[1], d.scratch, visit)
	d.report(notCompared)
	return err
}

// report says on standard error what could not be compared.
func (d *differ) report(notCompared []string) {
	if len(notCompared) > 0 {
		d.command.PrintErrf("hemicycle: not compared, since only one of the versions has it: %s\n",
			strings.Join(notCompared, ", "))
	}
}

// writeLines writes the changes as text or JSON.
func (d *differ) writeLines(to io.Writer, format string) error {
	out := bufio.NewWriterSize(to, 1<<16)
	if format == "text" {
		text := changes.NewText(out)
		if err := d.compare(text.Add); err != nil {
			return err
		}
		return cmp.Or(text.Finish(), out.Flush())
	}
	table := tables.Find("changes")
	err := d.compare(func(c *schemas.Change) error {
		line, err := tables.RowJSON(table, schemas.Record{Changes: []schemas.Change{*c}}, 0)
		if err == nil {
			_, err = out.Write(append(line, '\n'))
		}
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeFile writes the changes as text or JSON into a file.
func (d *differ) writeFile(path, format string) error {
	f, err := disk.Disk{}.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(d.writeLines(f, format), f.SyncAndClose())
}

// writeParquet writes the changes into a Parquet file and returns its path.
func (d *differ) writeParquet() (path string, err error) {
	sinks, err := load.Sinks(disk.Disk{}, d.scratch, []string{load.Parquet}, version.FinishedParts{})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, load.CloseAll(sinks)) }()
	_, notCompared, err := load.WriteChanges(d.command.Context(), sinks, d.versions[0], d.versions[1], d.scratch)
	if err != nil {
		return "", err
	}
	d.report(notCompared)
	files, err := sinks[0].Commit()
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(files, func(f version.File) bool { return f.Table == "changes" })
	return filepath.Join(d.scratch, filepath.FromSlash(files[i].Path)), nil
}
