package load

import (
	"fmt"
	"io"
	"os"
	"testing"
)

// TestMain lets the test binary be another process of a test: a session of its own DuckDB, or a run
// that holds an output folder.
func TestMain(m *testing.M) {
	var err error
	switch os.Getenv("HEMICYCLE_TEST_AS") {
	case "":
		os.Exit(m.Run())
	case "engine":
		err = serveEngine(os.Args[1], os.Args[2], os.Stdin, os.Stdout)
	case "run":
		err = holdOutput(os.Args[1])
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// holdOutput holds an output folder until its input ends.
func holdOutput(dir string) error {
	o, err := OpenOutput(dir, "other", false)
	if err != nil {
		return err
	}
	fmt.Println("held")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return o.Close()
}
