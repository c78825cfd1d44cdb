package extract

import (
	"net/url"
	"regexp"
	"strings"

	"hemicycle/schemas"
)

// wikipediaName matches the name of a Wikipedia's database: the code of the language, then "wiki".
var wikipediaName = regexp.MustCompile(`^([a-z][a-z0-9]+(?:_[a-z0-9]+)*)wiki$`)

// IsWikipedia reports whether a name can be that of a Wikipedia's database, such as enwiki.
func IsWikipedia(database string) bool { return languageOf(database) != "" }

// WikipediaURL returns the address of the Wikipedia whose database has that name. It returns "" if none can have it.
func WikipediaURL(database string) string {
	lang := languageOf(database)
	if lang == "" {
		return ""
	}
	return "https://" + lang + ".wikipedia.org"
}

// languageOf returns the language of the Wikipedia whose database has that name. It returns "" if none can have it.
func languageOf(database string) string {
	m := wikipediaName.FindStringSubmatch(database)
	if m == nil {
		return ""
	}
	return strings.ReplaceAll(m[1], "_", "-")
}

// setLanguageAndURL sets the language and the address of a page of a Wikipedia, unless the page has set them.
func setLanguageAndURL(d *schemas.Document) {
	lang := languageOf(d.Wiki)
	if lang == "" {
		return
	}
	if d.Lang == "" {
		d.Lang = lang
	}
	if d.PageURL == "" && d.Title != "" {
		page := url.URL{Path: "/wiki/" + strings.ReplaceAll(d.Title, " ", "_")}
		d.PageURL = WikipediaURL(d.Wiki) + page.EscapedPath()
	}
}
