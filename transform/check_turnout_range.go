package transform

import (
	"fmt"

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
			return
		case !values.IsShare(*t):
			j.doubt(j.at("elections.turnout_pct", 0), "turnout_pct", "0 to 100", schemas.FormatDecimal(*t),
				"turnout is stated as "+schemas.FormatDecimal(*t)+" percent")
		}
		for i := range j.e.Rounds {
			r := &j.e.Rounds[i]
			if r.TurnoutPct != nil && r.TurnoutPct != t && !values.IsShare(*r.TurnoutPct) {
				j.doubt(j.at("rounds.turnout_pct", 0), "turnout_pct", "0 to 100", schemas.FormatDecimal(*r.TurnoutPct),
					fmt.Sprintf("turnout in round %d is stated as %s percent", r.Round, schemas.FormatDecimal(*r.TurnoutPct)))
			}
		}
		if !j.found {
			j.pass("0 to 100", schemas.FormatDecimal(*t), "")
		}
	},
}
