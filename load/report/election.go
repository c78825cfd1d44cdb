package report

import (
	"cmp"
	"fmt"
	"html/template"

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

type legendRow struct {
	Name, Colour, Class, Seats string
}

// writeElection writes the page of one election.
func (r *report) writeElection(n int, e *schemas.Election) error {
	entry := &r.directory.entries[n]
	m := newElectionMaker(e)
	p := &electionPage{pageFrame: r.page("../../", entry.full()), Box: entry.box, Place: entry.placeName(), PlaceHref: placeFile(entry.placeName(), 0), Date: entry.date,
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
	c, err := chart.ChamberOf(e)
	if err != nil {
		p.NoChamber = err.Error()
		return
	}
	p.Chamber = template.HTML(c.Inline()) // every text in it is escaped where it is written
	for i := range c.Groups {
		g := &c.Groups[i]
		p.Legend = append(p.Legend, legendRow{Name: wording.Plain(g.Name), Colour: g.Colour, Class: chart.GroupClass(g), Seats: wording.Number(int64(g.Seats))})
	}
	switch {
	case c.Majority > 0 && c.Computed:
		p.Mark = fmt.Sprintf("The line marks a majority of %d, more than half of the seats; the box does not state one.", c.Majority)
	case c.Majority > 0:
		p.Mark = fmt.Sprintf("The line marks a majority of %d, as the box states it.", c.Majority)
	}
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
			of = " of " + wording.Number(*e.SeatsTotal)
		}
		if equal > 1 {
			sentences = append(sentences, fmt.Sprintf("%d contenders share the lead with %s each%s.", equal, wording.Count(most, "seat"), of))
		} else {
			sentences = append(sentences, fmt.Sprintf("%s has the most seats: %s%s.", wording.Plain(e.Contenders[i].Label()), wording.Number(most), of))
		}
		switch {
		case e.MajoritySeats == nil:
		case most >= *e.MajoritySeats:
			sentences = append(sentences, fmt.Sprintf("That is a majority, for which %s are needed.", wording.Number(*e.MajoritySeats)))
		default:
			sentences = append(sentences, fmt.Sprintf("Nobody reaches the %s that make a majority.", wording.Number(*e.MajoritySeats)))
		}
	} else if i := mostVotes(e.Contenders); i >= 0 {
		sentences = append(sentences, fmt.Sprintf("%s has the largest share of the votes listed, %s.", wording.Plain(e.Contenders[i].Label()), percent(*e.Contenders[i].VotePct)))
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
	add("Place", m.figure(entry.place, "elections.country", 0), place)
	add("Date", m.figure(entry.date, "elections.election_date", 0), date)
	add("Kind", m.figure(wording.Plain(e.Type), "elections.election_type", 0), "")
	add("Status", m.figure(wording.Plain(e.Status), "elections.status", 0), "")
	add("Chamber", m.figure(wording.Plain(e.Chamber), "elections.seats_total", 0), "")
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
	add("Election before", m.figure(wording.Plain(cmp.Or(e.PreviousElection, e.PreviousPage)), "elections.previous_election", 0), "")
	add("Election after", m.figure(wording.Plain(cmp.Or(e.NextElection, e.NextPage)), "elections.next_election", 0), "")
}
