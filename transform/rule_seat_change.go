package transform

import "hemicycle/schemas"

var seatChange = Rule{
	ID: "seat_change", Names: []string{"seat_change"}, Each: true, Target: "results.seat_change",
	Meaning: "the change in seats that the box states, or that the contender is new; seats less previous seats where both are known",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if absent(f.Text) {
			return false
		}
		if r.newcomer(f) {
			return true
		}
		change, unsigned, problem := readChange(f.Text)
		r.unreadable(f, problem)
		if unsigned {
			r.trouble(&unsignedChange, f, "", "whether the seats rose or fell by "+f.Text+" cannot be told: write + or − before it")
		}
		r.e.At(f.Position).SeatChange = change
		if r.statedChange == nil {
			r.statedChange = map[int]*int64{}
		}
		r.statedChange[f.Position] = change
		return true
	},
}
