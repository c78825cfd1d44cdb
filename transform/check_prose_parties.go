package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var prosePartiesCheck = Check{
	ID: "prose-parties", Severity: schemas.Warn,
	Meaning: "fewer parties standing in the prose than the box lists",
	judge: func(j *judgement) {
		listed := int64(0)
		for i := range j.e.Contenders {
			if c := &j.e.Contenders[i]; c.Kind == schemas.KindParty && !c.IsIndependent {
				listed++
			}
		}
		j.judgeClaims(schemas.SubjectParties, listed > 0, func(c *schemas.Claim) {
			if n, _ := values.ReadCount(c.Value, values.MaxSeats); n != nil && *n < listed {
				j.doubt(placeOfClaim(c), numberedSubject("claim", c.Ordinal), "at least "+formatInt(listed), c.Value,
					fmt.Sprintf("the prose has %d parties standing, the box lists %d", *n, listed))
			}
		})
	},
}
