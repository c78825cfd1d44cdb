package claims

import (
	"regexp"
	"strconv"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/dates"
	"hemicycle/transform/values"
)

// claimPattern is one way in which prose states a figure. The first group of its pattern is the figure.
type claimPattern struct {
	subject         string
	word            string   // stands in every sentence that matches, in lower case: a quick test before the pattern
	words           []string // one of them stands in every sentence that matches, as word; nil if word is test enough
	pattern         *regexp.Regexp
	requireAnywhere *regexp.Regexp // must match the sentence
	rejectBefore    *regexp.Regexp // must not match the sentence up to the figure
	rejectAfter     *regexp.Regexp // must not match the sentence from the end of the match on
	requireAfter    *regexp.Regexp // must match the sentence from the end of the match on
	value           func(figure string) string
}

// rejects reports whether the sentence says around a figure that it is not what the pattern is for.
func (p *claimPattern) rejects(f *foundFigure) bool {
	return p.rejectBefore != nil && p.rejectBefore.MatchString(f.before) ||
		p.rejectAfter != nil && p.rejectAfter.MatchString(f.after) ||
		p.requireAfter != nil && !p.requireAfter.MatchString(f.after)
}

// Parts of the patterns. Of them, figureExpr, percentExpr and dayExpr have the group that is the figure.
const (
	figureExpr  = `([1-9][0-9,]*)`
	percentExpr = `\b((?:0|[1-9][0-9]{0,2})(?:\.[0-9]+)?) ?(?:%|per ?cent\b)`
	monthExpr   = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`
	dayExpr     = `([0-9]{1,2}(?:st|nd|rd|th)? ` + monthExpr + `,? [0-9]{4}\b|` + monthExpr +
		` [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}\b)`
	seatHoldersExpr = `(?:seats|members|deputies|MPs|representatives|senators|legislators|lawmakers)\b`
	chamberExpr     = `(?:parliament|assembly|house|chamber|senate|congress|council|diet|sejm|knesset|bundestag|` +
		`bundesrat|duma|riksdag|storting|folketing|legislature|cortes|majlis|rada|sabha|seimas|saeima|riigikogu|` +
		`eduskunta|althing|dáil|seanad|landtag|skupština|sobranie)`
	seatKindExpr = `(?:(?:parliamentary|legislative|elective|elected|available|contested|national|lok|lower|` +
		`upper|new|` + chamberExpr + `) ){0,3}`
	standExpr = `(?: and [^.;]{0,60}?)?(?: (?:were|are|is|was|have|had|that|which|who)){0,2} ` +
		`(?:compet|contest|stood\b|standing\b|participat|took part|taking part|take part|ran\b|running\b|fielded\b|` +
		`registered to|vying)`
	otherTimeExpr       = `(?:previous|last|earlier|preceding|prior|next|subsequent|later|former|outgoing)`
	partialElectionExpr = `(?:special|by-?|bye-|partial|repeat|re-?run|supplementary|snap mayoral|mayoral|local|` +
		`municipal|regional|provincial|state|gubernatorial|primary|primaries|indirect) ?elections?\b|` +
		`\bprimar(?:y|ies)\b`
	comparisonExpr = `(?:compared|relative|similar|close|equal|opposed|due|up|compar\w*|limit\w*) (?:to|with) `
	electionExpr   = `\b(?:elections?|polls?|voting|vote|ballots?)\b[^.;0-9]{0,80}?\b`
	weekdayExpr    = `(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:the )?`
)

// prosePattern compiles a pattern of prose. A space in it stands for any white space, including the end of a line.
func prosePattern(pattern string) *regexp.Regexp {
	spaces := strings.NewReplacer(` ?`, `[\s\pZ]*`, ` `, `[\s\pZ]+`)
	return regexp.MustCompile(`(?i)` + spaces.Replace(pattern))
}

var (
	// otherElectionPattern matches words by which a figure is of another election, or is no result.
	otherElectionPattern = prosePattern(
		`\b` + otherTimeExpr + `\b|\b` + partialElectionExpr + `|\b(?:quorum|threshold|requirement|if|unless|would|` +
			`predicted|forecast|expected|projected|opinion polls?|exit polls?|had been|has been)\b`)
	// otherElectionWords are words of which one stands in every text that otherElectionPattern matches, in lower case: a
	// quick test before the pattern.
	otherElectionWords = []string{
		"previous", "last", "earlier", "preceding", "prior", "next", "subsequent", "later", "former", "outgoing",
		"special", "by", "partial", "repeat", "rerun", "re-run", "supplementary", "mayoral", "local", "municipal",
		"regional", "provincial", "state", "gubernatorial", "primar", "indirect",
		"quorum", "threshold", "requirement", "if", "unless", "would", "predicted", "forecast", "expected", "projected",
		"poll", "had", "has",
	}
	// partialTurnoutPattern matches turnout of a part of the voters, or of one round of several.
	partialTurnoutPattern = prosePattern(
		`turnout\b.*\b(?:among|abroad|overseas|women|men|youth|round|run-?off|rural|urban|capital|province|region|` +
			`city|cities|districts?|constituenc\w*|areas?|provinces|regions)\b|` +
			`turnout (?:in|at|from|for|across) (?:the )?(?-i:\p{Lu})|\b(?:second round|run-?off)\b|` +
			`\b(?:highest|lowest) (?:in|among) |` +
			`\b(?:by|at|until|before|as of) (?:noon|midday|mid-day|[0-9]{1,2}(?::[0-9]{2}| ?(?:[ap]\.?m\b|o['’]clock)))|` +
			`\b(?:preliminary|provisional|unofficial|initial|early voting|advance voting|overseas|expatriate|diaspora|` +
			`referendum|plebiscite|opposition|observers|claim\w*|alleg\w*)\b`)
	// partialTurnoutWords are words of which one stands in every text that partialTurnoutPattern matches, in lower case: a
	// quick test before the pattern.
	partialTurnoutWords = []string{
		"among", "abroad", "overseas", "women", "men", "youth", "round", "runoff", "run-off", "rural", "urban",
		"capital", "province", "region", "city", "cities", "district", "constituenc", "area",
		"in", "at", "from", "for", "across", "by", "until", "before", "as",
		"preliminary", "provisional", "unofficial", "early", "advance", "expatriate", "diaspora",
		"referendum", "plebiscite", "opposition", "observers", "claim", "alleg",
	}
	// notHeldPattern matches words by which a day is not that of the election.
	notHeldPattern = prosePattern(
		`\b(?:early|advance|absentee|postal|overseas) vot(?:e|es|ing)\b|\b(?:registration|nominations?)\b|` +
			`\b(?:postponed|originally|scheduled|planned|supposed|due|intended|to be held|cancelled|canceled|annulled|` +
			`delayed|moved|run-?off|second round|not|after|since|following|before|until|` +
			`referendum|debates?|conference|congress|convention|rally|protests?|funeral|talks|meeting)\b`)
	// regionPattern matches the beginning of a sentence on a part of the country.
	regionPattern = prosePattern(
		`^ ?(?:in|across|within|throughout) (?:the )?(?:\pL+ )?(?-i:\p{Lu})[^,]{0,60}(?:,| (?:the )?(?:voter )?turnout\b)`)
	// afterSeatsPattern matches how a sentence may continue behind all seats of a chamber.
	afterSeatsPattern = prosePattern(
		`^(?: ?[.,;:)–—-]| ?$| (?:in|of|to|for) (?:the |a |an |its |their |both )?(?:[^\s\pZ,.;]+ ){0,4}?` +
			chamberExpr + `| (?:in|of) the(?: [\pL]+){0,2} (?:election|legislature)| (?:up for|at stake|available|` +
			`contested|being|and|but|while|with|after|following|giving|securing|were up|are up|were filled|` +
			`were contested|were at stake|on [0-9]))`)
)

// claimPatterns has the patterns in the order in which they are tried.
var claimPatterns = []claimPattern{
	{
		subject: schemas.SubjectTurnout, word: "turnout", value: percentValue,
		pattern: prosePattern(`\bturnout\b[^.;%0-9]{0,80}?` + percentExpr),
		rejectBefore: prosePattern(
			`turnout\b.*\b(?:by|from|against|` + comparisonExpr + `|` +
				`(?:rose|fell|increas\w*|decreas\w*|drop\w*|declin\w*)(?: (?:of|by))?) ?$|` +
				values.InexactExpr + `$`),
		rejectAfter: prosePattern(`^` + values.InexactAfterExpr + `|` +
			`^,? was (?:the )?(?:highest|lowest)\b|^ in (?:[\pL-]+ ){0,3}?` +
			`(?:areas?|regions?|districts?|constituenc\w*|provinces?|cities|counties|states|municipalities|rounds?)\b|` +
			`^ ?(?:percentage )?(?:points?|lower|higher|less|more|fewer|down|up|drop|increase|decrease|decline|` +
			`below|above|(?:of|among) (?:women|men|young|first)|to [0-9]|[–-] ?[0-9]|` +
			`(?:was|is|were) (?:forecast|predicted|expected|projected|needed|required))\b`),
	},
	{
		subject: schemas.SubjectTurnout, word: "turnout", value: percentValue,
		words: []string{
			"rose", "fell", "increas", "decreas", "drop", "declin", "went", "slump", "jump", "climb",
		},
		pattern: prosePattern(
			`\bturnout\b(?:[^.;]|\.[0-9]){0,80}?\b(?:rose|fell|increas\w*|decreas\w*|drop\w*|declin\w*|went|` +
				`slump\w*|jump\w*|climb\w*)\b(?:[^.;,]|\.[0-9]){0,60}?[0-9](?:[^.;,]|\.[0-9]){0,60}? ` +
				`to (?:just |only )?` + percentExpr),
		rejectBefore: prosePattern(comparisonExpr + `$|\bwill |` + values.InexactExpr + `$`),
		rejectAfter:  prosePattern(`^` + values.InexactAfterExpr),
	},
	{
		subject: schemas.SubjectTurnout, word: "turnout", value: percentValue,
		pattern: prosePattern(percentExpr + ` (?:voter )?turnout\b`),
		rejectBefore: prosePattern(
			`\b(?:from|against) (?:an? |the )?$|\b` + comparisonExpr + `(?:an? |the )?$|` +
				values.InexactExpr + `$`),
		rejectAfter: prosePattern(
			`^ (?:increase|decrease|drop|decline|rise|fall|threshold|quorum|requirement|among|` +
				`in (?:the )?(?-i:\p{Lu}))`),
	},
	{
		subject: schemas.SubjectSeats, word: "seats", value: countValue,
		pattern: prosePattern(
			`\b(?:out of(?: the)?|of the|all(?: of)?(?: the)?)(?: total)? ` + figureExpr + ` ` + seatKindExpr +
				`seats\b`),
		rejectBefore: prosePattern(
			`\b(?:won|win|wins|winning|took|take|taking|gain\w*|lost|losing|held|holding|secur\w*|receiv\w*|` +
				`captur\w*|sweeping|swept|increas\w*|decreas\w*|reserved|stood|standing|candidates) ` +
				`(?:\pL+ )?(?:in |for )?all(?: of)?(?: the)? $|` +
				`\b(?:rest|remainder|each|some|most|any|one|two|three|four|five) of the $`),
		requireAfter: afterSeatsPattern,
	},
	{
		subject: schemas.SubjectSeats, word: "seats", value: countValue,
		pattern: prosePattern(
			`\b(?:compet\w* for|vying for|contesting|contested|contest|stand\w* for|running for|ran for|` +
				`contend\w* for)(?: all| the)* ` + figureExpr + ` ` + seatKindExpr + `seats\b`),
		requireAnywhere: prosePattern(`\b(?:candidates|parties|lists|contenders|hopefuls)\b`),
		rejectBefore:    prosePattern(`\b(?:its|their|his|her|fielded|fielding|whose|['’]s) `),
		requireAfter:    afterSeatsPattern,
	},
	{
		subject: schemas.SubjectSeats, word: "seats", value: countValue,
		pattern: prosePattern(
			`\b` + figureExpr + ` ` + seatKindExpr + `seats(?: (?:in|of) (?:the )?(?:[^\s\pZ,.;]+ ){0,4}?` +
				chamberExpr + `)? (?:(?:(?:were|are) (?:all )?)?(?:up for (?:re-?)?election|at stake|up for grabs)|` +
				`(?:were|are) (?:all )?(?:being contested|contested|to be filled))`),
		rejectBefore: prosePattern(
			`\b(?:remaining|other|others|only|these|those|another|additional|which|them|had|has|have|with|held|` +
				`defend\w*|and|the|of|its|their) (?:\pL+ )?$`),
	},
	{
		subject: schemas.SubjectSeats, word: "elect", value: countValue,
		pattern: prosePattern(
			`\bto elect (?:all of the |all the |all |the )?` + figureExpr + ` ` + seatKindExpr + seatHoldersExpr),
		requireAfter: afterSeatsPattern,
	},
	{
		subject: schemas.SubjectSeats, word: "-seat", value: countValue,
		pattern: prosePattern(
			`\bthe (?:new |national |unicameral )?` + figureExpr + `-seat (?:\pL+ )?` + chamberExpr + `\b`),
		rejectBefore: prosePattern(`\bfrom the $`),
		rejectAfter:  prosePattern(`^[^.;]{0,40}?\b(?:dissolved|expired|abolished|replaced|reduced|enlarged|expanded)\b`),
	},
	{
		subject: schemas.SubjectDate, word: "held", value: dateValue,
		pattern:      prosePattern(electionExpr + `held\b[^.;0-9]{0,60}?\bon ` + weekdayExpr + dayExpr),
		rejectBefore: notHeldPattern,
	},
	{
		subject: schemas.SubjectDate, word: "place", value: dateValue,
		pattern: prosePattern(
			electionExpr + `(?:took|taken|take|taking) place\b[^.;0-9]{0,60}?\bon ` + weekdayExpr + dayExpr),
		rejectBefore: notHeldPattern,
	},
	{
		subject: schemas.SubjectParties, word: "parties", value: countValue,
		pattern: prosePattern(
			`\b` + figureExpr + ` ` +
				`(?:(?:different|political|registered|legal|recognised|recognized|eligible) ){0,2}parties\b` +
				standExpr),
		rejectBefore: prosePattern(
			`\b(?:only|other|boycott\w*)(?: by| of)? $|\b(?:coalition|alliance|bloc|group|out|leaders|` +
				`representatives|members|candidates|lists|supporters|each|some|any|all) of(?: the)? $`),
		rejectAfter: prosePattern(
			`^\w*[^.;]*?\b(?:in (?:all|every|each|more|at least)|nationwide|everywhere|women|` +
				`full (?:list|slate)s?)\b`),
	},
	{
		subject: schemas.SubjectParties, word: "parties", value: countValue,
		pattern: prosePattern(
			`\b(?:contested|fought) by (?:a total of )?` + figureExpr + ` ` +
				`(?:(?:different|political|registered) ){0,2}parties\b`),
	},
	{
		subject: schemas.SubjectIndependentCandidates, word: "independent", value: countValue,
		pattern: prosePattern(`\b` + figureExpr + ` (?:independent candidates|independents)\b` + standExpr),
	},
	{
		subject: schemas.SubjectCandidates, word: "candidates", value: countValue,
		pattern: prosePattern(
			`\b` + figureExpr + ` (?:(?:different|registered|individual|parliamentary|total) ){0,2}candidates\b` +
				standExpr),
		rejectBefore: prosePattern(`\b(?:only|other|of|fielded|field|fielding|with|its|their|['’]s) $`),
	},
}

// countValue returns a count as a claim has it, "" if it cannot be read.
func countValue(figure string) string {
	if n, _ := values.ReadCount(strings.TrimRight(figure, ","), values.MaxVotes); n != nil {
		return strconv.FormatInt(*n, 10)
	}
	return ""
}

// percentValue returns a percentage as a claim has it, "" if it cannot be read.
func percentValue(figure string) string {
	if d, _ := values.ReadPercent(figure); d != nil {
		return schemas.FormatDecimal(*d)
	}
	return ""
}

// dateValue returns a day as a claim has it, "" if it cannot be read.
func dateValue(figure string) string {
	if d, _, _ := dates.Read(figure); d.Full() {
		return d.String()
	}
	return ""
}
