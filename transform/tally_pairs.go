package transform

import "math"

// sharePair is the shares of a contender in percent.
type sharePair struct{ votes, seats float64 }

// tallyPairs finds the contenders whose votes and seats are both known. If the contenders with seats stated have all of
// the seats, those without have none.
func (t *tally) tallyPairs() {
	if t.propagate(raeParties, seatShares, voteShares) {
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

// deviations returns Σ|v − s| over the contenders whose votes and seats are known, in points.
func (t *tally) deviations() (sum float64) {
	for _, p := range t.pairs {
		sum += math.Abs(p.votes - p.seats)
	}
	return sum
}
