package version

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"hemicycle/load/disk"
	"hemicycle/schemas/tables"
)

// Damage is the error of a file of a version that is not as it was published, or that cannot be read.
type Damage struct {
	Path string
	// Found says in words what is wrong with the file.
	Found string
	// Cause is the error that showed it; nil if there is none. The words of a library say nothing to a user, so the
	// message leaves them out.
	Cause error
}

// Error names the file, what is wrong with it and what to do.
func (d *Damage) Error() string {
	return fmt.Sprintf("%s is damaged: %s; run again, or restore the version from a copy", d.Path, d.Found)
}

// Unwrap returns the error that showed the damage.
func (d *Damage) Unwrap() error { return d.Cause }

// unreadable returns the error of a file that the system does not read. That this user may not read it is no damage.
func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%s cannot be read: %w; expected a file that this user may read", path, withoutPath(err))
	}
	return &Damage{Path: path, Found: "it cannot be read: " + withoutPath(err).Error(), Cause: err}
}

// readRows is how many rows of a table are read from its file at a time.
const readRows = 4096

// tablePart is a Parquet file of a table, as the manifest describes it.
type tablePart struct {
	path string
	File
}

// partReader reads the rows of a part, a batch at a time. It trusts nothing: the file is read to its end and compared
// with its description before the library sees it, and a panic of the library is an error.
type partReader struct {
	part    tablePart
	open    *os.File
	columns []*pqarrow.ColumnReader
	index   map[string]int // of the columns, by name
	batch   []arrow.Array  // the values of the columns in the current rows
	rows    int            // of the batch
	read    int64          // rows of all batches so far
}

// openPart opens a part of a table for reading some columns. The columns that are missing are an error unless
// mayLack is true, as it is for a version of an older schema. Their values are then absent.
func openPart(ctx context.Context, p tablePart, columns []*tables.Column, mayLack bool) (r *partReader, err error) {
	r = &partReader{part: p, index: map[string]int{}}
	if r.open, err = disk.OpenRegular(p.path); err != nil {
		return nil, unreadable(p.path, err)
	}
	err = r.verify()
	if err == nil {
		err = r.guard(func() error { return r.openColumns(ctx, columns, mayLack) })
	}
	if err != nil {
		return nil, errors.Join(err, r.open.Close())
	}
	return r, nil
}

// damage returns the error of the part's file.
func (r *partReader) damage(found string, cause error) error {
	return &Damage{Path: r.part.path, Found: found, Cause: cause}
}

// verify compares the file with its description in the manifest.
func (r *partReader) verify() error {
	found, err := describe(r.open)
	switch {
	case err != nil:
		return unreadable(r.part.path, err)
	case found.Bytes != r.part.Bytes:
		return r.damage(fmt.Sprintf("it has %d bytes, and %s says %d", found.Bytes, manifestName, r.part.Bytes), nil)
	case found.SHA256 != r.part.SHA256:
		return r.damage("it has another SHA-256 than "+manifestName+" says", nil)
	}
	return nil
}

// guard calls a function that calls the Parquet library, and turns what the library says about a damaged file into an
// error in words. The library panics on many damaged files, see https://github.com/apache/arrow-go/issues/949.
func (r *partReader) guard(call func() error) (err error) {
	const notParquet = "it cannot be read as Parquet"
	defer func() {
		if panicked := recover(); panicked != nil {
			err = r.damage(notParquet, fmt.Errorf("the Parquet library panicked: %v", panicked))
		}
	}()
	err = call()
	var damage *Damage
	if err == nil || errors.As(err, &damage) {
		return err
	}
	return r.damage(notParquet, err)
}

// openColumns opens the columns. It does so one by one, since the library opens several in goroutines of its own, in
// which nobody could recover from a panic.
func (r *partReader) openColumns(ctx context.Context, columns []*tables.Column, mayLack bool) error {
	parquetFile, err := file.NewParquetReader(r.open)
	if err != nil {
		return err
	}
	if rows := parquetFile.NumRows(); rows != r.part.Rows {
		return r.damage(fmt.Sprintf("it has %d rows, and %s says %d", rows, manifestName, r.part.Rows), nil)
	}
	// The Arrow schema that the writer leaves in the footer says nothing that the columns do not say, and the library
	// believes every length in it: a damaged one would ask for more memory than there is, which ends the program.
	parquetFile.MetaData().FileMetaData.KeyValueMetadata = nil
	properties := pqarrow.ArrowReadProperties{BatchSize: readRows}
	reader, err := pqarrow.NewFileReader(parquetFile, properties, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	groups := make([]int, parquetFile.NumRowGroups())
	for i := range groups {
		groups[i] = i
	}
	for _, c := range columns {
		i := parquetFile.MetaData().Schema.ColumnIndexByName(pathInFile(c))
		if i < 0 {
			if mayLack {
				continue
			}
			return r.damage("it lacks the column "+c.Name, nil)
		}
		column, err := reader.GetFieldReader(ctx, i, map[int]bool{i: true}, groups)
		if err != nil {
			return err
		}
		if found := column.Field().Type.ID(); found != arrowTypes[c.Type] {
			return r.damage(fmt.Sprintf("its column %s holds %s, expected %s", c.Name, found, arrowTypes[c.Type]), nil)
		}
		r.index[c.Name] = len(r.columns)
		r.columns = append(r.columns, column)
	}
	return nil
}

// pathInFile returns the path that a column has in a file. A column has one leaf, that of a list being its elements, so
// the index of the leaf is also that of the column.
func pathInFile(c *tables.Column) string {
	if c.Type.IsList() {
		return c.Name + ".list.element"
	}
	return c.Name
}

// arrowTypes are the types that the columns have in a file.
var arrowTypes = [...]arrow.Type{
	tables.String: arrow.STRING, tables.Integer: arrow.INT32, tables.Bigint: arrow.INT64,
	tables.Share: arrow.DECIMAL128, tables.Double: arrow.FLOAT64, tables.Boolean: arrow.BOOL,
	tables.Day: arrow.DATE32, tables.Timestamp: arrow.TIMESTAMP, tables.Integers: arrow.LIST,
	tables.Strings: arrow.LIST,
}

// next reads the next rows. It returns io.EOF at the end of the file.
func (r *partReader) next() error {
	if r.read == r.part.Rows {
		return io.EOF
	}
	return r.guard(r.readBatch)
}

// readBatch reads the next rows of every column.
func (r *partReader) readBatch() error {
	want := int(min(readRows, r.part.Rows-r.read))
	r.batch = r.batch[:0]
	for _, column := range r.columns {
		chunked, err := column.NextBatch(int64(want))
		if err != nil {
			return err
		}
		values, err := joinChunks(chunked)
		if err != nil {
			return err
		}
		if values.Len() != want {
			return r.damage(fmt.Sprintf("its column %s ends before row %d", column.Field().Name,
				r.read+int64(want)), nil)
		}
		r.batch = append(r.batch, values)
	}
	r.rows = want
	r.read += int64(want)
	return nil
}

// joinChunks returns the values of a batch as one array, which they almost always are.
func joinChunks(chunked *arrow.Chunked) (arrow.Array, error) {
	if chunks := chunked.Chunks(); len(chunks) == 1 {
		return chunks[0], nil
	}
	return array.Concatenate(chunked.Chunks(), memory.DefaultAllocator)
}

// close closes the file.
func (r *partReader) close() error {
	r.columns, r.batch = nil, nil // with the memory of the library, which the garbage collector frees
	return r.open.Close()
}
