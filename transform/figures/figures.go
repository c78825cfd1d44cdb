// Package figures has the arithmetic of measures, which gives the same bits on every machine.
package figures

import (
	"math"

	"github.com/shopspring/decimal"
)

// precision is one over the smallest step of a measure. Nine decimals are far fewer than a double holds, so a
// value that is read back is the one that was printed.
const precision = 1e9

// Rounded returns a value with nine decimals, rounded half away from zero. Every computation that leads to it converts
// its products to float64. By the specification of the language, a conversion rounds, so no compiler may fuse a
// multiplication with an addition, and every machine computes the same bytes.
func Rounded(x float64) float64 { return math.Round(x*precision) / precision }

// RoundedOrNil returns a value as Rounded does, nil if there is none.
func RoundedOrNil(x *float64) *float64 {
	if x == nil {
		return nil
	}
	return new(Rounded(*x))
}

// MajorityOf returns the fewest seats that are more than half of all seats.
func MajorityOf(seats int64) int64 { return seats/2 + 1 }

// Square returns the square of a number.
func Square(x float64) float64 { return float64(x * x) }

// FloatOf returns the double nearest to a decimal.
func FloatOf(d *decimal.Decimal) float64 {
	// If coefficient and power are both exact doubles, their quotient is rounded once.
	if e := d.Exponent(); e <= 0 && e >= -15 && d.NumDigits() <= 15 {
		return float64(d.CoefficientInt64()) / powersOfTen[-e]
	}
	return d.InexactFloat64()
}

var powersOfTen = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// AreFarApart reports whether bounds are so far apart, in points, that what lies between them is no estimate.
func AreFarApart(low, high float64) bool {
	const farApart = 2
	return float64(high)-float64(low) > farApart
}
