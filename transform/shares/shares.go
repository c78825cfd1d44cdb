// Package shares sums the shares of votes in a box, electorate by electorate.
//
// Start with ListsOf.
package shares

import (
	"slices"

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
	lists, all := listsByHeading(e, func(*schemas.Contender) bool { return true })
	if len(lists) > 1 && all.Sum.LessThanOrEqual(values.Hundred.Add(all.Rounding)) {
		return []List{all}
	}
	return lists
}

// FractionsOf returns the lists of shares that sum to 1, so that they look like fractions of 1 and not like
// percentages: all shares together, or else those under each heading if none sums to anything else. Shares that the box
// writes as percentages do not count; isPercentage is asked only if no share is above 1.
func FractionsOf(e *schemas.Election, isPercentage func(*schemas.Contender) bool) []List {
	for i := range e.Contenders {
		if c := &e.Contenders[i]; c.VotePct != nil && c.VotePct.GreaterThan(fractionWhole) {
			return nil
		}
	}
	lists, all := listsByHeading(e, func(c *schemas.Contender) bool { return !isPercentage(c) })
	if all.areFractions() {
		return []List{all}
	}
	if slices.ContainsFunc(lists, func(l List) bool { return !l.areFractions() }) {
		return nil
	}
	return lists
}

// listsByHeading returns the sums of those shares stated that count, by heading and in all.
func listsByHeading(e *schemas.Election, counts func(*schemas.Contender) bool) (lists []List, all List) {
	index := map[string]int{}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		isOfVotesCast := c.Kind == schemas.KindInvalid // while the others are of the valid votes
		if c.VotePct == nil || isOfVotesCast || !counts(c) {
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
	for _, l := range lists {
		all.Sum, all.Rounding, all.Count = all.Sum.Add(l.Sum), all.Rounding.Add(l.Rounding), all.Count+l.Count
	}
	if len(lists) == 1 {
		all.Heading = lists[0].Heading
	}
	return lists, all
}

// fractionWhole is the whole of fractions.
var fractionWhole = decimal.NewFromInt(1)

// IsFraction reports whether a figure lies between 0 and 1, both excluded.
func IsFraction(d decimal.Decimal) bool {
	return d.IsPositive() && d.LessThan(fractionWhole)
}

// areFractions reports whether shares sum to 1, up to a twentieth that other contenders have.
func (l *List) areFractions() bool {
	return l.Count > 1 && l.Sum.GreaterThanOrEqual(decimal.New(95, -2)) &&
		l.Sum.LessThanOrEqual(fractionWhole.Add(l.Rounding))
}
