package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsBlank reports whether a character is white space or invisible.
func IsBlank(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// TrimASCII returns a span of a text without the white space of ASCII at its ends.
func TrimASCII(s string, from, to int) (int, int) {
	for from < to && isASCIISpace[s[from]] {
		from++
	}
	for from < to && isASCIISpace[s[to-1]] {
		to--
	}
	return from, to
}

// isASCIISpace says which bytes are white space of ASCII.
var isASCIISpace = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\v': true, '\f': true}

// TrimSpan returns a span of a text without the blank characters at its ends. A span of nothing else becomes empty, at
// the place where its white space of ASCII ends.
func TrimSpan(s string, from, to int) (int, int) {
	from, to = TrimASCII(s, from, to)
	if from == to || isVisibleASCII(s[from]) && isVisibleASCII(s[to-1]) {
		return from, to
	}
	inner := s[from:to]
	left := strings.TrimLeftFunc(inner, IsBlank)
	if left == "" {
		return from, from
	}
	return to - len(left), to - len(left) + len(strings.TrimRightFunc(left, IsBlank))
}

func isVisibleASCII(c byte) bool { return c > ' ' && c < 0x7F }

// NormalizeSpace returns a text as a reader sees it: each run of white space is one space, there is none at the ends,
// and invisible characters are left out.
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

// isNormalized reports whether NormalizeSpace surely leaves a trimmed text as it is: it is ASCII, with one space
// between words. Most texts are.
func isNormalized(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7F || c == ' ' && s[i+1] == ' ' {
			return false
		}
	}
	return true
}

// isInvisible reports whether a character takes no room and is not white space: zero-width spaces and joiners,
// direction marks, soft hyphens, byte order marks and control characters.
func isInvisible(r rune) bool {
	switch {
	case r == '\u00AD' || r == '\uFEFF':
		return true
	case r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2060' && r <= '\u2069':
		return true
	}
	return unicode.IsControl(r) && !unicode.IsSpace(r)
}

// The kinds of bytes, by what PlainText must do about them.
const (
	bytePlain         = iota // is shown as it stands
	byteUnlessDoubled        // is shown as it stands unless it stands twice
	byteE2                   // is the first byte of dashes and quotation marks, and also of white space
	byteSpecial              // may have to be changed or left out: such texts are not plain
)

// byteKinds has the kind of each byte.
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

// PlainText returns a text without the white space around it if a page shows it exactly so: if it is one line and has
// no emphasis, no address, no two spaces in a row and nothing invisible.
func PlainText(s string) (text string, ok bool) {
	from, to := TrimASCII(s, 0, len(s))
	for i := from; i < to; i++ {
		switch c := s[i]; byteKinds[c] {
		case bytePlain:
		case byteUnlessDoubled:
			if s[i+1:to] != "" && s[i+1] == c {
				return "", false
			}
		case byteE2:
			// U+2010 to U+201F are dashes and quotation marks. The characters before and behind them are spaces and
			// direction marks.
			if i+2 >= to || s[i+1] == 0x81 {
				return "", false
			}
			if isDash := s[i+2] >= 0x90 && s[i+2] <= 0x9F; s[i+1] == 0x80 && !isDash {
				return "", false
			}
		default:
			return "", false
		}
	}
	return s[from:to], true
}
