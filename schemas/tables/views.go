package tables

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
)

// View is a view or a macro of the database, written by hand in a file of its name. Every DuckDB from 1.0 on must be
// able to read it, so it has only sub-queries: no WITH, no recursion, no overloads, no typed parameters.
type View struct {
	Name string
	SQL  string // the DDL, with a comment on the view and on each of its columns
}

// views are the views and macros. The SQL file of a view may name views before it; what is made of it holds their
// sub-queries in the place of their names, so that each rests on tables alone: EXPORT DATABASE writes views by
// their names, and IMPORT DATABASE could not make one before those that it names.
var views = withoutNestedViews([]View{
	{"election_context", electionContextSQL}, {"standings", standingsSQL}, {"election_summary", electionSummarySQL},
	{"party_history", partyHistorySQL}, {"seat_changes", seatChangesSQL}, {"majorities", majoritiesSQL},
	{"doubts", doubtsSQL}, {"check_outcomes", checkOutcomesSQL}, {"chain", chainSQL},
	{"across_wikis", acrossWikisSQL},
	{"trace", strings.Replace(traceSQL, "/* computed columns */", computedValues(), 1)},
})

// viewQuery matches the query of a view.
var viewQuery = regexp.MustCompile(`(?s)CREATE VIEW \w+ AS\n(.*?);\nCOMMENT`)

// withoutNestedViews puts the query of each view in the place of its name in the views after it.
func withoutNestedViews(all []View) []View {
	for i := range all {
		query := viewQuery.FindStringSubmatch(all[i].SQL)
		if query == nil { // a macro
			continue
		}
		named := regexp.MustCompile(`\b(FROM|JOIN) ` + all[i].Name + `( AS \w+)?\b`)
		for k := i + 1; k < len(all); k++ {
			all[k].SQL = named.ReplaceAllStringFunc(all[k].SQL, func(reference string) string {
				m := named.FindStringSubmatch(reference)
				if m[2] == "" {
					m[2] = " AS " + all[i].Name
				}
				return m[1] + " (" + query[1] + ")" + m[2]
			})
		}
	}
	return all
}

// Views returns every view and macro.
func Views() []View { return slices.Clone(views) }

var (
	//go:embed view_election_context.sql
	electionContextSQL string
	//go:embed view_standings.sql
	standingsSQL string
	//go:embed view_election_summary.sql
	electionSummarySQL string
	//go:embed view_party_history.sql
	partyHistorySQL string
	//go:embed view_seat_changes.sql
	seatChangesSQL string
	//go:embed view_majorities.sql
	majoritiesSQL string
	//go:embed view_doubts.sql
	doubtsSQL string
	//go:embed view_check_outcomes.sql
	checkOutcomesSQL string
	//go:embed view_chain.sql
	chainSQL string
	//go:embed view_across_wikis.sql
	acrossWikisSQL string
	//go:embed macro_trace.sql
	traceSQL string
)

// commentStatement matches a statement that says what a view, a macro or a column of a view is.
var commentStatement = regexp.MustCompile(`(?m)^COMMENT ON (VIEW|MACRO TABLE|COLUMN) ([a-z_.]+) IS '((?:[^']|'')*)';$`)

// dictionary writes the part of the data dictionary that is about the view.
func (v *View) dictionary(b *strings.Builder) {
	b.WriteString("\n## " + v.Name + "\n\n")
	columns := "\n| column | meaning |\n|---|---|\n"
	for _, m := range commentStatement.FindAllStringSubmatch(v.SQL, -1) {
		meaning := markdownEscaper.Replace(strings.ReplaceAll(m[3], "''", "'"))
		switch m[1] {
		case "COLUMN":
			b.WriteString(columns + "| " + strings.TrimPrefix(m[2], v.Name+".") + " | " + meaning + " |\n")
			columns = ""
		case "VIEW":
			b.WriteString("View. " + meaning + "\n")
		default:
			b.WriteString("Macro. " + meaning + "\n")
		}
	}
}
