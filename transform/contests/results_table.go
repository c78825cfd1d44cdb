package contests

import (
	"maps"
	"regexp"
	"slices"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// resultsKey is a parameter of the template Election results, taken apart.
type resultsKey struct {
	name   string
	row    int // 0 if it is of no row
	round  int // from 1
	column int // of a free column of seats; 0 for none
}

// The forms of parameters. Source: the documentation of the template, and calls of it.
var (
	seatCellPattern  = regexp.MustCompile(`^st([0-9]{1,2})t([0-9]{1,4})$`)
	seatTotalPattern = regexp.MustCompile(`^total_st([0-9]{1,2})t$`)
	blockedPattern   = regexp.MustCompile(`^r([0-9])block([0-9]{1,4})$`)
	headingPattern   = regexp.MustCompile(`^seattype([0-9]{1,2})$`)
	rowPattern       = regexp.MustCompile(`^([a-z]+)([0-9]{1,4})(?:_([0-9]))?$`)
)

// totalParameters are the parameters about a whole round, which may end with its number.
var totalParameters = map[string]bool{
	"electorate": true, "turnout": true, "turnoutsw": true, "invalid": true, "blank": true, "valid": true,
	"validsw": true, "invalidsw": true, "blanksw": true, "electoratesw": true,
}

// roundParameters are the headings of rounds.
var roundParameters = map[string]int{"firstround": 1, "secondround": 2, "thirdround": 3}

// parseResultsKey takes a parameter apart.
func parseResultsKey(written string) resultsKey {
	name := key(written)
	number := values.DigitsValue
	if m := seatCellPattern.FindStringSubmatch(name); m != nil {
		return resultsKey{name: "st", column: number(m[1]), row: number(m[2]), round: 1}
	}
	if m := seatTotalPattern.FindStringSubmatch(name); m != nil {
		return resultsKey{name: "total_st", column: number(m[1]), round: 1}
	}
	if m := blockedPattern.FindStringSubmatch(name); m != nil {
		return resultsKey{name: "block", row: number(m[2]), round: number(m[1])}
	}
	if m := headingPattern.FindStringSubmatch(name); m != nil {
		return resultsKey{name: "seattype", column: number(m[1]), round: 1}
	}
	if round := roundParameters[name]; round > 0 {
		return resultsKey{name: "heading", round: round}
	}
	m := rowPattern.FindStringSubmatch(name)
	switch {
	case m == nil:
		return resultsKey{name: name, round: 1}
	case totalParameters[m[1]]:
		return resultsKey{name: m[1], round: max(1, number(m[2]))}
	case m[3] != "":
		return resultsKey{name: m[1], row: number(m[2]), round: max(1, number(m[3]))}
	}
	return resultsKey{name: m[1], row: number(m[2]), round: 1}
}

// resultsTable has the fields of a call, by their parameter. Of a parameter that is given twice, the last counts, as in
// MediaWiki.
type resultsTable struct {
	fields  map[resultsKey]*schemas.Field
	unused  map[*schemas.Field]bool
	rows    []int // the numbers of the rows, in order
	rounds  int
	columns []int // the numbers of the free columns of seats, in order
	doubles []*schemas.Field

	hasSeatsByRound bool // it has seats of a round behind the first
}

// newResultsTable sorts the fields of a call.
func newResultsTable(call *schemas.Infobox) *resultsTable {
	t := &resultsTable{
		fields: make(map[resultsKey]*schemas.Field, len(call.Fields)), unused: map[*schemas.Field]bool{}, rounds: 1,
	}
	rows, columns := map[int]bool{}, map[int]bool{}
	for i := range call.Fields {
		f := &call.Fields[i]
		k := parseResultsKey(f.Key)
		if before := t.fields[k]; before != nil && before.Text != "" && before.Text != f.Text {
			t.doubles = append(t.doubles, before)
		}
		t.fields[k], t.unused[f] = f, true
		if f.Text == "" {
			continue
		}
		switch k.name {
		case "party", "cand", "alliance", "row", "votes", "seats", "st":
			rows[k.row] = k.row > 0
		case "seattype":
			columns[k.column] = true
		}
		switch k.name {
		case "votes", "seats", "electorate", "turnout", "invalid", "blank", "valid":
			t.rounds = max(t.rounds, min(k.round, maxRounds))
			t.hasSeatsByRound = t.hasSeatsByRound || k.name == "seats" && k.round > 1
		}
	}
	for row, isOne := range rows {
		if isOne {
			t.rows = append(t.rows, row)
		}
	}
	slices.Sort(t.rows)
	t.columns = slices.Sorted(maps.Keys(columns))
	return t
}

// maxRounds is how many rounds or ballots a table has side by side.
const maxRounds = 5
