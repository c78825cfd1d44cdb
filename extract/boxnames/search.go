package boxnames

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
	"unsafe"
)

// Search finds where a text may name an election box. It may find a place where no box is named, which the reader of
// the text then sees. It never misses a name, except one with a comment inside one of its words. The text is wikitext,
// as it is or as it is written in XML.
type Search struct {
	needles []*needle
	all     bool // a name is too short to be searched for: any template may be that box

	learn  sync.Once // which bytes are rare, for names in other scripts
	learns bool
}

// needle is a word with which names begin, and the words that can follow it. The first letter of a name is left out,
// since it can be in either case.
type needle struct {
	word   string
	rare   atomic.Int32 // the index of the byte that is searched for: the one that is rarest in texts
	follow [][]string   // the further words of each name
}

// lettersByRarity has the letters in the order of how rarely texts have them, the rarest first.
const lettersByRarity = "qjxzQJXZkKvVwWyYgGpPbBuUfFmMhHlLcCdDtTnNsSrRoOiIaAeE"

// NewSearch returns a search for the given names.
func NewSearch(names Names) *Search {
	s := &Search{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		_, first := utf8.DecodeRuneInString(name)
		rest := name[first:]
		if i := strings.IndexAny(rest, `&<>"'`); i >= 0 { // XML can write each of these in several ways
			rest = rest[:i]
		}
		words := strings.Fields(rest)
		if len(words) == 0 {
			s.all = true
			continue
		}
		word, follow := words[0], words[1:]
		if len(word) < 3 { // too short to be searched for: take the longest word
			word, follow = slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) }), nil
		}
		i := slices.IndexFunc(s.needles, func(n *needle) bool { return n.word == word })
		if i < 0 {
			i = len(s.needles)
			n := &needle{word: word}
			n.rare.Store(int32(rarestByte(word)))
			s.needles = append(s.needles, n)
			s.learns = s.learns || !hasLetter(word)
		}
		s.needles[i].follow = append(s.needles[i].follow, follow)
	}
	return s
}

// hasLetter reports whether a word has a letter of ASCII.
func hasLetter(word string) bool { return strings.ContainsAny(word, lettersByRarity) }

// learnFrom is the least length of a text from which is learnt which bytes are rare, and maxLearnt how much of it
// counts.
const (
	learnFrom = 1 << 12
	maxLearnt = 1 << 16
)

// learnRarity chooses the byte that is searched for anew, for each word without a letter of ASCII: the one that is
// rarest in a text. In Arabic, Greek or Chinese every word has the bytes with which the letters of the script begin.
func (s *Search) learnRarity(text string) {
	var counts [256]int
	for i := range min(len(text), maxLearnt) {
		counts[text[i]]++
	}
	for _, n := range s.needles {
		if hasLetter(n.word) {
			continue
		}
		best := 0
		for i := range len(n.word) {
			if counts[n.word[i]] < counts[n.word[best]] {
				best = i
			}
		}
		n.rare.Store(int32(best))
	}
}

// rarestByte returns the index of the byte of a word that is rarest in texts.
func rarestByte(word string) int {
	best, bestRank := 0, len(lettersByRarity)+1
	for i := range len(word) {
		rank := strings.IndexByte(lettersByRarity, word[i])
		if rank < 0 {
			rank = len(lettersByRarity)
		}
		if rank < bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

// Contains reports whether a text may name a box.
func (s *Search) Contains(text []byte) bool {
	if s.all || len(text) == 0 {
		return s.all
	}
	view := unsafe.String(&text[0], len(text)) // copying every page would take longer than searching it
	if s.learns && len(view) >= learnFrom {
		s.learn.Do(func() { s.learnRarity(view) })
	}
	return slices.ContainsFunc(s.needles, func(n *needle) bool { return n.index(view, 0) >= 0 })
}

// index returns the offset of the first occurrence of the needle that starts at from or later, or -1 if there is none.
func (n *needle) index(text string, from int) int {
	rare := int(n.rare.Load())
	for at := from + rare; at < len(text); at++ {
		k := strings.IndexByte(text[at:], n.word[rare])
		if k < 0 {
			break
		}
		at += k
		start := at - rare
		if strings.HasPrefix(text[start:], n.word) && n.follows(text[start+len(n.word):]) {
			return start
		}
	}
	return -1
}

// follows reports whether a text continues with the further words of one of the needle's names. A comment, an entity or
// a character beyond ASCII between two words may hide anything, so it counts as any continuation.
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

// Occurrences finds the places of one text where a box may be named, one after another.
type Occurrences struct {
	*Search
	text string
	next []int // the next offset of each needle; the length of the text if there is none
}

// Occurrences returns the occurrences of the names in a text.
func (s *Search) Occurrences(text string) Occurrences {
	next := make([]int, len(s.needles))
	for i := range next {
		next[i] = -1
	}
	return Occurrences{s, text, next}
}

// Next returns the offset of the first place at from or later where a box may be named, or the length of the text if
// there is none. The argument must not decrease from call to call, so that a text is searched once for each needle.
func (o *Occurrences) Next(from int) int {
	first := len(o.text)
	if from >= first {
		return first
	}
	if o.all {
		if k := strings.Index(o.text[from:], "{{"); k >= 0 { // every name is behind one
			first = from + k
		}
		return first
	}
	for i := range o.needles {
		if o.next[i] < from {
			if o.next[i] = o.needles[i].index(o.text, from); o.next[i] < 0 {
				o.next[i] = len(o.text)
			}
		}
		first = min(first, o.next[i])
	}
	return first
}
