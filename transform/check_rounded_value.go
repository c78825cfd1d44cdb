package transform

import (
	"fmt"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

var roundedValue = Check{
	ID: "rounded-value", Severity: schemas.Note,
	Meaning: "a percentage with more digits than the column keeps; the value is rounded, the written digits stand in fields.raw",
	judge: func(j *judgement) {
		test := func(target string, position int, d *decimal.Decimal) {
			if d == nil || d.Equal(d.Round(schemas.ShareScale)) {
				return
			}
			f := j.fieldOf(target, position)
			name, at := target, j.boxStart()
			if f != nil {
				name, at = subjectOf(f), placeOf(f)
			}
			j.doubt(at, name, d.StringFixed(schemas.ShareScale), written(*d),
				fmt.Sprintf("%s has more than %d digits after the point and is kept as %s", written(*d), schemas.ShareScale, d.StringFixed(schemas.ShareScale)))
		}
		test("elections.turnout_pct", 0, j.e.TurnoutPct)
		test("elections.turnout_change_pp", 0, j.e.TurnoutChangePP)
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			test("results.vote_pct", c.Position, c.VotePct)
			test("results.swing_pp", c.Position, c.SwingPP)
		}
	},
}
