package dump

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/klauspost/compress/gzip"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// An export does not say which item of Wikidata a page has. The table page_props of the wiki does, which is published
// beside its dumps, as statements of SQL: `INSERT INTO page_props VALUES (12,'wikibase_item','Q42',NULL),…`. Of the
// table, only the rows of that property are looked for. The exact bytes of such a row cannot stand in a text of the
// table, in which each quotation mark is escaped.
//
// Source: https://www.mediawiki.org/wiki/Manual:Page_props_table.

// pagePropsName matches the name of a dump of pages up to the date, which its table has too.
var pagePropsName = regexp.MustCompile(`^(.+-(?:[0-9]{8}|latest))-pages-`)

// Of a row: what stands between the number of the page and that of its item.
var itemMark = []byte(`,'wikibase_item','Q`)

// pagePropsColumns are the first columns of the table, which the head of its dump declares.
var pagePropsColumns = []string{"pp_page", "pp_propname", "pp_value"}

// The most that is held of a table.
const (
	itemPiece    = 1 << 20   // bytes that are read at a time
	maxItemRow   = 64        // bytes of a row up to the end of its item
	maxItems     = 100 << 20 // rows that are held if the pages of a dump are in another order: 8 bytes each
	maxPropsHead = 1 << 16   // bytes within which the columns are declared
)

// item is a page and the number of its item. Both fit in 32 bits in every wiki.
type item struct{ page, number uint32 }

// pageItems tells the items of pages. The table and the dumps are in the order of the numbers of pages, so it reads the
// table beside the dumps, once and a piece at a time. For a page before the one that was asked for last, it holds the
// whole table in memory from then on.
type pageItems struct {
	path    string
	size    int64
	changed time.Time

	in      io.Reader
	close   func() error
	piece   []byte // the memory of buffer
	buffer  []byte // what was read and not yet looked at
	ended   bool
	next    item // the row at which reading stands
	hasNext bool
	asked   int64  // the page that was asked for last
	all     []item // by page; nil unless it is held in memory
	err     error
}

// findPageItems returns the items of the wiki of a dump, by the table beside it. It returns nil if there is no table.
func findPageItems(dump string) *pageItems {
	m := pagePropsName.FindStringSubmatch(filepath.Base(dump))
	if m == nil {
		return nil
	}
	path := filepath.Join(filepath.Dir(dump), m[1]+"-page_props.sql.gz")
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	return &pageItems{path: path, size: info.Size(), changed: info.ModTime()}
}

// fingerprint returns a text that tells this state of the table from others.
func (p *pageItems) fingerprint() string {
	if p == nil {
		return ""
	}
	return ", items " + document.Fingerprint(p.size, p.changed)
}

// errNotPageProps means that a file is not the dump of the table.
var errNotPageProps = errors.New("expected a dump of the table page_props, which begins with the columns pp_page, " +
	"pp_propname and pp_value")

// item returns the item of a page, "" if it has none. After an error, it returns the same error.
func (p *pageItems) item(page int64) (string, error) {
	if p.err != nil {
		return "", p.err
	}
	if page < p.asked && p.all == nil {
		p.holdAll()
	}
	p.asked = page
	for p.err == nil && p.all == nil && (!p.hasNext || int64(p.next.page) < page) && p.advance() {
	}
	found := p.next
	if p.all != nil {
		i, ok := slices.BinarySearchFunc(p.all, page, func(row item, page int64) int {
			return cmp.Compare(int64(row.page), page)
		})
		if found = (item{}); ok {
			found = p.all[i]
		}
	}
	if p.err != nil || found.number == 0 || int64(found.page) != page {
		return "", p.err
	}
	return "Q" + strconv.FormatUint(uint64(found.number), 10), nil
}

// holdAll reads the whole table into memory.
func (p *pageItems) holdAll() {
	p.stop()
	p.in, p.buffer, p.ended, p.hasNext = nil, nil, false, false
	p.all = []item{}
	for p.advance() {
		if len(p.all) == maxItems {
			p.err = fmt.Errorf("more than %d pages have an item, and no wiki has so many", maxItems)
			return
		}
		p.all = append(p.all, p.next)
	}
	slices.SortStableFunc(p.all, func(a, b item) int { return cmp.Compare(a.page, b.page) })
}

// advance reads the next row of an item. It returns false at the end of the table and after an error.
func (p *pageItems) advance() bool {
	for p.err == nil {
		if p.next, p.hasNext = p.cutRow(); p.hasNext || p.ended {
			return p.hasNext
		}
		p.read()
	}
	return false
}

// cutRow cuts the next row of an item off the buffer. Without one, it keeps what a row can begin with.
func (p *pageItems) cutRow() (item, bool) {
	for {
		at := bytes.Index(p.buffer, itemMark)
		if at < 0 {
			p.buffer = p.buffer[max(0, len(p.buffer)-maxItemRow):]
			return item{}, false
		}
		end := at + len(itemMark)
		if len(p.buffer) < end+maxItemRow && !p.ended { // the item may not be whole
			p.buffer = p.buffer[max(0, at-maxItemRow):]
			return item{}, false
		}
		page, isPage := digitsBefore(p.buffer[:at])
		number, isNumber := digitsAtStart(p.buffer[end:])
		p.buffer = p.buffer[end:]
		if isPage && isNumber {
			return item{page, number}, true
		}
	}
}

// digitsBefore returns the number at the end of some bytes, behind an opening bracket.
func digitsBefore(b []byte) (uint32, bool) {
	from := bytes.LastIndexByte(b[max(0, len(b)-maxItemRow):], '(')
	if from < 0 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[max(0, len(b)-maxItemRow)+from+1:]), 10, 32)
	return uint32(n), err == nil
}

// digitsAtStart returns the number with which some bytes begin, before a quotation mark.
func digitsAtStart(b []byte) (uint32, bool) {
	to := bytes.IndexByte(b[:min(len(b), maxItemRow)], '\'')
	if to < 0 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[:to]), 10, 32)
	return uint32(n), err == nil && n > 0
}

// read reads a piece of the table behind the buffer, and opens the table if it is not open.
func (p *pageItems) read() {
	if p.in == nil {
		if p.err = p.open(); p.err != nil {
			return
		}
	}
	if p.piece == nil {
		p.piece = make([]byte, itemPiece)
	}
	kept := copy(p.piece, p.buffer)
	n, err := io.ReadFull(p.in, p.piece[kept:])
	p.buffer = p.piece[:kept+n]
	switch {
	case err == nil:
		return
	case err == io.EOF || err == io.ErrUnexpectedEOF && n > 0 && p.atEnd():
		p.ended = true
		p.stop()
	default:
		p.err = document.WithoutPath(err)
		p.stop()
	}
}

// atEnd reports whether the table ends where the last piece of it did, and not in the middle of its compressed data.
func (p *pageItems) atEnd() bool {
	_, err := p.in.Read(make([]byte, 1))
	return err == io.EOF
}

// stop closes the file.
func (p *pageItems) stop() {
	if p.close != nil {
		_ = p.close() // it was only read
		p.close = nil
	}
}

// open opens the table and looks at its head.
func (p *pageItems) open() error {
	f, err := os.Open(p.path)
	if err != nil {
		return document.WithoutPath(err)
	}
	p.close = f.Close
	in, err := gzip.NewReader(f)
	if errors.Is(err, gzip.ErrHeader) || err == io.EOF {
		err = errNotPageProps
	}
	if err != nil {
		p.stop()
		return document.WithoutPath(err)
	}
	head := make([]byte, maxPropsHead)
	n, err := io.ReadFull(in, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		p.stop()
		return document.WithoutPath(err)
	}
	p.in = io.MultiReader(bytes.NewReader(head[:n]), in)
	if !declaresPageProps(head[:n]) {
		p.stop()
		return errNotPageProps
	}
	return nil
}

// declaresPageProps reports whether a dump declares the table with its columns in their order.
func declaresPageProps(head []byte) bool {
	_, head, found := bytes.Cut(head, []byte("CREATE TABLE `page_props`"))
	for _, column := range pagePropsColumns {
		if !found {
			return false
		}
		_, head, found = bytes.Cut(head, []byte("`"+column+"`"))
	}
	return found
}

// itemsState says what became of the table of items. The zero value means that nothing is wrong with it.
type itemsState struct {
	Reason   string `json:"reason,omitempty"` // of the reject of the table; "" if it can be read
	Detail   string `json:"detail,omitempty"`
	Reported bool   `json:"reported,omitempty"` // the reject was yielded
}

// setItem sets the item of a page, unless the table of items cannot be read.
func (d *Source) setItem(doc *schemas.Document) {
	if d.items == nil || d.itemsState.Reason != "" || doc.PageID == nil {
		return
	}
	found, err := d.items.item(*doc.PageID)
	doc.WikidataQID = found
	switch {
	case errors.Is(err, errNotPageProps):
		d.itemsState.Reason, d.itemsState.Detail = schemas.ReasonUnknownFormat, err.Error()
	case err != nil:
		d.itemsState.Reason = schemas.ReasonDamaged
		d.itemsState.Detail = fmt.Sprintf("the items of Wikidata cannot be read: %v; pages from the number %d on have "+
			"none: get the file again, or remove it", err, *doc.PageID)
	}
}

// reportItems yields a reject of the table of items, once, if it could not be read. It does so when the pages have been
// read, where a run can continue behind it.
func (d *Source) reportItems(yield yieldFunc) bool {
	if d.itemsState.Reason == "" || d.itemsState.Reported {
		return true
	}
	d.itemsState.Reported = true
	d.account.Documents++
	rejected := &document.Unreadable{Reason: d.itemsState.Reason, Offset: -1, Detail: d.itemsState.Detail}
	if d.itemsState.Reason == schemas.ReasonDamaged {
		d.isIncomplete = true
		rejected.Gap = &schemas.Gap{From: -1, Bytes: -1}
	}
	return d.yieldDocument(yield, &schemas.Document{URI: document.FileURI(d.items.path)}, rejected)
}
