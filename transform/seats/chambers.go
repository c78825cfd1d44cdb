package seats

import (
	"regexp"
	"strings"

	"hemicycle/transform/figures"
	"hemicycle/transform/values"
)

var (
	// majorityRemarkPattern matches a remark on the majority, which the field majority_seats has.
	majorityRemarkPattern = regexp.MustCompile(
		`(?i)[,;(]?\s*\b(?:[0-9][0-9,]*(?: seats)? (?:out )?of (?:the )?)?` +
			`[0-9][0-9,]*(?:\s*\([^()]{0,60}\))?(?: seats?| (?:electoral )?votes?| members?| mps?)? ` +
			`(?:(?:are |is |were )?(?:needed|required)\b|for an? (?:\pL+ )?majority\b)[^;)]{0,200}\)?`)
	// chamberClausePattern matches how a clause on the seats of one chamber begins.
	chamberClausePattern = regexp.MustCompile(`(?i)[0-9][0-9,]*(?:\s*\(?(?:out )?of (?:the )?[0-9][0-9,]*\)?)?\s*` +
		electedExpr + `(?:seats|members)\s+(?:in|of|to)\s|` +
		`[0-9][0-9,]*\s*\(?(?:out )?of (?:the )?[0-9][0-9,]*\)?\s+(?:in|of) the\s`)
)

// ChamberOfMajority reads a phrase on two chambers: the box is about the one whose majority, more than half of its
// seats, it states. ok reports whether exactly one chamber has that majority. If majority is nil, it is read from the
// phrase.
func ChamberOfMajority(text string, majority *int64) (s Seats, ok bool) {
	if majority == nil {
		_, majority = withoutMajority(values.WithoutFootnotes(text))
	}
	if majority == nil {
		return s, false
	}
	for _, one := range Chambers(text) {
		switch {
		case one.Total == nil || figures.MajorityOf(*one.Total) != *majority:
		case ok:
			return Seats{}, false
		default:
			s, ok = one, true
		}
	}
	if ok {
		s.Majority = majority
	}
	return s, ok
}

// maxChambers bounds the chambers that are looked for in a phrase.
const maxChambers = 20

// Chambers reads the seats of each chamber that a phrase names with a number of seats. A chamber whose seats cannot be
// read has none.
func Chambers(text string) (chambers []Seats) {
	phrase, _ := withoutMajority(values.WithoutFootnotes(text))
	places := chamberClausePattern.FindAllStringIndex(phrase, maxChambers)
	if len(places) < 2 {
		return nil
	}
	for i, at := range places {
		end := len(phrase)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		one, problem := Read(strings.TrimRight(phrase[at[0]:end], " ,;·•(-–"))
		if problem != "" {
			one = Seats{}
		}
		for _, conjunction := range []string{" all", " All", " and", " as well as"} { // of the next chamber
			one.Chamber = strings.TrimSuffix(one.Chamber, conjunction)
		}
		chambers = append(chambers, one)
	}
	return chambers
}

// withoutMajority returns a phrase without its remark on the majority, and the majority that it states, nil if there is
// none. The remark ends where seats of another chamber follow.
func withoutMajority(phrase string) (rest string, majority *int64) {
	if !values.ContainsAny(phrase, "need", "requi", "majority") {
		return phrase, nil
	}
	const longest = 100 // of what a clause on seats begins with
	var b strings.Builder
	for {
		at := majorityRemarkPattern.FindStringIndex(phrase)
		if at == nil {
			return b.String() + phrase, majority
		}
		first := wholeNumberPattern.FindStringIndex(phrase[at[0]:at[1]])
		after := at[0] + first[1]
		if b.Len() == 0 {
			majority, _ = readSeatCount(phrase[at[0]+first[0] : after])
		}
		if next := chamberClausePattern.FindStringIndex(phrase[after:min(len(phrase), at[1]+longest)]); next != nil {
			at[1] = min(at[1], after+next[0])
		}
		b.WriteString(phrase[:at[0]] + " ")
		phrase = phrase[at[1]:]
	}
}
