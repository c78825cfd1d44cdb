// Package terminal writes what a person sees after a run, in check and in show: findings as a compiler writes
// errors, an election that fits the screen, and JSON.
package terminal

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"hemicycle/load/version"
	"hemicycle/schemas"
)

// PrintFindings writes the findings of an election as a compiler writes errors, each with its line:
//
//	page.txt:10:12: warning: turnout changed by 14.61pp, … [turnout-change-sign]
//	   10 | - Turnout: 37.00% ( 14.61pp)
//	      |            ^
//
// Passes and skips are written only where all is asked for.
func PrintFindings(w io.Writer, e *schemas.Election, all bool) error {
	for i := range e.Findings {
		f := &e.Findings[i]
		if !all && !f.Status.Doubtful() {
			continue
		}
		message := f.Message
		if !f.Status.Doubtful() && f.Observed != "" {
			message = strings.TrimPrefix(message+"; found "+f.Observed+", expected "+f.Expected, "; ")
		}
		if err := printPlaced(w, e.Document, f.Line, f.Offset, severityWord(f.Status), message, f.CheckID); err != nil {
			return err
		}
	}
	return nil
}

// PrintReject writes a reject in the same form.
func PrintReject(w io.Writer, d *schemas.Document, r *schemas.Reject) error {
	return printPlaced(w, d, r.Line, r.Offset, "rejected "+r.Unit, r.Detail, r.Reason)
}

// severityWord is how a compiler names a severity.
func severityWord(s schemas.Status) string {
	if s == schemas.Warn {
		return "warning"
	}
	return string(s)
}

func printPlaced(w io.Writer, d *schemas.Document, line, offset int, severity, message, id string) error {
	place := sanitize(d.URI)
	var source, caret string
	if line > 0 {
		place += ":" + strconv.Itoa(line)
		if offset >= 0 && offset <= len(d.Text) && d.Text != "" {
			start := strings.LastIndexByte(d.Text[:offset], '\n') + 1
			column := len([]rune(d.Text[start:offset])) + 1
			place += ":" + strconv.Itoa(column)
			source, caret = sourceLine(d.Text[start:], line, column)
		}
	}
	if message != "" {
		message = sanitize(message) + " "
	}
	_, err := fmt.Fprintf(w, "%s: %s: %s[%s]\n%s%s", place, severity, message, id, source, caret)
	return err
}

// sourceLine shows the line that a finding is about, with a mark below its column. A long line is
// shown around the column.
func sourceLine(rest string, line, column int) (source, caret string) {
	const width = 100
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	if len(rest) > 1<<16 { // no one reads such a line; do not copy it
		return "", ""
	}
	runes := []rune(strings.TrimRight(rest, "\r"))
	from := 0
	if column > width*3/4 {
		from = column - width/2
	}
	to := min(len(runes), from+width)
	if from >= to {
		return "", ""
	}
	shown, before, after := sanitize(string(runes[from:to])), "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(runes) {
		after = "…"
	}
	// A wide character takes two columns of a terminal, a combining one none.
	left := text.StringWidth(before + sanitize(string(runes[from:min(column-1, len(runes))])))
	return fmt.Sprintf("%5d | %s%s%s\n", line, before, shown, after), "      | " + strings.Repeat(" ", left) + "^\n"
}

// sanitize replaces what could steer a terminal: control characters, marks of direction, ends of lines.
func sanitize(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			return '\uFFFD'
		}
		return r
	}, s)
}

// PrintElection writes what an election says as it fits a screen: a heading, and a small table of its
// contenders with a bar for the seats of each.
func PrintElection(w io.Writer, e *schemas.Election, s Screen) {
	const most = 30
	title := e.Name
	if title == "" {
		title = e.Document.Title
	}
	fmt.Fprintf(w, "\n%s", sanitize(title))
	for _, s := range []string{e.Country, e.Date.String(), e.SeatsRaw} {
		if s != "" {
			fmt.Fprintf(w, " · %s", sanitize(s))
		}
	}
	if e.TurnoutPct != nil {
		fmt.Fprintf(w, " · turnout %s%%", schemas.FormatDecimal(*e.TurnoutPct))
	}
	fmt.Fprintln(w)
	shown := e.Contenders[:min(len(e.Contenders), most)]
	position, longest, largest := 1, len("contender"), mostSeats(e)
	for i := range shown {
		position = max(position, len(strconv.Itoa(shown[i].Position)))
		longest = max(longest, text.StringWidth(sanitize(shown[i].Label())))
	}
	l := newLayout(s.Width, position, max(len("seats"), len(formatOptional(e.SeatsSum(), "%d"))), longest)
	if largest == 0 {
		l.bar = 0
	}
	t := table.NewWriter()
	t.SetOutputMirror(w)
	t.SetStyle(table.StyleLight)
	t.Style().Options.DrawBorder = false
	t.Style().Options.SeparateColumns = false
	t.AppendHeader(l.row("#", "contender", "votes %", "seats", "before", "change", ""))
	for i := range shown {
		c := &shown[i]
		share, previous, change, drawn := "", formatOptional(c.PreviousSeats, "%d"), formatOptional(c.SeatChange, "%+d"), ""
		if c.VotePct != nil {
			share = schemas.FormatDecimal(*c.VotePct)
		}
		if c.IsNew != nil && *c.IsNew {
			previous = "new"
		}
		if c.Seats != nil {
			drawn = s.paint(seatBar(*c.Seats, largest, l.bar), c.Colour)
		}
		t.AppendRow(l.row(c.Position, truncateToWidth(sanitize(c.Label()), l.name), share, formatOptional(c.Seats, "%d"), previous, change, drawn))
	}
	if more := len(e.Contenders) - most; more > 0 {
		t.AppendRow(l.row("", truncateToWidth(fmt.Sprintf("… and %d more", more), max(l.name, len("contender"))), "", "", "", "", ""))
	}
	sum := ""
	if s := e.VotePctSum(); s != nil {
		sum = schemas.FormatDecimal(*s)
	}
	t.AppendFooter(l.row("", "in all", sum, formatOptional(e.SeatsSum(), "%d"), formatOptional(e.PreviousSeatsSum(), "%d"), "", ""))
	t.SetColumnConfigs(l.columns())
	t.Style().Format.Header, t.Style().Format.Footer = 0, 0
	t.Render()
}

func formatOptional(n *int64, format string) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf(format, *n)
}

// PrintRun writes what was read, what is doubtful and where the output is. Doubts is the findings of
// the elections that were shown before.
func PrintRun(w io.Writer, m *version.Manifest, dir string, published bool, unmet []version.Expectation, took time.Duration) {
	c := m.Counts
	fmt.Fprintf(w, "\nread       %s: %s with a box, %s without, %s rejected\n",
		countNoun(c.Documents, "document"), strconv.FormatInt(c.WithBox, 10), strconv.FormatInt(c.WithoutBox, 10), strconv.FormatInt(c.Rejected, 10))
	fmt.Fprintf(w, "elections  %d of %s, %d sound\n", c.Elections, countNouns(c.Boxes, "box", "boxes"), c.Sound)
	fmt.Fprintf(w, "doubts     %s, %s, %s\n", countNoun(c.Errors, "error"), countNoun(c.Warnings, "warning"), countNoun(c.Notes, "note"))
	for i := range m.Inputs {
		if scan := m.Inputs[i].Index; scan != nil {
			fmt.Fprintf(w, "by index   %s: %d of %s, %d of %s and %d of %d bytes; the rest was not read\n", sanitize(m.Inputs[i].URI),
				scan.Matched, countNoun(scan.Titles, "title"), scan.StreamsRead, countNoun(scan.Streams, "stream"), scan.BytesRead, m.Inputs[i].Bytes)
		}
	}
	for _, e := range unmet {
		fmt.Fprintf(w, "expected   %s %s of %s, found %s\n", e.Expected, e.Subject, sanitize(e.Source), e.Observed)
	}
	if !published {
		fmt.Fprintf(w, "output     nothing was published\n")
		return
	}
	fmt.Fprintf(w, "output     %s (run %s, %s)\n", sanitize(dir), m.Run, took.Round(time.Millisecond))
}

func countNoun(n int64, noun string) string { return countNouns(n, noun, noun+"s") }

func countNouns(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}
