package version

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"testing"

	"hemicycle/load/disk"
)

// TestMain lets the test binary be another process of a test: a run that holds an output folder.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // the Parquet writers leave much garbage
	if os.Getenv("HEMICYCLE_TEST_AS") != "run" {
		os.Exit(m.Run())
	}
	if err := holdOutput(os.Args[1]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// holdOutput holds an output folder until its input ends.
func holdOutput(dir string) error {
	o, err := OpenOutput(disk.Disk{}, dir, "other", false)
	if err != nil {
		return err
	}
	fmt.Println("held")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return o.Close()
}
