package cmd

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"hemicycle/load/terminal"
	"hemicycle/load/wording"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

// progressDisplay shows how far a run is: as a bar on a terminal, and elsewhere as a line of the log now and then. The
// lines of the log are written through it, so that they do not mix with the bar.
type progressDisplay struct {
	draw bool         // on a terminal
	log  *slog.Logger // nil if no lines are wanted
	now  func() time.Time

	mutex sync.Mutex // of the bar, since a run reports its progress while it logs
	bar   *progressbar.ProgressBar

	began  time.Time
	first  pipelines.Progress // at the beginning
	logged time.Time
}

// logInterval is how often the progress is logged. A run that ends sooner has no such line.
const logInterval = 30 * time.Second

// tell shows how far the run is. It is called from one goroutine. Errors of drawing are ignored, since nobody would
// see a message either.
func (p *progressDisplay) tell(now pipelines.Progress) {
	if p.began.IsZero() || now.Verifying != p.first.Verifying {
		p.began, p.logged, p.first = p.now(), p.now(), now
		p.removeBar()
	}
	rate, left := p.pace(now)
	switch {
	case p.draw:
		p.drawBar(now, describeProgress(now, rate, left))
	case p.log != nil && p.now().Sub(p.logged) >= logInterval:
		p.logged = p.now()
		p.log.Info(readingVerb(now), "documents", now.Documents, "elections", now.Elections, "bytes", now.Done,
			"of", now.Total, "bytes_per_second", int64(rate), "seconds_left", int64(left.Seconds()))
	}
}

// tellSync shows how far a wiki has been asked.
func (p *progressDisplay) tellSync(now pipelines.SyncProgress) {
	if p.logged.IsZero() {
		p.logged = p.now()
	}
	switch {
	case p.draw:
		p.mutex.Lock()
		defer p.mutex.Unlock()
		if p.bar == nil {
			p.bar = newBar(0)
		}
		p.bar.Describe(describeSync(&now))
		_ = p.bar.Set(now.Done)
	case p.log != nil && p.now().Sub(p.logged) >= logInterval:
		p.logged = p.now()
		p.log.Info("asking", "source", now.Source, "pages", now.Done, "of", now.Total, "requests", now.Requests,
			"seconds_left", int64(now.Left.Seconds()), "waiting", now.Waiting)
	}
}

func (p *progressDisplay) drawBar(now pipelines.Progress, described string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.bar == nil {
		p.bar = newBar(now.Total)
	}
	if now.Total > 0 && now.Total != p.bar.GetMax64() { // an index says how little is to be read
		p.bar.ChangeMax64(now.Total)
	}
	p.bar.Describe(described)
	_ = p.bar.Set64(now.Done)
}

// pace returns how many bytes per second were read since the run began, and how long the rest takes at that rate. Both
// are 0 if they are not known.
func (p *progressDisplay) pace(now pipelines.Progress) (rate float64, left time.Duration) {
	took := p.now().Sub(p.began).Seconds()
	if took <= 0 || now.Done <= p.first.Done {
		return 0, 0
	}
	rate = float64(now.Done-p.first.Done) / took
	return rate, time.Duration(float64(now.Total-now.Done) / rate * float64(time.Second))
}

// newBar returns a bar for that many bytes, or a spinner if the number is not known. It is drawn only when it is told
// to, never from a goroutine of the library.
func newBar(total int64) *progressbar.ProgressBar {
	if total <= 0 {
		total = -1
	}
	return progressbar.NewOptions64(total, progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetSpinnerChangeInterval(0), progressbar.OptionSetWidth(20),
		progressbar.OptionSetPredictTime(false), progressbar.OptionShowDescriptionAtLineEnd(),
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "░", BarStart: "", BarEnd: ""}))
}

// readingVerb says what a run does with its inputs.
func readingVerb(now pipelines.Progress) string {
	if now.Verifying {
		return "comparing with the published digests"
	}
	return "reading"
}

// describeProgress returns the text behind the bar.
func describeProgress(now pipelines.Progress, rate float64, left time.Duration) string {
	s := fmt.Sprintf("%s: %.1f of %.1f MB, %s", readingVerb(now), float64(now.Done)/1e6, float64(now.Total)/1e6,
		wording.Count(now.Elections, "election"))
	if rate > 0 {
		s += fmt.Sprintf(", %.1f MB/s, %v left", rate/1e6, left.Round(time.Second))
	}
	return s
}

func (p *progressDisplay) clear() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.clearBar()
}

// removeBar removes the bar, since what it counts begins anew.
func (p *progressDisplay) removeBar() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.clearBar()
	p.bar = nil
}

func (p *progressDisplay) clearBar() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// Write writes a line of the log, after it has removed the bar.
func (p *progressDisplay) Write(line []byte) (int, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.clearBar()
	return os.Stderr.Write(line)
}

// runSummary is what run shows on a terminal at its end.
type runSummary struct {
	w         io.Writer
	screen    terminal.Screen
	started   time.Time
	elections []*schemas.Election
	rejects   []*schemas.Reject
}

// How many of each are shown at most. The tables have all of them.
const (
	mostElections = 3
	mostRejects   = 10
)

func (s *runSummary) keep(r schemas.Record) {
	if r.Election != nil && len(s.elections) < mostElections {
		s.elections = append(s.elections, r.Election)
	}
	if r.Reject != nil && len(s.rejects) < mostRejects {
		s.rejects = append(s.rejects, r.Reject)
	}
}

func (s *runSummary) print(outcome *pipelines.Outcome, output string) {
	for _, e := range s.elections {
		terminal.PrintElection(s.w, e, s.screen)
		fmt.Fprintln(s.w)
		_ = terminal.PrintFindings(s.w, e, false)
	}
	if len(s.rejects) > 0 {
		fmt.Fprintln(s.w)
	}
	for _, r := range s.rejects {
		_ = terminal.PrintReject(s.w, &schemas.Document{URI: r.SourceURI}, r)
	}
	c := outcome.Manifest.Counts
	if more := c.Elections - int64(len(s.elections)); more > 0 {
		fmt.Fprintf(s.w, "\n… and %s more, not shown here\n", wording.Count(more, "election"))
	}
	if more := c.Rejected + c.RejectedBoxes - int64(len(s.rejects)); more > 0 {
		fmt.Fprintf(s.w, "\n… and %s more, not shown here\n", wording.Count(more, "reject"))
	}
	terminal.PrintRun(s.w, outcome.Manifest, output, outcome.Published, outcome.Unmet, time.Since(s.started))
}
