package tables

import "hemicycle/schemas"

// measuresMeaning says briefly what the names of measures mean, for those who have the tables and not the program.
const measuresMeaning = "the index: effective_parties_votes, effective_parties_votes_rescaled and " +
	"effective_parties_seats (effective number of parties); " +
	"fractionalisation_votes and fractionalisation_seats (Rae's fractionalisation, 0 to 1); " +
	"gallagher, gallagher_rescaled, loosemore_hanby, loosemore_hanby_listed and rae_index (disproportionality, " +
	"in percent); " +
	"vote_volatility, seat_volatility and seat_volatility_listed (Pedersen's volatility, in percent); " +
	"largest_group_share (of the seats, in percent) and largest_group_advantage (its share of the seats / its " +
	"share of the votes); " +
	"minimal_winning_coalitions and minimal_winning_coalitions_independents_alone (how many there are); " +
	"smallest_winning_coalition (its members); " +
	"banzhaf_total_swings (of all contenders); `hemicycle list measures` has every formula"

func measure(r schemas.Record, row int) *schemas.Measure { return &r.Election.Measures[row] }

var measures = Table{
	Name: "measures", ByWiki: true, Row: "one index of one election", Key: []string{"election_id", "measure"},
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.Measures) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "measure", Type: String, Meaning: measuresMeaning,
			Get: func(r schemas.Record, i int) Value { return stringValue(measure(r, i).Name) }},
		{Name: "value", Type: Double, Null: true,
			Meaning: "its value under the treatment, rounded to nine decimals; NULL where low and high are more than two " +
				"points apart, for vote_volatility, and for gallagher, loosemore_hanby and rae_index if the box leaves seats " +
				"open, too: what lies between is no estimate then",
			Get: func(r schemas.Record, i int) Value {
				if m := measure(r, i); !m.IsOpen {
					return floatValue(&m.Value)
				}
				return Value{}
			}},
		{Name: "low", Type: Double, Null: true,
			Meaning: "the least that it can be, whatever the box leaves out; NULL where nothing is open, or where " +
				"how much is open is not known",
			Get: func(r schemas.Record, i int) Value { return floatValue(measure(r, i).Low) }},
		{Name: "high", Type: Double, Null: true,
			Meaning: "the most that it can be, whatever the box leaves out; NULL as low is",
			Get:     func(r schemas.Record, i int) Value { return floatValue(measure(r, i).High) }},
		{Name: "treatment", Type: String,
			Meaning: "how what the box leaves open was treated for value: " + schemas.TreatmentsMeaning(),
			Get:     func(r schemas.Record, i int) Value { return stringValue(measure(r, i).Treatment) }},
	},
}
