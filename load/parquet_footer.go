package load

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/parquet/file"

	"hemicycle/load/disk"
)

// parquetMagic ends a Parquet file, behind the length of its footer.
const parquetMagic = "PAR1"

// mendFooter corrects what the library writes wrongly into the footer of a finished file: it says of every column
// that it has 0 distinct values, which nobody counted, and gives the compressed size of a row group as its
// total_byte_size, which is the uncompressed size. Engines that believe the first answer COUNT(DISTINCT) with 0.
//
// Sources: https://github.com/apache/arrow-go/issues/806; the field total_byte_size in
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
func mendFooter(f *disk.File) error {
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
