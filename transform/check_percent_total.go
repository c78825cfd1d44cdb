package transform

import (
	"fmt"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var percentTotalCheck = Check{
	ID: "percent-total", Severity: schemas.Error,
	Meaning: "shares of votes under one heading that sum to more than 100 percent and what rounding can add",
	judge: func(j *judgement) {
		lists := shareLists(j.e)
		if len(lists) == 0 {
			j.skip("no contender has a share of votes stated")
			return
		}
		for _, l := range lists {
			if l.sum.GreaterThan(hundred.Add(l.rounding)) {
				j.doubt(j.boxStart(), "vote_pct", "up to 100", schemas.FormatDecimal(l.sum),
					fmt.Sprintf("the shares of %d contenders%s sum to %s percent",
						l.count, l.underHeading(), schemas.FormatDecimal(l.sum)))
			}
		}
		if !j.found {
			j.pass("up to 100", schemas.FormatDecimal(lists[0].sum), "")
		}
	},
}

// shareList is the shares of votes in one electorate: those of the whole box, or those under one heading.
type shareList struct {
	heading  string
	sum      decimal.Decimal
	rounding decimal.Decimal // the most that the rounding of all shares together can add to the sum
	count    int
}

// underHeading says which heading the shares stand under.
func (l *shareList) underHeading() string {
	if l.heading == "" {
		return ""
	}
	return " under " + values.Quote(l.heading)
}

// shareLists returns the sums of the shares stated, by heading. Headings stand between the blocs of one electorate, or
// between electorates. If all shares together make no more than a whole, they are those of one electorate.
func shareLists(e *schemas.Election) []shareList {
	var lists []shareList
	index := map[string]int{}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if c.VotePct == nil || c.Kind == schemas.KindInvalid { // of the votes cast, while the others are of the valid ones
			continue
		}
		k, ok := index[c.Heading]
		if !ok {
			k = len(lists)
			index[c.Heading] = k
			lists = append(lists, shareList{heading: c.Heading})
		}
		l := &lists[k]
		l.sum = l.sum.Add(*c.VotePct)
		l.rounding = l.rounding.Add(decimal.New(5, min(0, c.VotePct.Exponent())-1))
		l.count++
	}
	all := shareList{}
	for _, l := range lists {
		all.sum, all.rounding, all.count = all.sum.Add(l.sum), all.rounding.Add(l.rounding), all.count+l.count
	}
	if len(lists) > 1 && all.sum.LessThanOrEqual(hundred.Add(all.rounding)) {
		return []shareList{all}
	}
	return lists
}
