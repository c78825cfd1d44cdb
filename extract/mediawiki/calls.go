package mediawiki

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// BatchSize is how many pages a request can name. Source: the limit of titles and pageids of API:Query.
const BatchSize = 50

// Site is what a wiki says of itself.
type Site struct {
	Wiki      string // the name of its database, such as enwiki
	Lang      string
	Base      string // of the addresses of pages: https://en.wikipedia.org/wiki/
	TitleCase string // first-letter or case-sensitive
	Generator string // the program and its version
}

// Page is what a wiki says of a page.
type Page struct {
	ID           int64
	Namespace    int
	Title        string
	Missing      bool // the wiki has no such page, or there can be none
	Redirect     bool
	LastRevision int64
	Model        string // of its content, such as wikitext
	Item         string // of Wikidata; "" if it has none
	Revision     *Revision
}

// Revision is the newest revision of a page. HasText is false if the wiki does not give its text; Hidden says that it
// is kept from us.
type Revision struct {
	ID      int64
	Time    time.Time
	SHA1    string // of the text as the wiki stores it, which need not be as the API gives it
	Model   string
	Text    string
	HasText bool
	Hidden  bool
}

// Site asks a wiki what it is.
func (c *Client) Site(ctx context.Context) (Site, error) {
	query := url.Values{"action": {"query"}, "meta": {"siteinfo"}, "siprop": {"general"}}
	a, err := c.do(ctx, query, false)
	if err != nil {
		return Site{}, err
	}
	if a.Query == nil || a.Query.General == nil || a.Query.General.WikiID == "" {
		return Site{}, errors.New(c.api + " does not say which wiki it is: expected general with wikiid")
	}
	g := a.Query.General
	server := g.Server
	if strings.HasPrefix(server, "//") { // of a wiki that answers by http and https alike
		scheme, _, _ := strings.Cut(c.api, "//")
		server = scheme + server
	}
	path, _, _ := strings.Cut(g.ArticlePath, "$1")
	site := Site{Wiki: g.WikiID, Lang: g.Lang, Base: server + path, TitleCase: g.Case, Generator: said(g.Generator)}
	// What a wiki says becomes part of addresses and of identities.
	base, err := url.Parse(site.Base)
	isWeb := err == nil && (base.Scheme == "https" || base.Scheme == "http") && base.Host != "" &&
		len(site.Base) < maxQuery
	if !isWeb || !wikiName.MatchString(site.Wiki) || !langCode.MatchString(site.Lang) {
		return Site{}, fmt.Errorf(
			"%s says that it is %q in %q at %q: expected a name, a language and an address",
			c.api,
			said(site.Wiki),
			said(site.Lang),
			said(site.Base),
		)
	}
	return site, nil
}

var (
	wikiName = regexp.MustCompile(`^[0-9A-Za-z_-]{1,100}$`) // of a database, with a prefix of tables
	langCode = regexp.MustCompile(`^[0-9A-Za-z-]{1,50}$`)
)

// Template is a template and the names that lead to it.
type Template struct {
	Name      string   // as it was asked for
	Title     string   // of the page that has it, with its namespace; "" if the wiki has none
	Redirects []string // the titles of the redirects to it
}

// templateNamespace is the number of the namespace of templates, in every wiki.
const templateNamespace = 10

// Templates asks where templates are and which redirects lead to them. A name that is itself a redirect is followed.
func (c *Client) Templates(ctx context.Context, names []string) ([]Template, error) {
	var all []Template
	for some := range slices.Chunk(names, BatchSize) {
		var titles []string
		for _, name := range some {
			titles = append(titles, "Template:"+name)
		}
		query := url.Values{
			"titles": {joinValues(titles)}, "prop": {"redirects"}, "rdlimit": {"max"}, "redirects": {"1"},
			"rdnamespace": {strconv.Itoa(templateNamespace)},
		}
		err := c.query(ctx, query, false, func(b *batch) error {
			for i, name := range some {
				t := Template{Name: name}
				title := b.resolve(titles[i])
				for _, p := range b.pages {
					if p.Title != title || p.Missing || p.Invalid {
						continue
					}
					t.Title = p.Title
					for _, r := range p.Redirects {
						t.Redirects = append(t.Redirects, r.Title)
					}
				}
				slices.Sort(t.Redirects)
				t.Redirects = slices.Compact(t.Redirects)
				all = append(all, t)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Resolve asks which titles are redirects, and returns the title to which each of them leads at the end of all
// redirects, without a section, whether there is such a page or not. Redirects that lead in a circle are left out.
func (c *Client) Resolve(ctx context.Context, titles []string) (map[string]string, error) {
	all := map[string]string{}
	for some := range slices.Chunk(titles, BatchSize) {
		query := url.Values{"titles": {joinValues(some)}, "redirects": {"1"}, "prop": {"info"}}
		err := c.query(ctx, query, false, func(b *batch) error {
			isRedirect := map[string]bool{}
			for _, r := range b.redirects {
				isRedirect[r.From] = true
			}
			for _, title := range some {
				from := b.normalize(title)
				if to := b.follow(from); to != from && !isRedirect[to] {
					all[title] = to
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// resolve returns the title to which a title leads, as the answers of a batch say.
func (b *batch) resolve(title string) string { return b.follow(b.normalize(title)) }

// normalize returns a title as the wiki writes it.
func (b *batch) normalize(title string) string {
	for _, step := range b.fromTo {
		if step.From == title {
			title = step.To
		}
	}
	return title
}

// follow returns the title to which the redirects from a title lead. They are given one by one, and can lead in a
// circle.
func (b *batch) follow(title string) string {
	for range len(b.redirects) {
		i := slices.IndexFunc(b.redirects, func(r fromTo) bool { return r.From == title })
		if i < 0 {
			break
		}
		title = b.redirects[i].To
	}
	return title
}

// Selection says which pages of a wiki are listed: those of all kinds together.
type Selection struct {
	Using      []string `json:"using,omitempty"`      // titles of templates with their namespace, which pages use
	Categories []string `json:"categories,omitempty"` // without their namespace
	Prefixes   []string `json:"prefixes,omitempty"`   // with which titles begin
	Searches   []string `json:"searches,omitempty"`   // for what the wiki's search finds
	Titles     []string `json:"titles,omitempty"`     // whatever namespace they are in; redirects are followed
	Namespaces []int    `json:"namespaces,omitempty"` // none means articles only
}

// namespaces returns the namespaces of a selection.
func (s *Selection) namespaces() []int {
	if len(s.Namespaces) == 0 {
		return []int{0}
	}
	return s.Namespaces
}

// queries returns the queries that list a selection.
func (s *Selection) queries() []url.Values {
	var spaces []string
	for _, n := range s.namespaces() {
		spaces = append(spaces, strconv.Itoa(n))
	}
	joined := strings.Join(spaces, "|")
	var all []url.Values
	for _, title := range s.Using {
		all = append(all, url.Values{
			"generator": {"embeddedin"}, "geititle": {title}, "geilimit": {"max"},
			"geifilterredir": {"nonredirects"}, "geinamespace": {joined},
		})
	}
	for _, name := range s.Categories {
		all = append(all, url.Values{
			"generator": {"categorymembers"}, "gcmtitle": {"Category:" + name}, "gcmlimit": {"max"},
			"gcmtype": {"page"}, "gcmnamespace": {joined},
		})
	}
	for _, prefix := range s.Prefixes {
		for _, space := range spaces { // this list takes one namespace
			all = append(all, url.Values{
				"generator": {"allpages"}, "gapprefix": {prefix}, "gaplimit": {"max"},
				"gapfilterredir": {"nonredirects"}, "gapnamespace": {space},
			})
		}
	}
	for _, search := range s.Searches {
		all = append(all, url.Values{
			"generator": {"search"}, "gsrsearch": {search}, "gsrlimit": {"max"}, "gsrnamespace": {joined},
		})
	}
	for some := range slices.Chunk(s.Titles, BatchSize) {
		all = append(all, url.Values{"titles": {joinValues(some)}, "redirects": {"1"}})
	}
	for _, query := range all {
		query.Set("prop", "info|pageprops")
		query.Set("ppprop", "wikibase_item")
	}
	return all
}

// Requests returns how many queries list a selection: the fewest requests that it takes.
func (s *Selection) Requests() int { return len(s.queries()) }

// List calls each with every page of a selection, without its text. A page that several kinds name comes more than
// once. Of the titles, those that the wiki does not have come too, as missing.
func (c *Client) List(ctx context.Context, s Selection, each func(Page) error) error {
	for _, query := range s.queries() {
		err := c.query(ctx, query, false, func(b *batch) error {
			for i := range b.pages {
				p := b.pages[i].page()
				if p.Redirect { // a category has such members, and the text is that of another page
					continue
				}
				if err := each(p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Info asks what became of at most BatchSize pages.
func (c *Client) Info(ctx context.Context, ids []int64) ([]Page, error) {
	return c.pages(ctx, ids, url.Values{"prop": {"info"}})
}

// Fetch asks for the newest revisions of at most BatchSize pages, with their texts.
func (c *Client) Fetch(ctx context.Context, ids []int64) ([]Page, error) {
	return c.pages(ctx, ids, url.Values{
		"prop": {"revisions|info|pageprops"}, "ppprop": {"wikibase_item"}, "rvslots": {"main"},
		"rvprop": {"ids|timestamp|sha1|slotsha1|content|contentmodel"},
	})
}

// pages asks for pages by their numbers.
func (c *Client) pages(ctx context.Context, ids []int64, query url.Values) ([]Page, error) {
	var all []string
	for _, id := range ids {
		all = append(all, strconv.FormatInt(id, 10))
	}
	query.Set("pageids", strings.Join(all, "|"))
	var pages []Page
	err := c.query(ctx, query, true, func(b *batch) error {
		for i := range b.pages {
			pages = append(pages, b.pages[i].page())
		}
		return nil
	})
	return pages, err
}

// joinValues joins the values of a parameter. Values with the usual separator are joined by another one.
// Source: https://www.mediawiki.org/wiki/API:Data_formats#Multivalue_parameters.
func joinValues(values []string) string {
	const separator = "\x1f"
	if slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, "|") }) {
		return separator + strings.Join(values, separator)
	}
	return strings.Join(values, "|")
}
