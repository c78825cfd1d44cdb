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
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// staged is a staging folder that is being written to by every sink.
type staged struct {
	folder  string
	journal *version.Journal
	sinks   []load.Sink
}

// resumed opens a staging folder behind its finished parts, whose states are told.
func resumed(t *testing.T, folder string) (s staged, states []string, dropped error) {
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
	return staged{folder, j, sinks}, states, dropped
}

// write writes the records of an election, of a reject now and then, and nothing at other times.
func (s staged) write(t *testing.T, n int) {
	t.Helper()
	e := schemastest.AbsentElection(fmt.Sprintf("local:%d#1", n))
	e.Offices, e.Claims, e.Findings, e.Measures = nil, nil, nil, nil // a file takes its time
	r := schemas.Record{Election: e}
	switch n % 5 {
	case 1:
		r = schemas.Record{Reject: &schemas.Reject{SourceURI: fmt.Sprint(n), Unit: schemas.UnitBox, Stage: "load", Reason: "x", Detail: "x", Offset: -1}}
	case 2, 3:
		return
	}
	for _, sink := range s.sinks {
		if err := sink.Write(r); err != nil {
			t.Fatal(err)
		}
	}
}

// cut ends a part whose state is the number of the document to come.
func (s staged) cut(t *testing.T, next int) {
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

// commit ends everything and tells the files; content is theirs.
func (s staged) commit(t *testing.T) (files []version.File, content map[string]string) {
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

// stop ends everything as a signal does, or as a process that is killed.
func (s staged) stop(t *testing.T, killed bool) {
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

// However often and wherever the writing stops, going on gives the files that writing in one go gives.
func TestJournalGoesOnAsIfNothingHadStopped(t *testing.T) {
	for seed := range uint64(15) {
		random := rand.New(rand.NewPCG(seed, 0))
		documents, every := random.IntN(12), 1+random.IntN(4)
		write := func(s staged, from, to int) {
			for n := from; n < to; n++ {
				s.write(t, n)
				if (n+1)%every == 0 {
					s.cut(t, n+1)
				}
			}
		}
		whole, _, _ := resumed(t, t.TempDir())
		write(whole, 0, documents)
		wantFiles, want := whole.commit(t)

		folder := t.TempDir()
		for range 1 + random.IntN(3) {
			s, states, dropped := resumed(t, folder)
			from := every * len(states)
			if dropped != nil || from > 0 && states[len(states)-1] != fmt.Sprint(from) {
				t.Fatalf("seed %d: after %v: %v", seed, states, dropped)
			}
			write(s, from, from+random.IntN(documents-from+1))
			s.stop(t, random.IntN(2) == 0)
		}
		s, states, _ := resumed(t, folder)
		write(s, every*len(states), documents)
		files, got := s.commit(t)
		if diff := cmp.Diff(wantFiles, files); diff != "" {
			t.Errorf("seed %d: going on gives other files (-in one go +going on):\n%s", seed, diff)
		}
		if !maps.Equal(want, got) {
			t.Errorf("seed %d: going on gives files with other bytes", seed)
		}
	}
}

// Of a folder that was damaged, the parts before the damage are kept, and nothing else is in it.
func TestJournalDropsWhatIsDamaged(t *testing.T) {
	change := func(name string, with func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			path := filepath.Join(folder, name)
			b, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path, with(b), 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	flip := func(at float64) func([]byte) []byte {
		return func(b []byte) []byte { b[int(at*float64(len(b)))] ^= 1; return b }
	}
	lines := func(with func([][]byte) [][]byte) func([]byte) []byte {
		return func(b []byte) []byte { return bytes.Join(with(bytes.SplitAfter(b, []byte("\n"))), nil) }
	}
	remove := func(name string) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			if err := os.RemoveAll(filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	write := func(s staged, from, to int) {
		for n := from; n < to; n++ {
			s.write(t, 5*n) // an election
			s.cut(t, n+1)
		}
	}
	whole, until := t.TempDir(), map[int][]version.File{}
	s, _, _ := resumed(t, whole)
	for n := range 4 {
		until[n] = slices.Clone(s.journal.Finished().Files)
		write(s, n, n+1)
	}
	until[4] = s.journal.Finished().Files
	s.stop(t, true)
	for _, c := range []struct {
		name   string
		damage func(*testing.T, string)
		parts  int
		words  string
	}{
		{"nothing", func(*testing.T, string) {}, 4, ""},
		{"no journal", remove("journal"), 0, ""},
		{"an empty journal", change("journal", func([]byte) []byte { return nil }), 0, ""},
		{"the last line cut short", change("journal", func(b []byte) []byte { return b[:len(b)-1] }), 3, "part 4"},
		{"the first line cut short", change("journal", func(b []byte) []byte { return b[:20] }), 0, "part 1"},
		{"the second line changed", change("journal", lines(func(l [][]byte) [][]byte { flip(0.5)(l[1]); return l })), 1, "part 2"},
		{"another state", change("journal", func(b []byte) []byte { return bytes.Replace(b, []byte(`"state":3`), []byte(`"state":4`), 1) }), 2, "part 3 of the output and the later ones are made again: its line of the journal is damaged"},
		{"a line of another form", change("journal", lines(func(l [][]byte) [][]byte { l[2] = []byte("{}\n"); return l })), 2, "part 3"},
		{"zeros behind the last line", change("journal", func(b []byte) []byte { return append(b, make([]byte, 100)...) }), 4, "part 5"},
		{"a byte of the third Parquet part", change("parquet/elections/part-00003.parquet", flip(0.5)), 2, "part 3 of the output and the later ones are made again: its file parquet/elections/part-00003.parquet is not what was written"},
		{"a Parquet part cut short", change("parquet/fields/part-00002.parquet", func(b []byte) []byte { return b[:len(b)-7] }), 1, "bytes, expected"},
		{"a Parquet part that is gone", remove("parquet/results/part-00001.parquet"), 0, "part-00001.parquet cannot be opened: no such file"},
		{"a table that is gone", remove("parquet/results"), 0, "cannot be opened"},
		{"an early byte of the lines", change("jsonl/elections.jsonl", flip(0)), 0, "jsonl/elections.jsonl is not what"},
		{"a late byte of the lines", change("jsonl/elections.jsonl", flip(0.99)), 3, "jsonl/elections.jsonl is not what"},
		{"lines cut short", change("jsonl/elections.jsonl", func(b []byte) []byte { return b[:len(b)*6/10] }), 2, "part 3"},
		{"lines of no finished part", change("jsonl/elections.jsonl", func(b []byte) []byte { return append(b, "{}\n"...) }), 4, ""},
		{"bytes behind a Parquet part", change("parquet/elections/part-00003.parquet", func(b []byte) []byte { return append(b, 1) }), 4, ""},
		{"files of no part", func(t *testing.T, folder string) {
			mustWrite(t, filepath.Join(folder, version.DatabaseName), "half")
			mustWrite(t, filepath.Join(folder, "manifest.json"), "{")
			mustWrite(t, filepath.Join(folder, "parquet", "elections", "part-00005.parquet"), "PAR1")
			mustWrite(t, filepath.Join(folder, "tmp", "x"), "")
		}, 4, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			if err := os.CopyFS(folder, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			c.damage(t, folder)

			told := 0
			j, dropped, err := version.OpenJournal(disk.Disk{}, folder, func(state []byte) error {
				if told++; string(state) != fmt.Sprint(told) {
					t.Errorf("part %d has the state %s", told, state)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if told != c.parts || j.Finished().Parts != c.parts {
				t.Fatalf("%d parts are told and %d kept, expected %d (%v)", told, j.Finished().Parts, c.parts, dropped)
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

			s, states, dropped := resumed(t, folder)
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

// A state that the run cannot take drops its part and the later ones.
func TestJournalDropsStatesThatAreNotTaken(t *testing.T) {
	folder := t.TempDir()
	s, _, _ := resumed(t, folder)
	for n := range 3 {
		s.write(t, 5*n)
		s.cut(t, n+1)
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

func mustWrite(t *testing.T, path, content string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644)); err != nil {
		t.Fatal(err)
	}
}
