package report

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash/maphash"
	"path"
	"slices"
	"strconv"
	"strings"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// directory is the index of the elections of a report.
type directory struct {
	entries []indexEntry // the boxes of one page follow one another
	seed    maphash.Seed
	byTitle map[uint64]int32 // the first box of a page, by a hash of wiki and title, which saves memory
}

// indexEntry is an election in the index.
type indexEntry struct {
	id, title, box string // box distinguishes the boxes of one page; "" for the first box and for a single one
	page, chamber  string
	pageTitle      string
	number, parent int
	isWrapper      bool   // it only holds other boxes
	from, to       int32  // where the boxes of its page begin and end in the index
	place          string // that of the nearest outer box if the box gives none
	placeOf        int    // the entry that gives the place; -1 if none does
	year           int
	yearOf         int
	date           string
	seats          int64 // 0 if none are stated
	largest        string
	errors         int
	warnings       int
	notes          int
}

// readDirectory reads the name, the place and the date of every election.
func readDirectory(ctx context.Context, p *version.Published) (*directory, error) {
	d := &directory{seed: maphash.MakeSeed(), byTitle: map[uint64]int32{}}
	interned := map[string]string{} // texts that many elections have in common are kept once
	intern := func(s string) string {
		if kept, ok := interned[s]; ok {
			return kept
		}
		interned[s] = s
		return s
	}
	err := p.EachElection(ctx, nil, func(e *schemas.Election) bool {
		n := len(d.entries)
		d.entries = append(d.entries, indexEntry{
			id: e.ID, title: wording.Title(e), page: pageOf(e.ID), number: e.Box, parent: e.Parent,
			isWrapper: e.IsWrapper,
			pageTitle: intern(wording.Plain(cmp.Or(e.Document.Title, path.Base(e.Document.URI)))),
			chamber:   intern(wording.Plain(e.Chamber)),
			place:     intern(wording.Plain(e.Country)), placeOf: n,
			year: e.Date.Year, yearOf: n, date: wording.LongDate(e),
		})
		if title := d.titleKey(e.Document.Wiki, e.Document.Title); e.Document.Title != "" {
			if _, ok := d.byTitle[title]; !ok {
				d.byTitle[title] = int32(n)
			}
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	d.findPages()
	for n := range d.entries {
		d.inherit(n)
	}
	return d, nil
}

// pageOf returns the part of the ID of an election that names its page.
func pageOf(id string) string {
	if i := strings.LastIndexByte(id, '#'); i >= 0 {
		return id[:i]
	}
	return id
}

// titleKey returns a hash of a page that is the same for all forms in which a link may write its title.
func (d *directory) titleKey(wiki, title string) uint64 {
	return maphash.String(d.seed, wiki+"\x00"+schemas.CanonicalTitle(title))
}

// findPages sets for each election where the boxes of its page begin and end in the index.
func (d *directory) findPages() {
	from := 0
	for n := range d.entries {
		if n+1 < len(d.entries) && d.entries[n+1].page == d.entries[n].page {
			continue
		}
		for i := from; i <= n; i++ {
			d.entries[i].from, d.entries[i].to = int32(from), int32(n+1)
		}
		from = n + 1
	}
}

// boxes returns where the boxes of the page of an election begin and end in the index.
func (d *directory) boxes(n int) (from, to int) { return int(d.entries[n].from), int(d.entries[n].to) }

// inherit gives a box the place and the year of the nearest outer box that has them, and a name that distinguishes it
// if its page has several boxes.
func (d *directory) inherit(n int) {
	e := &d.entries[n]
	from, to := d.boxes(n)
	if to-from > 1 {
		e.nameBox(from == n)
	}
	if e.place == "" {
		e.placeOf = -1
	}
	if e.year == 0 {
		e.yearOf = -1
	}
	outer := e.parent
	for steps := from; outer > 0 && steps < to; steps++ {
		i, ok := slices.BinarySearchFunc(d.entries[from:to], outer, func(b indexEntry, number int) int {
			return b.number - number
		})
		if !ok {
			return
		}
		o := &d.entries[from+i]
		if e.place == "" && o.place != "" && o.placeOf >= 0 {
			e.place, e.placeOf = o.place, o.placeOf
		}
		if e.year == 0 && o.year != 0 && o.yearOf >= 0 {
			e.year, e.yearOf = o.year, o.yearOf
			if e.date == "" {
				e.date = o.date
			}
		}
		outer = o.parent
	}
}

// nameBox names a box of a page that has several boxes: by the page, and by the name that the box gives, its chamber or
// its number.
func (e *indexEntry) nameBox(isFirst bool) {
	own := e.title
	e.title = cmp.Or(e.pageTitle, own)
	switch {
	case own != e.title:
		e.box = own
	case isFirst:
	case e.chamber != "" && e.chamber != e.title:
		e.box = e.chamber
	default:
		e.box = "box " + strconv.Itoa(e.number)
	}
}

// summarize adds the findings, the seats and the largest contender of an election to the index.
func (e *indexEntry) summarize(election *schemas.Election) {
	for i := range election.Findings {
		switch election.Findings[i].Status {
		case schemas.Error:
			e.errors++
		case schemas.Warn:
			e.warnings++
		case schemas.Note:
			e.notes++
		}
	}
	if election.SeatsTotal != nil {
		e.seats = *election.SeatsTotal
	} else if sum := election.SeatsSum(); sum != nil {
		e.seats = *sum
	}
	if i := largest(election.Contenders); i >= 0 {
		c := &election.Contenders[i]
		e.largest = wording.Shorten(c.Label(), 40) + " " + wording.Number(*c.Seats)
	}
}

// largest returns the index of the party or candidate with the most seats, of several the first in the box; -1 if none
// has any.
func largest(contenders []schemas.Contender) int {
	best, most := -1, int64(0)
	for i := range contenders {
		if n := contenders[i].Seats; n != nil && *n > most && contenders[i].CompetesAlone() {
			best, most = i, *n
		}
	}
	return best
}

// href returns the path of the page of an election from the folder of the report. Its name is a digest, since an ID may
// hold any character.
func (e *indexEntry) href() string { return electionFile(e.id) }

// electionFile returns the path of the page of the election with an ID.
func electionFile(id string) string {
	sum := sha256.Sum256([]byte(id))
	name := hex.EncodeToString(sum[:12])
	return "elections/" + name[:2] + "/" + name[2:] + ".html"
}

// full returns the title of an election with what distinguishes it from the other boxes of its page.
func (e *indexEntry) full() string {
	if e.box == "" {
		return e.title
	}
	return e.title + ", " + e.box
}

// count returns the number of elections, without the boxes that only hold others.
func (d *directory) count() (n int) {
	for i := range d.entries {
		if !d.entries[i].isWrapper {
			n++
		}
	}
	return n
}
