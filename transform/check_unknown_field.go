package transform

import (
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var unknownFieldCheck = Check{
	ID: "unknown-field", Severity: schemas.Warn,
	Meaning: "a field whose name no rule reads and no documentation of the template lists",
	judge: func(j *judgement) {
		for i := range j.e.Fields {
			f := &j.e.Fields[i]
			if f.Target() != "" || isKnownField(f) {
				continue
			}
			name := f.Name
			if name == "" {
				name = "(no key)"
			}
			j.doubt(placeOf(f), name, "", f.Text, "no rule reads the field "+values.Quote(f.Key)+": its value stands in the table fields only")
		}
	},
}

// isKnownField reports whether a field's name is that of a rule or of the template's documentation.
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
