package tables

import "hemicycle/schemas"

func roundResult(r schemas.Record, row int) *schemas.RoundResult {
	return &r.Election.RoundResults[row]
}

var roundResults = Table{
	Name: "round_results", ByWiki: true,
	Row: "the votes of one contender in one round, of those whose round the box tells",
	Key: []string{"election_id", "round", "position"}, Primary: true,
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.RoundResults) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "round", Type: Integer, Meaning: "the round: rounds.round",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(roundResult(r, i).Round) },
			Check: "round >= 1"},
		{Name: "position", Type: Integer, Meaning: "the contender: results.position",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(roundResult(r, i).Position) },
			Check: "position >= 1"},
		{Name: "votes", Type: Bigint, Null: true, Meaning: "votes won in the round",
			Get:   func(r schemas.Record, i int) Value { return intOrNull(roundResult(r, i).Votes) },
			Check: "votes >= 0"},
		{Name: "vote_pct", Type: Share, Null: true, Meaning: "share of the votes of the round in percent, as stated",
			Get: func(r schemas.Record, i int) Value { return shareValue(roundResult(r, i).VotePct) }},
		{Name: "field_ordinals", Type: Integers, Meaning: fieldOrdinalsMeaning,
			Get: func(r schemas.Record, i int) Value { return Value{Valid: true, Ints: roundResult(r, i).Fields} }},
	},
}
