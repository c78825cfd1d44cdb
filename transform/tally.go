package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/votingpower"
)

// tally has the figures of an election from which its measures are computed, and the reasons why figures are missing.
// It refers to contenders by their index in contenders.
type tally struct {
	r          *boxReading
	votes      *schemas.Election // with the votes of the first round
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

	lastSum   int64     // the sum of the seats at the last election
	lastShare []float64 // the shares of votes at the last election, 0 for a new contender

	// The games of forming a majority in the whole chamber. In alone, each independent counts alone.
	game, alone *votingpower.Game
}

// need is something that a measure needs.
type need int

const (
	seatShares   need = iota // how the seats are shared
	voteShares               // how the votes are shared
	lastSeats                // how the seats were shared at the last election
	lastShares               // how the votes were shared at the last election
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
	t := &tally{r: r, largest: -1}
	var missing string
	if t.votes, missing = r.firstRound(); missing != "" {
		t.setMissing(voteShares, missing)
	}
	t.contenders = t.votes.Competitors()
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
	t.tallyLastShares()
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

// restsOnGuess leaves a need unmet if a figure that it rests on is a bound or a guess. It reports whether one is.
func (t *tally) restsOnGuess(n need, target string) bool {
	f := t.r.fieldWithProblem(target, &inexactValueCheck)
	if f != nil {
		t.setMissing(n, fmt.Sprintf("%s of contender %d is a bound or a guess", f.Name, f.Position))
	}
	return f != nil
}
