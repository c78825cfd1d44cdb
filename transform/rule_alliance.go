package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/linkednames"
	"hemicycle/transform/values"
)

var allianceRule = Rule{
	ID: "alliance", Names: []string{"alliance"}, Numbered: true,
	Columns: []string{"results.alliance", "results.alliance_page"},
	Meaning: "the alliance that a contender stands in, and its page",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsNameless(f.Text) {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		c.Alliance, c.AlliancePage = f.Text, linkednames.OnlyPage(f.Field)
		f.Targets = []string{"results.alliance"}
		if c.AlliancePage != "" {
			f.Targets = append(f.Targets, "results.alliance_page")
		}
		return true
	},
}
