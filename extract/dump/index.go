package dump

import (
	"bufio"
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

// A dump of many streams, each of a hundred pages, comes with an index: a line `offset:page id:title` for
// each page, the offset being that of its stream in the packed file. With it, only the streams are read
// that hold a title which is asked for.
//
// Source: https://meta.wikimedia.org/wiki/Data_dumps/FAQ and https://en.wikipedia.org/wiki/Wikipedia:Database_download.

// ElectionTitles is the titles that pages on elections, by-elections and referendums have.
const ElectionTitles = `\b([Bb]y-?)?[Ee]lections?\b|\b[Rr]eferend(um|ums|a)\b|\b[Pp]lebiscites?\b|\b[Pp]rimar(y|ies)\b|\b[Cc]aucus(es)?\b|\b[Rr]ecall\b`

// electionWords is what each title that ElectionTitles matches has one of: to look for them takes a tenth of
// the time that the pattern takes, and an index has tens of millions of titles.
var electionWords = []string{"lection", "eferend", "lebiscite", "rimar", "aucus", "ecall"}

// titleMatcher tells the titles that are asked for.
func titleMatcher(titles *regexp.Regexp) func(title string) bool {
	if titles.String() != ElectionTitles {
		return titles.MatchString
	}
	return func(title string) bool {
		return slices.ContainsFunc(electionWords, func(word string) bool { return strings.Contains(title, word) }) && titles.MatchString(title)
	}
}

// findIndex is the index beside a dump; the error says what was expected.
func findIndex(path string) (string, error) {
	folder, name := filepath.Split(path)
	if !strings.Contains(name, "-multistream") || strings.Contains(name, "-multistream-index") {
		return "", fmt.Errorf("%s: titles can be chosen in a dump of many streams alone, which has an index: expected a file such as enwiki-20260101-pages-articles-multistream.xml.bz2", path)
	}
	index := strings.Replace(strings.Replace(name, "-multistream", "-multistream-index", 1), ".xml", ".txt", 1)
	for _, candidate := range []string{index, strings.TrimSuffix(index, ".bz2")} {
		if info, err := os.Stat(filepath.Join(folder, candidate)); err == nil && info.Mode().IsRegular() {
			return filepath.Join(folder, candidate), nil
		}
	}
	return "", fmt.Errorf("%s: its index is not there: expected %s beside it", path, index)
}

// maxTitle is more than any title takes: 255 bytes, some of which are written as entities.
const maxTitle = 4 << 10

// readIndex finds the streams of a dump that hold a title, and that with the dump's head.
func readIndex(ctx context.Context, path string, size int64, titles *regexp.Regexp) (spans []bzip2.Span, scan *schemas.IndexScan, err error) {
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
	var starts []int64 // of the streams
	var wanted []bool
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxTitle)
	asked := titleMatcher(titles)
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		if line == "" {
			continue
		}
		offset, rest, _ := strings.Cut(line, ":")
		_, title, found := strings.Cut(rest, ":")
		at, err := strconv.ParseInt(offset, 10, 64)
		if err != nil || !found || at < 0 || at >= size || len(starts) > 0 && at < starts[len(starts)-1] {
			return nil, nil, fmt.Errorf("%s:%d: expected offset:page id:title, with an offset from the one before on and below %d, found %.100q", path, number, size, line)
		}
		if len(starts) == 0 || starts[len(starts)-1] != at {
			starts, wanted = append(starts, at), append(wanted, false)
		}
		scan.Titles++
		if asked(html.UnescapeString(title)) {
			scan.Matched++
			wanted[len(wanted)-1] = true
		}
	}
	if err := lines.Err(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if ctx.Err() != nil || len(starts) == 0 {
		return nil, nil, errors.Join(fmt.Errorf("%s: there is no line in it", path), ctx.Err())
	}
	if starts[0] > 0 { // the head of the export
		spans = append(spans, bzip2.Span{To: starts[0]})
	}
	scan.Streams = int64(len(starts))
	for i, at := range starts {
		if !wanted[i] {
			continue
		}
		scan.StreamsRead++
		to := size
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		spans = append(spans, bzip2.Span{Bit: 8 * at, To: to})
	}
	for _, s := range spans {
		scan.BytesRead += s.To - s.Bit/8
	}
	return spans, scan, nil
}

// indexReader reads a bzip2 file as a stream.
type indexReader struct {
	pieces chan []byte
	rest   []byte
	err    error
}

// start begins to unpack; what it returns ends it.
func (u *indexReader) start(ctx context.Context, f io.ReaderAt, size int64) (stop func()) {
	ctx, stop = context.WithCancel(ctx)
	u.pieces = make(chan []byte)
	go func() {
		defer close(u.pieces)
		for s := range decompressBzip2(ctx, f, size, 0, 0) {
			if s.err != nil {
				u.err = fmt.Errorf("bytes %d to %d: %w", s.from, s.to, s.err)
				return
			}
			select {
			case u.pieces <- append([]byte(nil), s.data...):
			case <-ctx.Done():
				return
			}
		}
	}()
	return stop
}

func (u *indexReader) Read(p []byte) (int, error) {
	for len(u.rest) == 0 {
		piece, ok := <-u.pieces
		if !ok {
			if u.err != nil {
				return 0, u.err
			}
			return 0, io.EOF
		}
		u.rest = piece
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

// spansAfter is the spans that are left from a bit on.
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
