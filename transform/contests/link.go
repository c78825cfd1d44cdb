package contests

import (
	"strings"

	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
)

// minAgreeing is how many contenders of a box must have the figures of rows of a contest, so that both are of one
// election. Two small parties can have the same number of seats by chance; that they have the names, too, cannot be.
const minAgreeing = 2

// Link says of each contest of a page which of its elections it is of, or a part of. Where that cannot be told, it says
// nothing: a contest that is held against the wrong box alarms falsely.
func Link(contests []*schemas.Contest, elections []*schemas.Election) {
	if len(elections) == 0 || len(contests) == 0 {
		return
	}
	figures := make([]boxFigures, len(elections))
	outer, tables := 0, 0
	for i, e := range elections {
		figures[i] = newBoxFigures(e)
		if e.Parent == 0 {
			outer++
		}
	}
	for _, c := range contests {
		if isWhole(c) && c.Round <= 1 {
			tables++
		}
	}
	for _, c := range contests {
		switch i := agreeing(c, figures); {
		case i >= 0:
			c.ElectionID, c.Link = elections[i].ID, resulttables.LinkNames
		case len(elections) != 1:
		case isWhole(c) && tables == 1 && c.Round == 0:
			c.ElectionID, c.Link = elections[0].ID, resulttables.LinkOnlyBox
		case !isWhole(c) && outer == 1:
			c.ElectionID, c.Link = elections[0].ID, resulttables.LinkPart
		}
	}
}

// isWhole reports whether a contest is of a family that shows the result of a whole election.
func isWhole(c *schemas.Contest) bool { return c.Block.Family != resulttables.ElectionBox }

// boxFigures has the contenders of an election by each name that they can be found by.
type boxFigures map[string]*schemas.Contender

// newBoxFigures returns the contenders of an election by name. A name that two contenders have is that of none.
func newBoxFigures(e *schemas.Election) boxFigures {
	figures := boxFigures{}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		for _, name := range []string{c.Name, c.Page, c.Party, c.PartyPage} {
			if name = folded(name); name == "" {
				continue
			}
			if other, isKnown := figures[name]; isKnown && other != c {
				figures[name] = nil
				continue
			}
			figures[name] = c
		}
	}
	return figures
}

// folded returns a name as names are compared.
func folded(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// find returns the contender of a row: by a page, or else by a name.
func (f boxFigures) find(row *schemas.ContestRow) *schemas.Contender {
	for _, name := range []string{row.CandidatePage, row.PartyPage, row.Candidate, row.Party} {
		if c := f[folded(name)]; c != nil && name != "" {
			return c
		}
	}
	return nil
}

// agreeing returns the index of the only box that has the same votes, or the same seats, as two or more rows of a
// contest, by name; -1 if there is none.
func agreeing(c *schemas.Contest, boxes []boxFigures) int {
	best, bestCount, isTied := -1, 0, false
	for i, figures := range boxes {
		count := 0
		for k := range c.Rows {
			if contender := figures.find(&c.Rows[k]); contender != nil && agree(&c.Rows[k], contender) {
				count++
			}
		}
		switch {
		case count > bestCount:
			best, bestCount, isTied = i, count, false
		case count == bestCount:
			isTied = true
		}
	}
	if bestCount < minAgreeing || isTied {
		return -1
	}
	return best
}

// agree reports whether a row and a contender have the same votes, or where one of them has none, the same seats.
func agree(row *schemas.ContestRow, c *schemas.Contender) bool {
	if row.Votes != nil && c.Votes != nil {
		return *row.Votes == *c.Votes
	}
	for _, seats := range []*int64{row.Seats, row.SeatsTotal} {
		if seats != nil && c.Seats != nil && *seats > 0 && *seats == *c.Seats {
			return true
		}
	}
	return false
}
