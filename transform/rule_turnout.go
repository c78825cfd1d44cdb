package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var turnoutRule = Rule{
	ID: "turnout", Names: []string{"turnout"}, Target: "elections.turnout_pct",
	Meaning: "turnout in percent, its change in points, and the votes cast where the field counts them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		t, problem := values.ReadTurnout(f.Text)
		r.unreadable(f, problem)
		r.e.TurnoutPct, r.e.TurnoutChangePP = t.Percent, t.Change
		if t.Votes != nil && r.e.VotesCast == nil {
			r.e.VotesCast = t.Votes
		}
		if t.Unsigned != "" {
			r.addProblem(&turnoutChangeSignCheck, f, "", "turnout changed by "+t.Unsigned+", and whether it rose or fell cannot be told: write + or − before it")
		}
		return f.Text != ""
	},
}
