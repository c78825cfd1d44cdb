package version

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hemicycle/load/disk"
	"hemicycle/load/partition"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// Partition describes the rows of one wiki in a version that is laid out by wiki.
type Partition struct {
	Wiki      string `json:"wiki"`
	Folder    string `json:"folder"` // in the folder of each table that is laid out by wiki
	Run       string `json:"run"`    // that made the rows
	Elections int64  `json:"elections"`
}

// EarlierRun says of a run whose version is no longer the current one, and of which rows of a wiki still are, what a
// later run of its pipeline compares itself with.
type EarlierRun struct {
	Run          string        `json:"run"`
	Pipeline     string        `json:"pipeline"`
	StartedAt    time.Time     `json:"started_at"`
	FinishedAt   time.Time     `json:"finished_at"`
	Version      string        `json:"version"`
	Wikis        []string      `json:"wikis"` // of which it made rows, also those that a later run has made anew
	Counts       Counts        `json:"counts"`
	Inputs       []Input       `json:"inputs"`
	Expectations []Expectation `json:"expectations"`
	Plan         string        `json:"plan"`
	Status       int           `json:"status"`
}

// asEarlier returns what a later version keeps of the run of this one.
func (m *Manifest) asEarlier() EarlierRun {
	return EarlierRun{
		Run: m.Run, Pipeline: m.Pipeline, StartedAt: m.StartedAt, FinishedAt: m.FinishedAt, Version: m.Version,
		Wikis: m.Wikis, Counts: m.Counts, Inputs: m.Inputs, Expectations: m.Expectations, Plan: m.Plan,
		Status: m.Status,
	}
}

// runs returns the run of the version, and those that made the rows of other wikis.
func (m *Manifest) runs() []EarlierRun {
	if m.Layout == "" {
		return []EarlierRun{m.asEarlier()}
	}
	return append([]EarlierRun{m.asEarlier()}, m.EarlierRuns...)
}

// isWhole reports whether every wiki of which a run made rows is still of that run.
func (m *Manifest) isWhole(run *EarlierRun) bool {
	for _, wiki := range run.Wikis {
		i := slices.IndexFunc(m.Partitions, func(p Partition) bool { return p.Wiki == wiki })
		if i < 0 || m.Partitions[i].Run != run.Run {
			return false
		}
	}
	return true
}

// RunWithPlan returns the run of which the version has all rows and that had a plan; nil if there is none.
func (m *Manifest) RunWithPlan(plan string) *EarlierRun {
	for _, run := range m.runs() {
		if run.Plan == plan && m.isWhole(&run) {
			return &run
		}
	}
	return nil
}

// LastRunOf returns the newest run of a pipeline of which the version has rows; nil if there is none.
func (m *Manifest) LastRunOf(pipeline string) *EarlierRun {
	var last *EarlierRun
	for _, run := range m.runs() {
		if run.Pipeline == pipeline && (last == nil || last.StartedAt.Before(run.StartedAt)) {
			last = &run
		}
	}
	return last
}

// RunOfWiki returns the run that made the rows of a wiki; nil if the version has none of it.
func (m *Manifest) RunOfWiki(wiki string) *EarlierRun {
	for _, p := range m.Partitions {
		if p.Wiki != wiki {
			continue
		}
		for _, run := range m.runs() {
			if run.Run == p.Run {
				return &run
			}
		}
	}
	return nil
}

// SetPartitions enters the wikis of a version: those of its own run, and those that are taken over from another
// version, which may be nil. The files of the version must be complete.
func (m *Manifest) SetPartitions(own []string, base *Manifest) {
	m.Layout, m.Wikis = partition.ByWiki, own
	for _, wiki := range own {
		m.Partitions = append(m.Partitions, Partition{Wiki: wiki, Folder: partition.Folder(wiki), Run: m.Run})
	}
	kept := map[string]bool{}
	if base != nil {
		for _, p := range base.Partitions {
			if !slices.Contains(own, p.Wiki) {
				m.Partitions = append(m.Partitions, p)
				kept[p.Run] = true
			}
		}
		for _, run := range base.runs() {
			if kept[run.Run] {
				m.EarlierRuns = append(m.EarlierRuns, run)
			}
		}
	}
	slices.SortFunc(m.Partitions, func(a, b Partition) int { return strings.Compare(a.Folder, b.Folder) })
	for i := range m.Partitions {
		p := &m.Partitions[i]
		p.Elections = 0
		for _, f := range m.Files {
			if f.Table == "elections" && partition.OfPath(f.Path) == p.Folder {
				p.Elections += f.Rows
			}
		}
	}
}

// Rows calls visit with the values of each row of a table, in the order of its columns, until visit returns an error.
func (p *Published) Rows(ctx context.Context, table string, visit func(values []tables.Value) error) (err error) {
	t := p.openTable(ctx, table)
	defer func() { err = errors.Join(err, t.close()) }()
	values := make([]tables.Value, len(t.table.Columns))
	for {
		more, err := t.next()
		if err != nil || !more {
			return err
		}
		for i := range t.table.Columns {
			values[i] = t.value(t.table.Columns[i].Name)
		}
		if err := visit(values); err != nil {
			return err
		}
	}
}

// EachFile calls read with the content of the file with a path from the folder of the version. The file has the digest
// that the manifest says.
func (p *Published) EachFile(path string, read func(io.Reader) error) error {
	for _, f := range p.Manifest.Files {
		if filepath.ToSlash(p.Manifest.pathInVersion(f)) != path {
			continue
		}
		name := filepath.Join(p.folder, p.Manifest.pathInVersion(f))
		file, err := disk.OpenRegular(name)
		if err != nil {
			return unreadable(name, err)
		}
		defer file.Close()
		r := &partReader{part: tablePart{path: name, File: f}, open: file}
		if err := r.verify(); err != nil {
			return err
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return unreadable(name, err)
		}
		return read(file)
	}
	return fmt.Errorf("%w: there is no file %s", ErrOtherTables, path)
}

// ErrOtherTables means that rows of a version cannot be taken over, since its tables are not those of this program.
var ErrOtherTables = errors.New("its tables are not those of this program")

// TakeOver gives the staging folder the files of all wikis of the version except some. A file takes its space once,
// whichever versions it is in. Every file is read to its end: it has the digest, the rows and the columns that it must
// have. It returns the files, with paths below the staging folder.
func (p *Published) TakeOver(ctx context.Context, d disk.Disk, staging string, except []string) ([]File, error) {
	if p.Manifest.SchemaVersion != schemas.Version {
		return nil, fmt.Errorf("%w: they have schema version %s, expected %s", ErrOtherTables, p.Manifest.SchemaVersion,
			schemas.Version)
	}
	folders := map[string]bool{} // to take over
	for _, part := range p.Manifest.Partitions {
		if !slices.Contains(except, part.Wiki) {
			folders[partition.Folder(part.Wiki)] = true
		}
	}
	var taken []File
	found := map[string]int{} // files by table and wiki
	for _, f := range p.Manifest.Files {
		folder := partition.OfPath(f.Path)
		if !folders[folder] {
			continue
		}
		table := tables.Find(f.Table)
		switch {
		case f.Table != "" && (table == nil || !table.ByWiki):
			return nil, fmt.Errorf("%w: there is a table %.80q", ErrOtherTables, f.Table)
		case table != nil && table.AcrossWikis:
			continue // it is made anew
		}
		file, err := p.takeOverFile(ctx, d, staging, f, table)
		if err != nil {
			return nil, err
		}
		taken = append(taken, file)
		found[f.Table+"/"+folder]++
	}
	for folder := range folders {
		for _, t := range tables.All() {
			if t.ByWiki && !t.AcrossWikis && found[t.Name+"/"+folder] == 0 {
				return nil, fmt.Errorf("%w: there is no file of the table %s in %s", ErrOtherTables, t.Name, folder)
			}
		}
	}
	return taken, nil
}

// takeOverFile gives the staging folder a file of the version, and reads it there.
func (p *Published) takeOverFile(
	ctx context.Context, d disk.Disk, staging string, f File, table *tables.Table,
) (File, error) {
	if err := ctx.Err(); err != nil {
		return File{}, err
	}
	inVersion := p.Manifest.pathInVersion(f)
	from, to := filepath.Join(p.folder, inVersion), filepath.Join(staging, inVersion)
	if !filepath.IsLocal(inVersion) {
		return File{}, p.manifestDamage("it names the file " + f.Path + ", which is not in the version")
	}
	info, err := os.Lstat(from)
	switch {
	case err != nil:
		return File{}, unreadable(from, err)
	case !info.Mode().IsRegular(): // a link would be taken over as one
		return File{}, &Damage{Path: from, Found: "it is not a regular file"}
	}
	if err := d.MakeFolders(filepath.Dir(to)); err != nil {
		return File{}, err
	}
	if err := d.Share(to, from); err != nil {
		return File{}, fmt.Errorf("taking over %s: %w", from, err)
	}
	if table == nil { // which is no Parquet file
		err = p.verifyCopy(to, f)
	} else {
		columns := make([]*tables.Column, len(table.Columns))
		for i := range columns {
			columns[i] = &table.Columns[i]
		}
		var r *partReader
		if r, err = openPart(ctx, tablePart{path: to, File: f}, columns, false); err == nil {
			err = r.close()
		}
	}
	if damage := (*Damage)(nil); errors.As(err, &damage) {
		damage.Path = from
	}
	if err != nil {
		return File{}, err
	}
	f.Path = filepath.ToSlash(inVersion)
	return f, nil
}

// verifyCopy compares a file that was taken over with its description in the manifest.
func (p *Published) verifyCopy(path string, f File) error {
	file, err := disk.OpenRegular(path)
	if err != nil {
		return unreadable(path, err)
	}
	r := &partReader{part: tablePart{path: path, File: f}, open: file}
	return errors.Join(r.verify(), file.Close())
}
