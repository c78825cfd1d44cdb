package locales

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordTable replaces words of a language by English ones. Words are found whole, and the longest of them counts.
type wordTable struct {
	byFirst map[rune][]replacement
}

// replacement is a word in lower case and what stands in its place.
type replacement struct{ word, english string }

// newWordTable returns the table of some words, each with the English one.
func newWordTable(l *Locale, words [][2]string) wordTable {
	t := wordTable{map[rune][]replacement{}}
	for _, w := range words {
		word := l.lower(w[0])
		first, _ := utf8.DecodeRuneInString(word)
		t.byFirst[first] = append(t.byFirst[first], replacement{word, w[1]})
	}
	for _, list := range t.byFirst {
		slices.SortStableFunc(list, func(a, b replacement) int { return cmp.Compare(len(b.word), len(a.word)) })
	}
	return t
}

// at returns the word with which a text in lower case goes on from a place.
func (t *wordTable) at(lower string, i int) (r replacement, found bool) {
	first, _ := utf8.DecodeRuneInString(lower[i:])
	for _, r := range t.byFirst[first] {
		if strings.HasPrefix(lower[i:], r.word) && isBoundary(lower, i) && isBoundary(lower, i+len(r.word)) {
			return r, true
		}
	}
	return replacement{}, false
}

// isBoundary reports whether a word can begin or end at a place: there are not letters on both sides of it, or they are
// of a script that writes no spaces between words.
func isBoundary(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	if i == 0 || i == len(text) {
		return true
	}
	return !isWordLetter(before) || !isWordLetter(after)
}

// isWordLetter reports whether a rune is a letter, or a mark on one, of a script with spaces between words.
func isWordLetter(c rune) bool {
	return (unicode.IsLetter(c) || unicode.Is(unicode.M, c)) &&
		!unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao)
}

// replace returns a text with the words of the table replaced. Between a digit and the English word a space is put.
func (l *Locale) replace(t *wordTable, text string) string {
	if len(t.byFirst) == 0 {
		return text
	}
	lower := l.lower(text)
	if len(lower) != len(text) { // a letter whose other case has more bytes: İ, ẞ
		text = lower
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, found := t.at(lower, i)
		if !found {
			_, size := utf8.DecodeRuneInString(text[i:])
			b.WriteString(text[i : i+size])
			i += size
			continue
		}
		i += len(r.word)
		written := b.String()
		if n := len(written); n > 0 && written[n-1] != ' ' && written[n-1] != '(' && r.english != "%" && r.english != "" {
			b.WriteByte(' ')
		}
		b.WriteString(r.english)
		if i < len(text) && r.english != "" && (text[i] >= '0' && text[i] <= '9' || text[i] >= utf8.RuneSelf) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
