package schemas

// Classification is what an election is: where it is held, for which body, and of what kind. Each part has its basis.
type Classification struct {
	Country     Classified // ISO 3166-1 alpha-3
	Subdivision Classified // the largest part of the country that votes or that the body governs
	Level       Classified // a contest.Level… constant
	Chamber     Classified // a contest.Chamber… constant
	Kind        Classified // a kind of package contest
}

// Classified is a part of a classification with what it was taken from. Both are "" where it cannot be told.
type Classified struct {
	Value string
	Basis Basis
}

// Basis is what a part of a classification was taken from.
type Basis string

// The bases. BasisLabel is a label in the box: that of its flag, its type or its name.
const (
	BasisLabel    Basis = "label"
	BasisPhrase   Basis = "phrase" // on seats
	BasisTitle    Basis = "title"  // of the page
	BasisTemplate Basis = "template"
	BasisOuterBox Basis = "outer_box"
)
