package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func IsBlank(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// TrimASCII leaves out the white space of ASCII around a part of a text.
func TrimASCII(s string, from, to int) (int, int) {
	for from < to && asciiBlank[s[from]] {
		from++
	}
	for from < to && asciiBlank[s[to-1]] {
		to--
	}
	return from, to
}

// asciiBlank is the white space among the bytes that are characters of their own.
var asciiBlank = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\v': true, '\f': true}

// TrimSpan is the span without what trimmed takes off at its ends; empty, it is where it began.
func TrimSpan(s string, from, to int) (int, int) {
	from, to = TrimASCII(s, from, to)
	if from == to || s[from] > ' ' && s[from] < 0x7F && s[to-1] > ' ' && s[to-1] < 0x7F {
		return from, to
	}
	inner := s[from:to]
	left := strings.TrimLeftFunc(inner, IsBlank)
	if left == "" {
		return from, from
	}
	return to - len(left), to - len(left) + len(strings.TrimRightFunc(left, IsBlank))
}

// NormalizeSpace is a text as a reader sees it: every run of white space one space, none at the ends, nothing
// invisible.
func NormalizeSpace(s string) string {
	s = strings.TrimSpace(s)
	if isNormalized(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = true
		case isInvisible(r):
		default:
			if gap && len(b) > 0 {
				b = append(b, ' ')
			}
			b, gap = utf8.AppendRune(b, r), false
		}
	}
	return string(b)
}

// isNormalized reports a text that folding leaves as it is: ASCII, words one space apart. Most are.
func isNormalized(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7F || c == ' ' && s[i+1] == ' ' {
			return false
		}
	}
	return true
}

// isInvisible reports characters that take no room and are no white space: zero-width spaces and
// joiners, direction marks, soft hyphens, byte order marks, and control characters.
func isInvisible(r rune) bool {
	return r == '\u00AD' || r == '\uFEFF' || r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' ||
		r >= '\u2060' && r <= '\u2069' || unicode.IsControl(r) && !unicode.IsSpace(r)
}

// What a byte of a text can be: seldom is a byte that may have to be looked at with its neighbours.
const (
	bytePlain         = iota // shown as it stands
	byteUnlessDoubled        // shown as it stands, unless it stands twice
	byteE2                   // E2, with which dashes and quotes begin, and white space too
	byteSpecial
)

var byteKinds = func() (kinds [256]byte) {
	for c := range kinds {
		switch {
		case c == ' ', c == '\'', c == '/':
			kinds[c] = byteUnlessDoubled
		case c == 0xE2:
			kinds[c] = byteE2
		case c < ' ', c == 0x7F, c == 0xC2, c == 0xE1, c == 0xE3, c == 0xEF:
			kinds[c] = byteSpecial
		}
	}
	return kinds
}()

// PlainText is a text without the white space around it, where the page shows it just so: one line, without
// emphasis, addresses, runs of spaces and what cannot be seen.
func PlainText(s string) (string, bool) {
	from, to := TrimASCII(s, 0, len(s))
	for i := from; i < to; i++ {
		switch c := s[i]; byteKinds[c] {
		case bytePlain:
		case byteUnlessDoubled:
			if s[i+1:to] != "" && s[i+1] == c {
				return "", false
			}
		case byteE2: // U+2010 to U+201F are dashes and quotes; around them stand spaces and marks
			if i+2 >= to || s[i+1] == 0x81 || s[i+1] == 0x80 && (s[i+2] < 0x90 || s[i+2] > 0x9F) {
				return "", false
			}
		default:
			return "", false
		}
	}
	return s[from:to], true
}
