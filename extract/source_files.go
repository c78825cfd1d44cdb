package extract

import (
	"context"
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

	"hemicycle/extract/apiresponse"
	"hemicycle/extract/document"
	"hemicycle/extract/dump"
	"hemicycle/extract/enterprise"
	"hemicycle/schemas"
)

// fileSource is a source that holds one document.
type fileSource struct {
	uri     string
	title   string // that its name gives
	open    func() (fs.File, error)
	size    int64        // when the file was found
	changed time.Time    // when the file was found
	done    atomic.Int64 // bytes that were read: none, or all of them
	account schemas.Account
}

// Open finds the files that the patterns name, in the order of the patterns, those of a glob in lexical order, each
// once. Paths are the machine's, or those of fsys if it is not nil. A missing file, a glob without a match, a folder
// that is not one of exports, and an address are errors. The pattern - is standard input.
func Open(fsys fs.FS, patterns []string) ([]Source, error) {
	return OpenSelected(context.Background(), fsys, patterns, dump.Selection{}, nil)
}

// OpenSelected finds files as Open does. Dumps among them are read as the selection says. A folder of exports stands
// for the dumps in it. It calls leftOut, if that is not nil, with what a glob or a folder leads to and is not read.
func OpenSelected(
	ctx context.Context, fsys fs.FS, patterns []string, selection dump.Selection, leftOut func(path, reason string),
) ([]Source, error) {
	if leftOut == nil {
		leftOut = func(string, string) {}
	}
	selection = selection.SharingItems()
	var sources []Source
	hasStandardInput := false
	seen := map[string]bool{}
	for _, pattern := range patterns {
		if pattern == StandardInput && fsys == nil {
			if hasStandardInput { // it can be read only once
				continue
			}
			hasStandardInput = true
			source, err := openStandardInput(ctx, os.Stdin, selection)
			if err != nil {
				return nil, err
			}
			sources = append(sources, source)
			continue
		}
		matches, err := matchFiles(fsys, pattern, selection.Verify, leftOut)
		if err != nil {
			return nil, err
		}
		for _, m := range matches {
			if seen[m.Path] {
				continue
			}
			seen[m.Path] = true
			source, err := openSource(fsys, m, selection)
			if err != nil {
				return nil, err
			}
			sources = append(sources, source)
		}
	}
	return sources, nil
}

// openSource returns the source that reads a file. Only a regular file of the machine can be a dump. A file that cannot
// be opened becomes a source, too: the error comes up again when it is read, as that of a document.
func openSource(fsys fs.FS, m dump.FoundFile, s dump.Selection) (Source, error) {
	if fsys != nil || !m.Info.Mode().IsRegular() {
		return newFileSource(fsys, m), nil
	}
	f, err := os.Open(m.Path)
	if err != nil {
		return newFileSource(fsys, m), nil
	}
	defer f.Close()
	head := make([]byte, apiresponse.SniffBytes)
	n, _ := f.ReadAt(head, 0) // what cannot be read is met again when the source is
	if apiresponse.Matches(head[:n]) && s.Titles == nil {
		return apiresponse.Open(m.Path, m.Info), nil
	}
	if enterprise.Matches(f, head[:n]) {
		return enterprise.Open(m, s)
	}
	d, err := dump.Open(f, m, s)
	switch {
	case !errors.Is(err, dump.ErrNotADump):
		return d, err
	case s.Titles != nil:
		return nil, fmt.Errorf("%s: titles can be selected only in a multistream dump, and this is a page: "+
			"leave out either the page or --titles", schemas.Printable(m.Path))
	}
	return newFileSource(fsys, m), nil
}

// newFileSource returns the source of a file that holds one document.
func newFileSource(fsys fs.FS, m dump.FoundFile) *fileSource {
	f := &fileSource{
		uri: document.FileURI(m.Path), title: titleOfFile(document.FileURI(m.Path)),
		size: m.Info.Size(), changed: m.Info.ModTime(),
	}
	f.open = func() (fs.File, error) { return os.Open(m.Path) }
	if fsys != nil {
		f.uri = "embedded:" + m.Path
		f.open = func() (fs.File, error) { return fsys.Open(m.Path) }
	}
	return f
}

// matchFiles returns the files that one pattern names. A file of exactly that name takes precedence over a glob.
func matchFiles(
	fsys fs.FS, pattern string, verify bool, leftOut func(path, reason string),
) ([]dump.FoundFile, error) {
	shown := schemas.Printable(pattern)
	if scheme, _, isURL := strings.Cut(pattern, "://"); isURL {
		return nil, fmt.Errorf("%s: %s addresses are not supported: expected a file or a glob on this machine; "+
			"save the page to a file and name that", shown, schemas.Printable(scheme))
	}
	finder := newFileFinder(fsys, leftOut)
	if fsys == nil {
		pattern = filepath.Clean(pattern)
		shown = schemas.Printable(pattern)
	}
	info, err := finder.stat(pattern)
	switch {
	case err == nil && info.IsDir() && fsys != nil:
		return nil, fmt.Errorf("%s: is a folder: expected a file or a glob", shown)
	case err == nil && info.IsDir():
		return dump.FindFiles(pattern, verify, leftOut)
	case err == nil:
		return []dump.FoundFile{{Path: pattern, Info: info}}, nil
	case !strings.ContainsAny(pattern, globMarks):
		if target, linkErr := os.Readlink(pattern); linkErr == nil && fsys == nil && isAbsent(err) {
			return nil, fmt.Errorf("%s: the link leads to %s, which does not exist", shown, schemas.Printable(target))
		}
		return nil, fmt.Errorf("%s: %w", shown, document.WithoutPath(err))
	}
	return finder.regularFiles(pattern)
}

// URI returns the path of the file, or its name in the program if it is embedded there.
func (f *fileSource) URI() string { return f.uri }

// Fingerprint returns a text with the size and the time of change of the file.
func (f *fileSource) Fingerprint() string { return document.Fingerprint(f.size, f.changed) }

// Account returns the account of the one document.
func (f *fileSource) Account() schemas.Account { return f.account }

// Progress returns how many bytes of the file were read, and its size.
func (f *fileSource) Progress() (done, total int64) { return f.done.Load(), f.size }

// Events yields the document.
func (f *fileSource) Events(context.Context) iter.Seq2[schemas.Event, error] {
	return func(yield func(schemas.Event, error) bool) {
		f.account = schemas.Account{SourceURI: f.uri, Scan: schemas.ScanWhole, Documents: 1}
		d := &schemas.Document{URI: f.uri, FileTitle: f.title}
		err := f.read(d)
		f.done.Store(f.size)
		yield(schemas.Event{Document: d}, err)
	}
}

// read sets the text of the document. It reads no more of the file than a document may have.
func (f *fileSource) read(d *schemas.Document) error {
	opened, err := f.open()
	if err != nil {
		return f.unreadable("the file cannot be opened", err)
	}
	defer opened.Close()
	content, err := io.ReadAll(io.LimitReader(opened, document.MaxBytes+1))
	if err != nil {
		return f.unreadable("the file cannot be read", err)
	}
	f.account.Bytes = int64(len(content))
	if len(content) > document.MaxBytes {
		if info, err := opened.Stat(); err == nil {
			f.account.Bytes = info.Size()
		}
		return &document.Unreadable{
			Reason: schemas.ReasonTooLarge, Offset: -1,
			Detail: fmt.Sprintf("the file has more than %d MiB, and no page has: expected one page per file",
				document.MaxBytes>>20),
		}
	}
	err = document.Decode(d, content)
	f.account.SHA256 = d.SHA256
	return err
}

// unreadable returns the error of a document that the system does not give.
func (f *fileSource) unreadable(what string, err error) error {
	f.account.Bytes = f.size
	return &document.Unreadable{
		Reason: schemas.ReasonUnreadable, Offset: -1, Gap: &schemas.Gap{Bytes: f.size},
		Detail: what + ": " + document.WithoutPath(err).Error(),
	}
}
