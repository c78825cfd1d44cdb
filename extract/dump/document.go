package dump

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// The escapes of XML in the text of a page are undone here and not by encoding/xml, which refuses a whole text for one
// control character or one byte that is not UTF-8. A page must not be lost for that. A text with CDATA sections or
// comments, which MediaWiki does not write, and the head of an export are left to encoding/xml.

// site is what an export says of its wiki.
type site struct {
	Wiki     string `json:"wiki,omitempty"`
	Lang     string `json:"lang,omitempty"`
	Base     string `json:"base,omitempty"`     // of addresses: https://en.wikipedia.org/wiki/
	Template string `json:"template,omitempty"` // the name of the namespace of templates

	TitleCase schemas.TitleCase `json:"title_case,omitempty"`
}

// buildDocument returns the page that the scanner holds as a document. The error is a *document.Unreadable.
func (d *Source) buildDocument() (*schemas.Document, error) {
	s, p := d.scan, &d.scan.page
	doc := &schemas.Document{
		URI: d.URI(), Format: "wikitext", Wiki: d.site.Wiki, Lang: d.site.Lang, TitleCase: d.site.TitleCase,
		Title: unescapeXML(s.bytes(p.title)), PageID: parseID(s.bytes(p.id)),
		RevisionID: parseID(s.bytes(p.newest.parts[revisionID])),
	}
	if saved, err := time.Parse(time.RFC3339, string(s.bytes(p.newest.parts[revisionTime]))); err == nil {
		doc.RevisionTimestamp = saved.UTC()
	}
	if d.site.Base != "" {
		page := url.URL{Path: strings.ReplaceAll(doc.Title, " ", "_")}
		doc.PageURL = d.site.Base + page.EscapedPath()
	}
	content, err := decodeContent(s.bytes(p.newest.parts[revisionText]), p.newest.cdata)
	if err != nil {
		detail := "the text of the page cannot be read: " + err.Error()
		return doc, &document.Unreadable{Reason: schemas.ReasonBrokenPage, Detail: detail, Offset: -1, Gap: d.gapOfPage()}
	}
	if err := d.verifyText(content); err != nil {
		return doc, err
	}
	return doc, document.Decode(doc, content)
}

// parseID returns a number, or nil if the digits are not one.
func parseID(digits []byte) *int64 {
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// unescapeXML returns the text of an element that holds nothing else.
func unescapeXML(raw []byte) string {
	content, _ := decodeContent(raw, false) // without CDATA nothing can fail
	return string(content)
}

// decodeContent returns the text of a page as it was before it was written as XML. Only the escapes of XML are undone:
// &nbsp; in the text is written as &amp;nbsp;.
func decodeContent(raw []byte, cdata bool) ([]byte, error) {
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
		if raw[0] == '\r' { // XML knows only \n as the end of a line
			if len(raw) < 2 || raw[1] != '\n' {
				out = append(out, '\n')
			}
			raw = raw[1:]
			continue
		}
		size, char := decodeEntity(raw)
		out = append(out, char...)
		raw = raw[size:]
	}
}

// maxEntity is the largest offset of the ; of an entity. That of &#x10FFFF; is 9.
const maxEntity = 10

// entities are the named entities of XML.
var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// decodeEntity returns the size of the entity at the beginning of b and the character that it stands for. An & that
// begins no entity stands for itself.
func decodeEntity(b []byte) (size int, char string) {
	end := bytes.IndexByte(b[:min(len(b), maxEntity+1)], ';')
	if end < 0 {
		return 1, "&"
	}
	name := b[1:end]
	if char, ok := entities[string(name)]; ok {
		return end + 1, char
	}
	if digits, isNumeric := bytes.CutPrefix(name, []byte("#")); isNumeric {
		base := 10
		if hexDigits, isHex := bytes.CutPrefix(digits, []byte("x")); isHex {
			digits, base = hexDigits, 16
		}
		if n, err := strconv.ParseUint(string(digits), base, 21); err == nil && n > 0 {
			return end + 1, string(rune(n))
		}
	}
	return 1, "&"
}

// parseSite reads the head of an export. What cannot be read stays unknown; the error says why.
func parseSite(root, head []byte) (site, error) {
	var info struct {
		Wiki       string `xml:"dbname"`
		Base       string `xml:"base"`
		Case       string `xml:"case"`
		Namespaces []struct {
			Key  int    `xml:"key,attr"`
			Case string `xml:"case,attr"`
			Name string `xml:",chardata"`
		} `xml:"namespaces>namespace"`
	}
	err := xml.Unmarshal(head, &info)
	s := site{Wiki: info.Wiki}
	if base, err := url.Parse(document.WebAddress(info.Base)); err == nil && base.Host != "" {
		if i := strings.LastIndexByte(info.Base, '/'); i > len("https://") {
			s.Base = info.Base[:i+1]
		}
		if i := strings.Index(info.Base, "/wiki/"); i > 0 { // the title of the main page may have a slash
			s.Base = info.Base[:i+len("/wiki/")]
		}
		if lang, ok := strings.CutSuffix(base.Host, ".wikipedia.org"); ok {
			s.Lang = lang
			if s.Wiki == "" { // exports before 0.9 may leave it out
				s.Wiki = strings.ReplaceAll(lang, "-", "_") + "wiki"
			}
		}
	}
	if lang := attribute(root, "xml:lang", 0); s.Lang == "" {
		s.Lang = string(root[lang.from:lang.to])
	}
	for _, n := range info.Namespaces {
		switch {
		case n.Key == templateNamespace:
			s.Template = n.Name
		case n.Key == 0 && n.Case != "":
			info.Case = n.Case // of articles; that of the wiki is the default of all namespaces
		}
	}
	if info.Case == string(schemas.CaseSensitive) {
		s.TitleCase = schemas.CaseSensitive
	}
	return s, err
}
