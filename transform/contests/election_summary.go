package contests

import (
	"hemicycle/schemas"
)

// readSummary reads the contest of an Election summary.
func readSummary(d *schemas.Document, block *schemas.Block) *schemas.Contest {
	r := newReading(d, block, 0)
	for i := range block.Calls {
		r.noteDefects(&block.Calls[i])
		if i == 0 {
			r.readBegin(&block.Calls[i])
			continue
		}
		r.readSummaryRow(i)
	}
	return r.c
}

// readSummaryRow reads a row of an Election summary.
func (r *reading) readSummaryRow(i int) {
	call := &r.c.Block.Calls[i]
	row := schemas.ContestRow{Position: len(r.c.Rows) + 1, Line: call.Line, Offset: call.Offset}
	isPartyLink := false
	for k := range call.Fields {
		f := field{Field: &call.Fields[k], r: r, call: i, table: tableRows, row: row.Position}
		switch key(f.Key) {
		case "party", "other":
			if name := f.name("party", "party_page"); name != "" {
				row.Party, row.PartyPage = name, f.Page
				isPartyLink = key(f.Key) == "party"
			}
		case "seats":
			row.Seats = f.seats("seats")
		case "total seats", "seats total":
			row.SeatsTotal = f.seats("seats_total")
		case "gain":
			row.SeatsGained = f.seats("seats_gained")
		case "loss":
			row.SeatsLost = f.seats("seats_lost")
		case "net":
			if isNew := f.isNew(); isNew != nil {
				row.IsNew = isNew
			} else {
				row.SeatChange = f.seatChange("seat_change")
			}
		case "votes %", "votes%":
			row.VotePct = f.share("vote_pct")
		case "votes":
			row.Votes = f.votes("votes")
		case "plus/minus", "change":
			if isNew := f.isNew(); isNew != nil {
				row.IsNew = isNew
				r.use(i, f.Field, tableRows, row.Position, "is_new")
			} else {
				row.ChangePP = f.swing("change_pp")
			}
		default:
			r.use(i, f.Field, "", 0)
		}
	}
	if row.PartyPage == "" && isPartyLink {
		row.PartyPage = r.c.Document.CanonicalTitle(row.Party)
	}
	row.Kind = rowKind(&row)
	r.c.Rows = append(r.c.Rows, row)
}
