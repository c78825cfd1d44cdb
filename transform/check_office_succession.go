package transform

import (
	"cmp"
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
			winner, listsParty := j.successor(o)
			switch {
			case winner == nil:
			case strings.EqualFold(winner.Party, o.AfterParty):
				j.pass(winner.Party, o.AfterParty, fmt.Sprintf("%s passes from %s to %s, of %s",
					cmp.Or(o.Title, "the office"), cmp.Or(o.BeforeName, "nobody named"), o.AfterName, winner.Party))
			case listsParty:
				j.doubt(j.at("offices.after_party", 0), numberedSubject("office", o.Ordinal),
					winner.Party, o.AfterParty,
					fmt.Sprintf("%s takes office for %s, and stands in the list for %s",
						o.AfterName, o.AfterParty, winner.Party))
			}
		}
		if !j.found {
			j.skip("no office goes to a leader or candidate in the list whose party has one name in both places")
		}
	},
}

// successor returns the contender that the new holder of an office leads, or is; of several, one whose party is named
// with the office. listsParty reports whether that party is also the party of another contender.
func (j *judgement) successor(o *schemas.Office) (winner *schemas.Contender, listsParty bool) {
	e := j.e
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if c.Party == "" {
			continue
		}
		isParty := strings.EqualFold(c.Party, o.AfterParty)
		switch isHolder := c.Leader == o.AfterName || c.Kind == schemas.KindCandidate && c.Name == o.AfterName; {
		case isHolder && (winner == nil || isParty):
			winner = c
		case !isHolder && isParty:
			listsParty = true
		}
	}
	return winner, listsParty
}
