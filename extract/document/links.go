package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hemicycle/schemas"
)

// MaxLinks is how many links of a value are kept. A list of parties or of leaders has fewer.
const MaxLinks = 32

// AddLink adds a link to an article to those of a value, which keeps the first MaxLinks of them.
func AddLink(links []schemas.Link, text, page string) []schemas.Link {
	if page == "" || len(links) >= MaxLinks {
		return links
	}
	return append(links, schemas.Link{Text: text, Page: page})
}

// PlaceLinks finds the links of a value in its text, in which they stand in their order. It leaves out those that are
// not shown there. It returns nil for a value that is one link and nothing else.
func PlaceLinks(text string, links []schemas.Link, canonical func(string) string) []schemas.Link {
	placed := links[:0:0]
	from := 0
	for _, link := range links {
		link.Text = NormalizeSpace(link.Text)
		at := indexOfWords(text[from:], link.Text)
		if at < 0 || len(link.Text) == len(text) {
			continue
		}
		link.At, link.Page = from+at, canonical(link.Page)
		from = link.At + len(link.Text)
		placed = append(placed, link)
	}
	return placed
}

// indexOfWords returns where words stand in a text with no letter or digit right before or behind them, or -1.
func indexOfWords(text, words string) int {
	if words == "" {
		return -1
	}
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return -1
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		behind, _ := utf8.DecodeRuneInString(text[at+len(words):])
		first, _ := utf8.DecodeRuneInString(words)
		last, _ := utf8.DecodeLastRuneInString(words)
		if !(isWordRune(before) && isWordRune(first)) && !(isWordRune(behind) && isWordRune(last)) {
			return at
		}
		from = at + len(words)
	}
}

// isWordRune reports whether a character is part of a word.
func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
