package transform

import (
	"strings"

	"hemicycle/schemas"
)

var malformedBoxCases = []checkCase{
	{name: "whole", box: "Party1: A"},
	{
		name: "a line without a colon", box: "Party1: A", prose: "- Party2",
		change: func(d *schemas.Document) {
			at := strings.Index(d.Text, "- Party2")
			line := 1 + strings.Count(d.Text[:at], "\n")
			d.Boxes[0].Defects = []schemas.Defect{{Message: "no colon", Raw: "- Party2", Line: line, Offset: at}}
		},
		want: []doubt{{
			status: schemas.Warn, subject: "box", observed: `"- Party2"`, at: "- Party2", message: "no colon",
		}},
	},
}
