package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var leaderRule = Rule{
	ID:       "leader",
	Names:    []string{"leader", "party_leader"},
	Numbered: true,
	Synonyms: true,
	Columns:  []string{"results.leader"},
	Meaning:  "the leader of a party; Unknown, Vacant and TBD name none",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsNobody(f.Text) {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		c.Leader, c.Leaders = f.Text, r.names(f, f.Page, schemas.PageOfLink)
		return true
	},
}
