package dump

import (
	"bytes"
	"iter"
	"unicode/utf16"
	"unicode/utf8"
)

// decodeUTF16 returns chunks of UTF-16 as UTF-8, and other chunks as they are. The byte order mark of the first chunk
// says which they are. Decompression cannot begin at a chunk that was decoded.
func decodeUTF16(chunks iter.Seq[chunk]) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		var d *utf16Decoder
		isFirst := true
		for c := range chunks {
			if isFirst && len(c.data) > 0 {
				isFirst = false
				d = newUTF16Decoder(c.data)
			}
			if d != nil {
				c.bit = -1
				if c.err != nil {
					d.resync()
				}
				c.data = d.decode(c.data)
			}
			if !yield(c) {
				return
			}
		}
	}
}

// utf16Decoder decodes UTF-16 to UTF-8.
type utf16Decoder struct {
	low        int    // which byte of a unit is the lower one: 0 or 1
	in         []byte // bytes that are not yet decoded
	high       rune   // the first half of a pair of surrogates; 0 if none is open
	misaligned bool   // it is not known whether a unit begins at the next byte
	out        []byte
}

// newUTF16Decoder returns nil if the bytes do not begin with the byte order mark of UTF-16.
func newUTF16Decoder(head []byte) *utf16Decoder {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return &utf16Decoder{low: 0}
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return &utf16Decoder{low: 1}
	}
	return nil
}

// resync continues behind missing bytes.
func (d *utf16Decoder) resync() { d.in, d.high, d.misaligned = d.in[:0], 0, true }

// decode returns the next bytes as UTF-8. The result is valid until the next call.
func (d *utf16Decoder) decode(data []byte) []byte {
	if d.misaligned && len(data) > 1 {
		d.misaligned = false
		if d.beginsInsideUnit(data) {
			data = data[1:]
		}
	}
	d.in = append(d.in, data...)
	d.out = d.out[:0]
	i := 0
	for ; i+1 < len(d.in); i += 2 {
		c := rune(d.in[i+d.low]) | rune(d.in[i+1-d.low])<<8
		switch {
		case d.high != 0:
			pair := utf16.DecodeRune(d.high, c)
			d.high = 0
			d.out = utf8.AppendRune(d.out, pair)
			if pair != utf8.RuneError {
				continue
			}
			fallthrough
		default:
			if utf16.IsSurrogate(c) && c < 0xdc00 {
				d.high = c
				continue
			}
			d.out = utf8.AppendRune(d.out, c) // U+FFFD for the second half of a pair alone
		}
	}
	d.in = d.in[:copy(d.in, d.in[i:])]
	return d.out
}

// beginsInsideUnit reports whether bytes begin with the second byte of a unit. Most characters of an export are ASCII,
// so their upper byte is zero.
func (d *utf16Decoder) beginsInsideUnit(data []byte) bool {
	zeros := [2]int{}
	for i, b := range data[:min(len(data), 4096)] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	return zeros[d.low] > zeros[1-d.low]
}
