package load

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"hemicycle/schemas/tables"
)

// parquetTrial is a way to write Parquet files, and what it took.
type parquetTrial struct {
	name         string
	groupBytes   int
	level        int
	dictionaries bool // of all columns; if not, of all but plainColumns

	written   int64
	processor time.Duration
	heap      uint64
}

// BenchmarkParquetSettings writes the tables of the output folder that HEMICYCLE_PARQUET names again, with row groups
// of several sizes, at several levels of compression, and with dictionaries for more columns. It prints bytes, seconds
// of the processors and the peak of the Go heap, which includes what reading takes. BenchmarkParquet of the package cmd
// makes such a folder.
func BenchmarkParquetSettings(b *testing.B) {
	folder := os.Getenv("HEMICYCLE_PARQUET")
	if folder == "" {
		b.Skip("HEMICYCLE_PARQUET names no output folder")
	}
	chosen := parquetTrial{name: "as chosen", groupBytes: maxGroupBytes, level: compressionLevel}
	trials := []parquetTrial{chosen}
	for _, megabytes := range []int{4, 16, 32, 128} {
		t := chosen
		t.name, t.groupBytes = fmt.Sprintf("row groups of %d MB", megabytes), megabytes<<20
		trials = append(trials, t)
	}
	for _, level := range []int{3, 7} {
		t := chosen
		t.name, t.level = fmt.Sprintf("zstd level %d", level), level
		trials = append(trials, t)
	}
	t := chosen
	t.name, t.dictionaries = "a dictionary for each column", true
	for b.Loop() {
		for _, t := range append(trials, t) {
			for _, table := range tables.All() {
				t.rewrite(b, table.Name, filepath.Join(folder, "parquet", table.Name))
			}
			fmt.Printf("  %-30s %8d kB %6.1f s %5d MB\n", t.name, t.written/1000, t.processor.Seconds(), t.heap>>20)
			runtime.GC()
		}
	}
}

// Write counts bytes and drops them.
func (t *parquetTrial) Write(p []byte) (int, error) {
	t.written += int64(len(p))
	return len(p), nil
}

// rewrite writes the rows of a table again.
func (t *parquetTrial) rewrite(b *testing.B, table, folder string) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.parquet"))
	if err != nil || len(paths) == 0 {
		b.Fatalf("%s has no Parquet files: %v", folder, err)
	}
	var writer *pqarrow.FileWriter
	groupBytes := 0
	for _, path := range paths {
		r, err := file.OpenParquetFile(path, false)
		if err != nil {
			b.Fatal(err)
		}
		reader, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{BatchSize: maxBatchRows},
			memory.DefaultAllocator)
		if err != nil {
			b.Fatal(err)
		}
		if writer == nil {
			writer = t.open(b, table, reader)
		}
		batches, err := reader.GetRecordReader(context.Background(), nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		for batches.Next() {
			batch := batches.Record()
			before := processorTime(b)
			if size := bytesOf(batch); groupBytes > 0 && groupBytes+size > t.groupBytes {
				writer.NewBufferedRowGroup()
				groupBytes = 0
			}
			groupBytes += bytesOf(batch)
			if err := writer.WriteBuffered(batch); err != nil {
				b.Fatal(err)
			}
			t.processor += processorTime(b) - before
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			t.heap = max(t.heap, m.HeapInuse)
		}
		batches.Release()
		r.Close()
	}
	before := processorTime(b)
	if err := writer.Close(); err != nil {
		b.Fatal(err)
	}
	t.processor += processorTime(b) - before
}

// open returns a writer with the settings of the trial.
func (t *parquetTrial) open(b *testing.B, table string, reader *pqarrow.FileReader) *pqarrow.FileWriter {
	schema, err := reader.Schema()
	if err != nil {
		b.Fatal(err)
	}
	properties := []parquet.WriterProperty{
		parquet.WithCompression(compress.Codecs.Zstd), parquet.WithCompressionLevel(t.level),
		parquet.WithDictionaryDefault(true), parquet.WithStats(true), parquet.WithMaxRowGroupLength(maxGroupRows),
	}
	for _, column := range plainColumns[table] {
		properties = append(properties, parquet.WithDictionaryFor(column, t.dictionaries))
	}
	w, err := pqarrow.NewFileWriter(schema, t, parquet.NewWriterProperties(properties...),
		pqarrow.DefaultWriterProps())
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// bytesOf estimates the bytes of the values of a batch as the sink does.
func bytesOf(batch arrow.Record) (n int) {
	for _, c := range batch.Columns() {
		n += 8 * c.Len()
		if buffers := c.Data().Buffers(); len(buffers) == 3 && buffers[2] != nil {
			n += buffers[2].Len()
		}
	}
	return n
}

// processorTime returns the time that this process has taken of all processors.
func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
