package transform

import (
	"fmt"
	"slices"

	"hemicycle/schemas"
	"hemicycle/transform/seats"
)

var proseSeatsCheck = Check{
	ID: "prose-seats", Severity: schemas.Warn,
	Meaning: "a number of seats in the prose that is neither the chamber's size nor the seats contested",
	judge: func(j *judgement) {
		stated := j.seatsStated()
		if len(stated) == 0 {
			j.skip(j.orWhyNoSeats("the box states no such figure"))
			return
		}
		j.judgeClaims(schemas.SubjectSeats, true, func(c *schemas.Claim) {
			if !slices.Contains(stated, c.Value) {
				j.doubt(placeOfClaim(c), numberedSubject("claim", c.Ordinal), stated[0], c.Value,
					fmt.Sprintf("the prose speaks of %s seats, the box of %s", c.Value, stated[0]))
			}
		})
	},
}

// seatsStated returns the numbers of seats that the box states, the size of the chamber first: those of the election,
// and those of every chamber that the phrase names. It returns none if one of them is not known.
func (j *judgement) seatsStated() (stated []string) {
	all := j.chambers
	if len(all) == 0 || j.e.SeatsTotal != nil {
		all = append([]seats.Seats{{Total: j.e.SeatsTotal, Contested: j.e.SeatsContested}}, all...)
	}
	for i := range all {
		if all[i].Total == nil || all[i].Contested == nil {
			return nil
		}
		for _, n := range []*int64{all[i].Total, all[i].Contested} {
			if n != nil {
				stated = append(stated, formatInt(*n))
			}
		}
	}
	return stated
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
