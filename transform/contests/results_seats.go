package contests

import (
	"strings"

	"hemicycle/schemas"
)

// seatColumn is what a free column of seats has, by its heading.
type seatColumn int

// The free columns.
const (
	otherColumn seatColumn = iota
	wonColumn
	totalColumn
	changeColumn
)

// seatColumnOf tells what a column has by its heading, which alone says so.
func seatColumnOf(heading string) seatColumn {
	switch heading = strings.ToLower(strings.Trim(heading, " .:")); heading {
	case "elected", "won", "seats", "seats won", "won seats", "seats elected":
		return wonColumn
	case "total", "total seats", "total after", "seats total", "seats after":
		return totalColumn
	case "+/–", "+/-", "+/−", "+–", "+-", "±", "change", "net change", "seat change", "net":
		return changeColumn
	}
	return otherColumn
}

// readSeatCells reads the cells of a row in the free columns of seats. It reports whether it has one.
func (r *resultsReading) readSeatCells(row *schemas.ContestRow) (hasCell bool) {
	if len(r.t.columns) == 0 {
		return false
	}
	row.SeatCells = make([]string, len(r.t.columns))
	for i, column := range r.t.columns {
		f, ok := r.take(resultsKey{name: "st", column: column, row: row.Position, round: 1})
		if !ok {
			continue
		}
		at(row, f)
		row.SeatCells[i] = f.Text
		hasCell = true
		switch kind := seatColumnOf(r.c.SeatColumns[i]); {
		case kind == wonColumn && r.t.rounds == 1:
			row.Seats = f.seats("seats")
		case kind == totalColumn, kind == wonColumn && row.SeatsTotal == nil:
			row.SeatsTotal = f.seats("seats_total")
		case kind == changeColumn:
			if isNew := f.isNew(); isNew != nil {
				row.IsNew = isNew
				r.use(0, f.Field, tableRows, row.Position, "is_new", "seat_cells")
			} else {
				row.SeatChange = f.seatChange("seat_change")
			}
		default:
			r.use(0, f.Field, tableRows, row.Position, "seat_cells")
		}
	}
	return hasCell
}
