//go:build unix

package duckdb

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// The tests of this file have other sessions of DuckDB at the published database: of 1.0.0, of the
// module's own and of 1.5. The first is built by go and the last installed by npm, which takes a
// network once; where that cannot be had they are skipped, unless HEMICYCLE_ENGINES=required.

// engine is a command that opens a database: PATH and read or write are added to it.
type engine struct {
	name, version string
	command       []string
	environment   []string
}

// engines is every engine that can be had here.
func engines(t *testing.T) []engine {
	t.Helper()
	own, err := EngineVersion()
	if err != nil {
		t.Fatal(err)
	}
	all := []engine{{"own", own, []string{os.Args[0]}, []string{"HEMICYCLE_TEST_AS=engine"}}}
	for _, e := range []struct {
		name, version string
		install       func(dir string) ([]string, error)
	}{{"1.0", "v1.0.0", installEngine100}, {"1.5", "v1.5.", installEngine150}} {
		command, err := e.install(engineFolder(t))
		switch {
		case err == nil:
			all = append(all, engine{e.name, e.version, command, nil})
		case os.Getenv("HEMICYCLE_ENGINES") == "required":
			t.Fatalf("the engine %s cannot be had: %v", e.name, err)
		default:
			t.Run(e.name+" is missing", func(t *testing.T) { t.Skipf("the engine cannot be had here: %v", err) })
		}
	}
	return all
}

// engineFolder is where engines are installed once for all runs of the tests, or for this one.
func engineFolder(t *testing.T) string {
	cache, err := os.UserCacheDir()
	if err == nil {
		cache = filepath.Join(cache, "hemicycle-engines")
		err = os.MkdirAll(cache, 0o755)
	}
	if err != nil {
		return t.TempDir()
	}
	return cache
}

// installEngine100 builds testdata/engine100; go's own cache makes that quick from the second time on.
func installEngine100(dir string) ([]string, error) {
	program := filepath.Join(dir, "engine100")
	c := exec.Command("go", "build", "-o", program, ".")
	c.Dir = filepath.Join("testdata", "engine100")
	if out, err := c.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	return []string{program}, nil
}

// installEngine150 installs testdata/engine150 with its package, unless it is there as it is.
func installEngine150(dir string) ([]string, error) {
	dir = filepath.Join(dir, "engine150")
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	same := true
	for _, name := range []string{"package.json", "engine.mjs"} {
		want, err := os.ReadFile(filepath.Join("testdata", "engine150", name))
		if err != nil {
			return nil, err
		}
		if got, err := os.ReadFile(filepath.Join(dir, name)); err == nil && string(got) == string(want) {
			continue
		}
		same = same && name == "engine.mjs"
		if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, name), want, 0o644)); err != nil {
			return nil, err
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json")); err != nil || !same {
		c := exec.Command("npm", "install", "--no-package-lock", "--no-audit", "--no-fund") // package.json names one version exactly
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			return nil, errors.Join(fmt.Errorf("npm: %w\n%s", err, out), os.RemoveAll(filepath.Join(dir, "node_modules")))
		}
	}
	return []string{node, filepath.Join(dir, "engine.mjs")}, nil
}

// session is an open database in another process.
type session struct {
	t       *testing.T
	engine  engine
	in      io.WriteCloser
	out     *bufio.Reader
	process *exec.Cmd
}

// start opens a database by an engine; the error is the engine's answer to the opening.
func start(t *testing.T, e engine, path, mode string, as *syscall.Credential) (*session, error) {
	t.Helper()
	c := exec.Command(e.command[0], append(e.command[1:len(e.command):len(e.command)], path, mode)...)
	c.Env = append(os.Environ(), e.environment...)
	c.Stderr = os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	s := &session{t, e, in, bufio.NewReader(out), c}
	t.Cleanup(s.close)
	return s, s.answered().err()
}

func (a answer) err() error {
	if a.Error != "" {
		return errors.New(a.Error)
	}
	return nil
}

func (s *session) answered() (a answer) {
	s.t.Helper()
	line, err := s.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &a)
	}
	if err != nil {
		s.t.Fatalf("the engine %s gives no answer: %v", s.engine.name, err)
	}
	return a
}

// ask is the rows of a statement, a NULL as NULL.
func (s *session) ask(statement string) ([][]string, error) {
	s.t.Helper()
	if _, err := io.WriteString(s.in, statement+"\n"); err != nil {
		s.t.Fatal(err)
	}
	a := s.answered()
	var rows [][]string
	for _, r := range a.Rows {
		var row []string
		for _, v := range r {
			if v == nil {
				row = append(row, "NULL")
			} else {
				row = append(row, *v)
			}
		}
		rows = append(rows, row)
	}
	return rows, a.err()
}

func (s *session) must(statement string) [][]string {
	s.t.Helper()
	rows, err := s.ask(statement)
	if err != nil {
		s.t.Fatalf("%s: %s: %v", s.engine.name, statement, err)
	}
	return rows
}

// close ends the session and its process; a second time it does nothing.
func (s *session) close() {
	s.in.Close()
	_ = s.process.Wait() // a second time it is an error
}

// publishElections publishes a version with so many elections, as a run does.
func publishElections(t *testing.T, dir, name string, n int) {
	t.Helper()
	o := loadtest.OpenOutput(t, dir, "plan-"+name)
	defer o.Close()
	var records []schemas.Record
	for i := range n {
		records = append(records, schemas.Record{Election: schemastest.AbsentElection(fmt.Sprintf("local:%s#%d", name, i+1))})
	}
	run := schemastest.SampleRun()
	run.ID = name
	files := loadtest.WriteAll(t, load.Parquet, o.Staging(), append(records, schemas.Record{Run: run}), 0)
	database, err := Build(t.Context(), disk.Disk{}, o.Staging(), files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Publish(name, &version.Manifest{Run: name, Files: append(files, database)}); err != nil {
		t.Fatal(err)
	}
	if err := o.Prune(name); err != nil {
		t.Fatal(err)
	}
}

// seen is what a session sees: the version, its elections, and rows that an analyst wrote.
func (s *session) seen() string {
	s.t.Helper()
	row := s.must("SELECT (SELECT run_id FROM runs), (SELECT count(*) FROM elections), (SELECT count(*) FROM measures WHERE measure LIKE 'analyst%')")[0]
	return strings.Join(row, " ")
}

// checkFresh has a fresh session of every engine see the version and no row of the analyst.
func checkFresh(t *testing.T, all []engine, path, want string) {
	t.Helper()
	for _, e := range all {
		s, err := start(t, e, path, "read", nil)
		if err != nil {
			t.Errorf("a fresh session of %s: %v", e.name, err)
			continue
		}
		if got := s.seen(); got != want {
			t.Errorf("a fresh session of %s sees %q, expected %q", e.name, got, want)
		}
		s.close()
	}
}

func TestEnginesAreThose(t *testing.T) {
	for _, e := range engines(t) {
		s, err := start(t, e, filepath.Join(t.TempDir(), "new.duckdb"), "write", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.must("SELECT version()")[0][0]; !strings.HasPrefix(got, e.version) {
			t.Errorf("%s is %s", e.name, got)
		}
	}
}

func TestHolderWhoReads(t *testing.T) {
	all := engines(t)
	for _, e := range all {
		t.Run(e.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, version.DatabaseName)
			publishElections(t, dir, loadtest.First, 1)
			holder, err := start(t, e, path, "read", nil)
			if err != nil {
				t.Fatal(err)
			}
			for i, name := range []string{loadtest.Second, loadtest.Third} {
				publishElections(t, dir, name, i+2)
				if got := holder.seen(); got != loadtest.First+" 1 0" {
					t.Errorf("after a run the holder sees %q", got)
				}
				checkFresh(t, all, path, fmt.Sprintf("%s %d 0", name, i+2))
			}
			holder.close()
			checkFresh(t, all, path, loadtest.Third+" 3 0")
		})
	}
}

// TestHolderWhoWrites is about root, whom the file's mode does not stop: what he has not checkpointed
// stays with the version that he opened.
func TestHolderWhoWrites(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("the file's mode lets only root write")
	}
	all := engines(t)
	const row = "INSERT INTO measures VALUES ('local:x#1', 'analyst %s', 1, NULL, NULL, 'none')"
	for _, e := range all {
		t.Run(e.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, version.DatabaseName)
			publishElections(t, dir, loadtest.First, 1)
			holder, err := start(t, e, path, "write", nil)
			if err != nil {
				t.Fatal(err)
			}
			holder.must(fmt.Sprintf(row, "before"))
			publishElections(t, dir, loadtest.Second, 2)
			if got := holder.seen(); got != loadtest.First+" 1 1" {
				t.Errorf("after the run the holder sees %q", got)
			}
			checkFresh(t, all, path, loadtest.Second+" 2 0")
			holder.must(fmt.Sprintf(row, "after"))
			if got := holder.seen(); got != loadtest.First+" 1 2" {
				t.Errorf("after writing again the holder sees %q", got)
			}
			checkFresh(t, all, path, loadtest.Second+" 2 0")
			holder.close()
			checkFresh(t, all, path, loadtest.Second+" 2 0")
			publishElections(t, dir, loadtest.Third, 3)
			checkFresh(t, all, path, loadtest.Third+" 3 0")
			again, err := start(t, e, filepath.Join(dir, "versions", loadtest.First, version.DatabaseName), "read", nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := again.seen(); got != loadtest.First+" 1 2" {
				t.Errorf("opened again, the holder's own version shows %q: what he wrote is lost", got)
			}
		})
	}
}

// TestHolderWhoIsNotRoot can read, and is refused when he opens the database to write.
func TestHolderWhoIsNotRoot(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become another user")
	}
	dir := sharedFolder(t)
	path := filepath.Join(dir, version.DatabaseName)
	publishElections(t, dir, loadtest.First, 1)
	nobody := &syscall.Credential{Uid: 65534, Gid: 65534}
	for _, e := range engines(t) {
		e := shared(t, e)
		t.Run(e.name, func(t *testing.T) {
			writer, err := start(t, e, path, "write", nobody)
			if err == nil || !strings.Contains(err.Error(), "Permission denied") {
				t.Errorf("opened to write: %v", err)
			}
			writer.close()
			reader, err := start(t, e, path, "read", nobody)
			if err != nil {
				t.Fatal(err)
			}
			if got := reader.seen(); got != loadtest.First+" 1 0" {
				t.Errorf("sees %q", got)
			}
			if _, err := reader.ask("DELETE FROM elections"); err == nil {
				t.Error("a session for reading deletes")
			}
		})
	}
}

// sharedFolder is a temporary folder that every user may write into.
func sharedFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for parent := dir; parent != filepath.Clean(os.TempDir()) && parent != filepath.Dir(parent); parent = filepath.Dir(parent) {
		if err := os.Chmod(parent, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shared is an engine where every user can run it: a copy of what stands in one user's own folders.
func shared(t *testing.T, e engine) engine {
	t.Helper()
	dir := sharedFolder(t)
	file := len(e.command) - 1
	from := e.command[file]
	if file == 0 {
		copyFile(t, from, filepath.Join(dir, "engine"))
	} else if err := os.CopyFS(dir, os.DirFS(filepath.Dir(from))); err != nil {
		t.Fatal(err)
	}
	e.command = slices.Clone(e.command)
	e.command[file] = filepath.Join(dir, "engine")
	if file > 0 {
		e.command[file] = filepath.Join(dir, filepath.Base(from))
	}
	return e
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, content, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryEngineReadsEverything selects every table and view and reads every comment.
func TestEveryEngineReadsEverything(t *testing.T) {
	dir := t.TempDir()
	o := loadtest.OpenOutput(t, dir, "plan")
	records := schemastest.SampleRecords()
	files := loadtest.WriteAll(t, load.Parquet, o.Staging(), records, 0)
	database, err := Build(t.Context(), disk.Disk{}, o.Staging(), files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Publish(loadtest.First, &version.Manifest{Files: append(files, database)}); err != nil {
		t.Fatal(err)
	}
	own := map[string][][]string{} // the rows of each view, in the module's own engine
	for _, e := range engines(t) {
		t.Run(e.name, func(t *testing.T) {
			s, err := start(t, e, filepath.Join(dir, version.DatabaseName), "read", nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, table := range tables.All() {
				want := len(schemastest.WantRows(table, records))
				if got := len(s.must("SELECT COLUMNS(*)::VARCHAR FROM " + table.Name)); got != want {
					t.Errorf("%s has %d rows, expected %d", table.Name, got, want)
				}
				comment := s.must("SELECT comment FROM duckdb_tables() WHERE table_name = " + tables.QuoteSQL(table.Name))[0][0]
				if !strings.HasPrefix(comment, strings.TrimSuffix(table.Comment(), ".")) {
					t.Errorf("the comment on %s is %q", table.Name, comment)
				}
				comments := s.must("SELECT comment FROM duckdb_columns() WHERE table_name = " + tables.QuoteSQL(table.Name) + " ORDER BY column_index")
				for i, c := range table.Columns {
					if comments[i][0] != c.Meaning {
						t.Errorf("the comment on %s.%s is %q", table.Name, c.Name, comments[i][0])
					}
				}
			}
			views := s.must("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
			if len(views) == 0 {
				t.Error("no view")
			}
			for _, view := range views {
				if view[1] == "NULL" {
					t.Errorf("the view %s has no comment", view[0])
				}
				rows := s.must("SELECT COLUMNS(*)::VARCHAR FROM " + view[0] + " ORDER BY ALL")
				if len(rows) == 0 {
					t.Errorf("the view %s has no row", view[0])
				}
				if e.name == "own" {
					own[view[0]] = rows
				} else if diff := cmp.Diff(own[view[0]], rows); diff != "" {
					t.Errorf("%s (-own engine +this):\n%.3000s", view[0], diff)
				}
			}
			if got, want := s.must("SELECT party, previous_seats::VARCHAR, seats_then::VARCHAR, previous_id FROM chain WHERE election_id = 'enwiki:Now#1'"), [][]string{{"Party", "11", "10", "enwiki:Then#1"}}; !slices.EqualFunc(got, want, slices.Equal[[]string]) {
				t.Errorf("chain has %v, expected %v", got, want)
			}
			if got := s.must("SELECT key, raw FROM trace('enwiki:0#1', 'results.seats/1')"); len(got) != len(s.must("SELECT key FROM fields WHERE election_id = 'enwiki:0#1' AND target = 'results.seats' AND coalesce(position, 1) = 1")) {
				t.Errorf("trace has %v", got)
			}
			if got, want := s.must("SELECT count(*) FROM election_summary")[0][0], strconv.Itoa(len(schemastest.WantRows(tables.All()[0], records))); got != want {
				t.Errorf("election_summary has %s rows, expected %s", got, want)
			}
		})
	}
}
