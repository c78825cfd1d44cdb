package transform

import (
	"fmt"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

var proseTurnoutCheck = Check{
	ID: "prose-turnout", Severity: schemas.Warn,
	Meaning: "turnout in the prose that differs from the box's by more than the coarser of the two can hide",
	judge: func(j *judgement) {
		j.judgeClaims(schemas.SubjectTurnout, j.e.TurnoutPct != nil, func(c *schemas.Claim) {
			claimed, err := decimal.NewFromString(c.Value)
			box := *j.e.TurnoutPct
			if err != nil {
				return
			}
			places := min(-claimed.Exponent(), -box.Exponent())
			if hidden := decimal.New(5, -places-1); claimed.Sub(box).Abs().GreaterThan(hidden) {
				j.doubt(placeOfClaim(c), numberedSubject("claim", c.Ordinal), schemas.FormatDecimal(box), c.Value,
					fmt.Sprintf("the prose states a turnout of %s percent, the box of %s",
						c.Value, schemas.FormatDecimal(box)))
			}
		})
	},
}
