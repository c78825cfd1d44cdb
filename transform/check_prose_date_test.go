package transform

import "hemicycle/schemas"

var proseDateCases = []checkCase{
	{
		name: "the same", box: "Election Date: 7 September 2007",
		prose: "Parliamentary elections were held on 7 September 2007.",
	},
	{
		name: "within", box: "Election Date: 7–9 September 2007",
		prose: "Elections took place on Saturday, September 8, 2007.",
	},
	{name: "not stated", box: "Election Date: 7 September 2007", prose: "Elections were held.", skip: true},
	{
		name: "a partial date", box: "Election Date: September 2007", prose: "Elections were held on 7 September 2007.",
		skip: true,
	},
	{
		name: "several boxes", box: "Election Date: 7 September 2007", prose: "Elections were held on 8 September " +
			"2007.",
		skip: true, change: func(d *schemas.Document) { d.Boxes = append(d.Boxes, schemas.Infobox{Box: 2}) },
	},
	{
		name: "another day", box: "Election Date: 7 September 2007",
		prose: "Elections were held in Elbonia on 8 September 2007.",
		want: []doubt{{
			status: schemas.Warn, subject: "claim/1", expected: "2007-09-07", observed: "2007-09-08",
			at: "8 September 2007", message: "the prose dates the election to 2007-09-08, the box to 2007-09-07",
		}},
	},
}
