package values

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hemicycle/transform/countwords"
)

var (
	newPartyPattern = regexp.MustCompile(`(?i)^(?:` +
		`new(?:ly)?(?:[ -](?:party|alliance|list|coalition|entry|founded|formed|created|established))?|none \(new\)|` +
		`first (?:election|contest|time)|(?:founded|formed|created|established) (?:in )?(?:\pL+ )?[0-9]{4}|` +
		`did not exist|didn['’]t exist|pre-?(?:creation|formation|foundation)|` +
		`not (?:yet )?(?:founded|formed|in existence))$`)
	notStandingPattern = regexp.MustCompile(`(?i)^(?:` +
		`did not (?:contest|run|stand|participate|compete)|didn['’]t (?:contest|run|stand)|dnc|dnp|boycotted|` +
		`not contested|none|no seats? contested|pre-?(?:merger|split|alliance|dissolution))$`)
	countedSeatsPattern = regexp.MustCompile(`(?i)([0-9][0-9,]*)\s*(?:seats?|members?|` + memberExpr + `)\b`)
	noSeatsPattern      = regexp.MustCompile(`(?i)(^|[,;(] ?)no seats?(\s*(?:$|[,;()]))`)
	// partBeforeWholePattern matches what stands before and behind the whole: 31 of 120 seats.
	partBeforeWholePattern = regexp.MustCompile(
		`(?i)^\s*[,;(]?\s*([0-9]+)(?: of(?: the)?|\s*/| out of(?: the)?)[\s,;]*$`)
	yearPattern       = regexp.MustCompile(`\b(?:1[89]|20)[0-9]{2}\b`)
	signBeforePattern = regexp.MustCompile(`[-+±−–—‒.▲▼△▽]$`)
	sharesPattern     = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)?\s*%`)
)

// ReadLastElection reads what a contender won at the last election: "48", "new", "Did not exist", "16.2%, 31 seats".
// The seats of a new contender are absent, not zero.
func ReadLastElection(text string) (seats *int64, isNew *bool, problem string) {
	if n, ok := PlainCount(text); ok && n <= MaxSeats {
		return &n, new(false), ""
	}
	if strings.EqualFold(text, "new") {
		return nil, new(true), ""
	}
	if n, ok := plainLastElection(text); ok {
		return &n, new(false), ""
	}
	return parseLastElectionPhrase(text)
}

// plainLastElection reads 16.2%, 31 seats, as the last election is often written; parseLastElectionPhrase reads the
// other forms.
func plainLastElection(text string) (seats int64, ok bool) {
	share, rest, found := strings.Cut(text, "%, ")
	figure, counted := strings.CutSuffix(rest, " seats")
	if !found || !counted {
		return 0, false
	}
	_, ok = PlainPercent(share)
	seats, whole := PlainCount(figure)
	return seats, ok && whole && seats <= MaxSeats
}

// parseLastElectionPhrase reads the last election in any form.
func parseLastElectionPhrase(text string) (seats *int64, isNew *bool, problem string) {
	s := withoutBrackets(strings.TrimSpace(strings.Trim(WithoutFootnotes(text), ".")))
	switch {
	case newPartyPattern.MatchString(s):
		return nil, new(true), ""
	case IsAbsent(s), notStandingPattern.MatchString(s):
		return nil, nil, ""
	}
	counted := yearPattern.ReplaceAllString(sharesPattern.ReplaceAllString(s, ""), "")
	if isNewByPart(s) && !strings.ContainsAny(counted, "123456789") {
		return nil, new(true), "" // 0 (new); but New (5 seats as the Front) has those seats
	}
	s = countwords.Replace(noSeatsPattern.ReplaceAllString(s, "${1}0 seats${2}"))
	remark := remarkAfterPattern.FindStringSubmatch(s)
	if remark != nil && countedSeatsPattern.MatchString(remark[2]) {
		remark = nil
	}
	switch {
	case remark != nil && newPartyPattern.MatchString(remark[1]): // New (2019), New (split from another)
		return nil, new(true), ""
	case !countsSomething(s): // part of another party, split from one: words on why there is no figure
		return nil, nil, ""
	case remark != nil && figurePattern.MatchString(remark[1]) && !isSecondCount(remark[2]):
		s = remark[1] // 6 (as another party), 59 (2019)
	}
	if m := countedSeatsPattern.FindAllStringSubmatchIndex(s, -1); len(m) == 1 {
		seats, problem = readCountedSeats(text, s[:m[0][0]], s[m[0][2]:m[0][3]], s[m[0][1]:])
	} else {
		var onlyShares bool
		if s, onlyShares = withoutShares(s); onlyShares { // a predecessor, and no word of its seats
			return nil, new(false), ""
		}
		if seats, problem = ReadCount(s, MaxSeats); problem != "" {
			problem = unreadableProblem("the seats of the last election or \"new\"", text)
		}
	}
	if problem != "" || seats == nil {
		return nil, nil, problem
	}
	return seats, new(false), ""
}

// isNewByPart reports whether a part of a text, between brackets or commas, says that the contender is new: 0 (new).
func isNewByPart(text string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("(),;", r) }),
		func(part string) bool { return newPartyPattern.MatchString(strings.TrimSpace(part)) })
}

// countsSomething reports whether a text has a figure, or a word that counts something.
func countsSomething(text string) bool {
	return figurePattern.MatchString(text) || countwords.CountingPattern.MatchString(text)
}

// isSecondCount reports whether a remark is a bare figure that is no year: the seats by another count.
func isSecondCount(remark string) bool {
	return bareFigurePattern.MatchString(remark) && !yearPattern.MatchString(remark)
}

// readCountedSeats reads the one figure of a text that counts seats. Shares and years may stand before and behind it,
// and no other figure but the part of which it is the whole.
func readCountedSeats(text, before, figure, after string) (*int64, string) {
	rest := sharesPattern.ReplaceAllString(before, "") + " " + sharesPattern.ReplaceAllString(after, "")
	hasOtherFigure := strings.ContainsAny(yearPattern.ReplaceAllString(rest, ""), "0123456789")
	if m := partBeforeWholePattern.FindStringSubmatch(rest); m != nil { // 31 of 120 seats
		figure = m[1]
	} else if InexactPattern.MatchString(before) && !hasOtherFigure {
		return nil, fmt.Sprintf(inexactPrefix+"the seats of the last election are a bound or a guess: %s", Quote(text))
	} else if hasOtherFigure || signBeforePattern.MatchString(before) {
		return nil, fmt.Sprintf("expected the seats of the last election or \"new\", found %s", Quote(text))
	}
	return ReadCount(strings.TrimRight(figure, ","), MaxSeats)
}

// withoutShares returns a text without the shares of votes in it. onlyShares reports that it counts nothing else: a
// share alone, or the shares of several predecessors, each named in brackets.
func withoutShares(text string) (rest string, onlyShares bool) {
	rest = strings.Trim(sharesPattern.ReplaceAllString(text, ""), " ,;()/–-|")
	if rest == text {
		return text, false
	}
	return rest, !countsSomething(rest)
}
