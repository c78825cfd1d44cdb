package contests

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
	"hemicycle/transform/values"
)

// The checks that judge a contest. Each passes over what a careful editor may have meant otherwise: a contest in which
// a candidate stands on several lines, a ward of several seats, shares of another base.
const (
	checkSumOverTotal  = "contest-sum-over-total"
	checkShare         = "contest-share"
	checkWinners       = "contest-winners"
	checkMajority      = "contest-majority"
	checkNetChange     = "contest-net-change"
	checkSeatChangeSum = "contest-seat-change-sum"
)

// Judge leaves findings on the contests of a page: what cannot be true of one, and what the box of its election says
// differently.
func Judge(contests []*schemas.Contest, elections []*schemas.Election) {
	for _, c := range contests {
		r := &reading{c: c}
		r.judgeSum()
		r.judgeShares()
		r.judgeWinners()
		r.judgeMajority()
		r.judgeNetChanges()
		r.judgeSeatChangeSum()
		for _, e := range elections {
			if e.ID == c.ElectionID && c.Link != resulttables.LinkPart {
				r.judgeAgainstBox(e)
			}
		}
	}
}

// doubt leaves a finding about the whole contest.
func (r *reading) doubt(check, subject, expected, observed, message string) {
	r.note(check, subject, r.c.Block.Line, r.c.Block.Offset, expected, observed, message)
}

// doubtRow leaves a finding about a row.
func (r *reading) doubtRow(check, column string, row *schemas.ContestRow, expected, observed, message string) {
	r.note(check, place(column, row.Position), row.Line, row.Offset, expected, observed, message)
}

// nameOf returns how messages name a row.
func nameOf(row *schemas.ContestRow) string {
	if row.Candidate != "" {
		return values.Quote(row.Candidate)
	}
	return values.Quote(row.Party)
}

// votesSum returns the sum of the votes of all rows; ok reports whether each row has votes.
func (r *reading) votesSum() (sum int64, ok bool) {
	for i := range r.c.Rows {
		if r.c.Rows[i].Votes == nil || *r.c.Rows[i].Votes > values.MaxVotes-sum {
			return 0, false
		}
		sum += *r.c.Rows[i].Votes
	}
	return sum, len(r.c.Rows) > 0
}

// winners returns how many rows are marked as elected.
func (r *reading) winners() (n int64) {
	for i := range r.c.Rows {
		if e := r.c.Rows[i].Elected; e != nil && *e {
			n++
		}
	}
	return n
}

// hasOneSeat reports whether a contest of an Election box fills one seat, so that a voter has one vote.
func (r *reading) hasOneSeat() bool {
	isOne := r.c.SeatsToFill == nil && r.winners() == 1 || r.c.SeatsToFill != nil && *r.c.SeatsToFill == 1
	return isOne && r.c.Block.Family == resulttables.ElectionBox
}

// hasNameTwice reports whether one candidate stands in several rows: on the lines of several parties, with subtotals.
func (r *reading) hasNameTwice() bool {
	names := map[string]bool{}
	for i := range r.c.Rows {
		name := folded(r.c.Rows[i].Candidate)
		if name != "" && names[name] {
			return true
		}
		names[name] = true
	}
	return false
}

// judgeSum doubts that the rows of a contest have more votes than the page states for all of them. That they have fewer
// is no doubt: write-ins are often not listed.
func (r *reading) judgeSum() {
	if r.c.Block.Family != resulttables.ElectionBox || r.c.SeatsToFill != nil && *r.c.SeatsToFill > 1 ||
		r.winners() > 1 {
		return
	}
	total := r.c.TotalVotes
	if total == nil {
		total = r.c.Valid
	}
	if total == nil || r.hasNameTwice() {
		return
	}
	if sum, ok := r.votesSum(); ok && sum > *total {
		r.doubt(checkSumOverTotal, "total_votes", fmt.Sprintf("at least %d", sum), fmt.Sprint(*total),
			fmt.Sprintf("the rows have %d votes together, and the page states %d for all of them", sum, *total))
	}
}

// judgeShares doubts shares that are more than one unit of their last digit off, where most rows agree on a base. The
// base is what is stated or, in a contest with one vote a voter, the sum of the rows.
func (r *reading) judgeShares() {
	if r.c.Block.Family != resulttables.ElectionBox || r.hasNameTwice() {
		return
	}
	var bases []int64
	for _, base := range []*int64{r.c.TotalVotes, r.c.Valid, r.c.TurnoutVotes} {
		if base != nil && *base > 0 {
			bases = append(bases, *base)
		}
	}
	if sum, ok := r.votesSum(); ok && r.hasOneSeat() && sum > 0 {
		bases = append(bases, sum)
	}
	for _, base := range bases {
		off, rated := r.sharesOff(base)
		if rated < 3 || 2*len(off) >= rated {
			continue
		}
		if slices.ContainsFunc(off, func(row *schemas.ContestRow) bool { return r.fitsAny(row, bases) }) {
			continue
		}
		for _, row := range off {
			right := percentOf(*row.Votes, base)
			r.doubtRow(
				checkShare,
				"vote_pct",
				row,
				right.String(),
				row.VotePct.String(),
				fmt.Sprintf(
					"%s has %d of %d votes, which are %s%%, and the page states %s%%",
					nameOf(row),
					*row.Votes,
					base,
					right,
					row.VotePct,
				),
			)
		}
		return
	}
}

// sharesOff returns the rows whose shares are not those of a base, and how many rows have votes and a share.
func (r *reading) sharesOff(base int64) (off []*schemas.ContestRow, rated int) {
	for i := range r.c.Rows {
		row := &r.c.Rows[i]
		if row.Votes == nil || row.VotePct == nil {
			continue
		}
		if rated++; !isShareOf(row, base) {
			off = append(off, row)
		}
	}
	return off, rated
}

// fitsAny reports whether the share of a row is that of one of some bases.
func (r *reading) fitsAny(row *schemas.ContestRow, bases []int64) bool {
	return slices.ContainsFunc(bases, func(base int64) bool { return isShareOf(row, base) })
}

// isShareOf reports whether the share of a row is at most one unit of its last digit off its votes of a base. Some
// editors cut digits off instead of rounding.
func isShareOf(row *schemas.ContestRow, base int64) bool {
	exact := decimal.NewFromInt(*row.Votes).Mul(values.Hundred).DivRound(decimal.NewFromInt(base), 8)
	return exact.Sub(*row.VotePct).Abs().LessThanOrEqual(unitOf(*row.VotePct))
}

// unitOf returns one unit of the last digit of a decimal.
func unitOf(d decimal.Decimal) decimal.Decimal { return decimal.New(1, min(0, d.Exponent())) }

// judgeWinners doubts that as many rows are marked as elected as the title says seats are filled, and that a line says
// of each seat who holds or gains it.
func (r *reading) judgeWinners() {
	winners := r.winners()
	if winners == 0 {
		return
	}
	if n := r.c.SeatsToFill; n != nil && *n != winners {
		r.doubt(checkWinners, "elected", fmt.Sprint(*n), fmt.Sprint(winners),
			fmt.Sprintf("the title says %d seats, and %d rows are marked as elected", *n, winners))
		return
	}
	if outcomes := int64(len(r.c.Outcomes)); outcomes > 0 && outcomes != winners {
		r.doubt(checkWinners, "outcomes", fmt.Sprint(winners), fmt.Sprint(outcomes),
			fmt.Sprintf("%d rows are marked as elected, and %d lines say what became of a seat", winners, outcomes))
	}
}

// judgeMajority doubts the majority of the only winner: it is the difference to the votes of the next. Of several
// winners, pages give that of the last or one for each, so those are passed over.
func (r *reading) judgeMajority() {
	if !r.hasOneSeat() || len(r.c.Margins) != 1 || r.c.Margins[0].Votes == nil || r.hasNameTwice() {
		return
	}
	if _, ok := r.votesSum(); !ok {
		return
	}
	winner, next := int64(-1), int64(-1)
	for i := range r.c.Rows {
		row := &r.c.Rows[i]
		switch {
		case row.Elected != nil && *row.Elected:
			winner = *row.Votes
		case row.Kind == "":
			next = max(next, *row.Votes)
		}
	}
	majority := *r.c.Margins[0].Votes
	if winner < 0 || next < 0 || winner-next == majority {
		return
	}
	r.doubt(
		checkMajority,
		"majority_votes",
		fmt.Sprint(winner-next),
		fmt.Sprint(majority),
		fmt.Sprintf(
			"the winner has %d votes and the next %d, which is a majority of %d, and the page states %d",
			winner,
			next,
			winner-next,
			majority,
		),
	)
}

// judgeNetChanges doubts a net change that is not the seats gained less those lost.
func (r *reading) judgeNetChanges() {
	for i := range r.c.Rows {
		row := &r.c.Rows[i]
		if row.SeatsGained == nil || row.SeatsLost == nil || row.SeatChange == nil ||
			*row.SeatChange == *row.SeatsGained-*row.SeatsLost {
			continue
		}
		net := *row.SeatsGained - *row.SeatsLost
		r.doubtRow(checkNetChange, "seat_change", row, fmt.Sprint(net), fmt.Sprint(*row.SeatChange),
			fmt.Sprintf("%s gained %d seats and lost %d, and the page states a net change of %d", nameOf(row),
				*row.SeatsGained, *row.SeatsLost, *row.SeatChange))
	}
}

// judgeSeatChangeSum doubts a total of the changes in seats that is not their sum. The seats of a new party are all a
// change.
func (r *reading) judgeSeatChangeSum() {
	if r.c.SeatChangeTotal == nil || r.c.Round > 1 || len(r.c.Rows) == 0 {
		return
	}
	sum := int64(0)
	for i := range r.c.Rows {
		row := &r.c.Rows[i]
		seats := row.SeatsTotal
		if seats == nil {
			seats = row.Seats
		}
		switch {
		case row.SeatChange != nil:
			sum += *row.SeatChange
		case row.IsNew != nil && *row.IsNew && seats != nil:
			sum += *seats
		default:
			return
		}
	}
	if r.c.Round == 1 || sum == *r.c.SeatChangeTotal { // a row can stand in a later round only
		return
	}
	r.doubt(checkSeatChangeSum, "seat_change_total", fmt.Sprint(sum), fmt.Sprint(*r.c.SeatChangeTotal),
		fmt.Sprintf("the changes in seats sum to %d, with the seats of new parties, and the page states %d", sum,
			*r.c.SeatChangeTotal))
}
