// Package dump reads MediaWiki exports: compressed or not, in one file or a folder of them, from the beginning, from a
// checkpoint, or only the streams that an index names.
//
// Start with Open and Source.Events. compression.go unpacks the bytes, scanner.go finds the pages in them, page.go
// reads a page, and drain.go says what becomes of it. damage.go has what is yielded in place of what cannot be read.
package dump

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// Source is a MediaWiki XML export, compressed or not. Pages are found by scanning bytes. Only those that can hold an
// election box are yielded, the others are counted.
//
// Sources: https://www.mediawiki.org/wiki/Help:Export, https://www.mediawiki.org/xml/export-0.11.xsd.
type Source struct {
	path      string
	size      int64
	changed   time.Time
	selection Selection
	names     boxnames.Names // of the boxes in the wiki namesOf; nil before they are needed
	namesOf   string
	search    *boxnames.Search
	items     *pageItems   // the items of pages; nil if there is no table of them
	index     string       // the path of the index that names the titles; "" if all pages are read
	done      atomic.Int64 // bytes of the file that were read
	total     atomic.Int64 // bytes that are to be read; 0 if that is the whole file

	from  checkpoint  // where the range begins
	piece *pieceRange // nil if the range goes on to the end of the file

	// The state of a range.
	doneBefore int64 // of the bytes that an index names: those before the place where the range began
	site       site
	account    schemas.Account
	scan       *scanner
	starts     []decompressionStart
	redirects  []schemas.Redirect // met since the last document
	finished   bool               // everything about the end of the file was yielded
	itemsState itemsState
	// isIncomplete says that it was yielded that something of the file is missing.
	isIncomplete bool
	inPlain      bool  // offsets of the export are those of the file
	reached      int64 // the first byte of the file that the last chunk was made of
}

// Format is the format of a source that is a dump, in its account.
const Format = "dump"

// ErrNotADump means that a file is neither compressed nor an export.
var ErrNotADump = errors.New("the file is no dump")

// Open returns the source of a dump. The open file is only looked at, and not kept. If titles are selected, the index
// must be beside the dump. The error is ErrNotADump if the file is to be read as one document.
func Open(f io.Reader, file FoundFile, s Selection) (*Source, error) {
	head := make([]byte, min(sniffBytes, max(file.Info.Size(), 0)))
	n, _ := io.ReadFull(f, head) // an error comes up again when the source is read
	if !isDump(head[:n]) {
		return nil, ErrNotADump
	}
	d := &Source{
		path: file.Path, size: file.Info.Size(), changed: file.Info.ModTime(),
		selection: s, items: s.itemsOf(file.Path),
	}
	if s.Titles != nil {
		index, err := findIndex(file.Path)
		if err != nil {
			return nil, err
		}
		d.index = index
	}
	return d, nil
}

// Verify compares the file with the SHA256SUMS beside it, if the selection asks for that. Until it returns, Progress
// says how much of the file was compared.
func (d *Source) Verify(ctx context.Context) error {
	if !d.selection.Verify {
		return nil
	}
	before := d.done.Load()
	defer d.done.Store(before)
	d.done.Store(0)
	return verifyDigest(ctx, d.path, &d.done)
}

// URI returns the path of the dump.
func (d *Source) URI() string { return document.FileURI(d.path) }

// Fingerprint returns a text that tells this state of the file, with this selection, from any other.
func (d *Source) Fingerprint() string {
	return document.Fingerprint(d.size, d.changed) + d.selection.fingerprint() + d.items.fingerprint()
}

// Account returns the account of the pages that were ranged over.
func (d *Source) Account() schemas.Account {
	account := d.account
	if wiki := d.site.Wiki; wiki != "" && len(wiki) <= document.MaxNameBytes {
		account.Wikis = []string{d.site.Wiki}
	}
	return account
}

// Progress returns how many bytes were read, and how many are to be read.
func (d *Source) Progress() (done, total int64) {
	if total = d.total.Load(); total == 0 {
		total = d.size
	}
	return d.done.Load(), total
}

// Position returns how many pages are before the current place.
func (d *Source) Position() int64 { return d.account.Documents }

// yieldFunc takes one event. It returns false if ranging is to stop.
type yieldFunc = func(schemas.Event, error) bool

// Events yields the pages that can hold a box, and redirects.
func (d *Source) Events(ctx context.Context) iter.Seq2[schemas.Event, error] {
	return func(yield func(schemas.Event, error) bool) {
		d.beginRange()
		f, err := os.Open(d.path)
		if err != nil {
			detail := "the file cannot be opened: " + document.WithoutPath(err).Error()
			d.rejectPart(yield, schemas.ReasonUnreadable, detail, schemas.Gap{Bytes: d.size})
			return
		}
		defer f.Close()
		head := make([]byte, magicBytes)
		n, _ := f.ReadAt(head, 0) // an error comes up again below
		form := compressionOf(head[:n])
		if form.refused != "" {
			d.rejectFile(yield, schemas.ReasonUnknownFormat,
				fmt.Sprintf("the file is packed as %s, which is not read: %s", form.name, form.refused))
			return
		}
		if d.index != "" {
			d.rangeIndexed(ctx, f, yield)
			return
		}
		d.inPlain = form.name == "plain" && newUTF16Decoder(head[:n]) == nil
		if d.piece != nil {
			d.rangePages(ctx, d.pieceChunks(ctx, f, form), nil, yield)
			return
		}
		digest := newDigest(ctx, f, d.size)
		chunks := decodeUTF16(form.decompress(ctx, f, d.size, d.from.Bit, d.selection.Workers))
		isWhole := d.rangePages(ctx, chunks, digest, yield) && ctx.Err() == nil
		if isWhole {
			digest.reach(d.size)
			d.done.Store(d.size)
		}
		if sum := digest.hexSum(); isWhole {
			d.account.SHA256 = sum
		}
	}
}

// beginRange sets the state of a range to that of the checkpoint from which it begins.
func (d *Source) beginRange() {
	if d.from.Account.SourceURI == "" {
		d.from.Account = schemas.Account{SourceURI: d.URI(), Format: Format, Scan: schemas.ScanWhole, Bytes: d.size}
	}
	d.account, d.site, d.finished = d.from.Account, d.from.Site, d.from.Finished
	d.isIncomplete, d.itemsState = d.from.Incomplete, d.from.Items
	d.scan = &scanner{exportState: d.from.exportState}
	if d.piece != nil {
		d.piece.begin(d)
	}
	d.starts, d.redirects = nil, nil
}

// rangeIndexed yields the pages of the streams that hold a selected title.
func (d *Source) rangeIndexed(ctx context.Context, f *os.File, yield yieldFunc) {
	d.account.Scan = schemas.ScanIndex
	spans, scan, err := readIndex(ctx, d.index, d.size, d.selection.Titles)
	if err != nil {
		if ctx.Err() == nil {
			detail := "the index cannot be read: " + err.Error()
			d.rejectPart(yield, schemas.ReasonUnreadable, detail, schemas.Gap{Bytes: d.size})
		}
		return
	}
	d.account.Index = scan
	d.total.Store(scan.BytesRead)
	left := spansAfter(spans, d.from.Bit)
	d.doneBefore = scan.BytesRead
	for _, s := range left {
		d.doneBefore -= s.To - s.Bit/8
	}
	if d.rangePages(ctx, decompressSpans(ctx, f, left, d.selection.Workers), nil, yield) && ctx.Err() == nil {
		d.done.Store(scan.BytesRead)
		d.checkIndexedPages(scan.Pages, yield)
	}
}

// checkIndexedPages yields a reject if fewer pages were met than the index names in the streams that were read, and
// nothing else says why.
func (d *Source) checkIndexedPages(indexed int64, yield yieldFunc) {
	met := d.account.Documents
	if d.isIncomplete || met >= indexed {
		return
	}
	d.rejectPart(yield, schemas.ReasonDamaged, fmt.Sprintf("the index names %d pages in the streams that were read, and "+
		"%d are there: the dump and its index do not belong together, or pages are lost", indexed, met),
		schemas.Gap{From: -1, Bytes: -1})
}

// yieldDocument yields a document with the redirects that were met before it.
func (d *Source) yieldDocument(yield yieldFunc, doc *schemas.Document, err error) bool {
	return yield(schemas.Event{Document: doc, Redirects: d.drainRedirects()}, err)
}

// rejectFile yields a rejected document that stands for a file of another kind.
func (d *Source) rejectFile(yield yieldFunc, reason, detail string) bool {
	d.account.Documents++
	err := &document.Unreadable{Reason: reason, Detail: detail, Offset: -1}
	return d.yieldDocument(yield, &schemas.Document{URI: d.URI()}, err)
}

// noExport is the detail of a file that is not an export.
const noExport = "this is no MediaWiki export: expected <mediawiki> or <page> at its beginning"

// rangePages yields the pages of an export, and reports whether it came to the end.
func (d *Source) rangePages(ctx context.Context, chunks iter.Seq[chunk], digest *fileDigest, yield yieldFunc) bool {
	offset := d.from.Passed // of the next byte of the export
	skip := d.from.Skip
	var lost *damagedRange // that has not been yielded yet
	for c := range chunks {
		digest.reach(c.to)
		d.done.Store(d.doneBefore + c.done)
		if d.piece != nil && d.piece.meet(d, &c, offset) {
			if d.piece.isOver {
				return d.endPiece(yield)
			}
			continue
		}
		switch {
		case c.err != nil:
			var ok bool
			if lost, ok = d.meetDamage(&c, offset, lost, yield); !ok {
				return false
			}
			continue
		case len(c.data) == 0:
			continue
		case skip >= int64(len(c.data)):
			skip -= int64(len(c.data))
			offset += int64(len(c.data))
			continue
		}
		d.reached = c.from
		d.feed(&c, offset, skip)
		offset += int64(len(c.data))
		skip = 0
		if lost != nil {
			if !d.rejectRange(yield, lost) {
				return false
			}
			lost = nil
		}
		if isOver, ok := d.drainChunk(offset, yield); isOver || !ok {
			return ok
		}
	}
	if d.piece != nil && d.piece.isSeeking { // what is to be said of the end is said by the piece before
		return true
	}
	return ctx.Err() == nil && d.finish(lost, yield)
}

// drainChunk deals with what the scanner holds up to an offset of the export. It reports whether the range is over.
func (d *Source) drainChunk(offset int64, yield yieldFunc) (isOver, ok bool) {
	defer func() { d.starts = slices.Delete(d.starts, 0, max(0, d.startBefore(d.scan.position()))) }()
	if d.piece == nil || d.piece.hasBegun(d) {
		if !d.drain(yield) {
			return true, false
		}
	}
	switch {
	case d.piece != nil && d.piece.isOver:
		return true, d.endPiece(yield)
	case d.finished:
		return true, true
	case !d.scan.isFound() && !d.scan.HeadLost && offset > document.MaxBytes:
		d.rejectFile(yield, schemas.ReasonUnknownFormat, noExport)
		d.finished = true
		return true, true
	}
	return false, true
}

// feed gives the scanner a chunk that begins at an offset of the export, without the bytes to skip.
func (d *Source) feed(c *chunk, offset, skip int64) {
	if c.bit >= 0 {
		d.starts = append(d.starts, decompressionStart{offset, c.bit, c.stream})
	}
	if len(d.scan.buffer) == 0 {
		d.scan.base = offset + skip
	}
	d.scan.feed(c.data[skip:])
}

// finish yields what is to be said of the end of the file, once.
func (d *Source) finish(lost *damagedRange, yield yieldFunc) bool {
	if d.finished {
		return true
	}
	if !d.reportItems(yield) {
		return false
	}
	d.finished = true
	markup, begun := d.scan.until, d.describePlace(d.scan.untilFrom)
	title, inside := d.scan.resync(d.scan.base + int64(len(d.scan.buffer)))
	switch {
	case lost != nil:
		return d.rejectRange(yield, lost)
	case inside:
		where := "a page, before the end of its title"
		if title := unescapeXML(title); title != "" {
			where = fmt.Sprintf("the page %q", title)
		}
		return d.rejectPart(yield, schemas.ReasonCutShort,
			"the file ends inside "+where+"; expected </page> and </mediawiki>", d.gapBehindEnd())
	case markup != "":
		return d.rejectPart(yield, schemas.ReasonCutShort, fmt.Sprintf("the file ends inside a comment or an "+
			"instruction, which begins %s; expected %s", begun, markup), d.gapBehindEnd())
	case !d.scan.isFound():
		return d.rejectFile(yield, schemas.ReasonUnknownFormat, noExport)
	case d.scan.Rooted && !d.scan.Closed && d.index == "":
		return d.rejectPart(yield, schemas.ReasonCutShort,
			"the file ends between two pages; expected </mediawiki>", d.gapBehindEnd())
	case len(d.redirects) > 0:
		return yield(schemas.Event{Redirects: d.drainRedirects()}, nil)
	}
	return true
}
