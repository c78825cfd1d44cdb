// Engine100 is a session of DuckDB 1.0.0, the oldest engine that the published database is for. It is a module of its
// own, since a program can hold only one version of DuckDB. Package engineserver says what it answers.
//
//	engine100 PATH read|write
package main

import (
	"fmt"
	"os"

	_ "github.com/marcboeker/go-duckdb"

	"engine100/engineserver" // a link to the file of load/duckdb/duckdbtest
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: engine100 PATH read|write")
		os.Exit(2)
	}
	if err := engineserver.Serve(os.Args[1], os.Args[2], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "engine100:", err)
		os.Exit(1)
	}
}
