// Package contest names the levels, the types of chambers and the kinds of elections that a schemas.Classification has.
package contest

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
	Legislative    = "legislative"
	Presidential   = "presidential"
	General        = "general"
	Gubernatorial  = "gubernatorial"
	Mayoral        = "mayoral"
	Local          = "local"
	OtherExecutive = "other_executive"
	Judicial       = "judicial"
	ByElection     = "by-election"
	Primary        = "primary"
	Leadership     = "leadership"
	Recall         = "recall"
	Referendum     = "referendum"
)
