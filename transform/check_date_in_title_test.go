package transform

import "hemicycle/schemas"

var dateInTitleCases = []checkCase{
	{name: "the same", box: "Election Date: 7 September 2007"},
	{name: "one of two", box: "Election Date: 30 December 2006 – 2 January 2007"},
	{name: "a span", title: "1989–90 Elbonian local elections", box: "Election Date: 3 May 1990"},
	{name: "a span over a century", title: "1899–00 Elbonian elections", box: "Election Date: 3 May 1900"},
	{name: "at the end", title: "Elbonian general election, 2007", box: "Election Date: September 2007"},
	{name: "no year", title: "Elbonian general election", box: "Election Date: 7 September 2007", skip: true},
	{name: "no date", box: "Country: Elbonia", skip: true},
	{
		name: "another", box: "Election Date: 7 September 2006",
		want: []doubt{{
			status: schemas.Warn, subject: "election_date", expected: "2007", observed: "2006",
			at: "Election Date: 7 September 2006", message: "2006-09-07",
		}},
	},
	{
		name: "beside a span", title: "1989–90 Elbonian local elections", box: "Election Date: 1991",
		want: []doubt{{
			status: schemas.Warn, subject: "election_date", expected: "1989–90", observed: "1991",
			at: "Election Date: 1991", message: "1991",
		}},
	},
}
