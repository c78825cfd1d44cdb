package mediawikitest

import (
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hemicycle/extract/mediawiki"
)

// Revision is a revision of a page of the wiki.
type Revision struct {
	ID    int64
	Time  time.Time
	Text  string
	Model string
	// Hidden and Lost say that the wiki keeps the text from everybody, or has lost it.
	Hidden, Lost bool
}

// Page is a page of the wiki.
type Page struct {
	ID        int64
	Namespace int
	Title     string
	Item      string
	Newest    Revision
	// Breaks says that the wiki fails at each request for the text of the page.
	Breaks bool
	// Withheld says that the wiki gives the page without its revisions.
	Withheld bool
}

// Wiki is a small wiki in memory that answers the calls that a mirror makes. It implements http.Handler.
type Wiki struct {
	// ListLimit is how many pages a list gives at most, TextLimit how many texts an answer has at most.
	ListLimit, TextLimit int
	Name                 string // of its database
	Base                 string // the address of the server

	mu           sync.Mutex
	pages        map[int64]*Page
	deleted      map[int64]*Page
	lastPage     int64
	lastRevision int64
	requests     []url.Values
	agents       []string
}

// The template that the wiki has, with a redirect to it.
const (
	Template         = "Template:Infobox election"
	TemplateRedirect = "Template:Infobox Election"
)

// NewWiki returns a wiki with the template of elections and a redirect to it.
func NewWiki() *Wiki {
	w := &Wiki{
		ListLimit: 500, TextLimit: 50, Name: "testwiki", Base: "https://wiki.example",
		pages: map[int64]*Page{}, deleted: map[int64]*Page{},
	}
	w.Edit(Template, "the box")
	w.Edit(TemplateRedirect, "#REDIRECT [["+Template+"]]")
	return w
}

// find returns the page with a title.
func (w *Wiki) find(title string) *Page {
	for _, p := range w.pages {
		if p.Title == title {
			return p
		}
	}
	return nil
}

// newRevision gives a page a revision.
func (w *Wiki) newRevision(p *Page, text string) {
	w.lastRevision++
	p.Newest = Revision{
		ID: w.lastRevision, Text: text, Model: "wikitext",
		Time: time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(w.lastRevision) * time.Minute),
	}
}

// Edit saves a text, and makes the page if there is none. It returns the number of the page.
func (w *Wiki) Edit(title, text string) int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.find(title)
	if p == nil {
		w.lastPage++
		p = &Page{ID: w.lastPage, Title: title}
		if strings.HasPrefix(title, "Template:") {
			p.Namespace = 10
		}
		w.pages[p.ID] = p
	}
	w.newRevision(p, text)
	return p.ID
}

// Fill saves texts under titles that are new, which is faster than to edit each.
func (w *Wiki) Fill(titles, texts []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n, title := range titles {
		w.lastPage++
		p := &Page{ID: w.lastPage, Title: title}
		w.pages[p.ID] = p
		w.newRevision(p, texts[n])
	}
}

// Change changes a page in any other way.
func (w *Wiki) Change(title string, change func(*Page)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := w.find(title); p != nil {
		change(p)
	}
}

// Move moves a page, which gets a revision with the same text. A redirect can stay behind, as a new page.
func (w *Wiki) Move(from, to string, redirect bool) {
	w.mu.Lock()
	p := w.find(from)
	if p == nil || w.find(to) != nil {
		w.mu.Unlock()
		return
	}
	p.Title = to
	w.newRevision(p, p.Newest.Text)
	w.mu.Unlock()
	if redirect {
		w.Edit(from, "#REDIRECT [["+to+"]]")
	}
}

// Delete deletes a page.
func (w *Wiki) Delete(title string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := w.find(title); p != nil {
		delete(w.pages, p.ID)
		w.deleted[p.ID] = p
	}
}

// Restore restores the page that was deleted first among those with a title, with its number and its revision.
func (w *Wiki) Restore(title string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.find(title) != nil {
		return
	}
	for _, id := range slices.Sorted(maps.Keys(w.deleted)) {
		if p := w.deleted[id]; p.Title == title {
			delete(w.deleted, id)
			w.pages[id] = p
			return
		}
	}
}

// Requests returns the parameters of every request so far, and forgets them.
func (w *Wiki) Requests() []url.Values {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.requests
	w.requests = nil
	return all
}

// Agents returns the User-Agent of every request so far.
func (w *Wiki) Agents() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.agents)
}

// Client returns a client of the wiki that does not wait. Between the two there is no network.
func (w *Wiki) Client(t testing.TB) *mediawiki.Client {
	t.Helper()
	return NewClient(t, mediawiki.Options{API: "https://wiki.example/w/api.php", Transport: Transport{w}})
}

// NewClient returns a client with a contact and a clock that does not wait, unless the options have others.
func NewClient(t testing.TB, o mediawiki.Options) *mediawiki.Client {
	t.Helper()
	o.Contact = cmp.Or(o.Contact, "tests@example.org")
	o.Version = cmp.Or(o.Version, "0.0.0")
	if o.Clock == nil {
		o.Clock = new(Clock)
	}
	if o.Random == nil {
		o.Random = func() float64 { return 0 }
	}
	client, err := mediawiki.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// Transport passes requests to a handler without a network.
type Transport struct{ Handler http.Handler }

// RoundTrip passes a request to the handler.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	recorder := httptest.NewRecorder()
	t.Handler.ServeHTTP(recorder, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return recorder.Result(), nil
}

// object is an object of JSON.
type object = map[string]any

// ServeHTTP answers a request.
func (w *Wiki) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := r.ParseForm(); err != nil {
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	w.requests = append(w.requests, r.Form)
	w.agents = append(w.agents, r.UserAgent())
	out.Header().Set("Content-Type", "application/json")
	content, err := json.Marshal(w.answer(r.Form))
	if err != nil {
		panic(err)
	}
	_, _ = out.Write(content) // a client that is gone is no fault of the wiki
}

// answer returns the answer to a query.
func (w *Wiki) answer(form url.Values) object {
	switch {
	case form.Get("meta") == "siteinfo":
		return object{"batchcomplete": true, "query": object{"general": object{
			"wikiid": w.Name, "lang": "en", "server": w.Base, "articlepath": "/wiki/$1", "case": "first-letter",
			"generator": "a wiki in memory",
		}}}
	case form.Has("generator"):
		return w.list(form)
	case form.Has("titles"):
		return w.byTitle(form)
	case form.Has("pageids"):
		return w.byID(form)
	}
	return object{"errors": []object{{"code": "badvalue", "text": "this wiki does not know such a query"}}}
}

// Uses reports whether a text uses the template of elections.
func Uses(text string) bool { return boxUse.MatchString(text) }

var boxUse = regexp.MustCompile(`\{\{Infobox [Ee]lection\s*[|}]`)

// isRedirect reports whether a text makes a page a redirect.
func isRedirect(text string) bool { return strings.HasPrefix(text, "#REDIRECT") }

// list answers a query for a list: by template, by category, by the beginning of titles.
func (w *Wiki) list(form url.Values) object {
	var all []*Page
	for _, id := range slices.Sorted(maps.Keys(w.pages)) {
		p := w.pages[id]
		text := p.Newest.Text
		belongs := false
		switch form.Get("generator") {
		case "embeddedin":
			belongs = form.Get("geititle") == Template && Uses(text) && !isRedirect(text)
		case "categorymembers":
			belongs = strings.Contains(text, "[["+form.Get("gcmtitle")+"]]")
		case "allpages":
			belongs = strings.HasPrefix(p.Title, form.Get("gapprefix")) && !isRedirect(text)
		case "search":
			belongs = strings.Contains(text, form.Get("gsrsearch"))
		}
		if belongs && p.Namespace == 0 {
			all = append(all, p)
		}
	}
	start := 0
	if from := form.Get("gxxcontinue"); from != "" {
		id, _ := strconv.ParseInt(from, 10, 64)
		start, _ = slices.BinarySearchFunc(all, id, func(p *Page, id int64) int { return cmp.Compare(p.ID, id) })
	}
	end := min(start+w.ListLimit, len(all))
	if len(all) == 0 {
		return object{"batchcomplete": true}
	}
	var pages []object
	for _, p := range all[start:end] {
		pages = append(pages, w.info(p))
	}
	answer := object{"batchcomplete": true, "query": object{"pages": pages}}
	if end < len(all) {
		answer["continue"] = object{"gxxcontinue": strconv.FormatInt(all[end].ID, 10), "continue": "gxxcontinue||"}
	}
	return answer
}

// info returns what prop=info and prop=pageprops say of a page.
func (w *Wiki) info(p *Page) object {
	o := object{
		"pageid": p.ID, "ns": p.Namespace, "title": p.Title, "lastrevid": p.Newest.ID, "contentmodel": p.Newest.Model,
	}
	if isRedirect(p.Newest.Text) {
		o["redirect"] = true
	}
	if p.Item != "" {
		o["pageprops"] = object{"wikibase_item": p.Item}
	}
	return o
}

// byTitle answers a query for titles: what is there, and the redirects to it.
func (w *Wiki) byTitle(form url.Values) object {
	var pages, redirects []object
	for _, title := range splitValues(form.Get("titles")) {
		p := w.find(title)
		for range 5 {
			if p == nil || !isRedirect(p.Newest.Text) {
				break
			}
			to := strings.TrimSuffix(strings.TrimPrefix(p.Newest.Text, "#REDIRECT [["), "]]")
			redirects = append(redirects, object{"from": p.Title, "to": to})
			title, p = to, w.find(to)
		}
		if p == nil {
			pages = append(pages, object{"ns": 0, "title": title, "missing": true})
			continue
		}
		o := w.info(p)
		if form.Get("prop") == "redirects" {
			var to []object
			for _, id := range slices.Sorted(maps.Keys(w.pages)) {
				if from := w.pages[id]; from.Newest.Text == "#REDIRECT [["+p.Title+"]]" {
					to = append(to, object{"pageid": id, "ns": from.Namespace, "title": from.Title})
				}
			}
			o["redirects"] = to
		}
		pages = append(pages, o)
	}
	return object{"batchcomplete": true, "query": object{"pages": pages, "redirects": redirects}}
}

// splitValues splits the values of a parameter.
func splitValues(joined string) []string {
	if rest, found := strings.CutPrefix(joined, "\x1f"); found {
		return strings.Split(rest, "\x1f")
	}
	return strings.Split(joined, "|")
}

// byID answers a query for pages by their numbers. If there are more texts than an answer may have, the heads of all
// pages come in each answer, with the texts of some, as MediaWiki does it.
func (w *Wiki) byID(form url.Values) object {
	withText := strings.Contains(form.Get("prop"), "revisions")
	start, _ := strconv.Atoi(form.Get("rvcontinue"))
	var pages []object
	ids := strings.Split(form.Get("pageids"), "|")
	texts := 0
	for i, digits := range ids {
		id, err := strconv.ParseInt(digits, 10, 64)
		p := w.pages[id]
		if err != nil || p == nil {
			pages = append(pages, object{"pageid": id, "missing": true})
			continue
		}
		if p.Breaks && withText {
			return object{"errors": []object{{"code": "internal_api_error_BadRevisionException", "text": "a fault"}}}
		}
		o := w.info(p)
		if withText && !p.Withheld && i >= start && texts < w.TextLimit {
			o["revisions"] = []object{revision(p)}
			texts++
			if texts == w.TextLimit {
				start = i + 1
			}
		}
		pages = append(pages, o)
	}
	answer := object{"query": object{"pages": pages}}
	if withText && texts == w.TextLimit && start < len(ids) {
		answer["continue"] = object{"rvcontinue": strconv.Itoa(start), "continue": "||info"}
	} else {
		answer["batchcomplete"] = true
	}
	return answer
}

// revision returns what prop=revisions says of the newest revision of a page.
func revision(p *Page) object {
	r := p.Newest
	sum := sha1.Sum([]byte(r.Text))
	main := object{"contentmodel": r.Model, "sha1": hex.EncodeToString(sum[:])}
	o := object{
		"revid": r.ID, "timestamp": r.Time.UTC().Format(time.RFC3339), "sha1": hex.EncodeToString(sum[:]),
		"slots": object{"main": main},
	}
	switch {
	case r.Hidden:
		main["texthidden"] = true
	case r.Lost:
		main["textmissing"] = true
	default:
		main["content"] = r.Text
	}
	return o
}

// Titles returns the titles of the articles, sorted, for tests that choose among them.
func (w *Wiki) Titles() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for _, p := range w.pages {
		if p.Namespace == 0 {
			all = append(all, p.Title)
		}
	}
	slices.Sort(all)
	return all
}

// Box returns a text with an election box of that name.
func Box(name string) string { return fmt.Sprintf("{{Infobox election|election_name=%s}}\n", name) }
