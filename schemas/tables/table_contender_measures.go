package tables

import "hemicycle/schemas"

// contenderMeasuresMeaning says briefly what the names of measures of contenders mean.
const contenderMeasuresMeaning = "the index: vote_share and seat_share (in percent); banzhaf (voting power, 0 to 1), " +
	"banzhaf_absolute (chance of being decisive) and banzhaf_swings (a count); " +
	"shapley_shubik (voting power, 0 to 1); " +
	"banzhaf_independents_alone and shapley_shubik_independents_alone (each independent member alone); " +
	"`hemicycle list measures` has every formula"

func contenderMeasure(r schemas.Record, row int) *schemas.ContenderMeasure {
	return &r.Election.ContenderMeasures[row]
}

var contenderMeasures = Table{
	Name: "contender_measures", Row: "one index of one contender", Key: []string{"election_id", "position", "measure"},
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.ContenderMeasures) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "position", Type: Integer, Meaning: "the contender: results.position",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(contenderMeasure(r, i).Position) },
			Check: "position >= 1"},
		{Name: "measure", Type: String, Meaning: contenderMeasuresMeaning,
			Get: func(r schemas.Record, i int) Value { return stringValue(contenderMeasure(r, i).Name) }},
		{Name: "value", Type: Double,
			Meaning: "its value under the treatment, rounded to nine decimals; shares in percent",
			Get:     func(r schemas.Record, i int) Value { return floatValue(&contenderMeasure(r, i).Value) }},
		{Name: "treatment", Type: String, Meaning: "how what the box leaves open was treated, as in measures.treatment",
			Get: func(r schemas.Record, i int) Value { return stringValue(contenderMeasure(r, i).Treatment) }},
	},
}
