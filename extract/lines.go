package extract

import (
	"slices"
	"strconv"
	"strings"
)

// lineIndex tells the line of an offset. It goes no further into the text than it is asked.
type lineIndex struct {
	s      string
	starts []int // the offsets at which lines begin, the first left out
	read   int   // up to where the text is looked through
}

func newLineIndex(s string) *lineIndex { return &lineIndex{s: s} }

// at is the number of the line, from 1, in which an offset stands.
func (l *lineIndex) at(offset int) int {
	if l.read < offset {
		if l.starts == nil {
			l.starts = make([]int, 0, 256)
		}
		for l.read < offset {
			k := strings.IndexByte(l.s[l.read:offset], '\n')
			if k < 0 {
				l.read = offset
				break
			}
			l.read += k + 1
			l.starts = append(l.starts, l.read)
		}
	}
	if n := len(l.starts); n == 0 || offset >= l.starts[n-1] {
		return n + 1
	}
	i, found := slices.BinarySearch(l.starts, offset)
	if found {
		i++
	}
	return i + 1
}

func itoa(n int) string { return strconv.Itoa(n) }
