package extract

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hemicycle/extract/document"
	"hemicycle/extract/dump"
	"hemicycle/schemas"
)

// A page that is saved as a file often has its title for a name, and in wikitext nothing else says the title. The name
// is the title if it looks like that of a page on an election:
//
//   - It begins as a title does: not with a small letter.
//   - It says that it is about an election: it has a word for an election, and a year or a further word; or it has a
//     year and two further words. Words such as page and input are no further words.
//   - MediaWiki allows it as a title: it has at most 255 bytes and none of the characters that links are made of.
//   - It does not say that it is a copy or a draft.
//
// So the names page.txt and input1, a digest and a UUID are no titles. A document with such a name has none.

// pageExtension matches the ends of names that pages are saved under.
var pageExtension = regexp.MustCompile(`(?i)\.(wikitext|mediawiki|wiki|mw|txt|text|html?|xhtml)$`)

// otherExtension matches what is the end of a name, and not of a title.
var otherExtension = regexp.MustCompile(`\.[A-Za-z][A-Za-z0-9]{0,5}$|~$`)

var (
	electionWord = regexp.MustCompile(dump.ElectionTitles)
	yearOfTitle  = regexp.MustCompile(`(^|[^0-9A-Za-z])(1[0-9]|2[01])[0-9][0-9]($|[^0-9A-Za-z])`)
	copyMark     = regexp.MustCompile(`(?i)^(copy|draft|backup)\b|` +
		`\b(copy|draft|backup|bak|te?mp|v[0-9]+)$|\([0-9]{1,2}\)$`)
)

// electionStems are parts of words for an election in the languages of the largest Wikipedias, in small letters.
var electionStems = []string{
	"wahl", "verkiezing", "élection", "eleccion", "elección", "eleiç", "elezion", "alegeri", "wybor", "volby", "voľby",
	"választás", "izbori", "izbory", "выбор", "вибор", "избор", "выбар", "seçim", "εκλογ", "انتخابات", "בחירות",
	"चुनाव", "নির্বাচন", "தேர்தல்", "pemilihan", "bầu cử", "เลือกตั้ง", "選挙", "选举", "選舉", "선거",
}

// fillerWords are words of names that say nothing of what is in a file.
var fillerWords = document.WordSet(`
	page pages file input output test sample example untitled document download export scan img image dsc revision
	version old final data text wikitext wiki html article source dump note notes infobox box the and`)

// setFileTitle gives a document without a title the one that the name of its file is.
func setFileTitle(d *schemas.Document) {
	if d.Title != "" || d.FileTitle == "" {
		return
	}
	d.Title, d.TitleBasis = d.FileTitle, schemas.TitleOfFile
	for i := range d.Rejects {
		d.Rejects[i].PageTitle = d.Title
	}
}

// titleOfFile returns the title that the name of a file is, or "" if the name does not look like one.
func titleOfFile(name string) string {
	name = pageExtension.ReplaceAllString(path.Base(name), "")
	if otherExtension.MatchString(name) {
		return ""
	}
	if unescaped, err := url.PathUnescape(name); err == nil { // a % alone is a character like others
		name = unescaped
	}
	isLegal := utf8.ValidString(name) && !strings.ContainsAny(name, document.NotInTitles) &&
		strings.IndexFunc(name, unicode.IsControl) < 0
	title := strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '_' || unicode.IsSpace(r) }), " ")
	if !isLegal || len(title) > document.MaxNameBytes || copyMark.MatchString(title) || !isAboutElection(title) {
		return ""
	}
	return schemas.CanonicalTitle(title)
}

// isAboutElection reports whether a text looks like the title of a page on an election.
func isAboutElection(title string) bool {
	if first, _ := utf8.DecodeRuneInString(title); unicode.IsLower(first) {
		return false
	}
	hasYear, isElection, further := yearOfTitle.MatchString(title), false, 0
	for _, word := range strings.Fields(title) {
		word = strings.ToLower(strings.TrimFunc(word, unicode.IsPunct))
		letters := 0
		for _, r := range word {
			if unicode.IsLetter(r) || unicode.IsMark(r) {
				letters++
			}
		}
		stem := electionStem(word)
		const longWord = 3 // letters of a word that says something
		switch {
		case stem != "":
			isElection = true
			if letters >= utf8.RuneCountInString(stem)+longWord+1 { // a word that is made of several
				further++
			}
		case letters >= longWord && !fillerWords[word]:
			further++
		}
	}
	return isElection && (hasYear || further > 0) || hasYear && further > 1
}

// electionStem returns the part of a word that is for an election, or "" if there is none.
func electionStem(word string) string {
	for _, stem := range electionStems {
		if strings.Contains(word, stem) {
			return stem
		}
	}
	return electionWord.FindString(word)
}
