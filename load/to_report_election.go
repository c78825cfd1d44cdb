package load

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// electionPage is the page of one election.
type electionPage struct {
	page
	Box                     string // what tells it from other boxes of its page
	Place, PlaceHref        string
	Date                    string
	Standfirst              []string
	Chamber                 template.HTML // the half-circle; "" where there is none
	NoChamber               string        // why there is none
	Legend                  []legendRow
	Mark                    string // what the mark in the half-circle is
	Siblings                []link
	Previous, Next          *link
	Errors, Warnings, Notes int
	Columns                 []column
	Contenders              []contenderRow
	Sums                    []figure // below the table; none where there is one contender
	Against                 []againstRow
	Change                  []changeRow
	Facts                   []fact
	Offices                 []schemas.Office
	Measures                []measureRow
	Doubts, Quiet           []findingRow
	Claims                  []claimRow
	Origin                  []fact
	Fields                  []fieldRow
}

// figure is a value as the page shows it, with where it comes from.
type figure struct {
	Text    string
	Sort    string // what the column is sorted by; "" where it is the text
	Field   int    // number of the raw field; 0 where the value has none of its own
	Hint    string // the raw field in words
	Finding int    // number of a finding on that field; 0 where none doubts it
	Status  schemas.Status
	Href    string // an address outside; "" for none
}

// fact is a figure with its name.
type fact struct {
	Label string
	figure
	Note string
}

type legendRow struct {
	Name, Colour, Class, Seats string
}

// column is a column of the table of contenders that has a value in some row.
type column struct {
	Title  string
	Number bool
}

type contenderRow struct {
	Colour, Class string
	Name          string
	Cells         []figure // one a column
}

// againstRow is a bar of the seats and a line of the votes, in percent of the longest.
type againstRow struct {
	Name, Colour, Class, Seats, Votes, Width, At string
}

// changeRow is a bar that goes left for a loss and right for a gain, in percent of the width.
type changeRow struct {
	Name, Colour, Class, Text, From, Width string
}

type measureRow struct {
	Name, Meaning, Value, Low, High, Treatment string
}

type findingRow struct {
	Ordinal                                                  int
	Status                                                   schemas.Status
	Word, Message, Meaning, Check, Expected, Observed, Where string
	Field                                                    int
}

type claimRow struct {
	Subject, Value, Excerpt, Where string
}

type fieldRow struct {
	Ordinal            int
	Key, Target, Place string
	Raw, Cut           string   // the value, and how much more of it there is
	Footnotes          []string // what those of the value say
	FootnotesCut       string
	Finding            int
	Status             schemas.Status
}

// electionMaker makes the page of an election.
type electionMaker struct {
	e       *schemas.Election
	origin  map[originKey]int // number of the field that was read into a column
	doubted map[int]int       // index of the gravest finding on a field
}

// originKey is a column, for a contender where position is above 0.
type originKey struct {
	target   string
	position int
}

// rank orders findings from grave to harmless.
func rank(s schemas.Status) int {
	return slices.Index([]schemas.Status{schemas.Error, schemas.Warn, schemas.Note, schemas.Pass, schemas.Skip}, s)
}

// statusWords says to a newcomer what a status is.
var statusWords = map[schemas.Status]string{
	schemas.Error: "Error", schemas.Warn: "Warning", schemas.Note: "Note", schemas.Pass: "Passed", schemas.Skip: "Not asked",
}

func newElectionMaker(e *schemas.Election) *electionMaker {
	m := &electionMaker{e: e, origin: map[originKey]int{}, doubted: map[int]int{}}
	for i := range e.Fields {
		f := &e.Fields[i]
		if f.Target != "" { // of a key that stands twice, the last one counts
			m.origin[originKey{f.Target, f.Position}] = i
		}
	}
	for i := range e.Findings {
		f := &e.Findings[i]
		if !f.Status.Doubtful() || f.Field == 0 {
			continue
		}
		if was, ok := m.doubted[f.Field]; !ok || rank(f.Status) < rank(e.Findings[was].Status) {
			m.doubted[f.Field] = i
		}
	}
	return m
}

// figure is a text with the field that was read into a column.
func (m *electionMaker) figure(text, target string, position int) figure {
	f := figure{Text: text}
	i, ok := m.origin[originKey{target, position}]
	if !ok {
		return f
	}
	raw := &m.e.Fields[i]
	f.Field = raw.Ordinal
	f.Hint = shortened(placeWords(raw.Line, raw.Path), 80) + ": " + shortened(raw.Key+" = "+raw.Raw, 120)
	f.Hint = strings.TrimPrefix(f.Hint, ": ")
	if j, ok := m.doubted[raw.Ordinal]; ok {
		f.Finding, f.Status = m.e.Findings[j].Ordinal, m.e.Findings[j].Status
	}
	return f
}

func (m *electionMaker) number(n *int64, target string, position int) figure {
	if n == nil {
		return m.figure("", target, position)
	}
	f := m.figure(grouped(*n), target, position)
	f.Sort = strconv.FormatInt(*n, 10)
	return f
}

// change is a number with its sign.
func (m *electionMaker) change(n *int64, target string, position int) figure {
	f := m.number(n, target, position)
	if n != nil && *n > 0 {
		f.Text = "+" + f.Text
	}
	return f
}

func (m *electionMaker) share(d *decimal.Decimal, target string, position int) figure {
	if d == nil {
		return m.figure("", target, position)
	}
	f := m.figure(percent(*d), target, position)
	f.Sort = d.String()
	return f
}

// percent is a share with two digits, or more where it has more.
func percent(d decimal.Decimal) string {
	s := d.StringFixed(schemas.ShareScale)
	for len(s)-strings.IndexByte(s, '.') > 3 && s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	return strings.Replace(s, "-", "−", 1) + "%"
}

// points is a change of a share, in percentage points.
func points(d decimal.Decimal) string {
	s := strings.TrimSuffix(percent(d), "%")
	if d.IsPositive() {
		s = "+" + s
	}
	return s + " pp"
}

func placeWords(line int, path string) string {
	switch {
	case line > 0:
		return "line " + strconv.Itoa(line)
	default:
		return Plain(path)
	}
}

// writeElection writes the page of one election.
func (r *report) writeElection(n int, e *schemas.Election) error {
	entry := &r.directory.entries[n]
	m := newElectionMaker(e)
	p := &electionPage{page: r.page("../../", entry.full()), Box: entry.box, Place: entry.placeName(), PlaceHref: placeFile(entry.placeName(), 0), Date: entry.date,
		Errors: entry.errors, Warnings: entry.warnings, Notes: entry.notes, Offices: e.Offices}
	p.Title = entry.title
	p.chamber(e)
	colours := p.colours(e)
	p.Standfirst = standfirst(e)
	p.neighbours(r.directory, n, e)
	p.contenders(m, colours)
	p.against(e, colours)
	p.change(e, colours)
	p.facts(m, r.directory, entry)
	p.measures(r, e)
	p.findings(r, m)
	p.claims(e)
	p.provenance(m)
	return r.write(entry.href(), "election.html", p)
}

// chamber draws the half-circle, or says why there is none.
func (p *electionPage) chamber(e *schemas.Election) {
	c, err := ChamberOf(e)
	if err != nil {
		p.NoChamber = err.Error()
		return
	}
	p.Chamber = template.HTML(c.inline()) // every text in it is escaped where it is written
	for i := range c.Groups {
		g := &c.Groups[i]
		p.Legend = append(p.Legend, legendRow{Name: Plain(g.Name), Colour: g.Colour, Class: groupClass(g), Seats: grouped(int64(g.Seats))})
	}
	switch {
	case c.Majority > 0 && c.Computed:
		p.Mark = fmt.Sprintf("The line marks a majority of %d, more than half of the seats; the box does not state one.", c.Majority)
	case c.Majority > 0:
		p.Mark = fmt.Sprintf("The line marks a majority of %d, as the box states it.", c.Majority)
	}
}

// colours is the colour of each contender: as in the half-circle, or else its own, or grey.
func (p *electionPage) colours(e *schemas.Election) []Group {
	groups := make([]Group, len(e.Contenders))
	seated := 0
	for i := range e.Contenders {
		c := &e.Contenders[i]
		groups[i] = Group{Name: Plain(c.Label()), Colour: c.Colour}
		if p.Chamber != "" && c.Seats != nil && *c.Seats > 0 {
			groups[i].Colour = p.Legend[seated].Colour
			seated++
		} else if _, ok := parseColour(c.Colour); !ok && p.Chamber != "" {
			groups[i].Colour = "#8A8A8A"
		}
	}
	if p.Chamber == "" && len(groups) <= 40 {
		giveColours(groups)
	}
	for i := range groups {
		if _, ok := parseColour(groups[i].Colour); !ok {
			groups[i].Colour = "#8A8A8A"
		}
	}
	return groups
}

// standfirst says the outcome in a few sentences, as far as the box gives it.
func standfirst(e *schemas.Election) (sentences []string) {
	if e.Status == "future" {
		return []string{"The page says that this election is still to come."}
	}
	if i := largest(e.Contenders); i >= 0 {
		most := *e.Contenders[i].Seats
		equal := 0
		for j := range e.Contenders {
			if n := e.Contenders[j].Seats; n != nil && *n == most {
				equal++
			}
		}
		of := ""
		if e.SeatsTotal != nil && *e.SeatsTotal >= most {
			of = " of " + grouped(*e.SeatsTotal)
		}
		if equal > 1 {
			sentences = append(sentences, fmt.Sprintf("%d contenders share the lead with %s each%s.", equal, counted(most, "seat"), of))
		} else {
			sentences = append(sentences, fmt.Sprintf("%s has the most seats: %s%s.", Plain(e.Contenders[i].Label()), grouped(most), of))
		}
		switch {
		case e.MajoritySeats == nil:
		case most >= *e.MajoritySeats:
			sentences = append(sentences, fmt.Sprintf("That is a majority, for which %s are needed.", grouped(*e.MajoritySeats)))
		default:
			sentences = append(sentences, fmt.Sprintf("Nobody reaches the %s that make a majority.", grouped(*e.MajoritySeats)))
		}
	} else if i := mostVotes(e.Contenders); i >= 0 {
		sentences = append(sentences, fmt.Sprintf("%s has the largest share of the votes listed, %s.", Plain(e.Contenders[i].Label()), percent(*e.Contenders[i].VotePct)))
	}
	if e.TurnoutPct != nil {
		sentences = append(sentences, fmt.Sprintf("Turnout was %s.", percent(*e.TurnoutPct)))
	}
	return sentences
}

func mostVotes(contenders []schemas.Contender) int {
	best := -1
	for i := range contenders {
		if p := contenders[i].VotePct; p != nil && (best < 0 || p.GreaterThan(*contenders[best].VotePct)) {
			best = i
		}
	}
	return best
}

// neighbours links to the other boxes of the page and to the elections before and after.
func (p *electionPage) neighbours(d *directory, n int, e *schemas.Election) {
	entry := &d.entries[n]
	if from, to := d.boxes(n); to-from > 1 {
		// Of a page with very many boxes those around this one.
		const around = 20
		for b := max(from, n-around); b < min(to, n+around+1); b++ {
			o := &d.entries[b]
			text := o.full()
			if o.title == entry.title {
				text = cmp.Or(o.box, "the first box")
			}
			p.Siblings = append(p.Siblings, link{Href: o.href(), Text: text, Current: b == n})
		}
	}
	p.Previous = d.neighbour(e, n, e.PreviousPage, e.PreviousElection)
	p.Next = d.neighbour(e, n, e.NextPage, e.NextElection)
}

// neighbour is a link to the election before or after; without an address where it is not in the report.
func (d *directory) neighbour(e *schemas.Election, n int, page, label string) *link {
	text := cmp.Or(Plain(label), Plain(page))
	if text == "" {
		return nil
	}
	l := &link{Text: shortened(text, 60)}
	there, ok := d.byTitle[d.titleKey(e.Document.Wiki, page)]
	first := int(there)
	if page == "" || !ok || d.entries[first].page == d.entries[n].page {
		return l
	}
	// A page with as many boxes as this one has its boxes in the same order.
	from, to := d.boxes(n)
	if otherFrom, otherTo := d.boxes(first); otherTo-otherFrom == to-from {
		first = otherFrom + n - from
	}
	l.Href = d.entries[first].href()
	return l
}

// contenders makes the table: the columns that have a value somewhere.
func (p *electionPage) contenders(m *electionMaker, colours []Group) {
	e := m.e
	type source struct {
		column
		of  func(*schemas.Contender) figure
		sum func() figure
	}
	text := func(s, target string, c *schemas.Contender) figure { return m.figure(Plain(s), target, c.Position) }
	sources := []source{
		{column{"Party", false}, func(c *schemas.Contender) figure {
			if c.Party == c.Name {
				return figure{}
			}
			return text(c.Party, "results.party", c)
		}, nil},
		{column{"Heading", false}, func(c *schemas.Contender) figure { return text(c.Heading, "results.heading", c) }, nil},
		{column{"Alliance", false}, func(c *schemas.Contender) figure { return text(c.Alliance, "results.alliance", c) }, nil},
		{column{"Leader", false}, func(c *schemas.Contender) figure { return text(c.Leader, "results.leader", c) }, nil},
		{column{"Running mate", false}, func(c *schemas.Contender) figure { return text(c.RunningMate, "results.running_mate", c) }, nil},
		{column{"Electoral votes", true}, func(c *schemas.Contender) figure {
			return m.number(c.ElectoralVotes, "results.electoral_votes", c.Position)
		}, nil},
		{column{"Votes", true}, func(c *schemas.Contender) figure { return m.number(c.Votes, "results.votes", c.Position) }, nil},
		{column{"Share of votes", true}, func(c *schemas.Contender) figure { return m.share(c.VotePct, "results.vote_pct", c.Position) }, func() figure {
			if s := e.VotePctSum(); s != nil {
				return figure{Text: percent(*s)}
			}
			return figure{}
		}},
		{column{"Swing", true}, func(c *schemas.Contender) figure {
			f := m.share(c.SwingPP, "results.swing_pp", c.Position)
			if c.SwingPP != nil {
				f.Text = points(*c.SwingPP)
			}
			return f
		}, nil},
		{column{"Seats", true}, func(c *schemas.Contender) figure { return m.number(c.Seats, "results.seats", c.Position) }, func() figure { return sumFigure(e.SeatsSum()) }},
		{column{"Last time", true}, func(c *schemas.Contender) figure {
			f := m.number(c.PreviousSeats, "results.previous_seats", c.Position)
			if c.PreviousSeats == nil && c.IsNew != nil && *c.IsNew {
				f.Text = "new"
			}
			return f
		}, func() figure { return sumFigure(e.PreviousSeatsSum()) }},
		{column{"Before", true}, func(c *schemas.Contender) figure { return m.number(c.SeatsBefore, "results.seats_before", c.Position) }, nil},
		{column{"Change", true}, func(c *schemas.Contender) figure { return m.change(c.SeatChange, "results.seat_change", c.Position) }, nil},
	}
	for i := range e.Contenders {
		p.Contenders = append(p.Contenders, contenderRow{Colour: colours[i].Colour, Class: groupClass(&colours[i]), Name: colours[i].Name})
	}
	sums := false
	for _, s := range sources {
		cells := make([]figure, len(e.Contenders))
		some := false
		for i := range e.Contenders {
			cells[i] = s.of(&e.Contenders[i])
			some = some || cells[i].Text != "" || cells[i].Finding > 0
		}
		if !some {
			continue
		}
		p.Columns = append(p.Columns, s.column)
		for i := range cells {
			p.Contenders[i].Cells = append(p.Contenders[i].Cells, cells[i])
		}
		var sum figure
		if s.sum != nil {
			sum = s.sum()
		}
		sums = sums || sum.Text != ""
		p.Sums = append(p.Sums, sum)
	}
	if !sums || len(e.Contenders) < 2 {
		p.Sums = nil
	}
}

func sumFigure(n *int64) figure {
	if n == nil {
		return figure{}
	}
	return figure{Text: grouped(*n)}
}

// shownBars is how many bars a chart has; the table has all.
const shownBars = 40

// against sets the share of seats against the share of votes, for those of whom both are known.
func (p *electionPage) against(e *schemas.Election, colours []Group) {
	sum := e.SeatsSum()
	if sum == nil || *sum <= 0 {
		return
	}
	all := *sum
	if e.SeatsTotal != nil {
		all = max(all, *e.SeatsTotal)
	}
	type row struct {
		i            int
		seats, votes float64
	}
	var rows []row
	longest := 0.0
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if c.Seats == nil || c.VotePct == nil || c.VotePct.IsNegative() {
			continue
		}
		r := row{i, 100 * float64(*c.Seats) / float64(all), c.VotePct.InexactFloat64()}
		longest = max(longest, r.seats, r.votes)
		rows = append(rows, r)
	}
	if len(rows) < 2 || longest <= 0 {
		return
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.seats, a.seats) })
	for _, r := range rows[:min(len(rows), shownBars)] {
		g := &colours[r.i]
		p.Against = append(p.Against, againstRow{
			Name: g.Name, Colour: g.Colour, Class: groupClass(g), Seats: strconv.FormatFloat(r.seats, 'f', 1, 64) + "%", Votes: percent(*e.Contenders[r.i].VotePct),
			Width: coordinate(98 * r.seats / longest), At: coordinate(98 * r.votes / longest),
		})
	}
}

// change draws what each contender gained or lost.
func (p *electionPage) change(e *schemas.Election, colours []Group) {
	var rows []int
	longest := int64(0)
	for i := range e.Contenders {
		if n := e.Contenders[i].SeatChange; n != nil {
			rows = append(rows, i)
			longest = max(longest, *n, -*n)
		}
	}
	if len(rows) < 2 || longest <= 0 {
		return
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(*e.Contenders[b].SeatChange, *e.Contenders[a].SeatChange) })
	if len(rows) > shownBars { // the largest gains and the largest losses
		rows = slices.Concat(rows[:shownBars/2], rows[len(rows)-shownBars/2:])
	}
	for _, i := range rows {
		n := *e.Contenders[i].SeatChange
		width := 50 * float64(max(n, -n)) / float64(longest)
		from, text := 50.0, grouped(n)
		if n < 0 {
			from -= width
		} else if n > 0 {
			text = "+" + text
		}
		p.Change = append(p.Change, changeRow{Name: colours[i].Name, Colour: colours[i].Colour, Class: groupClass(&colours[i]), Text: text, From: coordinate(from), Width: coordinate(width)})
	}
}

// facts lists what the box says of the election as a whole.
func (p *electionPage) facts(m *electionMaker, d *directory, entry *entry) {
	e := m.e
	add := func(label string, f figure, note string) {
		if f.Text != "" || f.Finding > 0 {
			p.Facts = append(p.Facts, fact{label, f, note})
		}
	}
	place, date := "", ""
	if entry.placeOf >= 0 && d.entries[entry.placeOf].id != e.ID {
		place = "from the box around it"
	}
	if !e.Date.Full() && e.DateRaw == "" && entry.yearOf >= 0 && d.entries[entry.yearOf].id != e.ID {
		date = "from the box around it"
	}
	add("Place", m.figure(entry.place, "elections.country", 0), place)
	add("Date", m.figure(entry.date, "elections.election_date", 0), date)
	add("Kind", m.figure(Plain(e.Type), "elections.election_type", 0), "")
	add("Status", m.figure(Plain(e.Status), "elections.status", 0), "")
	add("Chamber", m.figure(Plain(e.Chamber), "elections.seats_total", 0), "")
	add("Seats in the chamber", m.number(e.SeatsTotal, "elections.seats_total", 0), "")
	if e.SeatsTotal == nil || e.SeatsContested == nil || *e.SeatsTotal != *e.SeatsContested {
		add("Seats filled on the day", m.number(e.SeatsContested, "elections.seats_total", 0), "")
	}
	add("Seats for a majority", m.number(e.MajoritySeats, "elections.majority_seats", 0), "")
	add("Registered voters", m.number(e.RegisteredVoters, "elections.registered_voters", 0), "")
	add("Votes cast", m.number(e.VotesCast, "elections.votes_cast", 0), "")
	add("Turnout", m.share(e.TurnoutPct, "elections.turnout_pct", 0), "")
	if e.TurnoutChangePP != nil {
		add("Change of turnout", m.figure(points(*e.TurnoutChangePP), "elections.turnout_pct", 0), "")
	}
	add("Election before", m.figure(Plain(cmp.Or(e.PreviousElection, e.PreviousPage)), "elections.previous_election", 0), "")
	add("Election after", m.figure(Plain(cmp.Or(e.NextElection, e.NextPage)), "elections.next_election", 0), "")
}

// measures lists every measure with its bounds.
func (p *electionPage) measures(r *report, e *schemas.Election) {
	for i := range e.Measures {
		v := &e.Measures[i]
		row := measureRow{Name: strings.ReplaceAll(Plain(v.Name), "_", " "), Meaning: r.measures[v.Name], Value: float(v.Value), Treatment: treatmentWords(v.Treatment)}
		if v.Low != nil {
			row.Low = float(*v.Low)
		}
		if v.High != nil {
			row.High = float(*v.High)
		}
		p.Measures = append(p.Measures, row)
	}
}

// treatmentWords says in words how what the box leaves open was treated.
func treatmentWords(treatment string) string {
	var words []string
	for id := range strings.SplitSeq(treatment, ", ") {
		if i := slices.IndexFunc(schemas.Treatments, func(t schemas.Treatment) bool { return t.ID == id }); i >= 0 {
			id = schemas.Treatments[i].Meaning
		}
		words = append(words, Plain(id))
	}
	return strings.Join(words, "; ")
}

// float is a measure with the digits that one reads.
func float(f float64) string {
	s := strconv.FormatFloat(f, 'f', 3, 64)
	if len(s) > 16 {
		return strconv.FormatFloat(f, 'g', 6, 64)
	}
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		s = "0"
	}
	return strings.Replace(s, "-", "−", 1)
}

// findings lists the doubts from grave to harmless, and the checks that had none.
func (p *electionPage) findings(r *report, m *electionMaker) {
	for i := range m.e.Findings {
		f := &m.e.Findings[i]
		row := findingRow{
			Ordinal: f.Ordinal, Status: f.Status, Word: statusWords[f.Status], Message: shortened(f.Message, 2000), Meaning: r.checks[f.CheckID],
			Check: f.CheckID, Expected: shortened(f.Expected, 200), Observed: shortened(f.Observed, 200),
		}
		if f.Field > 0 && f.Field <= len(m.e.Fields) {
			row.Field = f.Field
			row.Where = shortened(m.e.Fields[f.Field-1].Key, 60)
		}
		if f.Line > 0 {
			row.Where = joined(row.Where, placeWords(f.Line, ""))
		}
		if f.Status.Doubtful() {
			p.Doubts = append(p.Doubts, row)
		} else {
			p.Quiet = append(p.Quiet, row)
		}
	}
	slices.SortStableFunc(p.Doubts, func(a, b findingRow) int { return rank(a.Status) - rank(b.Status) })
	slices.SortStableFunc(p.Quiet, func(a, b findingRow) int { return rank(a.Status) - rank(b.Status) })
}

// subjectWords says what a claim is of.
var subjectWords = map[string]string{
	schemas.SubjectSeats: "Seats", schemas.SubjectTurnout: "Turnout, in percent", schemas.SubjectDate: "Date of the election",
	schemas.SubjectParties: "Parties standing", schemas.SubjectCandidates: "Candidates standing", schemas.SubjectIndependentCandidates: "Independent candidates standing",
}

func (p *electionPage) claims(e *schemas.Election) {
	for i := range e.Claims {
		c := &e.Claims[i]
		p.Claims = append(p.Claims, claimRow{Subject: cmp.Or(subjectWords[c.Subject], Plain(c.Subject)), Value: Plain(c.Value), Excerpt: shortened(c.Excerpt, 600), Where: placeWords(c.Line, "")})
	}
}

// shownRaw is how many letters of a raw field a page shows, and how many of its footnotes.
const shownRaw = 1500

// beginning is as much of a raw field as a page shows, and in words how much more there is.
func beginning(s string) (shown, more string) {
	if runes := []rune(s); len(runes) > shownRaw {
		return string(runes[:shownRaw]), fmt.Sprintf("and %s more", counted(int64(len(runes)-shownRaw), "letter"))
	}
	return s, ""
}

// provenance says where the page was found, and lists its raw fields.
func (p *electionPage) provenance(m *electionMaker) {
	d := m.e.Document
	add := func(label, text, href string) {
		if text != "" {
			p.Origin = append(p.Origin, fact{Label: label, figure: figure{Text: text, Href: href}})
		}
	}
	add("Page", Plain(d.Title), webAddress(d.PageURL))
	if d.RevisionID != nil {
		add("Revision", strconv.FormatInt(*d.RevisionID, 10), revisionAddress(d.PageURL, *d.RevisionID))
	}
	if !d.RevisionTimestamp.IsZero() {
		add("Saved", d.RevisionTimestamp.UTC().Format("2 January 2006, 15:04 UTC"), "")
	}
	add("Wiki", Plain(d.Wiki), "")
	add("Box", strconv.Itoa(m.e.Box), "")
	add("Template", Plain(m.e.Template), "")
	add("Read from", Plain(d.URI), "")
	add("SHA-256 of the document", Plain(d.SHA256), "")
	add("election_id", Plain(m.e.ID), "")
	for i := range m.e.Fields {
		f := &m.e.Fields[i]
		row := fieldRow{Ordinal: f.Ordinal, Key: shortened(f.Key, 200), Target: f.Target, Place: placeWords(f.Line, f.Path)}
		if f.Offset >= 0 {
			row.Place = joined(row.Place, "byte "+grouped(int64(f.Offset)))
		}
		row.Raw, row.Cut = beginning(f.Raw)
		var notes string
		notes, row.FootnotesCut = beginning(m.e.Footnotes[i])
		for note := range strings.Lines(notes) {
			if note = Plain(note); note != "" {
				row.Footnotes = append(row.Footnotes, note)
			}
		}
		if j, ok := m.doubted[f.Ordinal]; ok {
			row.Finding, row.Status = m.e.Findings[j].Ordinal, m.e.Findings[j].Status
		}
		p.Fields = append(p.Fields, row)
	}
}

// webAddress is an address that a link may lead to: http or https, and nothing else.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// revisionAddress is where Wikipedia shows one revision for good; "" for other wikis, whose addresses
// are not known.
func revisionAddress(page string, revision int64) string {
	u, err := url.Parse(webAddress(page))
	if err != nil || !strings.HasSuffix(u.Hostname(), ".wikipedia.org") {
		return ""
	}
	return (&url.URL{Scheme: "https", Host: u.Host, Path: "/w/index.php", RawQuery: "oldid=" + strconv.FormatInt(revision, 10)}).String()
}
