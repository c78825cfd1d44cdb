package transform

import (
	"cmp"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var unknownFieldCheck = Check{
	ID: "unknown-field", Severity: schemas.Warn,
	Meaning: "a field whose name no rule reads and no documentation of the template lists; empty fields are left out",
	judge: func(j *judgement) {
		for i := range j.e.Fields {
			f := &j.e.Fields[i]
			if f.Target() != "" || f.Text == "" || j.box.Ignored[i] || i >= len(j.box.Fields) || isKnownField(f) {
				continue
			}
			j.doubt(placeOf(f), cmp.Or(f.Name, "(no key)"), "", f.Text,
				"no rule reads the field "+values.Quote(f.Key)+": its value stands in the table fields only")
		}
	},
}

// isKnownField reports whether a rule or the documentation of a template has the name of a field.
func isKnownField(f *schemas.BoxField) bool {
	if presentation[strings.TrimLeft(f.Name, "0123456789")] {
		return true
	}
	for i := range ruleTable {
		if ruleTable[i].reads(f) {
			return true
		}
	}
	return false
}
