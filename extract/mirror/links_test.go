package mirror_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
	"hemicycle/schemas"
)

// linkedOptions returns the options of a sync that asks for the links of pages as well.
func linkedOptions(
	t testing.TB, folder string, wiki *mediawikitest.Wiki, clock *mediawikitest.Clock,
) mirror.Options {
	t.Helper()
	o := options(t, folder, wiki)
	o.Client = mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: wiki}, Clock: clock,
	})
	o.Links = linksInText("a", nil)
	return o
}

// linksInText returns a reader that finds all links of a text that has a box. It counts the texts that it reads.
func linksInText(id string, read *int) func(map[string]string) mirror.LinkReader {
	return func(map[string]string) mirror.LinkReader {
		return mirror.LinkReader{ID: id, Titles: func(d *schemas.Document) []string {
			if read != nil {
				*read++
			}
			var titles []string
			for _, link := range linkTarget.FindAllStringSubmatch(d.Text, -1) {
				titles = append(titles, link[1])
			}
			return titles
		}}
	}
}

var linkTarget = regexp.MustCompile(`\[\[([^\]|]+)`)

// wait lets the time of a clock pass.
func wait(clock *mediawikitest.Clock, d time.Duration) { _ = clock.Sleep(context.Background(), d) }

// redirects returns the redirects of a mirror.
func redirects(t testing.TB, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, r := range mustOpen(t, folder).Redirects {
		all[r.From] = r.To
	}
	return all
}

// linkedWiki returns a wiki with two pages that link to each other, to a redirect, to a page, to nothing and to what
// can be no title.
func linkedWiki() *mediawikitest.Wiki {
	wiki := mediawikitest.NewWiki()
	wiki.Edit("Red Party", "prose")
	wiki.Edit("Reds", "#REDIRECT [[Red Party]]")
	wiki.Edit("The Reds", "#REDIRECT [[Reds]]")
	wiki.Edit("First", mediawikitest.Box("[[Reds]] [[The Reds]] [[Second]] [[Nowhere]]"))
	wiki.Edit("Second", mediawikitest.Box("[[First]] [[Reds]] [[Red Party]] [[a{b]] [["+strings.Repeat("x", 300)+"]]"))
	return wiki
}

// A wiki is asked once for each title to which a box links, and the redirects among them are part of the mirror.
func TestLinks(t *testing.T) {
	wiki, folder, clock := linkedWiki(), t.TempDir(), new(mediawikitest.Clock)
	texts := 0
	sync := func() mirror.Report {
		t.Helper()
		o := linkedOptions(t, folder, wiki, clock)
		o.Links = linksInText("a", &texts)
		wait(clock, time.Hour)
		texts = 0
		return mustSync(t, o)
	}
	holds := func(what string, r mirror.Report, requests int64, linked, asked, read int, want map[string]string) {
		t.Helper()
		if r.Requests != requests || r.Linked != linked || r.Asked != asked || texts != read {
			t.Errorf("%s: %d requests, %d titles, %d of them asked for, %d texts read", what, r.Requests, r.Linked, r.Asked,
				texts)
		}
		if diff := cmp.Diff(want, redirects(t, folder)); diff != "" {
			t.Errorf("%s (-expected +found):\n%s", what, diff)
		}
	}
	both := map[string]string{"Reds": "Red Party", "The Reds": "Red Party"}
	first := sync()
	holds("first", first, 5, 4, 4, 2, both)
	again := sync()
	holds("again", again, 3, 4, 0, 0, both)
	if first.Snapshot != again.Snapshot {
		t.Error("the mirror changed without a change of the wiki")
	}

	wiki.Edit("Second", mediawikitest.Box("[[Greens]]"))
	wiki.Edit("Greens", "#REDIRECT [[Green Party]]")
	more := map[string]string{"Reds": "Red Party", "The Reds": "Red Party", "Greens": "Green Party"}
	changed := sync()
	holds("a new link, to a page that is not there", changed, 5, 4, 1, 1, more)
	if changed.Snapshot == again.Snapshot {
		t.Error("a new redirect is no new state of the mirror")
	}

	wiki.Edit("Third", mediawikitest.Box("x"))
	wiki.Edit("First", mediawikitest.Box("[[Third]] [[To the third]]"))
	wiki.Edit("To the third", "#REDIRECT [[Third]]")
	holds("titles that no box links to any more", sync(), 5, 2, 1, 2,
		map[string]string{"Greens": "Green Party", "To the third": "Third"})
	wiki.Move("Third", "Third (moved)", true)
	holds("a page that was moved, and its double redirect", sync(), 5, 3, 2, 1, map[string]string{
		"Greens": "Green Party", "To the third": "Third (moved)", "Third": "Third (moved)",
	})
	wiki.Edit("First", mediawikitest.Box("[[Reds]]"))
	holds("a title that was asked for before", sync(), 4, 2, 0, 1,
		map[string]string{"Greens": "Green Party", "Reds": "Red Party"})

	wiki.Edit("Reds", "#REDIRECT [[Red Union]]")
	holds("a redirect outside the mirror that changed", sync(), 3, 2, 0, 0,
		map[string]string{"Greens": "Green Party", "Reds": "Red Party"})
	wait(clock, 31*24*time.Hour)
	holds("a month later", sync(), 4, 2, 2, 0, map[string]string{"Greens": "Green Party", "Reds": "Red Union"})

	wiki.Edit("Greens", mediawikitest.Box("x"))
	holds("a redirect that became a page of the mirror", sync(), 4, 1, 0, 1, map[string]string{"Reds": "Red Union"})
	wiki.Move("Greens", "Blues", true)
	holds("and moved", sync(), 5, 2, 1, 1, map[string]string{"Greens": "Blues", "Reds": "Red Union"})

	o := linkedOptions(t, folder, wiki, clock)
	texts = 0
	o.Links = linksInText("another reader", &texts)
	holds("another reader", mustSync(t, o), 3, 2, 0, 4,
		map[string]string{"Greens": "Blues", "Reds": "Red Union"})
	o = options(t, folder, wiki)
	if mustSync(t, o); len(redirects(t, folder)) != 0 {
		t.Error("nobody asked for redirects, and the mirror has some")
	}
}

// What only saves work is found again if it is lost or damaged.
func TestDamagedLinks(t *testing.T) {
	wiki, clock := linkedWiki(), new(mediawikitest.Clock)
	for _, name := range []string{"links.jsonl", "page_links.jsonl"} {
		folder := t.TempDir()
		mustSync(t, linkedOptions(t, folder, wiki, clock))
		want := describe(t, folder)
		path := filepath.Join(folder, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, content := range []string{
			"", "\n", "{}\n", "null\n", "[]\n", string(whole[:len(whole)/2]), string(whole) + "garbage\n",
			string(whole) + `{"id":1,"text":"","links":["X"]}` + "\n", strings.Repeat("x", 1<<20),
			strings.ReplaceAll(string(whole), `"id"`, `"ix"`),
		} {
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
			mustSync(t, linkedOptions(t, folder, wiki, clock))
			if diff := cmp.Diff(want, describe(t, folder)); diff != "" {
				t.Errorf("%s with %.40q: %s", name, content, diff)
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		mustSync(t, linkedOptions(t, folder, wiki, clock))
		if diff := cmp.Diff(want, describe(t, folder)); diff != "" {
			t.Errorf("without %s: %s", name, diff)
		}
	}
}

// A sync that is stopped while it asks for titles asks the next time for the rest only.
func TestLinksAreJournaled(t *testing.T) {
	wiki, folder, clock := mediawikitest.NewWiki(), t.TempDir(), new(mediawikitest.Clock)
	var links strings.Builder
	for i := range 500 {
		fmt.Fprintf(&links, "[[Party %d]]", i)
		if i%2 == 0 {
			wiki.Edit(fmt.Sprint("Party ", i), "#REDIRECT [[A party]]")
		}
	}
	wiki.Edit("Election", mediawikitest.Box(links.String()))
	left := 3 + 1 + 4
	stopped := errors.New("stopped")
	ctx, cancel := context.WithCancelCause(t.Context())
	o := linkedOptions(t, folder, wiki, clock)
	o.Client = mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Clock: clock,
		Transport: mediawikitest.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if left--; left < 0 {
				cancel(stopped)
			}
			wiki.ServeHTTP(w, r)
		})},
	})
	if _, err := mirror.Sync(ctx, o); err == nil {
		t.Fatal("the sync was not stopped")
	}
	report := mustSync(t, linkedOptions(t, folder, wiki, clock))
	if report.Asked != 500-4*mediawiki.BatchSize || report.Fetched != 0 || len(redirects(t, folder)) != 250 {
		t.Errorf("%d titles were asked for, %d redirects: %+v", report.Asked, len(redirects(t, folder)), report)
	}
}

// Answers that count no longer are asked for again some at a time, the oldest first.
func TestOldLinksAreRenewedBySome(t *testing.T) {
	wiki, folder, clock := mediawikitest.NewWiki(), t.TempDir(), new(mediawikitest.Clock)
	const titles = 2100
	var links strings.Builder
	for i := range titles {
		fmt.Fprintf(&links, "[[Party %d]]", i)
	}
	wiki.Edit("Election", mediawikitest.Box(links.String()))
	for _, want := range []int{titles, 0} {
		if r := mustSync(t, linkedOptions(t, folder, wiki, clock)); r.Asked != want {
			t.Fatalf("%d titles were asked for, expected %d", r.Asked, want)
		}
	}
	wait(clock, 31*24*time.Hour)
	for _, want := range []int{2000, titles - 2000, 0} {
		if r := mustSync(t, linkedOptions(t, folder, wiki, clock)); r.Asked != want {
			t.Fatalf("a month later: %d titles were asked for, expected %d", r.Asked, want)
		}
	}
}

// A title at which the wiki fails is left out and asked for again; a wiki that fails at each ends the sync.
func TestLinksThatBreak(t *testing.T) {
	wiki, folder, clock := linkedWiki(), t.TempDir(), new(mediawikitest.Clock)
	breaks := func(title string) mirror.Options {
		o := linkedOptions(t, folder, wiki, clock)
		o.Client = mediawikitest.NewClient(t, mediawiki.Options{
			API: "https://wiki.example/w/api.php", Clock: clock,
			Transport: mediawikitest.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if err := r.ParseForm(); err == nil && r.Form.Get("prop") == "info" &&
					strings.Contains(r.Form.Get("titles"), title) {
					fmt.Fprint(w, `{"errors":[{"code":"internal_api_error_DBQueryError","text":"a fault"}]}`)
					return
				}
				wiki.ServeHTTP(w, r)
			})},
		})
		return o
	}
	mustSync(t, breaks("The Reds"))
	if diff := cmp.Diff(map[string]string{"Reds": "Red Party"}, redirects(t, folder)); diff != "" {
		t.Error(diff)
	}
	report := mustSync(t, linkedOptions(t, folder, wiki, clock))
	if report.Asked != 1 || len(redirects(t, folder)) != 2 {
		t.Errorf("%+v", report)
	}
	var links strings.Builder
	for i := range 400 {
		fmt.Fprintf(&links, "[[Party %d]]", i)
	}
	wiki.Edit("Election", mediawikitest.Box(links.String()))
	before := describe(t, folder)
	if _, err := mirror.Sync(t.Context(), breaks("Party")); err == nil || !strings.Contains(err.Error(), "fails at") {
		t.Errorf("a wiki that fails at each title: %v", err)
	}
	if describe(t, folder) != before {
		t.Error("the mirror that is read has changed")
	}
}
