package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// How much the page of the run names one by one; all is counted.
const (
	shownSources = 50
	shownRejects = 50
	shownDoubts  = 25
)

// runPage is the page of the run.
type runPage struct {
	pageFrame
	Manifest *version.Manifest
	Counts   version.Counts
	Started  string
	Sources  []sourceRow
	More     int // sources that are not named
	Bytes    string
	Checks   []checkRow
	Changes  *changes
	Worst    []worstRow
	Rejects  []rejectRow
	Reasons  []link
	checks   map[string]int
}

type sourceRow struct {
	URI, Format, Bytes                                     string
	Documents, WithBox, Rejected, Elections, RejectedBoxes int64
}

type checkRow struct {
	ID, Meaning                        string
	Pass, Note, Warn, Error, Skip, All int
}

type worstRow struct {
	Href, Title, Place      string
	Errors, Warnings, Notes int
	Messages                []string
	entry                   int
}

type rejectRow struct{ Page, URI, Unit, Reason, Detail, Line string }

func newRunPage(p *version.Published, o Options, since *changes) *runPage {
	r := &runPage{Manifest: p.Manifest, Counts: p.Manifest.Counts, Changes: since, checks: map[string]int{}}
	r.Started = p.Manifest.StartedAt.UTC().Format("2 January 2006, 15:04 UTC")
	for _, m := range o.Checks {
		r.checks[m.ID] = len(r.Checks)
		r.Checks = append(r.Checks, checkRow{ID: m.ID, Meaning: m.Meaning})
	}
	return r
}

// take counts an election's findings, compares it with the version before, and keeps it where it is among
// the worst.
func (r *runPage) take(d *directory, n int, e *schemas.Election) {
	entry := &d.entries[n]
	for i := range e.Findings {
		f := &e.Findings[i]
		at, ok := r.checks[f.CheckID]
		if !ok { // of a version whose checks this program does not have
			at = len(r.Checks)
			r.checks[f.CheckID] = at
			r.Checks = append(r.Checks, checkRow{ID: f.CheckID})
		}
		row := &r.Checks[at]
		row.All++
		switch f.Status {
		case schemas.Pass:
			row.Pass++
		case schemas.Note:
			row.Note++
		case schemas.Warn:
			row.Warn++
		case schemas.Error:
			row.Error++
		default:
			row.Skip++
		}
	}
	r.Changes.take(e, entry.href())
	r.takeDoubts(entry, n, e)
}

func (r *runPage) takeDoubts(entry *indexEntry, n int, e *schemas.Election) {
	if entry.errors+entry.warnings+entry.notes == 0 {
		return
	}
	row := worstRow{Href: entry.href(), Title: entry.full(), Place: entry.place, Errors: entry.errors, Warnings: entry.warnings, Notes: entry.notes, entry: n}
	at, _ := slices.BinarySearchFunc(r.Worst, row, func(a, b worstRow) int {
		return cmp.Or(b.Errors-a.Errors, b.Warnings-a.Warnings, b.Notes-a.Notes, a.entry-b.entry)
	})
	if at >= shownDoubts {
		return
	}
	for _, status := range []schemas.Status{schemas.Error, schemas.Warn, schemas.Note} {
		for i := range e.Findings {
			if f := &e.Findings[i]; f.Status == status && len(row.Messages) < 2 {
				row.Messages = append(row.Messages, wording.Shorten(f.Message, 300))
			}
		}
	}
	r.Worst = slices.Insert(r.Worst, at, row)
	r.Worst = r.Worst[:min(len(r.Worst), shownDoubts)]
}

// writeRun completes the page of the run and writes it.
func (r *report) writeRun(ctx context.Context) error {
	run := r.run
	run.pageFrame = r.page("", "Run of "+r.p.Manifest.FinishedAt.UTC().Format("2 January 2006"))
	run.Here = "run"
	run.Changes.end()
	run.Checks = slices.DeleteFunc(run.Checks, func(c checkRow) bool { return c.All == 0 })
	slices.SortStableFunc(run.Checks, func(a, b checkRow) int {
		return cmp.Or(b.Error-a.Error, b.Warn-a.Warn, b.Note-a.Note)
	})
	var bytes int64
	if err := r.p.EachRow(ctx, "sources", func(source version.Row) {
		bytes += source.Int("bytes")
		if len(run.Sources) == shownSources {
			run.More++
			return
		}
		run.Sources = append(run.Sources, sourceRow{
			URI: wording.Plain(source.Text("source_uri")), Format: source.Text("format"), Bytes: formatBytes(source.Int("bytes")),
			Documents: source.Int("documents"), WithBox: source.Int("with_box"), Rejected: source.Int("rejected"),
			Elections: source.Int("elections"), RejectedBoxes: source.Int("rejected_boxes"),
		})
	}); err != nil {
		return err
	}
	run.Bytes = formatBytes(bytes)
	reasons := map[string]int{}
	if err := r.p.EachRow(ctx, "rejects", func(reject version.Row) {
		reason := reject.Text("reason")
		if _, ok := reasons[reason]; !ok {
			reasons[reason] = len(run.Reasons)
			run.Reasons = append(run.Reasons, link{Text: reason})
		}
		run.Reasons[reasons[reason]].Count++
		if len(run.Rejects) < shownRejects {
			run.Rejects = append(run.Rejects, rejectRow{
				Page: wording.Plain(reject.Text("page_title")), URI: wording.Plain(reject.Text("source_uri")), Unit: reject.Text("unit"),
				Reason: reason, Detail: wording.Shorten(reject.Text("detail"), 400), Line: lineText(int(reject.Int("line"))),
			})
		}
	}); err != nil {
		return err
	}
	slices.SortStableFunc(run.Reasons, func(a, b link) int { return b.Count - a.Count })
	return r.write("index.html", "run.html", run)
}

// formatBytes is a number of bytes in words.
func formatBytes(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	f, unit := float64(n), 0
	for f >= 1000 && unit < len(units)-1 {
		f, unit = f/1000, unit+1
	}
	if unit == 0 {
		return wording.Number(n) + " bytes"
	}
	return strconv.FormatFloat(f, 'f', 1, 64) + " " + units[unit]
}

func lineText(line int) string {
	if line <= 0 {
		return ""
	}
	return strconv.Itoa(line)
}
