package transform

import (
	"fmt"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

var proseTurnout = Check{
	ID: "prose-turnout", Severity: schemas.Warn,
	Meaning: "turnout in the prose that is not the box's, rounded to the digits of the coarser of the two",
	judge: func(j *judgement) {
		j.prose(schemas.SubjectTurnout, j.e.TurnoutPct != nil, func(c *schemas.Claim) {
			claimed, err := decimal.NewFromString(c.Value)
			box := *j.e.TurnoutPct
			if err != nil {
				return
			}
			places := min(-claimed.Exponent(), -box.Exponent())
			if !claimed.Round(places).Equal(box.Round(places)) {
				j.doubt(placeOfClaim(c), subject("claim", c.Ordinal), written(box), c.Value, fmt.Sprintf("the prose states a turnout of %s percent, the box of %s", c.Value, written(box)))
			}
		})
	},
}
