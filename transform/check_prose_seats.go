package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var proseSeatsCheck = Check{
	ID: "prose-seats", Severity: schemas.Warn,
	Meaning: "a number of seats in the prose that is neither the chamber's size nor the seats contested",
	judge: func(j *judgement) {
		isStated := j.e.SeatsTotal != nil && j.e.SeatsContested != nil
		j.judgeClaims(schemas.SubjectSeats, isStated, func(c *schemas.Claim) {
			total, contested := formatInt(*j.e.SeatsTotal), formatInt(*j.e.SeatsContested)
			if c.Value != total && c.Value != contested {
				j.doubt(placeOfClaim(c), numberedSubject("claim", c.Ordinal), total, c.Value,
					fmt.Sprintf("the prose speaks of %s seats, the box of %s", c.Value, total))
			}
		})
	},
}

// judgeClaims judges each claim on a subject. It skips if the box or the prose states no such figure, and if the page
// has several boxes, since it is unknown which of them the prose is about.
func (j *judgement) judgeClaims(subject string, isStated bool, judge func(*schemas.Claim)) {
	if len(j.d.Boxes) > 1 {
		j.skip("the page has several boxes, and of which the prose speaks cannot be told")
		return
	}
	if !isStated {
		j.skip("the box states no such figure")
		return
	}
	isClaimed := false
	for i := range j.e.Claims {
		if c := &j.e.Claims[i]; c.Subject == subject {
			isClaimed = true
			judge(c)
		}
	}
	if !isClaimed {
		j.skip("the prose states no such figure")
	}
}
