package transform

import (
	"errors"
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/votingpower"
)

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
		apart := independentsAlone && c.IsGroupOfIndependents()
		groups[i] = votingpower.Group{Position: c.Position, Seats: c.Seats, Apart: apart}
	}
	return groups
}
