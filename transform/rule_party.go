package transform

import (
	"regexp"
	"strings"

	"hemicycle/schemas"
)

var party = Rule{
	ID: "party", Names: []string{"party"}, Each: true, Target: "results.party",
	Meaning: "the party; it is the contender's name where there is no candidate",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if nameless(f.Text) {
			return false
		}
		c := r.e.At(f.Position)
		c.PartyPage = f.Page
		if c.PartyPage == "" && r.e.Template != "" && f.Path == "" && !isIndependent(f.Text) {
			c.PartyPage = f.Text // both templates link a bare name to the page of that title
		}
		c.Party = f.Text
		return true
	},
}

var independents = regexp.MustCompile(`(?i)^(?:independents?|independent (?:politicians?|candidates?|members?)|non-?partisans?(?: politicians?)?|unaffiliated)(?: \([^()]*\))?$`)

// isIndependent reports whether a name is that of independents: "Independent politician".
func isIndependent(name string) bool {
	begin := ""
	switch {
	case name == "":
		return false
	case name[0]|0x20 == 'i':
		begin = "independent"
	case name[0]|0x20 == 'n':
		begin = "non"
	case name[0]|0x20 == 'u':
		begin = "unaffiliated"
	default:
		return false
	}
	if len(name) < len(begin) || !strings.EqualFold(name[:len(begin)], begin) {
		return false
	}
	return name == "Independent" || independents.MatchString(name)
}
