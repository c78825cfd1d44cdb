package transform

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
)

var unknownTemplateCheck = Check{
	ID: "unknown-template", Severity: schemas.Warn,
	Meaning: "a template in a value that its reader does not know; it stands in the value as written",
	judge: func(j *judgement) {
		for i := range j.e.Fields {
			unknown := j.box.Unknown[i]
			if f := &j.e.Fields[i]; f.Target() != "" && len(unknown) > 0 {
				j.doubt(placeOf(f), fieldSubject(f), "", "{{"+strings.Join(unknown, "}}, {{")+"}}",
					fmt.Sprintf("what {{%s}} shows is not known; it stands in the value as it is written",
						strings.Join(unknown, "}} and {{")))
			}
		}
	},
}
