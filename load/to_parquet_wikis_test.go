package load

import (
	"fmt"
	"path"
	"slices"
	"testing"

	"hemicycle/load/disk"
	"hemicycle/load/partition"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// Wikis that follow one another in any order have their rows in files of their own, also if fewer may be open at a time
// than there are, and whatever the parts are. A wiki without a row has an empty file of each table.
func TestParquetByWiki(t *testing.T) {
	wikis := []string{"afwiki", "", "bawiki", "afwiki", "cewiki", "afwiki", "bawiki", ""}
	for _, c := range []struct {
		maxOpen, partRecords int
		parts                int // of the elections of afwiki
	}{
		{512, 0, 1}, {1, 0, 3}, {2, 0, 2}, {512, 2, 3}, {1, 1, 3},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			folder := t.TempDir()
			sink, err := newParquetSink(disk.Disk{}, folder, version.FinishedParts{}, true)
			if err != nil {
				t.Fatal(err)
			}
			s := sink.(*parquetSink)
			s.byWiki.maxOpen = c.maxOpen
			var finished version.FinishedParts
			for n, wiki := range wikis {
				e := schemastest.AbsentElection(fmt.Sprint(n))
				e.Document.Wiki = wiki
				if err := s.Write(schemas.Record{Election: e}); err != nil {
					t.Fatal(err)
				}
				if c.partRecords > 0 && (n+1)%c.partRecords == 0 {
					files, err := s.FinishPart()
					if err != nil {
						t.Fatal(err)
					}
					finished.Add(files)
				}
			}
			s.MakePartition("dewiki")
			files, err := s.Commit()
			if err != nil {
				t.Fatal(err)
			}
			checkFilesByWiki(t, files, c.parts)
			for _, f := range finished.Files {
				if !slices.Contains(files, f) {
					t.Errorf("%s was finished in a part and is not among the files", f.Path)
				}
			}
		})
	}
}

// checkFilesByWiki expects the rows of the elections in the folders of their wikis, and a file of each table for each
// wiki.
func checkFilesByWiki(t *testing.T, files []version.File, parts int) {
	t.Helper()
	rows, found, seen := map[string]int64{}, map[string]int{}, map[string]bool{}
	var order []string
	for _, f := range files {
		if seen[f.Path] {
			t.Errorf("%s is there twice", f.Path)
		}
		seen[f.Path] = true
		folder := partition.OfPath(f.Path)
		found[f.Table+" "+folder]++
		if f.Table == "elections" {
			rows[folder] += f.Rows
			order = append(order, path.Dir(f.Path))
		}
	}
	for folder, want := range map[string]int64{
		"wiki=afwiki": 3, "wiki=bawiki": 2, "wiki=cewiki": 1, "wiki=dewiki": 0, partition.Folder(""): 2,
	} {
		if rows[folder] != want {
			t.Errorf("%s has %d elections, expected %d", folder, rows[folder], want)
		}
		for _, table := range tables.All() {
			if n := found[table.Name+" "+folder]; (n > 0) != table.ByWiki {
				t.Errorf("%s has %d files in %s", table.Name, n, folder)
			}
		}
	}
	if n := found["elections wiki=afwiki"]; n != parts {
		t.Errorf("the elections of afwiki are in %d files, expected %d", n, parts)
	}
	if !slices.IsSorted(order) {
		t.Errorf("the files are in the order %v", order)
	}
}
