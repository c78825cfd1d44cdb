// Package schemas is the vocabulary of Hemicycle: the records that pass from stage to stage. It imports nothing else of
// the project.
//
// Start with document.go, infobox.go and election.go, which have the three shapes that a page goes through. record.go
// has what leaves the program, and package tables says in which column each value of it is written.
//
// A value that the page does not give is absent everywhere: nil for a pointer, "" for a text, the zero Date, the zero
// time. Absent values become NULL in a table. None of them ever means zero.
package schemas

// Version is the version of the tables. Its second figure is raised when a table or column is added, and its first when
// a name or a meaning changes.
const Version = "2.0"

// Origin and licence of the contents of the tables. They are written into every output file.
const (
	Source = "Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in " +
		"elections.page_url and elections.revision_id"
	Licence = "CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, " +
		"see its history"
	LicenceSPDX = "CC-BY-SA-4.0" // in the list of SPDX, https://spdx.org/licenses/
)
