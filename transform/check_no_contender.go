package transform

import "hemicycle/schemas"

var noContender = Check{
	ID: "no-contender", Severity: schemas.Warn,
	Meaning: "a box that names no party and no candidate",
	judge: func(j *judgement) {
		switch {
		case len(j.e.Contenders) > 0:
		case j.e.Status == "future" || j.e.Status == "ongoing":
			j.skip("the election is not over")
		default:
			j.doubt(j.boxStart(), "box", "at least 1 contender", "0", "the box names no party and no candidate")
		}
	},
}
