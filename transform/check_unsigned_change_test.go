package transform

import "hemicycle/schemas"

var unsignedChangeCases = []checkCase{
	{name: "signed", box: "Swing1: +1.2\nSeat Change1: ▼ 4\nSeat Change2: 0\nSwing2: new"},
	{name: "unsigned", box: "Swing1: 1.2\nSeat Change2: 4", want: []doubt{
		{schemas.Warn, "swing/1", "", "1.2", "Swing1: 1.2", "whether the share rose or fell by 1.2 cannot be told"},
		{schemas.Warn, "seat_change/2", "", "4", "Seat Change2: 4", "whether the seats rose or fell by 4"}}},
}
