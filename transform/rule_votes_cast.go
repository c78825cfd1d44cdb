package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var votesCastRule = Rule{
	ID: "votes_cast", Names: []string{"votes_cast"},
	Columns: []string{"elections.votes_cast", "elections.turnout_pct", "rounds.votes_cast", "rounds.turnout_pct"},
	Meaning: "votes cast, where the box counts them, and the turnout that stands beside them, of each round where the " +
		"field parts them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if parts := r.roundParts(f); parts != nil {
			f.Targets = []string{"elections.votes_cast"}
			r.readRoundCounts(f, parts, "rounds.votes_cast", values.ReadVotes,
				func(round *schemas.Round) **int64 { return &round.VotesCast })
			return true
		}
		if share := r.votes(&r.e.VotesCast, f); share != nil {
			r.e.TurnoutPct, f.Targets = share, []string{"elections.votes_cast", "elections.turnout_pct"}
		}
		return f.Text != ""
	},
}
