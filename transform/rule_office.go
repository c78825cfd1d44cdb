package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var officeRule = Rule{
	ID:               "office",
	Names:            []string{"title", "before_election", "before_party", "after_election", "after_party"},
	OneTargetPerName: true,
	Columns: []string{
		"offices.office", "offices.before_name", "offices.before_party", "offices.after_name", "offices.after_party",
	},
	Meaning: "the office that the election decides on, who held it before and after, and their parties",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		isHolder := f.Name == "before_election" || f.Name == "after_election"
		if values.IsNameless(f.Text) || isHolder && values.IsNobody(f.Text) {
			return false
		}
		if len(r.e.Offices) == 0 {
			r.e.Offices = []schemas.Office{{Ordinal: 1}}
		}
		o := &r.e.Offices[0]
		switch f.Name {
		case "title":
			o.Title, f.Targets = f.Text, []string{"offices.office"}
		case "before_election":
			o.BeforeName, f.Targets = f.Text, []string{"offices.before_name"}
		case "before_party":
			o.BeforeParty, f.Targets = f.Text, []string{"offices.before_party"}
		case "after_election":
			o.AfterName, f.Targets = f.Text, []string{"offices.after_name"}
		case "after_party":
			o.AfterParty, f.Targets = f.Text, []string{"offices.after_party"}
		}
		return true
	},
}
