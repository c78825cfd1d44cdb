// Package kinds reads what kind of election a title or a name speaks of, and what place it names. It knows words and
// not boxes.
//
// Start with Read.
package kinds

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/places"
)

// Title is what the title of a page, or the name in a box, says of an election.
type Title struct {
	Kind      string // a schemas.Contest… constant, "" if it says none
	IsGeneral bool   // it is a general election, which may be that of a parliament, of a president or of both
	Level     string // a schemas.Level…, where the words say it without the place
	// Head is the place at its beginning, Tail the place behind "in", and Qualifier what stands in brackets at its end.
	Head, Tail, Qualifier []places.Place
	HasOtherWords         bool // words before the noun that may be the name of a place
	Year                  int
	words                 string // folded, without signs, with a space around each word
	before                string // those of them before the noun
}

// None is the kind of what is no election of voters, such as that of a speaker by a chamber.
const None = "none"

// Has reports whether the title has one of some phrases, which are in lower case.
func (t *Title) Has(phrases ...string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return hasPhrase(t.words, p) })
}

// hasPhrase reports whether a text, with a space around each word, has the words of a phrase.
func hasPhrase(words, phrase string) bool {
	for at := 0; ; {
		i := strings.Index(words[at:], phrase)
		if i < 0 {
			return false
		}
		begin, end := at+i, at+i+len(phrase)
		if begin > 0 && words[begin-1] == ' ' && end < len(words) && words[end] == ' ' {
			return true
		}
		at = begin + 1
	}
}

var (
	signs          = strings.NewReplacer(",", " ", "(", " ", ")", " ", ":", " ", ";", " ", "\"", " ", "/", " ")
	bracketPattern = regexp.MustCompile(`\([^()]*\)`)
	ordinalPattern = regexp.MustCompile(`^[0-9]+(?:st|nd|rd|th)$`)
)

// dateWords are the words of a date that are no numbers, and those that may stand before one.
var dateWords = map[string]bool{
	"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true,
	"august": true, "september": true, "october": true, "november": true, "december": true, "spring": true,
	"summer": true, "autumn": true, "winter": true, "next": true, "and": true, "upcoming": true, "cancelled": true,
	"annulled": true,
}

// isDateWord reports whether a word is one of a date: 2007, 2023-24, 1920s, mid-2021, march, april-may.
func isDateWord(word string) bool {
	word = strings.TrimPrefix(word, "mid-")
	if number := strings.TrimSuffix(word, "s"); number != "" && strings.Trim(number, "0123456789-") == "" {
		return len(number) <= len("2007-2008")
	}
	first, second, isRange := strings.Cut(word, "-")
	return dateWords[first] && (!isRange || dateWords[second])
}

// yearIn returns the first year in a text, 0 if there is none.
func yearIn(text string) int {
	for i := 0; i+4 <= len(text); i++ {
		if text[i] != '1' && text[i] != '2' || i > 0 && isDigit(text[i-1]) || i+4 < len(text) && isDigit(text[i+4]) {
			continue
		}
		if year, err := strconv.Atoi(text[i : i+4]); err == nil && year >= 1500 && year < 2100 {
			return year
		}
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// nouns are the words for which a title names a place and a kind before them.
var nouns = []string{
	"election", "elections", "by-election", "by-elections", "byelection", "referendum", "referendums", "referenda",
	"plebiscite", "primary", "primaries", "caucus", "caucuses", "recall",
}

// Read reads a title in English, and the kind of election in a title in other languages.
func Read(text, lang string) Title {
	folded := places.Fold(text)
	if folded == "" {
		return Title{}
	}
	var t Title
	t.Year = yearIn(folded)
	plain := folded
	if strings.Contains(plain, "(") {
		plain = bracketPattern.ReplaceAllString(plain, " ")
	}
	t.words = " " + strings.Join(strings.Fields(signs.Replace(plain)), " ") + " "
	t.before = t.words
	t.Kind, t.IsGeneral = t.kind()
	t.Level = t.level()
	if open, end := strings.IndexByte(folded, '('), strings.IndexByte(folded, ')'); open > 0 && open < end {
		if t.Qualifier = places.OfLabel(folded[open+1:end], lang); t.Qualifier != nil {
			folded = folded[:open] + folded[end+1:]
		}
	}
	t.readPlaces(withoutDate(strings.Fields(folded)))
	return t
}

// withoutDate takes the date off a title: 2007 Moroccan general election; Swedish general election, March 1887.
func withoutDate(words []string) []string {
	for len(words) > 0 && isDateWord(strings.TrimSuffix(words[0], ",")) {
		words = words[1:]
	}
	for i := len(words) - 1; i >= 0 && i >= len(words)-6; i-- {
		if strings.HasSuffix(words[i], ",") {
			rest := words[i+1:]
			isDate := !slices.ContainsFunc(rest, func(w string) bool { return !isDateWord(w) })
			if isDate && len(rest) > 0 {
				words = append(slices.Clone(words[:i]), strings.TrimSuffix(words[i], ","))
			}
			break
		}
	}
	if len(words) > 0 && words[0] == "the" {
		words = words[1:]
	}
	return words
}

// readPlaces reads the places before and behind the noun.
func (t *Title) readPlaces(words []string) {
	noun := slices.IndexFunc(words, func(w string) bool { return slices.Contains(nouns, w) })
	if noun < 0 {
		return
	}
	tail := words[noun+1:]
	for len(tail) > 0 && slices.Contains(nouns, tail[0]) { // recall election
		tail = tail[1:]
	}
	if len(tail) > 1 && tail[0] == "in" {
		tail = tail[1:]
		if tail[0] == "the" {
			tail = tail[1:]
		}
		if found, n, _ := places.AtStart(tail); n == len(tail) {
			t.Tail = found
		}
	}
	head := words[:noun]
	t.before = " " + strings.Join(head, " ") + " "
	found, n, _ := places.AtStart(head)
	t.HasOtherWords = slices.ContainsFunc(head[n:], func(w string) bool { return !titleWords[w] })
	// A constituency may have the name of a country.
	isOfConstituency := t.Kind == schemas.ContestByElection &&
		!t.Has("congressional district", "special election", "by-elections")
	switch {
	case n > 0 && !isOfConstituency && t.endsPlace(found, head[n:]):
		t.Head = found
	case n == 0:
		t.Head = t.placeOfWords(head)
	}
}

// placeOfWords returns the place that the words say which stand where a title has none at its beginning.
func (t *Title) placeOfWords(head []string) []places.Place {
	of := len(head) - 1
	for of >= 0 && head[of] != "of" {
		of--
	}
	switch {
	case t.Kind == schemas.ContestPrimary && t.Has("democratic party presidential primaries",
		"republican party presidential primaries"):
		return places.OfLabel("United States", "")
	case t.Has("london borough council"):
		return places.OfLabel("London", "")
	case t.Kind == schemas.ContestLeadership && of > 0: // Conservative Party of Canada leadership
		found, n, _ := places.AtStart(head[of+1:])
		if n == len(head)-of-2 && head[len(head)-1] == "leadership" {
			return found
		}
	}
	return nil
}

// endsPlace reports whether the words behind a place leave it the place that it seems to be. With any word that is not
// among titleWords it may be a part of another name, as in "Indian Wells" or "Iowa City". Titles on a referendum, a
// party or a primary have words of all kinds.
func (t *Title) endsPlace(found []places.Place, rest []string) bool {
	if len(rest) == 0 {
		return true
	}
	isCity := slices.ContainsFunc(found, func(p places.Place) bool { return p.Scope == places.City })
	if !isCity && slices.Contains([]string{"city", "county", "town", "district", "mayoral"}, rest[0]) {
		return false
	}
	isFree := t.Kind == schemas.ContestReferendum || t.Kind == schemas.ContestLeadership ||
		t.Kind == schemas.ContestPrimary
	return isFree || !slices.ContainsFunc(rest, func(w string) bool {
		return !titleWords[strings.TrimSuffix(w, ",")] && !ordinalPattern.MatchString(w)
	})
}

// titleWords are the words that may stand between a place and the noun.
var titleWords = func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq(`general parliamentary legislative presidential vice vice-presidential federal
		state provincial regional territorial cantonal prefectural departmental municipal local communal mayoral
		gubernatorial lieutenant senate senatorial house of representatives the assembly council councillors commons
		lords deputies chamber chambers congress congressional constituent constitutional convention national federal
		parliament diet bundestag landtag folketing landsting sejm duma riksdag storting knesset dáil seanad althing
		lok rajya sabha upper lower special snap early indirect direct district at-large attorney secretary treasurer
		controller comptroller auditor superintendent insurance commissioner agriculture public instruction supreme
		court judicial recall runoff run-off retention european soviet delegates burgesses keys people's peoples'
		nationalities states second first third legislature city county borough metropolitan board supervisors
		republic islamic consultative shura majlis prime ministerial minister chief executive governor mayor and &
		counties cities member members advocate representative royal imperial councils assemblies elections
		midterm mid-term off-year partial supplementary repeat rerun annulled planned cancelled mazhilis`) {
		words[w] = true
	}
	return words
}()

// kind returns the kind of election that the words say, and whether they call it general.
func (t *Title) kind() (kind string, isGeneral bool) {
	for _, k := range kindPhrases {
		if t.Has(k.phrases...) {
			return k.kind, false
		}
	}
	if t.isOfCouncil() {
		return schemas.ContestLocal, false
	}
	isPresidential := t.Has(presidentialPhrases...)
	isLegislative := t.Has(legislativePhrases...)
	isGeneral = t.Has("general", "generales", "générales", "genel", "gerais")
	switch {
	case isPresidential && (isLegislative || isGeneral):
		return "", true
	case isPresidential:
		return schemas.ContestPresidential, false
	case isLegislative:
		return schemas.ContestLegislative, false
	}
	for _, k := range kindParts {
		if slices.ContainsFunc(k.phrases, func(p string) bool { return strings.Contains(t.words, p) }) {
			return k.kind, false
		}
	}
	return "", isGeneral
}

// councilPattern matches a council that is named with its place: Cornwall Council election.
var councilPattern = regexp.MustCompile(`(\S+) council (?:by-)?elections? `)

// isOfCouncil reports whether the title is that of the council of a town, a district or a county.
func (t *Title) isOfCouncil() bool {
	if !t.Has("council") {
		return false
	}
	m := councilPattern.FindStringSubmatch(t.words)
	return m != nil && !slices.Contains([]string{
		"legislative", "national", "federal", "regional", "state", "supreme", "great", "grand", "executive",
		"provincial",
		"constitutional", "federation", "cantonal", "territorial", "general", "shura", "of", "revolutionary", "tribal",
		"governing", "representative", "advisory", "land", "transitional", "central", "military", "privy", "cossack",
		"workers", "the", "representatives", "people's", "departmental", "security",
	}, m[1])
}

// level returns the level that the words say by themselves.
func (t *Title) level() string {
	switch {
	case t.Has("european parliament", "european election", "european elections", "pan-african parliament",
		"parlamento europeo", "parlement européen", "andean parliament", "central american parliament"),
		strings.Contains(t.words, "europawahl"):
		return schemas.LevelSupranational
	case t.Kind == schemas.ContestLocal && t.Has("regional"): // regional and municipal elections
		return ""
	case t.Kind == schemas.ContestMayoral, t.Kind == schemas.ContestLocal && !t.IsOfDepartments():
		return schemas.LevelLocal
	case t.Has("congressional district", "house of commons", "lok sabha", "rajya sabha"):
		return schemas.LevelNational
	}
	return ""
}

// IsOfParts reports whether the words say that parts of a country vote for bodies of their own.
func (t *Title) IsOfParts() bool {
	head := Title{words: t.before}
	return head.Has("state", "provincial", "regional", "territorial", "gubernatorial", "prefectural", "legislatures") &&
		!head.Has("secretary of state", "state duma", "council of state") || t.Has("regionales", "régionales", "regionali")
}

// IsOfDepartments reports whether the words say that smaller parts of a country vote, whose level depends on the
// country.
func (t *Title) IsOfDepartments() bool {
	return t.Has("cantonal", "departmental", "county council", "county councils", "cantonales", "départementales",
		"district council", "prefectural")
}

// IsDirectlyOfChamber reports whether the words are those of an election of a whole parliament or of its lower house.
func (t *Title) IsDirectlyOfChamber() bool {
	return t.Has("general", "parliamentary", "legislative", "federal", "genel")
}

// IsOfConstitution reports whether the words are those of an assembly that makes a constitution.
func (t *Title) IsOfConstitution() bool { return t.Has("constituent", "constitutional") }
