package duckdb

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"

	duckdb "github.com/marcboeker/go-duckdb/v2"

	"hemicycle/load/disk"
	"hemicycle/schemas/schemastest"
)

// What the engine says is one line that an operator can act on, and still the engine's error for the program.
func TestErrorsOfTheEngine(t *testing.T) {
	const stack = "\n\nStack Trace:\n\n/bin/hemicycle(duckdb::Exception::ToJSON()+0x56) [0x288cc76]\n"
	for _, c := range []struct {
		kind          duckdb.ErrorType
		message, want string
	}{
		{duckdb.ErrorTypeFatal, "FATAL Error: Failed to create checkpoint because of error: " +
			`Could not write file "/srv/out/.staging-1/elections.duckdb": No space left on device` + stack,
			"building the database: no space left on device; free space on the disk of /srv/out, " +
				"or choose another output folder"},
		{duckdb.ErrorTypeIO, "IO Error: Could not write file: Disk quota exceeded" + stack,
			"building the database: disk quota exceeded; free space on the disk of /srv/out, " +
				"or choose another output folder"},
		{duckdb.ErrorTypeIO, "IO Error: Could not read from file: Input/output error" + stack,
			"building the database: input/output error"},
		{duckdb.ErrorTypeOutOfMemory, "Out of Memory Error: could not allocate block (1.0 GiB/1.0 GiB used)\n" +
			"Possible solutions:\n* Reducing the number of threads",
			"building the database: Out of Memory Error: could not allocate block (1.0 GiB/1.0 GiB used); " +
				"the engine may take 1GB: larger parts (--part-documents) need less, " +
				"and without the sink duckdb there is no database"},
		{duckdb.ErrorTypeParser, "Parser Error: syntax error at or near \"x\"\n\nLINE 1: x\n        ^",
			`building the database: Parser Error: syntax error at or near "x"`},
	} {
		err := shorten(&duckdb.Error{Type: c.kind, Msg: c.message})
		if got := explain(t.Context(), "/srv/out/.staging-1", err); got.Error() != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
		if broken := (*duckdb.Error)(nil); !errors.As(err, &broken) {
			t.Errorf("%v is no longer an error of the engine", err)
		}
	}
	if err := shorten(&duckdb.Error{Msg: "x: No space left on device"}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("%v is not that of a full disk", err)
	}
}

// An interrupt ends the building with its own words, not with those of the engine.
func TestBuildIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupt signal received"))
	_, err := Build(ctx, disk.Disk{}, t.TempDir(), nil)
	schemastest.CheckWords(t, err,
		"stopped while the database was built, and nothing was published: interrupt signal received")
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("more than a line: %v", err)
	}
}
