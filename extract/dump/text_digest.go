package dump

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // it is the digest that exports have
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// An export gives the SHA-1 of each revision's text, in base 36: as the attribute sha1 of <text> since version 0.11,
// and as the element <sha1> since 0.6. MediaWiki reads it from its database and does not compute it while it exports,
// so it tells every change that the text has undergone since it was saved. Exports that are made from the API have it
// in base 16.
//
// The attribute bytes tells nothing more. It may also differ from the size of a text that is whole: for pages that are
// not wikitext, it is the size of another form.
//
// Source: https://www.mediawiki.org/wiki/Manual:Revision_table#rev_sha1, https://www.mediawiki.org/xml/export-0.11.xsd.

// The number of digits of a SHA-1.
const (
	sha1Base36 = 31
	sha1Base16 = 2 * sha1.Size
)

// verifyText compares the text of the page that the scanner holds with the digest that the export gives. A value that
// has not as many digits as a SHA-1 is none, so that an export with another word there, or with none, is believed.
func (d *Source) verifyText(content []byte) error {
	stated := string(bytes.TrimSpace(d.scan.bytes(d.scan.page.newest.parts[revisionSHA1])))
	isDigest := len(stated) == sha1Base36 || len(stated) == sha1Base16
	if !isDigest || hasSHA1(content, stated) {
		return nil
	}
	// The reader of XML has made every end of a line \n. A text that was saved with another one has its digest with it.
	raw := d.scan.bytes(d.scan.page.newest.parts[revisionText])
	if bytes.IndexByte(raw, '\r') >= 0 && hasSHA1(decodeWithReturns(raw), stated) {
		return nil
	}
	title := unescapeXML(d.scan.bytes(d.scan.page.title))
	return &document.Unreadable{
		Reason: schemas.ReasonWrongDigest, Offset: -1, Gap: d.gapOfPage(),
		Detail: fmt.Sprintf("the text of the page %q, %d bytes, is not the one that was saved: its SHA-1 is %s, "+
			"the export says %s", title, len(content), base36SHA1(content), stated),
	}
}

// hasSHA1 reports whether a digest, in base 36 or 16, is that of a text.
func hasSHA1(content []byte, stated string) bool {
	if len(stated) == sha1Base16 {
		sum := sha1.Sum(content)
		return strings.EqualFold(stated, hex.EncodeToString(sum[:]))
	}
	return stated == base36SHA1(content)
}

// base36SHA1 returns the SHA-1 of a text as MediaWiki writes it.
func base36SHA1(content []byte) string {
	sum := sha1.Sum(content)
	digits := new(big.Int).SetBytes(sum[:]).Text(36)
	return strings.Repeat("0", sha1Base36-len(digits)) + digits
}

// decodeWithReturns undoes the escapes of XML as decodeContent does, and leaves carriage returns as they are.
func decodeWithReturns(raw []byte) []byte {
	parts := bytes.Split(raw, []byte{'\r'})
	for i, part := range parts {
		parts[i], _ = decodeContent(part, false)
	}
	return bytes.Join(parts, []byte{'\r'})
}
