package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var seatTotal = Check{
	ID: "seat-total", Severity: schemas.Error,
	Meaning: "seats of all contenders that do not sum to the seats contested",
	judge: func(j *judgement) {
		contested, sum := j.e.SeatsContested, j.e.SeatsSum()
		switch {
		case contested == nil:
			j.skip("the box does not say how many seats there are")
			return
		case sum == nil:
			j.skip("no contender has seats stated")
			return
		case *sum == *contested:
			j.pass(itoa(*contested), itoa(*sum), fmt.Sprintf("the seats of %d contenders sum to %d", len(j.e.Contenders), *sum))
			return
		case *sum < *contested && !j.lists():
			j.pass("up to "+itoa(*contested), itoa(*sum), "the box shows the main contenders only")
			return
		}
		for i := range j.e.Contenders {
			if c := &j.e.Contenders[i]; *sum < *contested && c.Seats == nil && j.fieldOf("results.seats", c.Position) != nil {
				j.skip("the seats of " + c.Label() + " cannot be read")
				return
			}
		}
		relation := "more"
		if *sum < *contested {
			relation = "fewer"
		}
		difference := *sum - *contested
		if difference < 0 {
			difference = -difference
		}
		j.doubt(j.at("elections.seats_total", 0), "seats", itoa(*contested), itoa(*sum),
			fmt.Sprintf("the seats of the contenders sum to %d, %d %s than the %d stated", *sum, difference, relation, *contested))
	},
}
