package mediawiki_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/schemas/schemastest"
)

// gzipped returns content compressed.
func gzipped(content []byte) []byte {
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	_, _ = zip.Write(content)
	_ = zip.Close()
	return out.Bytes()
}

// clientOf returns a client of a wiki that answers with one text after the other.
func clientOf(t *testing.T, answers ...string) *mediawiki.Client {
	t.Helper()
	n := 0
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(answers[min(n, len(answers)-1)]))
		n++
	})
	return mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: handler},
	})
}

const head = `{"pageid":%d,"ns":0,"title":"A%d","lastrevid":1%d,"contentmodel":"wikitext"%s}`

// revisions returns a revision of a page, as an answer has it.
func revisions(id int) string {
	return fmt.Sprintf(`,"revisions":[{"revid":1%d,"timestamp":"2030-01-01T00:00:00Z",`+
		`"slots":{"main":{"content":"text %d"}}}]`, id, id)
}

// A page may come without its revisions in one answer and with them in the next: it is whole at the end of the batch.
func TestPagesComeInPieces(t *testing.T) {
	answers := []string{
		`{"continue":{"rvcontinue":"1|2","continue":"||info"},"query":{"pages":[` +
			fmt.Sprintf(head, 1, 1, 1, revisions(1)) + "," + fmt.Sprintf(head, 2, 2, 2, "") + `]}}`,
		`{"continue":{"ppcontinue":7,"continue":"||"},"query":{"pages":[` + fmt.Sprintf(head, 1, 1, 1, "") + "," +
			fmt.Sprintf(head, 2, 2, 2, revisions(2)) + `]}}`,
		`{"batchcomplete":true,"query":{"pages":[{"pageid":2,"ns":0,"title":"A2","pageprops":{"wikibase_item":"Q5"}},` +
			`{"pageid":3,"missing":true}]}}`,
	}
	pages, err := clientOf(t, answers...).Fetch(t.Context(), []int64{1, 2, 3})
	if err != nil || len(pages) != 3 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	if pages[0].Revision.Text != "text 1" || pages[1].Revision.Text != "text 2" || pages[1].Item != "Q5" ||
		pages[1].LastRevision != 12 || !pages[2].Missing {
		t.Errorf("the pages are %+v", pages)
	}
}

// A list that is not given to its end is an error, never a shorter list.
func TestContinuationErrors(t *testing.T) {
	page := fmt.Sprintf(head, 1, 1, 1, "")
	cases := map[string][]string{
		"leads in a circle": {
			`{"batchcomplete":true,"continue":{"geicontinue":"1","continue":"-||"},"query":{"pages":[` + page + `]}}`,
			`{"batchcomplete":true,"continue":{"geicontinue":"2","continue":"-||"},"query":{"pages":[` + page + `]}}`,
			`{"batchcomplete":true,"continue":{"geicontinue":"1","continue":"-||"},"query":{"pages":[` + page + `]}}`,
		},
		"without saying that the batch is complete": {`{"query":{"pages":[` + page + `]}}`},
		`changes the parameter "action"`: {
			`{"batchcomplete":true,"continue":{"action":"delete","continue":"-||"},"query":{"pages":[` + page + `]}}`},
		`changes the parameter "maxlag"`: {
			`{"batchcomplete":true,"continue":{"maxlag":"-1"},"query":{"pages":[` + page + `]}}`},
		`"geicontinue" is no text`: {
			`{"batchcomplete":true,"continue":{"geicontinue":{"a":1}},"query":{"pages":[` + page + `]}}`},
	}
	for words, answers := range cases {
		client := clientOf(t, answers...)
		selection := mediawiki.Selection{Using: []string{"Template:A"}}
		err := client.List(t.Context(), selection, func(mediawiki.Page) error { return nil })
		var continuation *mediawiki.ContinuationError
		if !errors.As(err, &continuation) || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: the error is %v", words, err)
		}
		if n := client.Stats().Requests; n != int64(len(answers)) {
			t.Errorf("%s: %d requests, expected %d", words, n, len(answers))
		}
	}
}

// Whatever the limits of the wiki, the list is the same, and each page comes with its text.
func TestListAndFetch(t *testing.T) {
	for _, limits := range [][2]int{{500, 50}, {1, 1}, {3, 2}, {7, 7}} {
		wiki := mediawikitest.NewWiki()
		wiki.ListLimit, wiki.TextLimit = limits[0], limits[1]
		for n := range 20 {
			wiki.Edit(fmt.Sprintf("Election %d", n), mediawikitest.Box("a"))
			wiki.Edit(fmt.Sprintf("Other %d", n), "no box, [[Category:Elections]]")
		}
		client := wiki.Client(t)
		var ids []int64
		selection := mediawiki.Selection{
			Using: []string{mediawikitest.Template}, Categories: []string{"Elections"}, Prefixes: []string{"Other 1"},
			Searches: []string{"no box"}, Titles: []string{"Other 3", "Nowhere", "A|B"},
		}
		missing := 0
		err := client.List(t.Context(), selection, func(p mediawiki.Page) error {
			if p.Missing {
				missing++
			} else {
				ids = append(ids, p.ID)
			}
			return nil
		})
		if err != nil || len(ids) != 20+20+11+20+1 || missing != 2 {
			t.Errorf("%v: %d pages are listed and %d are missing (%v)", limits, len(ids), missing, err)
		}
		pages, err := client.Fetch(t.Context(), ids[:10])
		if err != nil || len(pages) != 10 {
			t.Fatalf("%v: %d pages, %v", limits, len(pages), err)
		}
		for _, p := range pages {
			if p.Revision == nil || p.Revision.Text != mediawikitest.Box("a") {
				t.Errorf("%v: page %d has the revision %+v", limits, p.ID, p.Revision)
			}
		}
	}
}

// The names of a template are those that lead to it; a name that is itself a redirect is followed.
func TestTemplates(t *testing.T) {
	wiki := mediawikitest.NewWiki()
	got, err := wiki.Client(t).
		Templates(t.Context(), []string{"Infobox Election", "Infobox nothing", "Infobox election"})
	if err != nil {
		t.Fatal(err)
	}
	to := []string{mediawikitest.TemplateRedirect}
	want := []mediawiki.Template{
		{Name: "Infobox Election", Title: mediawikitest.Template, Redirects: to},
		{Name: "Infobox nothing"},
		{Name: "Infobox election", Title: mediawikitest.Template, Redirects: to},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Redirects that lead in a circle lead nowhere.
func TestTemplatesInACircle(t *testing.T) {
	client := clientOf(t, `{"batchcomplete":true,"query":{"normalized":[{"from":"Template:a","to":"Template:A"}],`+
		`"redirects":[{"from":"Template:A","to":"Template:B"},{"from":"Template:B","to":"Template:A"}]}}`)
	got, err := client.Templates(t.Context(), []string{"a"})
	if err != nil || len(got) != 1 || got[0].Title != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// Redirects are followed link by link to a page that is there; all else is left out.
func TestResolve(t *testing.T) {
	wiki := mediawikitest.NewWiki()
	wiki.Edit("Target", "text")
	wiki.Edit("To it", "#REDIRECT [[Target]]")
	wiki.Edit("To the redirect", "#REDIRECT [[To it]]")
	wiki.Edit("To nothing", "#REDIRECT [[Nowhere]]")
	wiki.Edit("Round", "#REDIRECT [[And round]]")
	wiki.Edit("And round", "#REDIRECT [[Round]]")
	titles := []string{"Target", "To it", "To the redirect", "To nothing", "Round", "Nowhere"}
	for n := range 100 {
		titles = append(titles, fmt.Sprint("Nowhere ", n))
	}
	client := wiki.Client(t)
	got, err := client.Resolve(t.Context(), titles)
	want := map[string]string{"To it": "Target", "To the redirect": "Target", "To nothing": "Nowhere"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil || client.Stats().Requests != 3 {
		t.Errorf("%v after %d requests: %s", err, client.Stats().Requests, diff)
	}
	normalized := clientOf(t, `{"batchcomplete":true,"query":{"normalized":[{"from":"to_it","to":"To it"},`+
		`{"from":"target","to":"Target"}],"redirects":[{"from":"To it","to":"Target","tofragment":"A"}],`+
		`"pages":[{"pageid":1,"ns":0,"title":"Target"}]}}`)
	got, err = normalized.Resolve(t.Context(), []string{"to_it", "target"})
	if diff := cmp.Diff(map[string]string{"to_it": "Target"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// Titles arrive as they are, whatever is in them.
func TestOddTitles(t *testing.T) {
	wiki := mediawikitest.NewWiki()
	odd := []string{
		`A & B = "C"`, "D'E?", "Ünïcode élection 選挙 🗳", "100% + 1",
		strings.Repeat("é", 127), "Talk:About", "a#b", "A|B",
	}
	for _, title := range odd {
		wiki.Edit(title, mediawikitest.Box("x"))
	}
	var got []string
	err := wiki.Client(t).List(t.Context(), mediawiki.Selection{Titles: odd}, func(p mediawiki.Page) error {
		got = append(got, p.Title)
		if p.Missing {
			t.Errorf("%q did not arrive", p.Title)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(odd, got); diff != "" {
		t.Error(diff)
	}
	if requests := wiki.Requests(); len(requests) != 1 {
		t.Errorf("%d requests", len(requests))
	}
}

// A wiki says which it is; its server may be without a scheme.
func TestSite(t *testing.T) {
	client := clientOf(t, `{"batchcomplete":true,"query":{"general":{"wikiid":"dewiki","lang":"de",`+
		`"server":"//de.wikipedia.org","articlepath":"/wiki/$1","case":"first-letter","generator":"MediaWiki 1.46"}}}`)
	got, err := client.Site(t.Context())
	want := mediawiki.Site{
		Wiki: "dewiki", Lang: "de", Base: "https://de.wikipedia.org/wiki/", TitleCase: "first-letter",
		Generator: "MediaWiki 1.46",
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	site := func(wiki, lang, server string) string {
		return fmt.Sprintf(`{"batchcomplete":true,"query":{"general":{"wikiid":%q,"lang":%q,"server":%q,`+
			`"articlepath":"/wiki/$1"}}}`, wiki, lang, server)
	}
	for _, answer := range []string{
		`{"batchcomplete":true}`, site("", "en", "https://a.org"), site("../x", "en", "https://a.org"),
		site("enwiki", "en", "javascript:alert(1)"), site("enwiki", "en", "ftp://a.org"),
		site("enwiki", "<b>", "https://a.org"),
		site("enwiki", "en", "https://a.org/"+strings.Repeat("x", 1<<20)),
	} {
		if got, err := clientOf(t, answer).Site(t.Context()); err == nil {
			t.Errorf("the site %+v is taken", got)
		}
	}
}

// What a wiki says of a page becomes part of files, so it has the form that it should have.
func TestHostilePages(t *testing.T) {
	answer := fmt.Sprintf(`{"batchcomplete":true,"query":{"pages":[{"pageid":1,"title":%q,"lastrevid":1,`+
		`"pageprops":{"wikibase_item":"Q1; DROP"},"revisions":[{"revid":1,"timestamp":"2030-01-01T00:00:00Z","sha1":%q,`+
		`"slots":{"main":{"content":"x"}}}]}]}}`, strings.Repeat("t", 1<<20), strings.Repeat("f", 1<<20))
	pages, err := clientOf(t, answer).Fetch(t.Context(), []int64{1})
	if err != nil || len(pages) != 1 {
		t.Fatal(pages, err)
	}
	p := pages[0]
	if len(p.Title) > 5000 || len(p.Title) < 2000 || p.Item != "" || p.Revision.SHA1 != "" {
		t.Errorf("the title has %d bytes, the item is %q, the digest has %d bytes", len(p.Title), p.Item,
			len(p.Revision.SHA1))
	}
	for _, answer := range []string{
		`{"batchcomplete":true,"query":{"pages":[{"pageid":0,"title":"A"}]}}`,
		`{"batchcomplete":true,"query":{"pages":[{"pageid":1}]}}`,
		`{"batchcomplete":true,"query":{"pages":[{"pageid":1,"title":"A","revisions":[{"revid":0,"timestamp":""}]}]}}`,
		`{"batchcomplete":true,"query":{"pages":[{"pageid":1e99,"title":"A"}]}}`,
		`{"batchcomplete":true,"query":{"pages":{"1":{"pageid":1,"title":"A"}}}}`,
		`{"batchcomplete":true,"query":{"pages":[` + strings.Repeat(`{"missing":true},`, 6000) + `{}]}}`,
		`{"batchcomplete":true,"query":{"redirects":[` + strings.Repeat(`{},`, 6000) + `{}]}}`,
		`{"batchcomplete":true,"query":{"pages":[{"pageid":1,"title":"A","revisions":[` + strings.Repeat(`{},`, 11) +
			`{}]}]}}`,
		`{"batchcomplete":true,"continue":{` + numbered(60) + `}}`,
	} {
		client := clientOf(t, answer)
		if pages, err := client.Fetch(t.Context(), []int64{1}); err == nil || client.Stats().Requests != 8 {
			t.Errorf("%s is taken for %+v after %d requests", answer, pages, client.Stats().Requests)
		}
	}
}

// numbered returns so many members of an object.
func numbered(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`"c%d":%d`, i, i))
	}
	return strings.Join(all, ",")
}

// An answer takes memory in proportion to its size, whatever it lists.
func TestDecodeGrowth(t *testing.T) {
	for _, member := range []string{`{"pages":[%s{}]}`, `{"redirects":[%s{}]}`, `{"pages":[{"revisions":[%s{}]}]}`} {
		schemastest.HoldsGrowth(t, func(n int) func() {
			body := []byte(`{"query":` + fmt.Sprintf(member, strings.Repeat("{},", n)) + `}`)
			return func() { _ = mediawiki.Decode(body) }
		})
	}
}

// FuzzDecode holds that no answer makes the decoder panic, and that what it accepts has the form of pages.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"", "null", "{}", "[]", `{"batchcomplete":true}`, `{"errors":[{"code":"maxlag"}]}`,
		`{"error":{"code":"a","info":"b"}}`,
		`{"query":{"pages":[` + fmt.Sprintf(head, 1, 1, 1, revisions(1)) + `]},"batchcomplete":true}`,
		`{"query":{"pages":[{"pageid":-1}]}}`, `{"query":{"pages":{"1":{}}}}`, `{"warnings":{"main":{"*":"x"}},"query":{}}`,
		`{"continue":{"a":[1]}}`, `{"query":{"pages":[{"pageid":1,"revisions":[{"revid":1,"timestamp":"x"}]}]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		n := 0
		handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if n++; n > 3 {
				w.WriteHeader(http.StatusForbidden) // so that no answer is followed for ever
			}
			_, _ = w.Write(body)
		})
		client := mediawikitest.NewClient(t, mediawiki.Options{
			API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: handler},
		})
		pages, err := client.Fetch(t.Context(), []int64{1})
		if err != nil {
			if strings.ContainsAny(err.Error(), "\x00\x1b\n") {
				t.Errorf("the error is %q", err)
			}
			return
		}
		for _, p := range pages {
			if !p.Missing && p.ID <= 0 || p.Revision != nil && p.Revision.ID <= 0 {
				t.Errorf("the page is %+v", p)
			}
		}
	})
}
