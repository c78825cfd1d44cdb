package load

import (
	"cmp"
	"maps"
	"slices"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"hemicycle/load/partition"
	"hemicycle/load/version"
)

// Wikis can follow one another in any order, so the files of several wikis are open at a time. A wiki that is not open
// any more gets further files when it comes again. These limits keep the memory bounded.
const (
	maxOpenWikis = 512
	// maxWikiBytes is the number of bytes in the open batches and row groups of all wikis above which the wiki is finished
	// that had no row for the longest time.
	maxWikiBytes = 192 << 20
)

// wikiPartitions are the tables of a Parquet sink that are laid out by wiki.
type wikiPartitions struct {
	maxOpen    int                    // wikis that may be open at a time
	open       map[string]*wikiTables // by folder
	clock      int64                  // counts the uses of wikis
	batchBytes int                    // in the open batches of all wikis, an estimate
	files      map[wikiTable]int      // how many are finished
	folders    map[string]bool        // of the wikis that have files of all tables
	others     map[string]bool        // of those that have files of tables across wikis alone
	finished   []version.File         // since the last part ended
}

// wikiTables are the tables of one wiki that are open.
type wikiTables struct {
	folder string
	used   int64
	tables []*parquetTable // by table; nil for one that has no row yet
}

// wikiTable names the files of a table and a wiki.
type wikiTable struct{ table, folder string }

// newWikiPartitions returns partitions that continue behind finished files, by table.
func newWikiPartitions(files [][]version.File) *wikiPartitions {
	p := &wikiPartitions{
		maxOpen: maxOpenWikis, open: map[string]*wikiTables{}, files: map[wikiTable]int{}, folders: map[string]bool{},
		others: map[string]bool{},
	}
	for _, finished := range files {
		for _, f := range finished {
			if folder := partition.OfPath(f.Path); folder != "" {
				p.files[wikiTable{f.Table, folder}]++
				p.folders[folder] = true
			}
		}
	}
	return p
}

// nextNumber returns the number of the next file of a table and a wiki.
func (p *wikiPartitions) nextNumber(t *parquetTable) int {
	return p.files[wikiTable{t.table.Name, t.partition}] + 1
}

// partitionTable returns the open table of a wiki, of which whole is the declaration. It finishes the files of other
// wikis if too many are open.
func (s *parquetSink) partitionTable(whole *parquetTable, folder string) (*parquetTable, error) {
	p := s.byWiki
	w := p.open[folder]
	if w == nil {
		w = &wikiTables{folder: folder, tables: make([]*parquetTable, len(s.tables))}
		p.open[folder] = w
	}
	if !whole.table.AcrossWikis {
		p.folders[folder] = true
	}
	p.clock++
	w.used = p.clock
	for len(p.open) > p.maxOpen || s.open+p.batchBytes > maxWikiBytes && len(p.open) > 1 {
		if err := s.finishWiki(p.oldest()); err != nil {
			return nil, err
		}
	}
	t := w.tables[whole.index]
	if t == nil {
		t = newPartitionTable(whole, folder)
		w.tables[whole.index] = t
	}
	return t, nil
}

// newPartitionTable returns the table of a wiki, of which whole is the declaration.
func newPartitionTable(whole *parquetTable, folder string) *parquetTable {
	t := &parquetTable{table: whole.table, index: whole.index, schema: whole.schema, partition: folder}
	t.builder = array.NewRecordBuilder(memory.DefaultAllocator, t.schema)
	return t
}

// oldest returns the open wiki that had no row for the longest time.
func (p *wikiPartitions) oldest() *wikiTables {
	var oldest *wikiTables
	for _, w := range p.open {
		if oldest == nil || w.used < oldest.used {
			oldest = w
		}
	}
	return oldest
}

// finishWiki finishes the files of a wiki.
func (s *parquetSink) finishWiki(w *wikiTables) error {
	p := s.byWiki
	for _, t := range w.tables {
		if t == nil {
			continue
		}
		if t.rows > 0 {
			if err := s.finish(t); err != nil {
				return err
			}
			p.files[wikiTable{t.table.Name, t.partition}]++
			p.finished = append(p.finished, s.files[t.index][len(s.files[t.index])-1])
		}
		t.builder.Release()
	}
	delete(p.open, w.folder)
	return nil
}

// finishPartitions finishes the files of all wikis, and returns those that were finished since the last part ended.
func (s *parquetSink) finishPartitions() ([]version.File, error) {
	if s.byWiki == nil {
		return nil, nil
	}
	for len(s.byWiki.open) > 0 {
		if err := s.finishWiki(s.byWiki.oldest()); err != nil {
			return nil, err
		}
	}
	finished := s.byWiki.finished
	s.byWiki.finished = nil
	return finished, nil
}

// MakePartition implements PartitionSink.
func (s *parquetSink) MakePartition(wiki string) {
	if s.byWiki != nil {
		s.byWiki.folders[partition.Folder(wiki)] = true
	}
}

// MakeOtherPartition implements PartitionSink.
func (s *parquetSink) MakeOtherPartition(wiki string) {
	if s.byWiki != nil {
		s.byWiki.others[partition.Folder(wiki)] = true
	}
}

// commitPartitions finishes the files of all wikis. Every wiki has a file of each table, be it empty, so that a version
// can take over the wiki from another one. The files are in the order of the wikis.
func (s *parquetSink) commitPartitions() error {
	p := s.byWiki
	if p == nil {
		return nil
	}
	if _, err := s.finishPartitions(); err != nil {
		return err
	}
	for _, folder := range slices.Concat(slices.Collect(maps.Keys(p.folders)), slices.Collect(maps.Keys(p.others))) {
		for _, whole := range s.tables {
			isAsked := whole.table.ByWiki && (p.folders[folder] || whole.table.AcrossWikis)
			if !isAsked || p.files[wikiTable{whole.table.Name, folder}] > 0 {
				continue
			}
			t := newPartitionTable(whole, folder)
			if err := s.finish(t); err != nil {
				return err
			}
			p.files[wikiTable{whole.table.Name, folder}]++
			t.builder.Release()
		}
	}
	for _, files := range s.files {
		SortPartitions(files)
	}
	return nil
}

// SortPartitions sorts the files of a table by wiki, and leaves those of one wiki in their order. The rows of all
// tables are then in one order.
func SortPartitions(files []version.File) {
	slices.SortStableFunc(files, func(a, b version.File) int {
		return cmp.Compare(partition.OfPath(a.Path), partition.OfPath(b.Path))
	})
}

// openPartitions returns the open tables of all wikis.
func (s *parquetSink) openPartitions() (all []*parquetTable) {
	if s.byWiki == nil {
		return nil
	}
	for _, w := range s.byWiki.open {
		for _, t := range w.tables {
			if t != nil {
				all = append(all, t)
			}
		}
	}
	return all
}
