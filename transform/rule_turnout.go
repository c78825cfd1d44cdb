package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var turnoutRule = Rule{
	ID:    "turnout",
	Names: []string{"turnout"},
	Columns: []string{
		"elections.turnout_pct", "elections.turnout_change_pp", "elections.votes_cast",
		"rounds.turnout_pct", "rounds.turnout_change_pp", "rounds.votes_cast",
	},
	Meaning: "turnout in percent, its change in points, and the votes cast where the field counts them, of each round " +
		"where the field parts them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if parts := r.roundParts(f); parts != nil {
			f.Targets = []string{"elections.turnout_pct"}
			r.readRoundTurnouts(f, parts)
			return true
		}
		t, problem := values.ReadTurnout(f.Text)
		r.unreadable(f, problem)
		if f.Text == "" || values.IsAbsent(f.Text) && r.e.TurnoutPct != nil { // it may stand beside the votes cast
			return f.Text != ""
		}
		isCount := t.Percent == nil && t.Votes != nil
		if isCount && r.e.TurnoutPct != nil { // the turnout stands beside the votes cast
			r.addCountDifference(f, t.Votes, r.fieldFilling("elections.votes_cast", 0), r.e.VotesCast)
			return false
		}
		r.doubtVotesCast(f, &t)
		f.Targets = []string{"elections.turnout_pct"}
		if t.Change != nil || t.Unsigned != "" { // also where the change stays NULL, so that the field is found
			f.Targets = append(f.Targets, "elections.turnout_change_pp")
		}
		r.e.TurnoutPct, r.e.TurnoutChangePP = t.Percent, t.Change
		if t.Votes != nil && r.e.VotesCast == nil {
			r.e.VotesCast = t.Votes
			f.Targets = append(f.Targets, "elections.votes_cast")
		}
		if t.Unsigned != "" {
			r.doubtTurnoutSign(f, t.Unsigned)
		}
		return true
	},
}

// doubtTurnoutSign notes a change of turnout without a sign.
func (r *boxReading) doubtTurnoutSign(f *schemas.BoxField, change string) {
	r.addProblem(&turnoutChangeSignCheck, f, "",
		"turnout changed by "+change+", and whether it rose or fell cannot be told: write + or − before it")
}

// doubtVotesCast notes that the field for votes cast states other votes than the turnout does, or another turnout
// beside them.
func (r *boxReading) doubtVotesCast(f *schemas.BoxField, t *values.Turnout) {
	cast := r.fieldFilling("elections.votes_cast", 0)
	if cast == nil {
		return
	}
	r.addCountDifference(f, t.Votes, cast, r.e.VotesCast)
	r.addShareDifference(cast, r.e.TurnoutPct, f, t.Percent)
	cast.Targets = []string{"elections.votes_cast"}
}
