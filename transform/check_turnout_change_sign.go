package transform

import (
	"hemicycle/schemas"
)

var turnoutChangeSignCheck = Check{
	ID: "turnout-change-sign", Severity: schemas.Warn,
	Meaning: "a change of turnout without a sign; its value is NULL",
	judge: func(j *judgement) {
		if j.reportProblems(); !j.found && j.e.TurnoutChangePP == nil {
			j.skip("the box states no change of turnout")
		}
	},
}
