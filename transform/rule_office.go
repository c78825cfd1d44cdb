package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var officeRule = Rule{
	ID: "office", Names: []string{"title", "before_election", "before_party", "after_election", "after_party"}, OneTargetPerName: true, Target: "offices",
	Meaning: "the office that the election decides on, who held it before and after, and their parties",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsNameless(f.Text) {
			return false
		}
		if len(r.e.Offices) == 0 {
			r.e.Offices = []schemas.Office{{Ordinal: 1}}
		}
		o := &r.e.Offices[0]
		switch f.Name {
		case "title":
			o.Title, f.Target = f.Text, "offices.office"
		case "before_election":
			o.BeforeName, f.Target = f.Text, "offices.before_name"
		case "before_party":
			o.BeforeParty, f.Target = f.Text, "offices.before_party"
		case "after_election":
			o.AfterName, f.Target = f.Text, "offices.after_name"
		case "after_party":
			o.AfterParty, f.Target = f.Text, "offices.after_party"
		}
		return true
	},
}
