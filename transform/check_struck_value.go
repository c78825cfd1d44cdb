package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var struckValueCheck = Check{
	ID: "struck-value", Severity: schemas.Note,
	Meaning: "what the page strikes out in a value, as of a postponed date; it is no part of the value",
	judge: func(j *judgement) {
		for i := range j.e.Fields {
			struck, isStruck := j.box.Struck[i]
			if !isStruck {
				continue
			}
			f := &j.e.Fields[i]
			remains := "nothing is left"
			if f.Text != "" {
				remains = "the value is " + values.Quote(f.Text)
			}
			j.doubt(placeOf(f), fieldSubject(f), f.Text, struck,
				fmt.Sprintf("the page strikes %s out: %s", values.Quote(struck), remains))
		}
	},
}
