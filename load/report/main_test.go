package report

import (
	"os"
	"runtime/debug"
	"testing"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // the Parquet writers leave much garbage
	os.Exit(m.Run())
}
