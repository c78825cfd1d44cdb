package transform

import (
	"fmt"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/shares"
	"hemicycle/transform/values"
)

var votesAgainstPercentagesCheck = Check{
	ID: "votes-against-percentages", Severity: schemas.Warn,
	Meaning: "votes and a share of one contender that imply another total of votes than those of the others, " +
		"by more than rounding can hide",
	judge: func(j *judgement) {
		byHeading := len(j.electorates) > 1
		var headings []string
		electorates := map[string]shares.Totals{}
		pairs := 0
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			isPair := c.Votes != nil && c.VotePct != nil && *c.Votes > 0 && c.VotePct.IsPositive()
			if !isPair || c.Kind == schemas.KindInvalid {
				continue
			}
			pairs++
			heading := ""
			if byHeading {
				heading = c.Heading
			}
			if _, known := electorates[heading]; !known {
				headings = append(headings, heading)
			}
			electorates[heading] = append(electorates[heading], shares.TotalOf(c))
		}
		if pairs < 2 {
			j.skip("the box does not state both votes and a share of two contenders")
			return
		}
		for _, heading := range headings {
			if one, other := electorates[heading].Contradiction(); one != nil {
				j.doubtTotal(one, other)
			}
		}
	},
}

// doubtTotal doubts the votes and the share of one contender, by those of another.
func (j *judgement) doubtTotal(one, other *shares.Total) {
	c, d := one.Contender, other.Contender
	total := func(c *schemas.Contender) string {
		return decimal.NewFromInt(*c.Votes).Mul(values.Hundred).Div(*c.VotePct).Round(0).String()
	}
	j.doubt(j.at("results.vote_pct", c.Position), numberedSubject("vote_pct", c.Position), total(d), total(c), fmt.Sprintf(
		"%s has %d votes and %s percent, so that there are about %s votes in all; by the %d votes and %s percent "+
			"of %s there are about %s",
		c.Label(), *c.Votes, schemas.FormatDecimal(*c.VotePct), total(c),
		*d.Votes, schemas.FormatDecimal(*d.VotePct), d.Label(), total(d)))
}
