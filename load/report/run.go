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

// How many sources, rejects and doubtful elections the page of the run lists. All are counted.
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
	More     int // number of sources that are not listed
	Bytes    string
	Checks   []checkRow
	Changes  *changes
	Worst    []worstRow
	Rejects  []rejectRow
	Reasons  []link
	checks   map[string]int // index of each check in Checks
}

type sourceRow struct {
	URI, Format, Bytes, Missing                            string
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

// newRunPage returns the page of the run without what the elections add to it.
func newRunPage(p *version.Published, o Options, since *changes) *runPage {
	r := &runPage{
		Manifest: p.Manifest, Counts: p.Manifest.Counts, Started: p.Manifest.StartedAt.UTC().Format(timeLayout),
		Changes: since, checks: map[string]int{},
	}
	for _, m := range o.Checks {
		r.checks[m.ID] = len(r.Checks)
		r.Checks = append(r.Checks, checkRow{ID: m.ID, Meaning: m.Meaning})
	}
	return r
}

// add counts the findings of an election, compares the election with the version before, and lists it if it is among
// the most doubtful.
func (r *runPage) add(d *directory, n int, e *schemas.Election) {
	for _, f := range e.AllFindings() {
		index, ok := r.checks[f.CheckID]
		if !ok { // the version has a check that this program does not know
			index = len(r.Checks)
			r.checks[f.CheckID] = index
			r.Checks = append(r.Checks, checkRow{ID: f.CheckID})
		}
		row := &r.Checks[index]
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
	r.Changes.add(e, d.entries[n].href())
	r.addDoubts(d, n, e)
}

// addDoubts lists an election if it is among the most doubtful, with its two gravest findings.
func (r *runPage) addDoubts(d *directory, n int, e *schemas.Election) {
	entry := &d.entries[n]
	if entry.errors+entry.warnings+entry.notes == 0 {
		return
	}
	row := worstRow{
		Href: entry.href(), Title: entry.full(), Place: entry.place,
		Errors: entry.errors, Warnings: entry.warnings, Notes: entry.notes, entry: n,
	}
	position, _ := slices.BinarySearchFunc(r.Worst, row, func(a, b worstRow) int {
		return cmp.Or(b.Errors-a.Errors, b.Warnings-a.Warnings, b.Notes-a.Notes, a.entry-b.entry)
	})
	if position >= shownDoubts {
		return
	}
	for _, status := range []schemas.Status{schemas.Error, schemas.Warn, schemas.Note} {
		for i := range e.Findings {
			if f := &e.Findings[i]; f.Status == status && len(row.Messages) < 2 {
				row.Messages = append(row.Messages, wording.Shorten(f.Message, 300))
			}
		}
	}
	r.Worst = slices.Insert(r.Worst, position, row)
	r.Worst = r.Worst[:min(len(r.Worst), shownDoubts)]
}

// writeRun completes the page of the run and writes it.
func (r *report) writeRun(ctx context.Context) error {
	run := r.run
	run.pageFrame = r.page("", "Run of "+r.p.Manifest.FinishedAt.UTC().Format("2 January 2006"))
	run.Here = "run"
	run.Changes.finish()
	run.Checks = slices.DeleteFunc(run.Checks, func(c checkRow) bool { return c.All == 0 })
	slices.SortStableFunc(run.Checks, func(a, b checkRow) int {
		return cmp.Or(b.Error-a.Error, b.Warn-a.Warn, b.Note-a.Note)
	})
	if err := run.readSources(ctx, r.p); err != nil {
		return err
	}
	if err := run.readRejects(ctx, r.p); err != nil {
		return err
	}
	return r.write("index.html", "run.html", run)
}

// readSources lists the first sources of a version.
func (r *runPage) readSources(ctx context.Context, p *version.Published) error {
	var bytes int64
	err := p.EachRow(ctx, "sources", func(source version.Row) {
		bytes += source.Int("bytes")
		if len(r.Sources) == shownSources {
			r.More++
			return
		}
		r.Sources = append(r.Sources, sourceRow{
			URI: wording.Plain(source.Text("source_uri")), Format: wording.Plain(source.Text("format")),
			Bytes: formatBytes(source.Int("bytes")), Documents: source.Int("documents"),
			WithBox: source.Int("with_box"), Rejected: source.Int("rejected"),
			Elections: source.Int("elections"), RejectedBoxes: source.Int("rejected_boxes"),
			Missing: wording.Shorten(source.Text("missing_detail"), 400),
		})
	})
	r.Bytes = formatBytes(bytes)
	return err
}

// readRejects counts the rejects of a version by reason, and lists the first of them.
func (r *runPage) readRejects(ctx context.Context, p *version.Published) error {
	reasons := map[string]int{} // index in Reasons
	err := p.EachRow(ctx, "rejects", func(reject version.Row) {
		reason := reject.Text("reason")
		if _, ok := reasons[reason]; !ok {
			reasons[reason] = len(r.Reasons)
			r.Reasons = append(r.Reasons, link{Text: reason})
		}
		r.Reasons[reasons[reason]].Count++
		if len(r.Rejects) < shownRejects {
			r.Rejects = append(r.Rejects, rejectRow{
				Page: wording.Plain(reject.Text("page_title")), URI: wording.Plain(reject.Text("source_uri")),
				Unit: reject.Text("unit"), Reason: reason, Detail: wording.Shorten(reject.Text("detail"), 400),
				Line: lineText(int(reject.Int("line"))),
			})
		}
	})
	slices.SortStableFunc(r.Reasons, func(a, b link) int { return b.Count - a.Count })
	return err
}

// formatBytes writes a number of bytes with a unit that keeps it short.
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

// lineText writes the number of a line, "" if it is not known.
func lineText(line int) string {
	if line <= 0 {
		return ""
	}
	return strconv.Itoa(line)
}
