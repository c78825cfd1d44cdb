package transform

import "hemicycle/schemas"

var unreadableValueCases = []checkCase{
	{name: "absences", box: "Party1: NA\nSeats1: –\nPercentage1: N/A\nLast Election1: —\nSwing1: New\nSeat Change1: did not contest\nTurnout: TBD\nElection Date: by 31 May 2027\nVotes1: unopposed\nSeats For Election: All seats in the Senate"},
	{name: "unreadable", box: "Seats1: fifty-two\nTurnout: high\nElection Date: 31 February 2007\nLast Election2: five or six\nOngoing: perhaps", want: []doubt{
		{schemas.Error, "ongoing", "", "perhaps", "Ongoing: perhaps", "expected yes, no or future"},
		{schemas.Error, "election_date", "", "31 February 2007", "Election Date: 31 February 2007", "there is no day 2007-02-31"},
		{schemas.Error, "turnout", "", "high", "Turnout: high", "expected turnout in percent"},
		{schemas.Error, "seats/1", "", "fifty-two", "Seats1: fifty-two", "expected a whole number"},
		{schemas.Error, "last_election/2", "", "five or six", "Last Election2: five or six", `or "new"`}}},
}
