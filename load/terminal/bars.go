package terminal

import (
	"os"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/muesli/termenv"
	"github.com/rivo/uniseg"
	"golang.org/x/term"

	"hemicycle/load/chart"
	"hemicycle/schemas"
)

// Screen is what a person looks at: how many columns wide it is, and which colours it shows.
type Screen struct {
	Width   int
	Colours termenv.Profile
}

// ScreenOf is the screen of a terminal. NO_COLOR and TERM=dumb stand for no colours.
func ScreenOf(f *os.File) Screen {
	s := Screen{Width: 80, Colours: termenv.NewOutput(f).EnvColorProfile()}
	if os.Getenv("TERM") == "dumb" {
		s.Colours = termenv.Ascii
	}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		s.Width = width
	}
	return s
}

// layout is how the table of an election fits a screen: the widths of names and bars in columns, and
// which figures stand between them. A bar of no width is not drawn.
type layout struct {
	name, bar        int
	shares, previous bool
}

// What a table of contenders asks for, in columns.
const (
	leastName   = len("contender")
	leastBar    = 4
	fairName    = 24
	fairBar     = 12
	widestName  = 60
	widestBar   = 50
	cellPadding = 2
)

// newLayout gives up columns, then names, before it gives up bars. Position and seats are the widths of the
// columns that always stand, longest that of the longest name.
func newLayout(width, position, seats, longest int) layout {
	const shares, previous = len("votes %") + cellPadding, len("before") + len("change") + 2*cellPadding
	longest = min(longest, widestName)
	rest := width - position - seats - 4*cellPadding
	var l layout
	switch fair := min(longest, fairName) + fairBar; {
	case rest-shares-previous >= fair:
		l.shares, l.previous = true, true
		rest -= shares + previous
	case rest-shares >= fair:
		l.shares = true
		rest -= shares
	}
	l.name = min(longest, max(leastName, rest-fairBar))
	l.bar = min(rest-l.name, widestBar)
	if l.bar < leastBar {
		l.bar, l.name = 0, min(longest, max(leastName, rest+cellPadding))
	}
	return l
}

// row is a row of the table as it is laid out.
func (l layout) row(position any, name, share, seats, previous, change, bar string) table.Row {
	r := table.Row{position, name}
	if l.shares {
		r = append(r, share)
	}
	r = append(r, seats)
	if l.previous {
		r = append(r, previous, change)
	}
	if l.bar > 0 {
		r = append(r, bar)
	}
	return r
}

// columns says how the columns are set: figures to the right, names and bars to the left.
func (l layout) columns() []table.ColumnConfig {
	var all []table.ColumnConfig
	for i, figure := range l.row(true, "", "figure", "figure", "figure", "figure", "") {
		if figure != "" {
			all = append(all, table.ColumnConfig{Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight, AlignFooter: text.AlignRight})
		}
	}
	return all
}

// truncateToWidth cuts a text that is too wide for its column between two characters as a reader sees them.
func truncateToWidth(s string, width int) string {
	if text.StringWidth(s) <= width {
		return s
	}
	var b strings.Builder
	left := width - 1
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if left -= text.StringWidth(g.Str()); left < 0 {
			break
		}
		b.WriteString(g.Str())
	}
	return b.String() + "…"
}

// eighths is a block of one to eight eighths of a column.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}

// seatBar is n of most as a bar, width columns for the most. What is there at all is to be seen.
func seatBar(n, most int64, width int) string {
	if n <= 0 || most <= 0 {
		return ""
	}
	parts := max(1, int(float64(n)/float64(most)*float64(width)*8+0.5))
	return strings.Repeat(eighths[8], parts/8) + eighths[parts%8]
}

// paint colours a bar, unless the colour is as dark or as light as the screen may be.
func (s Screen) paint(bar, colour string) string {
	const seen = 1.25
	c, ok := chart.ParseColour(colour)
	if bar == "" || !ok || chart.Contrast(c, chart.RGB{}) < seen || chart.Contrast(c, chart.Paper) < seen {
		return bar
	}
	return s.Colours.String(bar).Foreground(s.Colours.Color(colour)).String()
}

// mostSeats is the seats of the largest contender, 0 where none has any.
func mostSeats(e *schemas.Election) int64 {
	var most int64
	for i := range e.Contenders {
		if n := e.Contenders[i].Seats; n != nil {
			most = max(most, *n)
		}
	}
	return most
}
