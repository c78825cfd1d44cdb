package iceberg

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/apache/iceberg-go"
	"github.com/apache/iceberg-go/catalog/hadoop"
	"github.com/apache/iceberg-go/table"
)

// program is the program hemicycle, which makes the versions of these tests.
var program string

func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "hemicycle-iceberg-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "hemicycle")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// page returns a page on an election with so many parties.
func page(year, parties int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "= %d Ruritanian general election =\n\nInfobox\n- Country: Ruritania\n- Election Date: 1 May %d\n",
		year, year)
	for p := 1; p <= parties; p++ {
		fmt.Fprintf(&b, "- Party%d: Party %d of %d\n- Seats%d: %d\n- Percentage%d: %d.25\n", p, p, year, p, 10*p, p, p)
	}
	return b.String()
}

// publish publishes a version of some pages, and returns its folder.
func publish(t *testing.T, output, layout string, pages map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pipeline := filepath.Join(dir, "pages.yaml")
	declared := "name: pages\nsources: [{files: ['*.txt'], wiki: enwiki}]\nsinks: [parquet]\n" +
		"allow: {errors: 1000}\n" + layout
	if err := os.WriteFile(pipeline, []byte(declared), 0o644); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(program, "run", pipeline, "--republish", "--quiet", "--output", output)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	folder, err := filepath.EvalSymlinks(filepath.Join(output, "current"))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// rowsOf returns the rows of a table of Arrow as texts, sorted.
func rowsOf(t *testing.T, tbl arrow.Table) (rows []string) {
	t.Helper()
	cells := make([][]string, tbl.NumRows())
	for i := range int(tbl.NumCols()) {
		name, row := tbl.Schema().Field(i).Name, 0
		for _, chunk := range tbl.Column(i).Data().Chunks() {
			for k := range chunk.Len() {
				cells[row] = append(cells[row], name+"="+chunk.ValueStr(k))
				row++
			}
		}
	}
	for _, row := range cells {
		slices.Sort(row)
		rows = append(rows, strings.Join(row, " "))
	}
	slices.Sort(rows)
	return rows
}

// filesRows returns the rows of the files of a table.
func filesRows(t *testing.T, v *version, name string) (rows []string) {
	t.Helper()
	for _, f := range v.filesOf(name) {
		opened, err := file.OpenParquetFile(v.path(f), false)
		if err != nil {
			t.Fatal(err)
		}
		reader, err := pqarrow.NewFileReader(opened, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
		if err != nil {
			t.Fatal(err)
		}
		tbl, err := reader.ReadTable(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, rowsOf(t, tbl)...)
		if err := opened.Close(); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(rows)
	return rows
}

// open opens a table of a warehouse.
func open(t *testing.T, warehouse, name string) *table.Table {
	t.Helper()
	c, err := hadoop.NewCatalog(Namespace, warehouse, nil)
	if err != nil {
		t.Fatal(err)
	}
	tbl, err := c.LoadTable(t.Context(), table.Identifier{Namespace, name})
	if err != nil {
		t.Fatal(err)
	}
	return tbl
}

// checkSnapshots compares each table of a version with its snapshot in a warehouse: the number of rows with the
// manifest and each value with the files.
func checkSnapshots(t *testing.T, folder, warehouse string, registered []Registered) {
	t.Helper()
	v, err := openVersion(folder)
	if err != nil {
		t.Fatal(err)
	}
	rows := int64(0)
	for _, r := range registered {
		tbl := open(t, warehouse, r.Table)
		scanned, err := tbl.Scan(table.WithSnapshotID(r.Snapshot)).ToArrowTable(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", r.Table, err)
		}
		got, want := rowsOf(t, scanned), filesRows(t, v, r.Table)
		if int64(len(got)) != r.Rows || !slices.Equal(got, want) {
			t.Errorf("%s: %d rows, expected %d; the first: %.300v, expected %.300v", r.Table, len(got), len(want), got, want)
		}
		rows += r.Rows
		s := tbl.SnapshotByID(r.Snapshot)
		p := s.Summary.Properties
		if p[RunProperty] != v.Run || p[PipelineProperty] != "pages" || p[DigestProperty] != v.Digest {
			t.Errorf("%s: the snapshot says %v", r.Table, p)
		}
	}
	if len(registered) < 19 || rows < 20 {
		t.Errorf("%d tables with %d rows prove nothing", len(registered), rows)
	}
}

// Two versions are two snapshots with the rows of the files, in either layout. The same version again is no snapshot,
// and the earlier version is read as it was.
func TestRegister(t *testing.T) {
	for name, layout := range map[string]string{"whole": "", "by wiki": "partition: wiki\n"} {
		t.Run(name, func(t *testing.T) {
			output, warehouse := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "warehouse")
			first := publish(t, output, layout, map[string]string{"a.txt": page(1990, 3), "b.txt": page(1994, 2)})
			before := digests(t, first)
			one, err := Register(t.Context(), output, warehouse)
			if err != nil {
				t.Fatal(err)
			}
			checkSnapshots(t, first, warehouse, one)
			again, err := Register(t.Context(), first, warehouse)
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range again {
				if r.IsNew || r.Snapshot != one[i].Snapshot {
					t.Errorf("%s: the same version is another snapshot: %+v", r.Table, r)
				}
			}
			second := publish(t, output, layout, map[string]string{"b.txt": page(1994, 5), "c.txt": page(1998, 1)})
			two, err := Register(t.Context(), output, warehouse)
			if err != nil {
				t.Fatal(err)
			}
			checkSnapshots(t, second, warehouse, two)
			checkSnapshots(t, first, warehouse, one)
			for _, r := range two {
				tbl := open(t, warehouse, r.Table)
				if n := len(tbl.Metadata().Snapshots()); n != 2 || tbl.CurrentSnapshot().SnapshotID != r.Snapshot {
					t.Errorf("%s has %d snapshots, and the current one is not the last version", r.Table, n)
				}
			}
			if after := digests(t, first); !maps.Equal(before, after) {
				t.Error("files of the version were changed")
			}
		})
	}
}

// digests returns the content of each Parquet file of a version, by its path.
func digests(t *testing.T, folder string) map[string]string {
	t.Helper()
	v, err := openVersion(folder)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for i := range v.Files {
		content, err := os.ReadFile(v.path(v.Files[i]))
		if err != nil {
			t.Fatal(err)
		}
		found[v.Files[i].Path] = string(content)
	}
	return found
}

// The ids of columns are those of the files, also of columns whose id is not their place.
func TestColumnsKeepTheirIDs(t *testing.T) {
	output, warehouse := filepath.Join(t.TempDir(), "out"), t.TempDir()
	folder := publish(t, output, "", map[string]string{"a.txt": page(1990, 3)})
	if _, err := Register(t.Context(), folder, warehouse); err != nil {
		t.Fatal(err)
	}
	v, err := openVersion(folder)
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for _, name := range v.tables() {
		want, err := v.columns(name)
		if err != nil {
			t.Fatal(err)
		}
		got := open(t, warehouse, name).Schema().Fields()
		for i := range want {
			if got[i].ID != want[i].ID || got[i].Name != want[i].Name {
				t.Errorf("%s: the column %d is %v, expected %v", name, i, got[i], want[i])
			}
			if want[i].ID != i+1 {
				moved++
			}
		}
	}
	if moved == 0 {
		t.Error("every column has the id of its place, which proves nothing")
	}
}

// What is damaged is refused before anything is written.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(folder string) error
		want   string
	}{
		"a file": {func(folder string) error {
			return os.Truncate(filepath.Join(folder, "parquet", "results", "part-00001.parquet"), 100)
		}, "another SHA-256"},
		"a file that is gone": {func(folder string) error {
			return os.Remove(filepath.Join(folder, "parquet", "results", "part-00001.parquet"))
		}, "cannot be read"},
		"the manifest": {func(folder string) error {
			path := filepath.Join(folder, "manifest.json")
			content, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path, []byte(strings.Replace(string(content), "pages", "paged", 1)), 0o644))
		}, "its own digest differs"},
		"no version": {os.RemoveAll, "there is no version here"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := publish(t, filepath.Join(t.TempDir(), "out"), "", map[string]string{"a.txt": page(1990, 3)})
			if err := c.damage(folder); err != nil {
				t.Fatal(err)
			}
			warehouse := filepath.Join(t.TempDir(), "warehouse")
			if _, err := Register(t.Context(), folder, warehouse); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, expected %s", err, c.want)
			}
			if _, err := os.Stat(warehouse); err == nil {
				t.Error("something was written")
			}
		})
	}
}

// A warehouse with other columns gets those of the version: further ones, which earlier rows need not have. Another
// type of a column is refused.
func TestEvolve(t *testing.T) {
	folder := publish(t, filepath.Join(t.TempDir(), "out"), "", map[string]string{"a.txt": page(1990, 3)})
	v, err := openVersion(folder)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := v.columns("results")
	if err != nil {
		t.Fatal(err)
	}
	otherType := slices.Clone(columns)
	otherType[1].Type = iceberg.PrimitiveTypes.String
	for name, c := range map[string]struct {
		before []iceberg.NestedField
		want   string // of the error
	}{
		"fewer columns": {columns[2:], ""},
		"another type":  {otherType, "the column position has the type int in the version and string in the warehouse"},
	} {
		t.Run(name, func(t *testing.T) {
			warehouse := t.TempDir()
			makeTable(t, warehouse, "results", c.before)
			registered, err := Register(t.Context(), folder, warehouse)
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, expected %s", err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			checkSnapshots(t, folder, warehouse, registered)
			for i, f := range open(t, warehouse, "results").Schema().Fields() {
				if want := columns[i].Required && i >= 2; f.ID != columns[i].ID || f.Required != want {
					t.Errorf("the column %s has the id %d, required %v", f.Name, f.ID, f.Required)
				}
			}
		})
	}
}

// makeTable makes an empty table with some columns.
func makeTable(t *testing.T, warehouse, name string, columns []iceberg.NestedField) {
	t.Helper()
	c, err := hadoop.NewCatalog(Namespace, warehouse, nil)
	if err != nil {
		t.Fatal(err)
	}
	identifier := table.Identifier{Namespace, name}
	if err := c.CreateNamespace(t.Context(), table.Identifier{Namespace}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := c.CreateTable(t.Context(), identifier, iceberg.NewSchema(0)); err != nil {
		t.Fatal(err)
	}
	_, _, err = c.CommitTable(t.Context(), identifier, nil, []table.Update{
		table.NewAddSchemaUpdate(iceberg.NewSchema(1, columns...)), table.NewSetCurrentSchemaUpdate(-1),
	})
	if err != nil {
		t.Fatal(err)
	}
}
