// Command hemicycle-iceberg registers a published version as a snapshot of Iceberg tables.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"hemicycle/load/iceberg"
)

const usage = `Registers the Parquet files of a version as Iceberg tables, without writing them again:

  hemicycle-iceberg VERSION|OUTPUT WAREHOUSE

VERSION is the folder of a version, OUTPUT an output folder, of which the current version is taken. The
tables are in WAREHOUSE/hemicycle, laid out as the Hadoop catalogue does. Each version is a snapshot that
has its files alone. A version that is registered already stays as it is.
`

// The exit statuses are those of the program hemicycle.
const (
	statusFailed = 1
	statusUsage  = 2
)

func main() {
	if len(os.Args) != 3 || os.Args[1] == "" || os.Args[2] == "" {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(statusUsage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	registered, err := iceberg.Register(ctx, os.Args[1], os.Args[2])
	for _, r := range registered {
		word := "registered"
		if !r.IsNew {
			word = "was there"
		}
		fmt.Printf("%-20s %-10s snapshot %d, %d rows in %d files\n", r.Table, word, r.Snapshot, r.Rows, r.Files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "hemicycle-iceberg:", err)
		os.Exit(statusFailed)
	}
}
