package rounds

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/dates"
	"hemicycle/transform/values"
)

// Readings collects what the fields of a box say of single rounds. Once the box is read, Finish makes of it the rounds
// of the election.
type Readings struct {
	// InOrder has the rounds that the date of the election names, in its order.
	InOrder []int
	// Polls are the days of the polls, if the date names several and no rounds; Date is the field of the date.
	Polls []dates.Poll
	Date  *schemas.BoxField
	// HasRows says that votes of rounds stand in rows of their own, so that those in other fields are all of one round.
	HasRows bool
	// HasOtherVotes says that votes stand in a row beside those of rounds whose label tells neither a round nor that they
	// are all votes, such as that of the members of a party behind the ballots of its group: they may be the decisive
	// ones.
	HasOtherVotes bool
	// AreNamed says that the date names several rounds, and that which day is that of which cannot be told.
	AreNamed bool
	// UnknownRound says that the box speaks of rounds, and that it cannot be told which one some votes are of.
	UnknownRound bool
	// Unassigned has the numbers of the contenders whose votes are of one of several rounds, and of which cannot be told.
	// They have no votes.
	Unassigned []int

	rounds     []schemas.Round
	results    []schemas.RoundResult
	index      map[resultKey]int // into results
	mostBefore int               // the highest number of a round that a field names beside the last one
}

// resultKey is a contender in a round.
type resultKey struct{ round, position int }

// Note notes that one field names some rounds together.
func (r *Readings) Note(parts []Part) {
	most := 0
	hasLast := false
	for _, p := range parts {
		if p.Round == Last {
			hasLast = true
		} else {
			most = max(most, p.Round)
		}
	}
	if hasLast {
		r.mostBefore = max(r.mostBefore, most)
	}
}

// Round returns what is known of a round, into which a field is read.
func (r *Readings) Round(n int, f *schemas.BoxField) *schemas.Round {
	round := r.round(n)
	round.Fields = withField(round.Fields, int32(f.Ordinal))
	return round
}

func (r *Readings) round(n int) *schemas.Round {
	i := slices.IndexFunc(r.rounds, func(x schemas.Round) bool { return x.Round == n })
	if i < 0 {
		i = len(r.rounds)
		r.rounds = append(r.rounds, schemas.Round{Round: n})
	}
	return &r.rounds[i]
}

// Result returns what is known of a contender in a round, into which a field is read.
func (r *Readings) Result(n, position int, f *schemas.BoxField) *schemas.RoundResult {
	result := r.result(n, position)
	result.Fields = withField(result.Fields, int32(f.Ordinal))
	return result
}

func (r *Readings) result(n, position int) *schemas.RoundResult {
	key := resultKey{n, position}
	i, ok := r.index[key]
	if !ok {
		if r.index == nil {
			r.index = map[resultKey]int{}
		}
		i = len(r.results)
		r.index[key] = i
		r.results = append(r.results, schemas.RoundResult{Round: n, Position: position})
	}
	return &r.results[i]
}

// known returns what a contender won in a round, nil if that is not known.
func (r *Readings) known(n, position int) *schemas.RoundResult {
	if i, ok := r.index[resultKey{n, position}]; ok {
		return &r.results[i]
	}
	return nil
}

func withField(ordinals []int32, ordinal int32) []int32 {
	i, found := slices.BinarySearch(ordinals, ordinal)
	if found {
		return ordinals
	}
	return slices.Insert(ordinals, i, ordinal)
}

// Finish fills the rounds of an election, and makes the votes of its contenders those of the decisive round. fieldsOf
// returns the fields that filled the votes of a contender and their share. Most boxes have no rounds.
func (r *Readings) Finish(e *schemas.Election, fieldsOf func(position int) []*schemas.BoxField) {
	if len(r.rounds) == 0 && len(r.results) == 0 {
		r.finishByPolls(e, fieldsOf)
		return
	}
	r.numberLast()
	if len(r.InOrder) == 0 && len(r.Polls) == r.mostNumbered() {
		r.addPolls()
	}
	if len(r.results) == 0 {
		r.assignVotes(e, roundOfVotes(e, r.mostNumbered()), fieldsOf)
	} else {
		r.finishByResults(e, fieldsOf)
	}
	r.fill(e)
}

// finishByPolls makes rounds of the days of voting, if the votes can only be those of a run-off: two candidates, of
// whom one has a majority, have nearly all of them.
func (r *Readings) finishByPolls(e *schemas.Election, fieldsOf func(int) []*schemas.BoxField) {
	const nearlyAll = 95
	if r.AreNamed {
		r.assignVotes(e, 0, fieldsOf)
		return
	}
	if len(r.Polls) < 2 || len(r.Polls) > maxRounds || !isRunOff(e, nearlyAll) {
		return
	}
	r.addPolls()
	r.assignVotes(e, len(r.Polls), fieldsOf)
	r.fill(e)
}

// maxRounds is how many rounds an election has at most: its names go up to the fourth.
const maxRounds = 4

// numberLast gives the last round its number: it follows the rounds that a field names beside it, and else it is the
// last of those that other fields number. It is at least the second.
func (r *Readings) numberLast() {
	last := r.mostBefore + 1
	if r.mostBefore == 0 {
		last = max(2, r.mostNumbered())
	}
	number := func(n int) int {
		if n == Last {
			return last
		}
		return n
	}
	rounds, results := r.rounds, r.results
	r.rounds, r.results, r.index = nil, nil, nil
	for _, x := range rounds {
		round := r.round(number(x.Round))
		if round.Date.Year == 0 {
			round.Date, round.DateEnd = x.Date, x.DateEnd
		}
		round.TurnoutPct = cmp.Or(round.TurnoutPct, x.TurnoutPct)
		round.TurnoutChangePP = cmp.Or(round.TurnoutChangePP, x.TurnoutChangePP)
		round.RegisteredVoters = cmp.Or(round.RegisteredVoters, x.RegisteredVoters)
		round.VotesCast = cmp.Or(round.VotesCast, x.VotesCast)
		for _, ordinal := range x.Fields {
			round.Fields = withField(round.Fields, ordinal)
		}
	}
	for _, x := range results {
		r.add(number(x.Round), x.Position, x.Votes, x.VotePct, x.Fields)
	}
}

// add adds votes of a contender in a round, unless they are known.
func (r *Readings) add(n, position int, votes *int64, share *decimal.Decimal, fields []int32) {
	result := r.result(n, position)
	result.Votes, result.VotePct = cmp.Or(result.Votes, votes), cmp.Or(result.VotePct, share)
	for _, ordinal := range fields {
		result.Fields = withField(result.Fields, ordinal)
	}
}

// mostNumbered returns the highest number of a round that a field gives.
func (r *Readings) mostNumbered() (most int) {
	for _, x := range r.rounds {
		if x.Round != Last {
			most = max(most, x.Round)
		}
	}
	for _, x := range r.results {
		if x.Round != Last {
			most = max(most, x.Round)
		}
	}
	return most
}

// addPolls makes of each poll that the date names the days of a round.
func (r *Readings) addPolls() {
	for i, p := range r.Polls {
		round := r.Round(i+1, r.Date)
		round.Date, round.DateEnd = p.First, p.Last
	}
}

// finishByResults decides of which round votes are whose round the box does not say, while it says that of others.
func (r *Readings) finishByResults(e *schemas.Election, fieldsOf func(int) []*schemas.BoxField) {
	hasRound := map[int]bool{}
	for _, x := range r.results {
		hasRound[x.Position] = true
	}
	var beside, alone []int // contenders with such votes, beside others of theirs and without
	for i := range e.Contenders {
		c := &e.Contenders[i]
		switch {
		case c.Votes == nil && c.VotePct == nil:
		case hasRound[c.Position]:
			beside = append(beside, c.Position)
		default:
			alone = append(alone, c.Position)
		}
	}
	n := 0
	inOtherFields := r.HasRows || len(beside) > 0
	if inOtherFields {
		alone = append(alone, beside...) // their votes stand in the same fields
		n = r.roundBeside(e, beside)
	} else if len(alone) > 0 {
		n = r.roundThatFits(e, alone)
	}
	switch {
	case n > 0:
		for _, position := range alone {
			r.assign(e.Contender(position), n, fieldsOf)
		}
	case inOtherFields && len(alone) > 0:
		r.UnknownRound = true
		return
	default:
		for _, position := range alone {
			c := e.Contender(position)
			c.Votes, c.VotePct = nil, nil
		}
		r.Unassigned = alone
	}
	r.setDecisive(e)
}

// roundBeside returns the round of votes that stand beside those of rounds: the one whose votes they are, or else the
// other one of two. It returns 0 if it cannot be told.
func (r *Readings) roundBeside(e *schemas.Election, positions []int) int {
	least, most := Last, 0
	for _, x := range r.results {
		least, most = min(least, x.Round), max(most, x.Round)
	}
	for n := most; n >= least; n-- {
		isSame, compared := true, 0
		for _, position := range positions {
			if x := r.known(n, position); x != nil {
				isSame = isSame && agrees(x, e.Contender(position))
				compared++
			}
		}
		if isSame && compared > 0 {
			return n
		}
	}
	switch {
	case least == most && most == 1:
		return max(2, r.mostNumbered())
	case least == most && most == 2:
		return 1
	}
	return 0
}

// agrees reports whether the votes of a contender are those of a round.
func agrees(x *schemas.RoundResult, c *schemas.Contender) bool {
	bothVotes, bothShares := x.Votes != nil && c.Votes != nil, x.VotePct != nil && c.VotePct != nil
	return (bothVotes || bothShares) && (!bothVotes || *x.Votes == *c.Votes) &&
		(!bothShares || values.Agree(*x.VotePct, *c.VotePct))
}

// roundThatFits returns the only round in which the shares of some contenders and those of others make no more than a
// whole. It returns 0 if there is no such round, or several.
func (r *Readings) roundThatFits(e *schemas.Election, positions []int) (fitting int) {
	var alone decimal.Decimal
	for _, position := range positions {
		share := e.Contender(position).VotePct
		if share == nil {
			return 0
		}
		alone = alone.Add(*share)
	}
	sums := map[int]decimal.Decimal{}
	for _, x := range r.results {
		if x.VotePct != nil {
			sums[x.Round] = sums[x.Round].Add(*x.VotePct)
		}
	}
	for n, sum := range sums {
		if alone.Add(sum).GreaterThan(whole) {
			continue
		}
		if fitting > 0 {
			return 0
		}
		fitting = n
	}
	return fitting
}

// whole is the most to which shares sum that are rounded.
var whole = decimal.New(1005, -1)

// assignVotes says of which round the votes of all contenders are; 0 if it cannot be told.
func (r *Readings) assignVotes(e *schemas.Election, n int, fieldsOf func(int) []*schemas.BoxField) {
	hasVotes := false
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if c.Votes == nil && c.VotePct == nil {
			continue
		}
		hasVotes = true
		if n > 0 {
			c.Round = n
			r.assign(c, n, fieldsOf)
		}
	}
	r.UnknownRound = hasVotes && n == 0
}

// assign makes the votes of a contender those of a round.
func (r *Readings) assign(c *schemas.Contender, n int, fieldsOf func(int) []*schemas.BoxField) {
	var ordinals []int32
	for _, f := range fieldsOf(c.Position) {
		ordinals = withField(ordinals, int32(f.Ordinal))
	}
	r.add(n, c.Position, c.Votes, c.VotePct, ordinals)
}

// setDecisive makes the votes of every contender those of the last round of which votes are known. Who does not take
// part in it has none, and nobody has if others may be the decisive ones.
func (r *Readings) setDecisive(e *schemas.Election) {
	decisive := 0
	for _, x := range r.results {
		if x.Votes != nil || x.VotePct != nil {
			decisive = max(decisive, x.Round)
		}
	}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		c.Votes, c.VotePct, c.Round = nil, nil, 0
		if r.HasOtherVotes {
			continue
		}
		if x := r.known(decisive, c.Position); x != nil {
			c.Votes, c.VotePct, c.Round = x.Votes, x.VotePct, decisive
		}
	}
}

// fill fills the rounds of an election. Turnout and voters of the election are those of the last round that has them.
func (r *Readings) fill(e *schemas.Election) {
	for _, x := range r.results {
		if x.Votes != nil || x.VotePct != nil {
			r.round(x.Round)
			e.RoundResults = append(e.RoundResults, x)
		}
	}
	slices.SortFunc(e.RoundResults, func(a, b schemas.RoundResult) int {
		return cmp.Or(cmp.Compare(a.Round, b.Round), cmp.Compare(a.Position, b.Position))
	})
	slices.SortFunc(r.rounds, func(a, b schemas.Round) int { return cmp.Compare(a.Round, b.Round) })
	e.Rounds = r.rounds
	for i := range e.Rounds {
		x := &e.Rounds[i]
		if x.TurnoutPct != nil {
			e.TurnoutPct, e.TurnoutChangePP = x.TurnoutPct, x.TurnoutChangePP
		}
		if x.RegisteredVoters != nil {
			e.RegisteredVoters = x.RegisteredVoters
		}
		if x.VotesCast != nil {
			e.VotesCast = x.VotesCast
		}
	}
}

// roundOfVotes returns the round of the votes of an election of several rounds whose fields do not say it. Two
// candidates with nearly all votes, one of them with a majority, are those of a run-off: after such a first round there
// is none. Three candidates or more, none of them with a majority, are those of the first round. It returns 0 if the
// round cannot be told.
func roundOfVotes(e *schemas.Election, rounds int) int {
	const mostOfThem = 90
	switch count, largest, sum, areCandidates := sharesOf(e); {
	case isRunOff(e, mostOfThem) && rounds > 1:
		return rounds
	case rounds == 1 && !isRunOff(e, mostOfThem):
		return 1
	case count > 2 && areCandidates && largest.LessThan(half) && sum.LessThanOrEqual(whole):
		return 1
	}
	return 0
}

var half = decimal.NewFromInt(50)

// isRunOff reports whether the votes of an election are those of a run-off: two candidates alone have votes, at least
// some percent in all, and one of them has a majority.
func isRunOff(e *schemas.Election, least int64) bool {
	count, largest, sum, areCandidates := sharesOf(e)
	return count == 2 && areCandidates && largest.GreaterThan(half) &&
		sum.GreaterThanOrEqual(decimal.NewFromInt(least)) && sum.LessThanOrEqual(whole)
}

// sharesOf returns how many contenders have a share of the votes, the largest of the shares and their sum, and whether
// all of the contenders are candidates. The sum is not that of all if votes of others are not stated as shares.
func sharesOf(e *schemas.Election) (count int, largest, sum decimal.Decimal, areCandidates bool) {
	areCandidates = true
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if !c.Competes() {
			continue
		}
		areCandidates = areCandidates && c.Kind == schemas.KindCandidate
		switch {
		case c.VotePct != nil:
			count++
			sum = sum.Add(*c.VotePct)
			largest = decimal.Max(largest, *c.VotePct)
		case c.Votes != nil: // which share they are is not known
			return 0, decimal.Decimal{}, decimal.Decimal{}, false
		}
	}
	return count, largest, sum, areCandidates
}
