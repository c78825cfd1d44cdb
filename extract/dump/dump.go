// Package dump reads MediaWiki exports: compressed or not, in one file or a folder of them, from the beginning, from a
// checkpoint, or only the streams that an index names.
//
// Start with Open and Source.Events. scanner.go finds the pages in the bytes.
package dump

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"regexp"
	"slices"
	"strconv"
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
	names     boxnames.Names
	search    *boxnames.Search
	index     string       // the path of the index that names the titles; "" if all pages are read
	done      atomic.Int64 // bytes of the file that were read
	total     atomic.Int64 // bytes that are to be read; 0 if that is the whole file

	from checkpoint // where the range begins

	// The state of a range.
	doneBefore int64 // of the bytes that an index names: those before the place where the range began
	site       site
	account    schemas.Account
	scan       *scanner
	starts     []decompressionStart
	redirects  []schemas.Redirect // met since the last document
	finished   bool               // everything about the end of the file was yielded
	headLost   bool               // damage met before any page may have cost the head of the export
	hasPage    bool               // a page was met
	// isIncomplete says that it was yielded that something of the file is missing.
	isIncomplete bool
	inPlain      bool  // offsets of the export are those of the file
	reached      int64 // the first byte of the file that the last chunk was made of
}

// Format is the format of a source that is a dump, in its account.
const Format = "dump"

// Selection says which pages of a dump are read.
type Selection struct {
	Namespaces []int             // the numbers of the namespaces that are read; none means articles only
	Templates  map[string]string // further names of election boxes
	Titles     *regexp.Regexp    // only the streams with such a title are read; nil for all
	Verify     bool              // each dump is compared with the SHA256SUMS beside it
	Wiki       string            // of pages of an export that does not say it; "" if nobody knows
	Workers    int               // the number of blocks that are decompressed in parallel; 0 means one per core
}

// sniffBytes is the number of bytes at the beginning of a file by which a dump is recognised: comments, instructions
// and empty lines may stand before the export.
const sniffBytes = 1 << 20

// isDump reports whether a file is read as a dump: it is compressed, or it is an export.
func isDump(head []byte) bool {
	if compressionOf(head).name != "plain" {
		return true
	}
	if utf16 := newUTF16Decoder(head); utf16 != nil {
		head = utf16.decode(head)
	}
	return IsExport(head)
}

// IsExport reports whether a text has the tags of an export: its root, or its first tag is that of a page, or it has a
// page with a title and a revision. Tags in comments do not count, nor does the prefix of a namespace.
func IsExport(text []byte) bool {
	isFirst, hasPage, hasTitle := true, false, false
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			return false
		}
		isFirst = isFirst && len(bytes.TrimFunc(text[:i], document.IsBlank)) == 0
		text = text[i:]
		if form := markupFormOf(text); form != nil {
			_, rest, found := bytes.Cut(text[len(form.from):], []byte(form.to))
			if !found {
				return false
			}
			text = rest
			continue
		}
		e := elementAt(text)
		switch name := string(e.name); {
		case e.closing:
		case name == "mediawiki", name == "page" && isFirst, name == "revision" && hasPage && hasTitle:
			return true
		case name == "page":
			hasPage = true
		case name == "title":
			hasTitle = true
		}
		isFirst = false
		text = text[max(e.size, 1):]
	}
}

// markupFormOf returns the form of the mark-up at the beginning of a text, or nil if that is a tag.
func markupFormOf(text []byte) *markupForm {
	for i := range markupForms {
		if bytes.HasPrefix(text, []byte(markupForms[i].from)) {
			return &markupForms[i]
		}
	}
	return nil
}

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
	names := boxnames.Known().With(s.Templates)
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
	return document.Fingerprint(d.size, d.changed) + d.selection.fingerprint()
}

// fingerprint returns a text that tells this selection from others.
func (s *Selection) fingerprint() string {
	text := ""
	if len(s.Namespaces) > 0 {
		text += fmt.Sprint(", namespaces ", s.Namespaces)
	}
	if s.Titles != nil {
		text += ", titles " + s.Titles.String()
	}
	return text
}

// Account returns the account of the pages that were ranged over.
func (d *Source) Account() schemas.Account { return d.account }

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
	d.headLost, d.hasPage, d.isIncomplete = d.from.HeadLost, d.from.HasPage, d.from.Incomplete
	d.scan = &scanner{
		closed: d.from.Closed, rooted: d.from.Rooted, headed: d.from.Headed, misaligned: d.from.Misaligned,
		found: d.from.Rooted || d.from.Headed,
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

// rejectPart yields a rejected document that stands for what is missing from the file at a place.
func (d *Source) rejectPart(yield yieldFunc, reason, detail string, gap schemas.Gap) bool {
	d.account.Documents++
	d.isIncomplete = true
	err := &document.Unreadable{Reason: reason, Detail: detail, Offset: -1, Gap: &gap}
	return d.yieldDocument(yield, &schemas.Document{URI: d.URI()}, err)
}

// noExport is the detail of a file that is not an export.
const noExport = "this is no MediaWiki export: expected <mediawiki> or <page> at its beginning"

// noNamespace is the detail of a page whose namespace cannot be read.
const noNamespace = "the page's mark-up is broken: expected the number of a namespace in <ns>, found %.40q"

// rangePages yields the pages of an export, and reports whether it came to the end.
func (d *Source) rangePages(ctx context.Context, chunks iter.Seq[chunk], digest *fileDigest, yield yieldFunc) bool {
	offset := int64(0) // of the next byte of the export
	skip := d.from.Skip
	var lost *damagedRange // that has not been yielded yet
	for c := range chunks {
		digest.reach(c.to)
		d.done.Store(d.doneBefore + c.done)
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
		if !d.drain(yield) {
			return false
		}
		if d.finished {
			return true
		}
		if !d.scan.found && !d.headLost && offset > document.MaxBytes {
			d.rejectFile(yield, schemas.ReasonUnknownFormat, noExport)
			d.finished = true
			return true
		}
		d.starts = slices.Delete(d.starts, 0, max(0, d.startBefore(d.scan.position())))
	}
	return ctx.Err() == nil && d.finish(lost, yield)
}

// meetDamage takes a chunk that could not be read, at an offset of the export. It returns the damaged range that is to
// be rejected once its end is known, which lost is as far as it was met before, and whether to go on.
func (d *Source) meetDamage(c *chunk, offset int64, lost *damagedRange, yield yieldFunc) (*damagedRange, bool) {
	if c.trailing && d.scan.closed && !d.scan.inside { // what stands behind the export is not part of it
		return lost, true
	}
	d.headLost = d.headLost || !d.hasHead()
	if c.lossless {
		detail := fmt.Sprintf("the stream that ends at byte %d of the file: %v; "+
			"each block of it is sound, but one may be missing", c.to, c.err)
		return lost, d.rejectPart(yield, schemas.ReasonDamaged, detail, schemas.Gap{From: c.to, Bytes: -1})
	}
	title, inside := d.scan.resync(offset)
	if lost == nil {
		lost = &damagedRange{from: c.from, failed: c.failed, err: c.err, title: title, inside: inside}
	}
	lost.to, lost.cut = c.to, c.cut
	return lost, true
}

// feed gives the scanner a chunk that begins at an offset of the export, without the bytes to skip.
func (d *Source) feed(c *chunk, offset, skip int64) {
	if c.bit >= 0 {
		d.starts = append(d.starts, decompressionStart{offset, c.bit})
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
	d.finished = true
	markup := d.scan.until
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
			"instruction, which begins at byte %d of the export; expected %s", d.scan.untilFrom, markup), d.gapBehindEnd())
	case !d.scan.found:
		return d.rejectFile(yield, schemas.ReasonUnknownFormat, noExport)
	case d.scan.rooted && !d.scan.closed && d.index == "":
		return d.rejectPart(yield, schemas.ReasonCutShort,
			"the file ends between two pages; expected </mediawiki>", d.gapBehindEnd())
	case len(d.redirects) > 0:
		return yield(schemas.Event{Redirects: d.drainRedirects()}, nil)
	}
	return true
}

// rejectRange counts a damaged range as one rejected document, since it is unknown how many pages it held.
func (d *Source) rejectRange(yield yieldFunc, lost *damagedRange) bool {
	reason, gap := schemas.ReasonDamaged, schemas.Gap{From: lost.from, Bytes: lost.to - lost.from}
	if detail := d.unsupportedDetail(lost.err); detail != "" {
		return d.rejectPart(yield, schemas.ReasonUnreadable, detail, gap)
	}
	if lost.cut {
		reason, gap.Bytes = schemas.ReasonCutShort, -1
	}
	lost.title = []byte(unescapeXML(lost.title))
	return d.rejectPart(yield, reason, lost.detail(), gap)
}

// gapBehindEnd returns the gap of a file that ends too early: nobody knows how much should follow.
func (d *Source) gapBehindEnd() schemas.Gap { return schemas.Gap{From: d.size, Bytes: -1} }

// hasHead reports whether the head of the export was met, or cannot follow since a page was met.
func (d *Source) hasHead() bool { return d.hasPage || d.site != (site{}) }

// identify notes that a page was met. If the head of the export was lost to damage, and with it the wiki of the pages,
// it yields a reject of the file in their place, and finishes the range: under other names the pages would be others.
func (d *Source) identify(yield yieldFunc) bool {
	isFirst := !d.hasPage
	d.hasPage = true
	lost := d.headLost || d.scan.stray && d.site == (site{})
	if !isFirst || !lost || d.site.Wiki != "" || d.selection.Wiki != "" {
		return true
	}
	d.finished = true
	return d.rejectPart(yield, schemas.ReasonUnidentified, "the head of the export is lost to damage, and with it the "+
		"name of the wiki: get the file again, or name the wiki with the key `wiki` of a pipeline file",
		schemas.Gap{Bytes: d.size})
}

// readSite reads the head of the export, and yields a reject if it is damaged.
func (d *Source) readSite(yield yieldFunc) bool {
	parsed, err := parseSite(d.scan.root, d.scan.site)
	d.site = parsed
	if err == nil {
		return true
	}
	d.headLost = d.site.Wiki == ""
	size := int64(len(d.scan.site))
	return d.rejectPart(yield, schemas.ReasonDamaged, "the head of the export, <siteinfo>, is not XML: "+err.Error(),
		schemas.Gap{From: d.place(d.scan.position() - size), Bytes: size})
}

// place returns the place in the file of an offset of the export. If the file is compressed, it is only known which
// chunk of the file holds it.
func (d *Source) place(offset int64) int64 {
	if d.inPlain {
		return offset
	}
	return d.reached
}

// drain deals with all pages that the scanner holds whole.
func (d *Source) drain(yield yieldFunc) bool {
	for {
		event := d.scan.next()
		if event == onePage || event == badPage || event == largePage {
			if ok := d.identify(yield); !ok || d.finished {
				return ok
			}
		}
		switch event {
		case needMore:
			return true
		case newSite:
			if !d.readSite(yield) {
				return false
			}
		case onePage:
			if !d.yieldPage(yield) {
				return false
			}
		case badPage:
			if !d.rejectPage(yield, schemas.ReasonBrokenPage, "the page's mark-up is broken: "+d.scan.page.broken) {
				return false
			}
		case largePage:
			detail := fmt.Sprintf("the page takes more than %d MiB, and no page does", maxPage>>20)
			if !d.rejectPage(yield, schemas.ReasonTooLarge, detail) {
				return false
			}
		}
	}
}

// rejectPage yields the page that the scanner holds as a rejected document.
func (d *Source) rejectPage(yield yieldFunc, reason, detail string) bool {
	d.account.Documents++
	doc := &schemas.Document{URI: d.URI(), Wiki: d.site.Wiki, Title: unescapeXML(d.scan.bytes(d.scan.page.title))}
	_ = document.CheckNames(doc) // a name that is too long is shortened, and the reject has another reason
	err := &document.Unreadable{Reason: reason, Detail: detail, Offset: -1, Gap: d.gapOfPage()}
	return d.yieldDocument(yield, doc, err)
}

// gapOfPage returns the place of the page that the scanner holds, as something missing.
func (d *Source) gapOfPage() *schemas.Gap {
	return &schemas.Gap{From: d.place(d.scan.base + int64(d.scan.page.start)), Page: true}
}

// longNames returns an error if the title of the page that the scanner holds, the title to which it redirects or the
// name of its wiki is longer than MediaWiki lets it be.
func (d *Source) longNames() (err *document.Unreadable) {
	for _, raw := range [][]byte{d.scan.bytes(d.scan.page.title), d.scan.bytes(d.scan.page.target)} {
		if len(raw)+len(d.site.Wiki) > document.MaxNameBytes { // most are shorter, even with the escapes of XML
			errors.As(document.CheckNames(&schemas.Document{Title: unescapeXML(raw), Wiki: d.site.Wiki}), &err)
		}
	}
	return err
}

// yieldPage counts the page that the scanner holds, and yields it if it can hold a box.
func (d *Source) yieldPage(yield yieldFunc) bool {
	s, p := d.scan, &d.scan.page
	if long := d.longNames(); long != nil {
		return d.rejectPage(yield, long.Reason, long.Detail)
	}
	namespace := 0 // of articles; old exports name none
	if text := bytes.TrimSpace(s.bytes(p.namespace)); p.namespace != (span{}) {
		n, err := strconv.ParseInt(string(text), 10, 32)
		if err != nil {
			return d.rejectPage(yield, schemas.ReasonBrokenPage, fmt.Sprintf(noNamespace, text))
		}
		namespace = int(n)
	}
	d.account.Documents++
	switch isSelected := d.selection.hasNamespace(namespace); {
	case p.redirect:
		if isSelected {
			d.account.Redirects++
		} else {
			d.account.OtherNamespaces++
		}
		d.keepRedirect(namespace, isSelected)
		return len(d.redirects) < maxRedirects || yield(schemas.Event{Redirects: d.drainRedirects()}, nil)
	case !isSelected:
		d.account.OtherNamespaces++
		return true
	case !d.canHoldBox(&p.newest):
		d.account.WithoutBox++
		return true
	}
	doc, err := d.buildDocument()
	return d.yieldDocument(yield, doc, err)
}

// hasNamespace reports whether the pages of a namespace are read.
func (s *Selection) hasNamespace(namespace int) bool {
	if len(s.Namespaces) == 0 {
		return namespace == 0
	}
	return slices.Contains(s.Namespaces, namespace)
}

// canHoldBox reports whether a revision is wikitext that names a box.
func (d *Source) canHoldBox(r *revision) bool {
	text, model := r.parts[revisionText], d.scan.bytes(r.parts[revisionModel])
	isWikitext := len(model) == 0 || string(model) == "wikitext"
	return isWikitext && text != span{} && d.search.Contains(d.scan.bytes(text))
}
