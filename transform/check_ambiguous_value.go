package transform

import (
	"hemicycle/schemas"
)

var ambiguousValueCheck = Check{
	ID: "ambiguous-value", Severity: schemas.Warn,
	Meaning: "a figure or date that admits two readings, such as a share of an unnamed round; its value is NULL",
	judge:   func(j *judgement) { j.reportProblems() },
}
