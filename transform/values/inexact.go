package values

import (
	"fmt"
	"regexp"
	"strings"
)

// inexactPrefix begins the problem of a figure that is a bound or a guess.
const inexactPrefix = "not exact: "

// IsInexact reports whether a problem is that of a figure that is a bound or a guess.
func IsInexact(problem string) bool { return strings.HasPrefix(problem, inexactPrefix) }

// InexactProblem returns the problem of a figure that is a bound or a guess, in words.
func InexactProblem(format string, arguments ...any) string {
	return inexactPrefix + fmt.Sprintf(format, arguments...)
}

// boundProblem returns the problem of a text whose figure is a bound, which gives no value.
func boundProblem(text string) string {
	return fmt.Sprintf(inexactPrefix+"%s is a bound, and how much it was is not said", Quote(text))
}

// guessProblem returns the problem of a text whose figure is a guess, which gives a value.
func guessProblem(text string) string {
	return fmt.Sprintf(inexactPrefix+"%s says about how much it was; the figure is kept", Quote(text))
}

// The words and signs that make a figure a guess or a bound, before it and behind it. This is the only table of them.
const (
	guessSigns = `~≈∼≃`
	boundSigns = `<>≤≥`

	guessWordsExpr = `(?:c\.?|ca\.?|circa|about|around|approx\.?|approximately|roughly|some|est\.?|` +
		`estimated(?: at)?|an estimated|nearly|almost|close to|projected)`
	boundWordsExpr = `(?:up to|as (?:many|much) as|over|above|below|under|` +
		`(?:more|less|fewer|greater|lower|higher|other) than|at least|at most|exceed\w*|minimum(?: of)?|` +
		`maximum(?: of)?|min\.?|max\.?|between)`

	guessAfterExpr = `(?:approx\.?|approximately|est\.?|estimated?|estimates?|estimation|circa|roughly|rough estimate|` +
		`or so|projected|projection)`
	comparedAfterExpr = `(?:or|and) (?:more|less|fewer|over|under|above|below|higher|lower)`
	boundAfterExpr    = `(?:` + comparedAfterExpr + `|at (?:least|most)|minimum|maximum|min\.?|max\.?)`
)

// InexactExpr matches the words or the sign before a figure that make it a bound or a guess. Words begin at the
// beginning of a word.
const InexactExpr = `(?:\b(?:` + guessWordsExpr + `|` + boundWordsExpr + `|than|required) |` +
	`[` + guessSigns + boundSigns + `]=? ?)`

// InexactAfterExpr matches the words or the sign behind a figure that make it a bound or a guess. At least can begin
// another figure, so that nothing may follow it.
const InexactAfterExpr = `(?:\+| ?[(,]? ?(?:` + comparedAfterExpr + `\b|(?:` + guessAfterExpr + `|` + boundAfterExpr +
	`)(?:[).;]|$)))`

var (
	// InexactPattern matches the end of a text whose next figure is a bound or a guess.
	InexactPattern = regexp.MustCompile(`(?i)` + InexactExpr + `$`)
	// InexactAfterPattern matches the beginning of a text whose last figure is a bound or a guess.
	InexactAfterPattern = regexp.MustCompile(`(?i)^(?: seats?| members?)?` + InexactAfterExpr)

	// guessBeforePattern matches a guess by what stands before its figure. An arrow or the sign of a change may stand
	// before that.
	guessBeforePattern = regexp.MustCompile(`(?i)^(\(?\s*` + arrowExpr + `?\s*[+−–-]?)\s*(?:[` + guessSigns + `]|` +
		guessWordsExpr + `\s)\s*([+−–-]?[0-9.].*)$`)
	// gluedGuessPattern matches c.50 and ca.50.
	gluedGuessPattern = regexp.MustCompile(`(?i)^(\(?)(?:c\.?|ca\.|approx\.|est\.)([0-9].*)$`)
	// guessAfterPattern matches a guess by what stands behind its figure: 50 (estimate), 61% approx.
	guessAfterPattern = regexp.MustCompile(
		`(?i)^(.*[0-9%].*?)\s*[(\[,]?\s*(?:\b` + guessAfterExpr + `|\?)\s*([)\]]*)$`)
	// boundBeforePattern matches a bound by what stands before its figure.
	boundBeforePattern = regexp.MustCompile(
		`(?i)^\(?\s*(?:` + boundWordsExpr + `\s|[` + boundSigns + `]=?)\s*[0-9]`)
	// boundAfterPattern matches a bound by what stands behind its figure: 120+, 50 or more, 62% (minimum).
	boundAfterPattern = regexp.MustCompile(`(?i)^[0-9][0-9.,'’ ]*%?\s*(?:\+|(?:(?:seats?|votes?|members?|voters?)\s+)?` +
		`[(\[]?` + boundAfterExpr + `[)\]]?)$`)
)

// CutInexact cuts the words off a text that say that its figure is a guess: about 50, c. 61%, ~50, 50 (estimate). A
// guess gives a value, which has a problem nevertheless. A bound, such as up to 62%, gives none: ok is then false.
func CutInexact(text string) (exact, problem string, ok bool) {
	isPlain := !strings.ContainsAny(text, "+?") && !hasASCIILetter(text)
	if text == "" || IsDigit(text[0]) && isPlain {
		return text, "", true
	}
	s := WithoutFootnotes(text)
	if boundBeforePattern.MatchString(s) || boundAfterPattern.MatchString(s) {
		return text, boundProblem(text), false
	}
	for _, pattern := range []*regexp.Regexp{guessBeforePattern, gluedGuessPattern} {
		if m := pattern.FindStringSubmatch(s); m != nil {
			return strings.TrimSpace(m[1] + m[2]), guessProblem(text), true
		}
	}
	if m := guessAfterPattern.FindStringSubmatch(s); m != nil {
		exact = strings.TrimRight(m[1], " ,;(")
		if strings.Count(exact, "(") > strings.Count(exact, ")") {
			exact += ")" // 12,345 (59.7%, est.)
		}
		return exact, guessProblem(text), true
	}
	return text, "", true
}

// hasASCIILetter reports whether a text has a letter of ASCII.
func hasASCIILetter(text string) bool {
	for i := range len(text) {
		if IsLetter(text[i]) {
			return true
		}
	}
	return false
}
