package transform

import "hemicycle/schemas"

var colour = Rule{
	ID: "colour", Names: []string{"colour", "color"}, Each: true, Alike: true, Target: "results.colour",
	Meaning: "the contender's colour as #RRGGBB; a colour alone makes no contender",
	fill: func(r *reading, f *schemas.BoxField) bool {
		c := r.e.Contender(f.Position)
		if c == nil {
			return false
		}
		var problem string
		if c.Colour, problem = readColour(f.Text); problem != "" {
			r.trouble(&colourFormat, f, "#RRGGBB", problem)
		}
		return f.Text != ""
	},
}
