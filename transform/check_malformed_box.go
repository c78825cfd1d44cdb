package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var malformedBoxCheck = Check{
	ID: "malformed-box", Severity: schemas.Warn,
	Meaning: "a place in the box that its reader could not understand",
	judge: func(j *judgement) {
		for _, d := range j.box.Defects {
			j.doubt(findingPlace{line: d.Line, offset: d.Offset}, "box", "", values.Quote(d.Raw), d.Message)
		}
	},
}
