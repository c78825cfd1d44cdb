// Package chart draws the chamber of an election as a half-circle, an SVG file with a dot for each seat.
//
// Start with ChamberOf and Write; seating.go places the seats, colours.go gives colours to those who have none.
package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// Chamber is what a half-circle shows: a dot a seat, in the colours of the groups.
type Chamber struct {
	Title    string
	Subtitle string
	Source   string
	Licence  string
	Groups   []Group
	Majority int  // seats needed for a majority; 0 where it is not known
	Computed bool // the majority is more than half of the seats, and not what the box states
}

// Group is those who sit together. Its Colour is #RRGGBB.
type Group struct {
	Name     string
	Colour   string
	Seats    int
	Unlisted bool // seats of the chamber that the box gives to nobody, drawn as rings
}

// Why there is no half-circle.
var (
	ErrNoSeats  = errors.New("the box gives no contender a seat")
	ErrTooLarge = fmt.Errorf("the chamber has more than %d seats, too many for a dot each", MaxSeats)
)

// ChamberOf is the chamber of an election, its groups in the order of the box. Seats that the box gives
// to nobody are a group of their own, so that the dots are the chamber's. Where the box does not state a
// majority, it is more than half of a chamber whose size is stated.
func ChamberOf(e *schemas.Election) (*Chamber, error) {
	c := &Chamber{Title: wording.Title(e), Licence: shortLicence}
	sum := int64(0)
	for i := range e.Contenders {
		g := &e.Contenders[i]
		if g.Seats == nil || *g.Seats <= 0 {
			continue
		}
		if sum += *g.Seats; sum > MaxSeats {
			return nil, ErrTooLarge
		}
		c.Groups = append(c.Groups, Group{Name: g.Label(), Colour: g.Colour, Seats: int(*g.Seats)})
	}
	if sum == 0 {
		return nil, ErrNoSeats
	}
	size := sum
	if e.SeatsTotal != nil {
		size = max(sum, *e.SeatsTotal)
	}
	whole := e.SeatsTotal != nil && sum <= *e.SeatsTotal // what is drawn is the whole chamber
	if e.SeatsContested != nil && sum <= *e.SeatsContested {
		size, whole = *e.SeatsContested, whole && *e.SeatsContested == *e.SeatsTotal
	}
	if size > MaxSeats {
		return nil, ErrTooLarge
	}
	if size > sum {
		c.Groups = append(c.Groups, Group{Name: unlistedName, Seats: int(size - sum), Unlisted: true})
	}
	switch {
	case e.MajoritySeats != nil && *e.MajoritySeats <= size:
		c.Majority = int(*e.MajoritySeats)
	case e.MajoritySeats == nil && whole:
		c.Majority, c.Computed = int(size/2+1), true
	}
	AssignColours(c.Groups)
	seats := wording.Count(size, "seat")
	if of := wording.Plain(e.Chamber); of != "" {
		seats += " in the " + strings.TrimPrefix(of, "the ")
	}
	c.Subtitle = wording.Join(seats, wording.LongDate(e))
	c.Source = wording.Join("Source: "+wording.SourceName(e), wording.RevisionName(e))
	return c, nil
}

const (
	unlistedName = "not listed in the box"
	shortLicence = "CC BY-SA 4.0, by the contributors of the page"
)

// Seats is the number of dots.
func (c *Chamber) Seats() (n int) {
	for i := range c.Groups {
		n += c.Groups[i].Seats
	}
	return n
}

// SortBySize orders the groups by their seats, the largest first; those of one size keep their order, and
// seats that the box gives to nobody stay last.
func (c *Chamber) SortBySize() {
	slices.SortStableFunc(c.Groups, func(a, b Group) int {
		if a.Unlisted != b.Unlisted {
			if a.Unlisted {
				return 1
			}
			return -1
		}
		return b.Seats - a.Seats
	})
}

// Describe says in words what the half-circle shows, for those who do not see it.
func (c *Chamber) Describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "A half-circle of %s.", wording.Count(int64(c.Seats()), "seat"))
	for i := range c.Groups {
		fmt.Fprintf(&b, " %s: %d.", wording.Plain(c.Groups[i].Name), c.Groups[i].Seats)
	}
	if c.Majority > 0 {
		fmt.Fprintf(&b, " %d are a majority.", c.Majority)
	}
	return b.String()
}

// The chart's measures, in units of its view box.
const (
	chartWidth  = 960
	chartMargin = 48
	chartRadius = 392 // of the outermost dots' centres
	legendLine  = 27
)

// Write writes a chamber as an SVG file that stands alone: title, half-circle, legend, source and
// licence. Text stays text.
func Write(w io.Writer, c *Chamber) error {
	var b strings.Builder
	y := 40
	title := wording.Wrap(c.Title, 50, 3)
	columns := 2
	if len(c.Groups) <= 3 {
		columns = 1
	}
	lines := (len(c.Groups) + columns - 1) / columns
	top := y + 38*len(title) + 30 + 62
	base := top + chartRadius + 12
	_, dot := placeSeats(min(max(1, c.Seats()), MaxSeats))
	legend := base + 50 + int(dot*chartRadius)
	height := legend + lines*legendLine + 76
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-labelledby="title description" font-family="'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif" fill="#1A1A1A">`+"\n", chartWidth, height)
	fmt.Fprintf(&b, "<title id=\"title\">%s</title>\n<desc id=\"description\">%s</desc>\n", xmlText(c.Title), xmlText(c.Describe()))
	fmt.Fprintf(&b, "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n<rect x=\"%d\" y=\"0\" width=\"72\" height=\"7\" fill=\"#1A1A1A\"/>\n", chartWidth, height, Paper, chartMargin)
	for _, line := range title {
		y += 38
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-family=\"Georgia, 'Times New Roman', 'Liberation Serif', serif\" font-size=\"33\" font-weight=\"700\">%s</text>\n", chartMargin, y-8, xmlText(line))
	}
	fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"18\" fill=\"#595959\">%s</text>\n", chartMargin, y+22, xmlText(wording.Shorten(c.Subtitle, 100)))
	c.draw(&b, chartWidth/2, float64(base), chartRadius, false)
	wide := (chartWidth - 2*chartMargin - (columns-1)*44) / columns
	for i := range c.Groups {
		g := &c.Groups[i]
		x, at := chartMargin+(i/lines)*(wide+44), legend+(i%lines)*legendLine
		fmt.Fprintf(&b, "<circle cx=\"%d\" cy=\"%d\" r=\"7\" %s/>", x+8, at-6, dotPaint(g, 1.5))
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"17\">%s</text>", x+25, at, xmlText(wording.Shorten(g.Name, (wide-70)*10/83)))
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"17\" font-weight=\"700\" text-anchor=\"end\">%s</text>\n", x+wide, at, wording.Number(int64(g.Seats)))
	}
	foot := height - 52
	fmt.Fprintf(&b, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%[2]d\" stroke=\"#BDBDBD\"/>\n", chartMargin, foot, chartWidth-chartMargin)
	fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"14\" fill=\"#595959\">%s</text>\n", chartMargin, foot+22, xmlText(wording.Shorten(wording.Join(c.Source, c.Licence), 130)))
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// Inline is the half-circle for a page, whose style sheet knows its classes. Titles and legend are the
// page's own.
func (c *Chamber) Inline() string {
	var b strings.Builder
	const radius, middle, base = 450, 500, 548
	fmt.Fprintf(&b, `<svg class="chamber" viewBox="0 0 1000 %d" role="img" aria-labelledby="chamber-title chamber-description">`, base+50)
	fmt.Fprintf(&b, "<title id=\"chamber-title\">%s</title><desc id=\"chamber-description\">%s</desc>", xmlText(c.Title), xmlText(c.Describe()))
	c.draw(&b, middle, base, radius, true)
	b.WriteString("</svg>")
	return b.String()
}

// draw draws the dots around a centre, what marks the majority below them, and the number of seats.
func (c *Chamber) draw(b *strings.Builder, x, y, radius float64, styled bool) {
	n := c.Seats()
	if n == 0 || n > MaxSeats {
		return
	}
	seats, dot := placeSeats(n)
	ink, faint := ` fill="#1A1A1A"`, ` fill="#595959"`
	line := ` stroke="#1A1A1A"`
	if styled {
		ink, faint, line = "", "", ""
	}
	inner := 1.0
	for _, s := range seats {
		inner = min(inner, math.Hypot(s.x, s.y))
	}
	if c.Majority > 0 && c.Majority <= n {
		// Between the last seat of the majority and the next one.
		angle := seats[c.Majority-1].angle
		if c.Majority < n {
			angle = (angle + seats[c.Majority].angle) / 2
		}
		from, to := inner-dot-0.035, 1+dot+0.03
		fmt.Fprintf(b, `<g class="majority" data-seats="%d"><line x1="%s" y1="%s" x2="%s" y2="%s"%s stroke-width="2.5" stroke-dasharray="6 5"/>`,
			c.Majority, Coordinate(x+radius*from*math.Cos(angle)), Coordinate(y-radius*from*math.Sin(angle)),
			Coordinate(x+radius*to*math.Cos(angle)), Coordinate(y-radius*to*math.Sin(angle)), line)
		b.WriteString("</g>\n")
		// Written where there is room for the words: above the dots, and not at the edge.
		if cos := math.Cos(angle); math.Abs(cos) <= 0.6 {
			anchor := "middle"
			if cos > 0.1 {
				anchor = "start"
			} else if cos < -0.1 {
				anchor = "end"
			}
			fmt.Fprintf(b, `<text class="mark" x="%s" y="%s" font-size="%s" text-anchor="%s"%s>%s for a majority</text>`+"\n",
				Coordinate(x+radius*(to+0.02)*cos), Coordinate(y-radius*(to+0.025)*math.Sin(angle)), Coordinate(radius*0.052), anchor, faint, wording.Number(int64(c.Majority)))
		}
	}
	next := 0
	for i := range c.Groups {
		g := &c.Groups[i]
		if g.Seats == 0 {
			continue
		}
		fmt.Fprintf(b, `<g class="%s" %s><title>%s: %s</title>`, GroupClass(g), dotPaintIn(g, dot*radius*0.16, styled), xmlText(g.Name), wording.Count(int64(g.Seats), "seat"))
		r := dot * radius
		if class := GroupClass(g); class != "group" && (styled || class != "group deep") {
			r -= dot * radius * 0.08 // half of the outline, so that the dot stays in its place
		}
		for _, s := range seats[next : next+g.Seats] {
			fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="%s"/>`, Coordinate(x+radius*s.x), Coordinate(y-radius*s.y), Coordinate(r))
		}
		b.WriteString("</g>\n")
		next += g.Seats
	}
	if room := min(inner-dot, 0.4) * radius; room > 60 {
		fmt.Fprintf(b, `<text class="total" x="%s" y="%s" font-size="%s" font-weight="700" text-anchor="middle"%s>%s</text>`,
			Coordinate(x), Coordinate(y-room*0.22), Coordinate(room*0.52), ink, wording.Number(int64(n)))
		fmt.Fprintf(b, `<text class="unit" x="%s" y="%s" font-size="%s" text-anchor="middle"%s>%s</text>`+"\n",
			Coordinate(x), Coordinate(y), Coordinate(room*0.16), faint, strings.TrimPrefix(wording.Count(int64(n), "seat"), wording.Number(int64(n))+" "))
	}
}

// GroupClass tells the style sheet which dots need an outline: pale ones in the light, deep ones in the
// dark.
func GroupClass(g *Group) string {
	c, ok := ParseColour(g.Colour)
	switch {
	case g.Unlisted || !ok:
		return "group unlisted"
	case Contrast(c, Paper) < outlineContrast:
		return "group pale"
	case Contrast(c, darkBackground) < outlineContrast:
		return "group deep"
	}
	return "group"
}

// dotPaint is the attributes of a dot on white.
func dotPaint(g *Group, width float64) string {
	c, ok := ParseColour(g.Colour)
	switch {
	case g.Unlisted || !ok:
		return fmt.Sprintf(`fill="%s" stroke="#767676" stroke-width="%s"`, Paper, Coordinate(width))
	case Contrast(c, Paper) < outlineContrast:
		return fmt.Sprintf(`fill="%s" stroke="#595959" stroke-width="%s"`, c, Coordinate(width))
	}
	return fmt.Sprintf(`fill="%s"`, c)
}

// dotPaintIn is the same; where a style sheet gives the outline, its width alone.
func dotPaintIn(g *Group, width float64, styled bool) string {
	if !styled {
		return dotPaint(g, width)
	}
	c, ok := ParseColour(g.Colour)
	if g.Unlisted || !ok {
		return fmt.Sprintf(`stroke-width="%s"`, Coordinate(width))
	}
	return fmt.Sprintf(`fill="%s" stroke-width="%s"`, c, Coordinate(width))
}

// Coordinate is a number of the drawing, in hundredths.
func Coordinate(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// xmlText is a text as XML writes it, in an element or an attribute.
func xmlText(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(wording.Plain(s))); err != nil { // a Builder takes everything
		return ""
	}
	return b.String()
}
