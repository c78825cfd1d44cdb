package loadtest

import (
	"testing"

	"hemicycle/load/version"
)

// OpenOutput opens an output folder for a test, and closes it at its end.
func OpenOutput(t *testing.T, dir, plan string) *version.Output {
	t.Helper()
	o, err := version.OpenOutput(dir, plan, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

// Names of versions, the oldest first.
const (
	First  = "20260101T000000Z"
	Second = "20260102T000000Z"
	Third  = "20260103T000000Z"
	Fourth = "20260104T000000Z"
)
