package tables

import "hemicycle/schemas"

var contenderMeasures = Table{
	Name: "contender_measures", ByWiki: true,
	Row:  "one contender that has an index of its own; `hemicycle list measures` has every formula",
	Key:  []string{"election_id", "position"},
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.ContenderMeasures) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "position", Type: Integer, Meaning: "the contender: results.position",
			Get: func(r schemas.Record, i int) Value {
				return positiveOrNull(r.Election.ContenderMeasures[i][0].Position)
			}, Check: "position >= 1"},
		contenderMeasure("vote_share", "its share of the votes in percent, as the box states it, else of the votes listed"),
		treatmentOf("vote_share_treatment", "vote_share", "vote_share"),
		contenderMeasure("seat_share", "its share of the seats in percent"),
		contenderMeasure("banzhaf", "Banzhaf's index of voting power, 0 to 1"),
		contenderMeasure("banzhaf_absolute", "the chance that it is decisive, 0 to 1"),
		contenderMeasure("banzhaf_swings", "how many winning coalitions lose without it; exact up to 2⁵³"),
		contenderMeasure("shapley_shubik", "Shapley and Shubik's index of voting power, 0 to 1"),
		treatmentOf("power_treatment", "banzhaf", "banzhaf, its kin and shapley_shubik"),
		contenderMeasure("banzhaf_independents_alone",
			"banzhaf where each independent member counts alone; only where independents have two seats or more"),
		contenderMeasure("shapley_shubik_independents_alone",
			"shapley_shubik where each independent member counts alone; only where independents have two seats or more"),
	},
}

// findContenderMeasure returns the measure with a name of the contender in a row, nil if it has none.
func findContenderMeasure(r schemas.Record, row int, name string) *schemas.ContenderMeasure {
	all := r.Election.ContenderMeasures[row]
	for i := range all {
		if all[i].Name == name {
			return &all[i]
		}
	}
	return nil
}

// contenderMeasure returns the column of a measure, which has its name.
func contenderMeasure(name, meaning string) Column {
	return Column{Name: name, Type: Double, Null: true, Meaning: meaning + "; rounded to nine decimals",
		Get: func(r schemas.Record, i int) Value {
			if m := findContenderMeasure(r, i, name); m != nil {
				return floatValue(&m.Value)
			}
			return Value{}
		}}
}

// treatmentOf returns a column that says how what the box leaves open was treated for a measure.
func treatmentOf(column, name, of string) Column {
	return Column{Name: column, Type: String, Null: true,
		Meaning: "how what the box leaves open was treated for " + of + ", as in measures.treatment",
		Get: func(r schemas.Record, i int) Value {
			if m := findContenderMeasure(r, i, name); m != nil {
				return stringValue(m.Treatment)
			}
			return Value{}
		}}
}
