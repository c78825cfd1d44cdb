package enterprise

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// A line of a snapshot is some 100 kB of JSON, nearly all of it a page as HTML, which is not read. So the JSON is not
// decoded: the scan jumps from one quotation mark or backslash to the next, keeps where the values are that are read,
// and holds everything else only to the grammar. It accepts what encoding/json accepts, up to a depth.
//
// Source: https://www.rfc-editor.org/rfc/rfc8259.

// maxDepth bounds how deep values may be nested. A page of a snapshot has five levels.
const maxDepth = 100

// errEnds is the error of JSON that ends too early.
var errEnds = errors.New("it ends in the middle of a value")

// literals are the words of JSON.
var literals = []string{"true", "false", "null"}

// jsonText is a text of JSON as it is written, between its quotation marks.
type jsonText []byte

// jsonScanner reads JSON from its beginning to its end.
type jsonScanner struct {
	data  []byte
	at    int
	depth int
}

// wrongByte returns the error of a byte that is not expected, or that of an early end.
func (s *jsonScanner) wrongByte(expected string) error {
	if s.at >= len(s.data) {
		return errEnds
	}
	return fmt.Errorf("at byte %d: expected %s, found %q", s.at, expected, s.data[s.at])
}

// wrongType returns the error of a value of another type than expected.
func (s *jsonScanner) wrongType(name, expected string) error {
	rest := s.data[s.at:]
	isCut := func(literal string) bool { return bytes.HasPrefix([]byte(literal), rest) }
	if slices.ContainsFunc(literals, isCut) {
		return errEnds
	}
	var found string
	switch c := s.data[s.at]; {
	case c == '"':
		found = "a text"
	case c == '{':
		found = "an object"
	case c == '[':
		found = "a list"
	case c == 't', c == 'f':
		found = "true or false"
	case isNumberByte(c):
		found = "a number"
	default:
		return s.wrongByte("a value")
	}
	return &typeError{fmt.Sprintf("expected %s in %s, found %s", expected, name, found)}
}

// typeError is the error of JSON that is sound and does not hold what is expected.
type typeError struct{ detail string }

func (e *typeError) Error() string { return e.detail }

// skipSpace passes white space.
func (s *jsonScanner) skipSpace() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return
		}
	}
}

// has passes a byte if it is the next one.
func (s *jsonScanner) has(c byte) bool {
	if s.at < len(s.data) && s.data[s.at] == c {
		s.at++
		return true
	}
	return false
}

// isNull passes null, and reports whether it was there. A value that is null is as good as absent.
func (s *jsonScanner) isNull() bool {
	if bytes.HasPrefix(s.data[s.at:], []byte("null")) {
		s.at += len("null")
		return true
	}
	return false
}

// end returns an error if anything but white space follows.
func (s *jsonScanner) end() error {
	s.skipSpace()
	if s.at < len(s.data) {
		return s.wrongByte("the end of the line")
	}
	return nil
}

// object reads an object, or null. It calls read with each key, at the value, which read must pass.
func (s *jsonScanner) object(name string, read func(key []byte) error) error {
	return s.composite(name, '{', '}', "an object", func() error {
		if s.at >= len(s.data) || s.data[s.at] != '"' {
			return s.wrongByte("a key")
		}
		raw, err := s.scanString()
		if err != nil {
			return err
		}
		s.skipSpace()
		if !s.has(':') {
			return s.wrongByte("a colon")
		}
		s.skipSpace()
		return read(raw.unescape(nil))
	})
}

// list reads a list, or null. It calls read at each value, which read must pass.
func (s *jsonScanner) list(name string, read func() error) error {
	return s.composite(name, '[', ']', "a list", read)
}

// composite reads what is between brackets, separated by commas.
func (s *jsonScanner) composite(name string, opening, closing byte, kind string, read func() error) error {
	if s.isNull() {
		return nil
	}
	if !s.has(opening) {
		return s.wrongType(name, kind)
	}
	if s.depth++; s.depth > maxDepth {
		return fmt.Errorf("values are nested more than %d deep", maxDepth)
	}
	s.skipSpace()
	for more := !s.has(closing); more; more = !s.has(closing) {
		if err := read(); err != nil {
			return err
		}
		s.skipSpace()
		switch {
		case s.has(','):
			s.skipSpace()
			if s.at < len(s.data) && s.data[s.at] == closing {
				return s.wrongByte("another value behind the comma")
			}
		case s.at >= len(s.data) || s.data[s.at] != closing:
			return s.wrongByte("a comma or a closing bracket")
		}
	}
	s.depth--
	return nil
}

// text reads a text into *to, or null.
func (s *jsonScanner) text(name string, to *jsonText) error {
	if *to = nil; s.isNull() {
		return nil
	}
	if s.at >= len(s.data) || s.data[s.at] != '"' {
		return s.wrongType(name, "a text")
	}
	raw, err := s.scanString()
	*to = raw
	return err
}

// integer reads a whole number that is not negative into *to, or null, which is -1.
func (s *jsonScanner) integer(name string, to *int64) error {
	if *to = -1; s.isNull() {
		return nil
	}
	from := s.at
	if from >= len(s.data) || !isNumberByte(s.data[from]) {
		return s.wrongType(name, "a whole number")
	}
	if err := s.skipNumber(); err != nil {
		return err
	}
	n, err := strconv.ParseInt(string(s.data[from:s.at]), 10, 64)
	if err != nil || n < 0 {
		return &typeError{fmt.Sprintf("expected a whole number in %s, found %.40s", name, s.data[from:s.at])}
	}
	*to = n
	return nil
}

// boolean reads true or false into *to, or null, which leaves it as it is.
func (s *jsonScanner) boolean(name string, to *bool) error {
	rest := s.data[s.at:]
	switch {
	case s.isNull():
	case bytes.HasPrefix(rest, []byte("true")):
		*to = true
		s.at += len("true")
	case bytes.HasPrefix(rest, []byte("false")):
		*to = false
		s.at += len("false")
	default:
		return s.wrongType(name, "true or false")
	}
	return nil
}

// skip passes a value of any type.
func (s *jsonScanner) skip() error {
	if s.at >= len(s.data) {
		return errEnds
	}
	switch c := s.data[s.at]; {
	case c == '"':
		_, err := s.scanString()
		return err
	case c == '{':
		return s.object("", s.skipMember)
	case c == '[':
		return s.list("", s.skip)
	case isNumberByte(c):
		return s.skipNumber()
	}
	for _, literal := range literals {
		rest := s.data[s.at:]
		if bytes.HasPrefix(rest, []byte(literal)) {
			s.at += len(literal)
			return nil
		}
		if bytes.HasPrefix([]byte(literal), rest) {
			return errEnds
		}
	}
	return s.wrongByte("a value")
}

func (s *jsonScanner) skipMember([]byte) error { return s.skip() }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isNumberByte(c byte) bool { return c == '-' || isDigit(c) }

// skipNumber passes a number.
func (s *jsonScanner) skipNumber() error {
	s.has('-')
	if !s.has('0') {
		if err := s.skipDigits(); err != nil {
			return err
		}
	}
	if s.has('.') {
		if err := s.skipDigits(); err != nil {
			return err
		}
	}
	if s.has('e') || s.has('E') {
		if !s.has('+') {
			s.has('-')
		}
		return s.skipDigits()
	}
	return nil
}

// skipDigits passes at least one digit.
func (s *jsonScanner) skipDigits() error {
	from := s.at
	for s.at < len(s.data) && isDigit(s.data[s.at]) {
		s.at++
	}
	if s.at == from {
		return s.wrongByte("a digit")
	}
	return nil
}

// scanString passes a string and returns what is between its quotation marks.
func (s *jsonScanner) scanString() (jsonText, error) {
	s.at++
	from := s.at
	for {
		s.at = nextSpecial(s.data, s.at)
		if s.at >= len(s.data) {
			return nil, errEnds
		}
		switch c := s.data[s.at]; c {
		case '"':
			s.at++
			return s.data[from : s.at-1], nil
		case '\\':
			if err := s.skipEscape(); err != nil {
				return nil, err
			}
		default:
			return nil, s.wrongByte("a character of a text")
		}
	}
}

// skipEscape passes a backslash and what it escapes.
func (s *jsonScanner) skipEscape() error {
	s.at++
	if s.at >= len(s.data) {
		return errEnds
	}
	switch s.data[s.at] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.at++
		return nil
	case 'u':
		s.at++
		for range 4 {
			if s.at >= len(s.data) || hexValue[s.data[s.at]] < 0 {
				return s.wrongByte("four hexadecimal digits")
			}
			s.at++
		}
		return nil
	}
	return s.wrongByte("an escape")
}

// hexValue has the value of each hexadecimal digit, and -1 for all other bytes.
var hexValue = func() (values [256]int8) {
	for c := range values {
		values[c] = -1
	}
	for i, c := range "0123456789abcdef" {
		values[c] = int8(i)
	}
	for i, c := range "ABCDEF" {
		values[c] = int8(10 + i)
	}
	return values
}()

// The words for looking at eight bytes at a time.
const (
	everyByte = 0x0101010101010101
	highBits  = 0x8080808080808080
)

// nextSpecial returns the offset of the first quotation mark, backslash or control character from an offset on, or the
// length of the data. The words find a byte below n by the borrow of a subtraction, of which only the lowest is sure.
// Source: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord.
func nextSpecial(data []byte, at int) int {
	for ; at+8 <= len(data); at += 8 {
		word := binary.LittleEndian.Uint64(data[at:])
		quote, backslash := word^(everyByte*'"'), word^(everyByte*'\\')
		found := (word-everyByte*' ')&^word | (quote-everyByte)&^quote | (backslash-everyByte)&^backslash
		if found &= highBits; found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for ; at < len(data); at++ {
		if c := data[at]; c == '"' || c == '\\' || c < ' ' {
			break
		}
	}
	return at
}

// unescape returns a text as it is meant, and appends it to buffer if it has escapes. Half a pair of surrogates is
// U+FFFD. The text must be sound.
func (t jsonText) unescape(buffer []byte) []byte {
	i := bytes.IndexByte(t, '\\')
	if i < 0 {
		return t
	}
	for ; i >= 0; i = bytes.IndexByte(t, '\\') {
		buffer = append(buffer, t[:i]...)
		t = t[i+1:]
		if t[0] == 'u' {
			char := t.codeUnit()
			t = t[5:]
			if utf16.IsSurrogate(char) {
				second := rune(0)
				if len(t) >= 6 && t[0] == '\\' && t[1] == 'u' {
					second = t[1:].codeUnit()
				}
				if char = utf16.DecodeRune(char, second); char != utf8.RuneError {
					t = t[6:]
				}
			}
			buffer = utf8.AppendRune(buffer, char)
			continue
		}
		buffer = append(buffer, escapedByte[t[0]])
		t = t[1:]
	}
	return append(buffer, t...)
}

// codeUnit returns the number of an escape that begins with u.
func (t jsonText) codeUnit() rune {
	n := rune(0)
	for _, c := range t[1:5] {
		n = n<<4 | rune(hexValue[c])
	}
	return n
}

// escapedByte has the byte for which each letter behind a backslash stands.
var escapedByte = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// String returns a text as it is meant.
func (t jsonText) String() string { return string(t.unescape(nil)) }
