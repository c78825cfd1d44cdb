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
	"unicode"
	"unicode/utf8"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// listLength is how many rows a page of a list has at most.
const listLength = 300

// directory is what a report keeps of every election: a line of the index.
type directory struct {
	entries []indexEntry // the boxes of one page stand one after the other
	seed    maphash.Seed
	byTitle map[uint64]int32 // a page's first box, by a hash of wiki and title, which takes less room than they
}

// indexEntry is one election in the index.
type indexEntry struct {
	id, title, box string // box tells boxes of one page apart; "" for the first and for one alone
	page, chamber  string
	pageTitle      string
	number, parent int
	from, to       int32  // of the boxes of its page in the index
	place          string // of the nearest outer box where the box does not give it
	placeOf        int    // the entry that gives it; -1 where none does
	year           int
	yearOf         int
	date           string
	seats          int64 // 0 where none are stated
	largest        string
	errors         int
	warnings       int
	notes          int
}

// readDirectory reads what every election is called, where and when it was.
func readDirectory(ctx context.Context, p *version.Published) (*directory, error) {
	d := &directory{seed: maphash.MakeSeed(), byTitle: map[uint64]int32{}}
	same := map[string]string{} // texts that many elections share are kept once
	shared := func(s string) string {
		if was, ok := same[s]; ok {
			return was
		}
		same[s] = s
		return s
	}
	err := p.EachElection(ctx, nil, func(e *schemas.Election) bool {
		n := len(d.entries)
		d.entries = append(d.entries, indexEntry{
			id: e.ID, title: wording.Title(e), pageTitle: shared(wording.Plain(cmp.Or(e.Document.Title, path.Base(e.Document.URI)))), page: pageOf(e.ID), number: e.Box, parent: e.Parent,
			place: shared(wording.Plain(e.Country)), placeOf: n, year: e.Date.Year, yearOf: n, date: wording.LongDate(e), chamber: shared(wording.Plain(e.Chamber)),
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

// pageOf is the part of an election's id that names its page.
func pageOf(id string) string {
	if i := strings.LastIndexByte(id, '#'); i >= 0 {
		return id[:i]
	}
	return id
}

// titleKey names a page as a link may write it: the first letter large or small, blanks or underscores,
// with a section.
func (d *directory) titleKey(wiki, title string) uint64 {
	title, _, _ = strings.Cut(title, "#")
	title = strings.Join(strings.FieldsFunc(title, func(r rune) bool { return r == '_' || unicode.IsSpace(r) }), " ")
	first, size := utf8.DecodeRuneInString(title)
	return maphash.String(d.seed, wiki+"\x00"+string(unicode.ToUpper(first))+title[min(size, len(title)):])
}

// findPages notes at each election where the boxes of its page begin in the index, and where they end.
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

// boxes is where the boxes of an election's page begin in the index, and where they end.
func (d *directory) boxes(n int) (from, to int) { return int(d.entries[n].from), int(d.entries[n].to) }

// inherit gives a box the place and the year of the nearest outer box that has them, and its own name
// where the page has several.
func (d *directory) inherit(n int) {
	e := &d.entries[n]
	from, to := d.boxes(n)
	if to-from > 1 {
		d.tellApart(e, from == n)
	}
	if e.place == "" {
		e.placeOf = -1
	}
	if e.year == 0 {
		e.yearOf = -1
	}
	outer := e.parent
	for steps := from; outer > 0 && steps < to; steps++ {
		i, ok := slices.BinarySearchFunc(d.entries[from:to], outer, func(b indexEntry, number int) int { return b.number - number })
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

// tellApart names a box of a page that has several: by the page, and by what the box calls itself, or its
// chamber, or its number.
func (d *directory) tellApart(e *indexEntry, first bool) {
	own := e.title
	e.title = cmp.Or(e.pageTitle, own)
	switch {
	case own != e.title:
		e.box = own
	case first:
	case e.chamber != "" && e.chamber != e.title:
		e.box = e.chamber
	default:
		e.box = "box " + strconv.Itoa(e.number)
	}
}

// judge fills what the index says of an election beside its name.
func (e *indexEntry) judge(of *schemas.Election) {
	for i := range of.Findings {
		switch of.Findings[i].Status {
		case schemas.Error:
			e.errors++
		case schemas.Warn:
			e.warnings++
		case schemas.Note:
			e.notes++
		}
	}
	if of.SeatsTotal != nil {
		e.seats = *of.SeatsTotal
	} else if sum := of.SeatsSum(); sum != nil {
		e.seats = *sum
	}
	if i := largest(of.Contenders); i >= 0 {
		e.largest = fmt.Sprintf("%s %s", wording.Shorten(of.Contenders[i].Label(), 40), wording.Number(*of.Contenders[i].Seats))
	}
}

// largest is the contender with the most seats, the first of them in the box; -1 where none has any.
func largest(contenders []schemas.Contender) int {
	best := -1
	for i := range contenders {
		if n := contenders[i].Seats; n != nil && *n > 0 && (best < 0 || *n > *contenders[best].Seats) {
			best = i
		}
	}
	return best
}

// href is an election's page, from the report's folder: a digest, since an id may hold anything.
func (e *indexEntry) href() string { return electionFile(e.id) }

func electionFile(id string) string {
	sum := sha256.Sum256([]byte(id))
	name := hex.EncodeToString(sum[:12])
	return "elections/" + name[:2] + "/" + name[2:] + ".html"
}

// full is an election's title with what tells it from other boxes of its page.
func (e *indexEntry) full() string {
	if e.box == "" {
		return e.title
	}
	return e.title + ", " + e.box
}

const (
	noPlace  = "Place not given"
	noDecade = "Year not given"
)

func (e *indexEntry) placeName() string { return cmp.Or(e.place, noPlace) }

func (e *indexEntry) decadeName() string {
	if e.year == 0 {
		return noDecade
	}
	return strconv.Itoa(e.year/10*10) + "s"
}

// placeFile is the page of a place; its name is a digest too.
func placeFile(place string, part int) string {
	sum := sha256.Sum256([]byte(place))
	return partFile("places/"+hex.EncodeToString(sum[:8]), part)
}

func decadeFile(decade string, part int) string {
	if decade == noDecade {
		decade = "unknown"
	}
	return partFile("decades/"+decade, part)
}

func partFile(name string, part int) string {
	if part > 0 {
		name += "-" + strconv.Itoa(part+1)
	}
	return name + ".html"
}

// listRow is one election in a list.
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

// listPage is a list of elections, or a part of a long one.
type listPage struct {
	pageFrame
	Kicker string
	Rows   []listRow
	Parts  []link
	Total  int
}

// placesPage is a list of places.
type placesPage struct {
	pageFrame
	Places []link
	Parts  []link
	Total  int
}

// indexPage is the page from which every election is reached.
type indexPage struct {
	pageFrame
	Elections int
	Decades   []link
	Places    []link // all, or the largest where there are many
	AllPlaces []link // the pages of all places, where there are many
	Total     int    // places
}

// group is the elections of one place or decade.
type group struct {
	name    string
	entries []int
}

// grouping puts the elections into groups, each in the order of years from the latest, then of titles.
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

// writeLists writes the pages of places and of decades, and the page that leads to them.
func (r *report) writeLists() error {
	places := r.directory.grouping((*indexEntry).placeName)
	slices.SortFunc(places, func(a, b group) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), cmp.Compare(a.name, b.name))
	})
	decades := r.directory.grouping((*indexEntry).decadeName)
	index := indexPage{pageFrame: r.page("", "Elections"), Elections: len(r.directory.entries), Total: len(places)}
	index.Here, index.Searching = "elections", true
	for _, g := range decades {
		index.Decades = append(index.Decades, link{Href: decadeFile(g.name, 0), Text: g.name, Count: len(g.entries)})
		if err := r.writeList(g, "Elections of the "+g.name, "decade", decadeFile); err != nil {
			return err
		}
	}
	var links []link
	for _, g := range places {
		links = append(links, link{Href: placeFile(g.name, 0), Text: g.name, Count: len(g.entries)})
		if err := r.writeList(g, g.name, "place", placeFile); err != nil {
			return err
		}
	}
	index.Places = links
	const many = 120
	if len(links) > many {
		// The largest, so that the page stays short; the others are a page further.
		index.Places = slices.Clone(links)
		slices.SortStableFunc(index.Places, func(a, b link) int { return b.Count - a.Count })
		index.Places = index.Places[:60]
		slices.SortStableFunc(index.Places, func(a, b link) int { return cmp.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
		parts := slices.Collect(slices.Chunk(links, listLength))
		for i, part := range parts {
			words := wording.Shorten(part[0].Text, 24) + " – " + wording.Shorten(part[len(part)-1].Text, 24)
			index.AllPlaces = append(index.AllPlaces, link{Href: partFile("places/all", i), Text: words, Count: len(part)})
		}
		for i, part := range parts {
			page := placesPage{pageFrame: r.page("../", "All places"), Places: part, Total: len(links), Parts: markCurrent(index.AllPlaces, i)}
			if err := r.write(partFile("places/all", i), "places.html", page); err != nil {
				return err
			}
		}
	}
	return r.write("elections.html", "elections.html", index)
}

func markCurrent(links []link, i int) []link {
	links = slices.Clone(links)
	links[i].Current = true
	return links
}

// writeList writes the pages of one group.
func (r *report) writeList(g group, title, kicker string, file func(string, int) string) error {
	if g.name == noDecade {
		title = noDecade
	}
	parts := slices.Collect(slices.Chunk(g.entries, listLength))
	var links []link
	for i, part := range parts {
		if len(parts) > 1 {
			from, to := &r.directory.entries[part[0]], &r.directory.entries[part[len(part)-1]]
			words := fmt.Sprintf("%d", i+1)
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

func (d *directory) row(n int) listRow {
	e := &d.entries[n]
	row := listRow{
		Href: e.href(), Title: e.full(), Place: e.placeName(), PlaceHref: placeFile(e.placeName(), 0), Date: e.date, Largest: e.largest,
		Year: e.year, Seats: e.seats, Errors: e.errors, Warnings: e.warnings, Notes: e.notes,
	}
	if e.seats > 0 {
		row.SeatsText = wording.Number(e.seats)
	}
	if row.Date == "" && e.year > 0 {
		row.Date = strconv.Itoa(e.year)
	}
	return row
}

// writeSearch writes the index of the search: the places, and for each election its title, the number of
// its place, its year and the name of its file. JSON in a script, with <, > and & escaped.
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
	slices.SortStableFunc(order, func(a, b int) int { return r.directory.entries[b].year - r.directory.entries[a].year })
	encode := func(v any) {
		if content, encodeErr := json.Marshal(v); encodeErr != nil {
			err = errors.Join(err, encodeErr)
		} else {
			w.Write(content) // a bufio.Writer keeps its first error for Flush
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
		encode([]any{e.full(), numbers[e.placeName()], e.year, strings.TrimSuffix(strings.TrimPrefix(e.href(), "elections/"), ".html")})
	}
	w.WriteString("\n]};\n")
	return errors.Join(err, w.Flush())
}
