package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var unlistedSeatsCheck = Check{
	ID: "unlisted-seats", Severity: schemas.Note,
	Meaning: "fewer seats in the general box than were contested: it shows the main contenders, and who has the " +
		"others is not said",
	judge: func(j *judgement) {
		contested, sum := j.e.SeatsContested, j.e.SeatsSum()
		switch {
		case j.e.Template != schemas.GeneralBox:
			j.skip("the box is not the general one")
		case contested == nil || sum == nil:
			j.skip(j.orWhyNoSeats("the box does not state both the seats contested and those of contenders"))
		case j.isOngoing() || j.box.Truncated || j.usesSeatsAfter():
			j.skip("the seats of the box are not those of all contenders on the day")
		case *sum < *contested:
			j.doubt(j.at("elections.seats_total", 0), "seats", formatInt(*contested), formatInt(*sum), fmt.Sprintf(
				"the contenders of the box have %d of the %d seats contested; %d went to others that it does not show",
				*sum, *contested, *contested-*sum))
		default:
			j.pass(formatInt(*contested), formatInt(*sum), "")
		}
	},
}
