package report

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// comparedPart is a part of an election that is compared with the version before: its name, its table, and the columns
// that are not compared, since they say where something was read and not what.
type comparedPart struct {
	name, table string
	ignored     []string
}

var comparedParts = [...]comparedPart{
	{"figures of the whole", "elections", []string{
		"page_url", "revision_id", "revision_timestamp", "wikidata_qid", "title_basis", "source_uri", "source_sha256",
		"checks_passed", "checks_skipped", "check_remarks",
	}},
	{"contenders", "results", nil},
	{"rounds", "rounds", []string{"field_ordinals"}},
	{"votes of rounds", "round_results", []string{"field_ordinals"}},
	{"offices", "offices", nil},
	{"findings", "findings", []string{"ordinal", "field_ordinal", "line", "byte_offset"}},
	{"measures", "measures", nil},
}

// electionDigest has a digest of each part of an election that is compared.
type electionDigest [len(comparedParts)]uint64

// digestElection returns the digest of an election.
func digestElection(e *schemas.Election) (d electionDigest) {
	r := schemas.Record{Election: e}
	h := fnv.New64a()
	var number [9]byte
	for i, part := range comparedParts {
		h.Reset()
		t := tables.Find(part.table)
		for row := range t.Rows(r) {
			for j := range t.Columns {
				c := &t.Columns[j]
				if slices.Contains(part.ignored, c.Name) {
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

// shownChanges is how many elections of each kind of change are listed. All are counted.
const shownChanges = 100

// changes lists what changed since the version before.
type changes struct {
	Since   *version.Manifest // of the version before; nil if there is none
	New     []change
	Changed []change
	Gone    []change
	Counts  struct{ New, Changed, Gone, Same int }
	before  map[string]electionDigest
}

// change is an election that is new, gone or changed.
type change struct {
	Title, ID, Href string
	What            string // which parts of a changed election differ
}

// changesSince reads the version before, if there is one.
func changesSince(ctx context.Context, p *version.Published) (*changes, error) {
	before, err := p.Previous()
	if err != nil || before == nil {
		return &changes{}, err
	}
	c := &changes{Since: before.Manifest, before: map[string]electionDigest{}}
	var owned []string
	for _, part := range comparedParts[1:] {
		owned = append(owned, part.table)
	}
	err = before.EachElection(ctx, owned, func(e *schemas.Election) bool {
		c.before[e.ID] = digestElection(e)
		return true
	})
	if damage := (*version.Damage)(nil); errors.As(err, &damage) {
		return nil, fmt.Errorf("%w; or remove the folder %s", err, before.Folder())
	}
	return c, err
}

// add compares an election with the version before.
func (c *changes) add(e *schemas.Election, href string) {
	if c.Since == nil {
		return
	}
	was, ok := c.before[e.ID]
	delete(c.before, e.ID)
	now := digestElection(e)
	found := change{Title: wording.Title(e), ID: e.ID, Href: href}
	switch {
	case !ok:
		c.Counts.New++
		if len(c.New) < shownChanges {
			c.New = append(c.New, found)
		}
	case was != now:
		c.Counts.Changed++
		for i := range was {
			if was[i] != now[i] {
				found.What = appendWord(found.What, comparedParts[i].name)
			}
		}
		if len(c.Changed) < shownChanges {
			c.Changed = append(c.Changed, found)
		}
	default:
		c.Counts.Same++
	}
}

// finish lists the elections that are gone, once all elections were added.
func (c *changes) finish() {
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

// appendWord appends a word to a list of words that are separated by commas.
func appendWord(list, word string) string {
	if list == "" {
		return word
	}
	return list + ", " + word
}
