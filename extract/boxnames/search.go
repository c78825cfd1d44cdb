package boxnames

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Search finds where a text may name an election box, at memory speed. It may find what is none, which its
// reader then sees; it never passes a name but one that is written with a comment inside one of its words.
// The text is wikitext, as it is or as it stands in XML.
type Search struct {
	needles []needle
	all     bool // a name is too short to be sought: any template may be it
}

// needle is a word that names begin with, and the words that can follow it. The first letter of a name
// is left out, since it can be of either case.
type needle struct {
	word   string
	rare   int        // which of its bytes is sought: the one that texts have least of
	follow [][]string // each is the further words of a name
}

// lettersByRarity is letters in the order in which texts have fewer of them than of the next.
const lettersByRarity = "qjxzQJXZkKvVwWyYgGpPbBuUfFmMhHlLcCdDtTnNsSrRoOiIaAeE"

// NewSearch makes the search for some names.
func NewSearch(names Names) *Search {
	s := &Search{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		_, first := utf8.DecodeRuneInString(name)
		rest := name[first:]
		if i := strings.IndexAny(rest, `&<>"'`); i >= 0 { // XML writes these in several ways
			rest = rest[:i]
		}
		words := strings.Fields(rest)
		if len(words) == 0 {
			s.all = true
			continue
		}
		word, follow := words[0], words[1:]
		if len(word) < 3 { // the longest will do
			word, follow = slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) }), nil
		}
		i := slices.IndexFunc(s.needles, func(n needle) bool { return n.word == word })
		if i < 0 {
			i = len(s.needles)
			s.needles = append(s.needles, needle{word: word, rare: rarestByte(word)})
		}
		s.needles[i].follow = append(s.needles[i].follow, follow)
	}
	return s
}

func rarestByte(word string) int {
	best, rank := 0, len(lettersByRarity)+1
	for i := range len(word) {
		r := strings.IndexByte(lettersByRarity, word[i])
		if r < 0 {
			r = len(lettersByRarity)
		}
		if r < rank {
			best, rank = i, r
		}
	}
	return best
}

// Contains reports whether a text can name a box.
func (s *Search) Contains(text []byte) bool {
	if s.all || len(text) == 0 {
		return s.all
	}
	view := unsafe.String(&text[0], len(text)) // a copy of every page would cost more than the search
	return slices.ContainsFunc(s.needles, func(n needle) bool { return n.index(view, 0) >= 0 })
}

// index is the first place of the needle at or behind a place, -1 where there is none.
func (n *needle) index(text string, from int) int {
	for at := from + n.rare; at < len(text); at++ {
		k := strings.IndexByte(text[at:], n.word[n.rare])
		if k < 0 {
			break
		}
		at += k
		start := at - n.rare
		if strings.HasPrefix(text[start:], n.word) && n.follows(text[start+len(n.word):]) {
			return start
		}
	}
	return -1
}

// follows reports whether one of a needle's names goes on so. A comment, an entity or a space beyond
// ASCII between two words is taken for any rest.
func (n *needle) follows(text string) bool {
	return slices.ContainsFunc(n.follow, func(words []string) bool {
		rest := text
		for _, word := range words {
			trimmed := strings.TrimLeft(rest, " _\t\r\n")
			if trimmed != "" && (trimmed[0] == '&' || trimmed[0] == '<' || trimmed[0] >= utf8.RuneSelf) {
				return true
			}
			if len(trimmed) == len(rest) || !strings.HasPrefix(trimmed, word) {
				return false
			}
			rest = trimmed[len(word):]
		}
		return true
	})
}

// Occurrences is what a search finds in one text, place by place.
type Occurrences struct {
	*Search
	text string
	at   []int // where each needle stands next; the text's length where it does not
}

func (s *Search) Occurrences(text string) Occurrences {
	at := make([]int, len(s.needles))
	for i := range at {
		at[i] = -1
	}
	return Occurrences{s, text, at}
}

// Next is the first place at or behind another where a box may be named, the text's length where there is
// none. Places do not decrease from call to call, so a text is looked through once a needle.
func (s *Occurrences) Next(from int) int {
	first := len(s.text)
	if from >= first {
		return first
	}
	if s.all {
		if k := strings.Index(s.text[from:], "{{"); k >= 0 {
			first = from + k
		}
		return first // every name stands behind one
	}
	for i := range s.needles {
		if s.at[i] < from {
			if s.at[i] = s.needles[i].index(s.text, from); s.at[i] < 0 {
				s.at[i] = len(s.text)
			}
		}
		first = min(first, s.at[i])
	}
	return first
}
