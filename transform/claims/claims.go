// Package claims reads what the prose of a page states of the election: its seats, its turnout, its date, and who
// stood.
//
// Start with Read.
package claims

import (
	"regexp"
	"slices"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// maxClaims bounds the claims of a document; the longest articles state a few dozen figures.
const maxClaims = 500

const digits = "0123456789"

// maxFigures bounds the figures that one pattern finds in a sentence.
const maxFigures = 8

// Read reads the figures that the prose of a page states of the election of a box. They belong to the first outer box
// of the page, so the other boxes have none. A figure that may be of another election, of another chamber or of a part
// of the country is left out: a claim that is not made contradicts nothing.
func Read(d *schemas.Document, box *schemas.Infobox, e *schemas.Election) []schemas.Claim {
	first := slices.IndexFunc(d.Boxes, func(b schemas.Infobox) bool { return b.Parent == 0 })
	if first >= 0 && d.Boxes[first].Box != box.Box {
		return nil
	}
	r := claimReader{e: e, seen: map[claimKey]bool{}}
	for i := range d.Prose {
		for _, s := range sentences(&d.Prose[i]) {
			for k := range claimPatterns {
				r.find(&claimPatterns[k], s)
			}
			if len(r.claims) >= maxClaims {
				return r.claims[:maxClaims]
			}
		}
	}
	return r.claims
}

// claimReader gathers the claims of a document. A figure that two patterns find is one claim.
type claimReader struct {
	e      *schemas.Election
	claims []schemas.Claim
	seen   map[claimKey]bool
}

// claimKey is a figure of one subject at one place.
type claimKey struct {
	subject string
	passage *schemas.Passage
	offset  int // in the passage
}

// find adds the claims that a pattern finds in a sentence.
func (r *claimReader) find(p *claimPattern, s sentence) {
	if !strings.Contains(s.lower, p.word) || p.words != nil && !containsAny(s.lower, p.words) {
		return
	}
	if p.requireAnywhere != nil && !p.requireAnywhere.MatchString(s.text) {
		return
	}
	for _, at := range p.pattern.FindAllStringSubmatchIndex(s.text, maxFigures) {
		f := foundFigure{
			before:  s.text[:at[2]],
			figure:  s.text[at[2]:at[3]],
			within:  s.text[at[3]:at[1]],
			through: s.text[:at[1]],
			after:   s.text[at[1]:],
		}
		value := p.value(f.figure)
		if value == "" || p.rejects(&f) || f.isOfAnotherElection(p.subject, r.e) {
			continue
		}
		key := claimKey{p.subject, s.passage, s.start + at[2]}
		if r.seen[key] {
			continue
		}
		r.seen[key] = true
		line, offset := s.passage.Place(key.offset)
		r.claims = append(r.claims, schemas.Claim{
			Ordinal: len(r.claims) + 1,
			Subject: p.subject,
			Value:   value,
			Excerpt: excerpt(s.text, at[2], at[3]),
			Line:    line,
			Offset:  offset,
		})
	}
}

// foundFigure is a figure that a pattern found, and the sentence around it.
type foundFigure struct {
	before  string // the sentence up to the figure
	figure  string
	within  string // from the figure to the end of the match
	through string // the sentence up to the end of the match
	after   string // the sentence from the end of the match on
}

// containsAny reports whether a text contains one of some words.
func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

var (
	yearPattern        = regexp.MustCompile(`\b(?:1[0-9]|20)[0-9]{2}\b`)
	sinceYearPattern   = prosePattern(`\b(?:since|born in|founded in) (?:\pL+ ){0,2}[0-9]{4}\b`)
	chamberWordPattern = regexp.MustCompile(`(?i)\b(?:senate|senators|house|assembly|council|diet|duma|congress)\b`)
	// namedChamberPattern leaves out the assembly: assembly seats are those of any chamber, but House seats are not.
	namedChamberPattern = regexp.MustCompile(`(?i)\b(?:senate|senators|house|council)\b`)
	electionKindPattern = regexp.MustCompile(`(?i)\b(?:presidential|legislative|parliamentary|senate|mayoral)\b`)
)

// isOfAnotherElection reports whether a sentence says around a figure that it is of another election than the box's:
// the sentence names another year or kind, a part of the country, or another chamber.
func (f *foundFigure) isOfAnotherElection(subject string, e *schemas.Election) bool {
	clause := f.after
	if end := strings.IndexAny(clause, ",;:()–—"); end >= 0 {
		clause = clause[:end]
	}
	if containsAny(strings.ToLower(f.before), otherElectionWords) && otherElectionPattern.MatchString(f.before) ||
		namesOtherYear(f.before, e) || f.namesOtherYearBehind(clause, e) {
		return true
	}
	switch subject {
	case schemas.SubjectTurnout:
		return containsAny(strings.ToLower(f.through), partialTurnoutWords) &&
			partialTurnoutPattern.MatchString(f.through) || regionPattern.MatchString(f.before)
	case schemas.SubjectSeats:
		return regionPattern.MatchString(f.before) || f.namesOtherChamber(clause, e)
	case schemas.SubjectDate:
		return namesOtherKind(f.before, e)
	}
	return false
}

// namesOtherYearBehind reports whether the clause behind a figure names a year in which the election was not held, and
// not as one since which something is so.
func (f *foundFigure) namesOtherYearBehind(clause string, e *schemas.Election) bool {
	if strings.ContainsAny(clause, digits) {
		clause = sinceYearPattern.ReplaceAllString(clause, "")
	}
	return namesOtherYear(f.within+clause, e)
}

// namesOtherYear reports whether a text names a year in which the election was not held.
func namesOtherYear(text string, e *schemas.Election) bool {
	if !strings.ContainsAny(text, digits) {
		return false
	}
	for _, figure := range yearPattern.FindAllString(text, -1) {
		if year := values.DigitsValue(figure); year < e.Date.Year || year > max(e.Date.Year, e.DateEnd.Year) {
			return true
		}
	}
	return false
}

// namesOtherChamber reports whether a chamber is named right behind its seats, with another name than the box's.
func (f *foundFigure) namesOtherChamber(clause string, e *schemas.Election) bool {
	words := strings.Fields(clause)
	named := chamberWordPattern.FindString(strings.Join(words[:min(8, len(words))], " "))
	if named == "" {
		named = namedChamberPattern.FindString(f.within)
	}
	own := chamberWordPattern.FindString(e.Chamber)
	return named != "" && own != "" && !strings.EqualFold(foldChamberWord(named), foldChamberWord(own))
}

// namesOtherKind reports whether a text names a kind of election, and the title of the page names another one.
func namesOtherKind(text string, e *schemas.Election) bool {
	kind := strings.ToLower(electionKindPattern.FindString(text))
	title := strings.ToLower(e.Document.Title)
	return kind != "" && !strings.Contains(title, kind) && electionKindPattern.MatchString(title)
}

// foldChamberWord returns the word for a chamber, also if the word is that for its members.
func foldChamberWord(word string) string {
	if strings.EqualFold(word, "senators") {
		return "senate"
	}
	return word
}
