package transform

import (
	"cmp"
	"fmt"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/colours"
	"hemicycle/transform/values"
)

// duplicateFieldID names the check for rules, which cannot refer to it: it reads their table.
const duplicateFieldID = "duplicate-field"

var duplicateFieldCheck = Check{
	ID: duplicateFieldID, Severity: schemas.Warn,
	Meaning: "a key that stands in the box more than once (the last one counts, as in MediaWiki), " +
		"or two names of one key, or two fields that state one value, with different values",
	judge: func(j *judgement) {
		for _, f := range j.Repeated {
			if f.Path != "" && strings.HasSuffix(f.Name, "blank") {
				continue // a rendered box has the label of a row once for each block of contenders
			}
			var last *schemas.BoxField
			for _, other := range j.Named(f.Name) {
				if other.Position == f.Position {
					last = other
				}
			}
			j.doubt(placeOf(f), fieldSubject(f), last.Text, f.Text,
				fmt.Sprintf("%s stands again on line %d, as %s; the last one counts, and this value is left out",
					cmp.Or(f.Key, "a field without a key"), last.Line, values.Quote(last.Text)))
		}
		for i := range ruleTable {
			if ruleTable[i].Synonyms {
				j.doubtSynonyms(&ruleTable[i])
			}
		}
		j.reportProblems()
	},
}

// doubtSynonyms doubts the fields of a rule that differ from the one that counted, which has another of its names.
func (j *judgement) doubtSynonyms(rule *Rule) {
	counted := map[int]*schemas.BoxField{} // by the number of the contender
	for _, name := range rule.Names {
		for _, f := range j.Named(name) {
			if !rule.reads(f) || values.IsAbsent(f.Text) {
				continue
			}
			first, ok := counted[f.Position]
			switch {
			case !ok:
				counted[f.Position] = f
			case !isSameValue(first.Text, f.Text):
				j.doubt(placeOf(f), fieldSubject(f), first.Text, f.Text,
					fmt.Sprintf("%s means the same as %s on line %d, which says %s; "+
						"that one counts, and this value is left out",
						f.Key, first.Key, first.Line, values.Quote(first.Text)))
			}
		}
	}
}

// isSameValue reports whether two texts state one value: one text, one colour or one figure.
func isSameValue(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	if one, _ := colours.Read(a); one != "" {
		other, _ := colours.Read(b)
		return one == other
	}
	one, _, _ := values.ReadVotes(a)
	other, _, _ := values.ReadVotes(b)
	return one != nil && other != nil && *one == *other
}
