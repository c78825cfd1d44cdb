package transform

import "hemicycle/schemas"

var ambiguousValueCases = []checkCase{
	{name: "two turnouts", box: "Turnout: 79.05% or 79.41%",
		want: []doubt{{status: schemas.Warn, subject: "turnout", observed: "79.05% or 79.41%",
			at: "Turnout: 79.05% or 79.41%", message: "two readings"}}},
	{
		name: "thousands or a point", box: "Seats1: 1.234",
		want: []doubt{{
			status: schemas.Warn, subject: "seats/1", observed: "1.234", at: "Seats1: 1.234",
			message: "1234 and as 1.234",
		}},
	},
	{
		name: "day and month", box: "Election Date: 07/09/2007",
		want: []doubt{{
			status: schemas.Warn, subject: "election_date", observed: "07/09/2007", at: "Election Date: 07/09/2007",
			message: "2007-09-07 and as 2007-07-09",
		}},
	},
	{name: "one reading", box: "Turnout: 37%\nElection Date: 27/09/2007\nSeats1: 1,234"},
	{name: "no reading is unreadable", box: "Seats1: many"},
}
