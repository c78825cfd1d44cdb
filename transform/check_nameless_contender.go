package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var namelessContenderCheck = Check{
	ID: "nameless-contender", Severity: schemas.Warn,
	Meaning: "a contender with figures whom the box does not name",
	judge: func(j *judgement) {
		if len(j.e.Contenders) == 0 {
			j.skip("the box has no contender")
			return
		}
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			// The general box shows a leader or an alliance in the place of a party.
			isShown := c.Name != "" || c.Alliance != "" || c.Leader != "" && j.e.Template == schemas.GeneralBox
			if !isShown && hasFigures(c) {
				j.doubt(
					j.firstFieldOf(c.Position),
					numberedSubject("contender", c.Position),
					"a party or a candidate",
					"",
					fmt.Sprintf("contender %d has votes or seats, and the box names neither a party nor a candidate",
						c.Position),
				)
			}
		}
	},
}

// firstFieldOf returns the place of the first field of a contender, the box's if it has none.
func (j *judgement) firstFieldOf(position int) findingPlace {
	for i := range j.e.Fields {
		if f := &j.e.Fields[i]; f.Position == position && f.Target() != "" {
			return placeOf(f)
		}
	}
	return j.boxStart()
}
