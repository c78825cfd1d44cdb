package transform

import "hemicycle/schemas"

var measuresCases = []checkCase{
	{name: "all are there", box: ballot("10", "A 60 6 6", "B 40 4 4")},
	{name: "votes alone", box: ballot("", "A 60", "B 40")},
	{name: "main contenders only", template: schemas.GeneralBox, box: ballot("10", "A 60 6 6", "B 30 3 4")},
	{name: "neither seats nor votes", box: "Party1: A", skip: true},
	{name: "no contender", box: "Country: Elbonia", skip: true},
	{name: "not over", box: ballot("10", "A - 6", "B - 2") + "\nOngoing: yes", skip: true},
	{
		name: "seats that do not sum", box: ballot("10", "A 60 6", "B 40 3"),
		want: []doubt{{
			status: "note", subject: "seats", expected: "10", observed: "9", at: "Seats For Election: 10",
			message: "the seats sum to 9, not to 10, so that effective_parties_seats and",
		}},
	},
	{
		name: "shares that sum to too much", box: ballot("10", "A 70 6", "B 40 4"),
		want: []doubt{{
			status: "note", subject: "vote_pct", expected: "up to 100", observed: "110", at: "Infobox",
			message: "the shares of votes sum to 110 percent, so that effective_parties_votes and",
		}},
	},
	{
		name: "both", box: ballot("10", "A 70 6", "B 40 3"),
		want: []doubt{
			{
				status: "note", subject: "vote_pct", expected: "up to 100", observed: "110", at: "Infobox",
				message: "110",
			},
			{
				status: "note", subject: "seats", expected: "10", observed: "9", at: "Seats For Election: 10",
				message: "the seats sum to 9",
			},
		},
	},
	{
		name: "a chamber that is too large", box: ballot("4194304", "A - 4194303", "B - 1"),
		want: []doubt{{
			status: "note", subject: "seats", expected: "members² × majority up to 2097152",
			observed: "2 members, a majority of 2097153", at: "Seats For Election: 4194304", message: "larger",
		}},
	},
}
