package transform

import (
	"hemicycle/schemas"
)

var ambiguousValueCheck = Check{
	ID: "ambiguous-value", Severity: schemas.Warn,
	Meaning: "a figure or date that admits two readings, such as the turnouts of two rounds; its value is NULL",
	judge:   func(j *judgement) { j.reportProblems() },
}
