package schemastest

import (
	"fmt"
	"math"

	"github.com/google/go-cmp/cmp"
)

// nineDecimals is how far apart two values may be that have the same nine decimals.
const nineDecimals = 0.5000001e-9

// Near treats doubles that agree in nine decimals as equal, and NaN as equal to itself.
var Near = cmp.Comparer(func(a, b float64) bool {
	return a == b || math.Abs(a-b) <= nineDecimals || math.IsNaN(a) && math.IsNaN(b)
})

// FormatCount returns a number in digits, and "" for nil.
func FormatCount(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}
