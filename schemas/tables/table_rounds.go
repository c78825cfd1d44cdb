package tables

import "hemicycle/schemas"

func round(r schemas.Record, row int) *schemas.Round { return &r.Election.Rounds[row] }

const fieldOrdinalsMeaning = "the fields that it was read from: their numbers in fields.ordinal, ascending, such as " +
	"[4, 9]"

var rounds = Table{
	Name: "rounds", ByWiki: true,
	Row: "one round of an election whose box speaks of several; phases and several days of voting in one round are " +
		"no rounds",
	Key: []string{"election_id", "round"}, Primary: true,
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.Rounds) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "round", Type: Integer,
			Meaning: "number of the round, from 1; a run-off is the one behind all that the box numbers, at least the " +
				"second",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(round(r, i).Round) },
			Check: "round >= 1"},
		{Name: "date", Type: Day, Null: true, Meaning: "first day of the round; NULL where no full date is given",
			Get: func(r schemas.Record, i int) Value { return dateValue(round(r, i).Date) }},
		{Name: "date_end", Type: Day, Null: true, Meaning: "last day of the round; the same where there is one",
			Get:   func(r schemas.Record, i int) Value { return dateValue(round(r, i).DateEnd) },
			Check: "date_end >= date"},
		{Name: "turnout_pct", Type: Share, Null: true, Meaning: "turnout of the round in percent",
			Get: func(r schemas.Record, i int) Value { return shareValue(round(r, i).TurnoutPct) }},
		{Name: "turnout_change_pp", Type: Share, Null: true,
			Meaning: "the change that stands beside that turnout, in percentage points; NULL where its sign cannot be told",
			Get:     func(r schemas.Record, i int) Value { return shareValue(round(r, i).TurnoutChangePP) }},
		{Name: "registered_voters", Type: Bigint, Null: true, Meaning: "people registered to vote in the round",
			Get:   func(r schemas.Record, i int) Value { return intOrNull(round(r, i).RegisteredVoters) },
			Check: "registered_voters >= 0"},
		{Name: "votes_cast", Type: Bigint, Null: true, Meaning: "votes cast in the round, where the box counts them",
			Get:   func(r schemas.Record, i int) Value { return intOrNull(round(r, i).VotesCast) },
			Check: "votes_cast >= 0"},
		{Name: "field_ordinals", Type: Integers, Meaning: fieldOrdinalsMeaning,
			Get: func(r schemas.Record, i int) Value { return Value{Valid: true, Ints: round(r, i).Fields} }},
	},
}
