package transform

import (
	"hemicycle/schemas"
)

var inexactValueCheck = Check{
	ID: "inexact-value", Severity: schemas.Warn,
	Meaning: "a figure that is a guess (about 50), whose value is kept, or a bound (up to 62%), whose value is NULL",
	judge:   func(j *judgement) { j.reportProblems() },
}
