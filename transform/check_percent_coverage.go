package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var percentCoverageCheck = Check{
	ID: "percent-coverage", Severity: schemas.Warn,
	Meaning: "points of the vote under one heading that no listed contender has; a note for Infobox legislative " +
		"election, which lists winners of seats alone",
	judge: func(j *judgement) {
		lists := j.electorates
		if len(lists) == 0 {
			j.skip("no contender has a share of votes stated")
			return
		}
		for _, l := range lists {
			rest := values.Hundred.Sub(l.Sum)
			if rest.GreaterThan(l.Rounding) && j.listsAllWinners() && len(j.fractions) == 0 {
				j.addFinding(j.severityOfCoverage(), j.boxStart(), "vote_pct", "100", schemas.FormatDecimal(l.Sum),
					fmt.Sprintf("the shares%s sum to %s percent; "+
						"%s points belong to parties that the box does not list (the box lists winners of seats)",
						l.UnderHeading(), schemas.FormatDecimal(l.Sum), schemas.FormatDecimal(rest)))
			}
		}
		if !j.found && !j.listsAllWinners() {
			j.pass("up to 100", schemas.FormatDecimal(lists[0].Sum), j.whyPartial())
		}
		if !j.found {
			j.pass("100", schemas.FormatDecimal(lists[0].Sum), "")
		}
	},
}

// severityOfCoverage returns the severity of the check, unless the pipeline overrides it: the documentation of Infobox
// legislative election demands that parties without seats are left out, so that there it is only a note.
func (j *judgement) severityOfCoverage() schemas.Status {
	if j.e.Template == schemas.LegislativeBox && !j.isOverridden {
		return schemas.Note
	}
	return j.severity
}
