package load_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/disk/disktest"
	"hemicycle/load/duckdb"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// durableRun is a run into an output folder whose disk is recorded. At each step that relies on something, it checks
// that it was synced.
type durableRun struct {
	t        *testing.T
	recorder *disktest.Recorder
	output   *version.Output
	journal  *version.Journal
	sinks    []load.Sink
	dir      string
	checked  map[string]int // how often each step was checked
	parts    int
}

// startDurableRun opens an output folder, its journal and every sink that writes files, as a run does.
func startDurableRun(t *testing.T, recorder *disktest.Recorder, dir, plan string, resume bool) *durableRun {
	t.Helper()
	r := &durableRun{t: t, recorder: recorder, dir: dir, checked: map[string]int{}}
	recorder.Before = r.check
	var err error
	if r.output, err = version.OpenOutput(recorder.Disk(), dir, plan, resume); err != nil {
		t.Fatal(err)
	}
	if r.journal, _, err = version.OpenJournal(recorder.Disk(), r.output.Staging(), func([]byte) error {
		r.parts++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	r.sinks, err = load.Sinks(recorder.Disk(), r.output.Staging(), loadtest.FileSinks(), r.journal.Finished())
	if err != nil {
		t.Fatal(err)
	}
	redirects := load.NewRedirectSink(recorder.Disk(), r.output.Staging(), r.journal.Finished())
	names := load.NewNameSink(recorder.Disk(), r.output.Staging(), r.journal.Finished(), redirects)
	facts := load.NewContradictionSink(recorder.Disk(), r.output.Staging(), r.journal.Finished(), names)
	r.sinks = append(r.sinks, redirects, names, facts)
	return r
}

// check is called before each operation.
func (r *durableRun) check(op disk.Operation) {
	if r.output == nil { // the output folder is being opened
		return
	}
	staging, current := r.output.Staging(), filepath.Join(r.dir, "current")
	versions := filepath.Join(r.dir, "versions")
	fail := func(step string, unsynced []string) {
		r.checked[step]++
		if len(unsynced) > 0 {
			r.t.Errorf("%s, and this is not synced: %v", step, unsynced)
		}
	}
	folder := func(path string) (unsynced []string) {
		if !r.recorder.IsSynced(path) {
			return []string{path}
		}
		return nil
	}
	switch {
	case op.Kind == disk.OpWrite && op.Path == filepath.Join(staging, "journal"):
		// A line of the journal may survive a crash that nothing else survives.
		fail("a part is entered in the journal",
			append(r.recorder.Unsynced(r.t, staging, "journal"), folder(r.dir)...))
	case op.Kind == disk.OpRename && op.Path == staging:
		fail("the version is moved to its place", r.recorder.Unsynced(r.t, staging))
	case op.Kind == disk.OpRename && op.Target == current:
		// The content of a log that was moved is the engine's to sync.
		logs, _ := filepath.Glob(filepath.Join(versions, "*", version.DatabaseName+".wal"))
		for i, log := range logs {
			logs[i] = filepath.ToSlash(strings.TrimPrefix(log, versions+string(filepath.Separator)))
		}
		fail("the version becomes current", append(r.recorder.Unsynced(r.t, versions, logs...), folder(r.dir)...))
	}
}

// write writes an election, a redirect to which it links, and one to which it does not.
func (r *durableRun) write(n int) {
	r.t.Helper()
	e := schemastest.AbsentElection(fmt.Sprintf("local:%d#1", n))
	e.Document.Wiki, e.NextPage = "w", fmt.Sprintf("Next %d", n)
	records := []schemas.Record{{Election: e}, {Passed: []schemas.Redirect{
		{Wiki: "w", From: e.NextPage, To: "There"}, {Wiki: "w", From: "Other", To: "There"},
	}}}
	for _, s := range r.sinks {
		for _, record := range records {
			if err := s.Write(record); err != nil {
				r.t.Fatal(err)
			}
		}
	}
}

func (r *durableRun) finishPart() {
	r.t.Helper()
	var part []version.File
	for _, s := range r.sinks {
		files, err := s.FinishPart()
		if err != nil {
			r.t.Fatal(err)
		}
		part = append(part, files...)
	}
	r.parts++
	if err := r.journal.Append(part, fmt.Append(nil, r.parts)); err != nil {
		r.t.Fatal(err)
	}
	if journal := filepath.Join(r.output.Staging(), "journal"); !r.recorder.IsSynced(journal) {
		r.t.Error("a part was entered in the journal, and the journal is not synced")
	}
}

// publish ends the run as a pipeline does.
func (r *durableRun) publish(run string) {
	r.t.Helper()
	if err := load.WriteRedirects(r.sinks); err != nil {
		r.t.Fatal(err)
	}
	if err := load.WriteNames(r.sinks); err != nil {
		r.t.Fatal(err)
	}
	if err := load.WriteContradictions(r.sinks); err != nil {
		r.t.Fatal(err)
	}
	m := &version.Manifest{Run: run}
	for _, s := range r.sinks {
		files, err := s.Commit()
		if err != nil {
			r.t.Fatal(err)
		}
		m.Files = append(m.Files, files...)
	}
	database, err := duckdb.Build(r.t.Context(), r.output.Disk(), r.output.Staging(), m.Files)
	if err != nil {
		r.t.Fatal(err)
	}
	m.Files = append(m.Files, database)
	if _, err := r.output.Publish(run, m); err != nil {
		r.t.Fatal(err)
	}
	if !r.recorder.IsSynced(r.dir) {
		r.t.Error("the version is published, and the output folder is not synced")
	}
	if _, err := r.output.Prune(run, version.Keep{}, time.Now()); err != nil {
		r.t.Fatal(err)
	}
	if err := r.journal.Close(); err != nil {
		r.t.Fatal(err)
	}
	if err := r.output.Close(); err != nil {
		r.t.Fatal(err)
	}
	for _, step := range []string{"the version is moved to its place", "the version becomes current"} {
		if r.checked[step] != 1 {
			r.t.Errorf("%d times %s, expected once", r.checked[step], step)
		}
	}
}

// A loss of power at any moment leaves the old version or the new one, and finished parts that are whole: everything is
// synced before a step relies on it.
func TestEverythingIsSyncedBeforeItIsReliedOn(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "made", "by the run")
	recorder := disktest.NewRecorder()

	// A run is killed after two parts, in the middle of a third.
	r := startDurableRun(t, recorder, dir, "plan", false)
	for _, folder := range []string{root, filepath.Dir(dir)} {
		if !recorder.IsSynced(folder) {
			t.Errorf("a folder was made in %s, which is not synced", folder)
		}
	}
	r.write(1)
	r.finishPart()
	r.write(2)
	r.finishPart()
	r.write(3)
	if r.checked["a part is entered in the journal"] != 2 {
		t.Fatalf("checked %v", r.checked)
	}
	r.output.Keep()
	if err := errors.Join(r.journal.Close(), r.output.Close()); err != nil {
		t.Fatal(err)
	}

	// Whatever the crash left behind the finished parts is cut off.
	for _, name := range []string{"journal", "parquet/elections/part-00001.parquet", "jsonl/elections.jsonl"} {
		path := filepath.Join(r.output.Staging(), filepath.FromSlash(name))
		content, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(path, append(content, "torn"...), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		recorder.MarkUnsynced(path)
	}
	r = startDurableRun(t, recorder, dir, "plan", true)
	if r.parts != 2 {
		t.Fatalf("%d parts are resumed", r.parts)
	}
	r.write(4)
	r.finishPart()
	r.write(5)
	r.publish(loadtest.First)

	// An engine before 1.5 has left its log beside the link when the next versions are published.
	log := filepath.Join(dir, version.DatabaseName+".wal")
	for _, run := range []string{loadtest.Second, loadtest.Third} {
		if err := os.WriteFile(log, []byte(run), 0o644); err != nil {
			t.Fatal(err)
		}
		r = startDurableRun(t, recorder, dir, "plan", false)
		r.write(1)
		r.publish(run)
	}
	if versions, err := os.ReadDir(filepath.Join(dir, "versions")); err != nil || len(versions) != 3 {
		t.Errorf("%d versions, %v", len(versions), err)
	}
	isMovedLog := func(op disk.Operation) bool { return op.Kind == disk.OpRename && op.Path == log }
	if !slices.ContainsFunc(recorder.Operations, isMovedLog) {
		t.Error("no log was moved")
	}
}
