package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var percentTotalCheck = Check{
	ID: "percent-total", Severity: schemas.Error,
	Meaning: "shares of votes under one heading that sum to more than 100 percent and what rounding can add",
	judge: func(j *judgement) {
		lists := j.electorates
		if len(lists) == 0 {
			j.skip("no contender has a share of votes stated")
			return
		}
		for _, l := range lists {
			if l.Sum.GreaterThan(values.Hundred.Add(l.Rounding)) {
				j.doubt(j.boxStart(), "vote_pct", "up to 100", schemas.FormatDecimal(l.Sum),
					fmt.Sprintf("the shares of %d contenders%s sum to %s percent",
						l.Count, l.UnderHeading(), schemas.FormatDecimal(l.Sum)))
			}
		}
		if !j.found {
			j.pass("up to 100", schemas.FormatDecimal(lists[0].Sum), "")
		}
	},
}
