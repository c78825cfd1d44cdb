package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/shares"
	"hemicycle/transform/values"
)

var fractionsCheck = Check{
	ID: "fractions", Severity: schemas.Warn,
	Meaning: "turnout below 1, or shares of votes that sum to 1: fractions of one, it seems, where percentages are " +
		"expected",
	judge: func(j *judgement) {
		t := j.e.TurnoutPct
		if t == nil && len(j.electorates) == 0 {
			j.skip("the box states neither turnout nor shares of votes")
			return
		}
		f := j.fieldOf("elections.turnout_pct", 0)
		if t != nil && shares.IsFraction(*t) && f != nil && !values.HasPercentSign(f.Text) {
			j.doubt(placeOf(f), "turnout_pct", "1 to 100", schemas.FormatDecimal(*t), fmt.Sprintf(
				"turnout is stated as %s, which looks like a fraction of 1 and not like a percentage; it is kept as it is "+
					"written", schemas.FormatDecimal(*t)))
		}
		for _, l := range j.fractions {
			j.doubt(j.boxStart(), "vote_pct", "100", schemas.FormatDecimal(l.Sum), fmt.Sprintf(
				"the shares of %d contenders%s sum to %s, so that they look like fractions of 1 and not like "+
					"percentages; they are kept as they are written",
				l.Count, l.UnderHeading(), schemas.FormatDecimal(l.Sum)))
		}
	},
}
