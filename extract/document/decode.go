// Package document holds what every reader of a page shares: how bytes become the text of a document, what a document
// may hold, where a line begins, and which characters a reader of the page sees.
//
// Start with Decode, which sets the text of a document, and KeepBox, which adds a box to it.
package document

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"hemicycle/schemas"
)

// ByteOrderMark is the character with which a file may begin to say that it is UTF-8.
const ByteOrderMark = "\uFEFF"

// maxInvalidPart bounds the invalid bytes of a text: one in so many. A file with more of them is not text.
const maxInvalidPart = 10

// Decode sets the text of a document, its size and its digest. Each run of bytes that are not UTF-8 becomes one U+FFFD;
// the bytes are counted. The error is an *Unreadable if the content is not text, or larger than any page.
func Decode(d *schemas.Document, content []byte) error {
	SetDigest(d, content)
	if len(content) > MaxBytes {
		return &Unreadable{
			Reason: schemas.ReasonTooLarge, Offset: -1,
			Detail: fmt.Sprintf("the page has more than %d MiB, and no page has", MaxBytes>>20),
		}
	}
	s := string(content)
	if strings.TrimSpace(strings.TrimPrefix(s, ByteOrderMark)) == "" {
		return &Unreadable{Reason: schemas.ReasonEmpty, Detail: "the file has no text", Offset: -1}
	}
	if strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff") {
		return &Unreadable{
			Reason: schemas.ReasonNotText, Line: 1,
			Detail: "the file is UTF-16: expected UTF-8; convert it, for instance with `iconv -f UTF-16 -t UTF-8`",
		}
	}
	if i := strings.IndexByte(s, 0); i >= 0 {
		return &Unreadable{
			Reason: schemas.ReasonNotText, Line: 1 + strings.Count(s[:i], "\n"), Offset: i,
			Detail: fmt.Sprintf("the file is binary: a zero byte stands at offset %d; expected text in UTF-8", i),
		}
	}
	if !utf8.ValidString(s) {
		countInvalidBytes(d, s)
		if first := d.InvalidOffset; d.InvalidBytes > len(s)/maxInvalidPart {
			return &Unreadable{
				Reason: schemas.ReasonNotText, Line: 1 + strings.Count(s[:first], "\n"), Offset: first,
				Detail: fmt.Sprintf("%d of %d bytes are not UTF-8, the first at offset %d: expected text in UTF-8",
					d.InvalidBytes, len(s), first),
			}
		}
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	d.Text = s
	return nil
}

// SetDigest sets the size and the digest of a document with that content. A document without a title is identified by
// its digest, so that two different texts never have the same identity.
func SetDigest(d *schemas.Document, content []byte) {
	sum := sha256.Sum256(content)
	d.Bytes, d.SHA256 = int64(len(content)), hex.EncodeToString(sum[:])
}

// countInvalidBytes counts the bytes of a text that are not UTF-8 and notes where the first of them is.
func countInvalidBytes(d *schemas.Document, s string) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			if d.InvalidBytes == 0 {
				d.InvalidOffset = i
			}
			d.InvalidBytes++
		}
		i += size
	}
}
