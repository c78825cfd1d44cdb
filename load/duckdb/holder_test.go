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
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/duckdb/duckdbtest/engineserver"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// In the tests of this file, other processes have the published database open, with DuckDB 1.0.0, the version of this
// module, and 1.5. The first is built by go and the last is installed by npm, which needs a network once. Engines that
// cannot be installed are left out, unless HEMICYCLE_ENGINES=required.

// engine is a command that opens a database. PATH and read or write are added to it.
type engine struct {
	name, version string
	command       []string
	environment   []string
}

// engines returns every engine that is installed here.
func engines(t *testing.T) []engine {
	t.Helper()
	installed, missing := installEngines()
	for name, err := range missing {
		if os.Getenv("HEMICYCLE_ENGINES") == "required" {
			t.Fatalf("the engine %s cannot be installed: %v", name, err)
		}
		t.Run(name+" is missing", func(t *testing.T) { t.Skipf("the engine cannot be installed here: %v", err) })
	}
	return installed
}

// installEngines installs the engines once for all tests.
var installEngines = sync.OnceValues(func() (installed []engine, missing map[string]error) {
	missing = map[string]error{}
	own, err := EngineVersion()
	if err != nil {
		missing["own"] = err
	}
	installed = []engine{{
		name: "own", version: own, command: []string{os.Args[0]}, environment: []string{"HEMICYCLE_TEST_AS=engine"},
	}}
	folder, err := engineFolder()
	if err != nil {
		missing["all others"] = err
		return installed, missing
	}
	for _, e := range []struct {
		name, version string
		install       func(dir string) ([]string, error)
	}{{"1.0", "v1.0.0", installEngine100}, {"1.5", "v1.5.", installEngine150}} {
		if command, err := e.install(folder); err != nil {
			missing[e.name] = err
		} else {
			installed = append(installed, engine{name: e.name, version: e.version, command: command})
		}
	}
	return installed, missing
})

// engineFolder makes the folder in which engines are installed once for all runs of the tests.
func engineFolder() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "hemicycle-engines")
	return folder, os.MkdirAll(folder, 0o755)
}

// installEngine100 builds testdata/engine100. The build cache makes that quick from the second time on.
func installEngine100(dir string) ([]string, error) {
	program := filepath.Join(dir, "engine100")
	c := exec.Command("go", "build", "-o", program, ".")
	c.Dir = filepath.Join("testdata", "engine100")
	if out, err := c.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	return []string{program}, nil
}

// installEngine150 installs testdata/engine150 with its package, unless it is installed already.
func installEngine150(dir string) ([]string, error) {
	dir = filepath.Join(dir, "engine150")
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	same := true
	for _, name := range []string{"package.json", "package-lock.json", "engine.mjs"} {
		want, err := os.ReadFile(filepath.Join("testdata", "engine150", name))
		if err != nil {
			return nil, err
		}
		if got, err := os.ReadFile(filepath.Join(dir, name)); err == nil && string(got) == string(want) {
			continue
		}
		same = same && name == "engine.mjs"
		err = os.MkdirAll(dir, 0o755)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), want, 0o644)
		}
		if err != nil {
			return nil, err
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json")); err != nil || !same {
		c := exec.Command("npm", "ci", "--no-audit", "--no-fund")
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			err = fmt.Errorf("npm: %w\n%s", err, out)
			return nil, errors.Join(err, os.RemoveAll(filepath.Join(dir, "node_modules")))
		}
	}
	return []string{node, filepath.Join(dir, "engine.mjs")}, nil
}

// session is a database that another process has open.
type session struct {
	t       *testing.T
	engine  engine
	in      io.WriteCloser
	out     *bufio.Reader
	process *exec.Cmd
}

// openSession opens a database with an engine. The error is the answer of the engine to the opening.
func openSession(t *testing.T, e engine, path, mode string, as *syscall.Credential) (*session, error) {
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
	s := &session{t: t, engine: e, in: in, out: bufio.NewReader(out), process: c}
	t.Cleanup(s.close)
	return s, s.readAnswer().err()
}

// answer is the answer of an engine to a statement.
type answer engineserver.Answer

// err returns the error of an answer, nil if it has none.
func (a answer) err() error {
	if a.Error != "" {
		return errors.New(a.Error)
	}
	return nil
}

func (s *session) readAnswer() (a answer) {
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

// query returns the rows of a statement. A value that is NULL is written so.
func (s *session) query(statement string) ([][]string, error) {
	s.t.Helper()
	if _, err := io.WriteString(s.in, statement+"\n"); err != nil {
		s.t.Fatal(err)
	}
	a := s.readAnswer()
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

func (s *session) mustQuery(statement string) [][]string {
	s.t.Helper()
	rows, err := s.query(statement)
	if err != nil {
		s.t.Fatalf("%s: %s: %v", s.engine.name, statement, err)
	}
	return rows
}

// close ends the session and its process. A second time it does nothing.
func (s *session) close() {
	s.in.Close()
	_ = s.process.Wait() // which is an error the second time
}

// builtVersion is a version whose files were built: so many elections of a run.
type builtVersion struct {
	run       string
	elections int
	folder    string
	files     []version.File
}

// buildVersions builds three versions, with one, two and three elections.
func buildVersions(t *testing.T) (built []builtVersion) {
	t.Helper()
	for i, id := range []string{loadtest.First, loadtest.Second, loadtest.Third} {
		v := builtVersion{run: id, elections: i + 1, folder: t.TempDir()}
		run := schemastest.SampleRun()
		run.ID = id
		records := []schemas.Record{{Run: run}}
		for n := range v.elections {
			e := schemastest.AbsentElection(fmt.Sprintf("local:%s#%d", id, n+1))
			records = append(records, schemas.Record{Election: e})
		}
		v.files = loadtest.WriteAll(t, load.Parquet, v.folder, records, 0)
		database, err := Build(t.Context(), disk.Disk{}, v.folder, v.files)
		if err != nil {
			t.Fatal(err)
		}
		v.files = append(v.files, database)
		built = append(built, v)
	}
	return built
}

// publish publishes the version, as a run does.
func (v builtVersion) publish(t *testing.T, dir string) {
	t.Helper()
	o := loadtest.OpenOutput(t, dir, "plan")
	defer o.Close()
	if err := os.CopyFS(o.Staging(), os.DirFS(v.folder)); err != nil {
		t.Fatal(err)
	}
	// which CopyFS does not keep
	if err := os.Chmod(filepath.Join(o.Staging(), version.DatabaseName), 0o444); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Publish(v.run, &version.Manifest{Run: v.run, Files: slices.Clone(v.files)}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Prune(v.run, version.Keep{}, time.Now()); err != nil {
		t.Fatal(err)
	}
}

// view returns what a session sees of the version if an analyst wrote so many rows to it.
func (v builtVersion) view(rows int) string { return fmt.Sprintf("%s %d %d", v.run, v.elections, rows) }

// view returns what a session sees: the run of the version, its elections, and the rows that an analyst wrote.
func (s *session) view() string {
	s.t.Helper()
	row := s.mustQuery("SELECT (SELECT run_id FROM runs), (SELECT count(*) FROM elections), " +
		"(SELECT count(*) FROM measures WHERE measure LIKE 'analyst%')")[0]
	return strings.Join(row, " ")
}

// checkFresh expects that a new session of every engine sees a version and no row of the analyst.
func checkFresh(t *testing.T, all []engine, path string, v builtVersion) {
	t.Helper()
	for _, e := range all {
		s, err := openSession(t, e, path, "read", nil)
		if err != nil {
			t.Errorf("a new session of %s: %v", e.name, err)
			continue
		}
		if got := s.view(); got != v.view(0) {
			t.Errorf("a new session of %s sees %q, expected %q", e.name, got, v.view(0))
		}
		s.close()
	}
}

// forEachHolder runs a test with each engine as the one that has the database open while versions are published. The
// oldest engine, which writes its log beside a link, is always tried.
func forEachHolder(t *testing.T, all []engine, test func(t *testing.T, e engine)) {
	oldest := slices.MinFunc(all, func(a, b engine) int { return strings.Compare(a.version, b.version) })
	for _, e := range all {
		t.Run(e.name, func(t *testing.T) {
			if e.name != oldest.name {
				schemastest.SkipUnlessLong(t, "it starts many sessions of each engine")
			}
			test(t, e)
		})
	}
}

func TestEnginesHaveTheirVersions(t *testing.T) {
	for _, e := range engines(t) {
		s, err := openSession(t, e, filepath.Join(t.TempDir(), "new.duckdb"), "write", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.mustQuery("SELECT version()")[0][0]; !strings.HasPrefix(got, e.version) {
			t.Errorf("%s is %s", e.name, got)
		}
	}
}

func TestHolders(t *testing.T) {
	built := buildVersions(t)
	t.Run("who reads", func(t *testing.T) { testHolderWhoReads(t, built) })
	t.Run("who writes", func(t *testing.T) { testHolderWhoWrites(t, built) })
	t.Run("who is not root", func(t *testing.T) { testHolderWhoIsNotRoot(t, built[0]) })
}

// testHolderWhoReads expects that a session keeps its version while others are published.
func testHolderWhoReads(t *testing.T, built []builtVersion) {
	all := engines(t)
	forEachHolder(t, all, func(t *testing.T, e engine) {
		dir := t.TempDir()
		path := filepath.Join(dir, version.DatabaseName)
		built[0].publish(t, dir)
		holder, err := openSession(t, e, path, "read", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range built[1:] {
			v.publish(t, dir)
			if got := holder.view(); got != built[0].view(0) {
				t.Errorf("after a run the holder sees %q", got)
			}
			checkFresh(t, all, path, v)
		}
		holder.close()
		checkFresh(t, all, path, built[2])
	})
}

// testHolderWhoWrites is about root, whom the mode of the file does not stop. What root has not checkpointed stays with
// the version that was opened.
func testHolderWhoWrites(t *testing.T, built []builtVersion) {
	if os.Getuid() != 0 {
		t.Skip("the mode of the file lets only root write")
	}
	all := engines(t)
	const row = "INSERT INTO measures VALUES ('local:x#1', 'analyst %s', 1, NULL, NULL, 'none')"
	forEachHolder(t, all, func(t *testing.T, e engine) {
		dir := t.TempDir()
		path := filepath.Join(dir, version.DatabaseName)
		built[0].publish(t, dir)
		holder, err := openSession(t, e, path, "write", nil)
		if err != nil {
			t.Fatal(err)
		}
		holder.mustQuery(fmt.Sprintf(row, "before"))
		built[1].publish(t, dir)
		if got := holder.view(); got != built[0].view(1) {
			t.Errorf("after the run the holder sees %q", got)
		}
		checkFresh(t, all, path, built[1])
		holder.mustQuery(fmt.Sprintf(row, "after"))
		if got := holder.view(); got != built[0].view(2) {
			t.Errorf("after writing again the holder sees %q", got)
		}
		checkFresh(t, all, path, built[1])
		holder.close()
		checkFresh(t, all, path, built[1])
		built[2].publish(t, dir)
		checkFresh(t, all, path, built[2])
		own := filepath.Join(dir, "versions", built[0].run, version.DatabaseName)
		again, err := openSession(t, e, own, "read", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := again.view(); got != built[0].view(2) {
			t.Errorf("opened again, the version of the holder shows %q: what was written is lost", got)
		}
	})
}

// testHolderWhoIsNotRoot expects that another user can read the database and cannot open it to write.
func testHolderWhoIsNotRoot(t *testing.T, v builtVersion) {
	if os.Getuid() != 0 {
		t.Skip("only root can become another user")
	}
	dir := sharedFolder(t)
	path := filepath.Join(dir, version.DatabaseName)
	v.publish(t, dir)
	nobody := &syscall.Credential{Uid: 65534, Gid: 65534}
	for _, e := range engines(t) {
		e := copyForEveryone(t, e)
		t.Run(e.name, func(t *testing.T) {
			writer, err := openSession(t, e, path, "write", nobody)
			if err == nil || !strings.Contains(err.Error(), "Permission denied") {
				t.Errorf("opened to write: %v", err)
			}
			writer.close()
			reader, err := openSession(t, e, path, "read", nobody)
			if err != nil {
				t.Fatal(err)
			}
			if got := reader.view(); got != v.view(0) {
				t.Errorf("sees %q", got)
			}
			if _, err := reader.query("DELETE FROM elections"); err == nil {
				t.Error("a session for reading deletes")
			}
		})
	}
}

// sharedFolder returns a temporary folder that every user may write into.
func sharedFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for parent := dir; parent != filepath.Clean(os.TempDir()) &&
		parent != filepath.Dir(parent); parent = filepath.Dir(parent) {
		if err := os.Chmod(parent, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// copyForEveryone copies an engine to a folder where every user can run it.
func copyForEveryone(t *testing.T, e engine) engine {
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

// TestEveryEngineReadsEverything reads every table, view and comment, and calls the macros.
func TestEveryEngineReadsEverything(t *testing.T) {
	folder := t.TempDir()
	records := schemastest.SampleRecords()
	files := loadtest.WriteAll(t, load.Parquet, folder, records, 0)
	if _, err := Build(t.Context(), disk.Disk{}, folder, files); err != nil {
		t.Fatal(err)
	}
	own := map[string][][]string{} // the rows of each view, read by the engine of this module
	for _, e := range engines(t) { // which is the first
		t.Run(e.name, func(t *testing.T) {
			s, err := openSession(t, e, filepath.Join(folder, version.DatabaseName), "read", nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range tables.All() {
				s.checkTable(tables.All()[i], len(schemastest.WantRows(tables.All()[i], records)))
			}
			views := s.mustQuery("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
			if len(views) == 0 {
				t.Error("there is no view")
			}
			for _, view := range views {
				if view[1] == "NULL" {
					t.Errorf("the view %s has no comment", view[0])
				}
				rows := s.mustQuery("SELECT COLUMNS(*)::VARCHAR FROM " + view[0] + " ORDER BY ALL")
				if len(rows) == 0 {
					t.Errorf("the view %s has no row", view[0])
				}
				if e.name == "own" {
					own[view[0]] = rows
				} else if diff := cmp.Diff(own[view[0]], rows); diff != "" {
					t.Errorf("%s (-own engine +this):\n%.3000s", view[0], diff)
				}
			}
			single := 0 // elections, without the boxes that only hold others
			for _, r := range records {
				if r.Election != nil && !r.Election.IsWrapper {
					single++
				}
			}
			s.checkSamples(single)
		})
	}
}

// checkTable compares the number of rows and the comments of a table with the declaration.
func (s *session) checkTable(table *tables.Table, rows int) {
	s.t.Helper()
	if got := len(s.mustQuery("SELECT COLUMNS(*)::VARCHAR FROM " + table.Name)); got != rows {
		s.t.Errorf("%s has %d rows, expected %d", table.Name, got, rows)
	}
	name := " WHERE table_name = " + tables.QuoteSQL(table.Name)
	comment := s.mustQuery("SELECT comment FROM duckdb_tables()" + name)[0][0]
	if !strings.HasPrefix(comment, strings.TrimSuffix(table.Comment(), ".")) {
		s.t.Errorf("the comment on %s is %q", table.Name, comment)
	}
	comments := s.mustQuery("SELECT comment FROM duckdb_columns()" + name + " ORDER BY column_index")
	for i, c := range table.Columns {
		if comments[i][0] != c.Meaning {
			s.t.Errorf("the comment on %s.%s is %q", table.Name, c.Name, comments[i][0])
		}
	}
}

// checkSamples expects rows of the sample records in views and macros.
func (s *session) checkSamples(elections int) {
	s.t.Helper()
	chain := s.mustQuery("SELECT party, previous_seats::VARCHAR, seats_then::VARCHAR, previous_id FROM chain " +
		"WHERE election_id = 'enwiki:Now#1'")
	if diff := cmp.Diff([][]string{{"Party", "11", "10", "enwiki:Then#1"}}, chain); diff != "" {
		s.t.Errorf("chain (-want +got):\n%s", diff)
	}
	trace := s.mustQuery("SELECT key, raw FROM trace('enwiki:0#1', 'results.seats/1')")
	fields := s.mustQuery("SELECT key, raw FROM fields WHERE election_id = 'enwiki:0#1' " +
		"AND target = 'results.seats' AND coalesce(position, 1) = 1")
	if len(trace) != len(fields) {
		s.t.Errorf("trace has %v, expected %v", trace, fields)
	}
	summary := s.mustQuery("SELECT count(*) FROM election_summary")[0][0]
	if want := strconv.Itoa(elections); summary != want {
		s.t.Errorf("election_summary has %s rows, expected %s", summary, want)
	}
}
