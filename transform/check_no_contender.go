package transform

import (
	"hemicycle/schemas"
)

var noContenderCheck = Check{
	ID: "no-contender", Severity: schemas.Warn,
	Meaning: "a box that names no party and no candidate",
	judge: func(j *judgement) {
		switch {
		case len(j.e.Contenders) > 0:
		case j.isOngoing():
			j.skip("the election is not over")
		case j.holdsBoxes():
			j.skip("the box holds those of the single elections")
		default:
			j.doubt(j.boxStart(), "box", "at least 1 contender", "0", "the box names no party and no candidate")
		}
	},
}

// holdsBoxes reports whether another box stands inside this one.
func (j *judgement) holdsBoxes() bool {
	for i := range j.d.Boxes {
		if j.d.Boxes[i].Parent == j.box.Box {
			return true
		}
	}
	return false
}
