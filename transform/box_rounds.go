package transform

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/dates"
	"hemicycle/transform/rounds"
	"hemicycle/transform/values"
)

// roundParts returns what a field says of each round, nil if it does not part them. Where the date names the rounds,
// other fields can give their figures in that order.
func (r *boxReading) roundParts(f *schemas.BoxField) []rounds.Part {
	parts := rounds.Split(f.Text)
	if parts == nil {
		parts = rounds.SplitFigures(f.Text, r.rounds.InOrder)
	}
	r.rounds.Note(parts)
	return parts
}

// readRoundDates reads the days of the rounds that a date names, or else of its polls. A day without a year has the
// year of the others.
func (r *boxReading) readRoundDates(f *schemas.BoxField) {
	parts := rounds.Split(f.Text)
	if parts == nil {
		r.rounds.Polls, r.rounds.Date = dates.Polls(f.Text, r.latestYear()), f
		r.rounds.AreNamed = rounds.NamesSeveral(f.Text)
		return
	}
	r.rounds.Note(parts)
	for _, p := range parts {
		r.rounds.InOrder = append(r.rounds.InOrder, p.Round)
		round := r.rounds.Round(p.Round, f)
		first, last, problem := dates.ReadUntil(p.Text, r.latestYear())
		if isOneYear := r.e.Date.Year == r.e.DateEnd.Year; (problem != "" || !first.Full()) && isOneYear {
			first, last, problem = dates.ReadUntil(p.Text+" "+formatInt(int64(r.e.Date.Year)), r.latestYear())
		}
		isOnePoll := len(dates.Polls(p.Text, r.latestYear())) == 0 // and not that of an unnamed round before it, too
		if problem == "" && first.Full() && isOnePoll {
			round.Date, round.DateEnd = first, last
		}
	}
}

// readRoundTurnouts reads the turnout of each round.
func (r *boxReading) readRoundTurnouts(f *schemas.BoxField, parts []rounds.Part) {
	for _, p := range parts {
		t, problem := values.ReadTurnout(p.Text)
		r.unreadable(f, problem)
		round := r.rounds.Round(p.Round, f)
		if t.Percent != nil {
			f.AddTarget("rounds.turnout_pct")
		}
		if t.Change != nil || t.Unsigned != "" {
			f.AddTarget("rounds.turnout_change_pp")
		}
		if t.Votes != nil {
			f.AddTarget("rounds.votes_cast")
		}
		round.TurnoutPct, round.TurnoutChangePP = t.Percent, t.Change
		if t.Votes != nil {
			round.VotesCast = t.Votes
		}
		if t.Unsigned != "" {
			r.doubtTurnoutSign(f, t.Unsigned)
		}
	}
}

// readRoundCounts reads a number of voters of each round, with the share of them that may stand beside it.
func (r *boxReading) readRoundCounts(f *schemas.BoxField, parts []rounds.Part, column string,
	read func(string) (*int64, *decimal.Decimal, string), to func(*schemas.Round) **int64) {
	for _, p := range parts {
		text, problem, ok := values.CutInexact(p.Text)
		r.unreadable(f, problem)
		if !ok {
			continue
		}
		n, share, problem := read(text)
		r.unreadable(f, problem)
		round := r.rounds.Round(p.Round, f)
		if n != nil {
			*to(round) = n
		}
		if n != nil {
			f.AddTarget(column)
		}
		if share != nil {
			round.TurnoutPct = share
			f.AddTarget("rounds.turnout_pct")
		}
	}
}

// readRoundVotes reads the votes of a contender in each round, or their share. Where a round has a share already, the
// one of its own field counts.
func (r *boxReading) readRoundVotes(f *schemas.BoxField, parts []rounds.Part, isShareField bool) {
	for _, p := range parts {
		if !strings.ContainsAny(p.Text, "0123456789") { // eliminated, withdrawn, and a dash
			continue
		}
		text, problem, ok := values.CutInexact(p.Text)
		r.unreadable(f, problem)
		if !ok {
			continue
		}
		var votes *int64
		var share *decimal.Decimal
		if isShareField {
			share, problem = values.ReadPercent(text)
		} else {
			votes, share, problem = values.ReadVotesOrShare(text)
		}
		r.unreadable(f, problem)
		if votes == nil && share == nil {
			continue
		}
		result := r.rounds.Result(p.Round, f.Position, f)
		before := &r.e.Fields[result.Fields[0]-1]
		if votes != nil {
			if result.Votes == nil {
				result.Votes = votes
			}
			r.addCountDifference(f, votes, before, result.Votes)
			f.AddTarget("round_results.votes")
		}
		if share != nil {
			if isShareField && result.VotePct != nil {
				r.addShareDifference(before, result.VotePct, f, share)
			}
			if isShareField || result.VotePct == nil {
				result.VotePct = share
			}
			r.addShareDifference(f, share, before, result.VotePct)
			f.AddTarget("round_results.vote_pct")
		}
	}
}

// finishRounds decides which round the votes of the contenders are of, and says which fields they are from.
func (r *boxReading) finishRounds() {
	var ofPosition map[int][]*schemas.BoxField
	r.rounds.Finish(r.e, func(position int) []*schemas.BoxField {
		if ofPosition == nil {
			ofPosition = r.voteFields()
		}
		return ofPosition[position]
	})
	for i := range r.e.RoundResults {
		x := &r.e.RoundResults[i]
		isDecisive := r.e.Contender(x.Position).Round == x.Round
		for _, ordinal := range x.Fields {
			r.targetRound(&r.e.Fields[ordinal-1], isDecisive)
		}
	}
	for i := range r.e.Rounds {
		for _, ordinal := range r.e.Rounds[i].Fields {
			if f := &r.e.Fields[ordinal-1]; f.Name == "election_date" {
				if r.e.Rounds[i].Date.Full() {
					f.AddTarget("rounds.date")
				}
				if r.e.Rounds[i].DateEnd.Full() {
					f.AddTarget("rounds.date_end")
				}
			}
		}
	}
	if len(r.rounds.Unassigned) > 0 {
		r.doubtRounds()
	}
}

// voteFields returns the fields that filled the votes of contenders or their share, by the number of the contender.
func (r *boxReading) voteFields() map[int][]*schemas.BoxField {
	ofPosition := map[int][]*schemas.BoxField{}
	for i := range r.e.Fields {
		f := &r.e.Fields[i]
		if slices.Contains(f.Targets, "results.votes") || slices.Contains(f.Targets, "results.vote_pct") {
			ofPosition[f.Position] = append(ofPosition[f.Position], f)
		}
	}
	return ofPosition
}

// targetRound adds to the columns that a field with votes fills those of the round, or those of the contender if the
// round is the decisive one. The label of a row fills the same columns.
func (r *boxReading) targetRound(f *schemas.BoxField, isDecisive bool) {
	before := len(f.Targets)
	for _, column := range []string{"votes", "vote_pct"} {
		isOfRound := slices.Contains(f.Targets, "round_results."+column)
		isOfContender := slices.Contains(f.Targets, "results."+column)
		switch {
		case isOfRound && isDecisive && !isOfContender:
			f.AddTarget("results." + column)
		case isOfContender:
			f.AddTarget("round_results." + column)
		}
	}
	if len(f.Targets) == before {
		return
	}
	f.PutFirst("results.")
	if row, isRow := r.readOwnRows()[f.Name]; isRow {
		for _, column := range f.Targets {
			row.Label.AddTarget(column)
		}
		row.Label.PutFirst("results.")
	}
}

// doubtRounds notes that votes of contenders are left out, since it cannot be told of which round they are.
func (r *boxReading) doubtRounds() {
	ofPosition := r.voteFields()
	for _, position := range r.rounds.Unassigned {
		for _, f := range ofPosition[position] {
			r.addProblem(&ambiguousValueCheck, f, "", values.AmbiguousProblem(
				"which round %s is of cannot be told, while the votes of others are those of several rounds",
				values.Quote(f.Text)))
		}
	}
}

// firstRound returns the election with the votes of its first round, if these are known and are not those of the
// contenders; else it returns the election itself, and why measures of its votes are not those of the first round.
func (r *boxReading) firstRound() (e *schemas.Election, missing string) {
	isKnown := slices.ContainsFunc(r.e.RoundResults, func(x schemas.RoundResult) bool { return x.Round == 1 })
	isOther := func(c schemas.Contender) bool { return c.Round != 1 }
	switch {
	case isKnown && !slices.ContainsFunc(r.e.Contenders, isOther):
		return r.e, ""
	case isKnown:
		first := *r.e
		first.Contenders = slices.Clone(r.e.Contenders)
		first.VotesCast = nil
		for i := range first.Contenders {
			first.Contenders[i].Votes, first.Contenders[i].VotePct = nil, nil
		}
		for _, x := range r.e.RoundResults {
			if x.Round == 1 {
				c := first.Contender(x.Position)
				c.Votes, c.VotePct = x.Votes, x.VotePct
			}
		}
		for _, x := range r.e.Rounds {
			if x.Round == 1 {
				first.VotesCast = x.VotesCast
			}
		}
		return &first, ""
	case r.rounds.UnknownRound:
		return r.e, "the box speaks of several rounds, and which one its votes are of cannot be told"
	}
	for i := range r.e.Contenders {
		if n := r.e.Contenders[i].Round; n > 1 {
			return r.e, "the votes are those of a run-off, round " + formatInt(int64(n)) +
				", and those of the first round are not stated"
		}
	}
	return r.e, ""
}
