package transform

import "hemicycle/schemas"

var heading = Rule{
	ID: "heading", Names: []string{"heading"}, Each: true, Target: "results.heading",
	Meaning: "a heading before contender N; it holds until the next one",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if nameless(f.Text) {
			return false
		}
		next := 0
		for _, other := range r.named("heading") {
			if other.Position > f.Position && !nameless(other.Text) && (next == 0 || other.Position < next) {
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
