package tables

import (
	"slices"
	"strings"

	"hemicycle/schemas"
)

// published are the tables that leave the program, in the order in which the database is built.
var published = withFieldIDs([]*Table{
	&elections, &results, &contenderParties, &contenderLeaders, &rounds, &roundResults, &offices, &claims, &findings,
	&fields, &measures, &contenderMeasures, &coalitions, &contradictions, &contests, &contestResults, &contestFindings,
	&contestFields, &pages, &redirects, &rejects, &sources, &runs, &changes,
})

// All returns every table that leaves the program, in the order in which the database is built. What a caller does
// to the tables returned changes nothing.
func All() []*Table {
	all := make([]*Table, len(published))
	for i, t := range published {
		all[i] = t.clone()
	}
	return all
}

// Find returns the table of that name, or nil.
func Find(name string) *Table {
	for _, t := range published {
		if t.Name == name {
			return t.clone()
		}
	}
	return nil
}

func (t *Table) clone() *Table {
	c := *t
	c.Key, c.Columns = slices.Clone(t.Key), slices.Clone(t.Columns)
	return &c
}

// rowsOfElection makes of a count of rows of an election one of a record, which may be no election.
func rowsOfElection(count func(*schemas.Election) int) func(schemas.Record) int {
	return func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return count(r.Election)
	}
}

// oneIf returns how many rows a record has in a table of one kind of record: one if it is of that kind.
func oneIf(isOfKind bool) int {
	if isOfKind {
		return 1
	}
	return 0
}

const electionIDMeaning = "the election that the row belongs to: elections.election_id"

func electionID(r schemas.Record, _ int) Value { return stringValue(r.Election.ID) }

// NamesElection reports whether each value of a column is the election_id of a row of the table elections. That of
// changes, which may be NULL, may also be an election that is gone.
func (c *Column) NamesElection() bool {
	return !c.Null && strings.HasPrefix(c.Meaning, electionIDMeaning)
}

// electionIDColumn says to which election a row belongs.
var electionIDColumn = Column{Name: "election_id", Type: String, Meaning: electionIDMeaning, Get: electionID}
