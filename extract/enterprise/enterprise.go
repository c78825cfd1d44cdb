// Package enterprise reads snapshots of Wikimedia Enterprise: all pages of a wiki, each as a line of JSON with its
// wikitext, its item of Wikidata and the redirects to it. A snapshot is an archive of such files (tar.gz), or one of
// them, compressed by gzip or not.
//
// Start with Matches, Open and Source.Events. stream.go finds the lines in a file, article.go reads one, versions.go
// knows which lines of a page count.
//
// Source: https://enterprise.wikimedia.com/docs/snapshot/.
package enterprise

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/dump"
	"hemicycle/schemas"
)

// Format is the format of a source that is a snapshot, in its account.
const Format = "snapshot"

// sniffBytes is the number of bytes by which a snapshot is recognised, decompressed if it is compressed. The first line
// may have as many before its HTML.
const sniffBytes = 1 << 20

// The keys by which a line of a snapshot is known.
var (
	bodyKey = []byte(`"article_body":`)
	wikiKey = []byte(`"is_part_of":`)
)

// Matches reports whether a file is read as a snapshot. The head is its first bytes.
func Matches(f io.ReaderAt, head []byte) bool {
	if begin := trimStart(head); !bytes.HasPrefix(head, []byte(gzipMagic)) && !isTar(head) {
		isObject := bytes.HasPrefix(begin, []byte("{")) && bytes.HasPrefix(trimStart(begin[1:]), []byte(`"`))
		if !isObject && !bytes.Contains(head, []byte("\n{\"")) {
			return false
		}
	}
	in, err := decompress(bufio.NewReader(io.NewSectionReader(f, 0, 1<<62)))
	if err != nil {
		return false
	}
	content, _ := io.ReadAll(io.LimitReader(in, sniffBytes)) // an error comes up again when the file is read
	return hasPages(content)
}

// hasPages reports whether one of the lines at the beginning of a file is a page: not the first alone, which may be
// damaged. Within an archive, lines begin behind a header.
func hasPages(content []byte) bool {
	isArchive := isTar(content)
	for i, rest := 0, content; len(rest) > 0; i++ {
		data, behind, _ := bytes.Cut(rest, []byte("\n"))
		if rest = behind; isArchive {
			data = data[bytes.LastIndexByte(data, 0)+1:]
		}
		data = trimStart(data)
		if !bytes.HasPrefix(data, []byte("{")) || !bytes.HasPrefix(trimStart(data[1:]), []byte(`"`)) {
			continue
		}
		if i == 0 || isArchive {
			if bytes.Contains(data, bodyKey) || bytes.Contains(data, wikiKey) {
				return true
			}
			continue
		}
		if bytes.Contains(data, bodyKey) && bytes.Contains(data, wikiKey) && json.Valid(data) {
			return true
		}
	}
	return false
}

// Source is the pages of one snapshot. Only those that can hold an election box are yielded, the others are counted.
type Source struct {
	path      string
	size      int64
	changed   time.Time
	selection dump.Selection
	names     boxnames.Names
	search    *boxnames.Search
	maxLine   int          // the most bytes that a line may have
	done      atomic.Int64 // bytes of the file that were read, in both readings together
	doneFrom  int64        // the same, at the checkpoint from which the range began

	from checkpoint // where the range begins

	// The state of a range.
	account   schemas.Account
	lines     int64 // that were met
	finished  bool  // everything about the end of the file was yielded
	redirects []schemas.Redirect
	versions  *versions
	article   article
	text      []byte // of the last page, without the escapes of JSON
}

// Open returns the source of a snapshot.
func Open(file dump.FoundFile, s dump.Selection) (*Source, error) {
	if s.Verify {
		return nil, fmt.Errorf("%s cannot be verified: no SHA256SUMS is published beside a snapshot; "+
			"leave out --verify", schemas.Printable(file.Path))
	}
	names := s.BoxNames(s.Wiki)
	return &Source{
		path: file.Path, size: file.Info.Size(), changed: file.Info.ModTime(),
		selection: s, names: names, search: boxnames.NewSearch(names), maxLine: maxLine,
	}, nil
}

// URI returns the path of the snapshot.
func (s *Source) URI() string { return document.FileURI(s.path) }

// Fingerprint returns a text that tells this state of the file, with this selection, from any other.
func (s *Source) Fingerprint() string {
	text := document.Fingerprint(s.size, s.changed)
	if len(s.selection.Namespaces) > 0 {
		text += fmt.Sprint(", namespaces ", s.selection.Namespaces)
	}
	if s.selection.Titles != nil {
		text += ", titles " + s.selection.Titles.String()
	}
	return text
}

// Account returns the account of the pages that were ranged over.
func (s *Source) Account() schemas.Account { return s.account }

// Progress returns how many bytes of the file were read, and its size. The file is read twice, so each byte that is
// read counts half.
func (s *Source) Progress() (done, total int64) {
	return min(max(s.done.Load(), s.doneFrom)/2, s.size), s.size
}

// Position returns how many pages are before the current place.
func (s *Source) Position() int64 { return s.account.Documents }

// checkpoint is a place between two lines of a snapshot.
type checkpoint struct {
	Lines    int64           `json:"lines"` // before that place
	Finished bool            `json:"finished,omitempty"`
	Done     int64           `json:"done"`
	Account  schemas.Account `json:"account"`
}

// Checkpoint returns the place behind the last line that was dealt with.
func (s *Source) Checkpoint() string {
	c := checkpoint{Lines: s.lines, Finished: s.finished, Done: max(s.done.Load(), s.doneFrom), Account: s.account}
	text, _ := json.Marshal(c) // no field has a value that JSON cannot express
	return string(text)
}

// Resume makes the next range begin behind a checkpoint of the same snapshot.
func (s *Source) Resume(text string) error {
	var from checkpoint
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		return fmt.Errorf("the checkpoint %.100q cannot be read: %w", text, err)
	}
	s.from, s.account, s.doneFrom = from, from.Account, from.Done
	return nil
}

// maxPending is the number of redirects that wait for the next document.
const maxPending = 1000

// yieldFunc takes one event. It returns false if ranging is to stop.
type yieldFunc = func(schemas.Event, error) bool

// Events yields the pages that can hold a box, and redirects.
func (s *Source) Events(ctx context.Context) iter.Seq2[schemas.Event, error] {
	return func(yield func(schemas.Event, error) bool) {
		s.beginRange()
		f, err := os.Open(s.path)
		if err != nil {
			s.rejectFile(yield, &document.Unreadable{
				Reason: schemas.ReasonUnreadable, Offset: -1, Gap: &schemas.Gap{Bytes: s.size},
				Detail: "the file cannot be opened: " + document.WithoutPath(err).Error(),
			})
			return
		}
		defer f.Close()
		digest := sha256.New()
		if err := s.readVersions(ctx, f, digest); err != nil {
			if ctx.Err() == nil && !s.finished {
				s.rejectFile(yield, &document.Unreadable{
					Reason: schemas.ReasonTooLarge, Offset: -1,
					Detail: fmt.Sprintf("the file has more than %d pages, and no wiki has so many", s.versions.most),
				})
			}
			return
		}
		problem, err := s.readPages(ctx, f, yield)
		s.versions = nil
		if err != nil || !s.finish(problem, yield) {
			return
		}
		s.account.SHA256 = hex.EncodeToString(digest.Sum(nil))
		s.done.Store(2 * s.size)
	}
}

// beginRange sets the state of a range to that of the checkpoint from which it begins.
func (s *Source) beginRange() {
	if s.from.Account.SourceURI == "" {
		s.from.Account = schemas.Account{SourceURI: s.URI(), Format: Format, Scan: schemas.ScanWhole, Bytes: s.size}
	}
	s.account, s.finished = s.from.Account, s.from.Finished
	s.account.Names = slices.Clone(s.account.Names)
	scan := schemas.SnapshotScan{}
	if before := s.from.Account.Snapshot; before != nil {
		scan = *before
	}
	s.account.Snapshot = &scan
	if s.selection.Titles != nil {
		index := schemas.IndexScan{Streams: 1, StreamsRead: 1, BytesRead: s.size}
		if before := s.from.Account.Index; before != nil {
			index = *before
		}
		s.account.Scan, s.account.Index = schemas.ScanIndex, &index
	}
	s.lines, s.redirects, s.versions = 0, nil, &versions{most: maxVersions}
	s.done.Store(0)
}

// readVersions reads the snapshot for the versions of its pages.
func (s *Source) readVersions(ctx context.Context, f io.ReaderAt, digest io.Writer) error {
	reading := stream{size: s.size, maxLine: s.maxLine, done: &s.done, hash: digest, visit: func(l *snapshotLine) bool {
		v, problem := s.parse(l)
		return problem != nil || s.versions.add(v)
	}}
	_, err := reading.read(ctx, f) // what is wrong with the file is met again
	if err == nil {
		s.versions.settle()
	}
	return err
}

// parse reads a line, and returns the version of its page. The error says why the line cannot be read.
func (s *Source) parse(l *snapshotLine) (pageVersion, *document.Unreadable) {
	switch {
	case l.problem != nil:
		return pageVersion{}, l.problem
	case l.isTooLong:
		return pageVersion{}, s.broken(l, schemas.ReasonTooLarge,
			fmt.Sprintf("the line has more than %d MiB, and no page has", s.maxLine>>20))
	}
	if err := s.article.parse(l.data); err != nil {
		reason := schemas.ReasonBrokenPage
		if l.isOpen && errors.Is(err, errEnds) {
			reason = schemas.ReasonCutShort
		}
		return pageVersion{}, s.broken(l, reason, brokenDetail(err))
	}
	if !fitsTitle(s.article.title) {
		detail := fmt.Sprintf("the title has %d bytes, and MediaWiki lets none have more than %d",
			len(s.article.title), document.MaxNameBytes)
		return pageVersion{}, s.broken(l, schemas.ReasonTooLarge, detail)
	}
	v, ok := s.versions.of(&s.article)
	if !ok {
		return v, s.broken(l, schemas.ReasonBrokenPage,
			fmt.Sprintf("the page is of one more wiki, after %d others", maxWikis))
	}
	return v, nil
}

// broken returns the error of a line.
func (s *Source) broken(l *snapshotLine, reason, detail string) *document.Unreadable {
	if l.member != "" {
		detail = fmt.Sprintf("in the file %q of the archive: ", l.member) + detail
	}
	return &document.Unreadable{
		Reason: reason, Detail: detail, Line: l.number, Offset: -1,
		Gap: &schemas.Gap{From: l.from, Bytes: -1, Page: reason != schemas.ReasonCutShort},
	}
}

// readPages reads the snapshot for its pages and yields them. It returns what is wrong with the file as a whole.
func (s *Source) readPages(ctx context.Context, f io.ReaderAt, yield yieldFunc) (*document.Unreadable, error) {
	reading := stream{size: s.size, maxLine: s.maxLine, done: &s.done, visit: func(l *snapshotLine) bool {
		v, problem := s.parse(l)
		end := isNewest
		if problem == nil {
			end = s.versions.settled(v)
		}
		if s.lines++; s.lines <= s.from.Lines {
			return true
		}
		if problem != nil {
			return s.rejectLine(yield, l, problem)
		}
		return s.yieldPage(yield, end)
	}}
	return reading.read(ctx, f)
}

// rejectLine yields a line that cannot be read as a rejected document, with what is known of its page.
func (s *Source) rejectLine(yield yieldFunc, l *snapshotLine, problem *document.Unreadable) bool {
	s.account.Documents++
	d := &schemas.Document{URI: s.URI()}
	if l.problem == nil {
		s.account.Snapshot.Lines++
	}
	if l.data != nil && fitsTitle(s.article.title) {
		d.Title = s.article.pageTitle()
	}
	return s.yieldDocument(yield, d, problem)
}

// rejectFile yields a rejected document that stands for the file, or for a part of it.
func (s *Source) rejectFile(yield yieldFunc, problem *document.Unreadable) bool {
	s.finished = true
	s.account.Documents++
	return s.yieldDocument(yield, &schemas.Document{URI: s.URI()}, problem)
}

// finish yields what is to be said of the end of the file, once.
func (s *Source) finish(problem *document.Unreadable, yield yieldFunc) bool {
	switch {
	case s.finished:
		return true
	case problem != nil:
		return s.rejectFile(yield, problem)
	case len(s.redirects) > 0:
		s.finished = true
		return yield(schemas.Event{Redirects: s.drainRedirects()}, nil)
	}
	return true
}

// yieldDocument yields a document with the redirects that were met before it.
func (s *Source) yieldDocument(yield yieldFunc, d *schemas.Document, err error) bool {
	return yield(schemas.Event{Document: d, Redirects: s.drainRedirects()}, err)
}

// drainRedirects returns the redirects that are yielded with the next event.
func (s *Source) drainRedirects() []schemas.Redirect {
	redirects := s.redirects
	s.redirects = nil
	return redirects
}

// yieldPage counts the page of the line that was read, and yields it if it can hold a box.
func (s *Source) yieldPage(yield yieldFunc, end fate) bool {
	scan := s.account.Snapshot
	scan.Lines++
	switch end {
	case isSuperseded:
		scan.Superseded++
		return true
	case isGone:
		scan.Deleted++
		return true
	}
	a := &s.article
	if a.namespace == templateNamespace {
		s.keepBoxNames()
	}
	if index := s.account.Index; index != nil {
		index.Titles++
		if !s.selection.Titles.MatchString(a.pageTitle()) {
			return true
		}
		index.Matched++
	}
	if !s.selects(a.namespace) {
		s.account.Documents++
		s.account.OtherNamespaces++
		return true
	}
	s.keepRedirects()
	if !s.yieldText(yield) {
		return false
	}
	return len(s.redirects) < maxPending || yield(schemas.Event{Redirects: s.drainRedirects()}, nil)
}

// yieldText yields the page with its text if one of its templates is a box, by the text or by the list of templates.
// The list alone does not tell: it lacks templates that stand in the arguments of others.
func (s *Source) yieldText(yield yieldFunc) bool {
	a := &s.article
	s.account.Documents++
	text := s.unescape(a.wikitext)
	isNamed, isListed := s.search.Contains(text), s.listsBox()
	switch {
	case !a.isShown:
		s.account.WithoutBox++
		return true
	case !a.hasWikitext && (isListed || !a.hasTemplates):
		d := a.document(s.URI())
		return s.yieldDocument(yield, d, &document.Unreadable{
			Reason: schemas.ReasonMissing, Offset: -1,
			Detail: "the line has no wikitext of the page: expected it in article_body.wikitext",
		})
	case !isNamed && !isListed, !a.hasWikitext:
		s.account.WithoutBox++
		return true
	case !isNamed:
		s.account.Snapshot.OtherNames++
	}
	d := a.document(s.URI())
	return s.yieldDocument(yield, d, document.Decode(d, text))
}

// unescape returns a text as it is meant. It is valid until the next call, and as long as the line is.
func (s *Source) unescape(t jsonText) []byte {
	if bytes.IndexByte(t, '\\') < 0 {
		return t
	}
	s.text = t.unescape(s.text[:0])
	return s.text
}

// selects reports whether the pages of a namespace are read.
func (s *Source) selects(namespace int64) bool {
	if len(s.selection.Namespaces) == 0 {
		return namespace == 0
	}
	return slices.Contains(s.selection.Namespaces, int(namespace))
}

// templateNamespace is the number of the namespace of templates.
const templateNamespace = 10

// listsBox reports whether the list of the page's templates has a box.
func (s *Source) listsBox() bool {
	return slices.ContainsFunc(s.article.templates, func(title jsonText) bool {
		_, name, found := bytes.Cut(s.unescape(title), []byte(":")) // the namespace is in the language of the wiki
		_, isBox := s.names[string(name)]
		return found && isBox
	})
}

// keepRedirects keeps the redirects to the page that was read.
func (s *Source) keepRedirects() {
	a := &s.article
	to := a.pageTitle()
	for _, from := range a.redirects {
		s.redirects = append(s.redirects, schemas.Redirect{Wiki: string(a.wiki), From: titleOf(from), To: to})
	}
}

// maxBoxNames bounds the names of boxes that are kept. A wiki has some dozens.
const maxBoxNames = 10_000

// keepBoxNames keeps the names of a template that redirects make those of an election box: all that lead to a known
// box, or the one to which the known name of a box leads.
func (s *Source) keepBoxNames() {
	a := &s.article
	_, to, _ := strings.Cut(a.pageTitle(), ":")
	to = boxnames.Normalize(to)
	for _, title := range a.redirects {
		_, from, found := strings.Cut(titleOf(title), ":")
		from = boxnames.Normalize(from)
		if !found || from == "" || to == "" || len(s.account.Names) == maxBoxNames {
			continue
		}
		if template, ok := s.names[to]; ok {
			s.account.Names = append(s.account.Names, schemas.BoxName{Name: from, Template: template})
		} else if template, ok := s.names[from]; ok {
			s.account.Names = append(s.account.Names, schemas.BoxName{Name: to, Template: template})
		}
	}
}
