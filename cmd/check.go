package cmd

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"hemicycle/load/terminal"
	"hemicycle/load/wording"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

func newCheck() *cobra.Command {
	var all bool
	var format string
	var live liveFlags
	var wiki string
	c := &cobra.Command{
		Use:   "check FILE…",
		Short: "Read and check files without publishing, and print doubts as a compiler prints errors",
		Long: withStatuses("check", `
Reads files and prints the findings of every election in them, each with its place and the line there.
A FILE can be a glob, a folder of exports, or - for standard input. With --title, the one FILE is a
pipeline instead, and the page is asked of its live wiki.
On a terminal it also shows the first elections with their contenders.`),
		Args: takes(1, math.MaxInt, "at least one FILE"),
		RunE: func(c *cobra.Command, args []string) error { return runCheck(c, args, &live, all, format, wiki) },
	}
	c.Flags().BoolVar(&all, "all", false, "also print checks that passed or were skipped")
	c.Flags().StringVar(&format, "format", "text", "form of the findings: text or json")
	addWiki(c, &wiki)
	live.addPages(c)
	live.addContact(c)
	return c
}

// checkOptions returns how check and show read files. They have no log, so a fault of the program, which is printed as
// a reject, is also told on standard error, with its stack.
func checkOptions(c *cobra.Command, boxesOnly bool) pipelines.CheckOptions {
	return pipelines.CheckOptions{BoxesOnly: boxesOnly, Log: slog.New(slog.NewTextHandler(c.ErrOrStderr(), nil))}
}

// checkTally counts what check has seen.
type checkTally struct {
	elections, sound, rejects, without int64

	incomplete int64 // sources
	doubts     map[schemas.Status]int64
	candidate  string // what to do about a template that may be a box by another name
}

func runCheck(c *cobra.Command, files []string, live *liveFlags, all bool, format, wiki string) error {
	if format != "text" && format != "json" {
		return usageError("--format %s: expected text or json", format)
	}
	out := bufio.NewWriter(c.OutOrStdout())
	text := &textPrinter{w: out, all: all}
	if term.IsTerminal(int(os.Stdout.Fd())) {
		screen := terminal.ScreenOf(os.Stdout)
		text.screen = &screen
	}
	var p findingPrinter = text
	if format == "json" {
		p = &jsonPrinter{w: out, all: all}
	}
	t := checkTally{doubts: map[schemas.Status]int64{}}
	options := checkOptions(c, false)
	options.Wiki = wiki
	err := live.check(c, files, options, func(d pipelines.Checked) error {
		t.add(d)
		if d.Missing != nil {
			return p.incomplete(d)
		}
		if d.Document == nil {
			return nil
		}
		return p.document(d)
	})
	if err == nil || format == "json" { // the array is closed even after an error, so that the output is JSON
		err = cmp.Or(err, p.end(&t))
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	switch {
	case err != nil:
		return liveFailure(err)
	case t.doubts[schemas.Error] > 0 || t.rejects > 0:
		return &failure{status: statusDoubtful}
	case t.elections == 0:
		return &failure{statusUnexpected, errors.New("there is no election box: expected {{Infobox election}}, " +
			"its table in HTML, or a line `Infobox` with fields below it" + t.candidate)}
	}
	return nil
}

// candidateHint says what to do about a template that has the parameters of an election box under another name.
func candidateHint(uri string, c schemas.Candidate) string {
	return fmt.Sprintf("; {{%s}} at %s:%d has the parameters of one: "+
		"if it is one, add `%q: Infobox election` to the key `templates:` of a pipeline file",
		wording.Plain(c.Name), schemas.Printable(uri), c.Line, wording.Plain(c.Name))
}

func (t *checkTally) add(d pipelines.Checked) {
	if d.Missing != nil {
		t.incomplete++
	}
	if t.without += d.Unnamed; d.Document == nil {
		return
	}
	if d.Reject != nil {
		t.rejects++
		return
	}
	t.rejects += int64(len(d.Document.Rejects))
	if len(d.Elections)+len(d.Document.Rejects) == 0 {
		t.without++
	}
	if candidates := d.Document.Candidates; len(candidates) > 0 && t.candidate == "" {
		t.candidate = candidateHint(d.Document.URI, candidates[0])
	}
	for _, e := range d.Elections {
		t.elections++
		if !e.HasErrors() {
			t.sound++
		}
		for i := range e.Findings {
			t.doubts[e.Findings[i].Status]++
		}
	}
}

// findingPrinter writes what check finds, in one form of output.
type findingPrinter interface {
	document(pipelines.Checked) error
	incomplete(pipelines.Checked) error
	end(*checkTally) error
}

type textPrinter struct {
	w      io.Writer
	all    bool
	screen *terminal.Screen // nil if output is not a terminal: then only findings are printed
	shown  int              // elections that were shown
}

func (p *textPrinter) document(d pipelines.Checked) error {
	if d.Reject != nil {
		return terminal.PrintReject(p.w, d.Document, d.Reject)
	}
	for i := range d.Document.Rejects {
		if err := terminal.PrintReject(p.w, d.Document, &d.Document.Rejects[i]); err != nil {
			return err
		}
	}
	for _, e := range d.Elections {
		if p.screen != nil && p.shown < mostElections {
			p.shown++
			terminal.PrintElection(p.w, e, *p.screen)
			fmt.Fprintln(p.w)
		}
		if err := terminal.PrintFindings(p.w, e, p.all); err != nil {
			return err
		}
	}
	return nil
}

func (p *textPrinter) incomplete(d pipelines.Checked) error {
	return terminal.PrintIncomplete(p.w, d.Source, d.Missing)
}

func (p *textPrinter) end(t *checkTally) error {
	incomplete := ""
	if t.incomplete > 0 {
		incomplete = "; " + wording.Count(t.incomplete, "incomplete source")
	}
	_, err := fmt.Fprintf(p.w, "%s, %d sound; %s, %s, %s; %s%s; %s without a box\n",
		wording.Count(t.elections, "election"), t.sound, wording.Count(t.doubts[schemas.Error], "error"),
		wording.Count(t.doubts[schemas.Warn], "warning"), wording.Count(t.doubts[schemas.Note], "note"),
		wording.Count(t.rejects, "reject"), incomplete, wording.Count(t.without, "document"))
	return err
}

// jsonPrinter writes one array, with one object per finding or reject.
type jsonPrinter struct {
	w     io.Writer
	all   bool
	count int
}

// findingJSON is a finding or a reject in the JSON that check prints.
type findingJSON struct {
	Source   string `json:"source_uri"`
	Election string `json:"election_id,omitempty"`
	Check    string `json:"check_id,omitempty"`
	Reject   string `json:"reject,omitempty"`
	Status   string `json:"status"`
	Subject  string `json:"subject,omitempty"`
	Expected string `json:"expected,omitempty"`
	Observed string `json:"observed,omitempty"`
	Message  string `json:"message,omitempty"`
	Line     int    `json:"line,omitempty"`
	Offset   *int   `json:"byte_offset,omitempty"`
}

func (p *jsonPrinter) write(f findingJSON, offset int) error {
	if offset >= 0 {
		f.Offset = &offset
	}
	line, err := json.Marshal(f)
	if err != nil {
		return err
	}
	separator := ",\n"
	if p.count == 0 {
		separator = "[\n"
	}
	p.count++
	_, err = fmt.Fprintf(p.w, "%s%s", separator, line)
	return err
}

func (p *jsonPrinter) reject(r *schemas.Reject) error {
	return p.write(findingJSON{Source: r.SourceURI, Reject: r.Reason, Status: "rejected", Subject: r.Unit,
		Message: r.Detail, Line: r.Line}, r.Offset)
}

func (p *jsonPrinter) incomplete(d pipelines.Checked) error {
	return p.write(findingJSON{
		Source: d.Source, Reject: d.Missing.Reason, Status: "incomplete", Subject: "source",
		Message: d.Missing.String(),
	}, -1)
}

func (p *jsonPrinter) document(d pipelines.Checked) error {
	if d.Reject != nil {
		return p.reject(d.Reject)
	}
	for i := range d.Document.Rejects {
		if err := p.reject(&d.Document.Rejects[i]); err != nil {
			return err
		}
	}
	for _, e := range d.Elections {
		findings := e.Findings
		if p.all {
			findings = e.AllFindings()
		}
		for i := range findings {
			f := &findings[i]
			if err := p.write(findingJSON{
				Source: d.Document.URI, Election: e.ID, Check: f.CheckID, Status: string(f.Status), Subject: f.Subject,
				Expected: f.Expected, Observed: f.Observed, Message: f.Message, Line: f.Line,
			}, f.Offset); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *jsonPrinter) end(*checkTally) error {
	closing := "\n]\n"
	if p.count == 0 {
		closing = "[]\n"
	}
	_, err := io.WriteString(p.w, closing)
	return err
}
