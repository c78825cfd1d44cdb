package extract

import (
	"context"
	"iter"
	"net/url"
	"regexp"
	"strings"

	"hemicycle/schemas"
)

// WikiName is what names a Wikipedia: its database's name, the language's code and "wiki".
var WikiName = regexp.MustCompile(`^([a-z][a-z0-9_]{1,30})wiki$`)

// ofWiki is a source whose pages are known to be of a wiki.
type ofWiki struct {
	Source
	wiki string
}

// OfWiki is a source with its pages named as those of a wiki, where they do not say so themselves.
func OfWiki(s Source, wiki string) Source { return ofWiki{s, wiki} }

func (s ofWiki) Documents(ctx context.Context) iter.Seq2[*schemas.Document, error] {
	return func(yield func(*schemas.Document, error) bool) {
		for d, err := range s.Source.Documents(ctx) {
			if d.Wiki == "" {
				d.Wiki = s.wiki
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// locate adds the language and the address of a page whose wiki is known.
func locate(d *schemas.Document) {
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
