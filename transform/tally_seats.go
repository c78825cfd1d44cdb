package transform

import (
	"fmt"
	"strconv"

	"hemicycle/schemas"
	"hemicycle/transform/figures"
)

// tallySeats finds how the seats are shared: those contested, or those of the chamber if the contenders have all of
// them.
func (t *tally) tallySeats() {
	e := t.r.e
	sum := e.SeatsSum()
	switch {
	case sum == nil:
		t.setMissing(seatShares, "no contender has seats stated")
		return
	case *sum == 0:
		t.setMissing(seatShares, "no contender has a seat")
		return
	case e.SeatsTotal == nil || e.SeatsContested == nil:
		t.setMissing(seatShares, t.r.orWhyNoSeats("the box does not say how many seats there are"))
		return
	}
	if t.restsOnGuess(seatShares, "results.seats") {
		return
	}
	t.whole = *e.SeatsContested
	if *sum == *e.SeatsTotal || t.r.usesSeatsAfter() {
		t.whole = *e.SeatsTotal
	}
	nobody := t.seatsOfNobody()
	held := *sum - nobody
	t.base = t.whole - nobody
	t.unlistedSeats = t.base - held
	unread := t.r.fieldWithProblem("results.seats", &unreadableValueCheck, &ambiguousValueCheck)
	switch {
	case t.unlistedSeats > 0 && unread != nil:
		t.setMissing(seatShares, "the seats of contender "+strconv.Itoa(unread.Position)+" cannot be read")
		return
	case held == 0:
		t.setMissing(seatShares, "no contender has a seat")
		return
	case t.unlistedSeats < 0 || t.unlistedSeats > 0 && t.r.listsAllWinners() && !t.r.isOngoing():
		t.missing[seatShares] = &missingReason{
			subject:  "seats",
			expected: formatInt(t.whole),
			observed: formatInt(*sum),
			why:      fmt.Sprintf("the seats sum to %d, not to %d", *sum, t.whole),
		}
		return
	case t.unlistedSeats > 0 && t.r.isOngoing():
		t.setMissing(seatShares, "the election is not over")
		return
	}
	if t.unlistedSeats += t.seatsOfKind(schemas.KindOthers); t.percentOfSeats(t.unlistedSeats) <= halfAPoint {
		t.unlistedSeats = 0
	}
	t.collectIndependentSeats()
}

// seatsOfKind returns the seats of the rows of one kind.
func (t *tally) seatsOfKind(kind string) (sum int64) {
	for i := range t.r.e.Contenders {
		if c := &t.r.e.Contenders[i]; c.Kind == kind {
			sum += seatCount(c.Seats)
		}
	}
	return sum
}

// seatsOfNobody returns the seats in the box that no party or candidate can hold.
func (t *tally) seatsOfNobody() (sum int64) {
	for i := range t.r.e.Contenders {
		if c := &t.r.e.Contenders[i]; !c.Competes() && c.Kind != schemas.KindOthers {
			sum += seatCount(c.Seats)
		}
	}
	return sum
}

// collectIndependentSeats collects the seats of groups of independents, of whom each is a party of one.
func (t *tally) collectIndependentSeats() {
	for i := range t.contenders {
		if c := &t.contenders[i]; c.IsGroupOfIndependents() && seatCount(c.Seats) > 1 {
			t.independentSeats = append(t.independentSeats, *c.Seats)
		}
	}
}

// tallyLastSeats finds the seats at the last election. They can be compared if the whole chamber is filled on the day.
func (t *tally) tallyLastSeats() {
	if t.propagate(lastSeats, seatShares) || t.restsOnGuess(lastSeats, "results.previous_seats") {
		return
	}
	e := t.r.e
	var sum *int64
	for i := range t.contenders {
		if n := t.contenders[i].PreviousSeats; n != nil {
			sum = new(seatCount(sum) + *n)
		}
	}
	switch {
	case sum == nil || *sum == 0:
		t.setMissing(lastSeats, "no contender has seats at the last election stated")
		return
	case *e.SeatsContested != *e.SeatsTotal:
		t.setMissing(lastSeats,
			"the chamber is renewed in part, and which seats of the last election compare cannot be told")
		return
	case t.unlistedSeats > 0:
		t.setMissing(lastSeats, "the box does not list who has all of the seats")
		return
	}
	for i := range t.contenders {
		c := &t.contenders[i]
		isNew := c.IsNew != nil && *c.IsNew
		if c.PreviousSeats == nil && !isNew && *sum < t.base {
			t.setMissing(lastSeats, "the seats of "+c.Label()+" at the last election are not stated")
			return
		}
	}
	t.lastSum = *sum
}

// tallyLargestGroup finds the party with the most seats. Of several equal ones it is the first in the box.
func (t *tally) tallyLargestGroup() {
	if t.propagate(largestGroup, seatShares) {
		t.propagate(largestVotes, seatShares)
		return
	}
	var most int64
	for i := range t.contenders {
		c := &t.contenders[i]
		if seats := seatCount(c.Seats); seats > most && !c.IsGroupOfIndependents() {
			t.largest, most = i, seats
		}
	}
	switch {
	case t.largest < 0:
		t.setMissing(largestGroup, "every seat is held by independents")
		t.propagate(largestVotes, largestGroup)
	case most < t.unlistedSeats:
		t.setMissing(largestGroup, "the seats that the box does not list are more than those of any that it does")
		t.propagate(largestVotes, largestGroup)
	case t.propagate(largestVotes, voteShares):
	case t.whyOtherSeats() != "":
		t.setMissing(largestVotes, t.whyOtherSeats())
	case t.share[t.largest] <= 0:
		t.setMissing(largestVotes, "the largest group has no share of votes stated")
	}
}

// seatCount returns a number of seats, 0 if none is stated.
func seatCount(seats *int64) int64 {
	if seats == nil {
		return 0
	}
	return *seats
}

// percentOfSeats returns a number of seats as a share of those that contenders can have.
func (t *tally) percentOfSeats(n int64) float64 { return float64(100*n) / float64(t.base) }

// percentOfAllSeats returns a number of seats as a share of all, those of nobody among them.
func (t *tally) percentOfAllSeats(n int64) float64 { return float64(100*n) / float64(t.whole) }

// seatSquares returns the sum of the squared seats: the value, and the least and the most that it can be. At most, the
// unlisted seats are those of one party; at least, each of them is that of another.
func (t *tally) seatSquares() (value, least, most float64) {
	smallest := t.unlistedSeats
	for i := range t.contenders {
		if n := seatCount(t.contenders[i].Seats); n > 0 {
			value += figures.Square(float64(n))
			smallest = min(smallest, n)
		}
	}
	least, most = value, value
	for _, n := range t.independentSeats {
		least += float64(n) - figures.Square(float64(n))
	}
	rest := float64(t.unlistedSeats)
	return value + float64(rest*float64(smallest)), least + rest, most + figures.Square(rest)
}

// seatsOpen reports whether a measure by seats has bounds.
func (t *tally) seatsOpen() bool { return t.unlistedSeats > 0 || len(t.independentSeats) > 0 }
