package transform

import "hemicycle/schemas"

var inexactValueCases = []checkCase{
	{name: "exact", box: "Turnout: 37%\nSeats1: 50\nPercentage1: 45.1\nVotes1: 1,234"},
	{
		name: "guesses",
		box: "Party1: A\nSeats1: ~50\nPercentage1: ≈45.1\nLast Election1: c. 40\nVotes1: approx. 1,234\nParty2: " +
			"B\nSeats2: about 50\nSeat Change2: ▲ about 4\nSwing2: +~1.2",
		want: []doubt{
			{schemas.Warn, "votes/1", "", "approx. 1,234", "Votes1: approx. 1,234", "about how much it was"},
			{schemas.Warn, "percentage/1", "", "≈45.1", "Percentage1: ≈45.1", "about"},
			{schemas.Warn, "swing/2", "", "+~1.2", "Swing2: +~1.2", "about"},
			{schemas.Warn, "seats/1", "", "~50", "Seats1: ~50", "about"},
			{schemas.Warn, "seats/2", "", "about 50", "Seats2: about 50", "about"},
			{schemas.Warn, "seat_change/2", "", "▲ about 4", "Seat Change2: ▲ about 4", "about"},
			{schemas.Warn, "last_election/1", "", "c. 40", "Last Election1: c. 40", "about"}},
	},
	{
		name: "bounds",
		box: "Registered: over 5,000\nParty1: A\nSeats1: up to 50\nPercentage1: <5%\nLast Election1: at least " +
			"12\nParty2: B\nSeats2: 120+\nSeats Before2: more than 7",
		want: []doubt{
			{schemas.Warn, "registered", "", "over 5,000", "Registered: over 5,000", "is a bound"},
			{schemas.Warn, "percentage/1", "", "<5%", "Percentage1: <5%", "is a bound"},
			{schemas.Warn, "seats/1", "", "up to 50", "Seats1: up to 50", "is a bound"},
			{schemas.Warn, "seats/2", "", "120+", "Seats2: 120+", "is a bound"},
			{schemas.Warn, "last_election/1", "", "at least 12", "Last Election1: at least 12", "is a bound"},
			{schemas.Warn, "seats_before/2", "", "more than 7", "Seats Before2: more than 7", "is a bound"}},
	},
	{name: "turnout", box: "Turnout: c. 61% (▲ 2.0 pp)", want: []doubt{
		{schemas.Warn, "turnout", "", "c. 61% (▲ 2.0 pp)", "Turnout: c. 61% (▲ 2.0 pp)", "about"}}},
	{name: "turnout in brackets", box: "Turnout: 1,234,567 (~61%)", want: []doubt{
		{schemas.Warn, "turnout", "", "1,234,567 (~61%)", "Turnout: 1,234,567 (~61%)", "about"}}},
	{name: "a bound of turnout", box: "Turnout: up to 62%", want: []doubt{
		{schemas.Warn, "turnout", "", "up to 62%", "Turnout: up to 62%", "is a bound"}}},
	{name: "a bound of the chamber", box: "Seats For Election: At least 598 seats", want: []doubt{
		{
			schemas.Warn,
			"seats_for_election",
			"",
			"At least 598 seats",
			"Seats For Election: At least 598 seats",
			"a bound or a guess",
		}}},
}
