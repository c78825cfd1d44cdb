package transform

import (
	"cmp"
	"fmt"
	"strings"

	"hemicycle/schemas"
)

var twoChambersCheck = Check{
	ID: "two-chambers", Severity: schemas.Note,
	Meaning: "a phrase on seats that names several chambers; the values are of the one whose majority the box states, " +
		"or else NULL",
	judge: func(j *judgement) {
		fields := j.Named("seats_for_election")
		if len(fields) == 0 {
			j.skip("the box has no phrase on seats")
			return
		}
		if len(j.chambers) < 2 {
			return
		}
		f := fields[len(fields)-1]
		var named []string
		for i := range j.chambers {
			named = append(named, j.chambers[i].String())
		}
		of := "and which of them the box is about cannot be told"
		if j.e.SeatsTotal != nil {
			of = "and the election is taken to be that of " + cmp.Or(j.e.Chamber, formatInt(*j.e.SeatsTotal)+" seats")
		}
		j.doubt(placeOf(f), f.Name, "1 chamber", fmt.Sprintf("%d chambers", len(named)),
			fmt.Sprintf("the phrase names several chambers, %s", strings.Join(append(named, of), ", ")))
	},
}
