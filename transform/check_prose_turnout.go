package transform

import (
	"fmt"
	"slices"

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
			agrees := func(turnout *decimal.Decimal) bool {
				places := min(-claimed.Exponent(), -turnout.Exponent())
				return claimed.Sub(*turnout).Abs().LessThanOrEqual(decimal.New(5, -places-1))
			}
			isOfRound := slices.ContainsFunc(j.e.Rounds, func(r schemas.Round) bool {
				return r.TurnoutPct != nil && agrees(r.TurnoutPct)
			})
			if !agrees(&box) && !isOfRound {
				j.doubt(placeOfClaim(c), numberedSubject("claim", c.Ordinal), schemas.FormatDecimal(box), c.Value,
					fmt.Sprintf("the prose states a turnout of %s percent, the box of %s",
						c.Value, schemas.FormatDecimal(box)))
			}
		})
	},
}
