package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatChangeRule = Rule{
	ID:       "seat_change",
	Names:    []string{"seat_change"},
	Numbered: true,
	Columns:  []string{"results.seat_change", "results.is_new"},
	Meaning: "the change in seats that the box states, or that the contender is new; seats less previous " +
		"seats where both are known",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsAbsent(f.Text) {
			return false
		}
		if r.newcomer(f) {
			return true
		}
		change, unsigned, problem := values.ReadChange(f.Text)
		r.unreadable(f, problem)
		if unsigned {
			r.addProblem(
				&unsignedChangeCheck,
				f,
				"",
				"whether the seats rose or fell by "+f.Text+" cannot be told: write + or − before it",
			)
		}
		r.e.EnsureContender(f.Position).SeatChange = change
		if r.statedChange == nil {
			r.statedChange = map[int]*int64{}
		}
		r.statedChange[f.Position] = change
		return true
	},
}
