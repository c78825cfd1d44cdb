package transform

import (
	"hemicycle/schemas"
)

var unreadableValueCheck = Check{
	ID: "unreadable-value", Severity: schemas.Error,
	Meaning: "a figure or date that cannot be read; its value is NULL",
	judge:   func(j *judgement) { j.reportProblems() },
}
