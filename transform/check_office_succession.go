package transform

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
)

var officeSuccessionCheck = Check{
	ID: "office-succession", Severity: schemas.Warn,
	Meaning: "an office that goes to the leader or candidate of one listed party under the name of another",
	judge: func(j *judgement) {
		for i := range j.e.Offices {
			o := &j.e.Offices[i]
			if o.AfterName == "" || o.AfterParty == "" {
				continue
			}
			var under *schemas.Contender // the contender that the new holder leads or is
			other := false               // the party named is that of another in the list
			for k := range j.e.Contenders {
				c := &j.e.Contenders[k]
				same := c.Party != "" && strings.EqualFold(c.Party, o.AfterParty)
				if c.Party != "" && (c.Leader == o.AfterName || c.Kind == "candidate" && c.Name == o.AfterName) {
					if under == nil || same {
						under = c
					}
				} else if same {
					other = true
				}
			}
			switch {
			case under == nil:
			case strings.EqualFold(under.Party, o.AfterParty):
				j.pass(under.Party, o.AfterParty, fmt.Sprintf("%s passes from %s to %s, of %s", orWord(o.Title, "the office"), orWord(o.BeforeName, "nobody named"), o.AfterName, under.Party))
			case other:
				j.doubt(j.at("offices.after_party", 0), numberedSubject("office", o.Ordinal), under.Party, o.AfterParty,
					fmt.Sprintf("%s takes office for %s, and stands in the list for %s", o.AfterName, o.AfterParty, under.Party))
			}
		}
		if !j.found {
			j.skip("no office goes to a leader or candidate in the list whose party has one name in both places")
		}
	},
}

func orWord(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
