package transform

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/figures"
	"hemicycle/transform/shares"
	"hemicycle/transform/votingpower"
)

// tally has the figures of an election from which its measures are computed, and the reasons why figures are missing.
// It refers to contenders by their index in contenders.
type tally struct {
	r          *boxReading
	missing    [needCount]*missingReason
	contenders []schemas.Contender // those of the election that compete

	// Seats. whole is the number of seats that the rows of the box share, and base those of them that a contender can
	// have: vacant, reserved and appointed seats are no one's. Unlisted seats are those of no contender that the box
	// names; up to half a point of them is taken for none.
	whole, base, unlistedSeats int64
	independentSeats           []int64 // of each group of independents that has two seats or more
	largest                    int     // the party with the most seats; -1 if there is none

	// Votes, in percent of those for contenders. share is below zero if it is not known, and stated is the share as the
	// box states it, which votes for nobody also have a part in. Unlisted votes are those of no contender; up to half a
	// point of them is taken for none.
	share, stated []float64
	unlistedVotes float64
	ofVotes       bool // the shares are of the votes listed, since the box gives no others
	independents  bool // a group of independents has votes

	// Votes and seats of the contenders for which both are known. The rest is what the others have.
	pairs                []sharePair
	restVotes, restSeats float64

	lastSum int64 // the sum of the seats at the last election

	// The games of forming a majority in the whole chamber. In alone, each independent counts alone.
	game, alone *votingpower.Game
}

// sharePair is the shares of a contender in percent.
type sharePair struct{ votes, seats float64 }

// need is something that a measure needs.
type need int

const (
	seatShares   need = iota // how the seats are shared
	voteShares               // how the votes are shared
	lastSeats                // how the seats were shared at the last election
	largestGroup             // which party has the most seats
	largestVotes             // the share of the votes of that party
	raeParties               // a contender with half a percent of the votes, and its seats
	chamberGame              // the seats of every member of the chamber
	aloneGame                // the same, with independents who have two seats or more
	needCount
)

// missingReason says why a need is not met.
type missingReason struct {
	subject  string // of a finding; "" if nothing in the box is wrong
	expected string
	observed string
	why      string // "" if there is nothing to report
}

// halfAPoint is the share, in percent, up to which unlisted seats or votes are taken for none. It is also the share of
// the votes from which on Rae counts a party.
const halfAPoint = 0.5

func newTally(r *boxReading) *tally {
	t := &tally{r: r, largest: -1, contenders: r.contenders()}
	t.tallyShares()
	t.buildGames()
	return t
}

// tallyShares finds all figures but the games.
func (t *tally) tallyShares() {
	t.tallySeats()
	t.tallyVotes()
	t.tallyPairs()
	t.tallyLastSeats()
	t.tallyLargestGroup()
}

// unmet returns why a need is not met, nil if it is.
func (t *tally) unmet(n need) *missingReason { return t.missing[n] }

// setMissing leaves a need unmet for a reason that is no contradiction in the box.
func (t *tally) setMissing(n need, why string) { t.missing[n] = &missingReason{why: why} }

// propagate leaves a need unmet if one of those that it rests on is, for the same reason. It reports whether it did.
func (t *tally) propagate(n need, from ...need) bool {
	for _, f := range from {
		if t.missing[f] != nil {
			t.missing[n] = t.missing[f]
			return true
		}
	}
	return false
}

// contenders returns the rows of the election that compete: parties and candidates.
func (r *boxReading) contenders() []schemas.Contender {
	e := r.e
	if !slices.ContainsFunc(e.Contenders, func(c schemas.Contender) bool { return !c.Competes() }) {
		return e.Contenders
	}
	var contenders []schemas.Contender
	for i := range e.Contenders {
		if e.Contenders[i].Competes() {
			contenders = append(contenders, e.Contenders[i])
		}
	}
	return contenders
}

// restsOnGuess leaves a need unmet if a figure that it rests on is a bound or a guess. It reports whether one is.
func (t *tally) restsOnGuess(n need, target string) bool {
	f := t.r.fieldWithProblem(target, &inexactValueCheck)
	if f != nil {
		t.setMissing(n, fmt.Sprintf("%s of contender %d is a bound or a guess", f.Name, f.Position))
	}
	return f != nil
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
func (t *tally) seatsOfNobody() int64 {
	var sum int64
	for _, kind := range []string{
		schemas.KindVacant, schemas.KindReserved, schemas.KindAppointed, schemas.KindNoneOfTheAbove, schemas.KindInvalid,
	} {
		sum += t.seatsOfKind(kind)
	}
	return sum
}

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
	held := *sum - t.seatsOfNobody()
	t.base = t.whole - (*sum - held)
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

// collectIndependentSeats collects the seats of groups of independents, of whom each is a party of one.
func (t *tally) collectIndependentSeats() {
	for i := range t.contenders {
		if c := &t.contenders[i]; isGroupOfIndependents(c) && seatCount(c.Seats) > 1 {
			t.independentSeats = append(t.independentSeats, *c.Seats)
		}
	}
}

// isGroupOfIndependents reports whether a contender is independents in one row, who are no party.
func isGroupOfIndependents(c *schemas.Contender) bool { return c.IsIndependent && c.Kind == "party" }

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

// tallyVotes finds how the votes are shared: by the percentages stated, or else by the votes.
func (t *tally) tallyVotes() {
	e := t.r.e
	t.share = make([]float64, len(t.contenders))
	for i := range t.share {
		t.share[i] = -1
	}
	if t.restsOnGuess(voteShares, "results.vote_pct") || t.restsOnGuess(voteShares, "results.votes") {
		return
	}
	var sum float64
	switch lists := shares.ListsOf(e); len(lists) {
	case 0:
		if sum = t.sharesFromVotes(); sum == 0 {
			t.setMissing(voteShares, "no contender has votes or a share of them stated")
		}
	case 1:
		sum = t.sharesAsStated(&lists[0])
	default:
		t.setMissing(voteShares, "the headings part electorates, whose shares do not add")
	}
	if t.unmet(voteShares) != nil {
		return
	}
	if rest := 100 - sum; rest > halfAPoint {
		t.unlistedVotes = rest
	}
	for i := range t.contenders {
		t.independents = t.independents || isGroupOfIndependents(&t.contenders[i]) && t.share[i] > 0
	}
}

// sharesAsStated takes the shares that the box states. It returns their sum. Where votes for nobody have a share of the
// whole, those of contenders become shares of the rest.
func (t *tally) sharesAsStated(l *shares.List) float64 {
	if l.Sum.GreaterThan(shares.Hundred.Add(l.Rounding)) {
		t.missing[voteShares] = &missingReason{
			subject:  "vote_pct",
			expected: "up to 100",
			observed: schemas.FormatDecimal(l.Sum),
			why:      fmt.Sprintf("the shares of votes sum to %s percent", schemas.FormatDecimal(l.Sum)),
		}
		return 0
	}
	if l.AreFractions() {
		t.setMissing(voteShares, "the shares of votes look like fractions of 1")
		return 0
	}
	for i := range t.contenders {
		p := t.contenders[i].VotePct
		if p == nil {
			continue
		}
		if p.IsNegative() {
			t.missing[voteShares] = &missingReason{
				subject:  "vote_pct",
				expected: "0 or more",
				observed: schemas.FormatDecimal(*p),
				why:      "a share of votes is below zero",
			}
			return 0
		}
		t.share[i] = figures.FloatOf(p)
	}
	t.stated = t.share
	var listed decimal.Decimal
	for i := range t.contenders {
		if p := t.contenders[i].VotePct; p != nil {
			listed = listed.Add(*p)
		}
	}
	sum := figures.FloatOf(&listed)
	votes := 100 - t.shareForNobody(l)
	if votes < 100 {
		t.share = slices.Clone(t.share)
		for i, share := range t.share {
			if share > 0 {
				t.share[i] = float64(100*share) / votes
			}
		}
		sum = float64(100*sum) / votes
	}
	if sum == 0 {
		t.setMissing(voteShares, "no contender has a vote")
	}
	return sum
}

// shareForNobody returns the share of votes for nobody: none of the above, and invalid votes if they are a part of the
// whole.
func (t *tally) shareForNobody(l *shares.List) float64 {
	var nobody, invalid decimal.Decimal
	for i := range t.r.e.Contenders {
		switch c := &t.r.e.Contenders[i]; {
		case c.VotePct == nil || c.VotePct.IsNegative():
		case c.Kind == schemas.KindNoneOfTheAbove:
			nobody = nobody.Add(*c.VotePct)
		case c.Kind == schemas.KindInvalid:
			invalid = invalid.Add(*c.VotePct)
		}
	}
	if l.Sum.Add(invalid).LessThanOrEqual(shares.Hundred.Add(l.Rounding)) {
		nobody = nobody.Add(invalid)
	}
	return figures.FloatOf(&nobody)
}

// sharesFromVotes computes shares from the votes. It returns their sum, 0 if there is no vote: 100, or less where
// others
// have votes whom the box does not name.
func (t *tally) sharesFromVotes() float64 {
	e := t.r.e
	var sum, listed float64
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if c.Votes == nil || !c.Competes() && c.Kind != schemas.KindOthers {
			continue
		}
		sum += float64(*c.Votes)
		if c.Competes() {
			listed += float64(*c.Votes)
		}
	}
	if listed == 0 {
		return 0
	}
	for i := range t.contenders {
		if v := t.contenders[i].Votes; v != nil {
			t.share[i] = float64(100*float64(*v)) / sum
		}
	}
	t.stated = t.share
	// Invalid votes are among the votes cast. So they tell how many votes are unlisted only if next to none are.
	t.ofVotes = true
	if e.VotesCast != nil {
		cast := float64(*e.VotesCast)
		t.ofVotes = cast < sum || float64(100*(cast-sum)) > float64(halfAPoint*cast)
	}
	if listed == sum {
		return 100
	}
	return float64(100*listed) / sum
}

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
		if seats := seatCount(c.Seats); seats > most && !isGroupOfIndependents(c) {
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
	case t.share[t.largest] <= 0:
		t.setMissing(largestVotes, "the largest group has no share of votes stated")
	}
}

// buildGames solves the games of forming a majority, if the seats of the whole chamber are known.
func (t *tally) buildGames() {
	switch total := t.r.e.SeatsTotal; {
	case t.propagate(chamberGame, seatShares):
	case t.whole < *total:
		t.setMissing(chamberGame, fmt.Sprintf("the seats are those contested, %d of a chamber of %d", t.whole, *total))
	case *t.r.e.SeatsSum() < *total || t.seatsOfKind(schemas.KindOthers) > 0:
		t.setMissing(chamberGame, "the box does not list who has all of the seats")
	default:
		t.game = t.newGame(chamberGame, false, "the chamber is larger than voting power is computed for")
	}
	switch {
	case t.propagate(aloneGame, chamberGame):
	case len(t.independentSeats) == 0:
		t.setMissing(aloneGame, "")
	default:
		t.alone = t.newGame(aloneGame, true,
			"with each independent alone the chamber has more members than voting power is computed for")
	}
}

// newGame returns the game that a need is about. If the game is too large, the need is not met, and newGame returns
// nil.
func (t *tally) newGame(n need, independentsAlone bool, tooLarge string) *votingpower.Game {
	game, err := votingpower.New(t.seatGroups(independentsAlone), *t.r.e.SeatsTotal)
	if err == nil {
		return game
	}
	t.setMissing(n, err.Error())
	if e, ok := errors.AsType[*votingpower.TooLargeError](err); ok {
		t.missing[n] = &missingReason{
			subject:  "seats",
			expected: fmt.Sprintf("members² × majority up to %d", votingpower.MaxSize),
			observed: fmt.Sprintf("%d members, a majority of %d", e.Members, e.Quota),
			why:      tooLarge,
		}
	}
	return nil
}

// seatGroups returns who holds the seats of the chamber, contender by contender.
func (t *tally) seatGroups(independentsAlone bool) []votingpower.Group {
	groups := make([]votingpower.Group, len(t.contenders))
	for i := range groups {
		c := &t.contenders[i]
		apart := independentsAlone && isGroupOfIndependents(c)
		groups[i] = votingpower.Group{Position: c.Position, Seats: c.Seats, Apart: apart}
	}
	return groups
}

// gameTreatment returns how measures of the whole chamber treat independents. The box lists all of its seats.
func (t *tally) gameTreatment() string { return t.seatTreatment(schemas.AllListed) }

// seatTreatment returns how measures by seats treat what the box leaves open.
func (t *tally) seatTreatment(unlisted string) string {
	if t.unlistedSeats == 0 {
		unlisted = schemas.AllListed
	}
	if len(t.independentSeats) > 0 {
		return joinTreatments(unlisted, schemas.IndependentsOneGroup)
	}
	return unlisted
}

// voteTreatment returns how measures by votes treat what the box leaves open.
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

// pairTreatment returns how measures by votes and seats treat what the box leaves open.
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

// voteSquares returns the sum of the squared shares in percent: the value, and the least and the most that it can be.
// At most, the unlisted votes are those of one party; at least, those of parties without end.
func (t *tally) voteSquares() (value, least, most float64) {
	smallest := t.unlistedVotes
	for _, v := range t.share {
		if v > 0 {
			least += figures.Square(v)
			smallest = min(smallest, v)
		}
	}
	return least + float64(t.unlistedVotes*smallest), least, least + figures.Square(t.unlistedVotes)
}

// listedVotes returns the sum of the shares that are known, in percent.
func (t *tally) listedVotes() (sum float64) {
	for _, v := range t.share {
		sum += max(0, v)
	}
	return sum
}

// deviations returns Σ|v − s| over the contenders whose votes and seats are known, in points.
func (t *tally) deviations() (sum float64) {
	for _, p := range t.pairs {
		sum += math.Abs(p.votes - p.seats)
	}
	return sum
}
