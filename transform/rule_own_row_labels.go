package transform

import (
	"hemicycle/schemas"
)

var ownRowLabelsRule = Rule{
	ID:      "own_row_labels",
	Names:   []string{"1blank", "2blank", "3blank", "4blank", "5blank", "6blank", "7blank", "8blank", "9blank"},
	Columns: ownRowsRule.Columns, OneTargetPerName: true,
	Meaning: "the label of a row of one's own, on which the values rest that own_rows reads from it",
	fill:    func(*boxReading, *schemas.BoxField) bool { return false },
}
