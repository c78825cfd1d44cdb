package mirror

import (
	"cmp"
	"slices"

	"hemicycle/extract/document"
	"hemicycle/extract/mediawiki"
)

// listed is a page as the wiki lists it.
type listed struct {
	id        int64
	namespace int
	title     string
	revision  int64
	item      string
	isText    bool // its content is wikitext
}

// listing is all pages that a wiki lists, each once, by id.
type listing struct {
	pages   []listed
	missing []string // titles that were asked for and are not there
}

// add adds a page.
func (l *listing) add(p mediawiki.Page) {
	if p.Missing {
		l.missing = append(l.missing, p.Title)
		return
	}
	l.pages = append(l.pages, listed{
		id: p.ID, namespace: p.Namespace, title: p.Title, revision: p.LastRevision, item: p.Item,
		isText: p.Model == wikitextModel || p.Model == "",
	})
}

// sort brings the pages in order. Of a page that was listed more than once, what was said last counts.
func (l *listing) sort() {
	slices.SortStableFunc(l.pages, func(a, b listed) int { return cmp.Compare(a.id, b.id) })
	kept := l.pages[:0]
	for i, p := range l.pages {
		if i+1 < len(l.pages) && l.pages[i+1].id == p.id {
			continue
		}
		kept = append(kept, p)
	}
	l.pages = kept
	slices.Sort(l.missing)
}

// find returns the page with a number, or nil.
func (l *listing) find(id int64) *listed {
	i, found := slices.BinarySearchFunc(l.pages, id, func(p listed, id int64) int { return cmp.Compare(p.id, id) })
	if !found {
		return nil
	}
	return &l.pages[i]
}

// comparison is what a listing means for a mirror.
type comparison struct {
	pages []Page  // of the new mirror, as far as nothing has to be fetched for them
	fetch []int64 // pages of which the text is asked for
	again []int64 // the same, of pages that the wiki did not give last time: they must not spoil the batches of others
	gone  []int64 // pages of the mirror that are not listed any more
}

// known is what is on disk: the pages of the mirror, those that a sync fetched that was stopped, and those that were
// part of the mirror once and may be again.
type known struct {
	pages, fetched, former []Page
	texts                  *textStore
}

// find returns what is on disk of a page: the state with a revision if there is one, else the newest that is not
// former.
func (k *known) find(id, revision int64) *Page {
	fetched, page := find(k.fetched, id), find(k.pages, id)
	for _, p := range []*Page{fetched, page, find(k.former, id)} {
		if p != nil && p.Revision == revision {
			return p
		}
	}
	if fetched != nil {
		return fetched
	}
	return page
}

// notListed returns the pages with a text on disk that are not listed, by id. What a sync fetched last counts.
func (k *known) notListed(l *listing) []Page {
	var all []Page
	for _, pages := range [][]Page{k.fetched, k.pages, k.former} {
		for _, p := range pages {
			if p.Text != "" && l.find(p.ID) == nil {
				p.Stale = 0
				all = append(all, p)
			}
		}
	}
	slices.SortStableFunc(all, byID)
	return slices.CompactFunc(all, func(a, b Page) bool { return a.ID == b.ID })
}

// hasText reports whether the text of a page is on disk, whole.
func (k *known) hasText(p *Page) bool {
	if p.Text == "" {
		return false
	}
	_, err := k.texts.read(p.Text, p.Bytes)
	return err == nil
}

// compare says what a listing means, and counts it. Pages are compared by their numbers, and revisions for being the
// same: an undeletion can go back to an older one. That the wiki touched a page says nothing, since it does so whenever
// a template is edited.
func compare(k *known, l *listing, r *Report) comparison {
	var c comparison
	r.Listed = len(l.pages)
	for i := range l.pages {
		c.addListed(k, &l.pages[i], r)
	}
	for i := range k.pages {
		if p := &k.pages[i]; l.find(p.ID) == nil {
			c.gone = append(c.gone, p.ID)
		}
	}
	return c
}

// addListed says what one listed page means.
func (c *comparison) addListed(k *known, l *listed, r *Report) {
	before := find(k.pages, l.id)
	r.countListed(before, l)
	p := k.find(l.id, l.revision)
	isSame := p != nil && p.Revision == l.revision
	switch {
	case !l.isText:
		c.pages = append(c.pages, l.refused(RefusedModel))
	case !document.FitsTitle(l.title), isSame && p.Refused == RefusedTooLarge: // it would be so again
		c.pages = append(c.pages, l.refused(RefusedTooLarge))
	case isSame && p.Refused == "" && k.hasText(p):
		same := *p
		same.Namespace, same.Title, same.Item, same.Stale = l.namespace, l.title, l.item, 0
		c.pages = append(c.pages, same)
	case p != nil && (p.Refused != "" || p.Stale != 0):
		c.again = append(c.again, l.id)
	default:
		if isSame {
			r.Lost++
		}
		c.fetch = append(c.fetch, l.id)
	}
}

// countListed counts what is new in a page, compared with what is read of it so far.
func (r *Report) countListed(before *Page, l *listed) {
	if before == nil {
		r.New++
		return
	}
	if before.Revision != l.revision && before.Stale != l.revision {
		r.Changed++
	}
	if before.Title != cutTitle(l.title) || before.Namespace != l.namespace {
		r.Moved++
	}
	if before.Item != l.item {
		r.Relinked++
	}
}

// refused returns the page without its text.
func (l *listed) refused(reason string) Page {
	return Page{
		ID: l.id, Namespace: l.namespace, Title: cutTitle(l.title), Revision: l.revision, Item: l.item, Refused: reason,
	}
}
