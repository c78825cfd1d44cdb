package transform

import "hemicycle/schemas"

// MeasureKind is an index that is computed from an election; nil where the election does not give what
// it needs.
type MeasureKind struct {
	ID      string
	Meaning string // with its formula
	compute func(*schemas.Election) *schemas.Measure
}
