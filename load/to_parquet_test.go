package load

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/memory"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// The first error is kept: what is written after it would be a file with a hole.
func TestParquetOutputKeepsItsFirstError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	file, err := disk.Disk{}.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	full, err := disk.Disk{}.OpenEnd("/dev/full")
	if err != nil {
		t.Skipf("there is no full disk here: %v", err)
	}
	o := &parquetOutput{file: full}
	for _, o.file = range []*disk.File{full, file} {
		if n, err := o.Write([]byte("text")); n != 4 || err != nil {
			t.Errorf("%d, %v: the writer of the library panics if it gets an error", n, err)
		}
	}
	if o.err == nil {
		t.Error("the error of the full disk was forgotten")
	}
	if content, err := os.ReadFile(path); err != nil || len(content) > 0 {
		t.Errorf("%q was written after the error, %v", content, err)
	}
}

// TestParquetGroupsAreBounded fills the row groups of several tables at once: together, they stay below the bound,
// although none of them is full.
func TestParquetGroupsAreBounded(t *testing.T) {
	sink, err := newWholeParquetSink(disk.Disk{}, t.TempDir(), version.FinishedParts{})
	if err != nil {
		t.Fatal(err)
	}
	defer sink.Close()
	s := sink.(*parquetSink)
	text := strings.Repeat("text ", 100_000)
	most := 0
	for i := range 150 {
		e := schemastest.AbsentElection(fmt.Sprintf("local:%d#1", i))
		e.Claims[0].Excerpt, e.Findings[0].Message, e.Fields[0].Raw, e.Contenders[0].Name = text, text, text, text
		if err := s.Write(schemas.Record{Election: e}); err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, table := range s.tables {
			sum += table.groupBytes
			if table.groupBytes > maxGroupBytes {
				t.Fatalf("%s has %d bytes in its row group", table.table.Name, table.groupBytes)
			}
		}
		if sum != s.open || s.open > 2*maxOpenBytes {
			t.Fatalf("%d bytes are in row groups, counted as %d", sum, s.open)
		}
		most = max(most, s.open)
	}
	if most < maxOpenBytes*9/10 {
		t.Errorf("at most %d bytes were in row groups: the bound was not tried", most)
	}
	if _, err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	if s.open != 0 {
		t.Errorf("%d bytes are counted after the last file", s.open)
	}
}

// Memory of the library grows by steps of 64 bytes, which may not copy it each time.
func TestAllocatorGrowsWithRoomToSpare(t *testing.T) {
	if _, ok := memory.DefaultAllocator.(roomyAllocator); !ok {
		t.Fatal("the library has another allocator")
	}
	copies := 0
	b := memory.DefaultAllocator.Allocate(64)
	b[0] = 'x'
	for len(b) < 1<<20 {
		before := &b[0]
		if b = memory.DefaultAllocator.Reallocate(len(b)+64, b); &b[0] != before {
			copies++
		}
	}
	if copies > 40 || b[0] != 'x' {
		t.Errorf("a megabyte was copied %d times, and begins with %q", copies, b[0])
	}
}

func TestPlainColumnsExist(t *testing.T) {
	for name, columns := range plainColumns {
		table := tables.Find(name)
		if table == nil {
			t.Errorf("there is no table %s", name)
			continue
		}
		for _, column := range columns {
			exists := false
			for _, c := range table.Columns {
				exists = exists || c.Name == column
			}
			if !exists {
				t.Errorf("%s has no column %s", name, column)
			}
		}
	}
}
