package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var duplicateField = Check{
	ID: "duplicate-field", Severity: schemas.Warn,
	Meaning: "a key that stands in the box more than once; the last one counts, as in MediaWiki",
	judge: func(j *judgement) {
		for _, f := range j.repeated {
			var counts *schemas.BoxField
			for _, other := range j.byName[f.Name] {
				if other.Position == f.Position {
					counts = other
				}
			}
			j.doubt(placeOf(f), subjectOf(f), counts.Text, f.Text,
				fmt.Sprintf("%s stands again on line %d, as %s; the last one counts, and this value is left out", f.Key, counts.Line, shown(counts.Text)))
		}
	},
}
