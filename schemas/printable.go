package schemas

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable returns a name as a message repeats it: the name itself, or, if it has characters that end a line, control
// a terminal or change the direction of the text around them, the name in quotation marks with these characters
// escaped. The names of files, pipelines and flags are chosen by others, and a message must not say what they say.
func Printable(name string) string {
	if utf8.ValidString(name) && strings.IndexFunc(name, isUnprintable) < 0 {
		return name
	}
	return strconv.QuoteToGraphic(name)
}

// isUnprintable reports whether a character of a name may mislead whoever reads a message.
func isUnprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
