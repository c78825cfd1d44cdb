package document

import (
	"sort"
	"strings"
)

// LineIndex tells the line of an offset. It reads no further into the text than it is asked, and remembers some places
// with their lines, from which it counts on.
type LineIndex struct {
	s      string
	places []linePlace
	last   linePlace // the furthest place that was asked for
}

// linePlace is an offset of the text and its line.
type linePlace struct{ offset, line int }

// placeDistance is the number of bytes between two places that are remembered.
const placeDistance = 4096

// NewLineIndex returns the index of a text.
func NewLineIndex(s string) *LineIndex {
	return &LineIndex{s: s, last: linePlace{line: 1}}
}

// At returns the number of the line, from 1, that holds an offset.
func (l *LineIndex) At(offset int) int {
	for l.last.offset+placeDistance <= offset {
		l.last = l.countFrom(l.last, l.last.offset+placeDistance)
		l.places = append(l.places, l.last)
	}
	if l.last.offset <= offset {
		l.last = l.countFrom(l.last, offset)
		if n := len(l.places); n == 0 || l.places[n-1].offset+placeDistance <= offset {
			l.places = append(l.places, l.last) // also where the offsets are asked for in small steps
		}
		return l.last.line
	}
	i := sort.Search(len(l.places), func(i int) bool { return l.places[i].offset > offset })
	if i == 0 {
		return l.countFrom(linePlace{line: 1}, offset).line
	}
	return l.countFrom(l.places[i-1], offset).line
}

// countFrom returns the place of an offset, counted from an earlier place.
func (l *LineIndex) countFrom(p linePlace, offset int) linePlace {
	return linePlace{offset, p.line + strings.Count(l.s[p.offset:offset], "\n")}
}
