package dump

import (
	"fmt"
	"strings"

	"hemicycle/extract/bzip2"
	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// damagedRange is a range of a file that could not be read.
type damagedRange struct {
	from, to int64
	failed   int64 // the byte at which the error was met, if all from the byte from on is not proven; 0 if it was not read
	err      error
	cut      bool
	title    []byte // of the page that it cut; empty if it is not known
	inside   bool   // it cut a page
}

// detail returns the detail of the reject.
func (d *damagedRange) detail() string {
	cause := ""
	if d.err != nil && !d.cut { // that of a file that ends too early only repeats it
		cause = ": " + strings.TrimPrefix(d.err.Error(), bzip2.ErrDamaged.Error()+": ")
	}
	what := fmt.Sprintf("bytes %d to %d of the file cannot be read%s", d.from, d.to, cause)
	switch {
	case d.cut && d.failed > d.from:
		what = fmt.Sprintf("the file ends at byte %d, in the middle of its compressed data; "+
			"what was read from byte %d on is not proven by a checksum", d.to, d.from)
	case d.cut:
		what = fmt.Sprintf("the file ends in the middle of its compressed data: its last %d bytes, from %d on, "+
			"are not whole", d.to-d.from, d.from)
	case d.failed > d.from:
		what = fmt.Sprintf("bytes %d to %d of the file are not proven: at byte %d%s; "+
			"what was read before that may be wrong", d.from, d.to, d.failed, cause)
	}
	switch {
	case len(d.title) > 0:
		what += fmt.Sprintf("; the page %q is lost, as are any complete pages in that range", d.title)
	case d.inside:
		what += "; the page there is lost, as are any complete pages in that range"
	}
	return what
}

// rejectPart yields a rejected document that stands for what is missing from the file at a place.
func (d *Source) rejectPart(yield yieldFunc, reason, detail string, gap schemas.Gap) bool {
	d.account.Documents++
	d.isIncomplete = true
	err := &document.Unreadable{Reason: reason, Detail: detail, Offset: -1, Gap: &gap}
	return d.yieldDocument(yield, &schemas.Document{URI: d.URI()}, err)
}

// meetDamage takes a chunk that could not be read, at an offset of the export. It returns the damaged range that is to
// be rejected once its end is known, which lost is as far as it was met before, and whether to go on.
func (d *Source) meetDamage(c *chunk, offset int64, lost *damagedRange, yield yieldFunc) (*damagedRange, bool) {
	if c.trailing && d.scan.Closed && !d.scan.inside { // what stands behind the export is not part of it
		return lost, true
	}
	if d.site == (site{}) {
		d.scan.loseHead()
	}
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

// place returns the place in the file of an offset of the export. If the file is compressed, it is only known which
// chunk of the file holds it.
func (d *Source) place(offset int64) int64 {
	if d.inPlain {
		return offset
	}
	return d.reached
}

// describePlace says where an offset of the export is, as far as a reader of a part of the file knows it.
func (d *Source) describePlace(offset int64) string {
	if i := d.startBefore(offset); i >= 0 && !d.inPlain {
		return fmt.Sprintf("in the block at byte %d of the file", d.starts[i].bit/8)
	}
	return fmt.Sprintf("at byte %d of the export", offset)
}
