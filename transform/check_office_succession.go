package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var officeSuccession = Check{
	ID: "office-succession", Severity: schemas.Warn,
	Meaning: "an office that goes to the leader or candidate of one listed party under the name of another",
	judge: func(j *judgement) {
		compared := false
		for i := range j.e.Offices {
			o := &j.e.Offices[i]
			if o.AfterName == "" || o.AfterParty == "" {
				continue
			}
			for k := range j.e.Contenders {
				c := &j.e.Contenders[k]
				if c.Party == "" || c.Leader != o.AfterName && !(c.Kind == "candidate" && c.Name == o.AfterName) {
					continue
				}
				compared = true
				if c.Party != o.AfterParty {
					j.doubt(j.at("offices.after_party", 0), subject("office", o.Ordinal), c.Party, o.AfterParty,
						fmt.Sprintf("%s takes office for %s, and stands in the list for %s", o.AfterName, o.AfterParty, c.Party))
				} else {
					j.pass(c.Party, o.AfterParty, fmt.Sprintf("%s passes from %s to %s, of %s", orWord(o.Title, "the office"), orWord(o.BeforeName, "nobody named"), o.AfterName, c.Party))
				}
				break
			}
		}
		if !compared {
			j.skip("no office goes to a leader or candidate in the list")
		}
	},
}

func orWord(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
