package transform

import "hemicycle/schemas"

var unsignedChangeCases = []checkCase{
	{name: "signed", box: "Swing1: +1.2\nSeat Change1: ▼ 4\nSeat Change2: 0\nSwing2: new"},
	{
		name: "unsigned", box: "Swing1: 1.2\nSeat Change2: 4",
		want: []doubt{
			{
				status: schemas.Warn, subject: "swing/1", observed: "1.2", at: "Swing1: 1.2",
				message: "whether the share rose or fell by 1.2 cannot be told",
			},
			{
				status: schemas.Warn, subject: "seat_change/2", observed: "4", at: "Seat Change2: 4",
				message: "whether the seats rose or fell by 4",
			},
		},
	},
}
