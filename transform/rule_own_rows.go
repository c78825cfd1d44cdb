package transform

import (
	"slices"

	"hemicycle/schemas"
	"hemicycle/transform/ownrows"
	"hemicycle/transform/rounds"
	"hemicycle/transform/values"
)

// Rows of one's own are 1blank, with the label, and 1data1, 1data2 and so on, with the figure of each contender: the
// documentation of Template:Infobox election.
var ownRowsRule = Rule{
	ID: "own_rows", Names: []string{"1data", "2data", "3data", "4data", "5data", "6data", "7data", "8data", "9data"},
	Numbered: true, OneTargetPerName: true,
	Columns: []string{
		"results.votes", "results.vote_pct", "results.swing_pp", "results.seats", "results.seat_change",
		"results.seats_won", "results.seat_change_stated", "round_results.votes", "round_results.vote_pct",
	},
	Meaning: "a row with a label of one's own, by that label: votes, percentage, swing, seats, seats won, or the votes " +
		"of a round",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		c := r.e.Contender(f.Position)
		if c == nil || values.IsAbsent(f.Text) {
			return false
		}
		row := r.readOwnRows()[f.Name]
		if !r.fillFromOwnRow(row, c, f) {
			return false
		}
		for _, column := range f.Targets { // the value rests on the label, too
			if !slices.Contains(row.Label.Targets, column) {
				row.Label.Targets = append(row.Label.Targets, column)
			}
		}
		return true
	},
}

// fillFromOwnRow fills a value of a contender from a row of a kind, if the box does not give it elsewhere. If it
// does, a row that says otherwise is noted.
func (r *boxReading) fillFromOwnRow(row ownrows.Row, c *schemas.Contender, f *schemas.BoxField) bool {
	switch row.Kind {
	case ownrows.Round: // the votes that the box gives elsewhere can be those of another round
		r.rounds.HasRows = true
		r.readRoundVotes(f, []rounds.Part{{Round: row.Round, Text: f.Text}}, false)
		if len(f.Targets) == 0 { // a bound is no figure, and measures must know that there is one
			f.Targets = []string{"round_results.votes"}
		}
		return true
	case ownrows.LastCount: // the votes that the box gives elsewhere can be those of a later count
		return !r.hasVotesElsewhere && r.fillOwnVotes(c, f)
	case ownrows.ElectorateVotes:
		return r.fillOwnVotes(c, f)
	case ownrows.Votes:
		r.doubtOwnVotes(c, f)
		return r.fillOwnVotes(c, f)
	case ownrows.VoteShares:
		if c.VotePct != nil {
			share, _ := values.ReadPercent(f.Text)
			r.addShareDifference(f, share, r.fieldFilling("results.vote_pct", c.Position), c.VotePct)
			return false
		}
		f.Targets = []string{"results.vote_pct"}
		return percentageRule.fill(r, f)
	case ownrows.Swings:
		if c.SwingPP != nil {
			swing, _, _ := values.ReadSwing(f.Text)
			r.addShareDifference(f, swing, r.fieldFilling("results.swing_pp", c.Position), c.SwingPP)
			return false
		}
		f.Targets = []string{"results.swing_pp"}
		return swingRule.fill(r, f)
	case ownrows.SeatsWon:
		if c.Seats != nil { // which can be those held after the election
			r.wonRows = append(r.wonRows, f)
			return false
		}
		f.Targets = []string{"results.seats"}
		return seatsRule.fill(r, f)
	case ownrows.Seats:
		if c.Seats != nil {
			seats, _ := values.ReadCount(f.Text, values.MaxSeats)
			r.addCountDifference(f, seats, r.fieldFilling("results.seats", c.Position), c.Seats)
			return false
		}
		f.Targets = []string{"results.seats"}
		return seatsRule.fill(r, f)
	}
	return false
}

// doubtOwnVotes notes votes, or a share of them, that a row states otherwise than the box does elsewhere.
func (r *boxReading) doubtOwnVotes(c *schemas.Contender, f *schemas.BoxField) {
	if c.Votes == nil && c.VotePct == nil {
		return
	}
	votes, share, _ := values.ReadVotesOrShare(f.Text)
	r.addCountDifference(f, votes, r.fieldFilling("results.votes", c.Position), c.Votes)
	r.addShareDifference(f, share, r.fieldFilling("results.vote_pct", c.Position), c.VotePct)
}

// fillOwnVotes fills votes and their share from a row, where the box does not give them elsewhere.
func (r *boxReading) fillOwnVotes(c *schemas.Contender, f *schemas.BoxField) bool {
	if c.Votes != nil && c.VotePct != nil {
		return false
	}
	text, ok := r.exact(f)
	if !ok { // a bound is no figure, and measures must know that there is one
		f.Targets = []string{"results.votes"}
		return true
	}
	votes, share, problem := values.ReadVotesOrShare(text)
	if votes != nil && c.Votes == nil {
		c.Votes, f.Targets = votes, append(f.Targets, "results.votes")
	}
	if share != nil && c.VotePct == nil {
		c.VotePct, f.Targets = share, append(f.Targets, "results.vote_pct")
	}
	if problem != "" && c.Votes == nil && c.VotePct == nil {
		f.Targets = []string{"results.votes"}
		r.unreadable(f, problem)
	}
	return len(f.Targets) > 0
}

// readOwnRows returns the rows with labels of their own by the name of their figures: 2data. They are read once.
func (r *boxReading) readOwnRows() map[string]ownrows.Row {
	if r.ownRows == nil {
		r.ownRows = ownrows.Read(r.e.Fields)
		r.hasVotesElsewhere = slices.ContainsFunc(r.e.Contenders, func(c schemas.Contender) bool {
			return c.Votes != nil || c.VotePct != nil
		})
	}
	return r.ownRows
}
