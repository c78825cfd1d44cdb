package duckdb

import (
	"fmt"
	"os"
	"runtime/debug"
	"testing"

	"hemicycle/load/duckdb/duckdbtest/engineserver"
)

// TestMain lets the test binary be another process of a test: a session of the DuckDB of this module.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // the Parquet writers leave much garbage
	var err error
	switch os.Getenv("HEMICYCLE_TEST_AS") {
	case "":
		os.Exit(m.Run())
	case "engine":
		err = engineserver.Serve(os.Args[1], os.Args[2], os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
