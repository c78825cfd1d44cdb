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

var (
	// guessBeforePattern matches the words or the sign before a figure that make it a guess. An arrow or a sign of a
	// change may stand before them.
	guessBeforePattern = regexp.MustCompile(`(?i)^(\(?\s*` + arrowExpr + `?\s*[+−–-]?)\s*(?:[~≈∼≃]|` +
		`(?:c\.?|ca\.?|circa|about|around|approx\.?|approximately|roughly|some|est\.?|estimated(?: at)?|nearly|almost|` +
		`close to|an estimated)\s)\s*([0-9.].*)$`)
	// gluedGuessPattern matches c.50 and ca.50.
	gluedGuessPattern = regexp.MustCompile(`(?i)^(\(?)(?:c\.?|ca\.|approx\.|est\.)([0-9].*)$`)
	// boundBeforePattern matches the words or the sign before a figure that make it a bound.
	boundBeforePattern = regexp.MustCompile(`(?i)^\(?\s*(?:(?:up to|as (?:many|much) as|over|above|below|under|` +
		`(?:more|less|fewer|greater|lower|higher|other) than|at least|at most|exceed(?:s|ing|ed)|minimum(?: of)?|` +
		`maximum(?: of)?|min\.?|max\.?|between)\s|[<>≤≥]=?)\s*[0-9]`)
	// boundAfterPattern matches what makes the figure before it a bound.
	boundAfterPattern = regexp.MustCompile(`(?i)^[0-9][0-9.,]*\s*%?\s*(?:\+|(?:or|and) (?:more|less|fewer|over|under|` +
		`above|below|higher|lower)|at (?:least|most)|(?:minimum|maximum))$`)
)

// CutInexact cuts the words off a text that say that its figure is a guess: about 50, c. 61%, ~50. A guess gives a
// value, and its problem is to be told beside it. A bound, such as up to 62%, gives none: ok is then false.
func CutInexact(text string) (exact, problem string, ok bool) {
	if text == "" || isDigit(text[0]) && !strings.ContainsAny(text[len(text)-1:], "+emrwst") {
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
	return text, "", true
}

// InexactExpr matches the words before a figure that make it a bound or a guess.
const InexactExpr = `(?:over|above|below|under|nearly|almost|than|at least|at most|up to|exceed\w*|approximately|` +
	`roughly|around|about|some|close to|minimum(?: of)?|required|between) `

// InexactPattern matches the end of a text whose next figure is a bound or a guess.
var InexactPattern = regexp.MustCompile(`(?i)(?:\b` + InexactExpr + `|\bc(?:a|irca)?\.? |[~≈<>≤≥] ?)$`)
