package tables

import "hemicycle/schemas"

func coalition(r schemas.Record, row int) *schemas.Coalition { return &r.Election.Coalitions[row] }

var coalitions = Table{
	Name: "coalitions", ByWiki: true,
	Row: "one minimal winning coalition: contenders that hold more than half of the chamber together, and no longer " +
		"when any one of them leaves; the 20 smallest of an election; how many there are is the measure " +
		"minimal_winning_coalitions",
	Key:  []string{"election_id", "rank"},
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.Coalitions) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "rank", Type: Integer,
			Meaning: "number of the coalition in its election, from 1: fewest members first, then fewest seats, then " +
				"the larger smallest member, next to smallest member and so on, equals by position",
			Get: func(_ schemas.Record, i int) Value { return positiveOrNull(i + 1) }, Check: "rank >= 1"},
		{Name: "size", Type: Integer, Meaning: "how many members it has",
			Get:   func(r schemas.Record, i int) Value { return intValue(int64(coalition(r, i).Size)) },
			Check: "size >= 1"},
		{Name: "seats", Type: Bigint, Meaning: "seats of its members together",
			Get: func(r schemas.Record, i int) Value { return intValue(coalition(r, i).Seats) }, Check: "seats >= 1"},
		{Name: "members", Type: Integers, Meaning: "their positions (results.position), ascending, such as [1, 4, 5]",
			Get: func(r schemas.Record, i int) Value {
				return Value{Valid: true, Ints: coalition(r, i).Members}
			}},
	},
}
