package transform

import (
	"regexp"

	"hemicycle/schemas"
)

var party = Rule{
	ID: "party", Names: []string{"party"}, Each: true, Target: "results.party",
	Meaning: "the party; it is the contender's name where there is no candidate",
	fill: func(r *reading, f *schemas.BoxField) bool {
		return !nameless(f.Text) && label(&r.e.At(f.Position).Party, f)
	},
}

var independents = regexp.MustCompile(`(?i)^(?:independents?|independent (?:politicians?|candidates?|members?)|non-?partisans?(?: politicians?)?|unaffiliated)$`)

// isIndependent reports whether a name is that of independents: "Independent politician".
func isIndependent(name string) bool { return independents.MatchString(name) }
