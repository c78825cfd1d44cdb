package schemas

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// TitleCase says whether the first letter of a title has a case, with the words that the siteinfo of an export has for
// it. The Wikipedias write the first letter in upper case, whatever a link says; some other wikis keep it.
type TitleCase string

// The cases of titles. See https://www.mediawiki.org/wiki/Manual:$wgCapitalLinks.
const (
	FirstLetter   TitleCase = "" // the default of MediaWiki
	CaseSensitive TitleCase = "case-sensitive"
)

// CanonicalTitle returns the form in which two titles of pages are the same if a wiki resolves both to the same page:
// without a section and without a colon before it, with single blanks for underscores and runs of blanks, without
// marks of direction, and with a capital first letter. See https://www.mediawiki.org/wiki/Manual:Page_title and
// MediaWikiTitleCodec::splitTitleString.
func CanonicalTitle(title string) string { return capitalized(titleWords(title), 'I') }

// CanonicalTitle returns the form of a title that the wiki of the document resolves a link to: as the function of the
// same name does, but with the first letter as its wiki writes it.
func (d *Document) CanonicalTitle(title string) string {
	switch {
	case d.TitleCase == CaseSensitive:
		return titleWords(title)
	case dottedWikis[d.Wiki]:
		return capitalized(titleWords(title), 'İ')
	}
	return CanonicalTitle(title)
}

// LinkedTitles returns the titles to which an election links, as its wiki writes them: those of the elections before
// and after it, and those of its contenders and their parties. A title can be among them more than once.
func (e *Election) LinkedTitles() []string {
	links := []string{e.PreviousPage, e.NextPage}
	for i := range e.Contenders {
		links = append(links, e.Contenders[i].Page, e.Contenders[i].PartyPage)
	}
	var titles []string
	for _, link := range links {
		if title := e.Document.CanonicalTitle(link); title != "" {
			titles = append(titles, title)
		}
	}
	return titles
}

// dottedWikis are the Wikipedias in whose languages the capital of i has a dot. Source: the classes LanguageTr,
// LanguageAz and LanguageKaa of MediaWiki.
var dottedWikis = map[string]bool{"trwiki": true, "azwiki": true, "kaawiki": true}

// capitalized returns a title with a capital first letter, and with the given capital for i. A letter without a capital
// of one letter, such as ß, stays.
func capitalized(title string, capitalI rune) string {
	if title == "" || title[0] >= 'A' && title[0] <= 'Z' {
		return title
	}
	first, size := utf8.DecodeRuneInString(title)
	upper := unicode.ToUpper(first)
	switch {
	case first == 'i':
		upper = capitalI
	case first == 'ß', upper == first:
		return title
	}
	return string(upper) + title[size:]
}

// titleWords returns a title without a section, with single blanks between its words and none around them.
func titleWords(title string) string {
	if isTitleWords(title) {
		return title
	}
	title, _, _ = strings.Cut(title, "#")
	title = strings.Map(func(r rune) rune {
		if r >= '\u200E' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' {
			return -1
		}
		return r
	}, title)
	isBlank := func(r rune) bool { return r == '_' || unicode.IsSpace(r) }
	title = strings.TrimPrefix(strings.TrimLeftFunc(title, isBlank), ":")
	return strings.Join(strings.FieldsFunc(title, isBlank), " ")
}

// isTitleWords reports whether titleWords surely leaves a title as it is. Most titles are so.
func isTitleWords(title string) bool {
	last := len(title) - 1
	for i := range len(title) {
		switch c := title[i]; {
		case c == ' ' && i > 0 && i < last && title[i-1] != ' ':
		case c <= ' ', c >= 0x7F, c == '_', c == '#', c == ':' && i == 0:
			return false
		}
	}
	return true
}
