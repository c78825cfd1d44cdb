package transform

import "hemicycle/schemas"

var swing = Rule{
	ID: "swing", Names: []string{"swing"}, Each: true, Target: "results.swing_pp",
	Meaning: "change of the share of votes in percentage points, or that the contender is new",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if absent(f.Text) {
			return false
		}
		if r.newcomer(f) {
			return true
		}
		change, unsigned, problem := readSwing(f.Text)
		r.unreadable(f, problem)
		if unsigned {
			r.trouble(&unsignedChange, f, "", "whether the share rose or fell by "+f.Text+" cannot be told: write + or − before it")
		}
		r.e.At(f.Position).SwingPP = change
		return true
	},
}
