// Package dump reads MediaWiki exports: compressed or not, in one file or a folder of them, from the beginning,
// from a checkpoint, or only the streams that an index names.
//
// Start with Open and Source.Documents; scanner.go finds the pages in the bytes.
package dump

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// Source is a source that holds many pages: a MediaWiki XML export, plain or packed. Pages are found by
// scanning bytes; only those that can hold an election box are yielded, the others are counted.
//
// Sources: https://www.mediawiki.org/wiki/Help:Export, https://www.mediawiki.org/xml/export-0.11.xsd.
type Source struct {
	path      string
	size      int64
	changed   time.Time
	selection Selection
	names     boxnames.Names
	search    *boxnames.Search
	index     string       // the file that names the titles; "" where all pages are read
	done      atomic.Int64 // bytes of the file that were read
	total     atomic.Int64 // bytes that are to be read; 0 where that is the whole file

	before    int64 // of the bytes that an index names: what was done with before the range began
	site      site
	account   schemas.Account
	scan      *scanner
	starts    []decompressionStart
	redirects []schemas.Redirect // met since the last document
	finished  bool               // all that is to be said of the file's end was said
	from      checkpoint         // where to begin
}

// Format is the format of a source that is a dump.
const Format = "dump"

// Selection says which pages of a dump are read.
type Selection struct {
	Namespaces []int             // those that count; none is that of articles alone
	Templates  map[string]string // further names of election boxes
	Titles     *regexp.Regexp    // only the streams are read that hold such a title; nil for all
	Verify     bool              // each dump is held against the SHA256SUMS beside it
	Workers    int               // blocks that are unpacked at a time; 0 is one a core
}

// sniffBytes is how many of a file's first bytes tell whether it is a dump.
const sniffBytes = 4 << 10

// isDump reports whether a file is read as a dump: it is packed, or begins as an export.
func isDump(head []byte) bool {
	if p := compressionOf(head); p.name != "plain" {
		return true
	}
	if r := newUTF16Decoder(head); r != nil {
		head = r.decode(head)
	}
	text := strings.TrimSpace(strings.TrimPrefix(string(head), document.ByteOrderMark))
	if strings.HasPrefix(text, "<?xml") {
		return strings.Contains(text, "<mediawiki")
	}
	return strings.HasPrefix(text, "<mediawiki") || strings.HasPrefix(text, "<page>")
}

// ErrNotADump means that a file is neither compressed nor an export.
var ErrNotADump = errors.New("the file is no dump")

// Open returns the source of a dump. The file, which is open, is looked at and not kept. Where titles are
// chosen, the multistream index must stand beside it; where it is to be verified, that is done here. The
// error is ErrNotADump where the file is read as one document.
func Open(ctx context.Context, f io.Reader, file FoundFile, s Selection) (*Source, error) {
	head := make([]byte, sniffBytes)
	n, _ := io.ReadFull(f, head) // what cannot be read is met again when the source is
	if !isDump(head[:n]) {
		return nil, ErrNotADump
	}
	names := boxnames.Known.With(s.Templates)
	d := &Source{
		path: file.Path, size: file.Info.Size(), changed: file.Info.ModTime(),
		selection: s, names: names, search: boxnames.NewSearch(names),
	}
	if s.Titles != nil {
		index, err := findIndex(file.Path)
		if err != nil {
			return nil, err
		}
		d.index = index
	}
	if s.Verify {
		if err := verifyDigest(ctx, file.Path); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *Source) URI() string { return document.FileURI(d.path) }

func (d *Source) Fingerprint() string {
	return document.Fingerprint(d.size, d.changed) + d.selection.fingerprint()
}

// fingerprint tells selections apart.
func (s *Selection) fingerprint() string {
	stamp := ""
	if len(s.Namespaces) > 0 {
		stamp += fmt.Sprint(", namespaces ", s.Namespaces)
	}
	if s.Titles != nil {
		stamp += ", titles " + s.Titles.String()
	}
	return stamp
}

func (d *Source) Account() schemas.Account { return d.account }

func (d *Source) Progress() (done, total int64) {
	if total = d.total.Load(); total == 0 {
		total = d.size
	}
	return d.done.Load(), total
}

func (d *Source) Position() int64 { return d.account.Documents }

func (d *Source) Events(ctx context.Context) iter.Seq2[schemas.Event, error] {
	return func(yield func(schemas.Event, error) bool) {
		if d.from.Account.SourceURI == "" {
			d.from.Account = schemas.Account{SourceURI: d.URI(), Format: Format, Scan: schemas.ScanWhole, Bytes: d.size}
		}
		d.account, d.site, d.finished = d.from.Account, d.from.Site, d.from.Ended
		d.scan, d.starts, d.redirects = &scanner{closed: d.from.Closed}, nil, nil
		if d.from.Rooted {
			d.scan.rooted, d.scan.found = true, true
		}
		f, err := os.Open(d.path)
		if err != nil {
			d.rejectFile(yield, schemas.ReasonUnreadable, "the file cannot be opened: "+document.WithoutPath(err).Error())
			return
		}
		defer f.Close()
		head := make([]byte, sniffBytes)
		n, _ := f.ReadAt(head, 0) // what cannot be read is met again below
		packed := compressionOf(head[:n])
		if packed.refused != "" {
			d.rejectFile(yield, schemas.ReasonUnknownFormat, fmt.Sprintf("the file is packed as %s, which is not read: %s", packed.name, packed.refused))
			return
		}
		if d.index != "" {
			d.rangeIndexed(ctx, f, yield)
			return
		}
		digest := newDigest(ctx, f, d.size)
		whole := d.rangePages(ctx, decodeUTF16(packed.decompress(ctx, f, d.size, d.from.Bit, d.selection.Workers)), digest, yield)
		if whole && ctx.Err() == nil {
			digest.reach(d.size)
			d.done.Store(d.size)
		}
		d.account.SHA256 = digest.hexSum()
	}
}

// rangeIndexed reads the streams that hold a title which is asked for.
func (d *Source) rangeIndexed(ctx context.Context, f *os.File, yield func(schemas.Event, error) bool) {
	d.account.Scan = schemas.ScanIndex
	spans, scan, err := readIndex(ctx, d.index, d.size, d.selection.Titles)
	if err != nil {
		if ctx.Err() == nil {
			d.rejectFile(yield, schemas.ReasonUnreadable, "the index cannot be read: "+err.Error())
		}
		return
	}
	d.account.Index = scan
	d.total.Store(scan.BytesRead)
	left := spansAfter(spans, d.from.Bit)
	d.before = scan.BytesRead
	for _, s := range left {
		d.before -= s.To - s.Bit/8
	}
	if d.rangePages(ctx, decompressSpans(ctx, f, left, d.selection.Workers), nil, yield) && ctx.Err() == nil {
		d.done.Store(scan.BytesRead)
	}
}

// yieldDocument yields a document with the redirects that were passed before it.
func (d *Source) yieldDocument(yield func(schemas.Event, error) bool, doc *schemas.Document, err error) bool {
	return yield(schemas.Event{Document: doc, Redirects: d.drainRedirects()}, err)
}

// rejectFile rejects the file as a whole.
func (d *Source) rejectFile(yield func(schemas.Event, error) bool, reason, detail string) bool {
	d.account.Documents++
	return d.yieldDocument(yield, &schemas.Document{URI: d.URI()}, &document.Unreadable{Reason: reason, Detail: detail, Offset: -1})
}

// rangePages ranges over the pages of an export, and reports whether it came to the end.
func (d *Source) rangePages(ctx context.Context, stretches iter.Seq[chunk], digest *fileDigest, yield func(schemas.Event, error) bool) bool {
	offset := int64(0) // in the export, of the next byte
	skip := d.from.Skip
	var lost *damagedRange
	damaged := false
	for s := range stretches {
		digest.reach(s.to)
		d.done.Store(d.before + s.done)
		if s.err != nil && s.lossless {
			if !d.rejectFile(yield, schemas.ReasonDamaged, fmt.Sprintf("the stream that ends at byte %d of the file: %v; each block of it is sound, but one may be missing", s.to, s.err)) {
				return false
			}
			continue
		}
		if s.err != nil {
			title, inside := d.scan.resync(offset)
			if damaged = true; lost == nil {
				lost = &damagedRange{from: s.from, to: s.to, err: s.err, title: title, inside: inside}
			}
			lost.to, lost.cut = s.to, s.cut
			continue
		}
		if len(s.data) == 0 {
			continue
		}
		if skip >= int64(len(s.data)) {
			skip -= int64(len(s.data))
			offset += int64(len(s.data))
			continue
		}
		if s.bit >= 0 {
			d.starts = append(d.starts, decompressionStart{offset, s.bit})
		}
		if len(d.scan.buffer) == 0 {
			d.scan.base = offset + skip
		}
		d.scan.feed(s.data[skip:])
		offset += int64(len(s.data))
		skip = 0
		if lost != nil {
			if !d.rejectRange(yield, lost) {
				return false
			}
			lost = nil
		}
		if !d.drain(yield) {
			return false
		}
		if !d.scan.found && !damaged && offset > sniffBytes {
			d.rejectFile(yield, schemas.ReasonUnknownFormat, "this is no MediaWiki export: expected <mediawiki> or <page> at its beginning")
			d.finished = true
			return true
		}
		d.starts = slices.Delete(d.starts, 0, max(0, d.startBefore(d.scan.position())))
	}
	return ctx.Err() == nil && d.finish(lost, yield)
}

// finish says what is to be said of a file's end.
func (d *Source) finish(lost *damagedRange, yield func(schemas.Event, error) bool) bool {
	if d.finished {
		return true
	}
	d.finished = true
	title, inside := d.scan.resync(d.scan.base + int64(len(d.scan.buffer)))
	switch {
	case lost != nil:
		return d.rejectRange(yield, lost)
	case inside:
		where := "a page, before the end of its title"
		if title := unescapeXML(title); title != "" {
			where = fmt.Sprintf("the page %q", title)
		}
		return d.rejectFile(yield, schemas.ReasonCutShort, "the file is cut short: it ends inside "+where+"; expected </page> and </mediawiki>")
	case !d.scan.found:
		return d.rejectFile(yield, schemas.ReasonUnknownFormat, "this is no MediaWiki export: expected <mediawiki> or <page> at its beginning")
	case d.scan.rooted && !d.scan.closed && d.index == "":
		return d.rejectFile(yield, schemas.ReasonCutShort, "the file is cut short: it ends between two pages; expected </mediawiki>")
	case len(d.redirects) > 0:
		return yield(schemas.Event{Redirects: d.drainRedirects()}, nil)
	}
	return true
}

// rejectRange counts a damaged range as one document: how many pages it held cannot be told.
func (d *Source) rejectRange(yield func(schemas.Event, error) bool, lost *damagedRange) bool {
	reason := schemas.ReasonDamaged
	if lost.cut {
		reason = schemas.ReasonCutShort
	}
	lost.title = []byte(unescapeXML(lost.title))
	return d.rejectFile(yield, reason, lost.detail())
}

// drain deals with all pages that the scanner holds whole.
func (d *Source) drain(yield func(schemas.Event, error) bool) bool {
	for {
		switch d.scan.next() {
		case needMore:
			return true
		case newSite:
			d.site = parseSite(d.scan.root, d.scan.site)
		case onePage:
			if !d.yieldPage(yield) {
				return false
			}
		case badPage:
			if !d.rejectPage(yield, schemas.ReasonBrokenPage, "the page's mark-up is broken: "+d.scan.page.broken) {
				return false
			}
		case largePage:
			if !d.rejectPage(yield, schemas.ReasonTooLarge, fmt.Sprintf("the page takes more than %d MiB, and no page does", maxPage>>20)) {
				return false
			}
		}
	}
}

func (d *Source) rejectPage(yield func(schemas.Event, error) bool, reason, detail string) bool {
	d.account.Documents++
	doc := &schemas.Document{URI: d.URI(), Wiki: d.site.Wiki, Title: unescapeXML(d.scan.bytes(d.scan.page.title))}
	return d.yieldDocument(yield, doc, &document.Unreadable{Reason: reason, Detail: detail, Offset: -1})
}

// yieldPage counts the page that the scanner holds, or yields it.
func (d *Source) yieldPage(yield func(schemas.Event, error) bool) bool {
	s, p := d.scan, &d.scan.page
	d.account.Documents++
	namespace, _ := strconv.Atoi(string(s.bytes(p.namespace)))
	selected := namespace == 0
	if len(d.selection.Namespaces) > 0 {
		selected = slices.Contains(d.selection.Namespaces, namespace)
	}
	switch {
	case p.redirect:
		if selected {
			d.account.Redirects++
		} else {
			d.account.OtherNamespaces++
		}
		d.keepRedirect(namespace, selected)
		return len(d.redirects) < maxRedirects || yield(schemas.Event{Redirects: d.drainRedirects()}, nil)
	case !selected:
		d.account.OtherNamespaces++
		return true
	case p.newest.parts[revisionText] == span{} || !isWikitextModel(s.bytes(p.newest.parts[revisionModel])),
		!d.search.Contains(s.bytes(p.newest.parts[revisionText])):
		d.account.WithoutBox++
		return true
	}
	doc, err := d.buildDocument()
	return d.yieldDocument(yield, doc, err)
}

func isWikitextModel(model []byte) bool { return len(model) == 0 || string(model) == "wikitext" }
