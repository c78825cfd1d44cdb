package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hemicycle/load/chart"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// The contenders on the page of an election: their colours, their table and its bars.

// resultColumn is a column of the table of contenders that has a value in some row.
type resultColumn struct {
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
	Name, Colour, Class, Width, At string
	Seats, Votes                   figure
}

// changeRow is a bar that goes left for a loss and right for a gain, in percent of the width.
type changeRow struct {
	Name, Colour, Class, From, Width string
	Text                             figure
}

// colours is the colour of each contender: as in the half-circle, or else its own, or grey.
func (p *electionPage) colours(e *schemas.Election) []chart.Group {
	inChamber := map[int]string{}
	for _, row := range p.Legend {
		if row.position > 0 {
			inChamber[row.position] = row.Colour
		}
	}
	groups := make([]chart.Group, len(e.Contenders))
	for i := range e.Contenders {
		c := &e.Contenders[i]
		groups[i] = chart.GroupOf(c)
		groups[i].Name = wording.Plain(c.Label())
		if colour, ok := inChamber[c.Position]; ok {
			groups[i].Colour = colour
		}
	}
	if p.Chamber == "" && len(groups) <= 40 {
		chart.AssignColours(groups)
	}
	for i := range groups {
		if _, ok := chart.ParseColour(groups[i].Colour); !ok {
			groups[i].Colour = "#8A8A8A"
		}
	}
	return groups
}

// jointParties returns the parties of a joint list, "" for a contender of one party or none.
func jointParties(c *schemas.Contender) string {
	if len(c.Parties) < 2 {
		return ""
	}
	names := make([]string, len(c.Parties))
	for i := range c.Parties {
		names[i] = c.Parties[i].Name
	}
	return strings.Join(names, ", ")
}

// contenders makes the table: the columns that have a value somewhere.
func (p *electionPage) contenders(m *electionMaker, colours []chart.Group) {
	e := m.e
	type source struct {
		resultColumn
		of  func(*schemas.Contender) figure
		sum func() figure // nil if the column has none
	}
	text := func(get func(*schemas.Contender) string, target string) func(*schemas.Contender) figure {
		return func(c *schemas.Contender) figure { return m.figure(wording.Plain(get(c)), target, c.Position) }
	}
	number := func(get func(*schemas.Contender) *int64, target string) func(*schemas.Contender) figure {
		return func(c *schemas.Contender) figure { return m.number(get(c), target, c.Position) }
	}
	// onlyIfOther leaves a column of seats out that has the same numbers as that of the seats.
	onlyIfOther := func(of func(*schemas.Contender) figure, seats func(*schemas.Contender) *int64,
	) func(*schemas.Contender) figure {
		isOther := func(c schemas.Contender) bool {
			n := seats(&c)
			return n != nil && (c.Seats == nil || *n != *c.Seats)
		}
		if slices.ContainsFunc(e.Contenders, isOther) {
			return of
		}
		return func(*schemas.Contender) figure { return figure{} }
	}
	sources := []source{
		{resultColumn: resultColumn{"Party", false}, of: func(c *schemas.Contender) figure {
			if c.Party == c.Name {
				return figure{}
			}
			return m.figure(wording.Plain(c.Party), "results.party", c.Position)
		}},
		{resultColumn: resultColumn{"Parties of the list", false}, of: text(jointParties, "contender_parties.name")},
		{resultColumn: resultColumn{"Heading", false},
			of: text(func(c *schemas.Contender) string { return c.Heading }, "results.heading")},
		{resultColumn: resultColumn{"Alliance", false},
			of: text(func(c *schemas.Contender) string { return c.Alliance }, "results.alliance")},
		{resultColumn: resultColumn{"Leader", false},
			of: text(func(c *schemas.Contender) string { return c.Leader }, "results.leader")},
		{resultColumn: resultColumn{"Running mate", false},
			of: text(func(c *schemas.Contender) string { return c.RunningMate }, "results.running_mate")},
		{resultColumn: resultColumn{"Electoral votes", true},
			of: number(func(c *schemas.Contender) *int64 { return c.ElectoralVotes }, "results.electoral_votes")},
		{resultColumn: resultColumn{"Votes", true},
			of: number(func(c *schemas.Contender) *int64 { return c.Votes }, "results.votes")},
		{resultColumn: resultColumn{"Share of votes", true},
			of: func(c *schemas.Contender) figure { return m.share(c.VotePct, "results.vote_pct", c.Position) },
			sum: func() figure {
				if s := e.VotePctSum(); s != nil {
					return m.figure(percent(*s), "elections.vote_pct_sum", 0).undoubted()
				}
				return figure{}
			}},
		{resultColumn: resultColumn{"Swing", true}, of: func(c *schemas.Contender) figure {
			f := m.share(c.SwingPP, "results.swing_pp", c.Position)
			if c.SwingPP != nil {
				f.Text = points(*c.SwingPP)
			}
			return f
		}},
		{resultColumn: resultColumn{"Share last time", true},
			of: func(c *schemas.Contender) figure {
				if c.PreviousVotePct == nil { // a doubt about the share of today is none about this one
					return figure{}
				}
				return m.share(c.PreviousVotePct, "results.previous_vote_pct", c.Position)
			}},
		{resultColumn: resultColumn{"Seats", true},
			of:  number(func(c *schemas.Contender) *int64 { return c.Seats }, "results.seats"),
			sum: func() figure { return m.number(e.SeatsSum(), "elections.seats_sum", 0).undoubted() }},
		{resultColumn: resultColumn{"Won on the day", true}, of: onlyIfOther(
			number(func(c *schemas.Contender) *int64 { return c.SeatsWon }, "results.seats_won"),
			func(c *schemas.Contender) *int64 { return c.SeatsWon })},
		{resultColumn: resultColumn{"Held after", true}, of: onlyIfOther(
			number(func(c *schemas.Contender) *int64 { return c.SeatsAfter }, "results.seats_after"),
			func(c *schemas.Contender) *int64 { return c.SeatsAfter })},
		{resultColumn: resultColumn{"Last time", true},
			of: func(c *schemas.Contender) figure {
				if c.PreviousSeats == nil && c.IsNew != nil && *c.IsNew {
					return m.figure("new", "results.is_new", c.Position)
				}
				return m.number(c.PreviousSeats, "results.previous_seats", c.Position)
			},
			sum: func() figure {
				return m.sum(e.PreviousSeatsSum(), "seats at the last election", "results.previous_seats")
			}},
		{resultColumn: resultColumn{"Before", true},
			of: number(func(c *schemas.Contender) *int64 { return c.SeatsBefore }, "results.seats_before")},
		{resultColumn: resultColumn{"Change", true}, of: func(c *schemas.Contender) figure {
			return m.change(c.SeatChange, "results.seat_change", c.Position)
		}},
	}
	for i := range e.Contenders {
		p.Contenders = append(p.Contenders, contenderRow{
			Colour: colours[i].Colour, Class: chart.GroupClass(&colours[i]), Name: colours[i].Name,
		})
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
		p.Columns = append(p.Columns, s.resultColumn)
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

// sum returns the sum of a column over all contenders; nothing if there is none.
func (m *electionMaker) sum(n *int64, name, column string) figure {
	if n == nil {
		return figure{}
	}
	return m.computed(wording.Number(*n), name, column)
}

// shownBars is how many bars a chart has; the table has all.
const shownBars = 40

// against sets the share of seats against the share of votes, for those of whom both are known.
func (p *electionPage) against(m *electionMaker, colours []chart.Group) {
	e := m.e
	sum := e.SeatsSum()
	isOfOtherVotes := e.SeatsBasis == schemas.SeatsHeldAfter && !e.HasSeatsOfVotes()
	if sum == nil || *sum <= 0 || isOfOtherVotes {
		return
	}
	all := *sum
	if stated := cmp.Or(e.SeatsContested, e.SeatsTotal); stated != nil { // as standings.seat_pct has it
		all = max(all, *stated)
	}
	type row struct {
		i            int
		seats, votes float64
	}
	var rows []row
	longest := 0.0
	for i := range e.Contenders {
		c := &e.Contenders[i]
		isOfLaterRound := c.Round > 1 // as standings.seat_minus_vote_pp
		if c.Seats == nil || c.VotePct == nil || c.VotePct.IsNegative() || isOfLaterRound {
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
		g, c := &colours[r.i], &e.Contenders[r.i]
		seats := strconv.FormatFloat(r.seats, 'f', 1, 64) + "%"
		p.Against = append(p.Against, againstRow{
			Name: g.Name, Colour: g.Colour, Class: chart.GroupClass(g),
			Seats: m.figure(seats, "standings.seat_pct", c.Position).undoubted(),
			Votes: m.share(c.VotePct, "results.vote_pct", c.Position).undoubted(),
			Width: chart.Coordinate(98 * r.seats / longest), At: chart.Coordinate(98 * r.votes / longest),
		})
	}
}

// change draws what each contender gained or lost.
func (p *electionPage) change(m *electionMaker, colours []chart.Group) {
	e := m.e
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
	slices.SortStableFunc(rows, func(a, b int) int {
		return cmp.Compare(*e.Contenders[b].SeatChange, *e.Contenders[a].SeatChange)
	})
	if len(rows) > shownBars { // the largest gains and the largest losses
		rows = slices.Concat(rows[:shownBars/2], rows[len(rows)-shownBars/2:])
	}
	for _, i := range rows {
		n := *e.Contenders[i].SeatChange
		width := 50 * float64(max(n, -n)) / float64(longest)
		from := 50.0
		if n < 0 {
			from -= width
		}
		p.Change = append(p.Change, changeRow{
			Name: colours[i].Name, Colour: colours[i].Colour, Class: chart.GroupClass(&colours[i]),
			Text: m.change(&n, "results.seat_change", e.Contenders[i].Position).undoubted(),
			From: chart.Coordinate(from), Width: chart.Coordinate(width),
		})
	}
}
