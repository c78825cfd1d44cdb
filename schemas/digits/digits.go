// Package digits turns the digits and the figures' signs of every script into those of ASCII.
package digits

import (
	"strings"
	"unicode"
)

// signs are the signs beside figures that scripts have of their own, with those of ASCII.
var signs = map[rune]rune{
	'％': '%', '٪': '%', '﹪': '%', '（': '(', '）': ')', '．': '.', '，': ',', '٫': '.', '٬': ',', '－': '-', '＋': '+',
	'／': '/', '：': ':', '　': ' ',
}

// ToASCII returns a text with digits of ASCII in place of those of any script. Its percent signs, brackets, points and
// commas are those of ASCII, too. A text of ASCII is returned as it is.
func ToASCII(text string) string {
	if isASCII(text) {
		return text
	}
	return strings.Map(func(c rune) rune {
		if c < 0x80 {
			return c
		}
		if unicode.Is(unicode.Nd, c) {
			if d, ok := Value(c); ok {
				return '0' + rune(d)
			}
		}
		if sign, ok := signs[c]; ok {
			return sign
		}
		return c
	}, text)
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Value returns the value of a decimal digit of any script. In Unicode each script has its ten in a row, which begins
// with zero: The Unicode Standard, section 4.6. Rows that follow each other are one range.
func Value(c rune) (value int, ok bool) {
	for _, r := range unicode.Nd.R16 {
		if c >= rune(r.Lo) && c <= rune(r.Hi) && r.Stride == 1 {
			return int(c-rune(r.Lo)) % 10, true
		}
	}
	for _, r := range unicode.Nd.R32 {
		if c >= rune(r.Lo) && c <= rune(r.Hi) && r.Stride == 1 {
			return int(c-rune(r.Lo)) % 10, true
		}
	}
	return 0, false
}
