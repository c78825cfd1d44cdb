package transform

import "hemicycle/schemas"

var unknownTemplateCases = []checkCase{
	{
		name: "in a value that is read", box: "Party1: Blue {{Strange}}\nSeats1: 5",
		change: func(d *schemas.Document) { d.Boxes[0].Unknown = map[int][]string{0: {"Strange", "Other"}} },
		want: []doubt{{
			status: schemas.Warn, subject: "party/1", observed: "{{Strange}}, {{Other}}", at: "Party1: Blue " +
				"{{Strange}}",
			message: "what {{Strange}} and {{Other}} shows is not known",
		}},
	},
	{name: "in a value that no rule reads", box: "Party1: Blue\nMap: {{Strange}}",
		change: func(d *schemas.Document) { d.Boxes[0].Unknown = map[int][]string{1: {"Strange"}} }},
	{name: "none", box: "Party1: Blue"},
}
