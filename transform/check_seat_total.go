package transform

import (
	"fmt"
	"strconv"

	"hemicycle/schemas"
)

var seatTotalCheck = Check{
	ID: "seat-total", Severity: schemas.Error,
	Meaning: "seats of all contenders that sum neither to the seats contested nor, where they are the seats held afterwards, to the chamber's",
	judge: func(j *judgement) {
		contested, sum := j.e.SeatsContested, j.e.SeatsSum()
		if contested != nil && sum != nil && (*sum == *j.e.SeatsTotal || j.usesSeatsAfter()) {
			contested = j.e.SeatsTotal
		}
		switch {
		case contested == nil:
			j.skip("the box does not say how many seats there are")
			return
		case sum == nil:
			j.skip("no contender has seats stated")
			return
		case *sum == *contested:
			j.pass(formatInt(*contested), formatInt(*sum), fmt.Sprintf("the seats of %d contenders sum to %d", len(j.e.Contenders), *sum))
			return
		case *sum < *contested && !j.listsAllWinners():
			j.pass("up to "+formatInt(*contested), formatInt(*sum), j.whyPartial())
			return
		case *sum < *contested && j.isOngoing():
			j.skip("the election is not over")
			return
		}
		for i := range j.problems {
			if t := &j.problems[i]; *sum < *contested && t.check == unreadableValueCheck.ID && t.field.Target() == "results.seats" {
				j.skip("the seats of contender " + strconv.Itoa(t.field.Position) + " cannot be read")
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
		j.doubt(j.at("elections.seats_total", 0), "seats", formatInt(*contested), formatInt(*sum),
			fmt.Sprintf("the seats of the contenders sum to %d, %d %s than the %d stated", *sum, difference, relation, *contested))
	},
}

// usesSeatsAfter reports whether the seats of some contender are those held after the election, which a
// chamber renewed in part has beside the seats won.
func (r *boxReading) usesSeatsAfter() bool {
	for i := range r.e.Fields {
		if f := &r.e.Fields[i]; f.Target() == "results.seats" && f.Name == "seats_after" {
			return true
		}
	}
	return false
}
