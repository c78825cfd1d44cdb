package transform

import (
	"slices"
	"strconv"
	"strings"

	"hemicycle/schemas"
)

var measuresCheck = Check{
	ID: "measures", Severity: schemas.Note,
	Meaning: "measures that cannot be computed since figures of the box contradict each other, " +
		"or the chamber is too large",
	judge: func(j *judgement) {
		var notStated []string // reasons that are no contradiction
		var reasons []missingReason
		for _, u := range j.uncomputed {
			if slices.Contains(reasons, *u.reason) {
				continue
			}
			reasons = append(reasons, *u.reason)
			message := u.reason.why + ", so that " + u.measure + j.andMoreMeasures(u.reason) + " cannot be computed"
			if u.reason.subject == "" {
				notStated = append(notStated, message)
				continue
			}
			at := j.boxStart()
			if u.reason.subject == "seats" {
				at = j.at("elections.seats_total", 0)
			}
			j.doubt(at, u.reason.subject, u.reason.expected, u.reason.observed, message)
		}
		switch {
		case j.found:
		case len(j.e.Measures)+len(j.e.ContenderMeasures) == 0:
			j.skip(strings.Join(notStated, ". "))
		default:
			j.pass("", "", strings.Join(notStated, ". "))
		}
	},
}

// andMoreMeasures says how many measures are missing for a reason beside the one that is named.
func (j *judgement) andMoreMeasures(reason *missingReason) string {
	others := -1
	for _, u := range j.uncomputed {
		if *u.reason == *reason {
			others++
		}
	}
	switch others {
	case 0:
		return ""
	case 1:
		return " and 1 more measure"
	}
	return " and " + strconv.Itoa(others) + " more measures"
}
