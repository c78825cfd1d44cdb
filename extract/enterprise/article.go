package enterprise

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// article is what is read of one line of a snapshot. The texts are as they are written in the line, and are valid as
// long as it is.
//
// Source: https://enterprise.wikimedia.com/docs/data-dictionary/.
type article struct {
	title     jsonText
	page      int64 // from 1 on
	revision  int64 // 0 if the line has none
	namespace int64
	modified  jsonText // when the revision was saved
	saved     jsonText // the same, where the revision itself says it
	happened  jsonText // when the event was created that brought the line
	isDeleted bool
	isShown   bool // the wiki shows the text of the page

	wiki        jsonText // the name of its database
	language    jsonText
	address     jsonText // of the page
	wikiAddress jsonText
	item        jsonText // of Wikidata

	hasWikitext  bool
	wikitext     jsonText
	hasTemplates bool
	templates    []jsonText // titles of the templates that the page uses, as they are resolved
	redirects    []jsonText // titles of the pages that redirect to it
}

// The bounds of the numbers of a line. They are kept in fewer bits than JSON lets them have; those of all wikis are far
// below.
const (
	maxPage     = 1<<32 - 1
	maxRevision = 1<<48 - 1
)

// maxRedirects is more than the redirects to any page. The most that are known are some thousands.
const maxRedirects = 100_000

// maxTemplates is more than the templates that a page can use within the limits of MediaWiki.
const maxTemplates = 100_000

// maxTitle bounds a title as it is written in a line, where an escape takes up to six bytes.
const maxTitle = 6 * 2 * document.MaxNameBytes

// parse reads a line. The slices of the article are used again.
func (a *article) parse(line []byte) error {
	*a = article{page: -1, isShown: true, templates: a.templates[:0], redirects: a.redirects[:0]}
	s := &jsonScanner{data: line}
	s.skipSpace()
	if s.at < len(line) && line[s.at] != '{' {
		return s.wrongByte("an object")
	}
	if err := s.object("the line", func(key []byte) error { return a.member(s, key) }); err != nil {
		return err
	}
	if err := s.end(); err != nil {
		return err
	}
	a.revision = max(a.revision, 0)
	a.namespace = max(a.namespace, 0)
	return a.check()
}

// check holds the article to what makes a page.
func (a *article) check() error {
	switch {
	case a.page < 1:
		return &typeError{"expected the number of the page in identifier, found none"}
	case a.page > maxPage:
		return &typeError{fmt.Sprintf("no page has the number %d, which is in identifier", a.page)}
	case a.revision > maxRevision:
		return &typeError{fmt.Sprintf("no revision has the number %d, which is in version.identifier", a.revision)}
	case len(a.title) == 0 && !a.isDeleted:
		return &typeError{"expected the title of the page in name, found none"}
	case len(a.wiki) > 0 && !wikiName.Match(a.wiki):
		detail := "expected the name of a wiki, such as enwiki, in is_part_of.identifier, found %.40q"
		return &typeError{fmt.Sprintf(detail, a.wiki)}
	}
	return nil
}

// wikiName matches the name of a wiki's database.
var wikiName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// member reads one member of the line.
func (a *article) member(s *jsonScanner, key []byte) error {
	switch string(key) {
	case "name":
		return s.text("name", &a.title)
	case "identifier":
		return s.integer("identifier", &a.page)
	case "date_modified":
		return s.text("date_modified", &a.modified)
	case "url":
		return s.text("url", &a.address)
	case "version":
		return s.object("version", func(key []byte) error { return a.versionMember(s, key) })
	case "event":
		return s.object("event", func(key []byte) error { return a.eventMember(s, key) })
	case "namespace":
		return s.object("namespace", func(key []byte) error {
			if string(key) == "identifier" {
				return s.integer("namespace.identifier", &a.namespace)
			}
			return s.skip()
		})
	case "in_language":
		return s.identifier("in_language", &a.language)
	case "main_entity":
		return s.identifier("main_entity", &a.item)
	case "is_part_of":
		return s.object("is_part_of", func(key []byte) error {
			switch string(key) {
			case "identifier":
				return s.text("is_part_of.identifier", &a.wiki)
			case "url":
				return s.text("is_part_of.url", &a.wikiAddress)
			}
			return s.skip()
		})
	case "visibility":
		return s.object("visibility", func(key []byte) error {
			if string(key) == "text" {
				return s.boolean("visibility.text", &a.isShown)
			}
			return s.skip()
		})
	case "article_body":
		return s.object("article_body", func(key []byte) error {
			if string(key) != "wikitext" {
				return s.skip()
			}
			err := s.text("article_body.wikitext", &a.wikitext)
			a.hasWikitext = a.wikitext != nil
			return err
		})
	case "templates":
		a.templates, a.hasTemplates = a.templates[:0], true
		return s.names("templates", &a.templates, maxTemplates)
	case "redirects":
		a.redirects = a.redirects[:0]
		return s.names("redirects", &a.redirects, maxRedirects)
	}
	return s.skip()
}

// versionMember reads one member of the revision.
func (a *article) versionMember(s *jsonScanner, key []byte) error {
	switch string(key) {
	case "identifier":
		return s.integer("version.identifier", &a.revision)
	case "date_created":
		return s.text("version.date_created", &a.saved)
	}
	return s.skip()
}

// eventMember reads one member of the event.
func (a *article) eventMember(s *jsonScanner, key []byte) error {
	switch string(key) {
	case "type":
		var kind jsonText
		err := s.text("event.type", &kind)
		a.isDeleted = string(kind) == "delete"
		return err
	case "date_created":
		return s.text("event.date_created", &a.happened)
	}
	return s.skip()
}

// identifier reads the identifier of an object, which is a text.
func (s *jsonScanner) identifier(name string, to *jsonText) error {
	return s.object(name, func(key []byte) error {
		if string(key) == "identifier" {
			return s.text(name+".identifier", to)
		}
		return s.skip()
	})
}

// names reads the names of the objects in a list, of which there are at most as many.
func (s *jsonScanner) names(name string, to *[]jsonText, most int) error {
	var found jsonText
	readMember := func(key []byte) error {
		if string(key) == "name" {
			return s.text(name+".name", &found)
		}
		return s.skip()
	}
	return s.list(name, func() error {
		found = nil
		if err := s.object(name, readMember); err != nil {
			return err
		}
		if len(*to) == most {
			return &typeError{fmt.Sprintf("no page has more than %d %s", most, name)}
		}
		if len(found) > 0 && fitsTitle(found) {
			*to = append(*to, found)
		}
		return nil
	})
}

// brokenDetail returns what is wrong with a line that cannot be parsed.
func brokenDetail(err error) string {
	var wrong *typeError
	if errors.As(err, &wrong) {
		return "the line is no page: " + wrong.detail
	}
	return "the line is no JSON: " + err.Error()
}

// fitsTitle reports whether a title is not longer than MediaWiki lets it be.
func fitsTitle(t jsonText) bool {
	return len(t) <= document.MaxNameBytes || len(t) <= maxTitle && document.FitsTitle(titleOf(t))
}

// pageTitle returns the title of the page, or as much of it as a message can show.
func (a *article) pageTitle() string { return titleOf(a.title) }

// titleOf returns a title with spaces for underscores.
func titleOf(t jsonText) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(t.String(), "\uFFFD"), "_", " "))
}

// timeOf returns the time that a text gives, the zero time if it gives none.
func timeOf(t jsonText) time.Time {
	if len(t) == 0 || len(t) > len("2006-01-02T15:04:05.999999999+00:00") {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, string(t))
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// The forms of an item of Wikidata and of a code of a language.
var (
	itemName     = regexp.MustCompile(`^Q[1-9][0-9]{0,17}$`)
	languageCode = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)
)

// document returns the page without its text.
func (a *article) document(uri string) *schemas.Document {
	d := &schemas.Document{URI: uri, Format: "wikitext", Wiki: string(a.wiki), Title: a.pageTitle()}
	if page := a.page; page > 0 {
		d.PageID = &page
	}
	if revision := a.revision; revision > 0 {
		d.RevisionID = &revision
	}
	if d.RevisionTimestamp = timeOf(a.saved); d.RevisionTimestamp.IsZero() {
		d.RevisionTimestamp = timeOf(a.modified)
	}
	if languageCode.Match(a.language) {
		d.Lang = string(a.language)
	}
	if itemName.Match(a.item) {
		d.WikidataQID = string(a.item)
	}
	d.PageURL = a.pageURL(d.Title)
	return d
}

// maxAddress bounds an address of a page: a title of 255 bytes, each of which is escaped, and a host.
const maxAddress = 2048

// pageURL returns the address of the page. A snapshot writes it without escapes, so it is made of the title, as that of
// a page of a dump is; what is before the title comes from the line.
func (a *article) pageURL(title string) string {
	if len(a.address) > maxAddress || len(a.wikiAddress) > maxAddress {
		return ""
	}
	path := (&url.URL{Path: strings.ReplaceAll(title, " ", "_")}).EscapedPath()
	address := a.address.String()
	if base, _, ok := strings.Cut(address, "/wiki/"); ok && document.WebAddress(base) != "" {
		return base + "/wiki/" + path
	}
	if base := strings.TrimSuffix(a.wikiAddress.String(), "/"); address == "" && document.WebAddress(base) != "" {
		return base + "/wiki/" + path
	}
	return document.WebAddress(address)
}
