package shares

import (
	"slices"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// Total is the number of votes in all that the votes and the share of a contender imply. It lies between two fractions
// with the contender's votes above and a share below, since the share is rounded, or cut off.
type Total struct {
	Contender *schemas.Contender
	votes     decimal.Decimal
	most      decimal.Decimal // the greatest share that can be written so, which implies the least total
	least     decimal.Decimal // the smallest such share; zero or less if the total has no bound
}

// TotalOf returns the total that the votes and the share of a contender imply. Both must be stated.
func TotalOf(c *schemas.Contender) Total {
	last := decimal.New(1, min(0, c.VotePct.Exponent())) // of the last digit
	return Total{c, decimal.NewFromInt(*c.Votes), c.VotePct.Add(last), c.VotePct.Sub(last)}
}

// contradicts reports whether the least total that t implies is above the greatest that u implies.
func (t *Total) contradicts(u *Total) bool {
	return u.least.IsPositive() && t.votes.Mul(u.least).GreaterThan(u.votes.Mul(t.most))
}

// Totals are those of the contenders of one electorate.
type Totals []Total

// Contradiction returns two contenders whose totals contradict each other, nil if all agree. Of three or more, the
// first is the one without whom the others agree, if there is one.
func (t Totals) Contradiction() (one, other *Total) {
	high, low := t.extremes()
	if high < 0 || !t[high].contradicts(&t[low]) {
		return nil, nil
	}
	if len(t) > 2 && !t.agreeWithout(high) && t.agreeWithout(low) {
		high, low = low, high
	}
	return &t[high], &t[low]
}

// extremes returns the contender with the greatest least total, and the one with the smallest greatest total; -1 if no
// total has a bound.
func (t Totals) extremes() (high, low int) {
	high, low = -1, -1
	for i := range t {
		if high < 0 || t[i].votes.Mul(t[high].most).GreaterThan(t[high].votes.Mul(t[i].most)) {
			high = i
		}
		isBounded := t[i].least.IsPositive()
		if isBounded && (low < 0 || t[i].votes.Mul(t[low].least).LessThan(t[low].votes.Mul(t[i].least))) {
			low = i
		}
	}
	if low < 0 {
		return -1, -1
	}
	return high, low
}

// agreeWithout reports whether the totals agree if one of them is left out.
func (t Totals) agreeWithout(i int) bool {
	others := slices.Delete(slices.Clone(t), i, i+1)
	high, low := others.extremes()
	return high < 0 || !others[high].contradicts(&others[low])
}
