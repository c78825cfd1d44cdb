package report

import (
	"fmt"

	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// The rounds on the page of an election: a column for each round, a row for what is known of it and for each contender.

type roundsRow struct {
	Name  string
	Cells []figure // one a round
}

// rounds lists what the box says of each round, as far as there is something.
func (p *electionPage) rounds(m *electionMaker) {
	e := m.e
	add := func(name string, cell func(r *schemas.Round) figure) {
		row := roundsRow{Name: name}
		hasText := false
		for i := range e.Rounds {
			f := cell(&e.Rounds[i])
			hasText = hasText || f.Text != ""
			row.Cells = append(row.Cells, f)
		}
		if hasText {
			p.RoundRows = append(p.RoundRows, row)
		}
	}
	for i := range e.Rounds {
		p.Rounds = append(p.Rounds, fmt.Sprintf("Round %d", e.Rounds[i].Round))
	}
	number := func(n *int64) string {
		if n == nil {
			return ""
		}
		return wording.Number(*n)
	}
	add("Date", func(r *schemas.Round) figure {
		return m.figureOfOrdinals(wording.LongDate(&schemas.Election{Date: r.Date, DateEnd: r.DateEnd}), "rounds.date", 0,
			r.Fields)
	})
	add("Turnout", func(r *schemas.Round) figure {
		text := ""
		if r.TurnoutPct != nil {
			text = percent(*r.TurnoutPct)
		}
		return m.figureOfOrdinals(text, "rounds.turnout_pct", 0, r.Fields)
	})
	add("Registered voters", func(r *schemas.Round) figure {
		return m.figureOfOrdinals(number(r.RegisteredVoters), "rounds.registered_voters", 0, r.Fields)
	})
	add("Votes cast", func(r *schemas.Round) figure {
		return m.figureOfOrdinals(number(r.VotesCast), "rounds.votes_cast", 0, r.Fields)
	})
	results := map[[2]int]*schemas.RoundResult{}
	for i := range e.RoundResults {
		x := &e.RoundResults[i]
		results[[2]int{x.Round, x.Position}] = x
	}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		add(wording.Plain(c.Label()), func(r *schemas.Round) figure {
			x := results[[2]int{r.Round, c.Position}]
			if x == nil {
				return figure{}
			}
			text := number(x.Votes)
			if x.VotePct != nil {
				text = wording.Join(text, percent(*x.VotePct))
			}
			return m.figureOfOrdinals(text, "round_results.votes", c.Position, x.Fields)
		})
	}
}

// figureOfOrdinals returns a text with the fields, by their ordinals, on which it rests.
func (m *electionMaker) figureOfOrdinals(text, name string, position int, ordinals []int32) figure {
	if text == "" {
		return figure{}
	}
	var fields []int
	for _, n := range ordinals {
		if i := int(n) - 1; i >= 0 && i < len(m.e.Fields) {
			fields = append(fields, i)
		}
	}
	return m.figureOf(text, name, position, fields)
}
