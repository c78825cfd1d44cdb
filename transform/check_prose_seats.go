package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var proseSeatsCheck = Check{
	ID: "prose-seats", Severity: schemas.Warn,
	Meaning: "a number of seats in the prose that is neither the chamber's size nor the seats contested",
	judge: func(j *judgement) {
		j.judgeClaims(schemas.SubjectSeats, j.e.SeatsTotal != nil && j.e.SeatsContested != nil, func(c *schemas.Claim) {
			total, contested := formatInt(*j.e.SeatsTotal), formatInt(*j.e.SeatsContested)
			if c.Value != total && c.Value != contested {
				j.doubt(placeOfClaim(c), numberedSubject("claim", c.Ordinal), total, c.Value, fmt.Sprintf("the prose speaks of %s seats, the box of %s", c.Value, total))
			}
		})
	},
}

// judgeClaims judges each claim of a subject. It skips where the box or the prose is silent, and on a page
// with several boxes, where it cannot be told of which the prose speaks.
func (j *judgement) judgeClaims(subject string, stated bool, judge func(*schemas.Claim)) {
	if len(j.d.Boxes) > 1 {
		j.skip("the page has several boxes, and of which the prose speaks cannot be told")
		return
	}
	if !stated {
		j.skip("the box states no such figure")
		return
	}
	any := false
	for i := range j.e.Claims {
		if c := &j.e.Claims[i]; c.Subject == subject {
			any = true
			judge(c)
		}
	}
	if !any {
		j.skip("the prose states no such figure")
	}
}
