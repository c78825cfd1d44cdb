package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"hemicycle/schemas"
)

// MaxDocument is the size in bytes from which a file is no document: eight times what MediaWiki lets
// a page have ($wgMaxArticleSize, 2 MiB).
const MaxDocument = 16 << 20

// file is a source that holds one document.
type file struct {
	uri     string
	open    func() (fs.File, error)
	size    int64 // when it was found
	changed time.Time
	done    atomic.Int64 // bytes read: none, or all of them
	account schemas.Account
}

// Open finds the files that the patterns name, in the order of the patterns, those of a glob in
// lexical order, each once. Paths are the machine's, or those of fsys where it is not nil. A missing
// file, a glob without a match, a folder and an address are errors.
func Open(fsys fs.FS, patterns []string) ([]Source, error) {
	return OpenSelected(context.Background(), fsys, patterns, Selection{})
}

// OpenSelected finds files as Open does. Those that are dumps are read as the selection says; a folder of
// exports is the dumps in it.
func OpenSelected(ctx context.Context, fsys fs.FS, patterns []string, selection Selection) ([]Source, error) {
	var sources []Source
	seen := map[string]bool{}
	for _, pattern := range patterns {
		matches, err := match(fsys, pattern)
		if err != nil {
			return nil, err
		}
		for _, m := range matches {
			if !seen[m.path] {
				seen[m.path] = true
				source, err := openSource(ctx, fsys, m, selection)
				if err != nil {
					return nil, err
				}
				sources = append(sources, source)
			}
		}
	}
	return sources, nil
}

// openSource returns what reads a file. Only what is a plain file on the machine can be a dump; one that cannot
// be opened is met again when it is read.
func openSource(ctx context.Context, fsys fs.FS, m found, s Selection) (Source, error) {
	if fsys != nil || !m.info.Mode().IsRegular() {
		return newFile(fsys, m), nil
	}
	f, err := os.Open(m.path)
	if err != nil {
		return newFile(fsys, m), nil
	}
	defer f.Close()
	head := make([]byte, sniffed)
	n, _ := io.ReadFull(f, head)
	if !isDump(head[:n]) {
		if s.Titles != nil {
			return nil, fmt.Errorf("%s: titles can be chosen in a dump of many streams alone, and this is a page: leave it or --titles out", m.path)
		}
		return newFile(fsys, m), nil
	}
	d := newDump(m.path, m.info, s)
	if s.Titles != nil {
		if err = d.useIndex(); err != nil {
			return nil, err
		}
	}
	if s.Verify {
		if err := verify(ctx, m.path); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func newFile(fsys fs.FS, m found) *file {
	f := &file{uri: uriOf(m.path), size: m.info.Size(), changed: m.info.ModTime()}
	f.open = func() (fs.File, error) { return os.Open(m.path) }
	if fsys != nil {
		f.uri = "embedded:" + m.path
		f.open = func() (fs.File, error) { return fsys.Open(m.path) }
	}
	return f
}

// found is a file that a pattern names, as it was then.
type found struct {
	path string
	info fs.FileInfo
}

// match is the files that one pattern names: a file of just that name before any glob.
func match(fsys fs.FS, pattern string) ([]found, error) {
	if scheme, _, found := strings.Cut(pattern, "://"); found {
		return nil, fmt.Errorf("%s: %s addresses are not supported: expected a file or a glob on this machine; save the page to a file and name that", pattern, scheme)
	}
	stat, glob := os.Stat, filepath.Glob
	if fsys != nil {
		stat = func(name string) (fs.FileInfo, error) { return fs.Stat(fsys, name) }
		glob = func(pattern string) ([]string, error) { return fs.Glob(fsys, pattern) }
	} else {
		pattern = filepath.Clean(pattern)
	}
	info, err := stat(pattern)
	switch {
	case err == nil && info.IsDir() && fsys != nil:
		return nil, fmt.Errorf("%s: is a folder: expected a file or a glob", pattern)
	case err == nil && info.IsDir():
		return inFolder(pattern)
	case err == nil:
		return []found{{pattern, info}}, nil
	case !strings.ContainsAny(pattern, "*?["):
		return nil, fmt.Errorf("%s: %w", pattern, reasonOf(err))
	}
	paths, err := glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("%s: this glob cannot be read: %w", pattern, err)
	}
	var files []found
	for _, path := range paths {
		if info, err := stat(path); err == nil && !info.IsDir() {
			files = append(files, found{path, info})
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no file matches this glob", pattern)
	}
	return files, nil
}

// reasonOf takes the path off an error of the file system: our messages name it already.
func reasonOf(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

func (f *file) URI() string { return f.uri }

func (f *file) Stamp() string { return stampOf(f.size, f.changed) }

func uriOf(path string) string { return filepath.ToSlash(path) }

func stampOf(size int64, changed time.Time) string {
	return fmt.Sprintf("%d bytes, changed %s", size, changed.UTC().Format(time.RFC3339Nano))
}

func (f *file) Account() schemas.Account { return f.account }

func (f *file) Progress() (done, total int64) { return f.done.Load(), f.size }

func (f *file) Documents(context.Context) iter.Seq2[*schemas.Document, error] {
	return func(yield func(*schemas.Document, error) bool) {
		f.account = schemas.Account{SourceURI: f.uri, Scan: schemas.ScanWhole, Documents: 1}
		d := &schemas.Document{URI: f.uri}
		err := f.read(d)
		f.done.Store(f.size)
		yield(d, err)
	}
}

// read takes the file in, no more of it than a document may have.
func (f *file) read(d *schemas.Document) error {
	opened, err := f.open()
	if err != nil {
		return &Unreadable{Reason: schemas.ReasonUnreadable, Detail: "the file cannot be opened: " + reasonOf(err).Error(), Offset: -1}
	}
	defer opened.Close()
	content, err := io.ReadAll(io.LimitReader(opened, MaxDocument+1))
	if err != nil {
		return &Unreadable{Reason: schemas.ReasonUnreadable, Detail: "the file cannot be read: " + reasonOf(err).Error(), Offset: -1}
	}
	f.account.Bytes = int64(len(content))
	if len(content) > MaxDocument {
		if info, err := opened.Stat(); err == nil {
			f.account.Bytes = info.Size()
		}
		return &Unreadable{
			Reason: schemas.ReasonTooLarge, Offset: -1,
			Detail: fmt.Sprintf("the file has more than %d MiB, and no page has: expected one page a file", MaxDocument>>20),
		}
	}
	sum := sha256.Sum256(content)
	f.account.SHA256 = hex.EncodeToString(sum[:])
	d.Bytes, d.SHA256 = int64(len(content)), f.account.SHA256
	return decode(d, content)
}

// decode sets a document's text. Bytes that are not UTF-8 become U+FFFD, one each run, and are
// counted; a text that is no text at all is refused.
func decode(d *schemas.Document, content []byte) error {
	s := string(content)
	if strings.TrimSpace(strings.TrimPrefix(s, bom)) == "" {
		return &Unreadable{Reason: schemas.ReasonEmpty, Detail: "the file has no text", Offset: -1}
	}
	if strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff") {
		return &Unreadable{Reason: schemas.ReasonNotText, Detail: "the file is UTF-16: expected UTF-8; convert it, for instance with `iconv -f UTF-16 -t UTF-8`", Line: 1}
	}
	if i := strings.IndexByte(s, 0); i >= 0 {
		return &Unreadable{
			Reason: schemas.ReasonNotText, Line: 1 + strings.Count(s[:i], "\n"), Offset: i,
			Detail: fmt.Sprintf("the file is binary: a zero byte stands at offset %d; expected text in UTF-8", i),
		}
	}
	if !utf8.ValidString(s) {
		for i := 0; i < len(s); {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				if d.InvalidBytes == 0 {
					d.InvalidOffset = i
				}
				d.InvalidBytes++
			}
			i += size
		}
		if d.InvalidBytes > len(s)/10 {
			return &Unreadable{
				Reason: schemas.ReasonNotText, Line: 1 + strings.Count(s[:d.InvalidOffset], "\n"), Offset: d.InvalidOffset,
				Detail: fmt.Sprintf("%d of %d bytes are not UTF-8, the first at offset %d: expected text in UTF-8", d.InvalidBytes, len(s), d.InvalidOffset),
			}
		}
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	d.Text = s
	return nil
}

const bom = "\uFEFF"
