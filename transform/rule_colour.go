package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/colours"
)

var colourRule = Rule{
	ID:       "colour",
	Names:    []string{"colour", "color"},
	Numbered: true,
	Synonyms: true,
	Columns:  []string{"results.colour"},
	Meaning:  "the contender's colour as #RRGGBB; a colour alone makes no contender",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		c := r.e.Contender(f.Position)
		if c == nil {
			return false
		}
		var problem string
		if c.Colour, problem = colours.Read(f.Text); problem != "" {
			r.addProblem(&colourFormatCheck, f, "#RRGGBB", problem)
		}
		return f.Text != ""
	},
}
