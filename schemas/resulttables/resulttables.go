// Package resulttables names the families of templates that show results, and what a schemas.Contest says of its values
// and rows.
package resulttables

// The families of templates that show results, by the template that begins a table or is the whole of it.
const (
	ElectionResults = "Election results"
	ElectionBox     = "Election box"
	ElectionSummary = "Election summary"
)

// Why a contest belongs to an election of its page.
const (
	LinkNames   = "names"    // two or more contenders have the same votes or seats
	LinkOnlyBox = "only_box" // the page has one box and one table of the whole
	LinkPart    = "part"     // a ward or a constituency of the only box
)

// The ways in which a table on a page ends where nothing closes it.
const (
	EndsAtHeading = "heading" // at the next heading
	EndsAtTable   = "table"   // at the next table
	EndsAtPageEnd = "page"    // at the end of the page, or of what is around the table
)
