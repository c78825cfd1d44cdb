package transform

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hemicycle/schemas"
)

var nameVariants = Check{
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
		for _, p := range j.d.Prose {
			for _, phrase := range phrases(p.Text, names) {
				name := variantOf(phrase.words, names)
				if name == nil || seen[phrase.text] {
					continue
				}
				seen[phrase.text] = true
				at := place{line: p.Line + strings.Count(p.Text[:phrase.offset], "\n"), offset: p.Offset + phrase.offset}
				j.doubt(at, subject("party", name.contender.Position), name.contender.Party, phrase.text,
					fmt.Sprintf("the prose says %s, the box %s", phrase.text, name.contender.Party))
			}
		}
	},
}

// partyName is a party's name in words, without what stands in brackets after it.
type partyName struct {
	words     []string
	contender *schemas.Contender
}

var disambiguator = regexp.MustCompile(`\s*\([^()]*\)$`)

func partyNames(e *schemas.Election) []partyName {
	var names []partyName
	for i := range e.Contenders {
		c := &e.Contenders[i]
		words := strings.Fields(strings.ReplaceAll(disambiguator.ReplaceAllString(c.Party, ""), "’", "'"))
		if len(words) >= 2 && !c.IsIndependent {
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
		if len(run) > 0 && strings.TrimSpace(text[last:span[0]]) != "" || len(run) > 0 && !capital(word) && !small[word] {
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
			if slices.Equal(words[i:i+len(n.words)], n.words) {
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
			found = append(found, phrase{text[run[i][0]:run[k-1][1]], words[i:k], run[i][0]})
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
// none or more than one. Where only one word is left to share, as in "People's Movement" and "Popular
// Movement", the two that differ must begin with one letter: other parties share as much.
func variantOf(words []string, names []partyName) *partyName {
	var variant *partyName
	for i := range names {
		n := &names[i]
		if len(n.words) != len(words) {
			continue
		}
		differ, at, shared := 0, 0, 0
		for k := range words {
			switch {
			case !strings.EqualFold(words[k], n.words[k]):
				differ, at = differ+1, k
			case !small[words[k]]:
				shared++
			}
		}
		if differ != 1 || shared == 0 || small[words[at]] || small[n.words[at]] {
			continue
		}
		if shared == 1 && initial(words[at]) != initial(n.words[at]) {
			continue
		}
		if variant != nil {
			return nil
		}
		variant = n
	}
	return variant
}

func initial(word string) rune {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.ToUpper(r)
}
