package schemas

import (
	"github.com/shopspring/decimal"
)

// ShareScale is the number of digits that a Share keeps after the point, ShareMax the first magnitude
// that it cannot hold.
const (
	ShareScale = 4
	ShareMax   = 1000
)

// FormatDecimal is a decimal with the digits that the page prints, 37.00 not 37.
func FormatDecimal(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }
