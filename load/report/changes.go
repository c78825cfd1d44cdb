package report

import (
	"context"
	"slices"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// comparedPart is a part of an election of which the page of the run says that it changed: its name, its table, and the
// columns whose changes it leaves out.
type comparedPart struct {
	name, table string
	ignored     []string
}

var comparedParts = [...]comparedPart{
	{"figures of the whole", "elections", []string{
		"page_url", "wikidata_qid", "title_basis", "checks_passed", "checks_skipped", "check_remarks",
	}},
	{"contenders", "results", nil},
	{"rounds", "rounds", nil},
	{"votes of rounds", "round_results", nil},
	{"offices", "offices", nil},
	{"findings", "findings", nil},
	{"measures", "measures", nil},
}

// shownChanges is how many elections of each kind of change are listed. All are counted.
const shownChanges = 100

// changes lists what changed since the version before.
type changes struct {
	Since   *version.Comparison // with the version before; nil if there is none
	New     []change
	Changed []change
	Gone    []change
	Counts  struct{ New, Changed, Gone, Same int }

	parts map[string]uint // of elections that are new or changed: a bit for each part that changed, or isNew
	gone  []string
}

// change is an election that is new, gone or changed.
type change struct {
	Title, ID, Href string
	What            string // which parts of a changed election differ
}

// isNew marks an election that the version before does not have.
const isNew = 1 << len(comparedParts)

// changesSince reads the table of changes of a version. In memory stay the ids of the elections that it names.
func changesSince(ctx context.Context, p *version.Published) (*changes, error) {
	c := &changes{Since: p.Manifest.Changes, parts: map[string]uint{}}
	if c.Since == nil || c.Since.Failure != "" {
		return c, nil
	}
	return c, p.EachRow(ctx, "changes", func(row version.Row) {
		part := slices.IndexFunc(comparedParts[:], func(part comparedPart) bool {
			return part.table == row.Text("table_name")
		})
		if part < 0 || slices.Contains(comparedParts[part].ignored, row.Text("column_name")) {
			return
		}
		id := row.Text("election_id")
		switch kind := row.Text("kind"); {
		case part > 0 || kind == schemas.ChangeChanged:
			c.parts[id] |= 1 << part
		case kind == schemas.ChangeAdded:
			c.parts[id] |= isNew
		case len(c.gone) == 0 || c.gone[len(c.gone)-1] != id: // rows of an election stand together
			c.gone = append(c.gone, id)
		}
	})
}

// add lists an election if it is new or changed.
func (c *changes) add(e *schemas.Election, href string) {
	if c.Since == nil {
		return
	}
	found := change{Title: wording.Title(e), ID: e.ID, Href: href}
	switch parts := c.parts[e.ID]; {
	case parts&isNew != 0:
		c.Counts.New++
		if len(c.New) < shownChanges {
			c.New = append(c.New, found)
		}
	case parts != 0:
		c.Counts.Changed++
		for i := range comparedParts {
			if parts&(1<<i) != 0 {
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
	c.Counts.Gone = len(c.gone)
	slices.Sort(c.gone)
	for _, id := range c.gone[:min(len(c.gone), shownChanges)] {
		c.Gone = append(c.Gone, change{Title: wording.Plain(id), ID: id})
	}
	c.parts, c.gone = nil, nil
}

// appendWord appends a word to a list of words that are separated by commas.
func appendWord(list, word string) string {
	if list == "" {
		return word
	}
	return list + ", " + word
}
