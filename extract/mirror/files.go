package mirror

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/klauspost/compress/zstd"

	"hemicycle/extract/document"
)

// The layout of the folder.
const (
	lockName    = "lock"         // held while the mirror is changed
	pagesName   = "pages.jsonl"  // the head, then a line a page, by page id, then the redirects; replaced in one step
	formerName  = "former.jsonl" // pages that are not selected any more, and whose texts are still here
	journalName = "journal"      // what was fetched since; see journal.go
	// What is known of the titles to which boxes link, by title and by page; see links.go.
	linksName     = "links.jsonl"
	pageLinksName = "page_links.jsonl"
	textFolder    = "text" // ab/abcd….zst: a text each, by its SHA-256
	textSuffix    = ".zst"
	newName       = "new" // a file that is being written, before it gets its name
	readmeName    = "README.md"
)

// readme is put into each mirror, for who finds it.
const readme = `# A mirror of pages of a wiki

This folder holds the texts of pages as their authors wrote them: pages.jsonl names each page with its title, revision
and time, and text/ has the texts, compressed with zstd, under their SHA-256. The program that made it reads it and
brings it up to date. Nothing in it needs a backup: what is missing or damaged is fetched again.

The texts belong to their authors and stand under the licence of the wiki (for Wikipedia, CC BY-SA 4.0). If you pass
this folder on, name the wiki, the pages and their revisions, which pages.jsonl has, and keep the licence.
`

// operation is one change of what is on disk.
type operation struct {
	kind string // make folder, write, sync, rename, truncate, remove
	path string
	size int // of a write, in bytes
}

// disk changes what is on disk. A test can see each change before it is made, and prevent it: observe returns how many
// bytes of a write are written before the error.
type disk struct {
	observe func(operation) (written int, err error)
	// isUnsynced leaves out what only matters to a machine that stops, for tests of many syncs.
	isUnsynced bool
}

// before tells the observer of an operation.
func (d disk) before(kind, path string, size int) (int, error) {
	if d.observe == nil {
		return size, nil
	}
	return d.observe(operation{kind, path, size})
}

// makeFolder makes a folder and those above it that are missing.
func (d disk) makeFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	if parent := filepath.Dir(path); parent != path {
		if err := d.makeFolder(parent); err != nil {
			return err
		}
	}
	if _, err := d.before("make folder", path, 0); err != nil {
		return err
	}
	if err := os.MkdirAll(path, 0o777); err != nil { // less what the umask takes away
		return err
	}
	return shareWithGroup(path)
}

// create opens a file of a folder for writing, and makes it if there is none. A link that leads out of the folder is an
// error: it could lead to a file of somebody else.
func create(folder, name string, flags int) (*os.File, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|flags, 0o666)
	if err != nil {
		return nil, err
	}
	if err := shareWithGroup(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// groupWrite is the permission of a group to write.
const groupWrite fs.FileMode = 0o020

// shareWithGroup lets the group write a file or folder that this user made in a folder in which the members of the
// group work together (setgid), even if the umask takes that permission away. Package load does the same in an output
// folder, which is where a mirror usually is.
func shareWithGroup(path string) error {
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil || folder.Mode()&fs.ModeSetgid == 0 || folder.Mode()&groupWrite == 0 {
		return err
	}
	made, err := os.Stat(path)
	if err != nil || made.Mode()&groupWrite != 0 {
		return err
	}
	if err := os.Chmod(path, made.Mode()|groupWrite); !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil // it is another member's, who made it so
}

// write writes to an open file.
func (d disk) write(f *os.File, content []byte) error {
	n, refused := d.before("write", f.Name(), len(content))
	if _, err := f.Write(content[:n]); err != nil {
		return err
	}
	return refused
}

// sync returns when an open file is on disk.
func (d disk) sync(f *os.File) error {
	if _, err := d.before("sync", f.Name(), 0); err != nil || d.isUnsynced {
		return err
	}
	return f.Sync()
}

// rename gives a file its name.
func (d disk) rename(from, to string) error {
	if _, err := d.before("rename", to, 0); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// remove removes a file. It is no error if there is none.
func (d disk) remove(path string) error {
	if _, err := d.before("remove", path, 0); err != nil {
		return err
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// truncate cuts a file to a length.
func (d disk) truncate(f *os.File, length int64) error {
	if _, err := d.before("truncate", f.Name(), 0); err != nil {
		return err
	}
	return f.Truncate(length)
}

// replace writes a file in one step: after a crash there is the old file or the new one.
func (d disk) replace(folder, name string, isSynced bool, write func(io.Writer) error) error {
	temporary := filepath.Join(folder, newName)
	f, err := create(folder, newName, os.O_EXCL)
	if errors.Is(err, fs.ErrExist) { // of a sync that was stopped, perhaps another member's of the group
		if err = d.remove(temporary); err == nil {
			f, err = create(folder, newName, os.O_EXCL)
		}
	}
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(diskWriter{d, f}, 1<<16)
	err = write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil && isSynced {
		err = d.sync(f)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := d.rename(temporary, filepath.Join(folder, name)); err != nil || !isSynced {
		return err
	}
	return d.syncFolder(folder)
}

// diskWriter writes to a file through a disk.
type diskWriter struct {
	disk disk
	file *os.File
}

// Write writes to the file.
func (w diskWriter) Write(p []byte) (int, error) { return len(p), w.disk.write(w.file, p) }

// syncFolder returns when the entries of a folder are on disk.
func (d disk) syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.sync(f), f.Close())
}

// BusyError is the error of a mirror that another process is changing.
type BusyError struct{ Folder string }

// Error returns what to do.
func (e *BusyError) Error() string {
	return fmt.Sprintf("the mirror %s is in use by another run: wait until it has ended", e.Folder)
}

// lock takes the lock of a mirror and returns what gives it back. Whoever may read the file can hold the lock, so that
// the members of a group can take it in turn. A dry run makes no lock: it takes the one that is there.
func (d disk) lock(folder string, isDry bool) (unlock func() error, err error) {
	path := filepath.Join(folder, lockName)
	if isDry {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return func() error { return nil }, nil
		}
	} else if err := d.makeFolder(folder); err != nil {
		return nil, err
	}
	mark := flock.New(path, flock.SetPermissions(0o666))
	locked, err := mark.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("the mirror %s cannot be locked: %w", folder, err)
	case !locked:
		return nil, &BusyError{folder}
	}
	return mark.Unlock, nil
}

// textStore has the texts of a mirror, by their digests. Its methods are not safe for concurrent use.
type textStore struct {
	folder  string
	disk    disk
	encoder *zstd.Encoder
	decoder *zstd.Decoder
	packed  []byte
	plain   []byte
}

// path returns where a text is.
func (s *textStore) path(digest string) string {
	return filepath.Join(s.folder, textFolder, digest[:2], digest+textSuffix)
}

// write stores a text and returns its name. It is not synced: a text that a crash destroys is noticed by its name.
func (s *textStore) write(text []byte) (digest string, err error) {
	if s.encoder == nil {
		s.encoder, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
		if err != nil {
			return "", err
		}
	}
	sum := sha256.Sum256(text)
	digest = hex.EncodeToString(sum[:])
	path := s.path(digest)
	if err := s.disk.makeFolder(filepath.Dir(path)); err != nil {
		return "", err
	}
	s.packed = s.encoder.EncodeAll(text, s.packed[:0])
	relative, err := filepath.Rel(s.folder, path)
	if err != nil {
		return "", err
	}
	return digest, s.disk.replace(s.folder, relative, false, func(to io.Writer) error {
		_, err := to.Write(s.packed)
		return err
	})
}

// read returns a text, which is valid until the next call. The error is a *DamagedError if the text is not what its
// name says.
func (s *textStore) read(digest string, size int64) ([]byte, error) {
	if s.decoder == nil {
		var err error
		s.decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxMemory(uint64(maxText)), zstd.WithDecodeAllCapLimit(true))
		if err != nil {
			return nil, err
		}
	}
	path := s.path(digest)
	damaged := func(err error) error { return &DamagedError{document.FileURI(path), document.WithoutPath(err).Error()} }
	f, err := os.Open(path)
	if err != nil {
		return nil, damaged(err)
	}
	defer f.Close()
	// A compressed text is never much longer than the text.
	limit := size + size/8 + 4096
	packed := bytes.NewBuffer(s.packed[:0])
	_, err = packed.ReadFrom(io.LimitReader(f, limit))
	if s.packed = packed.Bytes(); err != nil {
		return nil, damaged(err)
	}
	if int64(cap(s.plain)) < size {
		s.plain = make([]byte, 0, size+size/4)
	}
	out, err := s.decoder.DecodeAll(s.packed, s.plain[:0:size])
	if err != nil {
		return nil, damaged(err)
	}
	if sum := sha256.Sum256(out); hex.EncodeToString(sum[:]) != digest {
		return nil, damaged(errors.New("its SHA-256 is another"))
	}
	return out, nil
}

// writeFormer replaces the file of former pages.
func (d disk) writeFormer(folder string, pages []Page) error {
	return d.replace(folder, formerName, true, func(to io.Writer) error {
		for i := range pages {
			if err := writeLine(to, &pages[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// readFormer reads the file of former pages. If it is damaged, those pages are fetched again should they be selected
// again, and nothing else comes of it.
func readFormer(folder string) []Page {
	f, err := os.Open(filepath.Join(folder, formerName))
	if err != nil {
		return nil
	}
	defer f.Close()
	m := &Mirror{}
	lines := bufio.NewReaderSize(f, maxLine)
	for {
		line, err := readLine(lines, maxLine)
		if err == nil {
			err = m.readPage(line)
		}
		if err != nil {
			return m.Pages
		}
	}
}

// writePages replaces the file of pages and returns the snapshot of the mirror.
func (d disk) writePages(
	folder string, h Head, pages []Page, redirects []Redirect, synced time.Time,
) (snapshot string, err error) {
	digest := sha256.New()
	if err := writeHead(digest, h, time.Time{}); err != nil {
		return "", err
	}
	err = d.replace(folder, pagesName, true, func(to io.Writer) error {
		if err := writeHead(to, h, synced); err != nil {
			return err
		}
		both := io.MultiWriter(to, digest)
		for i := range pages {
			if err := writeLine(both, &pages[i]); err != nil {
				return err
			}
		}
		for i := range redirects {
			if err := writeLine(both, &redirects[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return hex.EncodeToString(digest.Sum(nil)), err
}
