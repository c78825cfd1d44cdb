package transform

import (
	"fmt"
	"strconv"

	"hemicycle/schemas"
)

var contenderNumberingCheck = Check{
	ID: "contender-numbering", Severity: schemas.Note,
	Meaning: "numbers of contenders that do not run from 1 without a gap",
	judge: func(j *judgement) {
		if len(j.e.Contenders) == 0 {
			j.skip("the box has no contender")
			return
		}
		next := 1
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			if c.Position != next {
				gap := fmt.Sprintf("number %d is", next)
				if c.Position-1 > next {
					gap = fmt.Sprintf("numbers %d to %d are", next, c.Position-1)
				}
				j.doubt(j.boxStart(), numberedSubject("contender", c.Position),
					strconv.Itoa(next), strconv.Itoa(c.Position),
					gap+" missing before "+c.Label())
			}
			next = c.Position + 1
		}
	},
}
