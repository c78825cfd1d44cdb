package transform

import (
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// Seats compare with those of the last election if both are of the whole chamber. What the box states is kept in any
// case.
func TestSeatChange(t *testing.T) {
	for _, c := range []struct{ name, template, box, change, stated string }{
		{"whole chamber", schemas.GeneralBox, "Seats For Election: All 99 seats\nSeats1: 52\nLast Election1: 48\nSeat " +
			"Change1: +9", "4", "9"},
		{"a council elected by thirds", schemas.GeneralBox, "Last Election1: 40 seats\nSeats1: 14\nSeats After1: " +
			"38\nSeat Change1: ▼ 2", "-2", "-2"},
		{"held after and before", schemas.GeneralBox, "Last Election1: 40\nSeats1: 14\nSeats Before1: 41\nSeats After1: 38",
			"-3", ""},
		{"held after, and nothing before", schemas.GeneralBox, "Last Election1: 40\nSeats1: 14\nSeats After1: 38", "", ""},
		{"held after alone", schemas.GeneralBox, "Last Election1: 40\nSeats Before1: 41\nSeats After1: 38", "-3", ""},
		{"seats after left empty", schemas.GeneralBox, "Last Election1: 40\nSeats1: 38\nSeats After1:", "-2", ""},
		{"a part of the chamber", schemas.GeneralBox, "Seats For Election: 14 of the 42 seats\nSeats1: 9\nLast " +
			"Election1: 30\nSeat Change1: +1", "1", "1"},
		{"a part, and no change", schemas.GeneralBox, "Seats For Election: 14 of the 42 seats\nSeats1: 9\nLast " +
			"Election1: 30", "", ""},
		{"a fraction of the chamber", schemas.GeneralBox, "Seats For Election: One third of the 42 seats\nSeats1: " +
			"9\nLast Election1: 30", "", ""},
		{"a part, with the whole chamber's seats", schemas.GeneralBox,
			"Seats For Election: 14 of the 42 seats\nSeats1: 42\nLast Election1: 40\nSeat Change1: +9", "2", "9"},
		{"a phrase that is not understood", schemas.GeneralBox, "Seats For Election: One third of the seats in the " +
			"Senate\nSeats1: 12\nLast Election1: 30\nSeat Change1: +2", "2", "2"},
		{"a part, in the other box", schemas.LegislativeBox, "Seats For Election: 14 of the 42 seats\nSeats1: 9\nLast " +
			"Election1: 8\nSeat Change1: +9", "1", "9"},
		{"without a sign", schemas.GeneralBox, "Seats1: 9\nSeat Change1: 3", "", ""},
		{"the box's own alone", schemas.LegislativeBox, "Seats1: 9\nSeat Change1: −3", "-3", "-3"},
	} {
		d := newPage("2007 Elbonian general election", strings.Split("Party1: A\n"+c.box, "\n"), "")
		d.Boxes[0].Template = c.template
		got := judged(d).Contenders[0]
		if change, stated := schemastest.FormatCount(got.SeatChange),
			schemastest.FormatCount(got.SeatChangeStated); change != c.change ||
			stated != c.stated {
			t.Errorf("%s: the change is %q, stated as %q; expected %q and %q", c.name, change, stated, c.change, c.stated)
		}
	}
}
