package schemas

// Change is one difference between a version and the version before: a value of a row that both have, or a value of a
// row that only one of them has.
type Change struct {
	Table  string
	Row    string // the key of the row as a JSON object
	Column string
	Kind   string  // a Change… constant
	Old    *string // the value in the version before, as a text; nil if it is NULL or the row is new
	New    *string // the value in this version, as a text; nil if it is NULL or the row is gone

	// Of a row that belongs to an election or a page:
	ElectionID  string
	Page        string // its title
	OldRevision *int64
	NewRevision *int64
}

// The kinds of changes.
const (
	ChangeAdded   = "added"   // the version before has no such row
	ChangeChanged = "changed" // both have the row, with another value
	ChangeRemoved = "removed" // this version has no such row
)
