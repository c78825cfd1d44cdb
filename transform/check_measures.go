package transform

import (
	"slices"
	"strconv"
	"strings"

	"hemicycle/schemas"
)

var measuresCheck = Check{
	ID: "measures", Severity: schemas.Note,
	Meaning: "measures that cannot be computed since figures of the box contradict each other, or the chamber is too large",
	judge: func(j *judgement) {
		var plain []string
		var told []missingReason
		for _, u := range j.uncomputed {
			if slices.Contains(told, *u.missingReason) {
				continue
			}
			told = append(told, *u.missingReason)
			rest := -1
			for _, other := range j.uncomputed {
				if *other.missingReason == *u.missingReason {
					rest++
				}
			}
			message := u.why + ", so that " + u.measure + andMoreMeasures(rest) + " cannot be computed"
			if u.subject != "" {
				at := j.boxStart()
				if u.subject == "seats" {
					at = j.at("elections.seats_total", 0)
				}
				j.doubt(at, u.subject, u.expected, u.observed, message)
			} else {
				plain = append(plain, message)
			}
		}
		switch {
		case j.found:
		case len(j.e.Measures)+len(j.e.ContenderMeasures) == 0:
			j.skip(strings.Join(plain, ". "))
		default:
			j.pass("", "", strings.Join(plain, ". "))
		}
	},
}

func andMoreMeasures(measures int) string {
	switch measures {
	case 0:
		return ""
	case 1:
		return " and 1 more measure"
	}
	return " and " + strconv.Itoa(measures) + " more measures"
}
