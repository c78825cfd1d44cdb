package document

import "strings"

// LineIndex finds the line of an offset. It reads no further into the text than it is asked, and remembers the line at
// each multiple of placeDistance, from which it counts on.
type LineIndex struct {
	s     string
	lines []int
}

// placeDistance is the number of bytes between two places whose lines are remembered.
const placeDistance = 1024

// NewLineIndex returns the index of a text.
func NewLineIndex(s string) *LineIndex {
	return &LineIndex{s: s, lines: []int{1}}
}

// At returns the number of the line, from 1, that holds an offset.
func (l *LineIndex) At(offset int) int {
	for n := len(l.lines); n*placeDistance <= offset; n++ {
		l.lines = append(l.lines, l.lines[n-1]+strings.Count(l.s[(n-1)*placeDistance:n*placeDistance], "\n"))
	}
	place := offset / placeDistance
	return l.lines[place] + strings.Count(l.s[place*placeDistance:offset], "\n")
}
