package transform

import "hemicycle/schemas"

var countryInTitleCases = []checkCase{
	{name: "the same", title: "2007 Moroccan general election", box: "Country: Kingdom of Morocco"},
	{name: "a part of it", title: "2014 Bavarian state election", box: "Country: Germany"},
	{name: "a territory of another", title: "2012 United States presidential primary in Guam", box: "Country: Guam"},
	{name: "the title alone", title: "2007 Moroccan general election", box: "Turnout: 37%"},
	{name: "no country", title: "2007 Elbonian general election", box: "Country: Elbonia", skip: true},
	{name: "one of several", title: "2002 Congolese presidential election", box: "Turnout: 37%", skip: true},
	{
		name: "another", title: "2007 Moroccan general election", box: "Country: Algeria",
		want: []doubt{{
			status: schemas.Warn, subject: "country", expected: "MAR", observed: "DZA",
			at: "Country: Algeria", message: "2007 Moroccan general election",
		}},
	},
}
