package dump

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hemicycle/extract/bzip2"
	"hemicycle/schemas"
)

// A multistream dump consists of streams of a hundred pages each. It comes with an index: a line `offset:page id:title`
// for each page, with the offset of its stream in the compressed file. With the index, only the streams with a selected
// title are read.
//
// Source: https://meta.wikimedia.org/wiki/Data_dumps/FAQ and https://en.wikipedia.org/wiki/Wikipedia:Database_download.

// ElectionTitles matches the titles of pages on elections, by-elections and referendums.
const ElectionTitles = `\b([Bb]y-?)?[Ee]lections?\b|\b[Rr]eferend(um|ums|a)\b|\b[Pp]lebiscites?\b|` +
	`\b[Pp]rimar(y|ies)\b|\b[Cc]aucus(es)?\b|\b[Rr]ecall\b`

// electionWords has a part of a word for each alternative of ElectionTitles. Searching for them takes a tenth of the
// time that the pattern takes, and an index has tens of millions of titles.
var electionWords = []string{"lection", "eferend", "lebiscite", "rimar", "aucus", "ecall"}

// titleMatcher returns a function that reports whether a title is selected.
func titleMatcher(titles *regexp.Regexp) func(title string) bool {
	if titles.String() != ElectionTitles {
		return titles.MatchString
	}
	return func(title string) bool {
		contains := func(word string) bool { return strings.Contains(title, word) }
		return slices.ContainsFunc(electionWords, contains) && titles.MatchString(title)
	}
}

// findIndex returns the path of the index beside a dump. The error says what was expected.
func findIndex(path string) (string, error) {
	folder, name := filepath.Split(path)
	if !strings.Contains(name, "-multistream") || strings.Contains(name, "-multistream-index") {
		return "", fmt.Errorf("%s: titles can be selected only in a multistream dump, which has an index: "+
			"expected a file such as enwiki-20260101-pages-articles-multistream.xml.bz2", schemas.Printable(path))
	}
	index := strings.Replace(strings.Replace(name, "-multistream", "-multistream-index", 1), ".xml", ".txt", 1)
	for _, candidate := range []string{index, strings.TrimSuffix(index, ".bz2")} {
		if info, err := os.Stat(filepath.Join(folder, candidate)); err == nil && info.Mode().IsRegular() {
			return filepath.Join(folder, candidate), nil
		}
	}
	return "", fmt.Errorf("%s: its index is missing: expected %s beside it",
		schemas.Printable(path), schemas.Printable(index))
}

// maxTitle is the most bytes that a line of the index may have. A title has at most 255 bytes, some of which are
// written as entities.
const maxTitle = 4 << 10

// indexedStream is a stream of a dump, by its index.
type indexedStream struct {
	offset     int64
	isSelected bool  // it holds a selected title
	pages      int64 // that the index names in it
}

// readIndex returns the spans of a dump of a size that are to be read: its head, and the streams with a selected title.
func readIndex(
	ctx context.Context, path string, size int64, titles *regexp.Regexp,
) (spans []bzip2.Span, scan *schemas.IndexScan, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".bz2") {
		info, err := f.Stat()
		if err != nil {
			return nil, nil, err
		}
		blocks := &indexReader{}
		defer blocks.start(ctx, f, info.Size())()
		in = blocks
	}
	scan = &schemas.IndexScan{}
	streams, err := readStreams(in, path, size, titleMatcher(titles), scan)
	if err != nil {
		return nil, nil, err
	}
	if ctx.Err() != nil || len(streams) == 0 {
		return nil, nil, errors.Join(fmt.Errorf("%s: there is no line in it", schemas.Printable(path)), ctx.Err())
	}
	if streams[0].offset > 0 { // the head of the export
		spans = append(spans, bzip2.Span{To: streams[0].offset})
	}
	scan.Streams = int64(len(streams))
	for i, s := range streams {
		if !s.isSelected {
			continue
		}
		scan.StreamsRead++
		scan.Pages += s.pages
		to := size
		if i+1 < len(streams) {
			to = streams[i+1].offset
		}
		spans = append(spans, bzip2.Span{Bit: 8 * s.offset, To: to})
	}
	for _, s := range spans {
		scan.BytesRead += s.To - s.Bit/8
	}
	return spans, scan, nil
}

// readStreams reads the lines of an index and counts their titles. The path is for messages.
func readStreams(
	in io.Reader, path string, size int64, isSelected func(title string) bool, scan *schemas.IndexScan,
) ([]indexedStream, error) {
	var streams []indexedStream
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxTitle)
	last := int64(-1) // the offset of the last stream
	lastLine := ""
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		if line == "" {
			continue
		}
		offset, rest, _ := strings.Cut(line, ":")
		_, title, found := strings.Cut(rest, ":")
		at, err := strconv.ParseInt(offset, 10, 64)
		if err != nil || !found || at < max(last, 0) || at >= size {
			return nil, fmt.Errorf("%s:%d: expected offset:page id:title, "+
				"with an offset from the one before on and below %d, found %.100q", schemas.Printable(path), number, size, line)
		}
		if at > last {
			streams = append(streams, indexedStream{offset: at})
			last = at
		}
		if line != lastLine { // an index that says each page twice has no more pages
			streams[len(streams)-1].pages++
		}
		lastLine = line
		scan.Titles++
		if isSelected(html.UnescapeString(title)) {
			scan.Matched++
			streams[len(streams)-1].isSelected = true
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", schemas.Printable(path), err)
	}
	return streams, nil
}

// indexReader reads an index that is compressed by bzip2 as a stream.
type indexReader struct {
	pieces chan []byte
	rest   []byte
	err    error
}

// start begins to decompress. The function that it returns ends that.
func (r *indexReader) start(ctx context.Context, f io.ReaderAt, size int64) (stop func()) {
	ctx, stop = context.WithCancel(ctx)
	r.pieces = make(chan []byte)
	go func() {
		defer close(r.pieces)
		for c := range decompressBzip2(ctx, f, size, 0, 0) {
			if c.err != nil {
				r.err = fmt.Errorf("bytes %d to %d: %w", c.from, c.to, c.err)
				return
			}
			select {
			case r.pieces <- bytes.Clone(c.data):
			case <-ctx.Done():
				return
			}
		}
	}()
	return stop
}

// Read reads decompressed bytes.
func (r *indexReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		piece, ok := <-r.pieces
		if !ok {
			if r.err != nil {
				return 0, r.err
			}
			return 0, io.EOF
		}
		r.rest = piece
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// spansAfter returns what is left of the spans from a bit on.
func spansAfter(spans []bzip2.Span, bit int64) []bzip2.Span {
	for i, s := range spans {
		if 8*s.To > bit {
			rest := append([]bzip2.Span(nil), spans[i:]...)
			rest[0].Bit = max(rest[0].Bit, bit)
			return rest
		}
	}
	return nil
}
