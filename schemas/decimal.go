package schemas

import (
	"github.com/shopspring/decimal"
)

// ShareScale is the number of digits that a share keeps after the point. ShareMax is the smallest magnitude that it
// cannot hold.
const (
	ShareScale = 4
	ShareMax   = 1000
)

// FormatDecimal returns a decimal with the digits that the page prints: 37.00 and not 37.
func FormatDecimal(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }
