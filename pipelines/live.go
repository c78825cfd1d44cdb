package pipelines

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hemicycle/extract"
	"hemicycle/extract/boxnames"
)

// Live is what a source asks of a wiki: which pages, of which address, in whose name.
type Live struct {
	Contact    string   // an address of whoever runs this, for the wiki; "" if it is given on the command line
	Using      []string // pages that use one of these templates
	Categories []string // pages in one of these categories, without the prefix of the namespace
	Titles     []string // these pages
	Prefixes   []string // pages whose titles begin so
	Search     string   // pages that the wiki's own search finds
	API        string   // the address of the API; "" for that of the Wikipedia that the source names
	Rate       int      // requests a minute at most
	Redirects  bool     // whether the wiki is asked which linked titles are redirects
	Mirror     string   // the folder of the mirror; "" for the one in the output
}

// Length limits of MediaWiki: a title in bytes, a search in letters.
const (
	maxTitleBytes    = 255
	maxSearchLetters = 300
)

// address returns the address of the API that a source asks.
func (l *Live) address(wiki string) string {
	if l.API != "" {
		return l.API
	}
	return extract.WikipediaURL(wiki) + "/w/api.php"
}

// templates returns the templates whose pages are asked for. Without any selection they are the election boxes.
func (l *Live) templates() []string {
	if len(l.Using)+len(l.Categories)+len(l.Titles)+len(l.Prefixes) > 0 || l.Search != "" {
		return l.Using
	}
	return boxTemplates()
}

// boxTemplates returns the templates that are election boxes, without the redirects to them.
func boxTemplates() []string { return slices.Compact(slices.Sorted(maps.Values(boxnames.Known()))) }

// isWiki matches what can be the name of a wiki's database, with the prefix of its tables.
var isWiki = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`)

// checkFolder returns what is wrong with the name of a folder, or nil.
func checkFolder(path string) error {
	if scheme, _, isURL := strings.Cut(path, "://"); isURL {
		return fmt.Errorf("%s: %s addresses are not supported: expected a folder on this machine", path, scheme)
	}
	return nil
}

// checkTitle returns what is wrong with the title of a page, or nil.
// Source: https://en.wikipedia.org/wiki/Wikipedia:Page_name#Technical_restrictions_and_limitations.
func checkTitle(title string) error {
	switch i := strings.IndexFunc(title, func(c rune) bool {
		return unicode.IsControl(c) || c == unicode.ReplacementChar || strings.ContainsRune("#<>[]|{}", c)
	}); {
	case strings.TrimSpace(title) == "":
		return errors.New("expected the title of a page, found nothing")
	case i >= 0:
		return fmt.Errorf("expected the title of a page, found %q: no title has the character %q", title,
			[]rune(title[i:])[0])
	case len(title) > maxTitleBytes:
		return fmt.Errorf("expected the title of a page, found one of %d bytes: a title has at most %d", len(title),
			maxTitleBytes)
	}
	return nil
}
