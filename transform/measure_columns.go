package transform

import "slices"

// needColumns are the columns on which the figures of each need rest, as table.column.
var needColumns = [needCount][]string{
	seatShares: {"results.seats", "elections.seats_total", "elections.seats_contested"},
	voteShares: {
		"results.vote_pct", "results.votes", "elections.votes_cast", "round_results.vote_pct", "round_results.votes",
		"rounds.votes_cast",
	},
	lastSeats:    {"results.previous_seats", "results.seats", "elections.seats_total"},
	largestGroup: {"results.seats"},
	largestVotes: {
		"results.seats", "results.vote_pct", "results.votes", "round_results.vote_pct", "round_results.votes",
	},
	raeParties: {
		"results.seats", "results.vote_pct", "results.votes", "round_results.vote_pct", "round_results.votes",
	},
	chamberGame: {"results.seats", "elections.seats_total"},
	aloneGame:   {"results.seats", "elections.seats_total"},
}

// Columns returns the columns from which the measure is computed, as table.column, each once.
func (k *MeasureKind) Columns() []string {
	var columns []string
	for _, n := range k.needs {
		columns = append(columns, needColumns[n]...)
	}
	slices.Sort(columns)
	return slices.Compact(columns)
}
