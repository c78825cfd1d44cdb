package extract

import (
	"slices"
	"strconv"
	"strings"
)

// lineIndex tells the line of an offset.
type lineIndex []int // the offsets at which lines begin

func newLineIndex(s string) lineIndex {
	index := make(lineIndex, 1, 1+strings.Count(s, "\n"))
	for i := 0; ; {
		k := strings.IndexByte(s[i:], '\n')
		if k < 0 {
			return index
		}
		i += k + 1
		index = append(index, i)
	}
}

// at is the number of the line, from 1, in which an offset stands.
func (l lineIndex) at(offset int) int {
	i, found := slices.BinarySearch(l, offset)
	if found {
		return i + 1
	}
	return i
}

func itoa(n int) string { return strconv.Itoa(n) }
