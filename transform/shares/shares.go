// Package shares sums the shares of votes in a box, electorate by electorate.
//
// Start with ListsOf.
package shares

import (
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// List is the shares of votes in one electorate: those of the whole box, or those under one heading.
type List struct {
	Heading  string
	Sum      decimal.Decimal
	Rounding decimal.Decimal // the most that the rounding of all shares together can add to the sum
	Count    int
}

// UnderHeading says which heading the shares stand under.
func (l *List) UnderHeading() string {
	if l.Heading == "" {
		return ""
	}
	return " under " + values.Quote(l.Heading)
}

// ListsOf returns the sums of the shares stated, by heading. Headings stand between the blocs of one electorate, or
// between electorates. If all shares together make no more than a whole, they are those of one electorate.
func ListsOf(e *schemas.Election) []List {
	var lists []List
	index := map[string]int{}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if c.VotePct == nil ||
			c.Kind == schemas.KindInvalid { // of the votes cast, while the others are of the valid ones
			continue
		}
		k, ok := index[c.Heading]
		if !ok {
			k = len(lists)
			index[c.Heading] = k
			lists = append(lists, List{Heading: c.Heading})
		}
		l := &lists[k]
		l.Sum = l.Sum.Add(*c.VotePct)
		l.Rounding = l.Rounding.Add(decimal.New(5, min(0, c.VotePct.Exponent())-1))
		l.Count++
	}
	all := List{}
	for _, l := range lists {
		all.Sum, all.Rounding, all.Count = all.Sum.Add(l.Sum), all.Rounding.Add(l.Rounding), all.Count+l.Count
	}
	if len(lists) > 1 && all.Sum.LessThanOrEqual(Hundred.Add(all.Rounding)) {
		return []List{all}
	}
	return lists
}

// Hundred is a whole in percent.
var Hundred = decimal.NewFromInt(100)

// IsShare reports whether a percentage is a part of a whole.
func IsShare(d decimal.Decimal) bool { return !d.IsNegative() && d.LessThanOrEqual(Hundred) }

// IsFraction reports whether a figure lies between 0 and 1, both excluded.
func IsFraction(d decimal.Decimal) bool {
	return d.IsPositive() && d.LessThan(decimal.NewFromInt(1))
}

// AreFractions reports whether shares sum to 1, up to a twentieth that other contenders have.
func (l *List) AreFractions() bool {
	return l.Count > 1 && l.Sum.GreaterThanOrEqual(decimal.New(95, -2)) &&
		l.Sum.LessThanOrEqual(decimal.NewFromInt(1).Add(l.Rounding))
}
