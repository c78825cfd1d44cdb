package mirror_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
	"hemicycle/schemas/schemastest"
)

// counts compares the counts of a report, apart from bytes, times and snapshots.
func counts(t *testing.T, what string, got, want mirror.Report) {
	t.Helper()
	ignored := cmpopts.IgnoreFields(
		mirror.Report{},
		"Snapshot",
		"Synced",
		"Bytes",
		"Names",
		"Before",
		"Failed",
		"Missing",
		"Wanted",
		"WantedRequests",
	)
	if diff := cmp.Diff(want, got, ignored); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
}

// Each kind of change is seen, counted, and costs no more requests than it must.
func TestChanges(t *testing.T) {
	wiki, folder := elections(120), t.TempDir()
	wiki.Edit("A page without a box", "text")
	wiki.Edit("A page that shows how a box is written", "<!-- Infobox election -->")
	steps := []struct {
		name   string
		change func()
		want   mirror.Report
	}{
		{"first", func() {}, mirror.Report{Requests: 2 + 1 + 3, Listed: 120, New: 120, Fetched: 120}},
		{"nothing", func() {}, mirror.Report{Requests: 3, Listed: 120}},
		{"edits", func() {
			for n := range 10 {
				wiki.Edit(pageTitle(n), mediawikitest.Box("another"))
			}
		}, mirror.Report{Requests: 4, Listed: 120, Changed: 10, Fetched: 10}},
		{
			"a protection: another revision of the same text",
			func() { wiki.Edit(pageTitle(1), mediawikitest.Box("another")) },
			mirror.Report{Requests: 4, Listed: 120, Changed: 1, Fetched: 1},
		},
		{"moves", func() {
			wiki.Move(pageTitle(20), "Moved with a redirect", true)
			wiki.Move(pageTitle(21), "Moved without", false)
		}, mirror.Report{Requests: 4, Listed: 120, Changed: 2, Moved: 2, Fetched: 2}},
		{"deletions", func() {
			wiki.Delete(pageTitle(30))
			wiki.Delete(pageTitle(31))
		}, mirror.Report{Requests: 4, Listed: 118, Deleted: 2}},
		{"a restoration", func() { wiki.Restore(pageTitle(30)) },
			mirror.Report{Requests: 3, Listed: 119, New: 1}},
		{"another page where one was deleted", func() { wiki.Edit(pageTitle(31), mediawikitest.Box("new")) },
			mirror.Report{Requests: 4, Listed: 120, New: 1, Fetched: 1}},
		{"a page became a redirect, one lost its box", func() {
			wiki.Edit(pageTitle(40), "#REDIRECT [["+pageTitle(41)+"]]")
			wiki.Edit(pageTitle(42), "prose")
		}, mirror.Report{Requests: 4, Listed: 118, Redirected: 1, Dropped: 1}},
		{"a page got a box, by another name", func() { wiki.Edit("A page without a box", "{{Infobox Election|a=b}}") },
			mirror.Report{Requests: 4, Listed: 119, New: 1, Fetched: 1}},
		{"an item of Wikidata, which makes no revision", func() {
			wiki.Change(pageTitle(50), func(p *mediawikitest.Page) { p.Item = "Q123" })
		}, mirror.Report{Requests: 3, Listed: 119, Relinked: 1}},
		{"the template was edited", func() { wiki.Edit(mediawikitest.Template, "another box") },
			mirror.Report{Requests: 3, Listed: 119}},
		{"a revision that is older", func() {
			wiki.Change(
				pageTitle(60),
				func(p *mediawikitest.Page) { p.Newest.ID = 1; p.Newest.Text = mediawikitest.Box("old") },
			)
		}, mirror.Report{Requests: 4, Listed: 119, Changed: 1, Fetched: 1}},
	}
	for _, step := range steps {
		step.change()
		dry := options(t, folder, wiki)
		dry.DryRun = true
		foretold := mustSync(t, dry)
		before := ""
		if m, err := mirror.Open(folder); err == nil {
			before = m.Snapshot()
		}
		got := mustSync(t, options(t, folder, wiki))
		counts(t, step.name, got, step.want)
		if foretold.Wanted != got.Fetched || foretold.Requests+int64(foretold.WantedRequests) != got.Requests {
			t.Errorf("%s: a dry run foretold %d texts and %d more requests than its %d", step.name, foretold.Wanted,
				foretold.WantedRequests, foretold.Requests)
		}
		isSame := cmp.Equal(step.want, mirror.Report{Requests: 3, Listed: step.want.Listed})
		if (before == got.Snapshot) != isSame || got.Before != before {
			t.Errorf("%s: the snapshot was %s and is %s", step.name, before, got.Snapshot)
		}
		if m := mustOpen(t, folder); m.Snapshot() != got.Snapshot {
			t.Errorf("%s: the snapshot is read as %s and was written as %s", step.name, m.Snapshot(), got.Snapshot)
		}
		checkSame(t, folder, wiki)
	}
}

// A wiki that gives few pages at a time costs more requests and gives the same mirror.
func TestSmallLimits(t *testing.T) {
	wiki, folder := elections(60), t.TempDir()
	wiki.ListLimit, wiki.TextLimit = 7, 4
	mustSync(t, options(t, folder, wiki))
	wiki.ListLimit, wiki.TextLimit = 500, 50
	checkSame(t, folder, wiki)
}

// outcome is something that a page can come to.
type outcome struct {
	name       string
	change     func(*mediawikitest.Page)
	refused    string // without an older text
	keepsOlder bool
	stays      bool // the same is said of it without asking again
}

// What a page can come to, and what of it is kept, with an older text and without.
func TestOutcomes(t *testing.T) {
	cases := []outcome{
		{
			name: "the wiki has lost the text", refused: mirror.RefusedNotFetched, keepsOlder: true,
			change: func(p *mediawikitest.Page) { p.Newest.Lost = true },
		},
		{
			name: "no revision is given", refused: mirror.RefusedNotFetched, keepsOlder: true,
			change: func(p *mediawikitest.Page) { p.Withheld = true },
		},
		{
			name: "the wiki fails at it", refused: mirror.RefusedNotFetched, keepsOlder: true,
			change: func(p *mediawikitest.Page) { p.Breaks = true },
		},
		{
			name: "the text is hidden", refused: mirror.RefusedHidden,
			change: func(p *mediawikitest.Page) { p.Newest.Hidden = true },
		},
		{
			name: "another kind of content", refused: mirror.RefusedModel, stays: true,
			change: func(p *mediawikitest.Page) { p.Newest.Model = "json" },
		},
		{
			name: "too large", refused: mirror.RefusedTooLarge, stays: true,
			change: func(p *mediawikitest.Page) { p.Newest.Text += strings.Repeat("x", 17<<20) },
		},
	}
	for _, c := range cases {
		for _, hasOlder := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, older text: %t", c.name, hasOlder), func(t *testing.T) {
				c.check(t, hasOlder)
			})
		}
	}
}

// check lets a page come to an outcome, with an older text in the mirror or without.
func (c *outcome) check(t *testing.T, hasOlder bool) {
	wiki, folder := elections(3), t.TempDir()
	if hasOlder {
		mustSync(t, options(t, folder, wiki))
	}
	wiki.Edit(pageTitle(1), mediawikitest.Box("newer"))
	wiki.Change(pageTitle(1), c.change)
	report := mustSync(t, options(t, folder, wiki))
	m := mustOpen(t, folder)
	p := m.Pages[1]
	isKept := c.keepsOlder && hasOlder
	if isKept {
		text, err := m.Content(&p)
		isOlder := err == nil && string(text) == mediawikitest.Box("of 1")
		if !isOlder || p.Stale == 0 || p.Refused != "" || report.Stale != 1 {
			t.Errorf("the page is %+v with the text %q, %v", p, text, err)
		}
	} else if p.Refused != c.refused || p.Text != "" || p.Stale != 0 || report.Refused != 1 {
		t.Errorf("the page is %+v", p)
	}
	older := fmt.Sprintf("%x.zst", sha256.Sum256([]byte(mediawikitest.Box("of 1"))))
	for _, path := range textFiles(t, folder) {
		if filepath.Base(path) == older && c.refused == mirror.RefusedHidden {
			t.Error("the older text is still there, though it may be what is hidden now")
		}
	}
	if len(report.Failed) != 1 && !c.stays {
		t.Errorf("the report names the failures %v", report.Failed)
	}
	again := mustSync(t, options(t, folder, wiki))
	if wantsMore := again.Wanted > 0; wantsMore == c.stays {
		t.Errorf("the next sync asks for %d texts", again.Wanted)
	}
	if again.Snapshot != report.Snapshot || again.Changed != 0 || again.New != 0 {
		t.Errorf("the mirror changed without a change of the wiki: %+v", again)
	}
	wiki.Edit(pageTitle(1), mediawikitest.Box("whole"))
	wiki.Change(pageTitle(1), func(p *mediawikitest.Page) { p.Breaks, p.Withheld = false, false })
	mustSync(t, options(t, folder, wiki))
	checkSame(t, folder, wiki)
}

// A page without any text is a page.
func TestEmptyPage(t *testing.T) {
	wiki, folder := elections(2), t.TempDir()
	wiki.Edit("Empty", "")
	o := options(t, folder, wiki)
	o.Selection.Titles = []string{"Empty"}
	counts(t, "first", mustSync(t, o), mirror.Report{Requests: 5, Listed: 3, New: 3, Fetched: 3})
	counts(t, "again", mustSync(t, o), mirror.Report{Requests: 4, Listed: 3})
	s := mustOpenSource(t, folder)
	if got := rangeOver(t, s, -1); len(got) != 3 || s.Account().WithoutBox != 1 {
		t.Errorf("%d events, %+v", len(got), s.Account())
	}
}

// A title that is longer than MediaWiki lets any be is refused, and does not grow without a limit on disk.
func TestLongTitle(t *testing.T) {
	wiki, folder := elections(2), t.TempDir()
	wiki.Edit(strings.Repeat("é", 100_000), mediawikitest.Box("a"))
	report := mustSync(t, options(t, folder, wiki))
	m := mustOpen(t, folder)
	if p := m.Pages[2]; p.Refused != mirror.RefusedTooLarge || len(p.Title) > 2000 || report.Refused != 1 {
		t.Errorf("the page is refused for %q with a title of %d bytes", p.Refused, len(p.Title))
	}
	for event, err := range mustOpenSource(t, folder).Events(t.Context()) {
		if d := event.Document; (err != nil) != (*d.PageID == m.Pages[2].ID) || len(d.Title) > 255 {
			t.Errorf("page %d has a title of %d bytes, %v", *d.PageID, len(d.Title), err)
		}
	}
	if again := mustSync(t, options(t, folder, wiki)); again.Wanted != 0 || again.Snapshot != report.Snapshot {
		t.Errorf("the next report is %+v", again)
	}
}

// A page at which the wiki fails costs nobody else their text, and the next time not even requests.
func TestBatchIsHalved(t *testing.T) {
	wiki, folder := elections(50), t.TempDir()
	wiki.Change(pageTitle(17), func(p *mediawikitest.Page) { p.Breaks = true })
	first := mustSync(t, options(t, folder, wiki))
	if first.Fetched != 49 || first.Refused != 1 {
		t.Errorf("%d texts were fetched and %d refused", first.Fetched, first.Refused)
	}
	if again := mustSync(t, options(t, folder, wiki)); again.Requests != 3+3 {
		t.Errorf("%d requests the next time, expected 3 and three tries", again.Requests)
	}
}

// A wiki that fails at everything is out of order. That says nothing of its pages, and it is not asked much longer.
func TestOutage(t *testing.T) {
	wiki, folder := elections(300), t.TempDir()
	for n := range 300 {
		wiki.Change(pageTitle(n), func(p *mediawikitest.Page) { p.Breaks = true })
	}
	report, err := mirror.Sync(t.Context(), options(t, folder, wiki))
	schemastest.CheckWords(t, err, "the wiki fails at whatever is asked for", "internal_api_error")
	if report.Requests > 100 {
		t.Errorf("%d requests to a wiki that is out of order", report.Requests)
	}
	for n := range 300 {
		wiki.Change(pageTitle(n), func(p *mediawikitest.Page) { p.Breaks = n%30 == 0 })
	}
	if report := mustSync(t, options(t, folder, wiki)); report.Fetched != 290 || report.Refused != 10 {
		t.Errorf("%d texts were fetched and %d refused", report.Fetched, report.Refused)
	}
	// Pages that failed before are left as they are.
	if report := mustSync(t, options(t, folder, wiki)); report.Refused != 10 || report.Requests > 100 {
		t.Errorf("%d refused after %d requests", report.Refused, report.Requests)
	}
}

// A text whose digest is not the one that the wiki tells is kept: the API gives text in another form of Unicode.
func TestUnverified(t *testing.T) {
	wiki, folder := elections(3), t.TempDir()
	proxy := &mediawikitest.Proxy{Next: wiki, Fault: mediawikitest.TextFaults[1], Every: 1}
	o := options(t, folder, wiki)
	o.Client = mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: proxy},
	})
	report := mustSync(t, o)
	if m := mustOpen(t, folder); report.Unverified != 3 || !m.Pages[0].Unverified || report.Fetched != 3 {
		t.Errorf("the report is %+v", report)
	}
	if again := mustSync(t, options(t, folder, wiki)); again.Fetched != 0 {
		t.Error("the texts are fetched again")
	}
}

// A page that was deleted after it was listed, or became a redirect, is left out.
func TestGoneBetween(t *testing.T) {
	wiki, folder := elections(4), t.TempDir()
	o := options(t, folder, wiki)
	mustSync(t, o)
	wiki.Edit(pageTitle(0), mediawikitest.Box("changed"))
	wiki.Edit(pageTitle(1), mediawikitest.Box("changed"))
	wiki.Edit(pageTitle(9), mediawikitest.Box("new"))
	o.OnProgress = nil
	race := &afterListing{wiki: wiki, then: func() {
		wiki.Delete(pageTitle(0))
		wiki.Edit(pageTitle(1), "#REDIRECT [[A]]")
		wiki.Delete(pageTitle(9))
	}}
	o.Client = mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: race},
	})
	report := mustSync(t, o)
	if report.Deleted != 1 || report.Redirected != 1 || report.New != 0 {
		t.Errorf("the report is %+v", report)
	}
	checkSame(t, folder, wiki)
}

// A fault at every other request changes nothing but the number of requests.
func TestFaultsAtEveryOtherRequest(t *testing.T) {
	wiki := elections(60)
	want := fromNothing(t, wiki)
	for _, fault := range mediawikitest.Faults {
		if !fault.Passes {
			continue
		}
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			proxy := &mediawikitest.Proxy{Next: wiki, Fault: fault, Every: 2}
			o := mirror.Options{Folder: t.TempDir(), Selection: box}
			api := mediawiki.Options{
				API:       "https://wiki.example/w/api.php",
				Transport: mediawikitest.Transport{Handler: proxy},
			}
			if fault.NeedsServer {
				server := httptest.NewServer(proxy)
				defer server.Close()
				defer server.CloseClientConnections()
				api = mediawiki.Options{API: server.URL, TryTimeout: fault.Timeout()}
			}
			o.Client = mediawikitest.NewClient(t, api)
			report := mustSync(t, o)
			isExpected := report.Requests == 2*5 && proxy.Played() == 5
			if !isExpected && !(fault.NeedsTimeout && report.Requests > 2*5) { // a busy machine may need more

				t.Errorf("%d requests and %d faults, expected 10 and 5", report.Requests, proxy.Played())
			}
			got := strings.Replace(describe(t, o.Folder), api.API, "https://wiki.example/w/api.php", 1)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// An answer whose pages come without revisions is asked for once more.
func TestNoRevisions(t *testing.T) {
	wiki, folder := elections(60), t.TempDir()
	// Requests: site, names, list, two batches (the second without revisions), and that one again.
	proxy := &mediawikitest.Proxy{Next: wiki, Fault: mediawikitest.TextFaults[0], Every: 100, After: 4}
	o := options(t, folder, wiki)
	o.Client = mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: proxy},
	})
	if report := mustSync(t, o); report.Requests != 6 || report.Fetched != 60 {
		t.Errorf("the report is %+v", report)
	}
	checkSame(t, folder, wiki)
}

// A fault that lasts ends the sync; what is read stays as it was, and the next sync fetches only the rest.
func TestLastingFault(t *testing.T) {
	wiki, folder := elections(200), t.TempDir()
	mustSync(t, options(t, folder, wiki))
	before := describe(t, folder)
	for n := range 200 {
		wiki.Edit(pageTitle(n), mediawikitest.Box("changed"))
	}
	wiki.Delete(pageTitle(7))
	failing := func(fault mediawikitest.Fault, after int64) {
		t.Helper()
		proxy := &mediawikitest.Proxy{Next: wiki, Fault: fault, Every: 1, After: after}
		o := options(t, folder, wiki)
		o.Client = mediawikitest.NewClient(t, mediawiki.Options{
			API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: proxy},
		})
		if _, err := mirror.Sync(t.Context(), o); err == nil {
			t.Fatalf("%s after %d requests is no error", fault.Name, after)
		}
		if diff := cmp.Diff(before, describe(t, folder)); diff != "" {
			t.Fatalf("%s after %d requests: %s", fault.Name, after, diff)
		}
	}
	const untilFetch = 4 // requests: the site, the names, the list, and why a page is gone
	for _, fault := range mediawikitest.Faults {
		for after := range int64(untilFetch + 1) {
			if !fault.NeedsServer {
				failing(fault, after)
			}
		}
	}
	for range 3 {
		failing(mediawikitest.Faults[0], untilFetch+1)
	}
	report := mustSync(t, options(t, folder, wiki))
	if report.Changed != 199 || report.Fetched != 49 {
		t.Errorf("%d changed, and %d were fetched after three batches of 50", report.Changed, report.Fetched)
	}
	checkSame(t, folder, wiki)
}

// Two syncs of one mirror do not run at a time.
func TestLock(t *testing.T) {
	wiki, folder := elections(3), t.TempDir()
	o := options(t, folder, wiki)
	race := &afterListing{wiki: wiki, then: func() {
		for _, isDry := range []bool{false, true} {
			other := options(t, folder, wiki)
			other.DryRun = isDry
			_, err := mirror.Sync(context.Background(), other)
			var busy *mirror.BusyError
			if !errors.As(err, &busy) || other.Client.Stats().Requests != 0 {
				t.Errorf("the error is %v after %d requests", err, other.Client.Stats().Requests)
			}
		}
	}}
	o.Client = mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: race},
	})
	mustSync(t, o)
	mustSync(t, options(t, folder, wiki))
}

// A dry run leaves no byte, whether there is a mirror or not.
func TestDryRun(t *testing.T) {
	wiki, folder := elections(70), filepath.Join(t.TempDir(), "below", "mirror")
	dry := options(t, folder, wiki)
	dry.DryRun = true
	report := mustSync(t, dry)
	counts(t, "first", report, mirror.Report{Requests: 3, Listed: 70, New: 70})
	if report.Wanted != 70 || report.WantedRequests != 2 {
		t.Errorf("it wants %d texts in %d requests", report.Wanted, report.WantedRequests)
	}
	if _, err := os.Stat(filepath.Dir(folder)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a dry run made a folder: %v", err)
	}
	mustSync(t, options(t, folder, wiki))
	if err := os.WriteFile(filepath.Join(folder, "journal"), []byte("cut li"), 0o644); err != nil {
		t.Fatal(err)
	}
	before := filesBelow(t, folder)
	wiki.Edit(pageTitle(3), mediawikitest.Box("changed"))
	wiki.Delete(pageTitle(4))
	counts(t, "second", mustSync(t, dry), mirror.Report{Requests: 3, Listed: 69, Changed: 1})
	if diff := cmp.Diff(before, filesBelow(t, folder)); diff != "" {
		t.Error(diff)
	}
}

// A mirror is of one wiki.
func TestOtherWiki(t *testing.T) {
	wiki, folder := elections(3), t.TempDir()
	o := options(t, folder, wiki)
	o.Wiki = "enwiki"
	_, err := mirror.Sync(t.Context(), o)
	var other *mirror.OtherWikiError
	if !errors.As(err, &other) {
		t.Errorf("the error is %v", err)
	}
	schemastest.CheckWords(t, err, "https://wiki.example/w/api.php says that it is testwiki", "expected enwiki")
	o.Wiki = "testwiki"
	mustSync(t, o)
	before := describe(t, folder)
	for _, change := range []func(*mediawikitest.Wiki){
		func(w *mediawikitest.Wiki) { w.Name = "otherwiki" },
		func(w *mediawikitest.Wiki) { w.Base = "https://elsewhere.example" }, // two wikis may share a name
	} {
		otherWiki := elections(1)
		change(otherWiki)
		if _, err := mirror.Sync(t.Context(), options(t, folder, otherWiki)); !errors.As(err, &other) {
			t.Errorf("the error is %v", err)
		}
	}
	if diff := cmp.Diff(before, describe(t, folder)); diff != "" {
		t.Error(diff)
	}
}

// A wiki without any of the templates is no wiki without elections.
func TestNoTemplate(t *testing.T) {
	wiki := elections(3)
	o := options(t, t.TempDir(), wiki)
	o.Selection = mediawiki.Selection{Using: []string{"Infobox Wahl"}}
	_, err := mirror.Sync(t.Context(), o)
	schemastest.CheckWords(t, err, "has none of the templates Infobox Wahl")
}

// Another selection makes the list anew and keeps the texts.
func TestOtherSelection(t *testing.T) {
	wiki, folder := elections(60), t.TempDir()
	wiki.Edit("A list", "[[Category:Elections]]")
	mustSync(t, options(t, folder, wiki))
	o := options(t, folder, wiki)
	o.Selection = mediawiki.Selection{
		Using: []string{"Infobox Election", "Infobox election"}, Categories: []string{"Elections"},
		Titles: []string{pageTitle(4), "Nowhere"},
	}
	report := mustSync(t, o)
	counts(t, "wider", report, mirror.Report{Requests: 6, Listed: 61, New: 1, Fetched: 1})
	if diff := cmp.Diff([]string{"Nowhere"}, report.Missing); diff != "" {
		t.Error(diff)
	}
	want := map[string]string{"Infobox election": "Infobox Election", "Infobox Election": "Infobox Election"}
	if diff := cmp.Diff(want, report.Names); diff != "" {
		t.Error(diff)
	}
	o.Selection = mediawiki.Selection{Titles: []string{pageTitle(4)}}
	wiki.Edit(pageTitle(5), mediawikitest.Box("edited"))
	// The others are not gone, so the wiki is not asked what became of them, and their texts stay.
	counts(t, "one page", mustSync(t, o), mirror.Report{Requests: 2, Listed: 1, Dropped: 60})
	o = options(t, folder, wiki)
	counts(t, "as before", mustSync(t, o), mirror.Report{Requests: 4, Listed: 60, New: 59, Fetched: 1})
	checkSame(t, folder, wiki)
}

// A mirror that is young enough is not asked for.
func TestMaxAge(t *testing.T) {
	wiki, folder := elections(3), t.TempDir()
	clock := new(mediawikitest.Clock)
	o := options(t, folder, wiki)
	o.Client = mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: wiki}, Clock: clock,
	})
	o.MaxAge = time.Hour
	first := mustSync(t, o)
	if first.IsFresh {
		t.Error("a mirror that is not there is fresh")
	}
	if err := clock.Sleep(t.Context(), 59*time.Minute); err != nil {
		t.Fatal(err)
	}
	second := mustSync(t, o)
	if !second.IsFresh || second.Requests != 0 || second.Snapshot != first.Snapshot ||
		!second.Synced.Equal(first.Synced) {
		t.Errorf("the report is %+v", second)
	}
	narrow := o
	narrow.Selection.Titles = []string{pageTitle(1)}
	if report := mustSync(t, narrow); report.IsFresh {
		t.Error("a mirror of another selection is fresh")
	}
	mustSync(t, o)
	if err := clock.Sleep(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	if report := mustSync(t, o); report.IsFresh || report.Requests == 0 {
		t.Error("a mirror that is too old is fresh")
	}
}

// A text that is lost, cut, or altered on disk is noticed when it is read, and fetched again by the next sync.
func TestDamagedTexts(t *testing.T) {
	wiki, folder := elections(5), t.TempDir()
	mustSync(t, options(t, folder, wiki))
	damages := []func(path string) error{
		os.Remove,
		func(path string) error { return os.Truncate(path, 0) },
		func(path string) error { return os.Truncate(path, 10) },
		func(path string) error { return os.WriteFile(path, []byte("no zstd at all"), 0o644) },
	}
	paths := textFiles(t, folder)
	for i, damage := range damages {
		if err := damage(paths[i]); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(paths[4])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(paths[0], content, 0o644); err != nil { // a whole text under the name of another
		t.Fatal(err)
	}
	m := mustOpen(t, folder)
	damaged := 0
	for i := range m.Pages {
		_, err := m.Content(&m.Pages[i])
		var e *mirror.DamagedError
		if errors.As(err, &e) {
			damaged++
		}
	}
	if damaged != 4 {
		t.Errorf("%d texts are damaged, expected 4", damaged)
	}
	counts(
		t,
		"repair",
		mustSync(t, options(t, folder, wiki)),
		mirror.Report{Requests: 4, Listed: 5, Lost: 4, Fetched: 4},
	)
	checkSame(t, folder, wiki)
}

// A folder that was never filled says so, and one whose pages are damaged says where.
func TestOpenErrors(t *testing.T) {
	folder := t.TempDir()
	_, err := mirror.Open(folder)
	var empty *mirror.NotFilledError
	if !errors.As(err, &empty) {
		t.Errorf("the error is %v", err)
	}
	mustSync(t, options(t, folder, elections(3)))
	path := filepath.Join(folder, "pages.jsonl")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(content), "\n")
	digest := strings.Repeat("0", 64)
	cases := map[string]string{
		"":                                       "pages.jsonl:1 is not as it was written",
		strings.Join(lines, "")[:len(content)-3]: "pages.jsonl:4 is not as it was written",
		lines[0] + lines[2] + lines[1]:           "stands behind page",
		lines[0] + "{}\n":                        "there is no page 0",
		lines[0] + `{"id":1,"text":"../../../etc/passwd"}` + "\n":            "is no digest",
		lines[0] + `{"id":1}` + "\n":                                         "has no text and no reason",
		lines[0] + `{"id":1,"bytes":99999999999,"text":"` + digest + "\"}\n": "has 99999999999 bytes",
		lines[0] + strings.Repeat("x", 1<<20) + "\n":                         "a line has more than",
		strings.Replace(lines[0], `"format":1`, `"format":2`, 1):             "has the format 2, and this program knows 1",
	}
	for content, words := range cases {
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := mirror.Open(folder)
		schemastest.CheckWords(t, err, words)
	}
}

// The progress of a sync names all pages in the end.
func TestProgress(t *testing.T) {
	wiki := elections(120)
	o := options(t, t.TempDir(), wiki)
	var last mirror.Progress
	told := 0
	o.OnProgress = func(p mirror.Progress) {
		last = p
		told++
	}
	mustSync(t, o)
	want := mirror.Progress{Doing: "fetching", Done: 120, Total: 120, Requests: 6}
	if diff := cmp.Diff(want, last); diff != "" || told < 4 {
		t.Errorf("it was told %d times: %s", told, diff)
	}
}
