package transform

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var unreadRowCheck = Check{
	ID: "unread-row", Severity: schemas.Note,
	Meaning: "a row with a label of one's own that has a contender's only figures, and that no rule reads",
	judge: func(j *judgement) {
		rows := j.readOwnRows()
		hasRow := false
		seen := map[int]bool{}
		for i := range j.e.Fields {
			f := &j.e.Fields[i]
			if row, isRow := rows[f.Name]; isRow && f.Position > 0 {
				hasRow = true
				c := j.e.Contender(f.Position)
				if f.Target() != "" || c == nil || seen[f.Position] || hasFigures(c) ||
					!strings.ContainsAny(f.Text, "0123456789") {
					continue
				}
				seen[f.Position] = true
				j.doubt(placeOf(f), fieldSubject(f), "", f.Text, fmt.Sprintf(
					"the only figures of %s stand in the row %s, which no rule reads: they stand in the table fields only",
					c.Label(), values.Quote(row.Label.Text)))
			}
		}
		if !hasRow {
			j.skip("the box has no row with a label of its own")
		}
	},
}

// hasFigures reports whether a contender has votes, a share of them, seats or electoral votes.
func hasFigures(c *schemas.Contender) bool {
	return c.Votes != nil || c.VotePct != nil || c.Seats != nil || c.ElectoralVotes != nil
}
