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

// Published is a published version that is open for reading. The link current is resolved once, when the version is
// opened, so that everything read is of one run whatever is published meanwhile.
type Published struct {
	Manifest *Manifest
	output   string // the output folder that the version is in; "" if the version was opened by its own folder
	folder   string // of the version
}

// readRows is how many rows of a table are read from its file at a time.
const readRows = 4096

// Open opens the current version of an output folder, or the version that a folder holds. It only reads.
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
		return nil, fmt.Errorf("%s: nothing was published here: expected an output folder with a current version; "+
			"`hemicycle run --output %s` makes one", dir, dir)
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
	if major, _, _ := strings.Cut(schemas.Version, "."); !strings.HasPrefix(p.Manifest.SchemaVersion, major+".") {
		return nil, fmt.Errorf("%s: the tables have schema version %s, and this program reads %s.x: publish them anew",
			path, p.Manifest.SchemaVersion, major)
	}
	return p, nil
}

// Previous opens the newest version that is older than this one. It returns nil if there is none.
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
		if err != nil { // it is being removed, or has tables of another schema: there is nothing to compare with
			continue
		}
		isOlder := v.Manifest.StartedAt.Before(p.Manifest.StartedAt)
		if isOlder && (last == nil || last.Manifest.StartedAt.Before(v.Manifest.StartedAt)) {
			last = v
		}
	}
	return last, nil
}

// parts returns the paths of the Parquet files of a table, in the order in which they were written.
func (p *Published) parts(table string) (paths []string) {
	for _, f := range p.Manifest.Files {
		if f.Table == table && strings.HasSuffix(f.Path, ".parquet") {
			inVersion := strings.TrimPrefix(f.Path, versionsName+"/"+p.Manifest.Run+"/")
			paths = append(paths, filepath.Join(p.folder, filepath.FromSlash(inVersion)))
		}
	}
	return paths
}

// tableReader reads the rows of a table in the order in which they were written, a batch at a time.
type tableReader struct {
	ctx     context.Context
	table   *tables.Table
	columns []string // the names of those that are read
	parts   []string
	open    *file.Reader
	batches pqarrow.RecordReader
	batch   arrow.Record
	index   map[string]int // of the batch's columns, by name
	row     int
	done    bool
}

// openTable opens a table for reading some of its columns, or all of them if none is named.
func (p *Published) openTable(ctx context.Context, table string, columns ...string) *tableReader {
	t := &tableReader{ctx: ctx, table: tables.Find(table), columns: columns, parts: p.parts(table)}
	if len(columns) == 0 {
		for _, c := range t.table.Columns {
			t.columns = append(t.columns, c.Name)
		}
	}
	return t
}

// next goes to the next row. It returns false at the end.
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

// nextBatch reads the next rows of the open file, or opens the next file. It returns false at the end.
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

// openPart opens a file of the table.
func (t *tableReader) openPart(path string) (err error) {
	if t.open, err = file.OpenParquetFile(path, false); err != nil {
		return err
	}
	r, err := pqarrow.NewFileReader(t.open, pqarrow.ArrowReadProperties{BatchSize: readRows}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	// An older version may lack a column that was added later. Its values are absent then.
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

// close closes the open file.
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

// value returns a value of the current row. It is absent if it is NULL or the file has no such column.
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
		v.Text = strings.Clone(c.Value(t.row)) // the memory of the batch is reused
	}
	return v
}

// text returns the text of a column, "" if it is absent.
func (t *tableReader) text(column string) string { return t.value(column).Text }

// int returns the whole number of a column, 0 if it is absent.
func (t *tableReader) int(column string) int { return int(t.value(column).Int) }

// number returns the whole number of a column, nil if it is absent.
func (t *tableReader) number(column string) *int64 {
	if v := t.value(column); v.Valid {
		return &v.Int
	}
	return nil
}

// offset returns the byte offset of a column, -1 if it is absent.
func (t *tableReader) offset(column string) int {
	if v := t.value(column); v.Valid {
		return int(v.Int)
	}
	return -1
}

// share returns the decimal of a column, nil if it is absent.
func (t *tableReader) share(column string) *decimal.Decimal { return t.value(column).Exact }

// float returns the number of a column, nil if it is absent.
func (t *tableReader) float(column string) *float64 {
	if v := t.value(column); v.Valid {
		return &v.Float
	}
	return nil
}

// boolean returns the truth value of a column, nil if it is absent.
func (t *tableReader) boolean(column string) *bool {
	if v := t.value(column); v.Valid {
		return &v.Bool
	}
	return nil
}

// day returns the date of a column, the zero Date if it is absent.
func (t *tableReader) day(column string) schemas.Date {
	v := t.value(column)
	if !v.Valid {
		return schemas.Date{}
	}
	d := time.Unix(v.Int*int64((24*time.Hour).Seconds()), 0).UTC()
	return schemas.Date{Year: d.Year(), Month: int(d.Month()), Day: d.Day()}
}

// instant returns the time of a column, the zero Time if it is absent.
func (t *tableReader) instant(column string) time.Time {
	if v := t.value(column); v.Valid {
		return time.UnixMicro(v.Int).UTC()
	}
	return time.Time{}
}

// childTable is a table whose rows belong to elections. Add adds its current row to an election.
type childTable struct {
	table string
	add   func(*schemas.Election, *tableReader)
}

// childTables are the tables whose rows belong to elections, as far as a version is read back.
var childTables = []childTable{
	{"results", addContender},
	{"offices", addOffice},
	{"claims", addClaim},
	{"findings", addFinding},
	{"fields", addField},
	{"measures", addMeasure},
}

// Elections reads every election of the version with all that belongs to it, in the order in which they were written.
// It keeps only one in memory. After an error there is no further election.
func (p *Published) Elections(ctx context.Context) iter.Seq2[*schemas.Election, error] {
	return func(yield func(*schemas.Election, error) bool) {
		if err := p.elections(ctx, childTables, func(e *schemas.Election) bool { return yield(e, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

// ElectionName has the names of an election: its ID, the title of its page, and the name that its box gives.
type ElectionName struct{ ID, Page, Name string }

// ElectionNames reads the names of every election of the version, in the order in which the elections were written.
func (p *Published) ElectionNames(ctx context.Context) iter.Seq2[ElectionName, error] {
	return func(yield func(ElectionName, error) bool) {
		t := p.openTable(ctx, "elections", "election_id", "page_title", "election_name")
		defer t.close()
		for {
			more, err := t.next()
			if err != nil {
				yield(ElectionName{}, err)
			}
			if err != nil || !more {
				return
			}
			name := ElectionName{ID: t.text("election_id"), Page: t.text("page_title"), Name: t.text("election_name")}
			if !yield(name, nil) {
				return
			}
		}
	}
}

// Results reads the election with an ID and its contenders, and nothing else that belongs to it.
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

// EachElection calls visit with the elections that Elections yields until it returns false. Of what belongs to an
// election, only the rows of the named tables are read.
func (p *Published) EachElection(ctx context.Context, tableNames []string, visit func(*schemas.Election) bool) error {
	var selected []childTable
	for _, child := range childTables {
		if slices.Contains(tableNames, child.table) {
			selected = append(selected, child)
		}
	}
	return p.elections(ctx, selected, visit)
}

// EachRow calls visit with the rows of a table in the order in which they were written.
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

// Row is a row of a table. It is valid until visit returns.
type Row struct{ t *tableReader }

// Text returns the text of a column, "" if it is NULL or the version has no such column.
func (r Row) Text(column string) string { return r.t.text(column) }

// Int returns the whole number of a column, 0 if it is NULL or the version has no such column.
func (r Row) Int(column string) int64 { return r.t.value(column).Int }

// Folder returns the folder of the version.
func (p *Published) Folder() string { return p.folder }

// elections merges the tables, whose rows are in the order of the elections.
func (p *Published) elections(ctx context.Context, children []childTable,
	yield func(*schemas.Election) bool) (err error) {
	elections := p.openTable(ctx, "elections")
	defer func() { err = errors.Join(err, elections.close()) }()
	readers := make([]*tableReader, len(children))
	pending := make([]bool, len(children)) // the reader is at a row that was not yet added to an election
	for i, child := range children {
		readers[i] = p.openTable(ctx, child.table)
		defer func() { err = errors.Join(err, readers[i].close()) }()
		if pending[i], err = readers[i].next(); err != nil {
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
		for i, child := range children {
			for pending[i] && readers[i].text("election_id") == e.ID {
				child.add(e, readers[i])
				if pending[i], err = readers[i].next(); err != nil {
					return err
				}
			}
		}
		if !yield(e) {
			return nil
		}
	}
	for i, child := range children {
		if pending[i] {
			return fmt.Errorf("%s: the rows of %s in the table %s are not in the order of the elections: "+
				"the files are not as they were published; run again",
				p.folder, readers[i].text("election_id"), child.table)
		}
	}
	return nil
}

// readElection returns the election in the current row, without what other tables have of it.
func readElection(t *tableReader) *schemas.Election {
	e := &schemas.Election{
		ID: t.text("election_id"),
		Document: &schemas.Document{
			URI: t.text("source_uri"), SHA256: t.text("source_sha256"), Wiki: t.text("wiki"), Lang: t.text("lang"),
			PageID: t.number("page_id"), PageURL: t.text("page_url"), RevisionID: t.number("revision_id"),
			RevisionTimestamp: t.instant("revision_timestamp"), WikidataQID: t.text("wikidata_qid"),
			Title: t.text("page_title"),
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

// addContender adds the contender in the current row to an election.
func addContender(e *schemas.Election, t *tableReader) {
	e.Contenders = append(e.Contenders, schemas.Contender{
		Position: t.int("position"), Kind: t.text("kind"), Name: t.text("name"), Page: t.text("page"),
		Party:     t.text("party"),
		PartyPage: t.text("party_page"), Leader: t.text("leader"), RunningMate: t.text("running_mate"),
		Alliance: t.text("alliance"), Heading: t.text("heading"), Colour: t.text("colour"), Votes: t.number("votes"),
		VotePct: t.share("vote_pct"), SwingPP: t.share("swing_pp"), ElectoralVotes: t.number("electoral_votes"),
		Seats: t.number("seats"), PreviousSeats: t.number("previous_seats"), SeatsBefore: t.number("seats_before"),
		SeatChange: t.number("seat_change"),
		SeatChangeStated: t.number(
			"seat_change_stated",
		), IsNew: t.boolean("is_new"), IsIndependent: t.value("is_independent").Bool,
	})
}

// addOffice adds the office in the current row to an election.
func addOffice(e *schemas.Election, t *tableReader) {
	e.Offices = append(e.Offices, schemas.Office{
		Ordinal: t.int("ordinal"), Title: t.text("office"), BeforeName: t.text("before_name"),
		BeforeParty: t.text("before_party"),
		AfterName:   t.text("after_name"), AfterParty: t.text("after_party"),
	})
}

// addClaim adds the claim in the current row to an election.
func addClaim(e *schemas.Election, t *tableReader) {
	e.Claims = append(e.Claims, schemas.Claim{
		Ordinal: t.int("ordinal"), Subject: t.text("subject"), Value: t.text("value"), Excerpt: t.text("excerpt"),
		Line: t.int("line"), Offset: t.offset("byte_offset"),
	})
}

// addFinding adds the finding in the current row to an election.
func addFinding(e *schemas.Election, t *tableReader) {
	e.Findings = append(e.Findings, schemas.Finding{
		Ordinal: t.int("ordinal"), CheckID: t.text("check_id"), Status: schemas.Status(t.text("status")),
		Subject: t.text("subject"), Expected: t.text("expected"), Observed: t.text("observed"),
		Message: t.text("message"), Field: t.int("field_ordinal"), Line: t.int("line"), Offset: t.offset("byte_offset"),
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
			Key: t.text(
				"key",
			), Name: t.text("name"), Position: t.int("position"), Raw: t.text("raw"), Text: t.text("text"),
			Line: t.int("line"), Offset: t.offset("byte_offset"), Path: t.text("path"),
		},
	})
}

// addMeasure adds the measure in the current row to an election.
func addMeasure(e *schemas.Election, t *tableReader) {
	e.Measures = append(e.Measures, schemas.Measure{
		Name: t.text("measure"), Value: t.value("value").Float, Low: t.float("low"), High: t.float("high"),
		Treatment: t.text("treatment"),
	})
}
