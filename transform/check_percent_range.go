package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var percentRangeCheck = Check{
	ID: "percent-range", Severity: schemas.Error,
	Meaning: "a share of votes below 0 or above 100 percent",
	judge: func(j *judgement) {
		isStated := false
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			if c.VotePct == nil {
				continue
			}
			isStated = true
			if !values.IsShare(*c.VotePct) {
				j.doubt(j.at("results.vote_pct", c.Position), numberedSubject("vote_pct", c.Position),
					"0 to 100", schemas.FormatDecimal(*c.VotePct),
					c.Label()+" has "+schemas.FormatDecimal(*c.VotePct)+" percent of the votes")
			}
		}
		for i := range j.e.RoundResults {
			x := &j.e.RoundResults[i]
			c := j.e.Contender(x.Position)
			if x.VotePct == nil || x.Round == c.Round {
				continue
			}
			isStated = true
			if !values.IsShare(*x.VotePct) {
				j.doubt(j.at("round_results.vote_pct", x.Position), numberedSubject("vote_pct", x.Position),
					"0 to 100", schemas.FormatDecimal(*x.VotePct), fmt.Sprintf("%s has %s percent of the votes of round %d",
						c.Label(), schemas.FormatDecimal(*x.VotePct), x.Round))
			}
		}
		if !isStated {
			j.skip("no contender has a share of votes stated")
		}
	},
}
