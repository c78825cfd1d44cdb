package version

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// Published is one published version, to be read. What `current` names is resolved once, when it is
// opened, so that all of it is of one run whatever is published meanwhile.
type Published struct {
	Manifest *Manifest
	output   string // the folder that the version was published in; "" where a version's own folder was named
	folder   string // of the version
}

// readRows is how many rows of a table are taken from its file at a time.
const readRows = 4096

// Open opens the current version of an output folder, or the version whose own folder dir is.
// It only reads.
func Open(dir string) (*Published, error) {
	output := dir
	folder, err := filepath.EvalSymlinks(filepath.Join(dir, currentName))
	if errors.Is(err, os.ErrNotExist) {
		output = ""
		folder, err = filepath.EvalSymlinks(dir)
	}
	var p *Published
	if err == nil {
		p, err = openVersion(folder)
	}
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: nothing was published here: expected an output folder with a current version; `hemicycle run --output %s` makes one", dir, dir)
	}
	if err != nil {
		return nil, err
	}
	p.output = output
	return p, nil
}

// openVersion opens a version by its own folder.
func openVersion(folder string) (*Published, error) {
	path := filepath.Join(folder, manifestName)
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p := &Published{Manifest: &Manifest{}, folder: folder}
	if err := json.Unmarshal(content, p.Manifest); err != nil {
		return nil, fmt.Errorf("%s: expected the manifest of a version: %w", path, err)
	}
	if own, _, _ := strings.Cut(schemas.Version, "."); !strings.HasPrefix(p.Manifest.SchemaVersion, own+".") {
		return nil, fmt.Errorf("%s: the tables have schema version %s, and this program reads %s.x: publish them anew", path, p.Manifest.SchemaVersion, own)
	}
	return p, nil
}

// Previous opens the version that was published before this one and is still there; nil where none is.
func (p *Published) Previous() (*Published, error) {
	if p.output == "" {
		return nil, nil
	}
	versions := filepath.Join(p.output, versionsName)
	entries, err := os.ReadDir(versions)
	if err != nil {
		return nil, err
	}
	var last *Published
	for _, e := range entries {
		if !e.IsDir() || !isRunID(e.Name()) || e.Name() == filepath.Base(p.folder) {
			continue
		}
		v, err := openVersion(filepath.Join(versions, e.Name()))
		if err != nil { // one that is being removed, or of other tables: there is nothing to compare with
			continue
		}
		if v.Manifest.StartedAt.Before(p.Manifest.StartedAt) && (last == nil || last.Manifest.StartedAt.Before(v.Manifest.StartedAt)) {
			last = v
		}
	}
	return last, nil
}

// parts is the Parquet files of a table, in the order in which they were written.
func (p *Published) parts(table string) (paths []string) {
	for _, f := range p.Manifest.Files {
		if f.Table == table && strings.HasSuffix(f.Path, ".parquet") {
			inVersion := strings.TrimPrefix(f.Path, versionsName+"/"+p.Manifest.Run+"/")
			paths = append(paths, filepath.Join(p.folder, filepath.FromSlash(inVersion)))
		}
	}
	return paths
}

// tableReader reads the rows of one table in the order in which they were written, a batch at a time.
type tableReader struct {
	ctx     context.Context
	table   *tables.Table
	columns []string // those that are read
	parts   []string
	open    *file.Reader
	batches pqarrow.RecordReader
	batch   arrow.Record
	index   map[string]int // of the batch's columns, by name
	row     int
	done    bool
}

// openTable opens a table for its columns; no columns are all of them.
func (p *Published) openTable(ctx context.Context, table string, columns ...string) *tableReader {
	t := &tableReader{ctx: ctx, table: tables.Find(table), columns: columns, parts: p.parts(table)}
	if len(columns) == 0 {
		for _, c := range t.table.Columns {
			t.columns = append(t.columns, c.Name)
		}
	}
	return t
}

// next goes to the next row; false at the end.
func (t *tableReader) next() (bool, error) {
	if t.done {
		return false, nil
	}
	for t.batch == nil || t.row+1 >= int(t.batch.NumRows()) {
		more, err := t.nextBatch()
		if err != nil {
			return false, fmt.Errorf("reading the table %s: %w", t.table.Name, err)
		}
		if !more {
			t.done = true
			return false, nil
		}
		t.row = -1
	}
	t.row++
	return true, nil
}

// nextBatch takes the next rows of the open file, or opens the next one.
func (t *tableReader) nextBatch() (bool, error) {
	t.batch = nil
	for {
		if t.batches == nil {
			if len(t.parts) == 0 {
				return false, nil
			}
			if err := t.openPart(t.parts[0]); err != nil {
				return false, err
			}
			t.parts = t.parts[1:]
		}
		if err := t.ctx.Err(); err != nil {
			return false, err
		}
		batch, err := t.batches.Read()
		switch {
		case errors.Is(err, io.EOF):
			if err := t.close(); err != nil {
				return false, err
			}
			continue
		case err != nil:
			return false, err
		case batch.NumRows() == 0:
			continue
		}
		t.batch = batch
		return true, nil
	}
}

func (t *tableReader) openPart(path string) (err error) {
	if t.open, err = file.OpenParquetFile(path, false); err != nil {
		return err
	}
	r, err := pqarrow.NewFileReader(t.open, pqarrow.ArrowReadProperties{BatchSize: readRows}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	// An older version may lack a column that was added since: its values are absent then.
	var indices []int
	t.index = map[string]int{}
	for _, name := range t.columns {
		i := t.open.MetaData().Schema.ColumnIndexByName(name)
		if i < 0 {
			continue
		}
		t.index[name] = len(indices)
		indices = append(indices, i)
	}
	t.batches, err = r.GetRecordReader(t.ctx, indices, nil)
	return err
}

// close lets go of the open file.
func (t *tableReader) close() error {
	if t.batches != nil {
		t.batches.Release()
		t.batches, t.batch = nil, nil
	}
	if t.open == nil {
		return nil
	}
	err := t.open.Close()
	t.open = nil
	return err
}

// value is a value of the present row; absent where it is NULL or the file has no such column.
func (t *tableReader) value(column string) tables.Value {
	i, ok := t.index[column]
	if !ok || t.batch.Column(i).IsNull(t.row) {
		return tables.Value{}
	}
	v := tables.Value{Valid: true}
	switch c := t.batch.Column(i).(type) {
	case *array.Int32:
		v.Int = int64(c.Value(t.row))
	case *array.Int64:
		v.Int = c.Value(t.row)
	case *array.Decimal128:
		v.Int = int64(c.Value(t.row).LowBits())
		exact := decimal.New(v.Int, -schemas.ShareScale)
		v.Exact = &exact
	case *array.Float64:
		v.Float = c.Value(t.row)
	case *array.Boolean:
		v.Bool = c.Value(t.row)
	case *array.Date32:
		v.Int = int64(c.Value(t.row))
	case *array.Timestamp:
		v.Int = int64(c.Value(t.row))
	case *array.String:
		v.Text = strings.Clone(c.Value(t.row)) // the batch's memory is used anew
	}
	return v
}

func (t *tableReader) text(column string) string { return t.value(column).Text }

func (t *tableReader) int(column string) int { return int(t.value(column).Int) }

func (t *tableReader) number(column string) *int64 {
	if v := t.value(column); v.Valid {
		return &v.Int
	}
	return nil
}

// offset is a byte offset, -1 where it is absent.
func (t *tableReader) offset(column string) int {
	if v := t.value(column); v.Valid {
		return int(v.Int)
	}
	return -1
}

func (t *tableReader) share(column string) *decimal.Decimal { return t.value(column).Exact }

func (t *tableReader) float(column string) *float64 {
	if v := t.value(column); v.Valid {
		return &v.Float
	}
	return nil
}

func (t *tableReader) boolean(column string) *bool {
	if v := t.value(column); v.Valid {
		return &v.Bool
	}
	return nil
}

func (t *tableReader) day(column string) schemas.Date {
	v := t.value(column)
	if !v.Valid {
		return schemas.Date{}
	}
	d := time.Unix(v.Int*int64((24*time.Hour).Seconds()), 0).UTC()
	return schemas.Date{Year: d.Year(), Month: int(d.Month()), Day: d.Day()}
}

func (t *tableReader) instant(column string) time.Time {
	if v := t.value(column); v.Valid {
		return time.UnixMicro(v.Int).UTC()
	}
	return time.Time{}
}

type childTable struct {
	table string
	add   func(*schemas.Election, *tableReader)
}

// childTables are the tables of rows that belong to an election, each with what adds its present row.
var childTables = []childTable{
	{"results", addContender},
	{"offices", addOffice},
	{"claims", addClaim},
	{"findings", addFinding},
	{"fields", addField},
	{"measures", addMeasure},
}

// Elections reads every election of the version with all that it owns, in the order in which they were
// written: one at a time, whatever their number. An error is the last.
func (p *Published) Elections(ctx context.Context) iter.Seq2[*schemas.Election, error] {
	return func(yield func(*schemas.Election, error) bool) {
		if err := p.elections(ctx, childTables, func(e *schemas.Election) bool { return yield(e, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

// ElectionName is what an election is called.
type ElectionName struct{ ID, Page, Name string }

// ElectionNames reads what every election of the version is called.
func (p *Published) ElectionNames(ctx context.Context) iter.Seq2[ElectionName, error] {
	return func(yield func(ElectionName, error) bool) {
		t := p.openTable(ctx, "elections", "election_id", "page_title", "election_name")
		defer t.close()
		for {
			more, err := t.next()
			if err != nil {
				yield(ElectionName{}, err)
			}
			if err != nil || !more || !yield(ElectionName{t.text("election_id"), t.text("page_title"), t.text("election_name")}, nil) {
				return
			}
		}
	}
}

// Results reads one election with its contenders, and nothing else of what it owns.
func (p *Published) Results(ctx context.Context, id string) (found *schemas.Election, err error) {
	err = p.EachElection(ctx, []string{"results"}, func(e *schemas.Election) bool {
		if e.ID == id {
			found = e
		}
		return found == nil
	})
	if err == nil && found == nil {
		err = fmt.Errorf("%s: there is no election %s", p.folder, id)
	}
	return found, err
}

// EachElection visits the elections as Elections yields them, with the rows of the named tables alone, until
// visit returns false.
func (p *Published) EachElection(ctx context.Context, owned []string, visit func(*schemas.Election) bool) error {
	var selected []childTable
	for _, o := range childTables {
		if slices.Contains(owned, o.table) {
			selected = append(selected, o)
		}
	}
	return p.elections(ctx, selected, visit)
}

// EachRow visits the rows of a table in the order in which they were written.
func (p *Published) EachRow(ctx context.Context, table string, visit func(row Row)) (err error) {
	t := p.openTable(ctx, table)
	defer func() { err = errors.Join(err, t.close()) }()
	for {
		more, err := t.next()
		if err != nil || !more {
			return err
		}
		visit(Row{t})
	}
}

// Row is one row of a table. It is valid until visit returns.
type Row struct{ t *tableReader }

// Value returns the value of a column; it is absent where the row has NULL or the version no such column.
func (r Row) Value(column string) tables.Value { return r.t.value(column) }

// Text returns the value of a column of texts, "" where it is absent.
func (r Row) Text(column string) string { return r.t.text(column) }

// Int returns the value of a column of whole numbers, 0 where it is absent.
func (r Row) Int(column string) int64 { return r.t.value(column).Int }

// Folder is the version's own folder.
func (p *Published) Folder() string { return p.folder }

// elections merges the tables: the rows of each stand in the order of the elections.
func (p *Published) elections(ctx context.Context, owned []childTable, yield func(*schemas.Election) bool) (err error) {
	elections := p.openTable(ctx, "elections")
	defer func() { err = errors.Join(err, elections.close()) }()
	readers := make([]*tableReader, len(owned))
	waiting := make([]bool, len(owned)) // at a row that is not yet an election's
	for i, o := range owned {
		readers[i] = p.openTable(ctx, o.table)
		defer func() { err = errors.Join(err, readers[i].close()) }()
		if waiting[i], err = readers[i].next(); err != nil {
			return err
		}
	}
	for {
		more, err := elections.next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		e := readElection(elections)
		for i, o := range owned {
			for waiting[i] && readers[i].text("election_id") == e.ID {
				o.add(e, readers[i])
				if waiting[i], err = readers[i].next(); err != nil {
					return err
				}
			}
		}
		if !yield(e) {
			return nil
		}
	}
	for i, o := range owned {
		if waiting[i] {
			return fmt.Errorf("%s: the table %s has rows of %s out of the order of the elections: the files are not as they were published; run again",
				p.folder, o.table, readers[i].text("election_id"))
		}
	}
	return nil
}

func readElection(t *tableReader) *schemas.Election {
	e := &schemas.Election{
		ID: t.text("election_id"),
		Document: &schemas.Document{
			URI: t.text("source_uri"), SHA256: t.text("source_sha256"), Wiki: t.text("wiki"), Lang: t.text("lang"),
			PageID: t.number("page_id"), PageURL: t.text("page_url"), RevisionID: t.number("revision_id"),
			RevisionTimestamp: t.instant("revision_timestamp"), WikidataQID: t.text("wikidata_qid"), Title: t.text("page_title"),
		},
		Box: t.int("box"), Parent: t.int("parent_box"), Template: t.text("template"), Name: t.text("election_name"),
		Country: t.text("country"), Type: t.text("election_type"), Status: t.text("status"),
		Date: t.day("election_date"), DateEnd: t.day("election_date_end"), DateRaw: t.text("election_date_raw"),
		SeatsTotal: t.number("seats_total"), SeatsContested: t.number("seats_contested"), SeatsRaw: t.text("seats_raw"),
		Chamber: t.text("chamber"), MajoritySeats: t.number("majority_seats"),
		RegisteredVoters: t.number("registered_voters"), VotesCast: t.number("votes_cast"),
		TurnoutPct: t.share("turnout_pct"), TurnoutChangePP: t.share("turnout_change_pp"),
		PreviousElection: t.text("previous_election"), PreviousPage: t.text("previous_page"),
		NextElection: t.text("next_election"), NextPage: t.text("next_page"),
	}
	if e.Date.Year == 0 { // a partial date has its year alone
		e.Date.Year = t.int("election_year")
	}
	return e
}

func addContender(e *schemas.Election, t *tableReader) {
	e.Contenders = append(e.Contenders, schemas.Contender{
		Position: t.int("position"), Kind: t.text("kind"), Name: t.text("name"), Page: t.text("page"), Party: t.text("party"),
		PartyPage: t.text("party_page"), Leader: t.text("leader"), RunningMate: t.text("running_mate"),
		Alliance: t.text("alliance"), Heading: t.text("heading"), Colour: t.text("colour"), Votes: t.number("votes"),
		VotePct: t.share("vote_pct"), SwingPP: t.share("swing_pp"), ElectoralVotes: t.number("electoral_votes"),
		Seats: t.number("seats"), PreviousSeats: t.number("previous_seats"), SeatsBefore: t.number("seats_before"),
		SeatChange: t.number("seat_change"),
		SeatChangeStated: t.number("seat_change_stated"), IsNew: t.boolean("is_new"), IsIndependent: t.value("is_independent").Bool,
	})
}

func addOffice(e *schemas.Election, t *tableReader) {
	e.Offices = append(e.Offices, schemas.Office{
		Ordinal: t.int("ordinal"), Title: t.text("office"), BeforeName: t.text("before_name"), BeforeParty: t.text("before_party"),
		AfterName: t.text("after_name"), AfterParty: t.text("after_party"),
	})
}

func addClaim(e *schemas.Election, t *tableReader) {
	e.Claims = append(e.Claims, schemas.Claim{
		Ordinal: t.int("ordinal"), Subject: t.text("subject"), Value: t.text("value"), Excerpt: t.text("excerpt"),
		Line: t.int("line"), Offset: t.offset("byte_offset"),
	})
}

func addFinding(e *schemas.Election, t *tableReader) {
	e.Findings = append(e.Findings, schemas.Finding{
		Ordinal: t.int("ordinal"), CheckID: t.text("check_id"), Status: schemas.Status(t.text("status")), Subject: t.text("subject"),
		Expected: t.text("expected"), Observed: t.text("observed"), Message: t.text("message"), Field: t.int("field_ordinal"),
		Line: t.int("line"), Offset: t.offset("byte_offset"),
	})
}

func addField(e *schemas.Election, t *tableReader) {
	if notes := t.text("footnotes"); notes != "" {
		if e.Footnotes == nil {
			e.Footnotes = map[int]string{}
		}
		e.Footnotes[len(e.Fields)] = notes
	}
	targets := strings.Fields(t.text("targets"))
	if target := t.text("target"); len(targets) == 0 && target != "" { // a version of before schema 1.2
		targets = []string{target}
	}
	e.Fields = append(e.Fields, schemas.BoxField{
		Ordinal: t.int("ordinal"), Targets: targets,
		Field: &schemas.Field{
			Key: t.text("key"), Name: t.text("name"), Position: t.int("position"), Raw: t.text("raw"), Text: t.text("text"),
			Line: t.int("line"), Offset: t.offset("byte_offset"), Path: t.text("path"),
		},
	})
}

func addMeasure(e *schemas.Election, t *tableReader) {
	e.Measures = append(e.Measures, schemas.Measure{
		Name: t.text("measure"), Value: t.value("value").Float, Low: t.float("low"), High: t.float("high"), Treatment: t.text("treatment"),
	})
}
