package dump

import (
	"bytes"

	"hemicycle/extract/document"
)

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
		if form, _ := markupFormAt(text, markupForms); form != nil {
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
