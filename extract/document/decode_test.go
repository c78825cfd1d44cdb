package document

import (
	"errors"
	"strings"
	"testing"

	"hemicycle/schemas"
)

// A text may have one invalid byte in ten, and not more. Each run of invalid bytes becomes one U+FFFD.
func TestDecodeInvalidBytes(t *testing.T) {
	for _, c := range []struct {
		name    string
		content string
		invalid int
		ok      bool
	}{
		{"none", "0123456789", 0, true},
		{"a tenth", "012345678\xff", 1, true},
		{"more than a tenth", "01234567\xff\xff", 2, false},
		{"a tenth of twenty", "012345678901234567\xff\xff", 2, true},
		{"more than a tenth of twenty", "01234567890123456\xff\xff\xff", 3, false},
		{"nine bytes with one", "01234567\xff", 1, false},
		{"a character that is U+FFFD", "\uFFFD", 0, true},
	} {
		d := &schemas.Document{}
		err := Decode(d, []byte(c.content))
		u := new(Unreadable)
		if isRefused := errors.As(err, &u) && u.Reason == schemas.ReasonNotText; isRefused == c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
		if d.InvalidBytes != c.invalid || c.invalid > 0 && d.InvalidOffset != strings.IndexByte(c.content, 0xff) {
			t.Errorf("%s: %d bytes are invalid from offset %d on", c.name, d.InvalidBytes, d.InvalidOffset)
		}
		if c.ok && strings.Count(d.Text, "\uFFFD") != min(c.invalid, 1)+strings.Count(c.content, "\uFFFD") {
			t.Errorf("%s: the text is %q", c.name, d.Text)
		}
		if d.Bytes != int64(len(c.content)) || len(d.SHA256) != 64 {
			t.Errorf("%s: %d bytes, digest %q", c.name, d.Bytes, d.SHA256)
		}
	}
}
