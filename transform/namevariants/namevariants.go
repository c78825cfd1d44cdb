// Package namevariants finds where the prose names a party differently than the box does, by exactly one word.
//
// Start with PartyNames and Phrases; VariantOf tells which party a phrase means.
package namevariants

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"hemicycle/schemas"
	"hemicycle/transform/rowkinds"
)

// maxWords is the greatest number of words in a phrase. The longest party names have some fifteen.
const maxWords = 30

// PartyName is the name of a party in words, without the remark in brackets behind it.
type PartyName struct {
	words     []string
	Contender *schemas.Contender
}

var disambiguatorPattern = regexp.MustCompile(`\s*\([^()]*\)$`)

// PartyNames returns the party names of several words. If several candidates stand for a party, its name is that of the
// first of them.
func PartyNames(e *schemas.Election) []PartyName {
	var names []PartyName
	seen := map[string]bool{}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		words := strings.Fields(foldApostrophe(withoutDisambiguator(c.Party)))
		key := strings.Join(words, " ")
		if len(words) < 2 || !c.Competes() || rowkinds.IsIndependent(key) || seen[key] {
			continue
		}
		seen[key] = true
		names = append(names, PartyName{words, c})
	}
	return names
}

// withoutDisambiguator returns a name without the remark in brackets behind it.
func withoutDisambiguator(name string) string {
	if !strings.HasSuffix(name, ")") { // a quick test, since few names have one
		return name
	}
	return disambiguatorPattern.ReplaceAllString(name, "")
}

func foldApostrophe(text string) string { return strings.ReplaceAll(text, "’", "'") }

// Phrase is a run of capitalised words in prose. Small words may stand inside it.
type Phrase struct {
	Text           string
	Offset         int
	words          []string
	beginsSentence bool // so that its first word has a capital in any case
}

var smallWords = map[string]bool{
	"of": true, "and": true, "for": true, "the": true, "in": true,
	"de": true, "la": true, "del": true, "du": true, "des": true, "et": true, "y": true, "e": true,
}

// nextWord returns where the next word of a text begins and ends from a place on: a letter or a figure, and the
// letters, figures, apostrophes and hyphens behind it. It returns two times the length of the text if there is none.
func nextWord(text string, from int) (start, end int) {
	start = -1
	for i, r := range text[from:] {
		isOfWord := unicode.IsLetter(r) || unicode.IsNumber(r)
		switch {
		case start < 0 && isOfWord:
			start = from + i
		case start >= 0 && !isOfWord && r != '\'' && r != '’' && r != '-':
			return start, from + i
		}
	}
	if start < 0 {
		start = len(text)
	}
	return start, len(text)
}

// Phrases finds the capitalised phrases of a text. The names of the box are taken out of them first; what is left is a
// phrase as a whole and, if it is a list, in each of its parts.
func Phrases(text string, names []PartyName) []Phrase {
	f := phraseFinder{text: text, names: names}
	last := 0
	for start, end := nextWord(text, 0); start < end; start, end = nextWord(text, end) {
		span := []int{start, end}
		word := text[start:end]
		capitalized, small := isCapitalized(word), smallWords[word]
		if len(f.run) > 0 {
			interrupted := strings.TrimSpace(text[last:span[0]]) != ""
			if len(f.run) == maxWords || interrupted || !capitalized && !small {
				f.closeRun()
			}
		}
		if len(f.run) > 0 && small || capitalized && (len(f.run) > 0 || word != "The") {
			f.run = append(f.run, span)
		}
		last = span[1]
	}
	f.closeRun()
	return f.found
}

// phraseFinder gathers the phrases of a text.
type phraseFinder struct {
	text  string
	names []PartyName
	run   [][]int // the spans of the words of the open run
	found []Phrase
}

// closeRun ends the open run of words, which small words at its end do not belong to.
func (f *phraseFinder) closeRun() {
	run := f.run
	for len(run) > 0 && !isCapitalized(f.text[run[len(run)-1][0]:]) {
		run = run[:len(run)-1]
	}
	f.addWithoutNames(run)
	f.run = nil
}

// addWithoutNames takes the names of the box out of a run of words, and adds what is left on each side.
func (f *phraseFinder) addWithoutNames(run [][]int) {
	words := make([]string, len(run))
	for i, span := range run {
		words[i] = foldApostrophe(f.text[span[0]:span[1]])
	}
	for _, n := range f.names {
		for i := 0; i+len(n.words) <= len(words); i++ {
			if slices.EqualFunc(words[i:i+len(n.words)], n.words, isSameWord) {
				f.addWithoutNames(run[:i])
				f.addWithoutNames(run[i+len(n.words):])
				return
			}
		}
	}
	run, words = withoutSmallEnds(run, words)
	f.add(run, words)
	if !slices.Contains(words, "and") {
		return
	}
	start := 0
	for i, w := range words {
		if w == "and" {
			f.add(run[start:i], words[start:i])
			start = i + 1
		}
	}
	f.add(run[start:], words[start:])
}

// withoutSmallEnds returns a run of words without the small words at its ends.
func withoutSmallEnds(run [][]int, words []string) ([][]int, []string) {
	for len(words) > 0 && smallWords[words[0]] {
		run, words = run[1:], words[1:]
	}
	for len(words) > 0 && smallWords[words[len(words)-1]] {
		run, words = run[:len(run)-1], words[:len(words)-1]
	}
	return run, words
}

// add adds a phrase of two words or more, without the small words at its ends.
func (f *phraseFinder) add(run [][]int, words []string) {
	if run, words = withoutSmallEnds(run, words); len(words) < 2 {
		return
	}
	start, end := run[0][0], run[len(run)-1][1]
	before := strings.TrimRight(f.text[:start], " \t\r\n\u00A0\"“‘'(")
	f.found = append(f.found, Phrase{
		Text:           f.text[start:end],
		Offset:         start,
		words:          words,
		beginsSentence: before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:;"),
	})
}

func isCapitalized(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// VariantOf returns the one party from whose name a phrase differs by exactly one word, nil if there is none or more
// than one. Many parties share all words but one. So the shorter the name, the more the two words must have in common:
// in a name of two words, they must be alike; in a name of three, and if the first word differs, they must begin with
// the same letter.
func VariantOf(p Phrase, names []PartyName) *PartyName {
	var variant *PartyName
	at := 0 // the word by which they differ
	for i := range names {
		n := &names[i]
		if len(n.words) != len(p.words) {
			continue
		}
		differing, shared, first := compareWords(p.words, n.words)
		switch {
		case differing == 0, differing == 1 && first == len(n.words)-1 && isOnePlural(p.words[first], n.words[first]):
			return nil // a Liberal Democrat is one of the Liberal Democrats
		case differing > 1 || shared == 0:
		case variant != nil:
			return nil
		default:
			variant, at = n, first
		}
	}
	if variant == nil || !p.mayMean(variant, at) {
		return nil
	}
	return variant
}

// isOnePlural reports whether two words are one word in the singular and in the plural.
func isOnePlural(a, b string) bool {
	return strings.EqualFold(a+"s", b) || strings.EqualFold(a, b+"s")
}

// compareWords counts the words by which a phrase differs from a name, and those, other than small ones, that they
// share. first is the first word that differs.
func compareWords(phrase, name []string) (differing, shared, first int) {
	for i, word := range phrase {
		switch {
		case !isSameWord(word, name[i]):
			if differing == 0 {
				first = i
			}
			differing++
		case !smallWords[word]:
			shared++
		}
	}
	return differing, shared, first
}

// mayMean reports whether a phrase may mean a party, though the two differ by the word at an index.
func (p *Phrase) mayMean(n *PartyName, at int) bool {
	said, named := p.words[at], n.words[at]
	switch {
	case smallWords[said] || smallWords[named] || !isCapitalized(said):
		return false
	case isSpelledAlike(said, named):
		return true
	case len(p.words) == 2 || at == 0 && p.beginsSentence:
		return false
	case len(p.words) == 3 || at == 0:
		return firstLetter(said) == firstLetter(named)
	}
	return true
}

// isSameWord reports whether a word of the prose is one of a name, apart from a possessive ending.
func isSameWord(said, named string) bool {
	return strings.EqualFold(said, named) ||
		strings.EqualFold(strings.TrimSuffix(strings.TrimSuffix(said, "'s"), "'"), named)
}

// translations has groups of words that are alike, since the name of a party is translated by any of them.
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

// isSpelledAlike reports whether two words may be the same word in two translations or two spellings.
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
