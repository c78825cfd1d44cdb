// Package changes finds what is different between two versions. Its memory does not depend on how much the versions
// have, except for some 50 bytes for each election.
//
// Start with Compare.
package changes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// Compare calls visit with every change between two versions, in the order of the elections' ids, and in each election
// in the order of the tables, their rows and their columns. Rows that belong to no election come last. Files that do
// not fit into memory are in the folder scratch until it returns. NotCompared names the tables and columns that only
// one of the versions has.
//
// It first adds up digests of all rows of each election, so that only the rows of tables of elections that differ are
// sorted and compared, whatever the order of the elections in the two versions.
func Compare(
	ctx context.Context, before, after *version.Published, scratch string, visit func(*schemas.Change) error,
) (notCompared []string, err error) {
	c := &comparison{ctx: ctx, visit: visit, seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
	c.sides = [2]*side{
		{version: before, rows: newSorter(scratch)},
		{version: after, rows: newSorter(scratch)},
	}
	defer func() {
		for _, s := range c.sides {
			err = errors.Join(err, s.rows.close())
		}
	}()
	if notCompared, err = c.prepare(); err != nil {
		return nil, err
	}
	for i := range c.tables {
		if err := c.findDifferent(&c.tables[i]); err != nil {
			return nil, err
		}
	}
	for i := range c.tables {
		if err := c.sortDifferent(&c.tables[i]); err != nil {
			return nil, err
		}
	}
	return notCompared, c.merge()
}

// comparison is one comparison of two versions.
type comparison struct {
	ctx   context.Context
	visit func(*schemas.Change) error
	sides [2]*side // the version before and that after
	seeds [2]maphash.Seed

	tables    []comparedTable
	elections map[digest]uint64 // those that differ, with a bit for each table in which they do
	buffer    []byte
}

// side is one of the two versions.
type side struct {
	version *version.Published
	rows    *sorter // those that may differ
}

// digest is the digest of a text, or the sum of the digests of some rows. Its seed is random, so that no page can be
// written whose digest is that of another.
type digest [2]uint64

// add adds a digest to a sum, and subtract takes it away. A sum does not depend on the order of the rows.
func (d *digest) add(o digest)      { d[0], d[1] = d[0]+o[0], d[1]+o[1] }
func (d *digest) subtract(o digest) { d[0], d[1] = d[0]-o[0], d[1]-o[1] }

func (c *comparison) digest(content []byte) digest {
	return digest{maphash.Bytes(c.seeds[0], content), maphash.Bytes(c.seeds[1], content)}
}

// comparedTable is a table that both versions have.
type comparedTable struct {
	*tables.Table
	number   int // in the order of the tables
	identity tables.Identity
	names    []string // of the columns, in their order
	has      [2][]bool
	compared []bool // whether another value in the column is a change
	key      []keyPart
	election int                 // the number of the column by whose election rows stand together; -1 if there is none
	named    int                 // the number of the column that names an election; -1 if there is none
	page     int                 // of the column with the title of the page; -1 if there is none
	revision int                 // of the column with the revision of the page; -1 if there is none
	differ   map[digest]struct{} // keys of rows that differ, of a table whose rows belong to no election
}

// keyPart is a column that names a row.
type keyPart struct {
	column int
	unless []int
}

// prepare looks which tables and columns both versions have, and returns the others.
func (c *comparison) prepare() (notCompared []string, err error) {
	c.elections = map[digest]uint64{}
	for number, table := range tables.Compared() {
		t := comparedTable{Table: table, number: number, identity: table.Identity(), differ: map[digest]struct{}{}}
		var columns [2][]string
		for i, s := range c.sides {
			if columns[i], err = s.version.Columns(c.ctx, t.Name); err != nil {
				return nil, err
			}
		}
		if slices.ContainsFunc(columns[:], func(names []string) bool { return len(names) == 0 }) {
			notCompared = append(notCompared, "the table "+t.Name)
			continue
		}
		for i := range t.Columns {
			name := t.Columns[i].Name
			t.names = append(t.names, name)
			isCompared := t.identity.IsCompared(name)
			for number, names := range columns {
				has := slices.Contains(names, name)
				t.has[number] = append(t.has[number], has)
				isCompared = isCompared && has
			}
			t.compared = append(t.compared, isCompared)
			if t.has[0][i] != t.has[1][i] {
				notCompared = append(notCompared, "the column "+t.Name+"."+name)
			}
		}
		t.election, t.page, t.revision = -1, t.column("page_title"), t.column("revision_id")
		if t.named = t.column("election_id"); t.identity.Key[0].Name == "election_id" {
			t.election = t.named
		}
		for _, k := range t.identity.Key {
			part := keyPart{column: t.column(k.Name)}
			for _, name := range k.Unless {
				part.unless = append(part.unless, t.column(name))
			}
			t.key = append(t.key, part)
		}
		c.tables = append(c.tables, t)
	}
	return notCompared, nil
}

// column returns the number of a column, or -1 if the table has none of that name.
func (t *comparedTable) column(name string) int { return slices.Index(t.names, name) }

// isInKey reports whether a part of the key counts in a row.
func (p *keyPart) isInKey(values []tables.Value) bool {
	return !slices.ContainsFunc(p.unless, func(column int) bool { return values[column].Valid })
}

// appendKey appends the key of a row so that keys are in the order of their bytes.
func (t *comparedTable) appendKey(to []byte, values []tables.Value) []byte {
	for i := range t.key {
		p := &t.key[i]
		if p.isInKey(values) {
			to = appendOrdered(to, t.Columns[p.column].Type, values[p.column])
		} else {
			to = append(to, orderedNull)
		}
	}
	return to
}

// appendCompared appends the values of a row that are compared, so that rows with one key are in the order of their
// bytes.
func (t *comparedTable) appendCompared(to []byte, values []tables.Value) []byte {
	for i, isCompared := range t.compared {
		if !isCompared {
			continue
		}
		v := values[i]
		if v.Valid && slices.Contains(t.identity.NamesLines, t.names[i]) {
			v.Text = tables.WithoutLines(v.Text)
		}
		to = appendOrdered(to, t.Columns[i].Type, v)
	}
	return to
}

// group returns the digest of what a row is compared with: its election, or its key if it belongs to none.
func (c *comparison) group(t *comparedTable, values []tables.Value) digest {
	if t.election >= 0 {
		c.buffer = append(c.buffer[:0], values[t.election].Text...)
	} else {
		c.buffer = t.appendKey(c.buffer[:0], values)
	}
	return c.digest(c.buffer)
}

// findDifferent finds the elections of which the rows of a table differ, or the rows of a table that differ if they
// belong to no election.
func (c *comparison) findDifferent(t *comparedTable) error {
	if slices.Equal(c.sides[0].version.Digests(t.Name), c.sides[1].version.Digests(t.Name)) {
		return nil // the files are the same
	}
	sums := map[digest]digest{}
	for number, s := range c.sides {
		var sum digest // of the rows of one election, which stand together
		var group digest
		election, isOpen := "", false
		flush := func() {
			if isOpen {
				total := sums[group]
				total.add(sum)
				if total == (digest{}) {
					delete(sums, group)
				} else {
					sums[group] = total
				}
			}
			isOpen, sum = false, digest{}
		}
		err := s.version.Scan(c.ctx, t.Name, t.names, func(values []tables.Value) error {
			if t.election < 0 || !isOpen || values[t.election].Text != election {
				flush()
				group, isOpen = c.group(t, values), true
				if t.election >= 0 {
					election = strings.Clone(values[t.election].Text)
				}
			}
			c.buffer = t.appendCompared(t.appendKey(c.buffer[:0], values), values)
			if number == 0 {
				sum.subtract(c.digest(c.buffer))
			} else {
				sum.add(c.digest(c.buffer))
			}
			return nil
		})
		if err != nil {
			return err
		}
		flush()
	}
	for group := range sums {
		if t.election >= 0 {
			c.elections[group] |= 1 << t.number
		} else {
			t.differ[group] = struct{}{}
		}
	}
	return nil
}

// electionsTable is the number of the table that has a row for each election. Its rows are sorted for every election
// that differs in some table, since they say which page and revision it is from.
const electionsTable = 0

// sortDifferent gives the rows of a table that may differ to the sorters.
func (c *comparison) sortDifferent(t *comparedTable) error {
	want := uint64(1) << t.number
	isAny := len(t.differ) > 0
	for _, bits := range c.elections {
		if isAny = isAny || bits&want != 0 || t.number == electionsTable; isAny {
			break
		}
	}
	if !isAny {
		return nil
	}
	var key, row []byte
	for _, s := range c.sides {
		election, differs := "", false
		isFirst := true
		err := s.version.Scan(c.ctx, t.Name, t.names, func(values []tables.Value) (err error) {
			switch {
			case t.election < 0:
				_, differs = t.differ[c.group(t, values)]
			case isFirst || values[t.election].Text != election:
				bits, ok := c.elections[c.group(t, values)]
				differs = ok && (bits&want != 0 || t.number == electionsTable)
				election, isFirst = strings.Clone(values[t.election].Text), false
			}
			if !differs {
				return nil
			}
			key = key[:0]
			if t.election >= 0 {
				key = appendOrdered(append(key, 0), tables.String, values[t.election])
			} else {
				key = append(key, 1)
			}
			key = t.appendKey(append(key, byte(t.number)), values)
			named := len(key)
			if t.identity.IsRepeated {
				key = t.appendCompared(key, values)
			}
			if row, err = t.appendRow(row[:0], values); err != nil {
				return err
			}
			return s.rows.add(key, named, row)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// merge compares the sorted rows of both versions.
func (c *comparison) merge() error {
	var streams [2]*stream
	for i, s := range c.sides {
		var err error
		if streams[i], err = s.rows.sorted(); err != nil {
			return err
		}
		if err := streams[i].next(); err != nil {
			return err
		}
	}
	m := merger{comparison: c}
	for {
		order := compareStreams(streams[0], streams[1])
		var sides [2]*sortedRow
		if order <= 0 {
			sides[0] = streams[0].row
		}
		if order >= 0 {
			sides[1] = streams[1].row
		}
		if sides[0] == nil && sides[1] == nil {
			return nil
		}
		if err := m.compare(sides); err != nil {
			return err
		}
		for i, s := range sides {
			if s == nil {
				continue
			}
			if err := streams[i].next(); err != nil {
				return err
			}
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
	}
}

// compareStreams compares the keys of the next rows of two streams. A stream without a row stands behind all others.
func compareStreams(a, b *stream) int {
	switch {
	case a.row == nil && b.row == nil:
		return 0
	case a.row == nil:
		return 1
	case b.row == nil:
		return -1
	}
	return bytes.Compare(a.row.name(), b.row.name())
}

// merger turns pairs of rows into changes.
type merger struct {
	*comparison
	name       []byte // of the last row, as its key names it
	occurrence int    // of the last row among those with its name

	// Of the election whose rows are compared:
	page      string
	revisions [2]*int64
}

// compare compares a row of the version before with that of the same key in the version after. One of them may be nil.
func (m *merger) compare(sides [2]*sortedRow) error {
	present := sides[0]
	if present == nil {
		present = sides[1]
	}
	if name := present.name(); bytes.Equal(name, m.name) {
		m.occurrence++
	} else {
		m.name, m.occurrence = append(m.name[:0], name...), 1
	}
	t := m.table(present.key)
	var rows [2]textRow
	for i, s := range sides {
		if s == nil {
			continue
		}
		var err error
		if rows[i], err = t.parseRow(s.row); err != nil {
			return err
		}
	}
	m.placeOf(t, rows)
	kind := schemas.ChangeChanged
	row := rows[1]
	switch {
	case sides[0] == nil:
		kind = schemas.ChangeAdded
	case sides[1] == nil:
		kind, row = schemas.ChangeRemoved, rows[0]
	case bytes.Equal(sides[0].row, sides[1].row):
		return nil
	}
	change := schemas.Change{Table: t.Name, Row: t.keyJSON(row, m.occurrence), Kind: kind, Page: m.page,
		OldRevision: m.revisions[0], NewRevision: m.revisions[1]}
	if t.named >= 0 && row[t.named] != nil {
		change.ElectionID = *row[t.named]
	}
	for i := range t.names {
		change.Column, change.Old, change.New = t.names[i], nil, nil
		if rows[0] != nil {
			change.Old = rows[0][i]
		}
		if rows[1] != nil {
			change.New = rows[1][i]
		}
		if kind == schemas.ChangeChanged && !t.isChange(i, change.Old, change.New) ||
			change.Old == nil && change.New == nil {
			continue
		}
		if err := m.visit(&change); err != nil {
			return err
		}
	}
	return nil
}

// table returns the table of a row by its key.
func (m *merger) table(key []byte) *comparedTable {
	number := int(key[1])
	if key[0] == 0 { // behind the election
		end := bytes.Index(key, orderedEnd)
		number = int(key[end+len(orderedEnd)])
	}
	i := slices.IndexFunc(m.tables, func(t comparedTable) bool { return t.number == number })
	return &m.tables[i]
}

// placeOf finds out of which page and revision two rows are.
func (m *merger) placeOf(t *comparedTable, rows [2]textRow) {
	if t.election >= 0 && t.number != electionsTable {
		return // the row of the election came before
	}
	m.page, m.revisions = "", [2]*int64{}
	for i, row := range rows {
		if row == nil {
			continue
		}
		if t.page >= 0 && row[t.page] != nil {
			m.page = *row[t.page]
		}
		if t.revision >= 0 && row[t.revision] != nil {
			n := new(int64)
			if _, err := fmt.Sscan(*row[t.revision], n); err == nil {
				m.revisions[i] = n
			}
		}
	}
}

// isChange reports whether two values of a column are a change of their row.
func (t *comparedTable) isChange(column int, before, after *string) bool {
	switch {
	case !t.compared[column] || before == nil && after == nil:
		return false
	case before == nil || after == nil:
		return true
	case slices.Contains(t.identity.NamesLines, t.names[column]):
		return tables.WithoutLines(*before) != tables.WithoutLines(*after)
	}
	return *before != *after
}
