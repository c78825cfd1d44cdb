package extract

import (
	"net/url"
	"regexp"
	"strings"

	"hemicycle/schemas"
)

// WikiName is what names a Wikipedia: its database's name, the language's code and "wiki".
var WikiName = regexp.MustCompile(`^([a-z][a-z0-9_]{1,30})wiki$`)

// setLanguageAndURL adds the language and the address of a page whose wiki is known.
func setLanguageAndURL(d *schemas.Document) {
	m := WikiName.FindStringSubmatch(d.Wiki)
	if m == nil {
		return
	}
	lang := strings.ReplaceAll(m[1], "_", "-")
	if d.Lang == "" {
		d.Lang = lang
	}
	if d.PageURL == "" && d.Title != "" {
		page := url.URL{Scheme: "https", Host: lang + ".wikipedia.org", Path: "/wiki/" + strings.ReplaceAll(d.Title, " ", "_")}
		d.PageURL = page.String()
	}
}
