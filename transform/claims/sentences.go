package claims

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hemicycle/schemas"
)

// maxSentence bounds a sentence in bytes, so that the text in front of a figure is never as long as a book. A sentence
// of prose has some 200 bytes.
const maxSentence = 1000

// sentence is a part of a passage, with the place of its first byte.
type sentence struct {
	text    string
	lower   string
	passage *schemas.Passage
	start   int // its offset in the passage
}

// abbreviationPattern matches a text behind which a full stop does not end the sentence: J. Smith, the U.S. House.
var abbreviationPattern = regexp.MustCompile(`(?:^|[^\pL])(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|No|Gen|Col|Sen|Rep|vs|approx|ca?)$`)

// sentences cuts a passage into sentences, and leaves out those without a figure. A sentence ends at a full stop, a
// question or an exclamation mark, if white space and a capital letter or a figure follow; a very long one is cut
// anywhere. A cut in the wrong place does no more than shorten an excerpt.
func sentences(p *schemas.Passage) []sentence {
	var all []sentence
	start := 0
	add := func(end int) {
		text := p.Text[start:end]
		if strings.ContainsAny(text, digits) {
			all = append(all, sentence{text: text, lower: strings.ToLower(text), passage: p, start: start})
		}
		start = end
	}
	for i := 0; i < len(p.Text); i++ {
		c := p.Text[i]
		if i-start >= 2*maxSentence && utf8.RuneStart(c) {
			add(i)
		}
		switch {
		case c == '.' || c == '!' || c == '?':
			isAbbreviation := c == '.' && abbreviationPattern.MatchString(p.Text[max(start, i-8):i])
			if end := sentenceEnd(p.Text, i); end > 0 && !isAbbreviation {
				add(end)
			}
		case (c == ' ' || c == '\n') && i-start >= maxSentence:
			add(i)
		}
	}
	add(len(p.Text))
	return all
}

// sentenceEnd returns where the sentence ends that has a mark at i, closing quotes and footnote marks included. It
// returns 0 if the sentence continues.
func sentenceEnd(text string, i int) int {
	end := i + 1
	if m := closingMarksPattern.FindString(text[end:min(len(text), end+40)]); m != "" {
		end += len(m)
	}
	rest := text[end:min(len(text), end+16)]
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	r, _ := utf8.DecodeRuneInString(next)
	beginsSentence := unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("\"“‘(", r)
	if hasSpace := len(next) < len(rest); !hasSpace || !beginsSentence {
		return 0
	}
	return end
}

var closingMarksPattern = regexp.MustCompile(`^(?:["”’)\]]|\[[^\[\]]{0,20}\])+`)

// excerpt returns a sentence with its white space folded, cut to some 100 bytes on each side of a figure.
func excerpt(s string, from, to int) string {
	const side = 100
	start, end := max(0, from-side), min(len(s), to+side)
	for start > 0 && !utf8.RuneStart(s[start]) {
		start--
	}
	for end < len(s) && !utf8.RuneStart(s[end]) {
		end++
	}
	before, after := "", ""
	if strings.TrimSpace(s[:start]) != "" {
		before = "…"
	}
	if strings.TrimSpace(s[end:]) != "" {
		after = "…"
	}
	return before + strings.Join(strings.Fields(s[start:end]), " ") + after
}
