package transform

import (
	"cmp"
	"fmt"

	"hemicycle/schemas"
)

var voteSeatOrderCheck = Check{
	ID: "vote-seat-order", Severity: schemas.Note,
	Meaning: "the contender with the largest share of votes is not the one with the most seats",
	judge: func(j *judgement) {
		var byVotes, bySeats *schemas.Contender
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			if c.VotePct == nil || c.Seats == nil || c.IsIndependent || !c.Competes() {
				continue
			}
			if byVotes == nil || cmp.Or(c.VotePct.Cmp(*byVotes.VotePct), cmp.Compare(*c.Seats, *byVotes.Seats)) > 0 {
				byVotes = c
			}
			if bySeats == nil || cmp.Or(cmp.Compare(*c.Seats, *bySeats.Seats), c.VotePct.Cmp(*bySeats.VotePct)) > 0 {
				bySeats = c
			}
		}
		if byVotes == nil || len(j.electorates) > 1 {
			j.skip("there is no one list of contenders with both votes and seats")
			return
		}
		if j.e.SeatsBasis == schemas.SeatsHeldAfter && !j.e.HasSeatsOfVotes() {
			j.skip("the seats are those held after the election, and its votes filled a part of them")
			return
		}
		if byVotes != bySeats {
			j.doubt(j.at("results.vote_pct", byVotes.Position), numberedSubject("vote_pct", byVotes.Position),
				bySeats.Label(), byVotes.Label(),
				fmt.Sprintf("%s has the largest share of votes (%s), %s the most seats (%d)",
					byVotes.Label(), schemas.FormatDecimal(*byVotes.VotePct), bySeats.Label(), *bySeats.Seats))
		}
	},
}
