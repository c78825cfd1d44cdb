package contests

import (
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// compute fills what the template computes when the page is shown: shares of the sum of all rows, and the totals.
func (r *resultsReading) compute(isBlankValid bool) {
	sum, ok := r.sumOfVotes()
	if !ok {
		return
	}
	for i := range r.c.Rows {
		if row := &r.c.Rows[i]; row.Votes != nil && sum > 0 {
			share := percentOf(*row.Votes, sum)
			row.VotePctShown = &share
		}
	}
	valid := sum
	if r.c.Valid == nil {
		r.c.ValidShown = &sum
	} else {
		valid = *r.c.Valid
	}
	if !r.isUnreadable("invalid") && !r.isUnreadable("blank") {
		r.computeTurnout(valid, isBlankValid)
	}
}

// sumOfVotes returns the sum of the votes of all rows. It is not known if no row has votes, or if those of a row cannot
// be read.
func (r *resultsReading) sumOfVotes() (sum int64, ok bool) {
	for i := range r.c.Rows {
		row := &r.c.Rows[i]
		if row.Votes == nil {
			if r.isUnreadable(place("votes", row.Position)) {
				return 0, false
			}
			continue
		}
		ok = true
		if sum += *row.Votes; sum < 0 { // more than any count
			return 0, false
		}
	}
	return sum, ok
}

// computeTurnout fills the votes cast and the turnout that the template computes.
func (r *resultsReading) computeTurnout(valid int64, isBlankValid bool) {
	cast := valid
	if r.c.Invalid != nil {
		cast += *r.c.Invalid
	}
	if r.c.Blank != nil && !isBlankValid {
		cast += *r.c.Blank
	}
	if cast < valid {
		return
	}
	if r.c.Invalid != nil || r.c.Blank != nil {
		r.c.VotesCastShown = &cast
	}
	if r.c.Electorate != nil && *r.c.Electorate > 0 && r.c.TurnoutPct == nil {
		turnout := percentOf(cast, *r.c.Electorate)
		if turnout.LessThan(decimal.NewFromInt(schemas.ShareMax)) {
			r.c.TurnoutShown = &turnout
		}
	}
}

// shownDigits is the number of digits behind the point of the shares that the template computes.
const shownDigits = 2

// percentOf returns a part of a whole in percent, as the template shows it.
func percentOf(part, whole int64) decimal.Decimal {
	hundred := decimal.NewFromInt(part).Mul(decimal.NewFromInt(100))
	return hundred.DivRound(decimal.NewFromInt(whole), shownDigits)
}
