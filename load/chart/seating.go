package chart

import (
	"math"
	"slices"
)

// MaxSeats is the largest chamber that is drawn with a dot a seat; the largest in the world has
// 2,980. Beyond it a dot could not be told from its neighbour.
const MaxSeats = 3000

// The half-circle has the radius 1 at the centres of its outermost dots. Rows begin at innermost, and
// dots are never further apart than widest, so that a council of nine is not nine balloons.
const (
	minRowRadius    = 0.4
	maxSeatDistance = 0.24
	dotRadiusShare  = 0.43 // a dot's radius, of the distance between the centres of two neighbours
)

// placedSeat is the place of one dot: x from −1 at the left to 1, y from 0 at the base upwards.
type placedSeat struct {
	x, y  float64
	angle float64 // from π at the left to 0 at the right
}

// placeSeats places n seats in rows of one half-circle, ordered by angle from left to right, so that groups
// that take consecutive seats form wedges. It returns the places and the radius of a dot. No two dots
// overlap: neighbours in a row are two radii apart by construction, and so are rows.
func placeSeats(n int) ([]placedSeat, float64) {
	apart := seatDistance(n)
	nearest := apart
	rows := seatsPerRow(n, apart)
	type place struct {
		row, number, of int // number of the seat in its row, and the last number there
	}
	places := make([]place, 0, n)
	for row, count := range rows {
		if count > 1 {
			nearest = min(nearest, 2*rowRadius(row, apart)*math.Sin(math.Pi/float64(2*(count-1))))
		}
		for i := range count {
			if count == 1 {
				places = append(places, place{row, 1, 2}) // one seat alone stands in the middle
			} else {
				places = append(places, place{row, i, count - 1})
			}
		}
	}
	// Compared as fractions, in whole numbers: seats at one angle stand in the order of their rows.
	slices.SortStableFunc(places, func(a, b place) int { return a.number*b.of - b.number*a.of })
	seats := make([]placedSeat, len(places))
	for i, p := range places {
		angle := math.Pi * (1 - float64(p.number)/float64(p.of))
		radius := rowRadius(p.row, apart)
		seats[i] = placedSeat{radius * math.Cos(angle), radius * math.Sin(angle), angle}
	}
	return seats, nearest * dotRadiusShare
}

// rowRadius is the radius of a row, counted from the outermost.
func rowRadius(row int, distance float64) float64 { return 1 - float64(row)*distance }

// rowCapacity is how many seats a row holds that far apart.
func rowCapacity(row int, distance float64) int {
	radius := rowRadius(row, distance)
	if radius < minRowRadius {
		return 0
	}
	return int(math.Pi*radius/distance) + 1
}

// seatDistance is the largest distance between neighbours at which the half-circle holds n seats.
func seatDistance(n int) float64 {
	holds := func(distance float64) bool {
		all := 0
		for row := 0; rowCapacity(row, distance) > 0 && all < n; row++ {
			all += rowCapacity(row, distance)
		}
		return all >= n
	}
	low, high := 0.001, maxSeatDistance
	if holds(high) {
		return high
	}
	for range 40 {
		if middle := (low + high) / 2; holds(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// seatsPerRow shares n seats among as few rows as hold them, in proportion to the rows' lengths: by largest
// remainders, from the outermost row.
func seatsPerRow(n int, distance float64) []int {
	var lengths []float64
	for row, all := 0, 0; all < n; row++ {
		all += rowCapacity(row, distance)
		lengths = append(lengths, rowRadius(row, distance))
	}
	whole := 0.0
	for _, l := range lengths {
		whole += l
	}
	rows, remainders, left := make([]int, len(lengths)), make([]float64, len(lengths)), n
	for i, l := range lengths {
		quota := float64(n) * l / whole
		rows[i] = int(quota)
		remainders[i] = quota - math.Floor(quota)
		left -= rows[i]
	}
	for ; left > 0; left-- {
		largest := 0
		for i := range remainders {
			if remainders[i] > remainders[largest] {
				largest = i
			}
		}
		rows[largest]++
		remainders[largest] = -1
	}
	return rows
}
