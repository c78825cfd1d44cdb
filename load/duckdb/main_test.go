package duckdb

import (
	"fmt"
	"os"
	"testing"
)

// TestMain lets the test binary be another process of a test: a session of its own DuckDB.
func TestMain(m *testing.M) {
	var err error
	switch os.Getenv("HEMICYCLE_TEST_AS") {
	case "":
		os.Exit(m.Run())
	case "engine":
		err = serveEngine(os.Args[1], os.Args[2], os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
