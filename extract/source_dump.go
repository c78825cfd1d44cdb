package extract

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"hemicycle/schemas"
)

// dump is a source that holds many pages: a MediaWiki XML export, plain or packed. Pages are found by
// scanning bytes; only those that can hold an election box are yielded, the others are counted.
//
// Sources: https://www.mediawiki.org/wiki/Help:Export, https://www.mediawiki.org/xml/export-0.11.xsd.
type dump struct {
	path      string
	size      int64
	changed   time.Time
	selection Selection
	names     boxNames
	search    *search
	index     string       // the file that names the titles; "" where all pages are read
	done      atomic.Int64 // bytes of the file that were read
	total     atomic.Int64 // bytes that are to be read; 0 where that is the whole file

	before    int64 // of the bytes that an index names: what was done with before the range began
	site      site
	account   schemas.Account
	scan      *scanner
	starts    []start
	redirects []schemas.Redirect // met since the last document
	ended     bool               // all that is to be said of the file's end was said
	from      mark               // where to begin
}

// DumpFormat is the format of a source that is a dump.
const DumpFormat = "dump"

// Selection says which pages of a dump are read.
type Selection struct {
	Namespaces []int             // those that count; none is that of articles alone
	Templates  map[string]string // further names of election boxes
	Titles     *regexp.Regexp    // only the streams are read that hold such a title; nil for all
	Verify     bool              // each dump is held against the SHA256SUMS beside it
	Workers    int               // blocks that are unpacked at a time; 0 is one a core
}

// site is what an export says of its wiki.
type site struct {
	Wiki     string `json:"wiki,omitempty"`
	Lang     string `json:"lang,omitempty"`
	Base     string `json:"base,omitempty"`     // of addresses: https://en.wikipedia.org/wiki/
	Template string `json:"template,omitempty"` // the name of the namespace of templates
}

// start is a place of the export at which unpacking can begin.
type start struct{ offset, bit int64 }

// mark is a place between two pages.
type mark struct {
	Bit     int64           `json:"bit"`  // of the file, at which unpacking begins
	Skip    int64           `json:"skip"` // bytes of the export to pass from there
	Ended   bool            `json:"ended,omitempty"`
	Closed  bool            `json:"closed,omitempty"`
	Rooted  bool            `json:"rooted,omitempty"`
	Site    site            `json:"site"`
	Account schemas.Account `json:"account"`
}

// sniffed is how many of a file's first bytes tell whether it is a dump.
const sniffed = 4 << 10

// isDump reports whether a file is read as a dump: it is packed, or begins as an export.
func isDump(head []byte) bool {
	if p := packingOf(head); p.name != "plain" {
		return true
	}
	if r := newRecoder(head); r != nil {
		head = r.recode(head)
	}
	text := strings.TrimSpace(strings.TrimPrefix(string(head), bom))
	if strings.HasPrefix(text, "<?xml") {
		return strings.Contains(text, "<mediawiki")
	}
	return strings.HasPrefix(text, "<mediawiki") || strings.HasPrefix(text, "<page>")
}

func newDump(path string, info fs.FileInfo, s Selection) *dump {
	names := Boxes.with(s.Templates)
	return &dump{path: path, size: info.Size(), changed: info.ModTime(), selection: s, names: names, search: newSearch(names)}
}

func (d *dump) URI() string { return uriOf(d.path) }

func (d *dump) Stamp() string { return stampOf(d.size, d.changed) + d.selection.stamp() }

// stamp tells selections apart.
func (s *Selection) stamp() string {
	stamp := ""
	if len(s.Namespaces) > 0 {
		stamp += fmt.Sprint(", namespaces ", s.Namespaces)
	}
	if s.Titles != nil {
		stamp += ", titles " + s.Titles.String()
	}
	return stamp
}

func (d *dump) Account() schemas.Account { return d.account }

func (d *dump) Progress() (done, total int64) {
	if total = d.total.Load(); total == 0 {
		total = d.size
	}
	return d.done.Load(), total
}

func (d *dump) Passed() int64 { return d.account.Documents }

// Mark is the place behind the last page that was dealt with.
func (d *dump) Mark() string {
	m := mark{Ended: d.ended, Closed: d.scan.closed, Rooted: d.scan.rooted, Site: d.site, Account: d.account}
	at := d.scan.place()
	if i := d.startOf(at); i >= 0 {
		m.Bit, m.Skip = d.starts[i].bit, at-d.starts[i].offset
	} else {
		m.Skip = at
	}
	text, _ := json.Marshal(m) // it has no value that JSON lacks
	return string(text)
}

func (d *dump) Resume(text string) error {
	var from mark
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		return fmt.Errorf("the mark cannot be read: %w", err)
	}
	d.from, d.account = from, from.Account
	if d.selection.Titles == nil { // else the range knows what was done with
		d.done.Store(from.Bit / 8)
	}
	return nil
}

// startOf is the last start at or before a place; -1 where there is none.
func (d *dump) startOf(at int64) int {
	i, found := slices.BinarySearchFunc(d.starts, at, func(s start, at int64) int { return int(s.offset - at) })
	if found {
		return i
	}
	return i - 1
}

func (d *dump) Documents(ctx context.Context) iter.Seq2[*schemas.Document, error] {
	return func(yield func(*schemas.Document, error) bool) {
		if d.from.Account.SourceURI == "" {
			d.from.Account = schemas.Account{SourceURI: d.URI(), Format: DumpFormat, Scan: schemas.ScanWhole, Bytes: d.size}
		}
		d.account, d.site, d.ended = d.from.Account, d.from.Site, d.from.Ended
		d.scan, d.starts, d.redirects = &scanner{closed: d.from.Closed}, nil, nil
		if d.from.Rooted {
			d.scan.rooted, d.scan.found = true, true
		}
		f, err := os.Open(d.path)
		if err != nil {
			d.refuse(yield, schemas.ReasonUnreadable, "the file cannot be opened: "+reasonOf(err).Error())
			return
		}
		defer f.Close()
		head := make([]byte, sniffed)
		n, _ := f.ReadAt(head, 0) // what cannot be read is met again below
		packed := packingOf(head[:n])
		if packed.refused != "" {
			d.refuse(yield, schemas.ReasonUnknownFormat, fmt.Sprintf("the file is packed as %s, which is not read: %s", packed.name, packed.refused))
			return
		}
		if d.index != "" {
			d.indexed(ctx, f, yield)
			return
		}
		digest := newDigest(ctx, f, d.size)
		whole := d.pages(ctx, inUTF8(packed.unpack(ctx, f, d.size, d.from.Bit, d.selection.Workers)), digest, yield)
		if whole && ctx.Err() == nil {
			digest.reach(d.size)
			d.done.Store(d.size)
		}
		d.account.SHA256 = digest.end()
	}
}

// indexed reads the streams that hold a title which is asked for.
func (d *dump) indexed(ctx context.Context, f *os.File, yield func(*schemas.Document, error) bool) {
	d.account.Scan = schemas.ScanIndex
	spans, scan, err := readIndex(ctx, d.index, d.size, d.selection.Titles)
	if err != nil {
		if ctx.Err() == nil {
			d.refuse(yield, schemas.ReasonUnreadable, "the index cannot be read: "+err.Error())
		}
		return
	}
	d.account.Index = scan
	d.total.Store(scan.BytesRead)
	left := from(spans, d.from.Bit)
	d.before = scan.BytesRead
	for _, s := range left {
		d.before -= s.To - s.Bit/8
	}
	if d.pages(ctx, unpackSpans(ctx, f, left, d.selection.Workers), nil, yield) && ctx.Err() == nil {
		d.done.Store(scan.BytesRead)
	}
}

// refuse rejects the file as a whole.
func (d *dump) refuse(yield func(*schemas.Document, error) bool, reason, detail string) bool {
	d.account.Documents++
	return yield(&schemas.Document{URI: d.URI(), Redirects: d.take()}, &Unreadable{Reason: reason, Detail: detail, Offset: -1})
}

// take is the redirects to go with the next document.
func (d *dump) take() []schemas.Redirect {
	redirects := d.redirects
	d.redirects = nil
	return redirects
}

// pages ranges over the pages of an export, and reports whether it came to the end.
func (d *dump) pages(ctx context.Context, stretches iter.Seq[stretch], digest *fileDigest, yield func(*schemas.Document, error) bool) bool {
	offset := int64(0) // in the export, of the next byte
	skip := d.from.Skip
	var lost *damage
	damaged := false
	for s := range stretches {
		digest.reach(s.to)
		d.done.Store(d.before + s.done)
		if s.err != nil && s.sound {
			if !d.refuse(yield, schemas.ReasonDamaged, fmt.Sprintf("the stream that ends at byte %d of the file: %v; each block of it is sound, but one may be missing", s.to, s.err)) {
				return false
			}
			continue
		}
		if s.err != nil {
			title, inside := d.scan.interrupt(offset)
			if damaged = true; lost == nil {
				lost = &damage{from: s.from, to: s.to, err: s.err, title: title, inside: inside}
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
			d.starts = append(d.starts, start{offset, s.bit})
		}
		if len(d.scan.buffer) == 0 {
			d.scan.base = offset + skip
		}
		d.scan.feed(s.data[skip:])
		offset += int64(len(s.data))
		skip = 0
		if lost != nil {
			if !d.reject(yield, lost) {
				return false
			}
			lost = nil
		}
		if !d.drain(yield) {
			return false
		}
		if !d.scan.found && !damaged && offset > sniffed {
			d.refuse(yield, schemas.ReasonUnknownFormat, "this is no MediaWiki export: expected <mediawiki> or <page> at its beginning")
			d.ended = true
			return true
		}
		d.starts = slices.Delete(d.starts, 0, max(0, d.startOf(d.scan.place())))
	}
	return ctx.Err() == nil && d.end(lost, yield)
}

// end says what is to be said of a file's end.
func (d *dump) end(lost *damage, yield func(*schemas.Document, error) bool) bool {
	if d.ended {
		return true
	}
	d.ended = true
	title, inside := d.scan.interrupt(d.scan.base + int64(len(d.scan.buffer)))
	switch {
	case lost != nil:
		return d.reject(yield, lost)
	case inside:
		return d.refuse(yield, schemas.ReasonCutShort, fmt.Sprintf("the file is cut short: it ends inside the page %q; expected </page> and </mediawiki>", text(title)))
	case !d.scan.found:
		return d.refuse(yield, schemas.ReasonUnknownFormat, "this is no MediaWiki export: expected <mediawiki> or <page> at its beginning")
	case d.scan.rooted && !d.scan.closed && d.index == "":
		return d.refuse(yield, schemas.ReasonCutShort, "the file is cut short: it ends between two pages; expected </mediawiki>")
	case len(d.redirects) > 0:
		return yield(d.carrier(), nil)
	}
	return true
}

// reject counts a damaged range as one document: how many pages it held cannot be told.
func (d *dump) reject(yield func(*schemas.Document, error) bool, lost *damage) bool {
	reason := schemas.ReasonDamaged
	if lost.cut {
		reason = schemas.ReasonCutShort
	}
	lost.title = []byte(text(lost.title))
	return d.refuse(yield, reason, lost.detail())
}

// drain deals with all pages that the scanner holds whole.
func (d *dump) drain(yield func(*schemas.Document, error) bool) bool {
	for {
		switch d.scan.next() {
		case needMore:
			return true
		case newSite:
			d.site = siteOf(d.scan.root, d.scan.site)
		case onePage:
			if !d.page(yield) {
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

func (d *dump) rejectPage(yield func(*schemas.Document, error) bool, reason, detail string) bool {
	d.account.Documents++
	doc := &schemas.Document{URI: d.URI(), Wiki: d.site.Wiki, Title: text(d.scan.of(d.scan.page.title)), Redirects: d.take()}
	return yield(doc, &Unreadable{Reason: reason, Detail: detail, Offset: -1})
}

// maxRedirects is how many redirects may wait for a document to go with.
const maxRedirects = 1000

// carrier is no page: it only carries redirects.
func (d *dump) carrier() *schemas.Document {
	return &schemas.Document{URI: d.URI(), Wiki: d.site.Wiki, Carrier: true, Redirects: d.take()}
}

// page counts the page that the scanner holds, or yields it.
func (d *dump) page(yield func(*schemas.Document, error) bool) bool {
	s, p := d.scan, &d.scan.page
	d.account.Documents++
	namespace, _ := strconv.Atoi(string(s.of(p.namespace)))
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
		return len(d.redirects) < maxRedirects || yield(d.carrier(), nil)
	case !selected:
		d.account.OtherNamespaces++
		return true
	case p.newest.parts[revisionText] == span{} || !wikitextModel(s.of(p.newest.parts[revisionModel])),
		!d.search.in(s.of(p.newest.parts[revisionText])):
		d.account.WithoutBox++
		return true
	}
	doc, err := d.document()
	return yield(doc, err)
}

func wikitextModel(model []byte) bool { return len(model) == 0 || string(model) == "wikitext" }

// templateNamespace is the number of the namespace of templates.
const templateNamespace = 10

// keepRedirect keeps a redirect between pages that are read, and one that gives an election box another name.
func (d *dump) keepRedirect(namespace int, selected bool) {
	s, p := d.scan, &d.scan.page
	from, to := text(s.of(p.title)), text(s.of(p.target))
	to, _, _ = strings.Cut(to, "#")
	if namespace == templateNamespace {
		name, box := d.templateName(from), d.templateName(to)
		if template, ok := d.names[box]; ok && name != "" {
			d.account.Names = append(d.account.Names, schemas.BoxName{Name: name, Template: template})
		}
	}
	if selected && to != "" {
		d.redirects = append(d.redirects, schemas.Redirect{Wiki: d.site.Wiki, From: from, To: to})
	}
}

// templateName is a title in the namespace of templates without that namespace.
func (d *dump) templateName(title string) string {
	prefix, name, found := strings.Cut(title, ":")
	if !found || prefix != d.site.Template && prefix != "Template" {
		return ""
	}
	return resolved(name)
}

// document is the page that the scanner holds. The error is an *Unreadable.
func (d *dump) document() (*schemas.Document, error) {
	s, p := d.scan, &d.scan.page
	doc := &schemas.Document{
		URI: d.URI(), Format: "wikitext", Wiki: d.site.Wiki, Lang: d.site.Lang, Title: text(s.of(p.title)), Redirects: d.take(),
		PageID: numberOf(s.of(p.id)), RevisionID: numberOf(s.of(p.newest.parts[revisionID])),
	}
	if saved, err := time.Parse(time.RFC3339, string(s.of(p.newest.parts[revisionTime]))); err == nil {
		doc.RevisionTimestamp = saved.UTC()
	}
	if d.site.Base != "" {
		page := url.URL{Path: strings.ReplaceAll(doc.Title, " ", "_")}
		doc.PageURL = d.site.Base + page.EscapedPath()
	}
	content, err := contentOf(s.of(p.newest.parts[revisionText]), p.newest.cdata)
	if err != nil {
		return doc, &Unreadable{Reason: schemas.ReasonBrokenPage, Detail: "the text of the page cannot be read: " + err.Error(), Offset: -1}
	}
	if len(content) > MaxDocument {
		return doc, &Unreadable{Reason: schemas.ReasonTooLarge, Detail: fmt.Sprintf("the page has more than %d MiB, and no page has", MaxDocument>>20), Offset: -1}
	}
	sum := sha256.Sum256(content)
	doc.Bytes, doc.SHA256 = int64(len(content)), hex.EncodeToString(sum[:])
	return doc, decode(doc, content)
}

func numberOf(digits []byte) *int64 {
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// text is the text of an element that holds nothing else.
func text(raw []byte) string {
	content, _ := contentOf(raw, false) // without CDATA nothing can fail
	return string(content)
}

// contentOf is the text of a page, as it was before it was written as XML. Only what XML knows is
// undone: &nbsp; in the text is written &amp;nbsp;.
func contentOf(raw []byte, cdata bool) ([]byte, error) {
	if cdata {
		var content struct {
			Text []byte `xml:",chardata"`
		}
		err := xml.Unmarshal(slices.Concat([]byte("<text>"), raw, []byte("</text>")), &content)
		return content.Text, err
	}
	out := make([]byte, 0, len(raw))
	for {
		i := bytes.IndexAny(raw, "&\r")
		if i < 0 {
			return append(out, raw...), nil
		}
		out = append(out, raw[:i]...)
		raw = raw[i:]
		if raw[0] == '\r' { // XML has one end of line
			if len(raw) < 2 || raw[1] != '\n' {
				out = append(out, '\n')
			}
			raw = raw[1:]
			continue
		}
		size, with := entity(raw)
		out = append(out, with...)
		raw = raw[size:]
	}
}

// entity is the size of the entity at the beginning of b and what it stands for; what is none stands
// for itself.
func entity(b []byte) (size int, with string) {
	const longest = 10
	end := bytes.IndexByte(b[:min(len(b), longest+1)], ';')
	if end < 0 {
		return 1, "&"
	}
	switch name := string(b[1:end]); name {
	case "lt":
		return end + 1, "<"
	case "gt":
		return end + 1, ">"
	case "amp":
		return end + 1, "&"
	case "quot":
		return end + 1, `"`
	case "apos":
		return end + 1, "'"
	default:
		if digits, numeric := strings.CutPrefix(name, "#"); numeric {
			base := 10
			if sixteen, ok := strings.CutPrefix(digits, "x"); ok {
				digits, base = sixteen, 16
			}
			if n, err := strconv.ParseUint(digits, base, 21); err == nil && n > 0 {
				return end + 1, string(rune(n))
			}
		}
	}
	return 1, "&"
}

// siteOf reads the head of an export.
func siteOf(root, head []byte) site {
	var info struct {
		Wiki       string `xml:"dbname"`
		Base       string `xml:"base"`
		Namespaces []struct {
			Key  int    `xml:"key,attr"`
			Name string `xml:",chardata"`
		} `xml:"namespaces>namespace"`
	}
	_ = xml.Unmarshal(head, &info) // what cannot be read is not known
	s := site{Wiki: info.Wiki}
	if base, err := url.Parse(info.Base); err == nil && base.Host != "" {
		if i := strings.LastIndexByte(info.Base, '/'); i > len("https://") {
			s.Base = info.Base[:i+1]
		}
		if i := strings.Index(info.Base, "/wiki/"); i > 0 { // the main page's title may have a stroke
			s.Base = info.Base[:i+len("/wiki/")]
		}
		if lang, ok := strings.CutSuffix(base.Host, ".wikipedia.org"); ok {
			s.Lang = lang
			if s.Wiki == "" { // exports before 0.9 need not say it
				s.Wiki = strings.ReplaceAll(lang, "-", "_") + "wiki"
			}
		}
	}
	if _, rest, ok := bytes.Cut(root, []byte(`xml:lang="`)); ok && s.Lang == "" {
		if lang, _, ok := bytes.Cut(rest, []byte(`"`)); ok {
			s.Lang = string(lang)
		}
	}
	for _, n := range info.Namespaces {
		if n.Key == templateNamespace {
			s.Template = n.Name
		}
	}
	return s
}
