package schemastest

import (
	"bytes"
	"testing"
)

// TestHoldsGrowth holds that quadratic work is seen although it allocates nothing, and linear work passes.
func TestHoldsGrowth(t *testing.T) {
	count := 0
	HoldsGrowth(t, func(n int) func() {
		text := bytes.Repeat([]byte("ab"), n/2)
		return func() {
			for i := range text {
				count += bytes.IndexByte(text[i:], 'b')
			}
		}
	})
	inner := &testing.T{}
	holdsTime(inner, func(n int) func() {
		text := bytes.Repeat([]byte{'a'}, n)
		return func() {
			for i := range text {
				if i%8 == 0 {
					count += bytes.IndexByte(text[i:], 'b')
				}
			}
		}
	})
	if !inner.Failed() {
		t.Error("quadratic work that allocates nothing was taken for linear")
	}
}
