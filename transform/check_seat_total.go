package transform

import (
	"fmt"
	"strconv"

	"hemicycle/schemas"
)

var seatTotalCheck = Check{
	ID: "seat-total", Severity: schemas.Error,
	Meaning: "seats of all contenders that sum neither to the seats contested nor, " +
		"where they are the seats held afterwards, to the chamber's",
	judge: func(j *judgement) {
		contested, sum := j.e.SeatsContested, j.e.SeatsSum()
		if contested != nil && sum != nil && (*sum == *j.e.SeatsTotal || j.usesSeatsAfter()) {
			contested = j.e.SeatsTotal
		}
		switch {
		case contested == nil:
			j.skip(j.orWhyNoSeats("the box does not say how many seats there are"))
			return
		case sum == nil:
			j.skip("no contender has seats stated")
			return
		case *sum == *contested:
			j.pass(formatInt(*contested), formatInt(*sum),
				fmt.Sprintf("the seats of %d contenders sum to %d", len(j.e.Contenders), *sum))
			return
		case *sum < *contested && !j.listsAllWinners():
			j.pass("up to "+formatInt(*contested), formatInt(*sum), j.whyPartial())
			return
		case *sum < *contested && j.isOngoing():
			j.skip("the election is not over")
			return
		}
		if f := j.fieldWithProblem("results.seats", &unreadableValueCheck, &ambiguousValueCheck); f != nil &&
			*sum < *contested {
			j.skip("the seats of contender " + strconv.Itoa(f.Position) + " cannot be read")
			return
		}
		if f := j.fieldWithProblem("results.seats", &inexactValueCheck); f != nil {
			j.skip("the seats of contender " + strconv.Itoa(f.Position) + " are a bound or a guess")
			return
		}
		difference, relation := *sum-*contested, "more"
		if difference < 0 {
			difference, relation = -difference, "fewer"
		}
		j.doubt(j.at("elections.seats_total", 0), "seats", formatInt(*contested), formatInt(*sum),
			fmt.Sprintf("the seats of the contenders sum to %d, %d %s than the %d stated",
				*sum, difference, relation, *contested))
	},
}

// usesSeatsAfter reports whether the seats of some contender are those that it holds after the election. In a chamber
// that is renewed in part, they differ from the seats won.
func (r *boxReading) usesSeatsAfter() bool {
	for i := range r.e.Fields {
		if f := &r.e.Fields[i]; f.Target() == "results.seats" && f.Name == "seats_after" {
			return true
		}
	}
	return false
}
