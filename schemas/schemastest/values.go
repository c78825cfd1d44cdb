package schemastest

import (
	"fmt"
	"math"

	"github.com/google/go-cmp/cmp"
)

// nineDecimals is how far two values may be apart that have the same nine decimals.
const nineDecimals = 0.5000001e-9

// Near takes doubles that agree in nine decimals for equal, and NaN for itself.
var Near = cmp.Comparer(func(a, b float64) bool {
	return a == b || math.Abs(a-b) <= nineDecimals || math.IsNaN(a) && math.IsNaN(b)
})

// FormatCount returns a number in digits, and "" where there is none.
func FormatCount(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}
