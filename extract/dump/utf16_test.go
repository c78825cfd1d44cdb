package dump

import (
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"unicode/utf16"
)

// utf16Of returns a text as UTF-16 with a byte order mark.
func utf16Of(text string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

// Behind damage in UTF-16, whole units are read again, whether the damage ends between two units or inside of one. What
// was read of a unit or of a pair of surrogates before the damage is dropped.
func TestUTF16BehindDamage(t *testing.T) {
	const before, after = "<page>before 🗳", "<page>after</page> behind the damage"
	for name, order := range map[string]binary.AppendByteOrder{"LE": binary.LittleEndian, "BE": binary.BigEndian} {
		first, second := utf16Of(before, order), utf16Of(after, order)[2:]
		for _, c := range []struct {
			cut, skip int // bytes that are lost at the end of the first chunk and at the beginning of the second
			want      string
		}{
			{0, 0, "\ufeff" + before + "!" + after},
			{0, 1, "\ufeff" + before + "!" + after[1:]},
			{0, 2, "\ufeff" + before + "!" + after[1:]},
			{1, 3, "\ufeff" + before[:len(before)-4] + "!" + after[2:]},
			{2, 1, "\ufeff" + before[:len(before)-4] + "!" + after[1:]},
			{5, 0, "\ufeff" + before[:len(before)-5] + "!" + after},
		} {
			chunks := []chunk{{data: first[:len(first)-c.cut]}, {err: errors.New("damaged")}, {data: second[c.skip:]}}
			got := ""
			for decoded := range decodeUTF16(slices.Values(chunks)) {
				if got += string(decoded.data); decoded.err != nil {
					got += "!"
				}
				if decoded.bit != -1 {
					t.Errorf("%s: decompression can begin at bit %d of a chunk that is decoded", name, decoded.bit)
				}
			}
			if got != c.want {
				t.Errorf("%s, %d bytes before and %d behind are lost:\ngot  %q\nwant %q",
					name, c.cut, c.skip, got, c.want)
			}
		}
	}
}
