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
		var told []missing
		for _, u := range j.uncomputed {
			if slices.Contains(told, *u.missing) {
				continue
			}
			told = append(told, *u.missing)
			rest := -1
			for _, other := range j.uncomputed {
				if *other.missing == *u.missing {
					rest++
				}
			}
			message := u.why + ", so that " + u.measure + moreThan(rest) + " cannot be computed"
			if u.what != "" {
				at := j.boxStart()
				if u.what == "seats" {
					at = j.at("elections.seats_total", 0)
				}
				j.doubt(at, u.what, u.expected, u.observed, message)
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

func moreThan(measures int) string {
	switch measures {
	case 0:
		return ""
	case 1:
		return " and 1 more measure"
	}
	return " and " + strconv.Itoa(measures) + " more measures"
}
