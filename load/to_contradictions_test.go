package load_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// contradictionCollector is a sink that collects the contradictions that are written to it.
type contradictionCollector struct {
	redirectCollector
	found []string
}

func (c *contradictionCollector) Write(r schemas.Record) error {
	for _, k := range r.Contradictions {
		c.found = append(c.found, fmt.Sprintf("%s against %s: %s, %s", k.ElectionID, k.OtherID, k.Value, k.OtherValue))
	}
	return nil
}

// chained returns the election of a box of a page, with a party that has some seats now and had some before.
func chained(d *schemas.Document, box, parent int, chamber, previous string, now, before int64) *schemas.Election {
	e := &schemas.Election{
		ID: fmt.Sprintf("%s#%d", d.Identity(), box), Document: d, Box: box, Parent: parent, Chamber: chamber,
		PreviousPage: previous,
	}
	if now >= 0 {
		e.Contenders = []schemas.Contender{{
			Position: 1, Kind: schemas.KindParty, Name: "Blue", Seats: &now, PreviousSeats: &before,
			Parties: []schemas.LinkedName{{Name: "Blue"}},
		}}
	}
	return e
}

// TestContradictions compares elections whatever their order and the parts of the run, through redirects, in boxes that
// leave the previous election to the box around them, and not with a title that several pages have.
func TestContradictions(t *testing.T) {
	page := func(id int64, title string) *schemas.Document {
		return &schemas.Document{Wiki: "w", PageID: &id, Title: title}
	}
	first, second, third := page(1, "First"), page(2, "Second"), page(3, "Third")
	elections := []*schemas.Election{
		chained(third, 1, 0, "", "Number two", -1, 0), // it only holds others
		chained(third, 2, 1, "House", "", 5, 14), chained(third, 3, 1, "Senate", "", 6, 25),
		chained(second, 1, 0, "House", "First", 4, 3), chained(second, 2, 0, "Senate", "First", 5, 2),
		chained(first, 1, 0, "House", "Nowhere", 3, 9), chained(first, 2, 0, "senate", "First", 1, 9),
		chained(page(4, "Twice"), 1, 0, "", "First", 3, 9), chained(page(5, "Twice"), 1, 0, "", "Twice", 3, 9),
		chained(page(6, "After"), 1, 0, "", "Twice", 3, 9),
	}
	redirect := schemas.Record{Passed: []schemas.Redirect{{Wiki: "w", From: "Number two", To: "Second"}}}
	want := []string{
		"w:3#2 against w:2#1: 14, 4", "w:3#3 against w:2#2: 25, 5", "w:2#2 against w:1#2: 2, 1",
	}
	for parts := range 4 {
		folder := t.TempDir()
		var finished version.FinishedParts
		var sinks []load.Sink
		open := func() {
			redirects := load.NewRedirectSink(disk.Disk{}, folder, finished)
			names := load.NewNameSink(disk.Disk{}, folder, finished, redirects)
			sinks = []load.Sink{redirects, names, load.NewContradictionSink(disk.Disk{}, folder, finished, names)}
		}
		open()
		for i, e := range elections {
			for _, s := range sinks {
				write(t, s, schemas.Record{Election: e})
				if i == 4 {
					write(t, s, redirect)
				}
			}
			if isLast := i+1 == len(elections) || elections[i+1].Document != e.Document; !isLast || parts == 0 || i%parts > 0 {
				continue
			}
			var part []version.File
			for _, s := range sinks {
				files, err := s.FinishPart()
				if err != nil {
					t.Fatal(err)
				}
				part = append(part, files...)
			}
			finished.Add(part)
			open()
		}
		collector := &contradictionCollector{}
		all := append(sinks, collector)
		err := errors.Join(load.WriteRedirects(all), load.WriteNames(all), load.WriteContradictions(all))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(want, collector.found) {
			t.Errorf("parts of %d pages: got %q, expected %q", parts, collector.found, want)
		}
	}
}

// A file of facts that is not as it was when its part ended is an error that names the file.
func TestDamagedFacts(t *testing.T) {
	folder := t.TempDir()
	s := load.NewContradictionSink(disk.Disk{}, folder, version.FinishedParts{}, nil)
	write(t, s, schemas.Record{Election: chained(&schemas.Document{Title: "A"}, 1, 0, "", "B", 1, 2)})
	files, err := s.FinishPart()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, filepath.FromSlash(files[0].Path))
	if err := os.WriteFile(path, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	schemastest.CheckWords(t, load.WriteContradictions([]load.Sink{s}), path, "run again without --resume")
}

// TestManyBoxesUnderOneTitle holds that many pages with one title, each of which looks back to it, take a time that
// grows with their number.
func TestManyBoxesUnderOneTitle(t *testing.T) {
	folder := t.TempDir()
	s := load.NewContradictionSink(disk.Disk{}, folder, version.FinishedParts{}, nil)
	for id := range int64(20_000) {
		d := &schemas.Document{Wiki: "w", PageID: &id, Title: "One title"}
		write(t, s, schemas.Record{Election: chained(d, 1, 0, "", "One title", 1, 2)})
	}
	if err := load.WriteContradictions([]load.Sink{s}); err != nil {
		t.Fatal(err)
	}
}
