package tables

import (
	"slices"
	"strings"
)

// computedColumn is a column, of a table or of a view, whose value is computed from other columns. What a column
// that stands here has a field of its own for, such as the change in seats that a box states, is said by that
// field's targets as well.
type computedColumn struct {
	column string
	from   []string
}

// computedColumns are the columns that trace and the report follow to the fields of other columns.
var computedColumns = []computedColumn{
	{"elections.country_code", []string{"elections.country", "elections.election_name"}},
	{"elections.subdivision", []string{"elections.country", "elections.election_name"}},
	{"elections.level", []string{"elections.country", "elections.election_type", "elections.election_name"}},
	{"elections.chamber_type", []string{
		"elections.seats_raw", "elections.country", "elections.election_type", "elections.election_name",
	}},
	{"elections.election_kind", []string{"elections.election_type", "elections.election_name", "elections.seats_raw"}},
	{"elections.full_name", []string{"elections.election_name", "elections.seats_raw"}},
	{"elections.contender_count", []string{"results.party", "results.name"}},
	{"elections.seats_sum", []string{"results.seats"}},
	{"elections.vote_pct_sum", []string{"results.vote_pct"}},
	{"contender_parties.name", []string{"results.party"}},
	{"contender_parties.page", []string{"results.party", "results.party_page"}},
	{"contender_leaders.name", []string{"results.leader"}},
	{"contender_leaders.page", []string{"results.leader"}},
	{"results.previous_vote_pct", []string{"results.vote_pct", "results.swing_pp"}},
	{"elections.seats_basis", []string{
		"results.seats", "elections.seats_total", "elections.seats_contested",
	}},
	{"results.seats_won", []string{"results.seats", "elections.seats_total", "elections.seats_contested"}},
	{"results.seats_after", []string{"results.seats", "elections.seats_total", "elections.seats_contested"}},
	{"results.round", []string{
		"results.votes", "results.vote_pct", "round_results.votes", "round_results.vote_pct", "rounds.date",
		"rounds.turnout_pct",
	}},
	{"results.seat_change", []string{
		"results.seats", "results.previous_seats", "results.seats_before", "results.seats_after",
	}},
	{"standings.seat_pct", []string{"results.seats", "elections.seats_contested", "elections.seats_total"}},
	{"standings.seat_minus_vote_pp", []string{
		"results.seats", "elections.seats_contested", "elections.seats_total", "results.vote_pct",
	}},
}

// ComputedFrom returns the columns that a column, named as table.column, is computed from; none for a column
// that is read.
func ComputedFrom(column string) []string {
	for _, c := range computedColumns {
		if c.column == column {
			return slices.Clone(c.from)
		}
	}
	return nil
}

// computedValues is computedColumns as rows of a VALUES list in SQL.
func computedValues() string {
	var rows []string
	for _, c := range computedColumns {
		table, column, _ := strings.Cut(c.column, ".")
		for _, from := range c.from {
			rows = append(rows, "("+QuoteSQL(table)+", "+QuoteSQL(column)+", "+QuoteSQL(from)+")")
		}
	}
	return strings.Join(rows, ",\n            ")
}
