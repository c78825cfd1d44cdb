package cmd

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hemicycle/extract/mediawiki"
	"hemicycle/load/wording"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

// contactVariable is the environment variable with the contact of a pipeline that names none.
const contactVariable = "HEMICYCLE_CONTACT"

// liveFlags are the flags of a run that concern live sources.
type liveFlags struct {
	contact   string
	offline   bool
	dryRun    bool
	republish bool
	maxAge    time.Duration
	pages     []string
}

// addContact adds the flag --contact.
func (f *liveFlags) addContact(c *cobra.Command) {
	c.Flags().StringVar(&f.contact, "contact", "",
		"`ADDRESS` of whoever runs this, for the wiki (default: the pipeline's, or the variable "+contactVariable+")")
}

// addPages adds the flag --title.
func (f *liveFlags) addPages(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.pages, "title", nil,
		"ask the live wiki of the pipeline only for the page `TITLE` (may be repeated)")
}

// addRun adds the flags of run.
func (f *liveFlags) addRun(c *cobra.Command) {
	f.addContact(c)
	f.addPages(c)
	c.Flags().BoolVar(&f.offline, "offline", false, "ask live wikis nothing, and read their mirrors as they are")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false,
		"ask live wikis what has changed, say what would be fetched, and write nothing")
	c.Flags().DurationVar(&f.maxAge, "max-age", 0,
		"ask nothing of a live wiki whose mirror was brought up to date less than `DURATION` ago, such as 6h")
	c.Flags().BoolVar(&f.republish, "republish", false, "publish a version even if nothing has changed")
}

// given returns the first of the flags that needs a live source, "" if none is given.
func (f *liveFlags) given() string {
	switch {
	case len(f.pages) > 0:
		return "--title"
	case f.offline:
		return "--offline"
	case f.dryRun:
		return "--dry-run"
	case f.maxAge != 0:
		return "--max-age"
	case f.contact != "":
		return "--contact"
	}
	return ""
}

// options returns what the flags say of live sources.
func (f *liveFlags) options(tell func(pipelines.SyncProgress)) pipelines.LiveOptions {
	return pipelines.LiveOptions{
		Contact: f.contact, DefaultContact: os.Getenv(contactVariable), Offline: f.offline, MaxAge: f.maxAge, Sync: tell,
	}
}

// apply returns the pipeline with what the flags select. It refuses flags that have nothing to concern.
func (f *liveFlags) apply(p *pipelines.Pipeline) (*pipelines.Pipeline, error) {
	switch flag := f.given(); {
	case flag != "" && !p.HasLive():
		return nil, usageError("%s: the pipeline %s has no live wiki", flag, schemas.Printable(p.Name))
	case f.maxAge < 0:
		return nil, usageError("--max-age %v: expected a duration of 0 or more", f.maxAge)
	case f.offline && f.dryRun:
		return nil, usageError("--offline and --dry-run: the one asks nothing, and the other asks what has changed")
	case len(f.pages) == 0:
		return p, nil
	}
	p, err := p.WithPages(f.pages)
	if err != nil {
		return nil, &failure{statusUsage, err}
	}
	return p, nil
}

// openLive returns a pipeline that a command needs for its live wikis.
func openLive(name string) (*pipelines.Pipeline, error) {
	p, err := pipelines.Open(name)
	switch {
	case err != nil:
		return nil, &failure{statusUsage, err}
	case !p.HasLive():
		return nil, usageError("the pipeline %s has no live wiki", schemas.Printable(p.Name))
	}
	return p, nil
}

// check reads and judges files, or the pages that --title names.
func (f *liveFlags) check(
	c *cobra.Command, files []string, o pipelines.CheckOptions, each func(pipelines.Checked) error,
) error {
	switch {
	case len(f.pages) == 0 && f.contact != "":
		return usageError("--contact: it is sent to a live wiki, which only --title asks")
	case len(f.pages) == 0:
		return pipelines.Check(c.Context(), files, o, each)
	case len(files) != 1:
		return usageError("--title: expected one pipeline with a live wiki, found %d arguments", len(files))
	}
	p, err := openLive(files[0])
	if err != nil {
		return err
	}
	run := pipelines.Options{Version: buildVersion(), Log: o.Log, Live: f.options(nil)}
	return pipelines.CheckPages(c.Context(), p, f.pages, run, o, each)
}

// describeSync returns how far a wiki has been asked, in words.
func describeSync(p *pipelines.SyncProgress) string {
	s := fmt.Sprintf("asking %s: ", schemas.Printable(p.Source))
	switch {
	case p.Waiting != "":
		return s + fmt.Sprintf("waiting %v: %s", p.For.Round(time.Second), schemas.Printable(p.Waiting))
	case p.Total > 0:
		s += fmt.Sprintf("%s of %s", wording.Number(int64(p.Done)), wording.Count(int64(p.Total), "page"))
	default:
		s += wording.Count(int64(p.Done), "page")
	}
	s += ", " + wording.Count(p.Requests, "request")
	if p.Left > 0 {
		s += fmt.Sprintf(", %v left", p.Left.Round(time.Second))
	}
	return s
}

// printSynced prints what wikis were asked, a line each: in a dry run, what would be fetched.
func printSynced(w io.Writer, synced []pipelines.Synced, isDry bool) error {
	for i := range synced {
		if _, err := fmt.Fprintln(w, describeSynced(&synced[i], isDry)); err != nil {
			return err
		}
	}
	return nil
}

// describeSynced returns what a wiki was asked and what it said, in a line.
func describeSynced(s *pipelines.Synced, isDry bool) string {
	name := schemas.Printable(s.Source)
	if s.IsFresh {
		return fmt.Sprintf("%s: up to date since %s, nothing was asked", name, s.Synced.UTC().Format(time.RFC3339))
	}
	parts := []string{wording.Count(int64(s.Listed), "page") + " listed"}
	for _, part := range []struct {
		count int
		word  string
	}{
		{s.New, "new"}, {s.Changed, "changed"}, {s.Moved, "moved"}, {s.Deleted, "deleted"},
		{s.Redirected, "made redirects"}, {s.Dropped, "no longer selected"}, {s.Stale, "stale"}, {s.Refused, "refused"},
	} {
		if part.count > 0 {
			parts = append(parts, wording.Number(int64(part.count))+" "+part.word)
		}
	}
	line := fmt.Sprintf("%s: %s; %s", name, strings.Join(parts, ", "), wording.Count(s.Requests, "request"))
	if isDry {
		line += fmt.Sprintf(" made; a run would fetch %s, in at least %s", wording.Count(int64(s.Wanted), "text"),
			wording.Count(int64(s.WantedRequests), "request"))
	}
	return line
}

// liveFailure returns the failure of a command that asks wikis.
func liveFailure(err error) error {
	if errors.As(err, new(*mediawiki.UsageError)) && strings.Contains(err.Error(), "whom to write to") {
		err = fmt.Errorf("%w; give it by --contact, the variable %s or the key contact of the pipeline", err,
			contactVariable)
	}
	if f := failureOf(err); f != nil {
		return f
	}
	return &failure{statusFailed, err}
}
