package values

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"hemicycle/schemas"
)

// kindPatterns match the names of rows that are no contender, in lower case and without remarks in brackets. The first
// that matches counts. Each word is as boxes write it, in the languages of the wikis that use the two templates.
var kindPatterns = []struct {
	kind    string
	pattern *regexp.Regexp
}{
	{schemas.KindNoneOfTheAbove, regexp.MustCompile(`^(?:none of (?:the above|these candidates|them)` +
		`(?: / nota| \(nota\))?|nota|against (?:all|everyone)(?: candidates| parties| lists)?|` +
		`ninguno de los anteriores|aucun des candidats|против всех|проти всіх)$`)},
	{schemas.KindInvalid, regexp.MustCompile(`^(?:(?:invalid|spoil(?:t|ed)|blank|null|rejected|informal|exhausted|` +
		`white|void|empty)(?: ?(?:/|,|and|or|&|-) ?(?:invalid|spoil(?:t|ed)|blank|null|rejected|informal|white|void))*` +
		`(?: (?:votes?|ballots?|papers?|ballot papers?))|(?:invalid|spoil(?:t|ed)|blank|null)` +
		`(?: ?(?:/|,|and|or|&|-) ?(?:invalid|spoil(?:t|ed)|blank|null))*|` +
		`votos? (?:en blanco|em branco|blancos?|brancos?|nulos?)(?: (?:y|e) (?:blancos?|brancos?|nulos?))?|` +
		`(?:bulletins|votes) (?:blancs|nuls)(?: et (?:blancs|nuls))?|ungültige(?: stimmen)?|ongeldig(?:e stemmen)?|` +
		`schede (?:bianche|nulle)|geçersiz(?: oylar)?)$`)},
	{schemas.KindVacant, regexp.MustCompile(`^(?:(?:the )?(?:currently )?(?:vacan(?:t|cy|cies)|unfilled|unoccupied|` +
		`empty)(?: (?:seats?|chairs?|positions?|offices?|mandates?|members?))?|seats? vacant|vacante?s?|vakant|vacanti?|` +
		`unbesetzt|boş(?: (?:sandalye|koltuk)(?:ler|lar)?)?|wakat|вакантн(?:ые|ый|о)(?: мест[ао]?)?|` +
		`(?:escaños|sièges) (?:vacantes|vacants)|siège vacant|empty chairs?)$`)},
	{schemas.KindAppointed, regexp.MustCompile(`^(?:(?:directly |presidential |royal |government )?` +
		`(?:appointed|nominated|unelected|ex[ -]officio)(?: (?:members?|seats?|mps?|senators?|deput(?:y|ies)|officials?|` +
		`representatives?|councill?ors?|legislators?))?(?: (?:by|of) .{1,60})?|` +
		`(?:presidential|royal|government|governor's|president's|king's|queen's|military|sultan's) ` +
		`(?:appointees?|nominees?|appointments?)|appointees?|(?:members?|seats?) (?:appointed|nominated)(?: by .{1,60})?)$`)},
	{schemas.KindReserved, regexp.MustCompile(`^(?:reserved(?: (?:seats?|members?|mps?))?(?: (?:for|of) .{1,60})?|` +
		`(?:members?|seats?) reserved(?: for .{1,60})?|(?:women|women's|minorit(?:y|ies)|youth) reserved seats?|` +
		`reserved (?:women|minority|youth)(?: seats?)?)$`)},
	{schemas.KindOthers, regexp.MustCompile(`^(?:(?:all |the |any |various |several )?(?:others|` +
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

// kindStems are the three letters with which such names begin. Most names begin otherwise, and are spared the patterns.
const kindStems = " non not aga nin auc inv spo bla nul rej inf exh whi voi emp vot bul ung ong sch the cur vac " +
	"unf uno sea " +
	"vak unb wak esc dir pre roy gov app nom une ex- kin que mil sul mem res wom min you all any var sev oth rem sma " +
	"mis " +
	"mic ind par lis can wri sca and son aut otr out alt poz inn ost ove muu egy "

// mayNameKind reports whether a name can be one that kindPatterns match: it begins with one of their stems, or not in
// ASCII.
func mayNameKind(name string) bool {
	var stem [5]byte
	stem[0], stem[4] = ' ', ' '
	for i := range 3 {
		c := name[i]
		switch {
		case c >= utf8.RuneSelf:
			return true
		case c == ' ':
			c = '-' // ex officio
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		}
		stem[i+1] = c
	}
	return strings.Contains(kindStems, string(stem[:]))
}

// longestKindName is the greatest length of a name that is looked up, in bytes.
const longestKindName = 120

// RowKind returns the kind of a row whose name is that of no contender: seats that nobody holds, votes for nobody, or
// others whom the box does not name. It returns "" for the name of a contender.
func RowKind(name string) string {
	if len(name) < 3 || len(name) > longestKindName || !mayNameKind(name) {
		return ""
	}
	name = WithoutFootnotes(name)
	if head, remark, ok := strings.Cut(name, " ("); ok && strings.HasSuffix(remark, ")") && head != "" {
		name = head
	}
	name = strings.Trim(strings.ToLower(punctuationReplacer.Replace(name)), " .:;*")
	for i := range kindPatterns {
		if kindPatterns[i].pattern.MatchString(name) {
			return kindPatterns[i].kind
		}
	}
	return ""
}
