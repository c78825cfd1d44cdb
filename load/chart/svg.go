package chart

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"hemicycle/load/wording"
)

// The measures of a chart, in units of its view box.
const (
	chartWidth   = 960
	chartMargin  = 48
	chartRadius  = 392 // of the centres of the outermost dots
	titleLine    = 38
	legendLine   = 27
	legendGutter = 44
)

// The ink of a chart. In a page of the report, the style sheet gives the colours instead.
const (
	inkColour   = "#1A1A1A"
	quietColour = "#595959"
	ringColour  = "#767676"
	sansFonts   = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
	serifFonts  = "Georgia, 'Times New Roman', 'Liberation Serif', serif"
)

// svgWriter collects a drawing.
type svgWriter struct{ strings.Builder }

// printf writes formatted text.
func (w *svgWriter) printf(format string, values ...any) { fmt.Fprintf(w, format, values...) }

// textLine writes one line of text. The attributes are written as they are.
func (w *svgWriter) textLine(x, y int, attributes, text string) {
	w.printf(`<text x="%d" y="%d" %s>%s</text>`, x, y, attributes, escapeXML(text))
}

// Write writes a chamber as an SVG file that needs nothing else: title, half-circle, legend, source and licence. Text
// stays text, so that it can be searched and read aloud.
func Write(w io.Writer, c *Chamber) error {
	var svg svgWriter
	y := 40
	title := wording.Wrap(c.Title, 50, 3)
	columns := 2
	if len(c.Groups) <= 3 {
		columns = 1
	}
	lines := (len(c.Groups) + columns - 1) / columns
	top := y + titleLine*len(title) + 30 + 62
	base := top + chartRadius + 12
	_, dot := placeSeats(min(max(1, c.Seats()), MaxSeats))
	legendTop := base + 50 + int(dot*chartRadius)
	height := legendTop + lines*legendLine + 76

	svg.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d"`,
		chartWidth, height)
	svg.printf(` role="img" aria-labelledby="title description" font-family="%s" fill="%s">`+"\n", sansFonts, inkColour)
	svg.printf("<title id=\"title\">%s</title>\n", escapeXML(c.Title))
	svg.printf("<desc id=\"description\">%s</desc>\n", escapeXML(c.Describe()))
	svg.printf("<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", chartWidth, height, lightBackground)
	svg.printf("<rect x=\"%d\" y=\"0\" width=\"72\" height=\"7\" fill=\"%s\"/>\n", chartMargin, inkColour)
	for _, line := range title {
		y += titleLine
		svg.textLine(chartMargin, y-8, `font-family="`+serifFonts+`" font-size="33" font-weight="700"`, line)
		svg.WriteByte('\n')
	}
	svg.textLine(chartMargin, y+22, `font-size="18" fill="`+quietColour+`"`, wording.Shorten(c.Subtitle, 100))
	svg.WriteByte('\n')
	c.draw(&svg, halfCircle{x: chartWidth / 2, y: float64(base), radius: chartRadius})
	c.drawLegend(&svg, legendTop, lines, columns)
	foot := height - 52
	svg.printf(`<line x1="%d" y1="%d" x2="%d" y2="%[2]d" stroke="#BDBDBD"/>`+"\n", chartMargin, foot,
		chartWidth-chartMargin)
	source := wording.Shorten(wording.Join(c.Source, c.Licence), 130)
	svg.textLine(chartMargin, foot+22, `font-size="14" fill="`+quietColour+`"`, source)
	svg.WriteString("\n</svg>\n")
	_, err := io.WriteString(w, svg.String())
	return err
}

// drawLegend draws a dot, the name and the seats of each group, in columns of so many lines.
func (c *Chamber) drawLegend(svg *svgWriter, top, lines, columns int) {
	width := (chartWidth - 2*chartMargin - (columns-1)*legendGutter) / columns
	for i := range c.Groups {
		g := &c.Groups[i]
		x, y := chartMargin+(i/lines)*(width+legendGutter), top+(i%lines)*legendLine
		svg.printf(`<circle cx="%d" cy="%d" r="7" %s/>`, x+8, y-6, dotPaint(g, 1.5))
		svg.textLine(x+25, y, `font-size="17"`, wording.Shorten(g.Name, (width-70)*10/83))
		svg.textLine(x+width, y, `font-size="17" font-weight="700" text-anchor="end"`, wording.Number(int64(g.Seats)))
		svg.WriteByte('\n')
	}
}

// Inline returns the half-circle for a page whose style sheet knows its classes. Title and legend are left to the
// page.
func (c *Chamber) Inline() string {
	var svg svgWriter
	h := halfCircle{x: 500, y: 548, radius: 450, styled: true}
	svg.printf(`<svg class="chamber" viewBox="0 0 1000 %d" role="img"`, int(h.y)+50)
	svg.WriteString(` aria-labelledby="chamber-title chamber-description">`)
	svg.printf(`<title id="chamber-title">%s</title>`, escapeXML(c.Title))
	svg.printf(`<desc id="chamber-description">%s</desc>`, escapeXML(c.Describe()))
	c.draw(&svg, h)
	svg.WriteString("</svg>")
	return svg.String()
}

// halfCircle is where a half-circle is drawn: the middle of its base and its radius.
type halfCircle struct {
	x, y, radius float64
	styled       bool // a style sheet gives the colours
}

// ink returns the attribute with a colour, or nothing if a style sheet gives it.
func (h halfCircle) ink(attribute, colour string) string {
	if h.styled {
		return ""
	}
	return fmt.Sprintf(` %s="%s"`, attribute, colour)
}

// draw draws the dots, the mark of the majority behind them and the number of seats below them.
func (c *Chamber) draw(svg *svgWriter, h halfCircle) {
	n := c.Seats()
	if n == 0 || n > MaxSeats {
		return
	}
	seats, dot := placeSeats(n)
	inner := 1.0
	for _, s := range seats {
		inner = min(inner, math.Hypot(s.x, s.y))
	}
	if c.Majority > 0 && c.Majority <= n {
		c.drawMajority(svg, h, seats, inner, dot)
	}
	next := 0
	for i := range c.Groups {
		g := &c.Groups[i]
		if g.Seats == 0 {
			continue
		}
		g.draw(svg, h, seats[next:next+g.Seats], dot)
		next += g.Seats
	}
	if room := min(inner-dot, 0.4) * h.radius; room > 60 {
		svg.printf(`<text class="total" x="%s" y="%s" font-size="%s"`,
			Coordinate(h.x), Coordinate(h.y-room*0.22), Coordinate(room*0.52))
		svg.printf(` font-weight="700" text-anchor="middle"%s>%s</text>`,
			h.ink("fill", inkColour), wording.Number(int64(n)))
		svg.printf(`<text class="unit" x="%s" y="%s" font-size="%s" text-anchor="middle"%s>%s</text>`+"\n",
			Coordinate(h.x), Coordinate(h.y), Coordinate(room*0.16),
			h.ink("fill", quietColour), wording.Plural(int64(n), "seat"))
	}
}

// drawMajority draws a line between the last seat of the majority and the seat after it.
func (c *Chamber) drawMajority(svg *svgWriter, h halfCircle, seats []placedSeat, inner, dot float64) {
	angle := seats[c.Majority-1].angle
	if c.Majority < len(seats) {
		angle = (angle + seats[c.Majority].angle) / 2
	}
	cos, sin := math.Cos(angle), math.Sin(angle)
	from, to := inner-dot-0.035, 1+dot+0.03
	svg.printf(`<g class="majority" data-seats="%d"><line x1="%s" y1="%s" x2="%s" y2="%s"%s`, c.Majority,
		Coordinate(h.x+h.radius*from*cos), Coordinate(h.y-h.radius*from*sin),
		Coordinate(h.x+h.radius*to*cos), Coordinate(h.y-h.radius*to*sin), h.ink("stroke", inkColour))
	svg.WriteString(` stroke-width="2.5" stroke-dasharray="6 5"/></g>` + "\n")
	if math.Abs(cos) > 0.6 { // at the edge there is no room for the words
		return
	}
	anchor := "middle"
	if cos > 0.1 {
		anchor = "start"
	} else if cos < -0.1 {
		anchor = "end"
	}
	svg.printf(`<text class="mark" x="%s" y="%s" font-size="%s" text-anchor="%s"%s>%s for a majority</text>`+"\n",
		Coordinate(h.x+h.radius*(to+0.02)*cos), Coordinate(h.y-h.radius*(to+0.025)*sin), Coordinate(h.radius*0.052),
		anchor, h.ink("fill", quietColour), wording.Number(int64(c.Majority)))
}

// draw draws the dots of a group.
func (g *Group) draw(svg *svgWriter, h halfCircle, seats []placedSeat, dot float64) {
	radius := dot * h.radius
	paint := dotPaint(g, radius*0.16)
	if h.styled {
		paint = styledDotPaint(g, radius*0.16)
	}
	class := GroupClass(g)
	svg.printf(`<g class="%s" %s><title>%s: %s</title>`, class, paint, escapeXML(g.Name),
		wording.Count(int64(g.Seats), "seat"))
	if class != plainClass && (h.styled || class != deepClass) {
		radius -= dot * h.radius * 0.08 // half of the outline, so that the dot stays in its place
	}
	for _, s := range seats {
		svg.printf(`<circle cx="%s" cy="%s" r="%s"/>`, Coordinate(h.x+h.radius*s.x), Coordinate(h.y-h.radius*s.y),
			Coordinate(radius))
	}
	svg.WriteString("</g>\n")
}

// The classes of groups that GroupClass returns.
const (
	plainClass    = "group"
	paleClass     = "group pale"
	deepClass     = "group deep"
	unlistedClass = "group unlisted"
	vacantClass   = "group vacant"
)

// GroupClass returns the class by which a style sheet knows which dots need an outline: pale ones on a light
// background, deep ones on a dark background.
func GroupClass(g *Group) string {
	c, ok := ParseColour(g.Colour)
	switch {
	case g.Vacant:
		return vacantClass
	case g.Unlisted || !ok:
		return unlistedClass
	case Contrast(c, lightBackground) < outlineContrast:
		return paleClass
	case Contrast(c, darkBackground) < outlineContrast:
		return deepClass
	}
	return plainClass
}

// dotPaint returns the attributes that paint a dot on the light background, with an outline of a width if it needs
// one.
func dotPaint(g *Group, width float64) string {
	c, ok := ParseColour(g.Colour)
	switch {
	case g.isNobody() || !ok:
		return fmt.Sprintf(`fill="%s" stroke="%s" stroke-width="%s"%s`, lightBackground, ringColour, Coordinate(width),
			g.breaks(width))
	case Contrast(c, lightBackground) < outlineContrast:
		return fmt.Sprintf(`fill="%s" stroke="%s" stroke-width="%s"`, c, quietColour, Coordinate(width))
	}
	return fmt.Sprintf(`fill="%s"`, c)
}

// breaks returns the attribute that breaks the rings of vacant seats, so that they look unlike seats that are not
// listed.
func (g *Group) breaks(width float64) string {
	if !g.Vacant {
		return ""
	}
	return fmt.Sprintf(` stroke-dasharray="%s"`, Coordinate(2*width))
}

// styledDotPaint returns the attributes of a dot whose outline a style sheet paints.
func styledDotPaint(g *Group, width float64) string {
	c, ok := ParseColour(g.Colour)
	if g.isNobody() || !ok {
		return fmt.Sprintf(`stroke-width="%s"%s`, Coordinate(width), g.breaks(width))
	}
	return fmt.Sprintf(`fill="%s" stroke-width="%s"`, c, Coordinate(width))
}

// Coordinate writes a number of a drawing, rounded to hundredths.
func Coordinate(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// escapeXML makes a text of a page harmless in a drawing: wording.Plain removes what could steer a reader's eye, and
// what XML gives a meaning is escaped, so that the text can stand in an element or an attribute. Every text in a
// drawing goes through it; colours are parsed and written anew, and everything else is a number.
func escapeXML(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(wording.Plain(s))); err != nil { // a strings.Builder returns no error
		return ""
	}
	return b.String()
}
