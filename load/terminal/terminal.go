// Package terminal writes what the commands run, check and show print: findings in the form of compiler errors, an
// election as a table that fits the screen, the outcome of a run, and JSON.
//
// Start with PrintFindings and PrintElection. Texts of a page go through sanitize, or are written as JSON.
package terminal

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// PrintFindings writes the findings of an election in the form of compiler errors, each with its line:
//
//	page.txt:10:12: warning: turnout changed by 14.61pp, … [turnout-change-sign]
//	   10 | - Turnout: 37.00% ( 14.61pp)
//	      |            ^
//
// Passed and skipped checks are written only if all is true.
func PrintFindings(w io.Writer, e *schemas.Election, all bool) error {
	findings := e.Findings
	if all {
		findings = e.AllFindings()
	}
	for i := range findings {
		f := &findings[i]
		message := f.Message
		if !f.Status.Doubtful() && f.Observed != "" {
			message = strings.TrimPrefix(message+"; found "+f.Observed+", expected "+f.Expected, "; ")
		}
		m := located{
			line: f.Line, offset: f.Offset, severity: severityWord(f.Status), message: message, id: f.CheckID,
		}
		if err := m.print(w, e.Document); err != nil {
			return err
		}
	}
	return nil
}

// PrintReject writes a reject in the same form.
func PrintReject(w io.Writer, d *schemas.Document, r *schemas.Reject) error {
	m := located{line: r.Line, offset: r.Offset, severity: "rejected " + r.Unit, message: r.Detail, id: r.Reason}
	return m.print(w, d)
}

// PrintIncomplete writes what a source lacks, in the same form. The rejects that stand for it were written before.
func PrintIncomplete(w io.Writer, uri string, m *schemas.Missing) error {
	l := located{offset: -1, severity: "incomplete source", message: m.Summary(), id: m.Reason}
	return l.print(w, &schemas.Document{URI: uri})
}

// severityWord returns the name that a compiler gives to a severity.
func severityWord(s schemas.Status) string {
	if s == schemas.Warn {
		return "warning"
	}
	return string(s)
}

// located is a message about a place in a document. Line is 0 and offset is -1 if the place is not known.
type located struct {
	line, offset          int
	severity, message, id string
}

// print writes the message, and below it the line of the document with a mark if the offset is known.
func (m located) print(w io.Writer, d *schemas.Document) error {
	place := sanitize(d.URI)
	var source, caret string
	if m.line > 0 {
		place += ":" + strconv.Itoa(m.line)
		if m.offset >= 0 && m.offset <= len(d.Text) && d.Text != "" {
			start := strings.LastIndexByte(d.Text[:m.offset], '\n') + 1
			column := utf8.RuneCountInString(d.Text[start:m.offset]) + 1
			place += ":" + strconv.Itoa(column)
			source, caret = sourceLine(d.Text[start:], m.line, column)
		}
	}
	message := ""
	if m.message != "" {
		message = sanitize(m.message) + " "
	}
	_, err := fmt.Fprintf(w, "%s: %s: %s[%s]\n%s%s", place, m.severity, message, m.id, source, caret)
	return err
}

// sourceLine returns the line at the beginning of rest as it is shown, and the line with a mark below its column. Of a
// long line, the part around the column is shown.
func sourceLine(rest string, line, column int) (source, caret string) {
	const width = 100
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	if len(rest) > maxShownLine {
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
	// A wide character takes two columns of a terminal, a combining character takes none.
	left := text.StringWidth(before + sanitize(string(runes[from:min(column-1, len(runes))])))
	return fmt.Sprintf("%5d | %s%s%s\n", line, before, shown, after), "      | " + strings.Repeat(" ", left) + "^\n"
}

// maxShownLine is the length in bytes of the longest line that is shown. Nobody reads a longer one.
const maxShownLine = 1 << 16

// sanitize makes a text of a page or the name of a file harmless on a terminal. It replaces what could control the
// terminal or mislead the reader: control characters, marks that change the direction of the text, and ends of lines.
// Every such text that this package prints goes through it; the others are words, numbers and IDs of this program.
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

// maxContenders is how many contenders of an election are shown.
const maxContenders = 30

// PrintError writes the error with which the program ends. Errors name files, and can quote pages. Tabs and ends of
// lines are kept, since the program puts them there.
func PrintError(w io.Writer, err error) {
	lines := strings.Split(strings.TrimSuffix(err.Error(), "\n"), "\n")
	for i, line := range lines {
		columns := strings.Split(line, "\t")
		for j := range columns {
			columns[j] = sanitize(columns[j])
		}
		lines[i] = strings.Join(columns, "\t")
	}
	fmt.Fprintf(w, "hemicycle: %s\n", strings.Join(lines, "\n"))
}

// PrintElection writes an election so that it fits a screen: a heading, and a small table of its contenders with a bar
// for the seats of each.
func PrintElection(w io.Writer, e *schemas.Election, s Screen) {
	printHeading(w, e)
	shown := e.Contenders[:min(len(e.Contenders), maxContenders)]
	position, longest, largest := 1, len("contender"), mostSeats(e)
	for i := range shown {
		position = max(position, len(strconv.Itoa(shown[i].Position)))
		longest = max(longest, text.StringWidth(sanitize(shown[i].Label())))
	}
	seatsWidth := max(len("seats"), len(formatOptional(e.SeatsSum(), "%d")))
	l := newLayout(s.Width, position, seatsWidth, longest)
	if largest == 0 {
		l.bar = 0
	}
	t := table.NewWriter()
	t.SetOutputMirror(w)
	t.SetStyle(table.StyleLight)
	t.Style().Options.DrawBorder = false
	t.Style().Options.SeparateColumns = false
	t.AppendHeader(l.row(cells{
		position: "#", name: "contender", share: "votes %", seats: "seats", previous: "before", change: "change",
	}))
	for i := range shown {
		t.AppendRow(l.row(contenderCells(&shown[i], l, s, largest)))
	}
	if hidden := len(e.Contenders) - maxContenders; hidden > 0 {
		more := fmt.Sprintf("… and %s more", wording.Number(int64(hidden)))
		t.AppendRow(l.row(cells{position: "", name: truncateToWidth(more, max(l.name, minNameWidth))}))
	}
	sums := cells{position: "", name: "in all", seats: formatOptional(e.SeatsSum(), "%d"),
		previous: formatOptional(e.PreviousSeatsSum(), "%d")}
	if sum := e.VotePctSum(); sum != nil {
		sums.share = schemas.FormatDecimal(*sum)
	}
	t.AppendFooter(l.row(sums))
	t.SetColumnConfigs(l.columns())
	t.Style().Format.Header, t.Style().Format.Footer = 0, 0
	t.Render()
}

// printHeading writes the name of an election, and its country, date, seats and turnout as far as they are known,
// and which round the votes are of.
func printHeading(w io.Writer, e *schemas.Election) {
	fmt.Fprintf(w, "\n%s", sanitize(cmp.Or(e.FullName, e.Name, e.Document.Title, e.ID)))
	for _, s := range []string{e.Country, e.Date.String(), e.SeatsRaw} {
		if s != "" {
			fmt.Fprintf(w, " · %s", sanitize(s))
		}
	}
	if e.TurnoutPct != nil {
		fmt.Fprintf(w, " · turnout %s%%", schemas.FormatDecimal(*e.TurnoutPct))
	}
	for i := range e.Contenders {
		if n := e.Contenders[i].Round; n > 0 {
			fmt.Fprintf(w, " · votes of round %d", n)
			break
		}
	}
	fmt.Fprintln(w)
	printClassification(w, &e.Classification)
}

// printClassification writes a line that says what kind of election it is, for which body and where.
func printClassification(w io.Writer, c *schemas.Classification) {
	var parts []string
	for _, part := range []schemas.Classified{c.Kind, c.Level, c.Chamber, c.Subdivision, c.Country} {
		if part.Value != "" {
			parts = append(parts, sanitize(strings.ReplaceAll(part.Value, "_", " ")))
		}
	}
	if len(parts) > 0 {
		fmt.Fprintln(w, strings.Join(parts, " · "))
	}
}

// contenderCells returns the cells of a contender. Largest is the number of seats of the longest bar.
func contenderCells(c *schemas.Contender, l layout, s Screen, largest int64) cells {
	row := cells{
		position: c.Position, name: truncateToWidth(sanitize(c.Label()), l.name), seats: formatOptional(c.Seats, "%d"),
		previous: formatOptional(c.PreviousSeats, "%d"), change: formatOptional(c.SeatChange, "%+d"),
	}
	if c.VotePct != nil {
		row.share = schemas.FormatDecimal(*c.VotePct)
	}
	if c.IsNew != nil && *c.IsNew {
		row.previous = "new"
	}
	if c.Seats != nil {
		row.bar = s.paint(seatBar(*c.Seats, largest, l.bar), c.Colour)
	}
	return row
}

// formatOptional formats a number, or returns "" if there is none.
func formatOptional(n *int64, format string) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf(format, *n)
}

// PrintRun writes what a run read, what is doubtful about it, which expectations were not met, and where the output is.
func PrintRun(w io.Writer, m *version.Manifest, dir string, published bool, unmet []version.Expectation,
	took time.Duration) {
	c := m.Counts
	fmt.Fprintf(w, "\nread       %s: %s with a box, %s without, %s rejected\n", wording.Count(c.Documents, "document"),
		wording.Number(c.WithBox), wording.Number(c.WithoutBox), wording.Number(c.Rejected))
	fmt.Fprintf(w, "elections  %s of %s, %s sound\n",
		wording.Number(c.Elections), wording.Count(c.Boxes, "box"), wording.Number(c.Sound))
	fmt.Fprintf(w, "doubts     %s, %s, %s\n",
		wording.Count(c.Errors, "error"), wording.Count(c.Warnings, "warning"), wording.Count(c.Notes, "note"))
	for i := range m.Inputs {
		if missing := m.Inputs[i].Missing; missing != nil {
			fmt.Fprintf(w, "incomplete %s: %s\n", sanitize(m.Inputs[i].URI), sanitize(missing.String()))
		}
		if scan := m.Inputs[i].Index; scan != nil {
			fmt.Fprintf(w, "by index   %s: %s of %s, %s of %s and %s of %s; the rest was not read\n",
				sanitize(m.Inputs[i].URI), wording.Number(scan.Matched), wording.Count(scan.Titles, "title"),
				wording.Number(scan.StreamsRead), wording.Count(scan.Streams, "stream"),
				wording.Number(scan.BytesRead), wording.Count(m.Inputs[i].Bytes, "byte"))
		}
	}
	for _, e := range unmet {
		fmt.Fprintf(w, "expected   %s %s of %s, found %s\n", e.Expected, e.Subject, sanitize(e.Source), e.Observed)
	}
	if !published {
		fmt.Fprintf(w, "output     nothing was published\n")
		return
	}
	if kept := len(m.Partitions) - len(m.Wikis); kept > 0 {
		fmt.Fprintf(w, "kept       %s as earlier runs read them\n", wording.Count(int64(kept), "other wiki"))
	}
	fmt.Fprintf(w, "output     %s (run %s, %s)\n", sanitize(dir), m.Run, took.Round(time.Millisecond))
}
