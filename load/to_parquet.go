package load

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"hemicycle/load/disk"
	"hemicycle/load/partition"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// Rows are encoded a batch at a time. A row group in memory consists of compressed pages, so that it takes a small part
// of the bytes of its values. docs/performance.md has the measurements behind these figures.
const (
	maxBatchRows  = 4096
	maxBatchBytes = 1 << 20
	maxGroupRows  = 1 << 20
	maxGroupBytes = 64 << 20
	// maxOpenBytes is the number of bytes in the open row groups of all tables above which each table that has its
	// share of them ends its row group. So they are never more than twice as many.
	maxOpenBytes = 128 << 20
)

// compressionLevel is that of zstd. Level 3 saves 2% of the bytes and takes a third more time.
const compressionLevel = 1

// parquetSink writes each table into parquet/<table>/part-00001.parquet and following. A table without a row in a part
// has no file in it, unless it would have no file at all. If its output is laid out by wiki, tables whose rows belong
// to pages are written into parquet/<table>/wiki=<wiki>/part-00001.parquet and following.
type parquetSink struct {
	disk   disk.Disk
	folder string
	part   int
	tables []*parquetTable
	open   int              // bytes in the open row groups of all tables
	files  [][]version.File // by table
	byWiki *wikiPartitions  // nil if the output is not laid out by wiki
	closed bool
}

// parquetTable is the part of a table that is being written.
type parquetTable struct {
	table      *tables.Table
	index      int    // of the table, among all
	partition  string // the folder of the wiki; "" if the table is not laid out by wiki
	schema     *arrow.Schema
	builder    *array.RecordBuilder // the open batch
	batchBytes int                  // of its values, an estimate
	file       *disk.File
	out        *parquetOutput
	writer     *pqarrow.FileWriter
	rows       int64 // of the part
	groupRows  int   // of the open row group, without the open batch
	groupBytes int
}

// newParquetSink opens no file yet: a table has one when it has a row.
func newParquetSink(d disk.Disk, folder string, finished version.FinishedParts, byWiki bool) (Sink, error) {
	all := tables.All()
	s := &parquetSink{disk: d, folder: folder, part: finished.Parts + 1, files: make([][]version.File, len(all))}
	for i, table := range all {
		for _, f := range finished.Files {
			if f.Table == table.Name && strings.HasPrefix(f.Path, parquetFolder(f.Table)+"/") {
				s.files[i] = append(s.files[i], f)
			}
		}
		t := &parquetTable{table: table, index: i, schema: arrowSchema(table)}
		if !byWiki || !table.ByWiki {
			t.builder = array.NewRecordBuilder(memory.DefaultAllocator, t.schema)
		}
		s.tables = append(s.tables, t)
	}
	if byWiki {
		s.byWiki = newWikiPartitions(s.files)
	}
	return s, nil
}

// parquetFolder returns the folder with the files of a table, with slashes.
func parquetFolder(table string) string { return "parquet/" + table }

// columnType returns the type of Arrow for a column.
func columnType(c *tables.Column) arrow.DataType {
	var element arrow.DataType
	switch c.Type {
	case tables.Integers:
		element = arrow.PrimitiveTypes.Int32
	case tables.Strings:
		element = arrow.BinaryTypes.String
	default:
		return arrowType(c.Type)
	}
	id := arrow.NewMetadata([]string{tables.FieldIDKey}, []string{strconv.Itoa(c.ElementID)})
	return arrow.ListOfField(arrow.Field{Name: "item", Type: element, Nullable: true, Metadata: id})
}

// arrowType returns the type of Arrow for a type of the tables that is no list.
func arrowType(t tables.Type) arrow.DataType {
	switch t {
	case tables.Integer:
		return arrow.PrimitiveTypes.Int32
	case tables.Bigint:
		return arrow.PrimitiveTypes.Int64
	case tables.Share:
		return &arrow.Decimal128Type{Precision: 7, Scale: schemas.ShareScale}
	case tables.Double:
		return arrow.PrimitiveTypes.Float64
	case tables.Boolean:
		return arrow.FixedWidthTypes.Boolean
	case tables.Day:
		return arrow.FixedWidthTypes.Date32
	case tables.Timestamp:
		return &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}
	default:
		return arrow.BinaryTypes.String
	}
}

// arrowSchema returns the schema of a table. The meaning of a column is in it twice: at the column, and as a plain key
// of the file (hemicycle.column.<name>) for readers that do not show the first.
func arrowSchema(t *tables.Table) *arrow.Schema {
	fields := make([]arrow.Field, len(t.Columns))
	keys := []string{"hemicycle.table", "hemicycle.schema_version", "hemicycle.source", "hemicycle.licence"}
	values := []string{t.Comment(), schemas.Version, schemas.Source, schemas.Licence}
	for i, c := range t.Columns {
		fields[i] = arrow.Field{
			Name: c.Name, Type: columnType(&c), Nullable: c.Null,
			Metadata: arrow.NewMetadata(
				[]string{"comment", tables.FieldIDKey}, []string{c.Meaning, strconv.Itoa(c.ID)}),
		}
		keys = append(keys, "hemicycle.column."+c.Name)
		values = append(values, c.Meaning)
	}
	// These keys say to Spark and to Hive that days count in the proleptic Gregorian calendar, as the format asks.
	// Without its key, Spark 3 refuses a file with a day before 1582-10-15, and Hive takes it for a day of the Julian
	// calendar. Spark knows the calendar only by the version of Spark that wrote the file: from 3.0.0 on, it is this
	// one. Sources: DataSourceUtils.getRebaseSpec in the code of apache/spark, WRITER_DATE_PROLEPTIC in that of
	// apache/hive.
	keys = append(keys, "org.apache.spark.version", "writer.date.proleptic")
	values = append(values, "3.0.0", "true")
	meta := arrow.NewMetadata(keys, values)
	return arrow.NewSchema(fields, &meta)
}

// Write implements Sink.
func (s *parquetSink) Write(r schemas.Record) error {
	for _, t := range s.tables {
		rows := t.table.Rows(r)
		if rows == 0 {
			continue
		}
		if s.byWiki != nil && t.table.ByWiki {
			var err error
			if t, err = s.partitionTable(t, partition.Folder(r.Wiki())); err != nil {
				return fmt.Errorf("finishing files of another wiki: %w", err)
			}
		}
		for row := range rows {
			if err := t.add(s, func(c *tables.Column, _ int) tables.Value { return c.Get(r, row) }); err != nil {
				return fmt.Errorf("writing a row of %s: %w", t.table.Name, err)
			}
		}
	}
	return nil
}

// WriteRow implements RowSink.
func (s *parquetSink) WriteRow(table string, values []tables.Value) error {
	for _, t := range s.tables {
		if t.table.Name != table {
			continue
		}
		if err := t.add(s, func(_ *tables.Column, i int) tables.Value { return values[i] }); err != nil {
			return fmt.Errorf("writing a row of %s: %w", table, err)
		}
	}
	return nil
}

// add adds a row to the open batch. The function returns the value of a column, whose index it gets too.
func (t *parquetTable) add(s *parquetSink, get func(c *tables.Column, i int) tables.Value) error {
	before := t.batchBytes
	for i := range t.table.Columns {
		c := &t.table.Columns[i]
		v := get(c, i)
		if !v.Valid && !c.Null {
			return fmt.Errorf("column %s has no value, and may not be NULL", c.Name)
		}
		if c.Type == tables.Integer && v.Int != int64(int32(v.Int)) {
			return fmt.Errorf("column %s holds 32 bits, which are too few for %d", c.Name, v.Int)
		}
		appendValue(t.builder.Field(i), c.Type, v)
		t.batchBytes += 8 + len(v.Text) + 4*len(v.Ints)
		for _, text := range v.Texts {
			t.batchBytes += len(text)
		}
	}
	if t.partition != "" {
		s.byWiki.batchBytes += t.batchBytes - before
	}
	t.rows++
	if t.builder.Field(0).Len() >= maxBatchRows || t.batchBytes >= maxBatchBytes {
		return t.encode(s)
	}
	return nil
}

// appendValue appends a value to a column.
func appendValue(to array.Builder, kind tables.Type, v tables.Value) {
	if !v.Valid {
		to.AppendNull()
		return
	}
	switch kind {
	case tables.Integer:
		to.(*array.Int32Builder).Append(int32(v.Int))
	case tables.Bigint:
		to.(*array.Int64Builder).Append(v.Int)
	case tables.Share:
		to.(*array.Decimal128Builder).Append(decimal128.FromI64(v.Int))
	case tables.Double:
		to.(*array.Float64Builder).Append(v.Float)
	case tables.Boolean:
		to.(*array.BooleanBuilder).Append(v.Bool)
	case tables.Day:
		to.(*array.Date32Builder).Append(arrow.Date32(v.Int))
	case tables.Timestamp:
		to.(*array.TimestampBuilder).Append(arrow.Timestamp(v.Int))
	case tables.Integers:
		list := to.(*array.ListBuilder)
		list.Append(true)
		list.ValueBuilder().(*array.Int32Builder).AppendValues(v.Ints, nil)
	case tables.Strings:
		list := to.(*array.ListBuilder)
		list.Append(true)
		for _, text := range v.Texts {
			list.ValueBuilder().(*array.StringBuilder).Append(tables.ValidText(text))
		}
	default:
		to.(*array.StringBuilder).Append(tables.ValidText(v.Text))
	}
}

// encode adds the open batch to the open row group, or to a new one if that is full. It opens the file if it is not
// open.
func (t *parquetTable) encode(s *parquetSink) error {
	if err := t.open(s); err != nil {
		return err
	}
	sizes := t.textSizes()
	batch := t.builder.NewRecord()
	defer batch.Release()
	rows, bytes := int(batch.NumRows()), t.batchBytes
	if rows >= maxBatchRows || bytes >= maxBatchBytes {
		t.reserve(rows, sizes)
	}
	if t.partition != "" {
		s.byWiki.batchBytes -= t.batchBytes
	}
	t.batchBytes = 0
	if rows == 0 {
		return nil
	}
	isFull := t.groupRows+rows > maxGroupRows || t.groupBytes+bytes > maxGroupBytes
	isTooMuch := s.open+bytes > maxOpenBytes && t.groupBytes > maxOpenBytes/len(s.tables)
	if t.groupRows > 0 && (isFull || isTooMuch) {
		t.writer.NewBufferedRowGroup() // it writes the open one
		t.forgetGroup(s)
	}
	t.groupRows += rows
	t.groupBytes += bytes
	s.open += bytes
	return errors.Join(t.writer.WriteBuffered(batch), t.out.err)
}

// textSizes returns how many bytes the texts of each column of the open batch have.
func (t *parquetTable) textSizes() []int {
	sizes := make([]int, len(t.builder.Fields()))
	for i, column := range t.builder.Fields() {
		if texts, ok := column.(*array.StringBuilder); ok {
			sizes[i] = texts.DataLen()
		}
	}
	return sizes
}

// reserve makes room for a batch as large as the last one, which was full, so that its columns need not grow.
func (t *parquetTable) reserve(rows int, textSizes []int) {
	for i, column := range t.builder.Fields() {
		column.Reserve(rows)
		if texts, ok := column.(*array.StringBuilder); ok {
			texts.ReserveData(textSizes[i])
		}
	}
}

// forgetGroup counts the row group as written.
func (t *parquetTable) forgetGroup(s *parquetSink) {
	s.open -= t.groupBytes
	t.groupRows, t.groupBytes = 0, 0
}

// open opens the file of the part unless it is open.
func (t *parquetTable) open(s *parquetSink) error {
	if t.file != nil {
		return nil
	}
	folder := filepath.Join(s.folder, filepath.FromSlash(parquetFolder(t.table.Name)), t.partition)
	err := s.disk.MakeFolders(folder)
	if err != nil {
		return err
	}
	number := s.part
	if t.partition != "" {
		number = s.byWiki.nextNumber(t)
	}
	t.file, err = s.disk.Create(filepath.Join(folder, fmt.Sprintf("part-%05d.parquet", number)))
	if err != nil {
		return err
	}
	properties := []parquet.WriterProperty{
		parquet.WithCompression(compress.Codecs.Zstd), parquet.WithCompressionLevel(compressionLevel),
		parquet.WithDictionaryDefault(true), parquet.WithStats(true),
		parquet.WithMaxRowGroupLength(maxGroupRows), parquet.WithVersion(parquet.V2_LATEST),
		// The library would declare the root of the schema as repeated. Readers that rely on it expect repetition
		// levels, which there are not.
		parquet.WithRootRepetition(parquet.Repetitions.Required),
	}
	for _, column := range plainColumns[t.table.Name] {
		properties = append(properties, parquet.WithDictionaryFor(column, false))
	}
	t.out = &parquetOutput{file: t.file}
	withSchema := pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema())
	t.writer, err = pqarrow.NewFileWriter(t.schema, t.out, parquet.NewWriterProperties(properties...), withSchema)
	return errors.Join(err, t.out.err)
}

// parquetOutput passes what the writer of the library writes to a file. It does not let the writer close the file,
// which has to be synced first. And it keeps the first error instead of returning it, since the writer panics if it
// gets one, such as that of a full disk.
type parquetOutput struct {
	file *disk.File
	err  error
}

// Write writes to the file unless an earlier write failed. It never returns an error.
func (o *parquetOutput) Write(p []byte) (int, error) {
	if o.err == nil {
		_, o.err = o.file.Write(p)
	}
	return len(p), nil
}

// FinishPart implements Sink.
func (s *parquetSink) FinishPart() ([]version.File, error) {
	part, err := s.finishPartitions()
	if err != nil {
		return nil, fmt.Errorf("finishing a part of a wiki: %w", err)
	}
	for i, t := range s.tables {
		if t.rows > 0 {
			if err := s.finish(t); err != nil {
				return nil, fmt.Errorf("finishing a part of %s: %w", t.table.Name, err)
			}
			part = append(part, s.files[i][len(s.files[i])-1])
		}
	}
	s.part++
	return part, nil
}

// finish finishes the file of a table.
func (s *parquetSink) finish(t *parquetTable) error {
	if err := t.encode(s); err != nil {
		return err
	}
	t.forgetGroup(s)
	if err := errors.Join(t.writer.Close(), t.out.err); err != nil {
		return err
	}
	file := t.file
	t.file = nil // Close must not close it again, even if closing fails here
	if err := mendFooter(file, t.table); err != nil {
		return errors.Join(err, file.Close())
	}
	f, err := version.FinishFile(file, s.folder)
	if err != nil {
		return err
	}
	f.Table, f.Rows = t.table.Name, t.rows
	s.files[t.index] = append(s.files[t.index], f)
	t.out, t.writer, t.rows = nil, nil, 0
	return nil
}

// finishTables ends the files of all tables but one, of which rows may still be written, and returns them. Every table
// has a file then, be it empty.
func (s *parquetSink) finishTables(but string) (all []version.File, err error) {
	if err := s.commitPartitions(); err != nil {
		return nil, fmt.Errorf("finishing the files of a wiki: %w", err)
	}
	for i, t := range s.tables {
		if t.table.Name == but {
			continue
		}
		if isWhole := t.builder != nil; isWhole && (t.rows > 0 || len(s.files[i]) == 0) {
			if err := s.finish(t); err != nil {
				return nil, fmt.Errorf("finishing %s: %w", t.table.Name, err)
			}
		}
		all = append(all, s.files[i]...)
	}
	return all, nil
}

// Commit implements Sink.
func (s *parquetSink) Commit() ([]version.File, error) {
	if err := s.commitPartitions(); err != nil {
		return nil, fmt.Errorf("finishing the files of a wiki: %w", err)
	}
	var all []version.File
	for i, t := range s.tables {
		isWhole := t.builder != nil
		if isWhole && (t.rows > 0 || len(s.files[i]) == 0) {
			if err := s.finish(t); err != nil {
				return nil, fmt.Errorf("finishing %s: %w", t.table.Name, err)
			}
		}
		all = append(all, s.files[i]...)
		if isWhole {
			t.builder.Release()
		}
	}
	s.closed = true
	return all, nil
}

// Close implements Sink.
func (s *parquetSink) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	var all []error
	for _, t := range slices.Concat(s.tables, s.openPartitions()) {
		if t.file != nil {
			all = append(all, t.file.Close(), s.disk.Remove(t.file.Name()))
		}
	}
	return errors.Join(all...)
}
