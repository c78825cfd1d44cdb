package values

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// absentTexts are the texts by which editors say that there is no figure.
var absentTexts = map[string]bool{
	"": true, "-": true, "–": true, "—": true, "−": true, "‒": true, "―": true,
	"--": true, "---": true, "...": true, "…": true, "?": true,
	"n/a": true, "n.a.": true, "na": true, "not applicable": true, "not available": true,
	"unknown": true, "not known": true,
	"tbd": true, "tba": true, "to be determined": true,
	"unopposed": true, "elected unopposed": true, "uncontested": true,
	"acclaimed": true, "acclamation": true, "by acclamation": true, "elected by acclamation": true,
}

// longestAbsentText is the greatest length of a text that is looked up in absentTexts, in bytes.
const longestAbsentText = 60

// IsAbsent reports whether a text says that there is no value.
func IsAbsent(text string) bool {
	if len(text) > 0 && (len(text) > longestAbsentText || IsDigit(text[0])) {
		return false
	}
	return absentTexts[strings.ToLower(text)] || isAbsenceInWords(text)
}

// absenceInWordsPattern matches words that say that there is no figure: no data, not directly comparable. A figure
// would be one of them in no seats, no votes and no change.
var (
	absenceInWordsPattern = regexp.MustCompile(
		`(?i)^(?:no |not |data not |figures? not |un(?:available|declared|recorded|reported|published)$|` +
			`(?:result|count|declaration|data|figures?)?s? ?(?:pending|awaited|unavailable)$|incomparable$)[^0-9]*$`)
	figureInWordsPattern = regexp.MustCompile(`(?i)^no (?:seats?|votes?|changes?|members?|one|gains?|loss(?:es)?)\b`)
)

// isAbsenceInWords reports whether a text says in words that there is no figure, and not that the contender is new.
func isAbsenceInWords(text string) bool {
	if text == "" || !strings.ContainsRune("nNdDfFuUpPaAiIrRcC", rune(text[0])) || len(text) < len("no data") {
		return false
	}
	s := WithoutFootnotes(text)
	return absenceInWordsPattern.MatchString(s) && !figureInWordsPattern.MatchString(s) && !countsSomething(s) &&
		!newPartyPattern.MatchString(s)
}

// IsNameless reports whether a text in the place of a name says that there is none. Fewer texts do so than say that a
// figure is absent: NA is a party, and so is Unknown.
func IsNameless(text string) bool {
	if text != "" && IsLetter(text[0]) && !beginsNamelessText(text) {
		return false
	}
	if strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return true
	}
	return len(text) <= len("to be determined") && beginsNamelessText(text) && namelessTexts[strings.ToLower(text)]
}

var namelessTexts = map[string]bool{
	"n/a": true, "n.a.": true, "tbd": true, "tba": true, "to be determined": true, "none": true,
}

// nobodyTexts are the texts in the place of a person that say that there is none, or that nobody knows who it is.
var nobodyTexts = map[string]bool{
	"unknown": true, "not known": true, "not yet known": true, "unclear": true, "vacant": true, "vacancy": true,
	"(vacant)": true, "position vacant": true, "office vacant": true, "none": true, "nobody": true, "no one": true,
	"no leader": true, "tbd": true, "tba": true, "tbc": true, "to be determined": true, "to be announced": true,
	"to be elected": true, "to be decided": true, "to be confirmed": true, "undecided": true, "not announced": true,
}

// IsNobody reports whether a text in the place of a person names none: Unknown, Vacant, TBD.
func IsNobody(text string) bool {
	return IsNameless(text) || len(text) <= 20 && nobodyTexts[strings.ToLower(strings.Trim(text, " ."))]
}

// beginsNamelessText reports whether a text begins as one of namelessTexts does.
func beginsNamelessText(text string) bool { return strings.IndexByte("nNtT", text[0]) >= 0 }

// footnoteMarksPattern matches marks at the end of a figure: [1], [note 2], *, †.
var footnoteMarksPattern = regexp.MustCompile(`(?:\s*\[[^\[\]]{0,20}\]|\s*[*†‡§¹²³⁰-⁹]+)+$`)

// WithoutFootnotes returns a text without the footnote marks at its end. Few texts have any, and their last byte tells.
func WithoutFootnotes(text string) string {
	if n := len(text); n == 0 || text[n-1] < utf8.RuneSelf && text[n-1] != ']' && text[n-1] != '*' {
		return text
	}
	return footnoteMarksPattern.ReplaceAllString(text, "")
}
