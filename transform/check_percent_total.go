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
					fmt.Sprintf("the shares of %d contenders%s sum to %s percent", l.count, l.under(), schemas.FormatDecimal(l.sum)))
			}
		}
		if !j.found {
			j.pass("up to 100", schemas.FormatDecimal(lists[0].sum), "")
		}
	},
}

// shareList is the shares of votes of one electorate: of the whole box, or under one heading.
type shareList struct {
	heading  string
	sum      decimal.Decimal
	rounding decimal.Decimal // the most by which rounding of each share can move the sum
	count    int
}

func (l *shareList) under() string {
	if l.heading == "" {
		return ""
	}
	return " under " + values.Quote(l.heading)
}

// shareLists sums the shares stated. Headings part either blocs of one electorate or electorates of
// their own; shares that together make no more than a whole are those of one.
func shareLists(e *schemas.Election) []shareList {
	var lists []shareList
	index := map[string]int{}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if c.VotePct == nil {
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
