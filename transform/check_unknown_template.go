package transform

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
)

var unknownTemplate = Check{
	ID: "unknown-template", Severity: schemas.Warn,
	Meaning: "a template in a value that its reader does not know; it stands in the value as written",
	judge: func(j *judgement) {
		for i := range j.e.Fields {
			if f := &j.e.Fields[i]; f.Target != "" && len(f.Unknown) > 0 {
				j.doubt(placeOf(f), subjectOf(f), "", "{{"+strings.Join(f.Unknown, "}}, {{")+"}}",
					fmt.Sprintf("what {{%s}} shows is not known; it stands in the value as it is written", strings.Join(f.Unknown, "}} and {{")))
			}
		}
	},
}
