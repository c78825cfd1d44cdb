package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var swingRule = Rule{
	ID: "swing", Names: []string{"swing"}, Numbered: true, Columns: []string{"results.swing_pp", "results.is_new"},
	Meaning: "change of the share of votes in percentage points, or that the contender is new",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsAbsent(f.Text) {
			return false
		}
		if r.newcomer(f) {
			return true
		}
		c := r.e.EnsureContender(f.Position)
		text, ok := r.exact(f)
		if !ok {
			return true
		}
		change, unsigned, problem := values.ReadSwing(text)
		r.unreadable(f, problem)
		if unsigned {
			r.addProblem(&unsignedChangeCheck, f, "",
				"whether the share rose or fell by "+f.Text+" cannot be told: write + or − before it")
		}
		c.SwingPP = change
		return true
	},
}
