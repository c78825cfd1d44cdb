// Package resulttables names the families of templates that show results, and what a schemas.Contest says of its values
// and rows.
package resulttables

// The families of templates that show results, by the template that begins a table or is the whole of it.
const (
	ElectionResults = "Election results"
	ElectionBox     = "Election box"
	ElectionSummary = "Election summary"
)

// The bases of a share of votes: the page states it, or the template computes it when the page is shown.
const (
	Stated = "stated"
	Shown  = "shown"
)

// The ways in which a table on a page ends where nothing closes it.
const (
	EndsAtHeading = "heading" // at the next heading
	EndsAtTable   = "table"   // at the next table
	EndsAtPageEnd = "page"    // at the end of the page, or of what is around the table
)
