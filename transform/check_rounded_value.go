package transform

import (
	"fmt"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

var roundedValueCheck = Check{
	ID: "rounded-value", Severity: schemas.Note,
	Meaning: "a percentage with more digits than the column keeps; the value is rounded, " +
		"the written digits stand in fields.raw",
	judge: func(j *judgement) {
		test := func(name, target string, position int, d *decimal.Decimal) {
			if d == nil || d.Equal(d.Round(schemas.ShareScale)) {
				return
			}
			j.doubt(
				j.at(target, position),
				name,
				d.StringFixed(schemas.ShareScale),
				schemas.FormatDecimal(*d),
				fmt.Sprintf("%s has more than %d digits after the point and is kept as %s", schemas.FormatDecimal(*d),
					schemas.ShareScale, d.StringFixed(schemas.ShareScale)),
			)
		}
		test("turnout_pct", "elections.turnout_pct", 0, j.e.TurnoutPct)
		test("turnout_change_pp", "elections.turnout_pct", 0, j.e.TurnoutChangePP)
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			test(numberedSubject("vote_pct", c.Position), "results.vote_pct", c.Position, c.VotePct)
			test(numberedSubject("swing_pp", c.Position), "results.swing_pp", c.Position, c.SwingPP)
		}
	},
}
