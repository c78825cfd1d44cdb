package transform

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"hemicycle/schemas"
)

// maxClaims bounds what one document's prose may claim; the longest articles state a few dozen figures.
const maxClaims = 500

// readClaims reads the figures that the prose states of the election. They belong to the page's first
// outer box; every other box has none.
func readClaims(d *schemas.Document, box *schemas.Infobox) []schemas.Claim {
	for i := range d.Boxes {
		if d.Boxes[i].Parent == 0 {
			if d.Boxes[i].Box != box.Box {
				return nil
			}
			break
		}
	}
	var claims []schemas.Claim
	for _, p := range d.Prose {
		for _, s := range sentences(p) {
			for i := range claimPatterns {
				claims = claimPatterns[i].read(claims, s)
			}
			if len(claims) >= maxClaims {
				return claims[:maxClaims]
			}
		}
	}
	return claims
}

// claimPattern is one way in which prose states a figure. The first group of the pattern is the
// figure; what stands in the sentence before the match must not match unless.
type claimPattern struct {
	subject string
	word    string // the sentence has it, in lower case; a quick test before the pattern
	pattern *regexp.Regexp
	unless  *regexp.Regexp // not where the sentence, up to the figure, says this
	context *regexp.Regexp // only where the sentence says this
	value   func(match string) string
}

const (
	figure   = `([0-9][0-9,]*)`
	dayText  = `([0-9]{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December),? [0-9]{4}|(?:January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4})`
	someone  = `(?:seats|members|deputies|MPs|representatives|senators|legislators|lawmakers)\b`
	adverbs  = `(?:[\pL'’-]+ ){0,3}`
	standing = `(?i)\b(?:compet|contest|stood|stand(?:s|ing)?\b|participat|took part|taking part|take part|ran\b|running|fielded|registered to|vying)`
)

var claimPatterns = []claimPattern{
	{
		subject: schemas.SubjectTurnout, word: "turnout", value: plainDecimal,
		pattern: regexp.MustCompile(`(?i)\bturnout\b[^.;%0-9]{0,80}?([0-9]{1,3}(?:\.[0-9]+)?)\s?(?:%|per ?cent\b)`),
		unless:  regexp.MustCompile(`(?i)turnout\b.*\b(?:by|from|than|against|compared|rose|fell|increas\w*|decreas\w*|drop\w*|declin\w*|among|previous|last|women|men|abroad|quorum|threshold)\b[^.;%0-9]*$|\b(?:quorum|threshold|if|unless)\b.*turnout`),
	},
	{
		subject: schemas.SubjectTurnout, word: "turnout", value: plainDecimal,
		pattern: regexp.MustCompile(`(?i)([0-9]{1,3}(?:\.[0-9]+)?)\s?(?:%|per ?cent) (?:voter )?turnout\b`),
		unless:  regexp.MustCompile(`(?i)\b(?:from|than|previous|last|quorum|threshold|if|unless)\b[^.;%0-9]*$`),
	},
	{
		subject: schemas.SubjectSeats, word: "seats", value: plainCount,
		pattern: regexp.MustCompile(`(?i)\b(?:compet\w* for|contest\w*|vying for|up for election|elections? for|out of|of the|of its|for all|all(?: of)?(?: the)?|fill(?:ed|ing)?|total of)(?: all| the)* ` + figure + ` ` + adverbs + `seats\b`),
		unless:  regexp.MustCompile(`(?i)\b(?:won|win|wins|winning|took|taking|gain\w*|lost|losing|held|holding|secur\w*|receiv\w*|captur\w*|increas\w*|decreas\w*|reserved|majority of|half|third|quarter) (?:a |an |by )?(?:majority of |total of |all(?: of)?(?: the)?|the )*$|\btotal of (?:the )*$`),
	},
	{
		subject: schemas.SubjectSeats, word: "elect", value: plainCount,
		pattern: regexp.MustCompile(`(?i)\bto elect (?:all |the |all of the |its )?` + figure + ` ` + adverbs + someone),
	},
	{
		subject: schemas.SubjectSeats, word: "-seat", value: plainCount,
		pattern: regexp.MustCompile(`(?i)\bthe (?:new |national |unicameral )?` + figure + `-seat (?:\pL+ )?(?:parliament|assembly|house|chamber|legislature|congress|diet|knesset|parliamentary|senate)\b`),
	},
	{
		subject: schemas.SubjectDate, word: "election", value: plainDate,
		pattern: regexp.MustCompile(`\b(?:held|took place|taken place|take place|conducted)\b[^.;0-9]{0,60}?\bon (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:the )?` + dayText),
		unless:  regexp.MustCompile(`(?i)[0-9]{4}|\b(?:previous|last|earlier|preceding|prior|next|subsequent|later|postponed|originally|scheduled|planned|supposed|by-elections?|local|municipal|regional|primary|primaries|run-?off|second round|not|after|since|following|referendum|debates?|conference|congress|convention|rally|protests?)\b`),
	},
	{
		subject: schemas.SubjectParties, word: "parties", value: plainCount,
		pattern: regexp.MustCompile(`(?i)\b` + figure + ` (?:[\pL'’-]+ ){0,2}parties\b`),
		context: regexp.MustCompile(standing),
		unless:  regexp.MustCompile(`(?i)\b(?:only|other|of|boycott\w*|out of|coalition of|alliance of|won by|entered by) $`),
	},
	{
		subject: schemas.SubjectIndependentCandidates, word: "independent", value: plainCount,
		pattern: regexp.MustCompile(`(?i)\b` + figure + ` (?:independent candidates|independents)\b`),
		context: regexp.MustCompile(standing),
	},
	{
		subject: schemas.SubjectCandidates, word: "candidates", value: plainCount,
		pattern: regexp.MustCompile(`(?i)\b` + figure + ` (?:(?:different|registered|individual|parliamentary|total) ){0,2}candidates\b`),
		context: regexp.MustCompile(standing),
		unless:  regexp.MustCompile(`(?i)\b(?:only|other|of|fielded|field|fielding|with) $`),
	},
}

func plainCount(s string) string {
	if n, _ := readCount(strings.TrimRight(s, ","), maxVotes); n != nil {
		return strconv.FormatInt(*n, 10)
	}
	return ""
}

func plainDecimal(s string) string {
	if d, _ := readPercent(s); d != nil {
		return written(*d)
	}
	return ""
}

func plainDate(s string) string {
	if d, _, _ := readDates(s); d.Full() {
		return d.String()
	}
	return ""
}

// sentence is a part of a passage, with the place of its first byte.
type sentence struct {
	text   string
	lower  string
	line   int
	offset int
}

func (p *claimPattern) read(claims []schemas.Claim, s sentence) []schemas.Claim {
	if !strings.Contains(s.lower, p.word) || p.context != nil && !p.context.MatchString(s.text) {
		return claims
	}
	for _, m := range p.pattern.FindAllStringSubmatchIndex(s.text, maxClaims) {
		value := p.value(s.text[m[2]:m[3]])
		if value == "" || p.unless != nil && p.unless.MatchString(s.text[:m[2]]) {
			continue
		}
		claims = append(claims, schemas.Claim{
			Ordinal: len(claims) + 1, Subject: p.subject, Value: value, Excerpt: excerpt(s.text, m[2], m[3]),
			Line: s.line + strings.Count(s.text[:m[2]], "\n"), Offset: s.offset + m[2],
		})
	}
	return claims
}

// sentences cuts a passage at full stops, question and exclamation marks that a space and a capital
// letter follow. A cut in the wrong place shortens an excerpt, no more.
func sentences(p schemas.Passage) []sentence {
	var all []sentence
	start, line := 0, p.Line
	add := func(end int) {
		if text := p.Text[start:end]; strings.ContainsAny(text, "0123456789") {
			// White space of every kind is one space to the patterns; newlines stay to be counted.
			all = append(all, sentence{text: text, lower: strings.ToLower(text), line: line, offset: p.Offset + start})
		}
		line += strings.Count(p.Text[start:end], "\n")
		start = end
	}
	for i := 0; i+2 < len(p.Text); i++ {
		if c := p.Text[i]; (c == '.' || c == '!' || c == '?') && (p.Text[i+1] == ' ' || p.Text[i+1] == '\n') && p.Text[i+2] >= 'A' && p.Text[i+2] <= 'Z' {
			add(i + 1)
		}
	}
	add(len(p.Text))
	return all
}

// excerpt is a sentence with its white space folded, cut to some 100 bytes on each side of a figure.
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
