// Package rowkinds tells from the name of a row of an election box whether it is that of a contender.
//
// Start with Of, which knows seats that nobody holds and votes for nobody, and with IsIndependent.
package rowkinds

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// kindPattern matches the names of rows of one kind. stems has the three letters with which such names begin in ASCII,
// between spaces: most names begin otherwise, and are spared the pattern.
type kindPattern struct {
	kind, stems string
	pattern     *regexp.Regexp
}

// kindPatterns match the names of rows that are no contender, in lower case and without remarks in brackets. The first
// that matches counts. Each word is as boxes write it, in the languages of the wikis that use the two templates.
var kindPatterns = []kindPattern{
	{schemas.KindNoneOfTheAbove, " aga auc nin non not ",
		regexp.MustCompile(`^(?:none of (?:the above|these candidates|them)` +
			`(?: / nota| \(nota\))?|nota|against (?:all|everyone)(?: candidates| parties| lists)?|` +
			`ninguno de los anteriores|aucun des candidats|против всех|проти всіх)$`)},
	{schemas.KindInvalid, " bla bul emp exh inf inv nul ong rej sch spo ung voi vot whi ",
		regexp.MustCompile(`^(?:(?:invalid|spoil(?:t|ed)|blank|null|rejected|informal|exhausted|` +
			`white|void|empty)(?: ?(?:/|,|and|or|&|-) ?(?:invalid|spoil(?:t|ed)|blank|null|rejected|informal|` +
			`white|void))*` +
			`(?: (?:votes?|ballots?|papers?|ballot papers?))|(?:invalid|spoil(?:t|ed)|blank|null)` +
			`(?: ?(?:/|,|and|or|&|-) ?(?:invalid|spoil(?:t|ed)|blank|null))*|` +
			`votos? (?:en blanco|em branco|blancos?|brancos?|nulos?)(?: (?:y|e) (?:blancos?|brancos?|nulos?))?|` +
			`(?:bulletins|votes) (?:blancs|nuls)(?: et (?:blancs|nuls))?|ungültige(?: stimmen)?|ongeldig(?:e stemmen)?|` +
			`schede (?:bianche|nulle)|geçersiz(?: oylar)?)$`)},
	{schemas.KindVacant, " cur emp esc sea the unb unf uno vac vak wak ",
		regexp.MustCompile(`^(?:(?:the )?(?:currently )?(?:vacan(?:t|cy|cies)|unfilled|unoccupied|` +
			`empty)(?: (?:seats?|chairs?|positions?|offices?|mandates?|members?))?|seats? vacant|vacante?s?|vakant|vacanti?|` +
			`unbesetzt|boş(?: (?:sandalye|koltuk)(?:ler|lar)?)?|wakat|вакантн(?:ые|ый|о)(?: мест[ао]?)?|` +
			`(?:escaños|sièges) (?:vacantes|vacants)|siège vacant|empty chairs?)$`)},
	{schemas.KindAppointed, " app dir ex- gov kin mem mil nom pre que roy sea sul une ",
		regexp.MustCompile(`^(?:(?:directly |presidential |royal |government )?` +
			`(?:appointed|nominated|unelected|ex[ -]officio)(?: (?:members?|seats?|mps?|senators?|deput(?:y|ies)|officials?|` +
			`representatives?|councill?ors?|legislators?))?(?: (?:by|of) .{1,60})?|` +
			`(?:presidential|royal|government|governor's|president's|king's|queen's|military|sultan's) ` +
			`(?:appointees?|nominees?|appointments?)|appointees?|` +
			`(?:members?|seats?) (?:appointed|nominated)(?: by .{1,60})?)$`)},
	{schemas.KindReserved, " mem min res sea wom you ",
		regexp.MustCompile(`^(?:reserved(?: (?:seats?|members?|mps?))?(?: (?:for|of) .{1,60})?|` +
			`(?:members?|seats?) reserved(?: for .{1,60})?|(?:women|women's|minorit(?:y|ies)|youth) reserved seats?|` +
			`reserved (?:women|minority|youth)(?: seats?)?)$`)},
	{schemas.KindOthers, " all alt and any aut can egy ind inn lis mic min mis muu ost oth otr out ove par poz rem res " +
		"sca sev sma son the var wri ",
		regexp.MustCompile(`^(?:(?:all |the |any |various |several )?(?:others|` +
			`remainder|rest|(?:other|remaining)(?: (?:political )?(?:parties|lists?|candidates?|contenders?|groups?|votes?|` +
			`seats?|alliances?))?|(?:minor|smaller|small|miscellaneous|micro) (?:political )?(?:parties|lists|candidates|` +
			`groups))(?: ?(?:/|,|and|&|\+) ?(?:independents?|unaffiliated|non-?partisans?|others?))?|` +
			`independents? ?(?:/|,|and|&|\+) ?(?:(?:all )?others?)(?: parties| candidates)?|` +
			`(?:parties|lists|candidates) (?:without|below|under) .{1,60}|(?:write-?ins?|scattering)` +
			`(?: votes?| candidates?)?|` +
			`andere(?: (?:parteien|partijen))?|sonstige(?: parteien)?|übrige|autres(?: (?:partis|listes|candidats))?|` +
			`otros(?: (?:partidos|candidatos))?|outros(?: partidos)?|altri(?: (?:partiti|candidati))?|altre liste|` +
			`diğer(?:leri)?(?: partiler)?|pozostałe|pozostali|inne|ostatní|ostatné|övriga(?: partier)?|andre(?: partier)?|` +
			`overige(?: (?:partijen|lijsten))?|muut|egyéb|altres|alții|другие|прочие|інші)$`)},
}

// punctuationReplacer writes dashes, apostrophes and spaces as the patterns have them.
var punctuationReplacer = strings.NewReplacer("‐", "-", "‑", "-", "–", "-", "’", "'", "\u00A0", " ")

// stemOf returns the three letters with which a name begins, between spaces, or "" for a name that does not begin in
// ASCII.
func stemOf(name string) string {
	stem := [5]byte{0: ' ', 4: ' '}
	for i := range 3 {
		c := name[i]
		switch {
		case c >= utf8.RuneSelf:
			return ""
		case c == ' ':
			c = '-' // ex officio
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		}
		stem[i+1] = c
	}
	return string(stem[:])
}

// longestKindName is the greatest length of a name that is looked up, in bytes.
const longestKindName = 120

// Of returns the kind of a row whose name is that of no contender: seats that nobody holds, votes for nobody, or
// others whom the box does not name. It returns "" for the name of a contender.
func Of(name string) string {
	if len(name) < 3 || len(name) > longestKindName {
		return ""
	}
	stem := stemOf(name)
	mayNameKind := func(stems string) bool { return strings.Contains(stems, stem) }
	if !slices.ContainsFunc(kindPatterns, func(k kindPattern) bool { return mayNameKind(k.stems) }) {
		return ""
	}
	name = values.WithoutFootnotes(name)
	if head, remark, ok := strings.Cut(name, " ("); ok && strings.HasSuffix(remark, ")") && head != "" {
		name = head
	}
	name = strings.Trim(strings.ToLower(punctuationReplacer.Replace(name)), " .:;*")
	for i := range kindPatterns {
		if mayNameKind(kindPatterns[i].stems) && kindPatterns[i].pattern.MatchString(name) {
			return kindPatterns[i].kind
		}
	}
	return ""
}
