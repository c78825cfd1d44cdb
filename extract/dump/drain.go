package dump

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// noNamespace is the detail of a page whose namespace cannot be read.
const noNamespace = "the page's mark-up is broken: expected the number of a namespace in <ns>, found %.40q"

// identify is called when a page was met. If the head of the export was lost to damage, and with it the wiki of the
// pages, it yields a reject of the file in their place, and finishes the range: under other names the pages would be
// others.
func (d *Source) identify(yield yieldFunc) bool {
	if !d.scan.HeadLost || d.site.Wiki != "" || d.selection.Wiki != "" {
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
	if d.site.Wiki == "" {
		d.scan.loseHead()
	}
	size := int64(len(d.scan.site))
	return d.rejectPart(yield, schemas.ReasonDamaged, "the head of the export, <siteinfo>, is not XML: "+err.Error(),
		schemas.Gap{From: d.place(d.scan.position() - size), Bytes: size})
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
		case endOfPiece:
			d.piece.isOver = true
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
	if err == nil {
		d.setItem(doc)
	}
	return d.yieldDocument(yield, doc, err)
}

// canHoldBox reports whether a revision is wikitext that names a box.
func (d *Source) canHoldBox(r *revision) bool {
	text, model := r.parts[revisionText], d.scan.bytes(r.parts[revisionModel])
	isWikitext := len(model) == 0 || string(model) == "wikitext"
	d.learnNames()
	return isWikitext && text != span{} && d.search.Contains(d.scan.bytes(text))
}
