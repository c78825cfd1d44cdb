package transform

import (
	"strings"

	"hemicycle/schemas"
)

var encodingCases = []checkCase{
	{name: "valid", box: "Party1: Ä"},
	{name: "U+FFFD that stood there", box: "Party1: \uFFFD"},
	{
		name: "invalid", box: "Party1: \uFFFDrger\nParty2: B",
		change: func(d *schemas.Document) {
			d.InvalidBytes, d.InvalidOffset = 2, strings.Index(d.Text, "\uFFFD")
		},
		want: []doubt{{
			status: schemas.Warn, subject: "document", expected: "UTF-8", observed: "2 invalid bytes", at: "\uFFFDrger",
			message: "2 bytes",
		}},
	},
}
