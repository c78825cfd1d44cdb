package transform

import (
	"fmt"
	"math"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/votingpower"
)

// tally is the figures of an election that its measures are computed from, and what of them is lacking.
// Contenders are known by their index.
type tally struct {
	r       *boxReading
	missing [needCount]*missingReason

	// Seats: base is the seats that are shared out. Those of no contender are unlisted; they are taken
	// for none where they are less than half a point.
	base, unlistedSeats int64
	independentSeats    []int64 // of each group of independents that has two or more
	largest             int     // the contender that is a party and has most seats

	// Votes, in percent; share is below zero where it is not known. Those of no contender are unlisted,
	// none where they are less than half a point.
	share         []float64
	unlistedVotes float64
	ofVotes       bool // the shares are of the votes listed, since the box gives no others
	independents  bool // a group of independents has votes

	// Both, for the contenders whose votes and seats are known; the rest is what the others have.
	pairs                []sharePair
	restVotes, restSeats float64

	lastSum int64 // of the seats at the last election

	game, alone *votingpower.Game // of the whole chamber; alone is nil where no independents have two seats
}

// sharePair is the shares of a contender in percent.
type sharePair struct{ votes, seats float64 }

// need is what a measure can need.
type need int

const (
	seatShares   need = iota // how the seats are shared out
	voteShares               // how the votes are
	lastSeats                // how the seats were at the last election
	largestGroup             // which party has most seats
	largestVotes             // and its share of the votes
	raeParties               // a contender with half a percent of the votes, and its seats
	chamberGame              // the seats of every member of the chamber
	aloneGame                // the same, with independents that are worth parting
	needCount
)

// missingReason is why something is not there.
type missingReason struct {
	subject  string // as a finding's subject; "" where the box gives what it can
	expected string
	observed string
	why      string // "" where nothing is amiss, and nothing need be said
}

// halfAPoint is what may be unlisted and is taken for nothing.
const halfAPoint = 0.5

func newTally(r *boxReading) *tally {
	t := &tally{r: r, largest: -1}
	t.tallyShares()
	t.buildGames()
	return t
}

// tallyShares finds all but the game.
func (t *tally) tallyShares() {
	t.tallySeats()
	t.tallyVotes()
	t.tallyPairs()
	t.tallyLastSeats()
	t.tallyLargestGroup()
}

// unmet is why a need is not met; nil where it is.
func (t *tally) unmet(n need) *missingReason { return t.missing[n] }

func (t *tally) setMissing(n need, why string) { t.missing[n] = &missingReason{why: why} }

// propagate makes a need lack what another does; it reports whether that lacks anything.
func (t *tally) propagate(n need, of ...need) bool {
	for _, o := range of {
		if t.missing[o] != nil {
			t.missing[n] = t.missing[o]
			return true
		}
	}
	return false
}

func (t *tally) contenders() []schemas.Contender { return t.r.e.Contenders }

// tallySeats finds how the seats are shared out: those contested, or those of the chamber where the
// contenders have all of them.
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
		t.setMissing(seatShares, "the box does not say how many seats there are")
		return
	}
	t.base = *e.SeatsContested
	if *sum == *e.SeatsTotal || t.r.usesSeatsAfter() {
		t.base = *e.SeatsTotal
	}
	t.unlistedSeats = t.base - *sum
	switch {
	case t.unlistedSeats < 0 || t.unlistedSeats > 0 && t.r.listsAllWinners() && !t.r.isOngoing():
		t.missing[seatShares] = &missingReason{"seats", formatInt(t.base), formatInt(*sum), fmt.Sprintf("the seats sum to %d, not to %d", *sum, t.base)}
		return
	case t.unlistedSeats > 0 && t.r.isOngoing():
		t.setMissing(seatShares, "the election is not over")
		return
	}
	if t.percentOfSeats(t.unlistedSeats) <= halfAPoint {
		t.unlistedSeats = 0
	}
	for i := range e.Contenders {
		if c := &e.Contenders[i]; isGroupOfIndependents(c) && c.Seats != nil && *c.Seats > 1 {
			t.independentSeats = append(t.independentSeats, *c.Seats)
		}
	}
}

// isGroupOfIndependents reports whether a contender is independents in one row, who are no party.
func isGroupOfIndependents(c *schemas.Contender) bool { return c.IsIndependent && c.Kind == "party" }

func (t *tally) percentOfSeats(n int64) float64 { return float64(100*n) / float64(t.base) }

// tallyVotes finds how the votes are shared out: by the percentages stated, or where there are none by
// the votes.
func (t *tally) tallyVotes() {
	e := t.r.e
	t.share = make([]float64, len(e.Contenders))
	for i := range t.share {
		t.share[i] = -1
	}
	lists := shareLists(e)
	var sum float64
	switch len(lists) {
	case 0:
		if sum = t.sharesFromVotes(); sum == 0 {
			t.setMissing(voteShares, "no contender has votes or a share of them stated")
			return
		}
	case 1:
		if l := &lists[0]; l.sum.GreaterThan(hundred.Add(l.rounding)) {
			t.missing[voteShares] = &missingReason{"vote_pct", "up to 100", schemas.FormatDecimal(l.sum), fmt.Sprintf("the shares of votes sum to %s percent", schemas.FormatDecimal(l.sum))}
			return
		}
		for i := range e.Contenders {
			if p := e.Contenders[i].VotePct; p != nil {
				if p.IsNegative() {
					t.missing[voteShares] = &missingReason{"vote_pct", "0 or more", schemas.FormatDecimal(*p), "a share of votes is below zero"}
					return
				}
				t.share[i] = floatOf(p)
			}
		}
		sum = floatOf(&lists[0].sum)
		if sum == 0 {
			t.setMissing(voteShares, "no contender has a vote")
			return
		}
	default:
		t.setMissing(voteShares, "the headings part electorates, whose shares do not add")
		return
	}
	if rest := 100 - sum; rest > halfAPoint {
		t.unlistedVotes = rest
	}
	for i := range e.Contenders {
		t.independents = t.independents || isGroupOfIndependents(&e.Contenders[i]) && t.share[i] > 0
	}
}

// sharesFromVotes makes shares of votes. The sum is 100, or less where the box says how many were cast.
func (t *tally) sharesFromVotes() float64 {
	e := t.r.e
	var sum float64
	for i := range e.Contenders {
		if v := e.Contenders[i].Votes; v != nil {
			sum += float64(*v)
		}
	}
	if sum == 0 {
		return 0
	}
	for i := range e.Contenders {
		if v := e.Contenders[i].Votes; v != nil {
			t.share[i] = float64(100*float64(*v)) / sum
		}
	}
	// Votes cast hold invalid ones too, so that they say how many are unlisted only where none are.
	cast := e.VotesCast
	t.ofVotes = cast == nil || float64(*cast) < sum || float64(100*(float64(*cast)-sum)) > float64(halfAPoint*float64(*cast))
	return 100
}

// floatOf is the double nearest to a decimal.
func floatOf(d *decimal.Decimal) float64 {
	if e := d.Exponent(); e <= 0 && e >= -15 && d.NumDigits() <= 15 { // both exact, so one rounding
		return float64(d.CoefficientInt64()) / pow10[-e]
	}
	return d.InexactFloat64()
}

var pow10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// tallyPairs finds whose votes and seats are both known. A contender without seats stated has none where
// the others have all of them.
func (t *tally) tallyPairs() {
	if t.propagate(raeParties, seatShares, voteShares) {
		return
	}
	t.pairs = make([]sharePair, 0, len(t.share))
	var votes, seats float64
	all := t.r.e.SeatsSum()
	known := false // the seats of whoever has none stated
	if all != nil {
		known = *all == t.base
	}
	for i := range t.contenders() {
		s := t.contenders()[i].Seats
		if t.share[i] < 0 || s == nil && !known {
			continue
		}
		p := sharePair{votes: t.share[i]}
		if s != nil {
			p.seats = t.percentOfSeats(*s)
		}
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

// tallyLastSeats finds the seats at the last election. They compare where the whole chamber is filled on the day.
func (t *tally) tallyLastSeats() {
	if t.propagate(lastSeats, seatShares) {
		return
	}
	e := t.r.e
	sum := e.PreviousSeatsSum()
	switch {
	case sum == nil || *sum == 0:
		t.setMissing(lastSeats, "no contender has seats at the last election stated")
		return
	case *e.SeatsContested != *e.SeatsTotal:
		t.setMissing(lastSeats, "the chamber is renewed in part, and which seats of the last election compare cannot be told")
		return
	case t.unlistedSeats > 0:
		t.setMissing(lastSeats, "the box does not list who has all of the seats")
		return
	}
	for i := range e.Contenders {
		if c := &e.Contenders[i]; c.PreviousSeats == nil && (c.IsNew == nil || !*c.IsNew) && *sum < t.base {
			t.setMissing(lastSeats, "the seats of "+c.Label()+" at the last election are not stated")
			return
		}
	}
	t.lastSum = *sum
}

// tallyLargestGroup finds the party with most seats; of equals the first in the box.
func (t *tally) tallyLargestGroup() {
	if t.propagate(largestGroup, seatShares) {
		t.propagate(largestVotes, seatShares)
		return
	}
	for i := range t.contenders() {
		c := &t.contenders()[i]
		if c.Seats != nil && !isGroupOfIndependents(c) && *c.Seats > 0 && (t.largest < 0 || *c.Seats > *t.contenders()[t.largest].Seats) {
			t.largest = i
		}
	}
	switch {
	case t.largest < 0:
		t.setMissing(largestGroup, "every seat is held by independents")
		t.propagate(largestVotes, largestGroup)
	case *t.contenders()[t.largest].Seats < t.unlistedSeats:
		t.setMissing(largestGroup, "the seats that the box does not list are more than those of any that it does")
		t.propagate(largestVotes, largestGroup)
	case t.propagate(largestVotes, voteShares):
	case t.share[t.largest] <= 0:
		t.setMissing(largestVotes, "the largest group has no share of votes stated")
	}
}

// buildGames makes the game of forming a majority, where the seats of the whole chamber are known.
func (t *tally) buildGames() {
	switch total := t.r.e.SeatsTotal; {
	case t.propagate(chamberGame, seatShares):
	case t.base < *total:
		t.setMissing(chamberGame, fmt.Sprintf("the seats are those contested, %d of a chamber of %d", t.base, *total))
	case *t.r.e.SeatsSum() < *total:
		t.setMissing(chamberGame, "the box does not list who has all of the seats")
	default:
		t.game = votingpower.New(t.seatGroups(false), *total)
		if t.game.TooLarge() {
			t.missing[chamberGame] = &missingReason{"seats", fmt.Sprintf("members² × majority up to %d", votingpower.MaxSize), fmt.Sprintf("%d members, a majority of %d", t.game.Members, t.game.Quota),
				"the chamber is larger than voting power is computed for"}
			break
		}
		t.game.Solve()
	}
	switch {
	case t.propagate(aloneGame, chamberGame):
	case len(t.independentSeats) == 0:
		t.missing[aloneGame] = &missingReason{}
	default:
		t.alone = votingpower.New(t.seatGroups(true), *t.r.e.SeatsTotal)
		if t.alone.TooLarge() {
			t.missing[aloneGame] = &missingReason{"seats", fmt.Sprintf("members² × majority up to %d", votingpower.MaxSize), fmt.Sprintf("%d members, a majority of %d", t.alone.Members, t.alone.Quota),
				"with each independent alone the chamber has more members than voting power is computed for"}
			break
		}
		t.alone.Solve()
	}
}

// seatGroups is who holds the seats of the chamber, contender by contender; apart says that each independent
// counts alone.
func (t *tally) seatGroups(apart bool) []votingpower.Group {
	groups := make([]votingpower.Group, len(t.contenders()))
	for i := range groups {
		c := &t.contenders()[i]
		groups[i] = votingpower.Group{Position: c.Position, Seats: c.Seats, Apart: apart && isGroupOfIndependents(c)}
	}
	return groups
}

// gameTreatment is how measures of the chamber treat independents; they have all of its seats.
func (t *tally) gameTreatment() string { return t.seatTreatment(schemas.AllListed) }

// seatTreatment is how measures by seats treat what is open.
func (t *tally) seatTreatment(unlisted string) string {
	if t.unlistedSeats == 0 {
		unlisted = schemas.AllListed
	}
	if len(t.independentSeats) > 0 {
		return joinTreatments(unlisted, schemas.IndependentsOneGroup)
	}
	return unlisted
}

// voteTreatment is how measures by votes do.
func (t *tally) voteTreatment(unlisted string) string {
	switch {
	case t.ofVotes:
		unlisted = schemas.OfListedVotes
	case t.unlistedVotes == 0:
		unlisted = schemas.AllListed
	}
	if t.independents {
		return joinTreatments(unlisted, schemas.IndependentsOneGroup)
	}
	return unlisted
}

// pairTreatment is how measures by both do.
func (t *tally) pairTreatment(unlisted string) string {
	switch {
	case t.ofVotes:
		unlisted = schemas.OfListedVotes
	case t.restVotes == 0 && t.restSeats == 0:
		unlisted = schemas.AllListed
	}
	if t.independents || len(t.independentSeats) > 0 {
		return joinTreatments(unlisted, schemas.IndependentsOneGroup)
	}
	return unlisted
}

// seatSquares is the sum of the squared seats: for the value, and the least and the most that it can be.
// The seats that are not listed are one party's at most; at least they are of as many as there are.
func (t *tally) seatSquares() (value, least, most float64) {
	smallest := t.unlistedSeats
	for i := range t.contenders() {
		if n := t.contenders()[i].Seats; n != nil && *n > 0 {
			value += square(float64(*n))
			smallest = min(smallest, *n)
		}
	}
	least, most = value, value
	for _, n := range t.independentSeats {
		least += float64(n) - square(float64(n))
	}
	rest := float64(t.unlistedSeats)
	return value + float64(rest*float64(smallest)), least + rest, most + square(rest)
}

// seatsOpen reports whether a measure by seats has bounds.
func (t *tally) seatsOpen() bool { return t.unlistedSeats > 0 || len(t.independentSeats) > 0 }

// voteSquares is the sum of the squared shares in percent: for the value, and the least and the most that
// it can be. What is not listed is one party's at most; at least it is of parties without end.
func (t *tally) voteSquares() (value, least, most float64) {
	smallest := t.unlistedVotes
	for _, v := range t.share {
		if v > 0 {
			least += square(v)
			smallest = min(smallest, v)
		}
	}
	return least + float64(t.unlistedVotes*smallest), least, least + square(t.unlistedVotes)
}

// listedVotes is the sum of the shares that are known, in percent.
func (t *tally) listedVotes() (sum float64) {
	for _, v := range t.share {
		sum += max(0, v)
	}
	return sum
}

// deviations is Σ|v − s| over the contenders whose votes and seats are known, in points.
func (t *tally) deviations() (sum float64) {
	for _, p := range t.pairs {
		sum += math.Abs(p.votes - p.seats)
	}
	return sum
}
