package transform

import (
	"fmt"
	"regexp"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatChangeCheck = Check{
	ID: "seat-change", Severity: schemas.Warn,
	Meaning: "a stated change in seats that is neither seats less those won last time nor less those held before",
	judge: func(j *judgement) {
		notional := j.notionalFootnote()
		if j.seatsAreOfPart() {
			j.skip("the chamber is renewed in part, and which seats the change compares cannot be told")
			return
		}
		isCompared := false
		for _, position := range j.differences {
			c := j.e.Contender(position)
			stated := c.SeatChangeStated
			if stated == nil {
				continue
			}
			isCompared = true
			change := *c.Seats - *c.PreviousSeats
			if *stated == change || c.SeatsBefore != nil && *stated == *c.Seats-*c.SeatsBefore {
				continue
			}
			if notional != "" {
				j.pass(fmt.Sprintf("%+d", change), fmt.Sprintf("%+d", *stated),
					fmt.Sprintf("%s: the box states a change of %+d, and a footnote says what it is compared with: %s",
						c.Label(), *stated, values.Quote(notional)))
				continue
			}
			j.doubt(j.at("results.seat_change", c.Position), numberedSubject("seat_change", c.Position),
				fmt.Sprintf("%+d", change), fmt.Sprintf("%+d", *stated),
				fmt.Sprintf("%s went from %d to %d seats, a change of %+d; the box states %+d",
					c.Label(), *c.PreviousSeats, *c.Seats, change, *stated))
		}
		if !isCompared {
			j.skip("no contender has seats, previous seats and a stated change")
		}
	},
}

// notionalPattern matches words by which a change is one from notional results, as after new boundaries.
var notionalPattern = regexp.MustCompile(
	`(?i)\bnotional|\bboundar(?:y|ies)\b|\bredistribution\b|\bredistrict|\bredrawn\b`,
)

// notionalFootnote returns the footnote in the box that says that seats are compared with notional results, "" if there
// is none. Boxes give it once, and name it at the other figures.
func (j *judgement) notionalFootnote() string {
	for i := range j.e.Fields {
		switch f := &j.e.Fields[i]; f.Name {
		case "last_election", "seat_change", "seats", "seats_before", "previous_election", "seats_for_election":
			if note := j.e.Footnotes[i]; notionalPattern.MatchString(note) {
				return note
			}
			if strings.Contains(strings.ToLower(f.Text), "notional") {
				return f.Text
			}
		}
	}
	return ""
}
