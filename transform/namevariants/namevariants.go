// Package namevariants finds where the prose names a party by one word differently than the box does.
//
// Start with PartyNames and Phrases; VariantOf says which party a phrase means.
package namevariants

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// maxWords is the most words that a name has; the longest party names have some fifteen.
const maxWords = 30

// PartyName is a party's name in words, without what stands in brackets after it.
type PartyName struct {
	words     []string
	Contender *schemas.Contender
}

var disambiguator = regexp.MustCompile(`\s*\([^()]*\)$`)

// PartyNames is the names of several words, each once, though several candidates may stand for a party.
func PartyNames(e *schemas.Election) []PartyName {
	var names []PartyName
	seen := map[string]bool{}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		words := strings.Fields(strings.ReplaceAll(disambiguator.ReplaceAllString(c.Party, ""), "’", "'"))
		if key := strings.Join(words, " "); len(words) >= 2 && !values.IsIndependent(key) && !seen[key] {
			seen[key] = true
			names = append(names, PartyName{words, c})
		}
	}
	return names
}

// Phrase is a run of capitalised words in prose; small words may stand inside it.
type Phrase struct {
	Text   string
	words  []string
	Offset int
	first  bool // it begins a sentence, so that its first word is a capitalised one in any case
}

var (
	proseWord  = regexp.MustCompile(`[\pL\pN][\pL\pN'’-]*`)
	lowerWords = map[string]bool{"of": true, "and": true, "for": true, "the": true, "de": true, "la": true, "del": true, "du": true, "des": true, "et": true, "y": true, "e": true, "in": true}
)

// Phrases finds the capitalised phrases of a text. Names of the box are taken out of them first; what
// is left is taken whole and, where it is a list, in its parts.
func Phrases(text string, names []PartyName) []Phrase {
	var found []Phrase
	var run [][]int // spans of the words of the open run
	closeRun := func() {
		for len(run) > 0 && !isCapitalized(text[run[len(run)-1][0]:]) {
			run = run[:len(run)-1]
		}
		found = splitPhrase(found, text, run, names)
		run = nil
	}
	last := 0
	for _, span := range proseWord.FindAllStringIndex(text, -1) {
		word := text[span[0]:span[1]]
		if len(run) == maxWords || len(run) > 0 && strings.TrimSpace(text[last:span[0]]) != "" || len(run) > 0 && !isCapitalized(word) && !lowerWords[word] {
			closeRun()
		}
		if isCapitalized(word) && !(len(run) == 0 && word == "The") || len(run) > 0 && lowerWords[word] {
			run = append(run, span)
		}
		last = span[1]
	}
	closeRun()
	return found
}

// splitPhrase takes the box's own names out of a run of words, and adds what is left on each side.
func splitPhrase(found []Phrase, text string, run [][]int, names []PartyName) []Phrase {
	if len(run) < 2 {
		return found
	}
	words := make([]string, len(run))
	for i, span := range run {
		words[i] = strings.ReplaceAll(text[span[0]:span[1]], "’", "'")
	}
	for _, n := range names {
		for i := 0; i+len(n.words) <= len(words); i++ {
			if slices.EqualFunc(words[i:i+len(n.words)], n.words, isSameWord) {
				found = splitPhrase(found, text, run[:i], names)
				return splitPhrase(found, text, run[i+len(n.words):], names)
			}
		}
	}
	add := func(i, k int) {
		for i < k && lowerWords[words[i]] {
			i++
		}
		for k > i && lowerWords[words[k-1]] {
			k--
		}
		if k-i >= 2 {
			before := strings.TrimRight(text[:run[i][0]], " \t\r\n\u00A0\"“‘'(")
			first := before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:;")
			found = append(found, Phrase{text[run[i][0]:run[k-1][1]], words[i:k], run[i][0], first})
		}
	}
	add(0, len(words))
	if start := 0; slices.Contains(words, "and") {
		for i, w := range words {
			if w == "and" {
				add(start, i)
				start = i + 1
			}
		}
		add(start, len(words))
	}
	return found
}

func isCapitalized(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// VariantOf is the one party from whose name a phrase differs by exactly one word; nil where there is
// none or more than one. Many parties share all words but one, so the shorter the name, the more the
// two words must have in common: in a name of two words they must be alike; in one of three, and where
// it is the first that differs, begin with one letter.
func VariantOf(p Phrase, names []PartyName) *PartyName {
	var variant *PartyName
	at := 0
	for i := range names {
		n := &names[i]
		if len(n.words) != len(p.words) {
			continue
		}
		differ, shared := 0, 0
		for k := range p.words {
			switch {
			case !isSameWord(p.words[k], n.words[k]):
				if differ++; differ == 1 && variant == nil {
					at = k
				}
			case !lowerWords[p.words[k]]:
				shared++
			}
		}
		if differ == 0 {
			return nil
		}
		if differ != 1 || shared == 0 {
			continue
		}
		if variant != nil {
			return nil
		}
		variant = n
	}
	if variant == nil {
		return nil
	}
	said, named := p.words[at], variant.words[at]
	switch {
	case lowerWords[said] || lowerWords[named] || !isCapitalized(said):
		return nil
	case isSpelledAlike(said, named):
		return variant
	case len(p.words) == 2 || at == 0 && p.first:
		return nil
	case (len(p.words) == 3 || at == 0) && firstLetter(said) != firstLetter(named):
		return nil
	}
	return variant
}

// isSameWord reports whether a word of the prose is one of a name, a possessive ending aside.
func isSameWord(said, named string) bool {
	return strings.EqualFold(said, named) || strings.EqualFold(strings.TrimSuffix(strings.TrimSuffix(said, "'s"), "'"), named)
}

// translations are words by which one name of a party is translated: its members are alike.
var translations = [][]string{
	{"popular", "people's", "peoples", "peoples'", "people"},
	{"labour", "labor", "workers'", "worker's", "workers"},
	{"farmers'", "peasants'", "peasants", "agrarian"},
	{"democratic", "democracy", "democrats", "democrat"},
	{"national", "nationalist"},
	{"republican", "republic", "republicans"},
	{"social", "socialist"},
	{"freedom", "liberty"},
	{"union", "unity", "united"},
	{"centre", "center"},
	{"progress", "progressive"},
	{"islamic", "islamist"},
}

// isSpelledAlike reports whether two words may be one word in two translations or two spellings.
func isSpelledAlike(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	for _, group := range translations {
		if slices.Contains(group, a) && slices.Contains(group, b) {
			return true
		}
	}
	return firstLetter(a) == firstLetter(b) && min(len(a), len(b)) >= 5 && levenshtein.ComputeDistance(a, b) == 1
}

func firstLetter(word string) rune {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.ToUpper(r)
}
