package transform

import "hemicycle/schemas"

var unreadableValueCases = []checkCase{
	{
		name: "absences",
		box: "Party1: NA\nSeats1: –\nPercentage1: N/A\nLast Election1: —\nSwing1: New\n" +
			"Seat Change1: did not contest\nTurnout: TBD\nElection Date: by 31 May 2027\nVotes1: unopposed\n" +
			"Seats For Election: All seats in the Senate",
	},
	{
		name: "unreadable",
		box: "Seats1: fifty-two\nTurnout: high\nElection Date: 31 February 2007\nLast Election2: five or six\n" +
			"Ongoing: perhaps",
		want: []doubt{
			{
				status: schemas.Error, subject: "ongoing", observed: "perhaps", at: "Ongoing: perhaps",
				message: "expected yes, no or future",
			},
			{
				status: schemas.Error, subject: "election_date", observed: "31 February 2007",
				at: "Election Date: 31 February 2007", message: "there is no day 2007-02-31",
			},
			{
				status: schemas.Error, subject: "turnout", observed: "high", at: "Turnout: high",
				message: "expected turnout in percent",
			},
			{
				status: schemas.Error, subject: "seats/1", observed: "fifty-two", at: "Seats1: fifty-two",
				message: "expected a whole number",
			},
			{
				status: schemas.Error, subject: "last_election/2", observed: "five or six",
				at: "Last Election2: five or six", message: `or "new"`,
			},
		},
	},
}
