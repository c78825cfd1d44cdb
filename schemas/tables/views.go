package tables

import (
	_ "embed"
	"regexp"
	"strings"
)

// View is a view or a macro of the database, written by hand in a file of its name. Every DuckDB from
// 1.0 on must read it: sub-queries only, no WITH, no recursion, no overloads, no typed parameters.
type View struct {
	Name string
	SQL  string // the DDL, with a comment on the view and on each of its columns
}

// Views is every view and macro, in an order in which each stands on those before it.
var Views = []View{
	{"election_context", electionContext}, {"standings", standings}, {"election_summary", electionSummary},
	{"party_history", partyHistory}, {"seat_changes", seatChanges}, {"majorities", majorities}, {"doubts", doubts}, {"chain", chain},
	{"trace", strings.Replace(trace, "/* computed columns */", computedValues(), 1)},
}

var (
	//go:embed view_election_context.sql
	electionContext string
	//go:embed view_standings.sql
	standings string
	//go:embed view_election_summary.sql
	electionSummary string
	//go:embed view_party_history.sql
	partyHistory string
	//go:embed view_seat_changes.sql
	seatChanges string
	//go:embed view_majorities.sql
	majorities string
	//go:embed view_doubts.sql
	doubts string
	//go:embed view_chain.sql
	chain string
	//go:embed macro_trace.sql
	trace string
)

// comment is a statement that says what a view, a macro or a column of a view is.
var comment = regexp.MustCompile(`(?m)^COMMENT ON (VIEW|MACRO TABLE|COLUMN) ([a-z_.]+) IS '((?:[^']|'')*)';$`)

// dictionary is the view's part of the data dictionary.
func (v *View) dictionary(b *strings.Builder) {
	b.WriteString("\n## " + v.Name + "\n\n")
	columns := "\n| column | meaning |\n|---|---|\n"
	for _, m := range comment.FindAllStringSubmatch(v.SQL, -1) {
		meaning := markdown.Replace(strings.ReplaceAll(m[3], "''", "'"))
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
