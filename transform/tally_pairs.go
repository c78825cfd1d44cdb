package transform

import (
	"fmt"
	"math"

	"hemicycle/schemas"
)

// sharePair is the shares of a contender in percent.
type sharePair struct{ votes, seats float64 }

// tallyPairs finds the contenders whose votes and seats are both known. If the contenders with seats stated have all of
// the seats, those without have none.
func (t *tally) tallyPairs() {
	if t.propagate(raeParties, seatShares, voteShares) {
		return
	}
	if why := t.whyOtherSeats(); why != "" {
		t.setMissing(raeParties, why)
		return
	}
	t.pairs = make([]sharePair, 0, len(t.share))
	var votes, seats float64
	isRestZero := *t.r.e.SeatsSum() == t.whole
	for i := range t.contenders {
		s := t.contenders[i].Seats
		if t.share[i] < 0 || s == nil && !isRestZero {
			continue
		}
		p := sharePair{votes: t.share[i], seats: t.percentOfSeats(seatCount(s))}
		t.pairs = append(t.pairs, p)
		votes += p.votes
		seats += p.seats
	}
	t.restVotes, t.restSeats = max(0, 100-votes), max(0, 100-seats)
	if t.restVotes <= halfAPoint && t.restSeats <= halfAPoint {
		t.restVotes, t.restSeats = 0, 0
	}
	for _, p := range t.pairs {
		if p.votes >= halfAPoint {
			return
		}
	}
	t.setMissing(raeParties, "no contender with seats stated has half a percent of the votes")
}

// whyOtherSeats returns why the seats are not known to be those that the votes of this election filled, "" if they are.
// Where a third of a chamber is elected, the votes of the day say nothing of the other seats.
func (t *tally) whyOtherSeats() string {
	e := t.r.e
	switch {
	case e.HasSeatsOfVotes():
		return ""
	case e.SeatsBasis == schemas.SeatsHeldAfter:
		return fmt.Sprintf("the seats are those held after the election, and its votes filled %d of %d",
			*e.SeatsContested, *e.SeatsTotal)
	}
	return "some seats are those won and some those held after the election, so that which of them these votes filled " +
		"cannot be told"
}

// deviations returns Σ|v − s| over the contenders whose votes and seats are known, in points.
func (t *tally) deviations() (sum float64) {
	for _, p := range t.pairs {
		sum += math.Abs(p.votes - p.seats)
	}
	return sum
}

// boundedPairs returns a measure of disproportionality with its bounds. If these are far apart, it has no value unless
// the box lists all seats. What it leaves out has then won none, which is all that the treatment takes for granted; the
// value is exactly the index under it, as Gallagher publishes indices with others as one category. If seats are open
// too, the value is in the middle of what is known and no estimate: Taagepera 1997, Electoral Studies 16:145–151, gives
// bounds for such data.
func (t *tally) boundedPairs(value, low, high float64, treatment string) schemas.Measure {
	m := bounded(value, low, high, treatment)
	m.IsOpen = isFarApart(low, high) && t.restSeats > halfAPoint
	return m
}

// isFarApart reports whether what lies between two bounds is no estimate.
func isFarApart(low, high float64) bool {
	const farApart = 2 // points
	return float64(high)-float64(low) > farApart
}
