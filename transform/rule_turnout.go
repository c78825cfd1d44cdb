package transform

import "hemicycle/schemas"

var turnoutRule = Rule{
	ID: "turnout", Names: []string{"turnout"}, Target: "elections.turnout_pct",
	Meaning: "turnout in percent, its change in points, and the votes cast where the field counts them",
	fill: func(r *reading, f *schemas.BoxField) bool {
		t, problem := readTurnout(f.Text)
		r.unreadable(f, problem)
		r.e.TurnoutPct, r.e.TurnoutChangePP = t.pct, t.change
		if t.votes != nil && r.e.VotesCast == nil {
			r.e.VotesCast = t.votes
		}
		if t.unsigned != "" {
			r.trouble(&turnoutChangeSign, f, "", "turnout changed by "+t.unsigned+", and whether it rose or fell cannot be told: write + or − before it")
		}
		return f.Text != ""
	},
}
