package pipelines

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"hemicycle/extract"
	"hemicycle/extract/mediawiki"
)

// liveKeys are the keys of live.
var liveKeys = []fileKey{
	{
		name: "contact", value: "text", defaultValue: "`--contact`, or the variable HEMICYCLE_CONTACT",
		meaning: "An e-mail or https address of whoever runs the pipeline. It is sent with every request, so that the " +
			"wiki knows whom to write to. Without one, nothing is asked.",
		example: "elections@example.org",
		read: func(r *fileReader, name string, n ast.Node) {
			r.source.Live.Contact = r.checkedText(n, name, mediawiki.CheckContact)
		},
	},
	{
		name: "using", value: "list of texts", defaultValue: "the election boxes, if nothing else is selected",
		meaning: "Selects the pages that use one of these templates, also by a redirect or through another template. " +
			"A page that several keys select is read once.",
		example: "[Infobox election, Infobox legislative election]",
		read: func(r *fileReader, name string, n ast.Node) {
			r.source.Live.Using = r.titleList(n, name)
		},
	},
	{
		name: "categories", value: "list of texts",
		meaning: "Selects the pages in one of these categories, but not those in their subcategories.",
		example: "[Elections in Denmark]",
		read: func(r *fileReader, name string, n ast.Node) {
			for _, c := range r.titleList(n, name) {
				r.source.Live.Categories = append(r.source.Live.Categories, strings.TrimPrefix(c, "Category:"))
			}
		},
	},
	{
		name: "titles", value: "list of texts",
		meaning: "Selects these pages, and those to which they lead if they are redirects.",
		example: "[2007 Moroccan general election]",
		read: func(r *fileReader, name string, n ast.Node) {
			r.source.Live.Titles = r.titleList(n, name)
		},
	},
	{
		name: "prefix", value: "list of texts",
		meaning: "Selects the pages whose titles begin so. A space at the end counts if the text is quoted.",
		example: `["2026 "]`,
		read: func(r *fileReader, name string, n ast.Node) {
			r.source.Live.Prefixes = r.titleList(n, name)
		},
	},
	{
		name: "search", value: "text",
		meaning: "Selects the pages that the wiki's own search finds, where it has one with such words.",
		example: `'hastemplate:"Infobox election" intitle:2026'`,
		read:    (*fileReader).readSearch,
	},
	{
		name: "api", value: "text", defaultValue: "that of the Wikipedia that `wiki` names",
		meaning: "The address of the wiki's API. It is an https address, or an http address of this machine.",
		example: "https://wiki.example.org/w/api.php",
		read: func(r *fileReader, name string, n ast.Node) {
			r.source.Live.API = r.checkedText(n, name, mediawiki.CheckAPI)
		},
	},
	{
		name: "rate", value: "whole number", defaultValue: "60",
		meaning: "How many requests a minute are made at most, from 1 to 200.",
		example: "60",
		read:    (*fileReader).readRate,
	},
	{
		name: "redirects", value: "true or false", defaultValue: "true",
		meaning: "Whether the wiki is asked which of the titles that boxes link to are redirects, so that the table " +
			"`redirects` has them: one request for 50 titles, and none for those that were asked for in the last 30 days.",
		example: "false",
		read:    func(r *fileReader, name string, n ast.Node) { r.source.Live.Redirects = r.boolean(n, name) },
	},
	{
		name: "mirror", value: "text", defaultValue: "`mirror` in the output, and there the name of the source",
		meaning: "The folder in which the texts of the pages are kept between runs. A relative one starts from the " +
			"folder of the pipeline file.",
		example: "/srv/mirror/enwiki",
		read: func(r *fileReader, name string, n ast.Node) {
			r.source.Live.Mirror = r.checkedText(n, name, checkFolder)
		},
	},
}

// readLive reads what a source asks of a wiki.
func (r *fileReader) readLive(name string, n ast.Node) {
	r.source.Live = &Live{Rate: mediawiki.DefaultRate, Redirects: true}
	r.mapping(n, name, liveKeys)
}

// checkedText reads a text and adds the problem that check finds in it.
func (r *fileReader) checkedText(n ast.Node, name string, check func(string) error) string {
	text := r.text(n, name)
	if text == "" {
		return ""
	}
	if err := check(text); err != nil {
		r.problem(n, "%s: %v", name, err)
	}
	return text
}

// titleList reads a list of titles, or of beginnings of titles, each of which may end with a space.
func (r *fileReader) titleList(n ast.Node, name string) []string {
	var titles []string
	r.list(n, name, func(n ast.Node) {
		if r.checkedText(n, name, checkTitle) == "" {
			return
		}
		title, _ := scalar(n)
		titles = append(titles, strings.TrimLeft(title, " "))
	})
	return titles
}

func (r *fileReader) readSearch(name string, n ast.Node) {
	search := r.text(n, name)
	if letters := utf8.RuneCountInString(search); letters > maxSearchLetters {
		r.problem(n, "%s: expected at most %d letters, found %d", name, maxSearchLetters, letters)
	}
	r.source.Live.Search = search
}

func (r *fileReader) readRate(name string, n ast.Node) {
	rate := r.number(n, name)
	switch {
	case rate == nil:
	case *rate < mediawiki.MinRate || *rate > mediawiki.MaxRate:
		r.problem(n, "%s: expected a number of requests a minute from %d to %d, found %d", name, mediawiki.MinRate,
			mediawiki.MaxRate, *rate)
	default:
		r.source.Live.Rate = int(*rate)
	}
}

// checkOrigin adds the problems of where a source has its documents from: from files or from a wiki, but not from both.
func (r *fileReader) checkOrigin(n ast.Node) {
	s := r.source
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return // which is a problem already
	}
	keys, values := map[string]ast.Node{}, map[string]ast.Node{}
	for _, entry := range m.Values {
		if name, ok := scalar(entry.Key); ok {
			keys[name], values[name] = entry.Key, entry.Value
		}
	}
	isWikipedia := extract.IsWikipedia(s.Wiki)
	switch at := values["wiki"]; {
	case keys["live"] == nil && keys["files"] == nil:
		r.problem(n, "a source has neither the key files nor the key live")
	case s.Live == nil && s.Wiki != "" && !isWikipedia:
		r.problem(at, "wiki: expected the name of a Wikipedia's database such as enwiki, found %q", s.Wiki)
	case s.Live != nil && s.Wiki == "":
		r.problem(keys["live"], "live: which wiki is not said: expected the key wiki, such as enwiki, beside it")
	case s.Live != nil && !isWikipedia && s.Live.API == "":
		r.problem(at, "wiki: %q is no name of a Wikipedia's database such as enwiki: expected the key api in live", s.Wiki)
	case s.Live != nil && !isWiki.MatchString(s.Wiki):
		r.problem(at, "wiki: expected the name of a wiki's database, found %q", s.Wiki)
	}
	if s.Live == nil {
		return
	}
	for _, name := range []string{"files", "titles", "verify"} {
		if keys[name] != nil {
			r.problem(keys[name], "%s: stands beside live, and concerns only files", name)
		}
	}
}
