package transform

import (
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var statusRule = Rule{
	ID: "status", Names: []string{"ongoing"}, Columns: []string{"elections.status"},
	Meaning: "whether the election is over: yes is ongoing, future is future, no is completed",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		switch strings.ToLower(f.Text) {
		case "yes", "y", "1", "true", "ongoing":
			r.e.Status = schemas.ElectionOngoing
		case "future":
			r.e.Status = schemas.ElectionFuture
		case "no", "n", "0", "false":
			r.e.Status = schemas.ElectionCompleted
		case "":
			return false
		default:
			r.unreadable(f, "expected yes, no or future, found "+values.Quote(f.Text))
		}
		return true
	},
}
