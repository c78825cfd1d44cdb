package transform

import (
	"hemicycle/schemas"
)

var votesCastRule = Rule{
	ID: "votes_cast", Names: []string{"votes_cast"}, Columns: []string{"elections.votes_cast", "elections.turnout_pct"},
	Meaning: "votes cast, where the box counts them, and the turnout that stands beside them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if share := r.votes(&r.e.VotesCast, f); share != nil {
			r.e.TurnoutPct, f.Targets = share, []string{"elections.votes_cast", "elections.turnout_pct"}
		}
		return f.Text != ""
	},
}
