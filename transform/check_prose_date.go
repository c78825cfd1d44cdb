package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var proseDateCheck = Check{
	ID: "prose-date", Severity: schemas.Warn,
	Meaning: "a day on which the prose has the election held that is not among the box's",
	judge: func(j *judgement) {
		j.judgeClaims(schemas.SubjectDate, j.e.Date.Full() && j.e.DateEnd.Full(), func(c *schemas.Claim) {
			if c.Value < j.e.Date.String() || c.Value > j.e.DateEnd.String() {
				j.doubt(placeOfClaim(c), numberedSubject("claim", c.Ordinal), j.e.Date.String(), c.Value,
					fmt.Sprintf("the prose dates the election to %s, the box to %s", c.Value, j.e.Date))
			}
		})
	},
}
