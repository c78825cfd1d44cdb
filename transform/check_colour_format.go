package transform

import (
	"hemicycle/schemas"
)

var colourFormatCheck = Check{
	ID: "colour-format", Severity: schemas.Warn,
	Meaning: "a colour that is neither #RRGGBB nor a colour name of CSS; its value is NULL",
	judge: func(j *judgement) {
		if j.reportProblems(); !j.found && len(j.Named("colour"))+len(j.Named("color")) == 0 {
			j.skip("the box has no colour")
		}
	},
}
