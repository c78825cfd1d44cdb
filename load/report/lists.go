package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hemicycle/load/wording"
)

// listLength is the most rows that a page of a list has.
const listLength = 300

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

// inPage is a name of boxes of one page, which begin in the index at a place.
type inPage struct {
	from int32
	name string
}

// listed returns what reports whether lists by a name have an entry. A box that only holds others is none; it is listed
// where none of the boxes of its page would lead to it.
func (d *directory) listed(name func(*indexEntry) string) func(*indexEntry) bool {
	held := map[inPage]bool{} // names of boxes that hold no others, on pages of several
	for i := range d.entries {
		if e := &d.entries[i]; !e.isWrapper && e.to-e.from > 1 {
			held[inPage{e.from, name(e)}] = true
		}
	}
	return func(e *indexEntry) bool { return !e.isWrapper || !held[inPage{e.from, name(e)}] }
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
	index, isListed := map[string]int{}, d.listed(name)
	var groups []group
	for _, n := range all {
		if !isListed(&d.entries[n]) {
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
