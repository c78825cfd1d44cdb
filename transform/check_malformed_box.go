package transform

import "hemicycle/schemas"

var malformedBox = Check{
	ID: "malformed-box", Severity: schemas.Warn,
	Meaning: "a place in the box that its reader could not understand",
	judge: func(j *judgement) {
		for _, d := range j.box.Defects {
			j.doubt(place{line: d.Line, offset: d.Offset}, "box", "", shown(d.Raw), d.Message)
		}
	},
}
