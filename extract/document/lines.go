package document

import (
	"sort"
	"strings"
)

// LineIndex tells the line of an offset. It goes no further into the text than it is asked, and keeps a
// place every now and then, from which it counts.
type LineIndex struct {
	s      string
	places []linePlace
	last   linePlace // the furthest that was asked for
}

type linePlace struct{ offset, line int }

// placeDistance is how many bytes lie between two places that are kept.
const placeDistance = 4096

func NewLineIndex(s string) *LineIndex {
	return &LineIndex{s: s, last: linePlace{line: 1}}
}

// At is the number of the line, from 1, in which an offset stands.
func (l *LineIndex) At(offset int) int {
	for l.last.offset+placeDistance <= offset {
		l.last = l.countFrom(l.last, l.last.offset+placeDistance)
		l.places = append(l.places, l.last)
	}
	if l.last.offset <= offset {
		l.last = l.countFrom(l.last, offset)
		return l.last.line
	}
	i := sort.Search(len(l.places), func(i int) bool { return l.places[i].offset > offset })
	if i == 0 {
		return l.countFrom(linePlace{line: 1}, offset).line
	}
	return l.countFrom(l.places[i-1], offset).line
}

// countFrom counts on from a place.
func (l *LineIndex) countFrom(p linePlace, offset int) linePlace {
	return linePlace{offset, p.line + strings.Count(l.s[p.offset:offset], "\n")}
}
