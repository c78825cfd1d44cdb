package version_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// stagedRun writes into a staging folder with every sink.
type stagedRun struct {
	folder  string
	journal *version.Journal
	sinks   []load.Sink
}

// resumeRun opens a staging folder after its finished parts, and returns their states.
func resumeRun(t *testing.T, folder string) (s stagedRun, states []string, dropped error) {
	t.Helper()
	j, dropped, err := version.OpenJournal(disk.Disk{}, folder, func(state []byte) error {
		states = append(states, string(state))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sinks, err := load.Sinks(disk.Disk{}, folder, loadtest.FileSinks(), j.Finished())
	if err != nil {
		t.Fatal(err)
	}
	return stagedRun{folder, j, sinks}, states, dropped
}

// write writes a record: an election, now and then a reject, and at other times nothing.
func (s stagedRun) write(t *testing.T, n int) {
	t.Helper()
	e := schemastest.AbsentElection(fmt.Sprintf("local:%d#1", n))
	e.Offices, e.Claims, e.Findings, e.Measures = nil, nil, nil, nil // writing a file takes long
	r := schemas.Record{Election: e}
	switch n % 5 {
	case 1:
		r = schemas.Record{Reject: &schemas.Reject{
			SourceURI: fmt.Sprint(n), Unit: schemas.UnitBox, Stage: "load", Reason: "x", Detail: "x", Offset: -1,
		}}
	case 2, 3:
		return
	}
	for _, sink := range s.sinks {
		if err := sink.Write(r); err != nil {
			t.Fatal(err)
		}
	}
}

// finishPart ends a part whose state is the number of the next document.
func (s stagedRun) finishPart(t *testing.T, next int) {
	t.Helper()
	var files []version.File
	for _, sink := range s.sinks {
		part, err := sink.FinishPart()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, part...)
	}
	if err := s.journal.Append(files, fmt.Append(nil, next)); err != nil {
		t.Fatal(err)
	}
}

// commit ends the run and returns the files, and their content by path.
func (s stagedRun) commit(t *testing.T) (files []version.File, content map[string]string) {
	t.Helper()
	content = map[string]string{}
	for _, sink := range s.sinks {
		committed, err := sink.Commit()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, committed...)
	}
	if err := s.journal.Close(); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(s.folder, f.Path))
		if err != nil {
			t.Fatal(err)
		}
		content[f.Path] = string(b)
	}
	return files, content
}

// stop stops the run as a signal does, or as if the process was killed.
func (s stagedRun) stop(t *testing.T, killed bool) {
	t.Helper()
	if !killed {
		if err := load.CloseAll(s.sinks); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.journal.Close(); err != nil {
		t.Fatal(err)
	}
}

// However often and wherever a run is stopped, resuming it gives the files that a run in one go gives.
func TestResumedRunGivesTheSameFiles(t *testing.T) {
	seeds := uint64(5)
	if schemastest.LongTests() {
		seeds = 50
	}
	for seed := range seeds {
		random := rand.New(rand.NewPCG(seed, 0))
		documents, every := random.IntN(12), 1+random.IntN(4)
		write := func(s stagedRun, from, to int) {
			for n := from; n < to; n++ {
				s.write(t, n)
				if (n+1)%every == 0 {
					s.finishPart(t, n+1)
				}
			}
		}
		whole, _, _ := resumeRun(t, t.TempDir())
		write(whole, 0, documents)
		wantFiles, want := whole.commit(t)

		folder := t.TempDir()
		for range 1 + random.IntN(3) {
			s, states, dropped := resumeRun(t, folder)
			from := every * len(states)
			if dropped != nil || from > 0 && states[len(states)-1] != fmt.Sprint(from) {
				t.Fatalf("seed %d: after %v: %v", seed, states, dropped)
			}
			write(s, from, from+random.IntN(documents-from+1))
			s.stop(t, random.IntN(2) == 0)
		}
		s, states, _ := resumeRun(t, folder)
		write(s, every*len(states), documents)
		files, got := s.commit(t)
		if diff := cmp.Diff(wantFiles, files); diff != "" {
			t.Errorf("seed %d: resuming gives other files (-in one go +resumed):\n%s", seed, diff)
		}
		if !maps.Equal(want, got) {
			t.Errorf("seed %d: resuming gives files with other bytes", seed)
		}
	}
}

// damage is a damage to a staging folder with four parts: how many parts are whole after it, and words of the reason
// why the others are dropped.
type damage struct {
	name  string
	do    func(folder string) error
	parts int
	words string
}

// change returns a damage that changes the content of a file.
func change(name string, with func([]byte) []byte) func(string) error {
	return func(folder string) error {
		path := filepath.Join(folder, filepath.FromSlash(name))
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, with(content), 0o644)
	}
}

// remove returns a damage that removes a file or a folder.
func remove(name string) func(string) error {
	return func(folder string) error { return os.RemoveAll(filepath.Join(folder, filepath.FromSlash(name))) }
}

// flip returns a change of one bit, at a share of the length.
func flip(share float64) func([]byte) []byte {
	return func(b []byte) []byte { b[int(share*float64(len(b)))] ^= 1; return b }
}

// cutTo returns a change that cuts a content to a share of its length.
func cutTo(share float64) func([]byte) []byte {
	return func(b []byte) []byte { return b[:int(share*float64(len(b)))] }
}

// appended returns a change that appends a text.
func appended(text string) func([]byte) []byte {
	return func(b []byte) []byte { return append(b, text...) }
}

// line returns a change of one line, counted from 0.
func line(n int, with func([]byte) []byte) func([]byte) []byte {
	return func(b []byte) []byte {
		lines := bytes.SplitAfter(b, []byte("\n"))
		lines[n] = with(lines[n])
		return bytes.Join(lines, nil)
	}
}

// keepLines returns a change of the order of the lines: those with these numbers, counted from 0, are left.
func keepLines(numbers ...int) func([]byte) []byte {
	return func(b []byte) (changed []byte) {
		whole := bytes.SplitAfter(b, []byte("\n"))
		for _, n := range numbers {
			changed = append(changed, whole[n]...)
		}
		return changed
	}
}

var damages = []damage{
	{name: "the first line lost", do: change("journal", keepLines(1, 2, 3)), parts: 0, words: "part 1"},
	{name: "the second line lost", do: change("journal", keepLines(0, 2, 3)), parts: 1, words: "part 2"},
	{name: "the third line lost", do: change("journal", keepLines(0, 1, 3)), parts: 2, words: "part 3"},
	{name: "the last line lost", do: change("journal", keepLines(0, 1, 2)), parts: 3},
	{name: "two lines swapped", do: change("journal", keepLines(0, 2, 1, 3)), parts: 1,
		words: "part 2 of the output and the later ones are made again: its line of the journal is damaged, or is not " +
			"the one that was written behind the line before"},
	{name: "the first lines swapped", do: change("journal", keepLines(1, 0, 2, 3)), parts: 0, words: "part 1"},
	{name: "the second line doubled", do: change("journal", keepLines(0, 1, 1, 2, 3)), parts: 2, words: "part 3"},
	{name: "the last line doubled", do: change("journal", keepLines(0, 1, 2, 3, 3)), parts: 4, words: "part 5"},
	{name: "a part that is a FIFO", do: func(folder string) error {
		path := filepath.Join(folder, "parquet", "elections", "part-00002.parquet")
		return errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o644))
	}, parts: 1, words: "part-00002.parquet cannot be opened: it is not a regular file"},
	{name: "a part that is a link to the same bytes", do: func(folder string) error {
		path := filepath.Join(folder, "jsonl", "elections.jsonl")
		return errors.Join(os.Rename(path, path+"-elsewhere"), os.Symlink(path+"-elsewhere", path))
	}, parts: 0, words: "elections.jsonl cannot be opened: it is not a regular file"},
	{name: "a long line", do: change("journal", func(b []byte) []byte { return append(b, make([]byte, 129<<20)...) }),
		parts: 4, words: "more than 134217728 bytes"},
	{name: "nothing", do: func(string) error { return nil }, parts: 4},
	{name: "no journal", do: remove("journal"), parts: 0},
	{name: "an empty journal", do: change("journal", cutTo(0)), parts: 0},
	{name: "the last line cut short", do: change("journal", func(b []byte) []byte { return b[:len(b)-1] }), parts: 3,
		words: "part 4"},
	{name: "the first line cut short", do: change("journal", func(b []byte) []byte { return b[:20] }), parts: 0,
		words: "part 1"},
	{name: "the second line changed", do: change("journal", line(1, flip(0.5))), parts: 1, words: "part 2"},
	{name: "another state", do: change("journal", func(b []byte) []byte {
		return bytes.Replace(b, []byte(`"state":3`), []byte(`"state":4`), 1)
	}), parts: 2, words: "part 3 of the output and the later ones are made again: its line of the journal is damaged"},
	{name: "a line of another form", do: change("journal", line(2, func([]byte) []byte { return []byte("{}\n") })),
		parts: 2, words: "part 3"},
	{name: "zeros behind the last line", do: change("journal", appended(strings.Repeat("\x00", 100))), parts: 4,
		words: "part 5"},
	{name: "a byte of the third Parquet part", do: change("parquet/elections/part-00003.parquet", flip(0.5)), parts: 2,
		words: "part 3 of the output and the later ones are made again: " +
			"its file parquet/elections/part-00003.parquet is not what was written"},
	{name: "a Parquet part cut short", do: change("parquet/fields/part-00002.parquet", cutTo(0.9)), parts: 1,
		words: "bytes, expected"},
	{name: "a Parquet part that is gone", do: remove("parquet/results/part-00001.parquet"), parts: 0,
		words: "part-00001.parquet cannot be opened: no such file"},
	{name: "a table that is gone", do: remove("parquet/results"), parts: 0, words: "cannot be opened"},
	{name: "an early byte of the lines", do: change("jsonl/elections.jsonl", flip(0)), parts: 0,
		words: "jsonl/elections.jsonl is not what"},
	{name: "a late byte of the lines", do: change("jsonl/elections.jsonl", flip(0.99)), parts: 3,
		words: "jsonl/elections.jsonl is not what"},
	{name: "lines cut short", do: change("jsonl/elections.jsonl", cutTo(0.6)), parts: 2, words: "part 3"},
	{name: "lines of no finished part", do: change("jsonl/elections.jsonl", appended("{}\n")), parts: 4},
	{name: "bytes behind a Parquet part", do: change("parquet/elections/part-00003.parquet", appended("x")), parts: 4},
	{name: "files of no part", do: func(folder string) error {
		return os.CopyFS(folder, fstest.MapFS{
			version.DatabaseName:                   {Data: []byte("half")},
			"manifest.json":                        {Data: []byte("{")},
			"parquet/elections/part-00005.parquet": {Data: []byte("PAR1")},
			"tmp/x":                                {},
		})
	}, parts: 4},
}

// The parts before a damage are kept, and nothing else is left in the folder.
func TestJournalDropsWhatIsDamaged(t *testing.T) {
	write := func(s stagedRun, from, to int) {
		for n := from; n < to; n++ {
			s.write(t, 5*n) // an election
			s.finishPart(t, n+1)
		}
	}
	whole, until := t.TempDir(), map[int][]version.File{}
	s, _, _ := resumeRun(t, whole)
	for n := range 4 {
		until[n] = slices.Clone(s.journal.Finished().Files)
		write(s, n, n+1)
	}
	until[4] = s.journal.Finished().Files
	s.stop(t, true)
	for _, c := range damages {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			if err := os.CopyFS(folder, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			if err := c.do(folder); err != nil {
				t.Fatal(err)
			}

			restored := 0
			j, dropped, err := version.OpenJournal(disk.Disk{}, folder, func(state []byte) error {
				if restored++; string(state) != fmt.Sprint(restored) {
					t.Errorf("part %d has the state %s", restored, state)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if restored != c.parts || j.Finished().Parts != c.parts {
				t.Fatalf("%d parts are restored and %d kept, expected %d (%v)", restored, j.Finished().Parts, c.parts,
					dropped)
			}
			if (dropped != nil) != (c.words != "") {
				t.Errorf("dropped: %v", dropped)
			} else if dropped != nil {
				schemastest.CheckWords(t, dropped, c.words)
			}
			loadtest.CheckParts(t, folder, until[c.parts])
			want := len(until[c.parts])
			if c.parts > 0 {
				want++ // the journal
			}
			if left := schemastest.FilesBelow(t, folder); len(left) != want {
				t.Errorf("%d files are left, expected %d: %v", len(left), want, left)
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}

			s, states, dropped := resumeRun(t, folder)
			if dropped != nil || len(states) != c.parts {
				t.Fatalf("after the damage was mended: %v, %v", states, dropped)
			}
			write(s, c.parts, 4)
			if _, files := s.commit(t); len(files) == 0 || strings.Count(files["jsonl/elections.jsonl"], "\n") != 4 {
				t.Errorf("4 elections were written, and the lines are\n%s", files["jsonl/elections.jsonl"])
			}
		})
	}
}

// A part with a file that opens and cannot be read is dropped, and the reason names the file.
func TestJournalDropsWhatCannotBeRead(t *testing.T) {
	folder := t.TempDir()
	s, _, _ := resumeRun(t, folder)
	s.write(t, 0)
	s.finishPart(t, 1)
	s.stop(t, false)
	path := filepath.Join(folder, "parquet", "results", "part-00001.parquet")
	if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o755)); err != nil {
		t.Fatal(err)
	}
	j, dropped, err := version.OpenJournal(disk.Disk{}, folder, func([]byte) error { return nil })
	if err != nil || j.Finished().Parts != 0 {
		t.Fatalf("%d parts, %v", j.Finished().Parts, err)
	}
	schemastest.CheckWords(t, dropped, "its file parquet/results/part-00001.parquet cannot be opened: "+
		"it is not a regular file")
}

// The first part whose state cannot be restored is dropped, and the later ones.
func TestJournalDropsStatesThatCannotBeRestored(t *testing.T) {
	folder := t.TempDir()
	s, _, _ := resumeRun(t, folder)
	for n := range 3 {
		s.write(t, 5*n)
		s.finishPart(t, n+1)
	}
	s.stop(t, false)
	j, dropped, err := version.OpenJournal(disk.Disk{}, folder, func(state []byte) error {
		if string(state) == "2" {
			return errors.New("another build made it")
		}
		return nil
	})
	if err != nil || j.Finished().Parts != 1 {
		t.Fatalf("%d parts, %v", j.Finished().Parts, err)
	}
	schemastest.CheckWords(t, dropped, "part 2", "another build made it")
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// A journal that is no regular file is an error at once: nobody waits for somebody to write into a FIFO.
func TestJournalThatIsNoFile(t *testing.T) {
	for name, plant := range map[string]func(path string) error{
		"a FIFO":   func(path string) error { return syscall.Mkfifo(path, 0o644) },
		"a folder": func(path string) error { return os.Mkdir(path, 0o755) },
		"a link":   func(path string) error { return os.Symlink("/dev/zero", path) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "journal")
			if err := plant(path); err != nil {
				t.Fatal(err)
			}
			opened := make(chan error, 1)
			go func() {
				_, _, err := version.OpenJournal(disk.Disk{}, filepath.Dir(path), func([]byte) error { return nil })
				opened <- err
			}()
			select {
			case err := <-opened:
				schemastest.CheckWords(t, err, path, "it is not a regular file", "run without --resume")
			case <-time.After(10 * time.Second):
				t.Error("the journal is waited for")
			}
		})
	}
}

// FuzzJournal opens journals of any content. Only what was written in this order is restored, and nothing panics.
func FuzzJournal(f *testing.F) {
	whole := f.TempDir()
	j, _, err := version.OpenJournal(disk.Disk{}, whole, func([]byte) error { return nil })
	if err != nil {
		f.Fatal(err)
	}
	for n := range 3 {
		name := fmt.Sprintf("part-%d", n+1)
		if err := os.WriteFile(filepath.Join(whole, name), []byte(name), 0o644); err != nil {
			f.Fatal(err)
		}
		file, err := version.DescribeFile(whole, filepath.Join(whole, name))
		if err == nil {
			err = j.Append([]version.File{file}, fmt.Append(nil, n+1))
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		f.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(whole, "journal"))
	if err != nil {
		f.Fatal(err)
	}
	for _, with := range []func([]byte) []byte{
		keepLines(0, 1, 2), keepLines(0, 2), keepLines(1, 2), keepLines(0, 0), cutTo(0.5), flip(0.3), appended("{}\n"),
	} {
		f.Add(with(slices.Clone(content)))
	}
	f.Add([]byte(`{"sha256":"","part":{"files":[{"path":"../x","bytes":-1}],"state":1}}` + "\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		folder := t.TempDir()
		if err := os.CopyFS(folder, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "journal"), content, 0o644); err != nil {
			t.Fatal(err)
		}
		restored := 0
		j, _, err := version.OpenJournal(disk.Disk{}, folder, func(state []byte) error {
			if restored++; string(state) != fmt.Sprint(restored) {
				t.Errorf("part %d has the state %s", restored, state)
			}
			return nil
		})
		if err != nil || j.Finished().Parts != restored {
			t.Fatalf("%d parts are restored, %v, and %d kept", restored, err, j.Finished().Parts)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
