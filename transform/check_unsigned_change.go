package transform

import (
	"hemicycle/schemas"
)

var unsignedChangeCheck = Check{
	ID: "unsigned-change", Severity: schemas.Warn,
	Meaning: "a change of a contender's share or seats without a sign; its value is NULL",
	judge:   func(j *judgement) { j.reportProblems() },
}
