package transform

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"hemicycle/schemas"
)

var nameVariantsCheck = Check{
	ID: "name-variants", Severity: schemas.Note,
	Meaning: "a party that the prose names by one word differently",
	judge: func(j *judgement) {
		if len(j.d.Boxes) > 1 {
			j.skip("the page has several boxes, and of which the prose speaks cannot be told")
			return
		}
		names := partyNames(j.e)
		if len(names) == 0 || len(j.d.Prose) == 0 {
			j.skip("there is no prose, or no party has a name of several words")
			return
		}
		seen := map[string]bool{}
		for i := range j.d.Prose {
			p := &j.d.Prose[i]
			for _, phrase := range phrases(p.Text, names) {
				name := variantOf(phrase, names)
				if name == nil || seen[phrase.text] || len(seen) == maxVariants {
					continue
				}
				seen[phrase.text] = true
				line, offset := p.Place(phrase.offset)
				j.doubt(findingPlace{line: line, offset: offset}, subject("party", name.contender.Position), name.contender.Party, phrase.text,
					fmt.Sprintf("the prose says %s, the box %s", phrase.text, name.contender.Party))
			}
		}
	},
}

// The most variants that a page has reported, and the most words that a name has; the longest party
// names have some fifteen.
const (
	maxVariants = 50
	maxWords    = 30
)

// partyName is a party's name in words, without what stands in brackets after it.
type partyName struct {
	words     []string
	contender *schemas.Contender
}

var disambiguator = regexp.MustCompile(`\s*\([^()]*\)$`)

// partyNames is the names of several words, each once, though several candidates may stand for a party.
func partyNames(e *schemas.Election) []partyName {
	var names []partyName
	seen := map[string]bool{}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		words := strings.Fields(strings.ReplaceAll(disambiguator.ReplaceAllString(c.Party, ""), "’", "'"))
		if key := strings.Join(words, " "); len(words) >= 2 && !isIndependent(key) && !seen[key] {
			seen[key] = true
			names = append(names, partyName{words, c})
		}
	}
	return names
}

// phrase is a run of capitalised words in prose; small words may stand inside it.
type phrase struct {
	text   string
	words  []string
	offset int
	first  bool // it begins a sentence, so that its first word is a capitalised one in any case
}

var (
	proseWord = regexp.MustCompile(`[\pL\pN][\pL\pN'’-]*`)
	small     = map[string]bool{"of": true, "and": true, "for": true, "the": true, "de": true, "la": true, "del": true, "du": true, "des": true, "et": true, "y": true, "e": true, "in": true}
)

// phrases finds the capitalised phrases of a text. Names of the box are taken out of them first; what
// is left is taken whole and, where it is a list, in its parts.
func phrases(text string, names []partyName) []phrase {
	var found []phrase
	var run [][]int // spans of the words of the open run
	closeRun := func() {
		for len(run) > 0 && !capital(text[run[len(run)-1][0]:]) {
			run = run[:len(run)-1]
		}
		found = cut(found, text, run, names)
		run = nil
	}
	last := 0
	for _, span := range proseWord.FindAllStringIndex(text, -1) {
		word := text[span[0]:span[1]]
		if len(run) == maxWords || len(run) > 0 && strings.TrimSpace(text[last:span[0]]) != "" || len(run) > 0 && !capital(word) && !small[word] {
			closeRun()
		}
		if capital(word) && !(len(run) == 0 && word == "The") || len(run) > 0 && small[word] {
			run = append(run, span)
		}
		last = span[1]
	}
	closeRun()
	return found
}

// cut takes the box's own names out of a run of words, and adds what is left on each side.
func cut(found []phrase, text string, run [][]int, names []partyName) []phrase {
	if len(run) < 2 {
		return found
	}
	words := make([]string, len(run))
	for i, span := range run {
		words[i] = strings.ReplaceAll(text[span[0]:span[1]], "’", "'")
	}
	for _, n := range names {
		for i := 0; i+len(n.words) <= len(words); i++ {
			if slices.EqualFunc(words[i:i+len(n.words)], n.words, sameWord) {
				found = cut(found, text, run[:i], names)
				return cut(found, text, run[i+len(n.words):], names)
			}
		}
	}
	add := func(i, k int) {
		for i < k && small[words[i]] {
			i++
		}
		for k > i && small[words[k-1]] {
			k--
		}
		if k-i >= 2 {
			before := strings.TrimRight(text[:run[i][0]], " \t\r\n\u00A0\"“‘'(")
			first := before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:;")
			found = append(found, phrase{text[run[i][0]:run[k-1][1]], words[i:k], run[i][0], first})
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

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// variantOf is the one party from whose name a phrase differs by exactly one word; nil where there is
// none or more than one. Many parties share all words but one, so the shorter the name, the more the
// two words must have in common: in a name of two words they must be alike; in one of three, and where
// it is the first that differs, begin with one letter.
func variantOf(p phrase, names []partyName) *partyName {
	var variant *partyName
	at := 0
	for i := range names {
		n := &names[i]
		if len(n.words) != len(p.words) {
			continue
		}
		differ, shared := 0, 0
		for k := range p.words {
			switch {
			case !sameWord(p.words[k], n.words[k]):
				if differ++; differ == 1 && variant == nil {
					at = k
				}
			case !small[p.words[k]]:
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
	case small[said] || small[named] || !capital(said):
		return nil
	case alike(said, named):
		return variant
	case len(p.words) == 2 || at == 0 && p.first:
		return nil
	case (len(p.words) == 3 || at == 0) && initial(said) != initial(named):
		return nil
	}
	return variant
}

// sameWord reports whether a word of the prose is one of a name, a possessive ending aside.
func sameWord(said, named string) bool {
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

// alike reports whether two words may be one word in two translations or two spellings.
func alike(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	for _, group := range translations {
		if slices.Contains(group, a) && slices.Contains(group, b) {
			return true
		}
	}
	return initial(a) == initial(b) && min(len(a), len(b)) >= 5 && levenshtein.ComputeDistance(a, b) == 1
}

func initial(word string) rune {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.ToUpper(r)
}
