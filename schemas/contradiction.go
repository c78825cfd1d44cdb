package schemas

// Contradiction is where two elections of a run cannot both be right. What one box says of the other election is not
// what that one's own box says.
type Contradiction struct {
	Kind    string // a Contradiction… constant
	Message string

	// Here is the box that speaks of the other election.
	Wiki       string // of its page, which is that of the other election too
	ElectionID string
	Ordinal    int    // among those of the election, from 1
	Position   int    // of the contender; 0 for a value of the election
	Column     string // of the value, as table.column
	Value      string
	Place      Place

	// There is the other election's own box.
	OtherID       string
	OtherPosition int
	OtherColumn   string
	OtherValue    string
	OtherPlace    Place
}

// The kinds of contradictions: between a box and that of the previous election, and between two wikis that have one
// election.
const (
	ContradictionChain     = "chain"
	ContradictionCrossWiki = "cross-wiki"
)

// Place is where a value stands in its document.
type Place struct {
	Line   int // 0 if there is no place
	Offset int // -1 if there is no place
}

// NoPlace is the place of a value that stands nowhere.
var NoPlace = Place{Offset: -1}
