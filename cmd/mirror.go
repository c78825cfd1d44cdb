package cmd

import (
	"bufio"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"hemicycle/load/wording"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

type mirrorFlags struct {
	liveFlags
	output    string
	logFormat string
	quiet     bool
	seed      []string
	prune     bool
}

func newMirror() *cobra.Command {
	var f mirrorFlags
	c := &cobra.Command{
		Use:   "mirror PIPELINE",
		Short: "Bring the mirrors of a pipeline's live wikis up to date, and publish nothing",
		Long: withStatuses("mirror", `
Asks the live wikis of a pipeline what has changed and fetches that, as run does before it reads. A run
with --offline then reads the mirrors. So fetching and publishing can be done at different hours.

There is no flag for a time since when: the list of pages costs the same for an hour as for a year, and
only the whole list shows which pages were deleted.`),
		Example: `  hemicycle mirror enwiki_live --contact elections@example.org
  hemicycle mirror enwiki_live --seed enwiki-20260101-pages-articles.xml.bz2`,
		Args: takes(1, 1, "one PIPELINE"),
		RunE: func(c *cobra.Command, args []string) error { return runMirror(c, args[0], &f) },
	}
	f.addContact(c)
	c.Flags().StringVar(&f.output, "output", "output", "folder with the mirrors that the pipeline gives no folder")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "ask what has changed, say what would be fetched, and write nothing")
	c.Flags().StringArrayVar(&f.seed, "seed", nil,
		"take pages over from the dump `FILE` before anything is asked, so that less is fetched (may be repeated)")
	c.Flags().BoolVar(&f.prune, "prune", false, "remove texts that no page has any more and that are older than 30 days")
	c.Flags().StringVar(&f.logFormat, "log", "text", "form of the log on standard error: text or json")
	c.Flags().BoolVar(&f.quiet, "quiet", false, "no summary and no progress")
	c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return pipelines.Names(), cobra.ShellCompDirectiveDefault
	}
	return c
}

func runMirror(c *cobra.Command, name string, f *mirrorFlags) error {
	if err := checkLocal("output", f.output); err != nil {
		return err
	}
	if f.dryRun && (len(f.seed) > 0 || f.prune) {
		return usageError("--dry-run: it writes nothing, and --seed and --prune do")
	}
	p, err := openLive(name)
	if err != nil {
		return err
	}
	bar := &progressDisplay{draw: !f.quiet && term.IsTerminal(int(os.Stderr.Fd())), now: time.Now}
	log, err := newLog(f.logFormat, bar, f.quiet || bar.draw)
	if err != nil {
		return err
	}
	if !f.quiet && !bar.draw {
		bar.log = log
	}
	o := pipelines.Options{Output: f.output, Version: buildVersion(), Log: log, Live: f.options(bar.tellSync)}
	out := bufio.NewWriter(c.OutOrStdout())
	err = f.sync(c, p, o, out)
	bar.clear()
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		return liveFailure(err)
	}
	return nil
}

// sync seeds the mirrors, brings them up to date and prunes them, as the flags ask.
func (f *mirrorFlags) sync(c *cobra.Command, p *pipelines.Pipeline, o pipelines.Options, out *bufio.Writer) error {
	say := func(format string, args ...any) {
		if !f.quiet {
			fmt.Fprintf(out, format+"\n", args...)
		}
	}
	if len(f.seed) > 0 {
		seeded, err := pipelines.SeedMirror(c.Context(), p, o, f.seed)
		if err != nil {
			return err
		}
		say("seeded: %s from the dump, %s not needed", wording.Count(int64(seeded.Pages), "page"),
			wording.Count(int64(seeded.Skipped), "page"))
	}
	synced, err := pipelines.SyncMirrors(c.Context(), p, o, f.dryRun)
	if err != nil {
		return err
	}
	if !f.quiet {
		if err := printSynced(out, synced, f.dryRun); err != nil {
			return err
		}
	}
	if !f.prune {
		return nil
	}
	pruned, err := pipelines.PruneMirrors(c.Context(), p, o)
	for i := range pruned {
		say("%s: removed %s, %.1f MB", schemas.Printable(pruned[i].Source),
			wording.Count(int64(pruned[i].Texts), "text"), float64(pruned[i].Bytes)/1e6)
	}
	return err
}
