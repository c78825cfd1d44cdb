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

// Screen says how many columns a terminal has and which colours it shows.
type Screen struct {
	Width   int
	Colours termenv.Profile
}

// ScreenOf returns the screen of the terminal that a file leads to. It has no colours if NO_COLOR is set or TERM is
// dumb.
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

// layout says how the table of an election fits a screen: how many columns of the screen names and bars take, and
// which figures are shown between them. Bars are not drawn if their width is 0.
type layout struct {
	name, bar        int
	shares, previous bool
}

// The widths of names, bars and the space around a cell, in columns of a screen.
const (
	minNameWidth  = len("contender")
	fairNameWidth = 24
	maxNameWidth  = 60
	minBarWidth   = 4
	fairBarWidth  = 12
	maxBarWidth   = 50
	cellPadding   = 2
)

// newLayout fits a table to the width of a screen. It leaves out figures first, then shortens names, and leaves out
// bars last. Position and seats are the widths of the columns that are always shown, longest is that of the longest
// name.
func newLayout(width, position, seats, longest int) layout {
	const shares, previous = len("votes %") + cellPadding, len("before") + len("change") + 2*cellPadding
	longest = min(longest, maxNameWidth)
	rest := width - position - seats - 4*cellPadding
	var l layout
	switch fair := min(longest, fairNameWidth) + fairBarWidth; {
	case rest-shares-previous >= fair:
		l.shares, l.previous = true, true
		rest -= shares + previous
	case rest-shares >= fair:
		l.shares = true
		rest -= shares
	}
	l.name = min(longest, max(minNameWidth, rest-fairBarWidth))
	l.bar = min(rest-l.name, maxBarWidth)
	if l.bar < minBarWidth {
		l.bar, l.name = 0, min(longest, max(minNameWidth, rest+cellPadding))
	}
	return l
}

// cells are the cells of one row of the table.
type cells struct {
	position                                  any
	name, share, seats, previous, change, bar string
}

// row returns the cells that the layout shows.
func (l layout) row(c cells) table.Row {
	r := table.Row{c.position, c.name}
	if l.shares {
		r = append(r, c.share)
	}
	r = append(r, c.seats)
	if l.previous {
		r = append(r, c.previous, c.change)
	}
	if l.bar > 0 {
		r = append(r, c.bar)
	}
	return r
}

// columns aligns the figures to the right, names and bars to the left.
func (l layout) columns() []table.ColumnConfig {
	var configs []table.ColumnConfig
	isFigure := cells{position: true, share: "figure", seats: "figure", previous: "figure", change: "figure"}
	for i, cell := range l.row(isFigure) {
		if cell != "" {
			configs = append(configs, table.ColumnConfig{
				Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight, AlignFooter: text.AlignRight,
			})
		}
	}
	return configs
}

// truncateToWidth shortens a text that is too wide for its column. It cuts between two grapheme clusters, which are
// what a reader sees as characters.
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

// eighths are blocks of no to eight eighths of a column.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}

// seatBar returns a bar for n seats, where a bar for most seats is width columns long. A bar for one seat or more is
// never empty.
func seatBar(n, most int64, width int) string {
	if n <= 0 || most <= 0 {
		return ""
	}
	parts := max(1, int(float64(n)/float64(most)*float64(width)*8+0.5))
	return strings.Repeat(eighths[8], parts/8) + eighths[parts%8]
}

// minBarContrast is the contrast with black and with white below which a bar is not coloured, since the colour could be
// that of the screen itself.
const minBarContrast = 1.25

// paint colours a bar unless the colour is nearly as dark or as light as a screen may be.
func (s Screen) paint(bar, colour string) string {
	c, ok := chart.ParseColour(colour)
	if bar == "" || !ok {
		return bar
	}
	black, white := chart.RGB{}, chart.RGB{R: 255, G: 255, B: 255}
	if chart.Contrast(c, black) < minBarContrast || chart.Contrast(c, white) < minBarContrast {
		return bar
	}
	return s.Colours.String(bar).Foreground(s.Colours.Color(colour)).String()
}

// mostSeats returns the seats of the largest contender, 0 if none has any.
func mostSeats(e *schemas.Election) int64 {
	var most int64
	for i := range e.Contenders {
		if n := e.Contenders[i].Seats; n != nil {
			most = max(most, *n)
		}
	}
	return most
}
