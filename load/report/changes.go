package report

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

type comparedPart struct {
	words, table string
	without      []string
}

// comparedParts is what of an election is held against the last version, each part with its table and the
// columns of it that are no part of the comparison: where something was read says nothing of what.
var comparedParts = [...]comparedPart{
	{"figures of the whole", "elections", []string{"page_url", "revision_id", "revision_timestamp", "wikidata_qid", "source_uri", "source_sha256"}},
	{"contenders", "results", nil},
	{"offices", "offices", nil},
	{"findings", "findings", []string{"ordinal", "field_ordinal", "line", "byte_offset"}},
	{"measures", "measures", nil},
}

// digest is a digest of each part of an election that is compared.
type digest [len(comparedParts)]uint64

// digestOf makes the digest of an election.
func digestOf(e *schemas.Election) (d digest) {
	r := schemas.Record{Election: e}
	h := fnv.New64a()
	var number [9]byte
	for i, part := range comparedParts {
		h.Reset()
		t := tables.Find(part.table)
		for row := range t.Rows(r) {
			for j := range t.Columns {
				c := &t.Columns[j]
				if slices.Contains(part.without, c.Name) {
					continue
				}
				v := c.Get(r, row)
				number = [9]byte{}
				if v.Valid {
					number[8] = 1
				}
				n := uint64(v.Int) ^ math.Float64bits(v.Float)
				if v.Bool {
					n = 1
				}
				binary.LittleEndian.PutUint64(number[:8], n^uint64(len(v.Text)))
				h.Write(number[:])
				h.Write([]byte(v.Text))
			}
		}
		d[i] = h.Sum64()
	}
	return d
}

// shownChanges is how many elections of each kind of change a report names; all are counted.
const shownChanges = 100

// changes is what changed since the version before.
type changes struct {
	Since   *version.Manifest // of that version; nil where none is there
	New     []change
	Changed []change
	Gone    []change
	Counts  struct{ New, Changed, Gone, Same int }
	before  map[string]digest
}

// change is one election that is new, gone or has changed.
type change struct {
	Title, ID, Href string
	What            string // of a changed one: which parts
}

// changesSince reads the version before, where there is one of the same pipeline.
func changesSince(ctx context.Context, p *version.Published) (*changes, error) {
	before, err := p.Previous()
	if err != nil || before == nil {
		return &changes{}, err
	}
	c := &changes{Since: before.Manifest, before: map[string]digest{}}
	var owned []string
	for _, part := range comparedParts[1:] {
		owned = append(owned, part.table)
	}
	return c, before.EachElection(ctx, owned, func(e *schemas.Election) bool {
		c.before[e.ID] = digestOf(e)
		return true
	})
}

// take compares an election of the present version.
func (c *changes) take(e *schemas.Election, href string) {
	if c.Since == nil {
		return
	}
	was, ok := c.before[e.ID]
	delete(c.before, e.ID)
	now := digestOf(e)
	entry := change{Title: wording.Title(e), ID: e.ID, Href: href}
	switch {
	case !ok:
		c.Counts.New++
		if len(c.New) < shownChanges {
			c.New = append(c.New, entry)
		}
	case was != now:
		c.Counts.Changed++
		for i := range was {
			if was[i] != now[i] {
				entry.What = appendWord(entry.What, comparedParts[i].words)
			}
		}
		if len(c.Changed) < shownChanges {
			c.Changed = append(c.Changed, entry)
		}
	default:
		c.Counts.Same++
	}
}

// end finds those that are gone.
func (c *changes) end() {
	c.Counts.Gone = len(c.before)
	gone := make([]string, 0, len(c.before))
	for id := range c.before {
		gone = append(gone, id)
	}
	slices.Sort(gone)
	for _, id := range gone[:min(len(gone), shownChanges)] {
		c.Gone = append(c.Gone, change{Title: wording.Plain(id), ID: id})
	}
	c.before = nil
}

// appendWord adds a word to a list of them.
func appendWord(list, word string) string {
	if list == "" {
		return word
	}
	return list + ", " + word
}
