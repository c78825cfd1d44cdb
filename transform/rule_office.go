package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/linkednames"
	"hemicycle/transform/values"
)

var officeRule = Rule{
	ID:               "office",
	Names:            []string{"title", "before_election", "before_party", "after_election", "after_party"},
	OneTargetPerName: true,
	Columns: []string{
		"offices.office", "offices.before_name", "offices.before_party", "offices.after_name", "offices.after_party",
		"offices.before_page", "offices.before_party_page", "offices.after_page", "offices.after_party_page",
	},
	Meaning: "the office that the election decides on, who held it before and after, their parties, and their pages",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		isHolder := f.Name == "before_election" || f.Name == "after_election"
		if values.IsNameless(f.Text) || isHolder && values.IsNobody(f.Text) {
			return false
		}
		if len(r.e.Offices) == 0 {
			r.e.Offices = []schemas.Office{{Ordinal: 1}}
		}
		o := &r.e.Offices[0]
		page := linkednames.OnlyPage(f.Field)
		switch f.Name {
		case "title":
			o.Title, f.Targets = f.Text, []string{"offices.office"}
			return true
		case "before_election":
			o.BeforeName, o.BeforePage, f.Targets = f.Text, page, []string{"offices.before_name", "offices.before_page"}
		case "before_party":
			o.BeforeParty, o.BeforePartyPage = f.Text, page
			f.Targets = []string{"offices.before_party", "offices.before_party_page"}
		case "after_election":
			o.AfterName, o.AfterPage, f.Targets = f.Text, page, []string{"offices.after_name", "offices.after_page"}
		case "after_party":
			o.AfterParty, o.AfterPartyPage = f.Text, page
			f.Targets = []string{"offices.after_party", "offices.after_party_page"}
		}
		if page == "" {
			f.Targets = f.Targets[:1]
		}
		return true
	},
}
