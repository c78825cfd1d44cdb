package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var duplicateContenderCheck = Check{
	ID: "duplicate-contender", Severity: schemas.Warn,
	Meaning: "a party or candidate that stands twice under one heading; independents may",
	judge: func(j *judgement) {
		type name struct{ name, party, heading string }
		first := map[name]int{}
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			if c.Name == "" || c.IsIndependent || !c.Competes() {
				continue
			}
			key := name{c.Name, c.Party, c.Heading}
			if before, ok := first[key]; ok {
				target := "results.party"
				if c.Kind == schemas.KindCandidate {
					target = "results.name"
				}
				j.doubt(j.at(target, c.Position), numberedSubject("contender", c.Position), "", c.Name,
					fmt.Sprintf("%s stands here as number %d and before as number %d", c.Name, c.Position, before))
				continue
			}
			first[key] = c.Position
		}
	},
}
