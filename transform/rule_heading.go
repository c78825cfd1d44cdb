package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var headingRule = Rule{
	ID: "heading", Names: []string{"heading"}, Numbered: true, Columns: []string{"results.heading"},
	Meaning: "a heading before contender N; it holds until the next one",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsNameless(f.Text) {
			return false
		}
		next := 0
		for _, other := range r.Named("heading") {
			if other.Position > f.Position && !values.IsNameless(other.Text) && (next == 0 || other.Position < next) {
				next = other.Position
			}
		}
		for i := range r.e.Contenders {
			c := &r.e.Contenders[i]
			if c.Position >= f.Position && (next == 0 || c.Position < next) {
				c.Heading = f.Text
			}
		}
		return true
	},
}
