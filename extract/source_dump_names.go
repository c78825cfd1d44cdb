package extract

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// candidates tells the pages that can hold an election box, by the names of the templates, in the bytes
// of the export. It may take a page that has none, which its reader then finds out; it never passes one
// that has: but for a name that is written with a comment inside one of its words.
type candidates struct {
	needles []needle
	all     bool // a name is too short to be sought
}

// needle is a word that names begin with, and the words that can follow it. The first letter of a name
// is left out, since it can be of either case.
type needle struct {
	word   []byte
	rare   int        // which of its bytes is sought: the one that texts have least of
	follow [][][]byte // each is the further words of a name
}

// rarest is letters in the order in which texts have fewer of them than of the next.
const rarest = "qjxzQJXZkKvVwWyYgGpPbBuUfFmMhHlLcCdDtTnNsSrRoOiIaAeE"

// newCandidates makes the search for some names.
func newCandidates(names boxNames) *candidates {
	c := &candidates{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		_, first := utf8.DecodeRuneInString(name)
		rest := name[first:]
		if i := strings.IndexAny(rest, `&<>"'`); i >= 0 { // exports write these in several ways
			rest = rest[:i]
		}
		words := bytes.Fields([]byte(rest))
		if len(words) == 0 {
			c.all = true
			continue
		}
		word, follow := words[0], words[1:]
		if len(word) < 3 { // the longest will do
			word, follow = slices.MaxFunc(words, func(a, b []byte) int { return len(a) - len(b) }), nil
		}
		i := slices.IndexFunc(c.needles, func(n needle) bool { return bytes.Equal(n.word, word) })
		if i < 0 {
			i = len(c.needles)
			c.needles = append(c.needles, needle{word: word, rare: rareIn(word)})
		}
		c.needles[i].follow = append(c.needles[i].follow, follow)
	}
	return c
}

func rareIn(word []byte) int {
	best, rank := 0, len(rarest)+1
	for i, b := range word {
		r := strings.IndexByte(rarest, b)
		if b >= utf8.RuneSelf || r < 0 {
			r = len(rarest)
		}
		if r < rank {
			best, rank = i, r
		}
	}
	return best
}

// in reports whether a text can hold a box.
func (c *candidates) in(text []byte) bool {
	if c.all {
		return true
	}
	for i := range c.needles {
		n := &c.needles[i]
		for at := 0; ; {
			k := bytes.IndexByte(text[at:], n.word[n.rare])
			if k < 0 {
				break
			}
			at += k + 1
			from := at - 1 - n.rare
			if from >= 0 && bytes.HasPrefix(text[from:], n.word) && n.follows(text[from+len(n.word):]) {
				return true
			}
		}
	}
	return false
}

// follows reports whether one of a needle's names goes on so. A comment, an entity or a space beyond
// ASCII between two words is taken for any rest.
func (n *needle) follows(text []byte) bool {
	return slices.ContainsFunc(n.follow, func(words [][]byte) bool {
		rest := text
		for _, word := range words {
			trimmed := bytes.TrimLeft(rest, " _\t\r\n")
			if len(trimmed) > 0 && (trimmed[0] == '&' || trimmed[0] == '<' || trimmed[0] >= utf8.RuneSelf) {
				return true
			}
			if len(trimmed) == len(rest) || !bytes.HasPrefix(trimmed, word) {
				return false
			}
			rest = trimmed[len(word):]
		}
		return true
	})
}
