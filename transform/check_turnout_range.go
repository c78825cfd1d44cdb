package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var turnoutRangeCheck = Check{
	ID: "turnout-range", Severity: schemas.Error,
	Meaning: "turnout below 0 or above 100 percent",
	judge: func(j *judgement) {
		t := j.e.TurnoutPct
		switch {
		case t == nil:
			j.skip("the box does not state turnout in percent")
		case !values.IsShare(*t):
			j.doubt(j.at("elections.turnout_pct", 0), "turnout_pct", "0 to 100", schemas.FormatDecimal(*t),
				"turnout is stated as "+schemas.FormatDecimal(*t)+" percent")
		default:
			j.pass("0 to 100", schemas.FormatDecimal(*t), "")
		}
	},
}
