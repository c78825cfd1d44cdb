package load_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// nameCollector is a sink that collects the names that are written to it.
type nameCollector struct {
	redirectCollector
	names []string
}

func (c *nameCollector) Write(r schemas.Record) error {
	if r.Names != nil {
		for _, n := range append(slices.Clone(r.Names.Parties), r.Names.Leaders...) {
			c.names = append(c.names, fmt.Sprintf("%s/%d.%d %s=%s", r.Names.ElectionID, n.Position, n.Ordinal, n.Name, n.PageKey))
		}
	}
	return nil
}

// electionOfNames returns an election of a joint list whose parties and leader have pages.
func electionOfNames(id string, pages ...string) *schemas.Election {
	c := schemas.Contender{Position: 3, Leaders: []schemas.LinkedName{{Name: "Ann"}}}
	for _, page := range pages {
		c.Parties = append(c.Parties, schemas.LinkedName{Name: "of " + page, Page: page, PageBasis: schemas.PageOfLink})
	}
	return &schemas.Election{
		ID: id, Document: &schemas.Document{Wiki: "w"},
		Contenders: []schemas.Contender{{Position: 1}, c},
	}
}

// TestNames writes elections and redirects in any order and in any parts, with and without a resumed run. Each name is
// written once, in the order of the elections, with the key of the page at which the redirects end.
func TestNames(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		for _, name := range []string{version.RedirectsName, version.NamesName} {
			if err := os.RemoveAll(filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
		var finished version.FinishedParts
		var sinks []load.Sink
		open := func() {
			redirects := load.NewRedirectSink(disk.Disk{}, folder, finished)
			sinks = []load.Sink{redirects, load.NewNameSink(disk.Disk{}, folder, finished, redirects)}
		}
		open()
		isRedirect := map[int]bool{}
		type linked struct {
			id          string
			first, last int
		}
		var elections []linked
		for i := range rapid.IntRange(0, 40).Draw(t, "records") {
			n := rapid.IntRange(0, 9).Draw(t, "title")
			var r schemas.Record
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				e := linked{fmt.Sprintf("w:%d#1", i), n, rapid.IntRange(0, 9).Draw(t, "second")}
				elections = append(elections, e)
				r.Election = electionOfNames(e.id, fmt.Sprintf("Page %d", e.first), fmt.Sprintf("Page %d", e.last))
			case 1:
				isRedirect[n] = true
				r.Passed = []schemas.Redirect{{Wiki: "w", From: fmt.Sprintf("Page %d", n), To: "End"}}
			case 2:
				var part []version.File
				for _, s := range sinks {
					files, err := s.FinishPart()
					if err != nil {
						t.Fatal(err)
					}
					part = append(part, files...)
				}
				finished.Add(part)
				if rapid.Bool().Draw(t, "resume") {
					open()
				}
				continue
			case 3:
				r.Election = electionOfNames("w:none#1")
				r.Election.Contenders = nil
			}
			for _, s := range sinks {
				if err := s.Write(r); err != nil {
					t.Fatal(err)
				}
			}
		}
		collector := &nameCollector{}
		all := append(sinks, collector)
		if err := errors.Join(load.WriteRedirects(all), load.WriteNames(all)); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, e := range elections {
			for i, n := range []int{e.first, e.last} {
				key := fmt.Sprintf("w:Page %d", n)
				if isRedirect[n] {
					key = "w:End"
				}
				want = append(want, fmt.Sprintf("%s/3.%d of Page %d=%s", e.id, i+1, n, key))
			}
			want = append(want, e.id+"/3.1 Ann=")
		}
		if !slices.Equal(want, collector.names) {
			t.Errorf("got %q, expected %q", collector.names, want)
		}
	})
}

// TestKeysOfChains has redirects that lead to redirects, and some that lead nowhere.
func TestKeysOfChains(t *testing.T) {
	folder := t.TempDir()
	redirects := load.NewRedirectSink(disk.Disk{}, folder, version.FinishedParts{})
	names := load.NewNameSink(disk.Disk{}, folder, version.FinishedParts{}, redirects)
	write(t, names, schemas.Record{Election: electionOfNames("w:1#1", "A", "B", "Circle", "D")})
	for _, r := range []schemas.Redirect{
		{Wiki: "w", From: "A", To: "B"}, {Wiki: "w", From: "B", To: "C"}, {Wiki: "other", From: "C", To: "D"},
		{Wiki: "w", From: "Circle", To: "Back"}, {Wiki: "w", From: "Back", To: "Circle"},
	} {
		write(t, names, schemas.Record{Redirect: &r})
	}
	collector := &nameCollector{}
	if err := load.WriteNames([]load.Sink{names, collector}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"w:1#1/3.1 of A=w:C", "w:1#1/3.2 of B=w:C", "w:1#1/3.3 of Circle=w:Circle", "w:1#1/3.4 of D=w:D", "w:1#1/3.1 Ann=",
	}
	if !slices.Equal(want, collector.names) {
		t.Errorf("got %q, expected %q", collector.names, want)
	}
}

// A file of names that is not as it was when its part ended is an error that names the file.
func TestDamagedNames(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func(path string) error
		words  string
	}{
		{"that is gone", os.Remove, "no such file"},
		{"that was cut", func(path string) error { return cutFile(path, 5) }, "run again without --resume"},
		{"of another run", func(path string) error {
			return os.WriteFile(path, []byte(`{"Wiki":"w"}`), 0o644)
		}, "is not as it was written"},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			redirects := load.NewRedirectSink(disk.Disk{}, folder, version.FinishedParts{})
			names := load.NewNameSink(disk.Disk{}, folder, version.FinishedParts{}, redirects)
			write(t, names, schemas.Record{Election: electionOfNames("w:1#1", "A")})
			files, err := names.FinishPart()
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(folder, filepath.FromSlash(files[0].Path))
			if err := c.damage(path); err != nil {
				t.Fatal(err)
			}
			collector := &nameCollector{}
			schemastest.CheckWords(t, load.WriteNames([]load.Sink{collector, names}), path, c.words)
			if len(collector.names) > 0 {
				t.Errorf("%v was written nevertheless", collector.names)
			}
		})
	}
}
