package load

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

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
	ErrTooLarge = fmt.Errorf("the chamber has more than %d seats, too many for a dot each", MostSeats)
)

// ChamberOf is the chamber of an election, its groups in the order of the box. Seats that the box gives
// to nobody are a group of their own, so that the dots are the chamber's. Where the box does not state a
// majority, it is more than half of a chamber whose size is stated.
func ChamberOf(e *schemas.Election) (*Chamber, error) {
	c := &Chamber{Title: Title(e), Licence: shortLicence}
	sum := int64(0)
	for i := range e.Contenders {
		g := &e.Contenders[i]
		if g.Seats == nil || *g.Seats <= 0 {
			continue
		}
		if sum += *g.Seats; sum > MostSeats {
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
	if size > MostSeats {
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
	giveColours(c.Groups)
	seats := counted(size, "seat")
	if of := Plain(e.Chamber); of != "" {
		seats += " in the " + strings.TrimPrefix(of, "the ")
	}
	c.Subtitle = joined(seats, longDate(e))
	c.Source = joined("Source: "+sourceName(e), revisionName(e))
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
	fmt.Fprintf(&b, "A half-circle of %s.", counted(int64(c.Seats()), "seat"))
	for i := range c.Groups {
		fmt.Fprintf(&b, " %s: %d.", Plain(c.Groups[i].Name), c.Groups[i].Seats)
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

// WriteChart writes a chamber as an SVG file that stands alone: title, half-circle, legend, source and
// licence. Text stays text.
func WriteChart(w io.Writer, c *Chamber) error {
	var b strings.Builder
	y := 40
	title := wrapped(c.Title, 50, 3)
	columns := 2
	if len(c.Groups) <= 3 {
		columns = 1
	}
	lines := (len(c.Groups) + columns - 1) / columns
	top := y + 38*len(title) + 30 + 62
	base := top + chartRadius + 12
	_, dot := seatsOf(min(max(1, c.Seats()), MostSeats))
	legend := base + 50 + int(dot*chartRadius)
	height := legend + lines*legendLine + 76
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-labelledby="title description" font-family="'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif" fill="#1A1A1A">`+"\n", chartWidth, height)
	fmt.Fprintf(&b, "<title id=\"title\">%s</title>\n<desc id=\"description\">%s</desc>\n", xmlText(c.Title), xmlText(c.Describe()))
	fmt.Fprintf(&b, "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n<rect x=\"%d\" y=\"0\" width=\"72\" height=\"7\" fill=\"#1A1A1A\"/>\n", chartWidth, height, paper, chartMargin)
	for _, line := range title {
		y += 38
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-family=\"Georgia, 'Times New Roman', 'Liberation Serif', serif\" font-size=\"33\" font-weight=\"700\">%s</text>\n", chartMargin, y-8, xmlText(line))
	}
	fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"18\" fill=\"#595959\">%s</text>\n", chartMargin, y+22, xmlText(shortened(c.Subtitle, 100)))
	c.draw(&b, chartWidth/2, float64(base), chartRadius, false)
	wide := (chartWidth - 2*chartMargin - (columns-1)*44) / columns
	for i := range c.Groups {
		g := &c.Groups[i]
		x, at := chartMargin+(i/lines)*(wide+44), legend+(i%lines)*legendLine
		fmt.Fprintf(&b, "<circle cx=\"%d\" cy=\"%d\" r=\"7\" %s/>", x+8, at-6, dotPaint(g, 1.5))
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"17\">%s</text>", x+25, at, xmlText(shortened(g.Name, (wide-70)*10/83)))
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"17\" font-weight=\"700\" text-anchor=\"end\">%s</text>\n", x+wide, at, grouped(int64(g.Seats)))
	}
	foot := height - 52
	fmt.Fprintf(&b, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%[2]d\" stroke=\"#BDBDBD\"/>\n", chartMargin, foot, chartWidth-chartMargin)
	fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"14\" fill=\"#595959\">%s</text>\n", chartMargin, foot+22, xmlText(shortened(joined(c.Source, c.Licence), 130)))
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// inline is the half-circle for a page, whose style sheet knows its classes. Titles and legend are the
// page's own.
func (c *Chamber) inline() string {
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
	if n == 0 || n > MostSeats {
		return
	}
	seats, dot := seatsOf(n)
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
			c.Majority, coordinate(x+radius*from*math.Cos(angle)), coordinate(y-radius*from*math.Sin(angle)),
			coordinate(x+radius*to*math.Cos(angle)), coordinate(y-radius*to*math.Sin(angle)), line)
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
				coordinate(x+radius*(to+0.02)*cos), coordinate(y-radius*(to+0.025)*math.Sin(angle)), coordinate(radius*0.052), anchor, faint, grouped(int64(c.Majority)))
		}
	}
	next := 0
	for i := range c.Groups {
		g := &c.Groups[i]
		if g.Seats == 0 {
			continue
		}
		fmt.Fprintf(b, `<g class="%s" %s><title>%s: %s</title>`, groupClass(g), dotPaintIn(g, dot*radius*0.16, styled), xmlText(g.Name), counted(int64(g.Seats), "seat"))
		r := dot * radius
		if class := groupClass(g); class != "group" && (styled || class != "group deep") {
			r -= dot * radius * 0.08 // half of the outline, so that the dot stays in its place
		}
		for _, s := range seats[next : next+g.Seats] {
			fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="%s"/>`, coordinate(x+radius*s.x), coordinate(y-radius*s.y), coordinate(r))
		}
		b.WriteString("</g>\n")
		next += g.Seats
	}
	if room := min(inner-dot, 0.4) * radius; room > 60 {
		fmt.Fprintf(b, `<text class="total" x="%s" y="%s" font-size="%s" font-weight="700" text-anchor="middle"%s>%s</text>`,
			coordinate(x), coordinate(y-room*0.22), coordinate(room*0.52), ink, grouped(int64(n)))
		fmt.Fprintf(b, `<text class="unit" x="%s" y="%s" font-size="%s" text-anchor="middle"%s>%s</text>`+"\n",
			coordinate(x), coordinate(y), coordinate(room*0.16), faint, strings.TrimPrefix(counted(int64(n), "seat"), grouped(int64(n))+" "))
	}
}

// groupClass tells the style sheet which dots need an outline: pale ones in the light, deep ones in the
// dark.
func groupClass(g *Group) string {
	c, ok := parseColour(g.Colour)
	switch {
	case g.Unlisted || !ok:
		return "group unlisted"
	case contrast(c, paper) < outlined:
		return "group pale"
	case contrast(c, night) < outlined:
		return "group deep"
	}
	return "group"
}

// dotPaint is the attributes of a dot on white.
func dotPaint(g *Group, width float64) string {
	c, ok := parseColour(g.Colour)
	switch {
	case g.Unlisted || !ok:
		return fmt.Sprintf(`fill="%s" stroke="#767676" stroke-width="%s"`, paper, coordinate(width))
	case contrast(c, paper) < outlined:
		return fmt.Sprintf(`fill="%s" stroke="#595959" stroke-width="%s"`, c, coordinate(width))
	}
	return fmt.Sprintf(`fill="%s"`, c)
}

// dotPaintIn is the same; where a style sheet gives the outline, its width alone.
func dotPaintIn(g *Group, width float64, styled bool) string {
	if !styled {
		return dotPaint(g, width)
	}
	c, ok := parseColour(g.Colour)
	if g.Unlisted || !ok {
		return fmt.Sprintf(`stroke-width="%s"`, coordinate(width))
	}
	return fmt.Sprintf(`fill="%s" stroke-width="%s"`, c, coordinate(width))
}

// coordinate is a number of the drawing, in hundredths.
func coordinate(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// Plain is a text on one line, without characters that draw nothing themselves and turn others round.
func Plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// xmlText is a text as XML writes it, in an element or an attribute.
func xmlText(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(Plain(s))); err != nil { // a Builder takes everything
		return ""
	}
	return b.String()
}

// width is how many letters wide a text is, about: those of East Asia and emoji take two.
func width(s string) (n int) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x1F000:
			n += 2
		default:
			n++
		}
	}
	return n
}

// shortened is a text no wider than so many letters, with an ellipsis where something is left out.
func shortened(s string, letters int) string {
	s = Plain(s)
	if width(s) <= letters {
		return s
	}
	n := 0
	for i, r := range s {
		if n += width(string(r)); n >= letters {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
	}
	return s
}

// wrapped is a text in lines no wider than so many letters; the last one is shortened.
func wrapped(s string, letters, most int) (lines []string) {
	line := ""
	words := strings.Fields(Plain(s))
	for i, word := range words {
		if line != "" && width(line)+1+width(word) > letters {
			if len(lines)+1 == most {
				return append(lines, shortened(line+" "+strings.Join(words[i:], " "), letters))
			}
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, shortened(line, letters))
}

// joined joins what is there with a point between.
func joined(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, " · ")
}

// counted is a number with its noun.
func counted(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// grouped is a number with a comma between thousands, as English writes it.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Title is what an election is called, on one line: the box's own name, or else the page's title,
// or the name of its file.
func Title(e *schemas.Election) string {
	return cmp.Or(Plain(e.Name), Plain(e.Document.Title), Plain(path.Base(e.Document.URI)), Plain(e.ID))
}

// longDate is the day or days of an election in words, or what the box says of them.
func longDate(e *schemas.Election) string {
	switch {
	case !e.Date.Full():
		return Plain(e.DateRaw)
	case e.DateEnd.Full() && e.DateEnd != e.Date:
		return e.Date.Time().Format("2 January 2006") + " to " + e.DateEnd.Time().Format("2 January 2006")
	}
	return e.Date.Time().Format("2 January 2006")
}

// sourceName is the page that an election was read from, in words.
func sourceName(e *schemas.Election) string {
	title := Plain(e.Document.Title)
	switch {
	case title == "":
		return Plain(e.Document.URI)
	case e.Document.Wiki != "" || e.Document.PageURL != "":
		return "Wikipedia, “" + title + "”"
	}
	return "“" + title + "”"
}

func revisionName(e *schemas.Election) string {
	if e.Document.RevisionID == nil {
		return ""
	}
	return "revision " + strconv.FormatInt(*e.Document.RevisionID, 10)
}
