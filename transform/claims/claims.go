// Package claims reads what the prose of a page states of the election: its seats, its turnout, its date, and who
// stood.
//
// Start with Read.
package claims

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// MaxClaims bounds what one document's prose may claim; the longest articles state a few dozen figures.
const MaxClaims = 500

// maxSentence bounds a sentence, so that what is sought in front of a figure is not sought in a whole
// book; a sentence of prose has some 200 bytes.
const maxSentence = 1000

// maxFigures bounds the figures of one kind in a sentence.
const maxFigures = 8

// Read reads the figures that the prose states of the election. They belong to the page's first
// outer box; every other box has none. A figure that may be of another election, another chamber or a
// part of the country is none: a claim that is not made contradicts nothing.
func Read(d *schemas.Document, box *schemas.Infobox, e *schemas.Election) []schemas.Claim {
	for i := range d.Boxes {
		if d.Boxes[i].Parent == 0 {
			if d.Boxes[i].Box != box.Box {
				return nil
			}
			break
		}
	}
	c := claimReader{e: e, seen: map[claimSpot]bool{}}
	for i := range d.Prose {
		for _, s := range sentences(&d.Prose[i]) {
			for k := range claimPatterns {
				c.read(&claimPatterns[k], s)
			}
			if len(c.claims) >= MaxClaims {
				return c.claims[:MaxClaims]
			}
		}
	}
	return c.claims
}

// claimReader gathers the claims of a document; two patterns may find one figure.
type claimReader struct {
	e      *schemas.Election
	claims []schemas.Claim
	seen   map[claimSpot]bool
}

// claimSpot is a figure of one subject at one place.
type claimSpot struct {
	subject string
	passage *schemas.Passage
	at      int
}

// claimPattern is one way in which prose states a figure. The first group of the pattern is the figure.
type claimPattern struct {
	subject string
	word    string // the sentence has it, in lower case; a quick test before the pattern
	pattern *regexp.Regexp
	unless  *regexp.Regexp // not where the sentence, up to the figure, says this
	but     *regexp.Regexp // not where the sentence goes on so after the match
	follows *regexp.Regexp // only where the sentence goes on so after the match
	context *regexp.Regexp // only where the sentence says this
	value   func(match string) string
}

const (
	figurePattern  = `([1-9][0-9,]*)`
	percentPattern = `\b((?:0|[1-9][0-9]{0,2})(?:\.[0-9]+)?) ?(?:%|per ?cent\b)`
	monthPattern   = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`
	dayPattern     = `([0-9]{1,2}(?:st|nd|rd|th)? ` + monthPattern + `,? [0-9]{4}\b|` + monthPattern + ` [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}\b)`
	seatHolders    = `(?:seats|members|deputies|MPs|representatives|senators|legislators|lawmakers)\b`
	house          = `(?:parliament|assembly|house|chamber|senate|congress|council|diet|sejm|knesset|bundestag|bundesrat|duma|riksdag|storting|folketing|legislature|cortes|majlis|rada|sabha|seimas|saeima|riigikogu|eduskunta|althing|dáil|seanad|landtag|saeima|skupština|sobranie)`
	seatKind       = `(?:(?:parliamentary|legislative|elective|elected|available|contested|national|lok|lower|upper|new|` + house + `) ){0,3}`
	stood          = `(?: and [^.;]{0,60}?)?(?: (?:were|are|is|was|have|had|that|which|who)){0,2} (?:compet|contest|stood\b|standing\b|participat|took part|taking part|take part|ran\b|running\b|fielded\b|registered to|vying)`
	dayAhead       = `(?:previous|last|earlier|preceding|prior|next|subsequent|later|former|outgoing)`
	partial        = `(?:special|by-?|bye-|partial|repeat|re-?run|supplementary|snap mayoral|mayoral|local|municipal|regional|provincial|state|gubernatorial|primary|primaries|indirect) ?elections?\b|\bprimar(?:y|ies)\b`
	notOne         = `(?:compared|relative|similar|close|equal|opposed|due|up|compar\w*|limit\w*) (?:to|with) `
)

// prosePattern is a pattern of prose: a space in it stands for any white space, a line's end among it.
func prosePattern(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)` + strings.ReplaceAll(strings.ReplaceAll(pattern, ` ?`, `[\s\pZ]*`), ` `, `[\s\pZ]+`))
}

var (
	// ofAnother says that a figure is of another election, or is no result.
	ofAnother = prosePattern(`\b` + dayAhead + `\b|\b` + partial + `|\b(?:quorum|threshold|requirement|if|unless|would|predicted|forecast|expected|projected|opinion polls?|exit polls?|had been|has been)\b`)
	// ofPart says that turnout is that of a part of the voters, or of one round of several.
	ofPart = prosePattern(`turnout\b.*\b(?:among|abroad|overseas|women|men|youth|round|run-?off|rural|urban|capital|province|region|city|cities|districts?|constituenc\w*|areas?|provinces|regions)\b|turnout (?:in|at|from|for|across) (?:the )?(?-i:\p{Lu})|\b(?:second round|run-?off)\b`)
	// somewhere begins a sentence on a part of the country.
	somewhere = prosePattern(`^ ?(?:in|across|within|throughout) (?:the )?(?:\pL+ )?(?-i:\p{Lu})[^,]{0,60},`)
	// seatsGoOn is how a sentence may go on after all seats of a chamber.
	seatsGoOn = prosePattern(`^(?: ?[.,;:)–—-]| ?$| (?:in|of|to|for) (?:the |a |an |its |their |both )?(?:[^\s\pZ,.;]+ ){0,4}?` + house + `| (?:in|of) the(?: [\pL]+){0,2} (?:election|legislature)| (?:up for|at stake|available|contested|being|and|but|while|with|after|following|giving|securing|were up|are up|were filled|were contested|were at stake|on [0-9]))`)
)

var claimPatterns = []claimPattern{
	{
		subject: schemas.SubjectTurnout, word: "turnout", value: plainClaimDecimal,
		pattern: prosePattern(`\bturnout\b[^.;%0-9]{0,80}?` + percentPattern),
		unless:  prosePattern(`turnout\b.*\b(?:by|from|against|` + notOne + `|(?:rose|fell|increas\w*|decreas\w*|drop\w*|declin\w*)(?: (?:of|by))?) ?$|` + values.InexactExpr + `$`),
		but:     prosePattern(`^ ?(?:percentage )?(?:points?|lower|higher|less|more|fewer|down|up|drop|increase|decrease|decline|below|above|(?:of|among) (?:women|men|young|first)|to [0-9]|[–-] ?[0-9]|(?:was|is|were) (?:forecast|predicted|expected|projected|needed|required))\b`),
	},
	{
		subject: schemas.SubjectTurnout, word: "turnout", value: plainClaimDecimal,
		pattern: prosePattern(`\bturnout\b(?:[^.;]|\.[0-9]){0,80}?\b(?:rose|fell|increas\w*|decreas\w*|drop\w*|declin\w*|went|slump\w*|jump\w*|climb\w*)\b(?:[^.;,]|\.[0-9]){0,60}?[0-9](?:[^.;,]|\.[0-9]){0,60}? to (?:just |only )?` + percentPattern),
		unless:  prosePattern(notOne + `$|\bwill |` + values.InexactExpr + `$`),
	},
	{
		subject: schemas.SubjectTurnout, word: "turnout", value: plainClaimDecimal,
		pattern: prosePattern(percentPattern + ` (?:voter )?turnout\b`),
		unless:  prosePattern(`\b(?:from|against) (?:an? |the )?$|\b` + notOne + `(?:an? |the )?$|\b` + values.InexactExpr + `$`),
		but:     prosePattern(`^ (?:increase|decrease|drop|decline|rise|fall|threshold|quorum|requirement|among|in (?:the )?(?-i:\p{Lu}))`),
	},
	{
		subject: schemas.SubjectSeats, word: "seats", value: plainClaimCount,
		pattern: prosePattern(`\b(?:out of(?: the)?|of the|all(?: of)?(?: the)?)(?: total)? ` + figurePattern + ` ` + seatKind + `seats\b`),
		unless:  prosePattern(`\b(?:won|win|wins|winning|took|take|taking|gain\w*|lost|losing|held|holding|secur\w*|receiv\w*|captur\w*|sweeping|swept|increas\w*|decreas\w*|reserved|stood|standing|candidates) (?:\pL+ )?(?:in |for )?all(?: of)?(?: the)? $|\b(?:rest|remainder|each|some|most|any|one|two|three|four|five) of the $`),
		follows: seatsGoOn,
	},
	{
		subject: schemas.SubjectSeats, word: "seats", value: plainClaimCount,
		pattern: prosePattern(`\b(?:compet\w* for|vying for|contesting|contested|contest|stand\w* for|running for|ran for|contend\w* for)(?: all| the)* ` + figurePattern + ` ` + seatKind + `seats\b`),
		context: prosePattern(`\b(?:candidates|parties|lists|contenders|hopefuls)\b`),
		unless:  prosePattern(`\b(?:its|their|his|her|fielded|fielding|whose|['’]s) `),
		follows: seatsGoOn,
	},
	{
		subject: schemas.SubjectSeats, word: "seats", value: plainClaimCount,
		pattern: prosePattern(`\b` + figurePattern + ` ` + seatKind + `seats(?: (?:in|of) (?:the )?(?:[^\s\pZ,.;]+ ){0,4}?` + house + `)? (?:(?:(?:were|are) (?:all )?)?(?:up for (?:re-?)?election|at stake|up for grabs)|(?:were|are) (?:all )?(?:being contested|contested|to be filled))`),
		unless:  prosePattern(`\b(?:remaining|other|others|only|these|those|another|additional|which|them|had|has|have|with|held|defend\w*|and|the|of|its|their) (?:\pL+ )?$`),
	},
	{
		subject: schemas.SubjectSeats, word: "elect", value: plainClaimCount,
		pattern: prosePattern(`\bto elect (?:all of the |all the |all |the )?` + figurePattern + ` ` + seatKind + seatHolders),
		follows: seatsGoOn,
	},
	{
		subject: schemas.SubjectSeats, word: "-seat", value: plainClaimCount,
		pattern: prosePattern(`\bthe (?:new |national |unicameral )?` + figurePattern + `-seat (?:\pL+ )?` + house + `\b`),
		unless:  prosePattern(`\bfrom the $`),
	},
	{
		subject: schemas.SubjectDate, word: "held", value: plainClaimDate,
		pattern: prosePattern(electionHeld + `held\b[^.;0-9]{0,60}?\bon ` + dayOn + dayPattern),
		unless:  notHeld,
	},
	{
		subject: schemas.SubjectDate, word: "place", value: plainClaimDate,
		pattern: prosePattern(electionHeld + `(?:took|taken|take|taking) place\b[^.;0-9]{0,60}?\bon ` + dayOn + dayPattern),
		unless:  notHeld,
	},
	{
		subject: schemas.SubjectParties, word: "parties", value: plainClaimCount,
		pattern: prosePattern(`\b` + figurePattern + ` (?:(?:different|political|registered|legal|recognised|recognized|eligible) ){0,2}parties\b` + stood),
		unless:  prosePattern(`\b(?:only|other|boycott\w*)(?: by| of)? $|\b(?:coalition|alliance|bloc|group|out|leaders|representatives|members|candidates|lists|supporters|each|some|any|all) of(?: the)? $`),
		but:     prosePattern(`^\w*[^.;]*?\b(?:in (?:all|every|each|more|at least)|nationwide|everywhere|women|full (?:list|slate)s?)\b`),
	},
	{
		subject: schemas.SubjectParties, word: "parties", value: plainClaimCount,
		pattern: prosePattern(`\b(?:contested|fought) by (?:a total of )?` + figurePattern + ` (?:(?:different|political|registered) ){0,2}parties\b`),
	},
	{
		subject: schemas.SubjectIndependentCandidates, word: "independent", value: plainClaimCount,
		pattern: prosePattern(`\b` + figurePattern + ` (?:independent candidates|independents)\b` + stood),
	},
	{
		subject: schemas.SubjectCandidates, word: "candidates", value: plainClaimCount,
		pattern: prosePattern(`\b` + figurePattern + ` (?:(?:different|registered|individual|parliamentary|total) ){0,2}candidates\b` + stood),
		unless:  prosePattern(`\b(?:only|other|of|fielded|field|fielding|with|its|their|['’]s) $`),
	},
}

const (
	electionHeld = `\b(?:elections?|polls?|voting|vote|ballots?)\b[^.;0-9]{0,80}?\b`
	dayOn        = `(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:the )?`
)

var notHeld = prosePattern(`\b(?:postponed|originally|scheduled|planned|supposed|due|intended|to be held|cancelled|canceled|annulled|delayed|moved|run-?off|second round|not|after|since|following|before|until|referendum|debates?|conference|congress|convention|rally|protests?|funeral|talks|meeting)\b`)

func plainClaimCount(s string) string {
	if n, _ := values.ReadCount(strings.TrimRight(s, ","), values.MaxVotes); n != nil {
		return strconv.FormatInt(*n, 10)
	}
	return ""
}

func plainClaimDecimal(s string) string {
	if d, _ := values.ReadPercent(s); d != nil {
		return schemas.FormatDecimal(*d)
	}
	return ""
}

func plainClaimDate(s string) string {
	if d, _, _ := values.ReadDates(s); d.Full() {
		return d.String()
	}
	return ""
}

// claimSentence is a part of a passage, with the place of its first byte.
type claimSentence struct {
	text    string
	lower   string
	passage *schemas.Passage
	start   int // where in the passage
}

func (c *claimReader) read(p *claimPattern, s claimSentence) {
	if !strings.Contains(s.lower, p.word) || p.context != nil && !p.context.MatchString(s.text) {
		return
	}
	for _, m := range p.pattern.FindAllStringSubmatchIndex(s.text, maxFigures) {
		before, after := s.text[:m[2]], s.text[m[1]:]
		value := p.value(s.text[m[2]:m[3]])
		if value == "" || p.unless != nil && p.unless.MatchString(before) ||
			p.but != nil && p.but.MatchString(after) || p.follows != nil && !p.follows.MatchString(after) ||
			p.foreign(s.text, m, c.e) || c.seen[claimSpot{p.subject, s.passage, s.start + m[2]}] {
			continue
		}
		c.seen[claimSpot{p.subject, s.passage, s.start + m[2]}] = true
		line, offset := s.passage.Place(s.start + m[2])
		c.claims = append(c.claims, schemas.Claim{
			Ordinal: len(c.claims) + 1, Subject: p.subject, Value: value, Excerpt: excerpt(s.text, m[2], m[3]), Line: line, Offset: offset,
		})
	}
}

var (
	anyYear   = regexp.MustCompile(`\b(?:1[0-9]|20)[0-9]{2}\b`)
	sinceYear = prosePattern(`\b(?:since|born in|founded in) (?:\pL+ ){0,2}[0-9]{4}\b`)
	houseWord = regexp.MustCompile(`(?i)\b(?:senate|senators|house|assembly|council|diet|duma|congress)\b`)
	// assembly seats are those of any chamber; House seats are not.
	senateOrHouse = regexp.MustCompile(`(?i)\b(?:senate|senators|house|council)\b`)
	anyKind       = regexp.MustCompile(`(?i)\b(?:presidential|legislative|parliamentary|senate|mayoral)\b`)
)

// foreign reports whether what a sentence says around a figure is of another election than the box's:
// it names another year or kind, a part of the country, or another chamber.
func (p *claimPattern) foreign(text string, m []int, e *schemas.Election) bool {
	before, after := text[:m[2]], text[m[1]:]
	clause := after
	if i := strings.IndexAny(clause, ",;:()–—"); i >= 0 {
		clause = clause[:i]
	}
	if ofAnother.MatchString(before) {
		return true
	}
	for _, part := range []string{before, text[m[3]:m[1]] + sinceYear.ReplaceAllString(clause, "")} {
		for _, y := range anyYear.FindAllString(part, -1) {
			if year := values.DigitsValue(y); year < e.Date.Year || year > max(e.Date.Year, e.DateEnd.Year) {
				return true
			}
		}
	}
	switch p.subject {
	case schemas.SubjectTurnout:
		return ofPart.MatchString(text[:m[1]]) || somewhere.MatchString(before)
	case schemas.SubjectSeats:
		if somewhere.MatchString(before) {
			return true
		}
		// A chamber named right after its seats is another one where the box's has another name.
		named, own := houseWord.FindString(firstWords(clause)), houseWord.FindString(e.Chamber)
		if named == "" {
			named = senateOrHouse.FindString(text[m[3]:m[1]])
		}
		return named != "" && own != "" && !strings.EqualFold(kindOfHouse(named), kindOfHouse(own))
	case schemas.SubjectDate:
		kind := anyKind.FindString(before)
		title := strings.ToLower(e.Document.Title)
		return kind != "" && !strings.Contains(title, strings.ToLower(kind)) && anyKind.MatchString(title)
	}
	return false
}

// firstWords is the beginning of a clause, in which a chamber may be named.
func firstWords(clause string) string {
	fields := strings.Fields(clause)
	return strings.Join(fields[:min(8, len(fields))], " ")
}

// kindOfHouse is the word for a chamber without what its members are called.
func kindOfHouse(word string) string {
	if strings.EqualFold(word, "senators") {
		return "senate"
	}
	return word
}

// abbreviation ends a text that a full stop does not end a sentence after: J. Smith, the U.S. House.
var abbreviation = regexp.MustCompile(`(?:^|[^\pL])(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|No|Gen|Col|Sen|Rep|vs|approx|ca?)$`)

// sentences cuts a passage at full stops, question and exclamation marks that white space and a capital
// letter or a figure follow, and where a sentence has no end at all. A cut in the wrong place shortens
// an excerpt, no more. Sentences without a figure are left out.
func sentences(p *schemas.Passage) []claimSentence {
	var all []claimSentence
	start := 0
	add := func(end int) {
		text := p.Text[start:end]
		if strings.ContainsAny(text, "0123456789") {
			all = append(all, claimSentence{text: text, lower: strings.ToLower(text), passage: p, start: start})
		}
		start = end
	}
	for i := 0; i < len(p.Text); i++ {
		switch c := p.Text[i]; {
		case c == '.' || c == '!' || c == '?':
			if end := sentenceEnd(p.Text, i); end > 0 && !(c == '.' && abbreviation.MatchString(p.Text[max(start, i-8):i])) {
				add(end)
			}
		case (c == ' ' || c == '\n') && i-start >= maxSentence:
			add(i)
		case i-start >= 2*maxSentence && utf8.RuneStart(c):
			add(i)
		}
	}
	add(len(p.Text))
	return all
}

// sentenceEnd is where a sentence ends that a mark at i may end, closing quotes and footnote marks
// included; 0 where it goes on.
func sentenceEnd(text string, i int) int {
	end := i + 1
	if m := closingMarks.FindString(text[end:min(len(text), end+40)]); m != "" {
		end += len(m)
	}
	rest := text[end:min(len(text), end+16)]
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	r, _ := utf8.DecodeRuneInString(next)
	if len(next) == len(rest) || !(unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("\"“‘(", r)) {
		return 0
	}
	return end
}

var closingMarks = regexp.MustCompile(`^(?:["”’)\]]|\[[^\[\]]{0,20}\])+`)

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
