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

// views are the views and macros, in an order in which each is built on those before it.
var views = []View{
	{"election_context", electionContextSQL}, {"standings", standingsSQL}, {"election_summary", electionSummarySQL},
	{"party_history", partyHistorySQL}, {"seat_changes", seatChangesSQL}, {"majorities", majoritiesSQL},
	{"doubts", doubtsSQL}, {"chain", chainSQL},
	{"trace", strings.Replace(traceSQL, "/* computed columns */", computedValues(), 1)},
}

// Views returns every view and macro, in an order in which each is built on those before it.
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
	//go:embed view_chain.sql
	chainSQL string
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
