package document

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// The line of an offset is the same in whatever order offsets are asked for.
func TestLineIndex(t *testing.T) {
	for _, text := range []string{
		"", "a\nb", strings.Repeat("\n", 3*placeDistance), strings.Repeat("a line\n\n", placeDistance),
	} {
		steps, back, mixed := NewLineIndex(text), NewLineIndex(text), NewLineIndex(text)
		random := rand.New(rand.NewPCG(1, 2))
		for offset := range len(text) + 1 {
			at := random.IntN(len(text) + 1)
			for index, offset := range map[*LineIndex]int{steps: offset, back: len(text) - offset, mixed: at} {
				if line, want := index.At(offset), 1+strings.Count(text[:offset], "\n"); line != want {
					t.Fatalf("%.10q: offset %d is on line %d, expected %d", text, offset, line, want)
				}
			}
		}
	}
}
