package schemas

// Classification is what an election is: where it is held, for which body, and of what kind. Each part has its basis.
type Classification struct {
	Country     Classified // ISO 3166-1 alpha-3
	Subdivision Classified // the largest part of the country that votes or that the body governs
	Level       Classified // a Level… constant
	Chamber     Classified // a Chamber… constant
	Kind        Classified // a Contest… constant
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

// The levels of the bodies that are elected.
const (
	LevelNational      = "national"
	LevelSubnational   = "subnational"
	LevelLocal         = "local"
	LevelSupranational = "supranational"
)

// The types of the chambers that are elected. An executive is no chamber: a president, a governor or a mayor.
const (
	ChamberLower      = "lower"
	ChamberUpper      = "upper"
	ChamberUnicameral = "unicameral"
	ChamberExecutive  = "executive"
)

// The kinds of elections. A general election is one of several bodies at once, as the page of all of them says it.
const (
	ContestLegislative    = "legislative"
	ContestPresidential   = "presidential"
	ContestGeneral        = "general"
	ContestGubernatorial  = "gubernatorial"
	ContestMayoral        = "mayoral"
	ContestLocal          = "local"
	ContestOtherExecutive = "other_executive"
	ContestJudicial       = "judicial"
	ContestByElection     = "by-election"
	ContestPrimary        = "primary"
	ContestLeadership     = "leadership"
	ContestRecall         = "recall"
	ContestReferendum     = "referendum"
)
