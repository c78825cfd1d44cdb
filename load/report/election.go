package report

import (
	"cmp"
	"html/template"
	"strings"

	"hemicycle/load/chart"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// The page of one election: its frame, the order of its parts, and those that speak of the election as a whole.

// electionPage is the page of one election.
type electionPage struct {
	pageFrame
	Box                     string // what tells it from other boxes of its page
	Place, PlaceHref        string
	Date                    string
	Standfirst              [][]figure    // sentences, each of its parts
	Chamber                 template.HTML // the half-circle; "" where there is none
	NoChamber               string        // why there is none
	Legend                  []legendRow
	Mark                    []figure // what the mark in the half-circle is, a sentence in parts
	Siblings                []link
	Previous, Next          *link
	Errors, Warnings, Notes int
	Columns                 []resultColumn
	Contenders              []contenderRow
	Sums                    []figure // below the table; none where there is one contender
	Rounds                  []string // the columns of RoundRows
	RoundRows               []roundsRow
	Against                 []againstRow
	Change                  []changeRow
	Facts                   []fact
	Offices                 []schemas.Office
	Measures                []measureRow
	Doubts, Quiet           []findingRow
	Claims                  []claimRow
	Origin                  []fact
	Fields                  []fieldRow
	Derivations             []derivation
}

type legendRow struct {
	Name, Colour, Class string
	Seats               figure
	position            int // of the contender; 0 if the seats are nobody's
}

// writeElection writes the page of one election.
func (r *report) writeElection(n int, e *schemas.Election) error {
	entry := &r.directory.entries[n]
	m := newElectionMaker(e)
	p := &electionPage{
		pageFrame: r.page("../../", entry.full()),
		Box:       entry.box,
		Place:     entry.placeName(),
		PlaceHref: placeFile(entry.placeName(), 0),
		Date:      entry.date,
		Errors:    entry.errors,
		Warnings:  entry.warnings,
		Notes:     entry.notes,
	}
	p.Title = entry.title
	p.chamber(m)
	colours := p.colours(e)
	p.Standfirst = m.standfirst()
	p.neighbours(r.directory, n, e)
	p.contenders(m, colours)
	p.rounds(m)
	p.against(m, colours)
	p.change(m, colours)
	p.facts(m, r.directory, entry)
	p.measures(r, m)
	p.findings(r, m)
	p.claims(e)
	p.offices(e)
	p.provenance(m)
	return r.write(entry.href(), "election.html", p)
}

// offices lists who held each office before the election and after it.
func (p *electionPage) offices(e *schemas.Election) {
	for _, o := range e.Offices {
		p.Offices = append(p.Offices, schemas.Office{
			Title:      wording.Plain(o.Title),
			BeforeName: wording.Plain(o.BeforeName), BeforeParty: wording.Plain(o.BeforeParty),
			AfterName: wording.Plain(o.AfterName), AfterParty: wording.Plain(o.AfterParty),
		})
	}
}

// chamber draws the half-circle, or says why there is none.
func (p *electionPage) chamber(m *electionMaker) {
	e := m.e
	c, err := chart.ChamberOf(e)
	if err != nil {
		p.NoChamber = err.Error()
		return
	}
	p.Chamber = template.HTML(c.Inline()) // every text in it is escaped where it is written
	for i := range c.Groups {
		g := &c.Groups[i]
		row := legendRow{
			Name: wording.Plain(g.Name), Colour: g.Colour, Class: chart.GroupClass(g), position: g.Position,
		}
		seats := wording.Number(int64(g.Seats))
		if g.Unlisted {
			row.Seats = m.computed(seats, "seats listed for nobody", "elections.seats_total", "results.seats")
		} else {
			row.Seats = m.figure(seats, "results.seats", g.Position).undoubted()
		}
		p.Legend = append(p.Legend, row)
	}
	majority := wording.Number(int64(c.Majority))
	switch {
	case c.Majority > 0 && c.Computed:
		p.Mark = []figure{
			{Text: "The line marks a majority of "}, m.computed(majority, "majority", "elections.seats_total"),
			{Text: ", more than half of the seats; the box does not state one."},
		}
	case c.Majority > 0:
		p.Mark = []figure{
			{
				Text: "The line marks a majority of ",
			}, m.figure(majority, "elections.majority_seats", 0), {Text: ", as the box states it."},
		}
	}
}

// standfirst says the outcome in a few sentences, as far as the box gives it.
func (m *electionMaker) standfirst() (sentences [][]figure) {
	e := m.e
	if e.Status == schemas.ElectionFuture {
		return [][]figure{{{Text: "The page says that this election is still to come."}}}
	}
	say := func(parts ...figure) {
		for i := range parts {
			parts[i] = parts[i].undoubted() // the doubts are counted below the sentences
		}
		sentences = append(sentences, parts)
	}
	words := func(text string) figure { return figure{Text: text} }
	if i := largest(e.Contenders); i >= 0 {
		m.standfirstOfSeats(i, words, say)
	} else if i := mostVotes(e.Contenders); i >= 0 {
		c := &e.Contenders[i]
		share := m.share(c.VotePct, "results.vote_pct", c.Position)
		say(words(wording.Plain(c.Label())+" has the largest share of the votes listed, "), share, words("."))
	}
	if e.TurnoutPct != nil {
		say(words("Turnout was "), m.share(e.TurnoutPct, "elections.turnout_pct", 0), words("."))
	}
	return sentences
}

// standfirstOfSeats says who has the most seats, of whom i is the first, and whether that is a majority.
func (m *electionMaker) standfirstOfSeats(i int, words func(string) figure, say func(...figure)) {
	e := m.e
	c := &e.Contenders[i]
	most, equal := *c.Seats, int64(0)
	for j := range e.Contenders {
		if n := e.Contenders[j].Seats; n != nil && *n == most && e.Contenders[j].CompetesAlone() {
			equal++
		}
	}
	seats := m.number(c.Seats, "results.seats", c.Position)
	parts := []figure{words(wording.Plain(c.Label()) + " has the most seats: "), seats}
	if equal > 1 {
		seats.Text = wording.Count(most, "seat")
		parts = []figure{words(wording.Number(equal) + " contenders share the lead with "), seats, words(" each")}
	}
	if e.SeatsTotal != nil && *e.SeatsTotal >= most {
		parts = append(parts, words(" of "), m.number(e.SeatsTotal, "elections.seats_total", 0))
	}
	say(append(parts, words("."))...)
	majority := m.number(e.MajoritySeats, "elections.majority_seats", 0)
	switch {
	case e.MajoritySeats == nil:
	case most >= *e.MajoritySeats:
		say(words("That is a majority, for which "), majority, words(" are needed."))
	default:
		say(words("Nobody reaches the "), majority, words(" that make a majority."))
	}
}

func mostVotes(contenders []schemas.Contender) int {
	best := -1
	for i := range contenders {
		if p := contenders[i].VotePct; p != nil && contenders[i].CompetesAlone() &&
			(best < 0 || p.GreaterThan(*contenders[best].VotePct)) {
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
	text := cmp.Or(wording.Plain(label), wording.Plain(page))
	if text == "" {
		return nil
	}
	l := &link{Text: wording.Shorten(text, 60)}
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

// facts lists what the box says of the election as a whole.
func (p *electionPage) facts(m *electionMaker, d *directory, entry *indexEntry) {
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
	placeFigure := m.figure(entry.place, "elections.country", 0)
	dateFigure := m.figure(entry.date, "elections.election_date", 0)
	if place != "" {
		placeFigure.Href = "../../" + d.entries[entry.placeOf].href()
	}
	if date != "" {
		dateFigure.Href = "../../" + d.entries[entry.yearOf].href()
	}
	add("Place", placeFigure, place)
	add("Date", dateFigure, date)
	add("Kind", m.figure(wording.Plain(e.Type), "elections.election_type", 0), "")
	p.classification(m)
	add("Status", m.figure(wording.Plain(e.Status), "elections.status", 0), "")
	add("Chamber", m.figure(wording.Plain(e.Chamber), "elections.chamber", 0), "")
	add("Seats in the chamber", m.number(e.SeatsTotal, "elections.seats_total", 0), "")
	if e.SeatsTotal == nil || e.SeatsContested == nil || *e.SeatsTotal != *e.SeatsContested {
		add("Seats filled on the day", m.number(e.SeatsContested, "elections.seats_contested", 0), "")
	}
	if e.SeatsBasis == schemas.SeatsHeldAfter {
		add("Seats of the contenders", m.figure("held after the election", "elections.seats_basis", 0), "")
	}
	add("Seats for a majority", m.number(e.MajoritySeats, "elections.majority_seats", 0), "")
	add("Registered voters", m.number(e.RegisteredVoters, "elections.registered_voters", 0), "")
	add("Votes cast", m.number(e.VotesCast, "elections.votes_cast", 0), "")
	add("Turnout", m.share(e.TurnoutPct, "elections.turnout_pct", 0), "")
	if e.TurnoutChangePP != nil {
		add("Change of turnout", m.figure(points(*e.TurnoutChangePP), "elections.turnout_change_pp", 0), "")
	}
	add("Election before", m.neighbour("previous", e.PreviousElection, e.PreviousPage), "")
	add("Election after", m.neighbour("next", e.NextElection, e.NextPage), "")
}

// bases say in words what a part of a classification was taken from.
var bases = map[schemas.Basis]string{
	schemas.BasisLabel: "from a label in the box", schemas.BasisPhrase: "from the phrase on seats",
	schemas.BasisTitle: "from the title of the page", schemas.BasisTemplate: "from the template of the box",
	schemas.BasisOuterBox: "from the box around it",
}

// classification lists where the election is held, for which body, and of what kind it is, with what says so.
func (p *electionPage) classification(m *electionMaker) {
	c := &m.e.Classification
	for _, part := range []struct {
		label, column string
		told          schemas.Classified
	}{
		{"Country, by its code", "country_code", c.Country},
		{"Part of the country", "subdivision", c.Subdivision},
		{"Level", "level", c.Level},
		{"Type of the chamber", "chamber_type", c.Chamber},
		{"Kind of election", "election_kind", c.Kind},
	} {
		text := wording.Plain(strings.ReplaceAll(part.told.Value, "_", " "))
		f := figure{Text: text}
		if part.told.Basis == schemas.BasisLabel || part.told.Basis == schemas.BasisPhrase {
			f = m.figure(text, "elections."+part.column, 0).undoubted()
		}
		if text != "" {
			p.Facts = append(p.Facts, fact{part.label, f, bases[part.told.Basis]})
		}
	}
}

// neighbour returns the label of the previous or the next election, or its page if it has no label.
func (m *electionMaker) neighbour(which, label, page string) figure {
	if text := wording.Plain(label); text != "" {
		return m.figure(text, "elections."+which+"_election", 0)
	}
	return m.figure(wording.Plain(page), "elections."+which+"_page", 0)
}
