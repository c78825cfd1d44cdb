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
	"testing"

	"pgregory.net/rapid"

	"hemicycle/load/wording"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// drawnGroup is a group of dots as a drawing has it.
type drawnGroup struct {
	fill, title string
	dots        []circle
}

// circle is a dot of a drawing.
type circle struct{ x, y, radius float64 }

// drawing is what a test reads out of an SVG file.
type drawing struct {
	viewBox  [4]float64
	groups   []drawnGroup
	legend   []circle
	texts    []string
	majority string
	mark     [4]float64 // x1, y1, x2, y2 of the line that marks the majority
	open     []string   // names of the elements that are open
}

// readDrawing reads a drawing the way an XML reader does, which refuses what is not well-formed.
func readDrawing(t testing.TB, svg string) *drawing {
	t.Helper()
	d, err := parseDrawing(svg)
	if err != nil {
		t.Fatalf("%v in\n%.400s", err, svg)
	}
	return d
}

func parseDrawing(svg string) (*drawing, error) {
	d := &drawing{}
	for decoder := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return d, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			d.open = append(d.open, e.Name.Local)
			if err := d.start(e); err != nil {
				return nil, err
			}
		case xml.EndElement:
			d.open = d.open[:len(d.open)-1]
		case xml.CharData:
			d.text(string(e))
		case xml.Comment, xml.ProcInst, xml.Directive:
			return nil, fmt.Errorf("%T: a chart has none", e)
		}
	}
}

// start takes the beginning of an element.
func (d *drawing) start(e xml.StartElement) (err error) {
	attributes := map[string]string{}
	for _, a := range e.Attr {
		attributes[a.Name.Local] = a.Value
		if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
			return fmt.Errorf("an attribute %s: a chart has none", a.Name.Local)
		}
	}
	number := func(text string) float64 {
		f, numberErr := strconv.ParseFloat(text, 64)
		err = errors.Join(err, numberErr)
		return f
	}
	switch e.Name.Local {
	case "svg":
		for i, s := range strings.Fields(attributes["viewBox"]) {
			d.viewBox[i] = number(s)
		}
	case "g":
		if strings.HasPrefix(attributes["class"], "group") {
			d.groups = append(d.groups, drawnGroup{fill: attributes["fill"]})
		} else {
			d.majority = attributes["data-seats"]
		}
	case "circle":
		drawn := circle{number(attributes["cx"]), number(attributes["cy"]), number(attributes["r"])}
		if d.open[len(d.open)-2] == "g" {
			g := &d.groups[len(d.groups)-1]
			g.dots = append(g.dots, drawn)
		} else {
			d.legend = append(d.legend, drawn)
		}
	case "line":
		if d.open[len(d.open)-2] == "g" {
			for i, name := range []string{"x1", "y1", "x2", "y2"} {
				d.mark[i] = number(attributes[name])
			}
		}
	case "title", "desc", "rect", "text":
	default:
		return fmt.Errorf("an element %s: a chart has none", e.Name.Local)
	}
	return err
}

// text takes the text of an element.
func (d *drawing) text(content string) {
	if n := len(d.open); n > 1 && d.open[n-1] == "title" && d.open[n-2] == "g" {
		d.groups[len(d.groups)-1].title = content
	}
	if n := len(d.open); n > 0 && d.open[n-1] == "text" {
		d.texts = append(d.texts, content)
	}
}

// checkOverlap finds two dots that overlap. It looks only at dots in the same or in a neighbouring square.
func checkOverlap(dots []circle) error {
	diameter := 0.0
	for _, d := range dots {
		diameter = max(diameter, 2*d.radius)
	}
	squares := map[[2]int][]circle{}
	for _, d := range dots {
		x, y := int(math.Floor(d.x/diameter)), int(math.Floor(d.y/diameter))
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, o := range squares[[2]int{x + dx, y + dy}] {
					if gap := math.Hypot(d.x-o.x, d.y-o.y) - d.radius - o.radius; gap < 0.05*diameter {
						return fmt.Errorf("the dots %v and %v are %.4f apart", d, o, gap)
					}
				}
			}
		}
		squares[[2]int{x, y}] = append(squares[[2]int{x, y}], d)
	}
	return nil
}

// checkDrawing compares a drawing with the chamber that it shows.
func checkDrawing(c *Chamber, d *drawing) error {
	var all []circle
	i := 0
	for _, g := range c.Groups {
		if g.Seats == 0 {
			continue
		}
		if i >= len(d.groups) {
			return fmt.Errorf("%d groups are drawn, and %q is not among them", len(d.groups), g.Name)
		}
		drawn := d.groups[i]
		i++
		if len(drawn.dots) != g.Seats {
			return fmt.Errorf("%q has %d dots, expected %d", g.Name, len(drawn.dots), g.Seats)
		}
		if !g.isNobody() && drawn.fill != g.Colour {
			return fmt.Errorf("%q is drawn in %s, expected %s", g.Name, drawn.fill, g.Colour)
		}
		all = append(all, drawn.dots...)
	}
	if i != len(d.groups) {
		return fmt.Errorf("%d groups are drawn, expected %d", len(d.groups), i)
	}
	for _, c := range all {
		insideX := c.x-c.radius >= 0 && c.x+c.radius <= d.viewBox[2]
		insideY := c.y-c.radius >= 0 && c.y+c.radius <= d.viewBox[3]
		if c.radius <= 0 || !insideX || !insideY {
			return fmt.Errorf("the dot %v is not inside %v", c, d.viewBox)
		}
	}
	if err := checkMark(c, d, all); err != nil {
		return err
	}
	return checkOverlap(all)
}

// checkMark expects that the line that marks the majority has as many dots on its left as make a majority.
func checkMark(c *Chamber, d *drawing, dots []circle) error {
	if c.Majority == 0 {
		return nil
	}
	// Coordinates are rounded to hundredths, and dots of several rows can be at the angle of the line.
	const tolerance = 0.1
	x, y := d.mark[2]-d.mark[0], d.mark[3]-d.mark[1]
	least, most := 0, 0
	for _, o := range dots {
		distance := (x*(o.y-d.mark[1]) - y*(o.x-d.mark[0])) / math.Hypot(x, y)
		if distance < -tolerance {
			least++
		}
		if distance < tolerance {
			most++
		}
	}
	if c.Majority < least || c.Majority > most {
		return fmt.Errorf("%d to %d dots are on the left of the mark, expected %d", least, most, c.Majority)
	}
	return nil
}

func TestEveryCountOfSeats(t *testing.T) {
	counts := []int{999, 1500, 2222, 2980, MaxSeats}
	for n := 1; n <= 700; n++ {
		counts = append(counts, n)
	}
	for _, n := range counts {
		c := &Chamber{Title: "every", Groups: []Group{{Name: "all", Colour: "#123456", Seats: n}}, Majority: n/2 + 1}
		var b strings.Builder
		if err := Write(&b, c); err != nil {
			t.Fatal(err)
		}
		for _, svg := range []string{b.String(), c.Inline()} {
			if err := checkDrawing(c, readDrawing(t, svg)); err != nil {
				t.Fatalf("%d seats: %v", n, err)
			}
		}
	}
}

func TestChambersAtRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seats := rapid.IntRange(1, 700).Draw(t, "seats")
		groups := rapid.IntRange(1, min(40, seats)).Draw(t, "groups")
		c := &Chamber{Title: rapid.String().Draw(t, "title"), Majority: rapid.IntRange(0, seats).Draw(t, "majority")}
		for i := range groups {
			g := Group{Name: rapid.String().Draw(t, "name"), Seats: 1}
			if rapid.Bool().Draw(t, "coloured") {
				g.Colour = fmt.Sprintf("#%06X", rapid.IntRange(0, 1<<24-1).Draw(t, "colour"))
			}
			if i == groups-1 {
				g.Seats = seats - (c.Seats())
			} else if room := seats - c.Seats() - (groups - i); room > 0 {
				g.Seats += rapid.IntRange(0, room).Draw(t, "more")
			}
			c.Groups = append(c.Groups, g)
		}
		AssignColours(c.Groups)
		var b strings.Builder
		if err := Write(&b, c); err != nil {
			t.Fatal(err)
		}
		d, err := parseDrawing(b.String())
		if err != nil {
			t.Fatal(err)
		}
		if err := checkDrawing(c, d); err != nil {
			t.Fatal(err)
		}
		if len(d.legend) != groups {
			t.Fatalf("the legend has %d rows, expected %d", len(d.legend), groups)
		}
		if want := strconv.Itoa(c.Majority); c.Majority > 0 && d.majority != want {
			t.Fatalf("the majority is marked at %s, expected %s", d.majority, want)
		}
		// From left to right, no group reaches back behind the group before it.
		angle := func(g drawnGroup) (least, most float64) {
			least, most = math.Inf(1), math.Inf(-1)
			for _, c := range g.dots {
				a := math.Atan2(c.x-chartWidth/2, d.groups[0].dots[0].y-c.y)
				least, most = min(least, a), max(most, a)
			}
			return least, most
		}
		for i := 1; i < len(d.groups); i++ {
			_, before := angle(d.groups[i-1])
			if after, _ := angle(d.groups[i]); after < before-0.001 {
				t.Fatalf("group %d begins at %.4f, where the one before it goes to %.4f: no wedge", i, after, before)
			}
		}
	})
}

func TestGivenColours(t *testing.T) {
	groups := make([]Group, 40)
	groups[3].Colour = "#0072B2" // given by the box: no other group gets it
	AssignColours(groups)
	for i, a := range groups {
		if _, ok := ParseColour(a.Colour); !ok {
			t.Errorf("group %d has the colour %q", i, a.Colour)
		}
		for j, b := range groups[:i] {
			if a.Colour == b.Colour {
				t.Errorf("groups %d and %d both have %s", j, i, a.Colour)
			}
		}
	}
	for i, a := range groups[:7] {
		for j, b := range groups[:i] {
			one, _ := ParseColour(a.Colour)
			other, _ := ParseColour(b.Colour)
			if d := colourDistance(perceive(one), []usedColour{{perceive(other), 1}}); d < 0.05 {
				t.Errorf("groups %d and %d, %s and %s, are %.3f apart for some kind of colour vision", j, i, a.Colour,
					b.Colour, d)
			}
		}
	}
	if groups[3].Colour != "#0072B2" {
		t.Error("a colour of the box was changed")
	}
}

// A new colour keeps away from the stated colour of a neighbour twice as far as from that of another group.
func TestNeighboursHaveOtherColours(t *testing.T) {
	const similar = "#1060A0" // to the first of the distinct colours
	first := distinctColours[0].String()
	a, _ := ParseColour(similar)
	d := colourDistance(perceive(a), []usedColour{{perceive(distinctColours[0]), 1}})
	if d <= minColourDistance/2 || d >= minColourDistance {
		t.Fatalf("%s is %.3f from %s, expected more than half of %v and less than all of it",
			similar, d, first, minColourDistance)
	}
	for _, c := range []struct {
		name   string
		groups []Group
		want   bool // the group without a colour gets the first of the distinct colours
	}{
		{"on its left", []Group{{Colour: similar}, {}}, false},
		{"on its right", []Group{{}, {Colour: similar}}, false},
		{"elsewhere", []Group{{Colour: similar}, {Colour: "#D55E00"}, {}}, true},
		{"given before", []Group{{}, {Colour: "#D55E00"}, {}}, false},
	} {
		empty := slices.IndexFunc(c.groups, func(g Group) bool { return g.Colour == "" })
		if c.name == "given before" {
			empty = 2
		}
		AssignColours(c.groups)
		if got := c.groups[empty].Colour; (got == first) != c.want {
			t.Errorf("%s: the group gets %s", c.name, got)
		}
	}
}

// A dot has an outline if it could hardly be seen on the background.
func TestGroupClass(t *testing.T) {
	for _, c := range []struct {
		group Group
		want  string
	}{
		{Group{Colour: "#AAAAAA"}, "group"}, // a contrast of 2.3 with white
		{Group{Colour: "#BBBBBB"}, "group pale"},
		{Group{Colour: "#505050"}, "group"}, // a contrast of 2.2 with the dark background
		{Group{Colour: "#404040"}, "group deep"},
		{Group{Colour: "#505050", Unlisted: true}, "group unlisted"},
		{Group{Colour: "#505050", Vacant: true}, "group vacant"},
		{Group{Colour: "red"}, "group unlisted"},
	} {
		if got := GroupClass(&c.group); got != c.want {
			t.Errorf("%+v: %q, expected %q", c.group, got, c.want)
		}
	}
}

// Groups of one size keep the order of the box.
func TestSortBySize(t *testing.T) {
	c := &Chamber{Groups: []Group{{Name: "unlisted", Seats: 9, Unlisted: true}}}
	var want []string
	for i := range 40 {
		c.Groups = append(c.Groups, Group{Name: fmt.Sprint(i), Seats: 3})
		want = append(want, fmt.Sprint(i))
	}
	c.Groups = append(c.Groups, Group{Name: "largest", Seats: 4})
	c.SortBySize()
	var got []string
	for _, g := range c.Groups {
		got = append(got, g.Name)
	}
	if want := slices.Concat([]string{"largest"}, want, []string{"unlisted"}); !slices.Equal(got, want) {
		t.Errorf("%v, expected %v", got, want)
	}
}

// The ratios are those of the examples in WCAG: black on white, and the lightest grey that meets level AA on white.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b RGB
		want float64
	}{
		{RGB{0, 0, 0}, RGB{255, 255, 255}, 21},
		{RGB{255, 255, 255}, RGB{255, 255, 255}, 1},
		{RGB{0x76, 0x76, 0x76}, RGB{255, 255, 255}, 4.54},
		{RGB{255, 0, 0}, RGB{255, 255, 255}, 4.00},
	} {
		if got := Contrast(c.a, c.b); math.Abs(got-c.want) > 0.005 {
			t.Errorf("%v on %v: %.3f, expected %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestChamberOf(t *testing.T) {
	party := func(name string, seats int64) schemas.Contender {
		return schemas.Contender{Name: name, Seats: &seats}
	}
	seats := func(n int64) *int64 { return &n }
	vacant := schemas.Contender{Name: "Vacant seats", Kind: schemas.KindVacant, Seats: seats(2), Colour: "#FF0000"}
	for _, c := range []struct {
		name             string
		total, contested *int64
		majority         *int64
		contenders       []schemas.Contender
		err              error
		groups           string
		wantMajority     int
		computed         bool
	}{
		{name: "all listed", total: seats(5), contenders: []schemas.Contender{party("A", 3), party("B", 2)},
			groups: "A 3, B 2", wantMajority: 3, computed: true},
		{name: "some listed", total: seats(9), contenders: []schemas.Contender{party("A", 3), party("B", 2)},
			groups: "A 3, B 2, not listed in the box 4", wantMajority: 5, computed: true},
		{name: "some vacant", total: seats(9), contenders: []schemas.Contender{party("A", 3), vacant, party("B", 2)},
			groups: "A 3, B 2, vacant 2, not listed in the box 2", wantMajority: 5, computed: true},
		{name: "half is no majority", total: seats(4), contenders: []schemas.Contender{party("A", 2), party("B", 2)},
			groups: "A 2, B 2", wantMajority: 3, computed: true},
		{name: "stated", total: seats(9), majority: seats(6), contenders: []schemas.Contender{party("A", 9)},
			groups: "A 9", wantMajority: 6},
		{name: "the whole chamber as its majority", total: seats(9), majority: seats(9),
			contenders: []schemas.Contender{party("A", 9)}, groups: "A 9", wantMajority: 9},
		{name: "a part of the chamber is elected", total: seats(9), contested: seats(3),
			contenders: []schemas.Contender{party("A", 3)}, groups: "A 3"},
		{name: "held afterwards", total: seats(9), contested: seats(3),
			contenders: []schemas.Contender{party("A", 9)}, groups: "A 9", wantMajority: 5, computed: true},
		{name: "more than there are", total: seats(4), contenders: []schemas.Contender{party("A", 5)}, groups: "A 5"},
		{name: "no size", contenders: []schemas.Contender{party("A", 5), party("B", 0), {Name: "C"}}, groups: "A 5"},
		{name: "a majority beyond what is drawn", majority: seats(50), contenders: []schemas.Contender{party("A", 5)},
			groups: "A 5"},
		{name: "no seats", total: seats(4), contenders: []schemas.Contender{{Name: "A"}}, err: ErrNoSeats},
		{name: "the most seats that are drawn", contenders: []schemas.Contender{party("A", MaxSeats)},
			groups: fmt.Sprintf("A %d", MaxSeats)},
		{name: "one seat too many", contenders: []schemas.Contender{party("A", MaxSeats), party("B", 1)},
			err: ErrTooLarge},
		{name: "too many", contenders: []schemas.Contender{party("A", math.MaxInt32), party("B", math.MaxInt64)},
			err: ErrTooLarge},
		{name: "too large", total: seats(math.MaxInt64), contenders: []schemas.Contender{party("A", 3)},
			err: ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ChamberOf(&schemas.Election{
				Document: &schemas.Document{}, SeatsTotal: c.total, SeatsContested: c.contested,
				MajoritySeats: c.majority, Contenders: c.contenders,
			})
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v, expected %v", err, c.err)
			}
			if err != nil {
				return
			}
			var groups []string
			for _, g := range got.Groups {
				groups = append(groups, fmt.Sprintf("%s %d", g.Name, g.Seats))
			}
			if s := strings.Join(groups, ", "); s != c.groups {
				t.Errorf("the groups are %s, expected %s", s, c.groups)
			}
			if got.Majority != c.wantMajority || got.Computed != c.computed {
				t.Errorf("the majority is %d, computed %v; expected %d, computed %v",
					got.Majority, got.Computed, c.wantMajority, c.computed)
			}
		})
	}
}

// Vacant seats have no colour, neither that of the box nor one of those that are given to parties: they are drawn as
// broken rings, stand behind the parties, and the legend calls them vacant.
func TestVacantSeatsAreNoParty(t *testing.T) {
	seats := int64(3)
	e := &schemas.Election{
		Document: &schemas.Document{URI: "/home/somebody/pages/council.txt"},
		Contenders: []schemas.Contender{
			{Position: 1, Kind: schemas.KindVacant, Name: "Vacancies", Seats: &seats, Colour: "#AA00AA"},
			{Position: 2, Kind: schemas.KindParty, Name: "Alpha", Seats: &seats},
			{Position: 3, Kind: schemas.KindParty, Name: "Beta", Seats: &seats},
		},
	}
	c, err := ChamberOf(e)
	if err != nil {
		t.Fatal(err)
	}
	c.SortBySize()
	last := c.Groups[2]
	if !last.Vacant || last.Colour != "" || last.Name != "vacant" || last.Position != 1 {
		t.Errorf("the last group is %+v", last)
	}
	if c.Groups[0].Colour == "" || c.Groups[0].Colour == c.Groups[1].Colour {
		t.Errorf("the parties have the colours %q and %q", c.Groups[0].Colour, c.Groups[1].Colour)
	}
	var b strings.Builder
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	for drawing, texts := range map[string][]string{
		b.String(): {`<g class="group vacant" fill="#FFFFFF" stroke="#767676"`, "stroke-dasharray=", ">vacant</text>",
			"Source: council.txt"},
		c.Inline(): {`<g class="group vacant" stroke-width=`, "stroke-dasharray="},
	} {
		for _, text := range texts {
			if !strings.Contains(drawing, text) {
				t.Errorf("the drawing has no %s:\n%.900s", text, drawing)
			}
		}
		if strings.Contains(drawing, "AA00AA") || strings.Contains(drawing, "somebody") {
			t.Error("the drawing has the colour of the vacant seats, or the folder of the source")
		}
	}
}

// A chart is well-formed XML that shows the names of a page whatever they are, and nothing of them becomes an element.
func TestHostileNamesInAChart(t *testing.T) {
	names := append([]string{"\u202eright to left\u202c", "a\x00b\x1bc\ufffe", "]]>", "--><!--",
		strings.Repeat("W", 9000), strings.Repeat("漢字 ", 900)}, schemastest.HostileTexts...)
	for _, name := range names {
		c := &Chamber{Title: name, Subtitle: name, Source: name, Licence: name, Majority: 2, Groups: []Group{
			{Name: name, Colour: "#00FFA0", Seats: 2}, {Name: name, Colour: `red" onload="x`, Seats: 1},
		}}
		AssignColours(c.Groups)
		var b strings.Builder
		if err := Write(&b, c); err != nil {
			t.Fatal(err)
		}
		d := readDrawing(t, b.String())
		if err := checkDrawing(c, d); err != nil {
			t.Errorf("%.40q: %v", name, err)
		}
		want := strings.TrimSuffix(wording.Shorten(name, 40), "…")
		isXML := !strings.ContainsAny(want, "\ufffe") // which XML has no way to write
		if isXML && !strings.Contains(strings.Join(d.texts, "\n"), want) {
			t.Errorf("%.40q is not written as it is:\n%.300q", name, d.texts)
		}
		if strings.ContainsAny(b.String(), "\u202e\x00\x1b") {
			t.Errorf("%.40q: the file has a control character or one that changes the direction of the text", name)
		}
	}
}
