package load

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/parquet/file"

	"hemicycle/load/disk"
	"hemicycle/schemas/tables"
)

// parquetMagic ends a Parquet file, behind the length of its footer.
const parquetMagic = "PAR1"

// fieldID returns the id of a field as the footer has it.
func fieldID(id int) *int32 {
	short := int32(id)
	return &short
}

// mendFooter corrects what the library writes wrongly into the footer of a finished file: it says of every column
// that it has 0 distinct values, which nobody counted, and gives the compressed size of a row group as its
// total_byte_size, which is the uncompressed size. Engines that believe the first answer COUNT(DISTINCT) with 0.
//
// It also gives lists and their elements the ids of their fields, which the library writes of no list.
//
// Sources: https://github.com/apache/arrow-go/issues/806; the field total_byte_size in
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
func mendFooter(f *disk.File, t *tables.Table) error {
	r, err := file.NewParquetReader(f)
	if err != nil {
		return fmt.Errorf("reading the footer back: %w", err)
	}
	m := r.MetaData()
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	start := end - int64(m.Size()) - 8 // the length of the footer, and the magic
	for _, group := range m.RowGroups {
		group.TotalByteSize = 0
		for _, column := range group.Columns {
			group.TotalByteSize += column.MetaData.TotalUncompressedSize
			if s := column.MetaData.Statistics; s != nil {
				s.DistinctCount = nil
			}
		}
	}
	// The schema is a tree as a list: the root, and for each column its node, behind which a list has two more.
	for i, node := 0, 1; i < len(t.Columns); i, node = i+1, node+1 {
		c, nodes := &t.Columns[i], m.FileMetaData.Schema
		nodes[node].FieldID = fieldID(c.ID)
		if c.Type.IsList() {
			node += 2
			nodes[node].FieldID = fieldID(c.ElementID)
		}
	}
	if err := f.Truncate(start); err != nil {
		return err
	}
	if _, err := f.Seek(start, io.SeekStart); err != nil {
		return err
	}
	n, err := m.WriteTo(f, nil)
	if err != nil {
		return err
	}
	_, err = f.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(n)), parquetMagic...))
	return err
}
