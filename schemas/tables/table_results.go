package tables

import "hemicycle/schemas"

func contender(r schemas.Record, row int) *schemas.Contender { return &r.Election.Contenders[row] }

var results = Table{
	Name: "results", ByWiki: true,
	Row: "one contender of an election, a party or a candidate, or a row of the box that is none, such as " +
		"vacant seats",
	Key: []string{"election_id", "position"}, Primary: true,
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.Contenders) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "position", Type: Integer, Meaning: "the number in the contender's keys, not a rank",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(contender(r, i).Position) },
			Check: "position >= 1"},
		{Name: "kind", Type: String,
			Meaning: "party or candidate; or, for a row that is no contender: others (whom the box does not name), " +
				"vacant, reserved or appointed (seats), none_of_the_above or invalid (votes). Measures and ranks " +
				"leave these rows out",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Kind) },
			Check: "kind IN ('party', 'candidate', 'others', 'vacant', 'reserved', 'appointed', 'none_of_the_above', " +
				"'invalid')"},
		{Name: "name", Type: String, Null: true, Meaning: "the candidate's name for a candidate, else the party's",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Name) }},
		{Name: "page", Type: String, Null: true, Meaning: "page that the name links to",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Page) }},
		{Name: "party", Type: String, Null: true, Meaning: "the party's name",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Party) }},
		{Name: "party_page", Type: String, Null: true,
			Meaning: "page that the party's name links to; that of the first party of a joint list, of which " +
				"contender_parties has all",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).PartyPage) }},
		{Name: "leader", Type: String, Null: true, Meaning: "leader of a party; contender_leaders has each of several",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Leader) }},
		{Name: "running_mate", Type: String, Null: true, Meaning: "running mate of a candidate",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).RunningMate) }},
		{Name: "alliance", Type: String, Null: true, Meaning: "alliance that the contender stands in",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Alliance) }},
		{Name: "alliance_page", Type: String, Null: true,
			Meaning: "page that the alliance's name links to; NULL where it links to several",
			Get:     func(r schemas.Record, i int) Value { return stringValue(contender(r, i).AlliancePage) }},
		{Name: "heading", Type: String, Null: true, Meaning: "heading of the box that the contender stands under",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Heading) }},
		{Name: "colour", Type: String, Null: true, Meaning: "#RRGGBB, upper case",
			Get:   func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Colour) },
			Check: "regexp_full_match(colour, '#[0-9A-F]{6}')"},
		{Name: "round", Type: Integer, Null: true,
			Meaning: "the round that votes and vote_pct are of: the decisive one, as far as the box gives its votes; " +
				"round_results has the others. NULL where the box does not speak of rounds, or where the round of the " +
				"votes cannot be told",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(contender(r, i).Round) },
			Check: "round >= 1"},
		{Name: "votes", Type: Bigint, Null: true, Meaning: "votes won; round says in which round",
			Get: func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).Votes) }, Check: "votes >= 0"},
		{Name: "vote_pct", Type: Share, Null: true,
			Meaning: "share of votes in percent, as stated; round says of which round",
			Get:     func(r schemas.Record, i int) Value { return shareValue(contender(r, i).VotePct) }},
		{Name: "swing_pp", Type: Share, Null: true,
			Meaning: "change of the share in percentage points; NULL where its sign cannot be told",
			Get:     func(r schemas.Record, i int) Value { return shareValue(contender(r, i).SwingPP) }},
		{Name: "previous_vote_pct", Type: Share, Null: true,
			Meaning: "share of votes at the last election in percent, as the box states it beside the seats, else " +
				"vote_pct − swing_pp; NULL for a new party",
			Get: func(r schemas.Record, i int) Value { return shareValue(contender(r, i).PreviousVotePct) }},
		{Name: "electoral_votes", Type: Integer, Null: true, Meaning: "electoral votes or delegates; they are no seats",
			Get:   func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).ElectoralVotes) },
			Check: "electoral_votes >= 0"},
		{Name: "seats", Type: Integer, Null: true,
			Meaning: "seats that the box gives: those won on the day, or, where it has only those, those held after the " +
				"election; elections.seats_basis says which",
			Get: func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).Seats) }, Check: "seats >= 0"},
		{Name: "seats_won", Type: Integer, Null: true,
			Meaning: "seats won on the day; NULL where the box gives only those held after the election",
			Get:     func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatsWon) },
			Check:   "seats_won >= 0"},
		{Name: "seats_after", Type: Integer, Null: true,
			Meaning: "seats held after the election, where the box gives them",
			Get:     func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatsAfter) },
			Check:   "seats_after >= 0"},
		{Name: "previous_seats", Type: Integer, Null: true,
			Meaning: "seats won at the last election; NULL for a new party",
			Get:     func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).PreviousSeats) },
			Check:   "previous_seats >= 0"},
		{Name: "seats_before", Type: Integer, Null: true, Meaning: "seats held when the chamber was dissolved",
			Get:   func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatsBefore) },
			Check: "seats_before >= 0"},
		{Name: "seat_change", Type: Integer, Null: true,
			Meaning: "seats − previous_seats where both are known and of the whole chamber, else the change that the " +
				"box states, else seats held after the election − seats_before",
			Get: func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatChange) }},
		{Name: "seat_change_stated", Type: Integer, Null: true,
			Meaning: "the change in seats that the box states, also where seat_change is another; NULL where its " +
				"sign cannot be told",
			Get: func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatChangeStated) }},
		{Name: "is_new", Type: Boolean, Null: true,
			Meaning: "the box says that the party is new; NULL where it does not speak of the last election",
			Get:     func(r schemas.Record, i int) Value { return boolValue(contender(r, i).IsNew) }},
		{Name: "is_independent", Type: Boolean, Meaning: "the name is that of independents, not of a party",
			Get: func(r schemas.Record, i int) Value { return boolValue(&contender(r, i).IsIndependent) }},
	},
}
