package report

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"path"
	"slices"
	"strconv"
	"strings"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// listLength is the most rows that a page of a list has.
const listLength = 300

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

// The headings of elections whose place or year is not known.
const (
	noPlace  = "Place not given"
	noDecade = "Year not given"
)

// placeName returns the heading of the list of a place.
func (e *indexEntry) placeName() string { return cmp.Or(e.place, noPlace) }

// decadeName returns the heading of the list of a decade.
func (e *indexEntry) decadeName() string {
	if e.year == 0 {
		return noDecade
	}
	return strconv.Itoa(e.year/10*10) + "s"
}

// placeFile returns the path of a part of the list of a place. Its name is a digest too.
func placeFile(place string, part int) string {
	sum := sha256.Sum256([]byte(place))
	return partFile("places/"+hex.EncodeToString(sum[:8]), part)
}

// decadeFile returns the path of a part of the list of a decade.
func decadeFile(decade string, part int) string {
	if decade == noDecade {
		decade = "unknown"
	}
	return partFile("decades/"+decade, part)
}

// partFile returns the path of a part of a list. Parts are counted from 0.
func partFile(name string, part int) string {
	if part > 0 {
		name += "-" + strconv.Itoa(part+1)
	}
	return name + ".html"
}

// listRow is an election in a list.
type listRow struct {
	Href, Title, Place, PlaceHref, Date, Largest string
	Year                                         int
	Seats                                        int64
	SeatsText                                    string
	Errors, Warnings, Notes                      int
}

// link is a link in a list.
type link struct {
	Href, Text string
	Count      int
	Current    bool
}

// listPage is a list of elections, or a part of a long list.
type listPage struct {
	pageFrame
	Kicker string
	Rows   []listRow
	Parts  []link
	Total  int
}

// placesPage is a part of the list of all places.
type placesPage struct {
	pageFrame
	Places []link
	Parts  []link
	Total  int
}

// indexPage is the page that leads to every election.
type indexPage struct {
	pageFrame
	Elections int
	Decades   []link
	Places    []link // all places, or the largest if there are many
	AllPlaces []link // the pages with all places if there are many
	Total     int    // number of places
}

// group has the elections of one place or decade.
type group struct {
	name    string
	entries []int
}

// isListed reports whether lists by a name have an election. A box that only holds others is none; it is listed where
// none of the boxes of its page would lead to it.
func (d *directory) isListed(n int, name func(*indexEntry) string) bool {
	e := &d.entries[n]
	return !e.isWrapper || !slices.ContainsFunc(d.entries[e.from:e.to], func(o indexEntry) bool {
		return !o.isWrapper && name(&o) == name(e)
	})
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

// grouping groups the elections by a name. In a group the latest come first, those of one year in the order of their
// titles.
func (d *directory) grouping(name func(*indexEntry) string) []group {
	all := make([]int, len(d.entries))
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int {
		x, y := &d.entries[a], &d.entries[b]
		return cmp.Or(cmp.Compare(y.year, x.year), cmp.Compare(x.title, y.title), cmp.Compare(a, b))
	})
	index := map[string]int{}
	var groups []group
	for _, n := range all {
		if !d.isListed(n, name) {
			continue
		}
		g := name(&d.entries[n])
		i, ok := index[g]
		if !ok {
			i = len(groups)
			index[g] = i
			groups = append(groups, group{name: g})
		}
		groups[i].entries = append(groups[i].entries, n)
	}
	return groups
}

// A page with more than maxPlaces places shows the largest shownPlaces. The others are on pages of their own.
const (
	maxPlaces   = 120
	shownPlaces = 60
)

// compareNames orders names without regard to case, names that differ in case alone by their bytes.
func compareNames(a, b string) int {
	return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
}

// writeLists writes the pages of places and of decades, and the page that leads to them.
func (r *report) writeLists() error {
	places := r.directory.grouping((*indexEntry).placeName)
	slices.SortFunc(places, func(a, b group) int { return compareNames(a.name, b.name) })
	decades := r.directory.grouping((*indexEntry).decadeName)
	index := indexPage{
		pageFrame: r.page("", "Elections"), Elections: r.directory.count(), Total: len(places),
	}
	index.Here, index.Searching = "elections", true
	for _, g := range decades {
		index.Decades = append(index.Decades, link{Href: decadeFile(g.name, 0), Text: g.name, Count: len(g.entries)})
		if err := r.writeList(g, "Elections of the "+g.name, "decade", decadeFile); err != nil {
			return err
		}
	}
	for _, g := range places {
		index.Places = append(index.Places, link{Href: placeFile(g.name, 0), Text: g.name, Count: len(g.entries)})
		if err := r.writeList(g, g.name, "place", placeFile); err != nil {
			return err
		}
	}
	if len(index.Places) > maxPlaces {
		var err error
		if index.AllPlaces, err = r.writePlaces(index.Places); err != nil {
			return err
		}
		index.Places = slices.Clone(index.Places)
		slices.SortStableFunc(index.Places, func(a, b link) int { return b.Count - a.Count })
		index.Places = index.Places[:shownPlaces]
		slices.SortFunc(index.Places, func(a, b link) int { return compareNames(a.Text, b.Text) })
	}
	return r.write("elections.html", "elections.html", index)
}

// writePlaces writes the pages with all places, and returns links to them.
func (r *report) writePlaces(places []link) (pages []link, err error) {
	parts := slices.Collect(slices.Chunk(places, listLength))
	for i, part := range parts {
		words := wording.Shorten(part[0].Text, 24) + " – " + wording.Shorten(part[len(part)-1].Text, 24)
		pages = append(pages, link{Href: partFile("places/all", i), Text: words, Count: len(part)})
	}
	for i, part := range parts {
		content := placesPage{
			pageFrame: r.page("../", "All places"), Places: part, Parts: markCurrent(pages, i), Total: len(places),
		}
		if err := r.write(partFile("places/all", i), "places.html", content); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// markCurrent returns links of which one leads to the page that it is on.
func markCurrent(links []link, current int) []link {
	links = slices.Clone(links)
	links[current].Current = true
	return links
}

// writeList writes the pages of a group. File returns the path of a part.
func (r *report) writeList(g group, title, kicker string, file func(string, int) string) error {
	if g.name == noDecade {
		title = noDecade
	}
	parts := slices.Collect(slices.Chunk(g.entries, listLength))
	var links []link
	for i, part := range parts {
		if len(parts) > 1 {
			from, to := &r.directory.entries[part[0]], &r.directory.entries[part[len(part)-1]]
			words := strconv.Itoa(i + 1)
			if from.year > 0 && to.year > 0 {
				words += fmt.Sprintf(": %d–%d", to.year, from.year)
			}
			links = append(links, link{Href: file(g.name, i), Text: words, Count: len(part)})
		}
	}
	for i, part := range parts {
		l := listPage{pageFrame: r.page("../", title), Kicker: kicker, Total: len(g.entries)}
		if len(parts) > 1 {
			l.Parts = markCurrent(links, i)
		}
		for _, n := range part {
			l.Rows = append(l.Rows, r.directory.row(n))
		}
		if err := r.write(file(g.name, i), "list.html", l); err != nil {
			return err
		}
	}
	return nil
}

// row returns an election as a row of a list.
func (d *directory) row(n int) listRow {
	e := &d.entries[n]
	row := listRow{
		Href: e.href(), Title: e.full(), Place: e.placeName(), PlaceHref: placeFile(e.placeName(), 0), Date: e.date,
		Largest: e.largest, Year: e.year, Seats: e.seats, Errors: e.errors, Warnings: e.warnings, Notes: e.notes,
	}
	if e.seats > 0 {
		row.SeatsText = wording.Number(e.seats)
	}
	if row.Date == "" && e.year > 0 {
		row.Date = strconv.Itoa(e.year)
	}
	return row
}

// writeSearch writes the index of the search: the places, and for each election its title, the index of its place, its
// year and the name of its file. It is JSON in a script, in which <, > and & are escaped.
func (r *report) writeSearch() (err error) {
	f, err := r.folder.create("search.js")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<16)
	var places []string
	numbers := map[string]int{}
	order := make([]int, len(r.directory.entries))
	for i := range r.directory.entries {
		order[i] = i
		name := r.directory.entries[i].placeName()
		if _, ok := numbers[name]; !ok {
			numbers[name] = len(places)
			places = append(places, name)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return r.directory.entries[b].year - r.directory.entries[a].year
	})
	encode := func(v any) {
		if content, encodeErr := json.Marshal(v); encodeErr != nil {
			err = errors.Join(err, encodeErr)
		} else {
			w.Write(content) // a bufio.Writer returns its first error from Flush too
		}
	}
	w.WriteString("globalThis.hemicycleIndex = {places: ")
	encode(places)
	w.WriteString(", elections: [\n")
	for i, n := range order {
		e := &r.directory.entries[n]
		if i > 0 {
			w.WriteString(",\n")
		}
		name := strings.TrimSuffix(strings.TrimPrefix(e.href(), "elections/"), ".html")
		encode([]any{e.full(), numbers[e.placeName()], e.year, name})
	}
	w.WriteString("\n]};\n")
	return errors.Join(err, w.Flush())
}
