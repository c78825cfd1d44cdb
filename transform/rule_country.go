package transform

import "hemicycle/schemas"

var country = Rule{
	ID: "country", Names: []string{"country"}, Target: "elections.country",
	Meaning: "the label of the flag: a country, a state or a city",
	fill:    func(r *reading, f *schemas.BoxField) bool { return label(&r.e.Country, f) },
}
