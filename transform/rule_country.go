package transform

import (
	"hemicycle/schemas"
)

var countryRule = Rule{
	ID: "country", Names: []string{"country"}, Columns: []string{"elections.country"},
	Meaning: "the label of the flag: a country, a state or a city",
	fill:    func(r *boxReading, f *schemas.BoxField) bool { return r.label(&r.e.Country, f) },
}
