package tables

import "hemicycle/schemas"

func leadersOf(n *schemas.ContenderNames) []schemas.ContenderName { return n.Leaders }

var contenderLeaders = Table{
	Name: "contender_leaders", ByWiki: true,
	Row:     "a leader of a contender: one row for most, several for leaders that the box names together",
	Key:     []string{"election_id", "position", "ordinal"},
	Rows:    rowsOfNames(leadersOf),
	Columns: namesOfContender("leader", leadersOf),
}
