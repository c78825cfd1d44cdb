package extract

import (
	"net/url"
	"regexp"
	"strings"

	"hemicycle/schemas"
)

// wikipediaName matches the name of a Wikipedia's database: the code of the language, then "wiki".
var wikipediaName = regexp.MustCompile(`^([a-z][a-z0-9_]{1,30})wiki$`)

// IsWikipedia reports whether a name can be that of a Wikipedia's database, such as enwiki.
func IsWikipedia(database string) bool { return wikipediaName.MatchString(database) }

// setLanguageAndURL sets the language and the address of a page of a Wikipedia, unless the page has set them.
func setLanguageAndURL(d *schemas.Document) {
	m := wikipediaName.FindStringSubmatch(d.Wiki)
	if m == nil {
		return
	}
	lang := strings.ReplaceAll(m[1], "_", "-")
	if d.Lang == "" {
		d.Lang = lang
	}
	if d.PageURL == "" && d.Title != "" {
		path := "/wiki/" + strings.ReplaceAll(d.Title, " ", "_")
		page := url.URL{Scheme: "https", Host: lang + ".wikipedia.org", Path: path}
		d.PageURL = page.String()
	}
}
