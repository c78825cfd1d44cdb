package chart

import (
	"math"
	"slices"
)

// MaxSeats is the size of the largest chamber that is drawn with a dot for each seat. The largest chamber in the
// world has 2,980 seats. In a larger one a dot could not be told from its neighbour.
const MaxSeats = 3000

// The half-circle has the radius 1 at the centres of its outermost dots.
const (
	minRowRadius    = 0.4  // of the innermost row
	maxSeatDistance = 0.24 // between neighbours, so that a council of nine is not drawn as nine balloons
	dotRadiusShare  = 0.43 // the radius of a dot as a share of the distance between the centres of two neighbours
)

// placedSeat is the place of one dot: x goes from −1 at the left to 1, y from 0 at the base upwards.
type placedSeat struct {
	x, y  float64
	angle float64 // from π at the left to 0 at the right
}

// placeSeats places n seats in the rows of a half-circle, ordered by angle from left to right, so that groups that
// take consecutive seats form wedges. It returns the places and the radius of a dot. No two dots overlap: the radius
// is less than half of the smallest distance between two neighbours in a row and of the distance between rows.
func placeSeats(n int) ([]placedSeat, float64) {
	distance := seatDistance(n)
	least := distance
	// The angle of a seat is the fraction number/last of the half-circle.
	type place struct{ row, number, last int }
	places := make([]place, 0, n)
	for row, count := range seatsPerRow(n, distance) {
		if count == 1 { // a single seat is placed in the middle
			places = append(places, place{row, 1, 2})
			continue
		}
		if count > 1 {
			least = min(least, 2*rowRadius(row, distance)*math.Sin(math.Pi/float64(2*(count-1))))
		}
		for i := range count {
			places = append(places, place{row, i, count - 1})
		}
	}
	// Fractions are compared as whole numbers, so that seats at one angle keep the order of their rows.
	slices.SortStableFunc(places, func(a, b place) int { return a.number*b.last - b.number*a.last })
	seats := make([]placedSeat, len(places))
	for i, p := range places {
		angle := math.Pi * (1 - float64(p.number)/float64(p.last))
		radius := rowRadius(p.row, distance)
		seats[i] = placedSeat{radius * math.Cos(angle), radius * math.Sin(angle), angle}
	}
	return seats, least * dotRadiusShare
}

// rowRadius returns the radius of a row if rows are so far apart. Row 0 is the outermost.
func rowRadius(row int, distance float64) float64 { return 1 - float64(row)*distance }

// rowCapacity returns how many seats a row holds if rows and neighbours are so far apart.
func rowCapacity(row int, distance float64) int {
	radius := rowRadius(row, distance)
	if radius < minRowRadius {
		return 0
	}
	return int(math.Pi*radius/distance) + 1
}

// seatDistance returns the largest distance between neighbours at which the half-circle holds n seats.
func seatDistance(n int) float64 {
	holds := func(distance float64) bool {
		seats := 0
		for row := 0; rowCapacity(row, distance) > 0 && seats < n; row++ {
			seats += rowCapacity(row, distance)
		}
		return seats >= n
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

// seatsPerRow shares n seats among as few rows as hold them, in proportion to the lengths of the rows, by the method
// of largest remainders. The first row is the outermost.
func seatsPerRow(n int, distance float64) []int {
	var lengths []float64
	for row, seats := 0, 0; seats < n; row++ {
		seats += rowCapacity(row, distance)
		lengths = append(lengths, rowRadius(row, distance))
	}
	total := 0.0
	for _, l := range lengths {
		total += l
	}
	rows, remainders, left := make([]int, len(lengths)), make([]float64, len(lengths)), n
	for i, l := range lengths {
		quota := float64(n) * l / total
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
