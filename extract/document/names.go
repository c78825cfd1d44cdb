package document

import (
	"fmt"
	"net/url"
	"strings"

	"hemicycle/schemas"
)

// MaxNameBytes is the most bytes that MediaWiki lets a title have behind its namespace. The names of namespaces and of
// databases are shorter. Source: https://www.mediawiki.org/wiki/Manual:Page_table#page_title.
const MaxNameBytes = 255

// NotInTitles are the characters that MediaWiki lets no title have ($wgLegalTitleChars), and U+FFFD, which replaces
// bytes that are not UTF-8.
const NotInTitles = "#<>[]{}|\uFFFD"

// FitsTitle reports whether a title is no longer than MediaWiki allows.
func FitsTitle(title string) bool {
	if len(title) <= MaxNameBytes {
		return true
	}
	namespace, name, found := strings.Cut(title, ":")
	return found && len(namespace) <= MaxNameBytes && len(name) <= MaxNameBytes
}

// CheckNames returns an error if the title or the wiki of a document is longer than MediaWiki allows. Then both are
// shortened. The identity of an election is made of them and is a key of the tables, so it must be bounded.
func CheckNames(d *schemas.Document) error {
	what, found := "title", d.Title
	switch {
	case !FitsTitle(d.Title):
	case len(d.Wiki) > MaxNameBytes:
		what, found = "name of the wiki", d.Wiki
	default:
		return nil
	}
	d.Title, d.Wiki = shortened(d.Title), shortened(d.Wiki)
	return &Unreadable{
		Reason: schemas.ReasonTooLarge, Offset: -1,
		Detail: fmt.Sprintf("the %s has %d bytes, and MediaWiki lets none have more than %d: it begins with %q",
			what, len(found), MaxNameBytes, strings.ToValidUTF8(found[:40], "")),
	}
}

// shortened returns the beginning of a name that is too long, with an ellipsis.
func shortened(name string) string {
	if len(name) <= MaxNameBytes {
		return name
	}
	return strings.ToValidUTF8(name[:MaxNameBytes-len("…")], "") + "…"
}

// WebAddress returns an address of a page if it is one of the web, and "" if it has another scheme, such as javascript,
// or cannot be read.
func WebAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return address
}
