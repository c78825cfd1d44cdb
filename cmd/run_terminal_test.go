package cmd

import (
	"bytes"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/version"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

// Without a terminal, the log has a line at regular intervals, with the rate of this run alone.
func TestProgressInTheLog(t *testing.T) {
	var out bytes.Buffer
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	p := &progressDisplay{log: slog.New(slog.NewTextHandler(&out, nil)), now: func() time.Time { return clock }}
	at := func(seconds int, done int64) {
		clock = time.Date(2026, 1, 2, 3, 4, 5+seconds, 0, time.UTC)
		p.tell(pipelines.Progress{Documents: 2 * done, Elections: done, Done: done, Total: 10_000})
	}
	at(0, 1000) // resumed: what lies before was not read in this run
	at(29, 1290)
	at(30, 1300)
	at(31, 1310)
	at(59, 1590)
	at(75, 1750)
	at(90, 1750)
	at(106, 10_000)
	want := []string{
		"documents=2600 elections=1300 bytes=1300 of=10000 bytes_per_second=10 seconds_left=870",
		"documents=3500 elections=1750 bytes=1750 of=10000 bytes_per_second=10 seconds_left=825",
		"documents=20000 elections=10000 bytes=10000 of=10000 bytes_per_second=84 seconds_left=0",
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		got = append(got, strings.TrimSpace(regexp.MustCompile(`^.* msg=reading `).ReplaceAllString(line, "")))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the log (-want +got):\n%s", diff)
	}
	out.Reset()
	silent := &progressDisplay{now: func() time.Time { return clock }}
	for range 3 {
		clock = clock.Add(time.Minute)
		silent.tell(pipelines.Progress{})
	}
	if out.Len() > 0 {
		t.Errorf("where no line is wanted there is %s", &out)
	}
}

// Figures that are not known are left out.
func TestProgressDescribed(t *testing.T) {
	for _, c := range []struct {
		now  pipelines.Progress
		rate float64
		left time.Duration
		want string
	}{
		{pipelines.Progress{Elections: 1, Done: 1_500_000, Total: 46_000_000_000}, 0, 0,
			"reading: 1.5 of 46000.0 MB, 1 election"},
		{pipelines.Progress{Elections: 12, Done: 1_500_000, Total: 3_000_000}, 500_000, 3 * time.Second,
			"reading: 1.5 of 3.0 MB, 12 elections, 0.5 MB/s, 3s left"},
	} {
		if got := describeProgress(c.now, c.rate, c.left); got != c.want {
			t.Errorf("got %q, expected %q", got, c.want)
		}
	}
}

// The summary shows the first elections and rejects in full, and says how many more there are.
func TestSummary(t *testing.T) {
	var out bytes.Buffer
	s := runSummary{w: &out}
	for i := range 5 {
		d := &schemas.Document{URI: "page.txt", Title: fmt.Sprintf("Election %d", i)}
		s.keep(schemas.Record{Election: &schemas.Election{Document: d}})
	}
	for i := range 11 {
		s.keep(schemas.Record{Reject: &schemas.Reject{SourceURI: fmt.Sprintf("reject-%d.txt", i), Detail: "no text"}})
	}
	s.keep(schemas.Record{Account: &schemas.Account{}})
	outcome := &pipelines.Outcome{Published: true, Manifest: &version.Manifest{
		Counts: version.Counts{Elections: 5, Rejected: 10, RejectedBoxes: 1},
	}}
	s.print(outcome, "out")
	for words, want := range map[string]int{
		"Election 0": 1, "Election 2": 1, "Election 3": 0, "… and 2 elections more, not shown here": 1,
		"reject-0.txt": 1, "reject-9.txt": 1, "reject-10.txt": 0, "… and 1 reject more, not shown here": 1,
	} {
		if got := strings.Count(out.String(), words); got != want {
			t.Errorf("%q is shown %d times, expected %d:\n%s", words, got, want, &out)
		}
	}
}
