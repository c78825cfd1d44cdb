package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"

	"hemicycle/load"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

// progress is the count that run draws on a terminal while it reads. Lines of the log go through it, so
// that they do not stand behind the count.
type progress struct {
	bar *progressbar.ProgressBar // nil where nothing is drawn
}

func newProgress(draw bool) *progress {
	if !draw {
		return &progress{}
	}
	// Without an interval of its own the library draws only when told to, never behind our back.
	return &progress{progressbar.NewOptions(-1, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetSpinnerChangeInterval(0),
		progressbar.OptionSetDescription("reading"), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionShowCount())}
}

func (p *progress) drawn() bool { return p.bar != nil }

// read draws how many documents were read; where it cannot, there is nobody to see it.
func (p *progress) read(a schemas.Account) {
	if p.bar != nil {
		_ = p.bar.Set64(a.Documents)
	}
}

func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// Write writes a line of the log.
func (p *progress) Write(line []byte) (int, error) {
	p.clear()
	return os.Stderr.Write(line)
}

// summary is what run shows on a terminal when it is done.
type summary struct {
	w         io.Writer
	started   time.Time
	elections []*schemas.Election
	rejects   []*schemas.Reject
}

// The most that is shown of each; the tables have all.
const (
	mostElections = 3
	mostRejects   = 10
)

func (s *summary) keep(r schemas.Record) {
	if r.Election != nil && len(s.elections) < mostElections {
		s.elections = append(s.elections, r.Election)
	}
	if r.Reject != nil && len(s.rejects) < mostRejects {
		s.rejects = append(s.rejects, r.Reject)
	}
}

func (s *summary) print(outcome *pipelines.Outcome, output string) {
	for _, e := range s.elections {
		load.PrintElection(s.w, e)
		fmt.Fprintln(s.w)
		_ = load.PrintFindings(s.w, e, false)
	}
	if len(s.rejects) > 0 {
		fmt.Fprintln(s.w)
	}
	for _, r := range s.rejects {
		_ = load.PrintReject(s.w, &schemas.Document{URI: r.SourceURI}, r)
	}
	c := outcome.Manifest.Counts
	if more := c.Elections - int64(len(s.elections)); more > 0 {
		fmt.Fprintf(s.w, "\n… and %s that %s not shown here\n", counted(more, "election"), are(more))
	}
	if more := c.Rejected + c.RejectedBoxes - int64(len(s.rejects)); more > 0 {
		fmt.Fprintf(s.w, "\n… and %s that %s not shown here\n", counted(more, "reject"), are(more))
	}
	load.PrintRun(s.w, outcome.Manifest, output, outcome.Published, outcome.Unmet, time.Since(s.started))
}

// counted is a count with its noun.
func counted(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

func are(n int64) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
