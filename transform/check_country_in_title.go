package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var countryInTitleCheck = Check{
	ID: "country-in-title", Severity: schemas.Warn,
	Meaning: "another country in the page's title or the election's name than in the box; elections.country_code is " +
		"then NULL",
	judge: func(j *judgement) {
		c := j.countries
		if c == nil {
			if j.e.Classification.Country.Value == "" {
				j.skip("neither the box nor the title names a country for certain")
			}
			return
		}
		j.doubt(j.at("elections.country", 0), "country", c.Title, c.Box, fmt.Sprintf(
			"the box is of %s, and the title %s names %s: which of them holds the election cannot be told",
			c.Box, values.Quote(j.d.Title), c.Title))
	},
}
