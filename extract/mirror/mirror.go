// Package mirror keeps the pages of a wiki in a folder: the newest text of each page, as the wiki gives it. Sync brings
// the folder up to what the wiki has now, and asks for nothing that is there already. Open reads it without a network.
//
// A mirror is a function of the wiki: however it came about, by how many syncs and whether they were stopped, it is the
// one that would be made from nothing.
//
// Start with Sync, Open and Source. files.go has the layout of the folder, compare.go what a listing means, fetch.go
// what a page can come to, and journal.go what survives a sync that is stopped.
package mirror

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// Head says what a mirror is of.
type Head struct {
	Format    int               `json:"format"`
	API       string            `json:"api"`
	Wiki      string            `json:"wiki"`
	Lang      string            `json:"lang"`
	Base      string            `json:"base"` // of the addresses of pages
	TitleCase schemas.TitleCase `json:"title_case,omitempty"`
	// Names has every name of a template that pages were asked for by, with the template that it stands for.
	Names     map[string]string `json:"names"`
	Selection string            `json:"selection"` // as JSON
	Synced    time.Time         `json:"synced,omitzero"`
}

// Page is a page of a mirror.
type Page struct {
	ID        int64     `json:"id"`
	Namespace int       `json:"ns"`
	Title     string    `json:"title"`
	Revision  int64     `json:"rev"`
	Time      time.Time `json:"time,omitzero"` // of the revision
	SHA1      string    `json:"sha1,omitempty"`
	Text      string    `json:"text,omitempty"` // the SHA-256 of the text, which is its name; "" if it is not here
	Bytes     int64     `json:"bytes,omitempty"`
	Item      string    `json:"qid,omitempty"` // of Wikidata
	// Refused says why the text is not here: a Refused… constant.
	Refused string `json:"refused,omitempty"`
	// Stale is a newer revision that the wiki did not give. The text is that of Revision.
	Stale int64 `json:"stale,omitempty"`
	// Unverified says that the SHA-1 of the text is not the one that the wiki tells. That is no error: the API gives
	// text in Unicode's form NFC, and tells the digest of what it has stored.
	Unverified bool `json:"unverified,omitempty"`
}

// Why the text of a page is not in the mirror.
const (
	RefusedNotFetched = "not-fetched"            // the wiki did not give it, and no older text is here
	RefusedHidden     = "hidden"                 // the wiki hides it; an older text may be what is hidden
	RefusedModel      = "not-wikitext"           // the page has another kind of content
	RefusedTooLarge   = schemas.ReasonTooLarge   // the text or the title is larger than any should be
	wikitextModel     = "wikitext"               // the content model of a page with wikitext
	headFormat        = 1                        // the version of the layout of the folder
	maxTitle          = 1 << 10                  // bytes of a title that is kept of a page that is refused
	maxLine           = 64 << 10                 // bytes of a line of a page
	maxHead           = 16 << 20                 // bytes of the head, which has all names
	maxText           = int64(document.MaxBytes) // bytes
)

// Mirror is a mirror as it was when it was opened. Content must not be called by two goroutines at a time.
type Mirror struct {
	Head
	Pages     []Page     // by ID
	Redirects []Redirect // by the titles from which they lead
	snapshot  string
	texts     textStore
}

// NotFilledError is the error of a folder that is no mirror yet.
type NotFilledError struct{ Folder string }

// Error returns what to do.
func (e *NotFilledError) Error() string {
	return fmt.Sprintf("the mirror %s was never filled: run once without --offline", e.Folder)
}

// Open opens a mirror for reading. It makes no request and changes nothing. The error is a *NotFilledError if there is
// no mirror in the folder.
func Open(folder string) (*Mirror, error) {
	m, err := readPages(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &NotFilledError{folder}
	}
	return m, err
}

// Snapshot returns a digest of the state of the mirror: of all that it says, apart from when it was brought up to date.
// Two mirrors with the same snapshot have the same pages with the same texts.
func (m *Mirror) Snapshot() string { return m.snapshot }

// DamagedError is the error of a text that is not what its name says, or is not there.
type DamagedError struct {
	Path   string
	Detail string
}

// Error returns what is wrong and what to do.
func (e *DamagedError) Error() string {
	return fmt.Sprintf("the text %s is damaged: %s; run once without --offline, and it is fetched again", e.Path,
		e.Detail)
}

// Content returns the text of a page, which is valid until the next call. The error is a *DamagedError if it is not
// what was stored.
func (m *Mirror) Content(p *Page) ([]byte, error) { return m.texts.read(p.Text, p.Bytes) }

// readPages reads the file of pages of a folder.
func readPages(folder string) (*Mirror, error) {
	path := filepath.Join(folder, pagesName)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m := &Mirror{texts: textStore{folder: folder}}
	lines := bufio.NewReaderSize(f, maxLine)
	digest := sha256.New()
	for n := 1; ; n++ {
		limit := maxLine
		if n == 1 {
			limit = maxHead
		}
		line, err := readLine(lines, limit)
		switch {
		case err == io.EOF && n > 1:
			m.snapshot = hex.EncodeToString(digest.Sum(nil))
			return m, nil
		case err == nil && n == 1:
			err = m.readHead(line, digest)
		case err == nil:
			digest.Write(line)
			err = m.readPage(line)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d is not as it was written: %w; remove the file, and the next run makes it "+
				"again from the texts that are there and from the wiki", path, n, err)
		}
	}
}

// readLine reads a line with its end. Lines that are longer than a limit are errors, as is a last line without end.
func readLine(lines *bufio.Reader, limit int) ([]byte, error) {
	var whole []byte
	for {
		part, err := lines.ReadSlice('\n')
		if err == nil && whole == nil {
			return part, nil
		}
		whole = append(whole, part...)
		switch {
		case len(whole) > limit:
			return nil, fmt.Errorf("a line has more than %d bytes", limit)
		case err == io.EOF && len(whole) > 0:
			return nil, io.ErrUnexpectedEOF
		case err != bufio.ErrBufferFull:
			return whole, err
		}
	}
}

// readHead reads the first line.
func (m *Mirror) readHead(line []byte, digest hash.Hash) error {
	if err := json.Unmarshal(line, &m.Head); err != nil {
		return err
	}
	if m.Format != headFormat {
		return fmt.Errorf("the mirror has the format %d, and this program knows %d", m.Format, headFormat)
	}
	return writeHead(digest, m.Head, time.Time{})
}

// writeHead writes the line of a head, with the time at which the mirror was brought up to date.
func writeHead(to io.Writer, h Head, synced time.Time) error {
	h.Synced = synced
	return writeLine(to, h)
}

// writeLine writes a value as a line of JSON.
func writeLine(to io.Writer, value any) error {
	line, err := marshalLine(value)
	if err != nil {
		return err
	}
	_, err = to.Write(line)
	return err
}

// marshalLine returns a value as a line of JSON.
func marshalLine(value any) ([]byte, error) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value) // which ends with the end of a line
	return line.Bytes(), err
}

// readPage reads a line of a page, or of a redirect.
func (m *Mirror) readPage(line []byte) error {
	var entry struct {
		Page
		Redirect
	}
	if err := json.Unmarshal(line, &entry); err != nil {
		return err
	}
	if entry.From != "" {
		m.Redirects = append(m.Redirects, entry.Redirect)
		return nil
	}
	p := entry.Page
	if len(m.Redirects) > 0 {
		return fmt.Errorf("page %d stands behind the redirects", p.ID)
	}
	if last := len(m.Pages) - 1; last >= 0 && m.Pages[last].ID >= p.ID {
		return fmt.Errorf("page %d stands behind page %d", p.ID, m.Pages[last].ID)
	}
	if err := p.check(); err != nil {
		return err
	}
	m.Pages = append(m.Pages, p)
	return nil
}

// check reports whether a page is what a page of a mirror can be.
func (p *Page) check() error {
	switch {
	case p.ID <= 0:
		return fmt.Errorf("there is no page %d", p.ID)
	case p.Text != "" && !isDigest(p.Text):
		return fmt.Errorf("the text %.80q of page %d is no digest", p.Text, p.ID)
	case p.Bytes < 0 || p.Bytes > maxText:
		return fmt.Errorf("the text of page %d has %d bytes", p.ID, p.Bytes)
	case p.Text == "" && p.Refused == "":
		return fmt.Errorf("page %d has no text and no reason", p.ID)
	}
	return nil
}

// isDigest reports whether a text is a SHA-256 in hexadecimal: it becomes part of a path.
func isDigest(text string) bool {
	_, err := hex.DecodeString(text)
	return err == nil && len(text) == hex.EncodedLen(sha256.Size)
}

// byID compares pages by their numbers.
func byID(a, b Page) int { return cmp.Compare(a.ID, b.ID) }

// find returns the page with a number, or nil.
func find(pages []Page, id int64) *Page {
	i, found := slices.BinarySearchFunc(pages, id, func(p Page, id int64) int { return cmp.Compare(p.ID, id) })
	if !found {
		return nil
	}
	return &pages[i]
}
