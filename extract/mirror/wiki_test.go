package mirror_test

import (
	"encoding/xml"
	"fmt"
	"iter"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
	"hemicycle/schemas/schemastest"
)

// realWiki is a MediaWiki on this machine.
type realWiki struct{ *mediawikitest.RealWiki }

// startWiki makes a MediaWiki with pages. The test is skipped unless HEMICYCLE_WIKI=required is set.
func startWiki(t testing.TB, export string) *realWiki {
	t.Helper()
	return &realWiki{mediawikitest.StartRealWiki(t, filepath.Join("..", ".."), export)}
}

// options returns the options of a sync of the wiki, whose clock does not wait.
func (w *realWiki) options(t testing.TB, folder string) mirror.Options {
	t.Helper()
	client := mediawikitest.NewClient(t, mediawiki.Options{
		API: w.API, OnWarning: func(text string) { t.Error("the wiki warns: ", text) },
	})
	o := mirror.Options{Folder: folder, Client: client, Wiki: "enwiki", Selection: mediawiki.Selection{
		Using: []string{"Infobox election", "Infobox legislative election"},
	}}
	o.LeaveUnsynced()
	return o
}

// exportPage returns a page of an export.
func exportPage(namespace int, title, text string) string {
	var escapedTitle, escaped strings.Builder
	_ = xml.EscapeText(&escapedTitle, []byte(title))
	_ = xml.EscapeText(&escaped, []byte(text))
	return fmt.Sprintf(`<page><title>%s</title><ns>%d</ns><revision><timestamp>2024-05-06T07:08:09Z</timestamp>`+
		`<contributor><username>Writer</username></contributor><model>wikitext</model><format>text/x-wiki</format>`+
		`<text xml:space="preserve">%s</text></revision></page>`+"\n", escapedTitle.String(), namespace, escaped.String())
}

// makeExport returns an export of the templates and of so many pages with a box.
func makeExport(pages int) string {
	var all strings.Builder
	all.WriteString(`<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">` + "\n")
	template := "<includeonly>{{{election_name|}}} {{{module|}}}</includeonly>"
	all.WriteString(exportPage(10, "Template:Infobox election", template))
	all.WriteString(exportPage(10, "Template:Infobox legislative election", template))
	all.WriteString(exportPage(10, "Template:Infobox Election", "#REDIRECT [[Template:Infobox election]]"))
	all.WriteString(exportPage(10, "Template:Wrapped election", "<includeonly>{{Infobox election}}</includeonly>"))
	for n := range pages {
		name := []string{"Infobox election", "infobox Election", "Infobox legislative election"}[n%3]
		text := fmt.Sprintf("{{%s\n| election_name = Election %d\n| seats1 = %d\n}}\n%s", name, n, n,
			strings.Repeat("The '''election''' of [[Arcadia]] was held; Ünïcode & <ref>x</ref>.\n", n%40))
		all.WriteString(exportPage(0, pageTitle(n), text))
	}
	for _, odd := range oddTitles {
		all.WriteString(exportPage(0, odd, "{{Infobox election|election_name=odd}}"))
	}
	all.WriteString(exportPage(0, "A page without a box", "Text."))
	all.WriteString(
		exportPage(0, "How to write a box", "<!-- {{Infobox election}} --><nowiki>{{Infobox election}}</nowiki>"),
	)
	all.WriteString(exportPage(0, "A box through another template", "{{Wrapped election}}"))
	all.WriteString("</mediawiki>\n")
	return all.String()
}

// oddTitles are titles that a request must not change.
var oddTitles = []string{
	`A & B = "C" 100%`, "D'E? (élection) 選挙 🗳", strings.Repeat("é", 127), "Elections/2020/Arcadia", "C++: an election",
}

// mostRequests returns how many requests a sync may take: two to begin with, one for each list and 500 pages of it, and
// one for 50 pages that are gone or fetched.
func mostRequests(lists int, r mirror.Report) int64 {
	batches := func(n int) int { return (n + 49) / 50 }
	gone := r.Deleted + r.Redirected + r.Dropped
	return int64(2 + lists + r.Listed/500 + batches(gone) + batches(r.Fetched))
}

// realPages is how many pages with a box the real wiki has.
const realPages = 200

// A mirror of a real MediaWiki is what MediaWiki itself exports, for no more requests than are needed.
func TestRealWiki(t *testing.T) {
	w := startWiki(t, makeExport(realPages))
	folder := filepath.Join(t.TempDir(), "mirror")
	listed := realPages + len(oddTitles) + 1
	run := func(name string, change func(t *testing.T), want mirror.Report) {
		t.Run(name, func(t *testing.T) {
			change(t)
			report := mustSync(t, w.options(t, folder))
			if most := mostRequests(2, report); report.Requests > most {
				t.Errorf("%d requests, expected at most %d", report.Requests, most)
			}
			want.Requests = report.Requests
			counts(t, name, report, want)
			scratch := t.TempDir()
			mustSync(t, w.options(t, scratch))
			if diff := cmp.Diff(describe(t, scratch), describe(t, folder)); diff != "" {
				t.Error(diff)
			}
			w.checkExport(t, folder)
		})
	}
	t.Run("compressed", func(t *testing.T) {
		if report := mustSync(t, w.options(t, t.TempDir())); report.Bytes > 200*realPages {
			t.Errorf("%d bytes for %d pages: the answers are not compressed", report.Bytes, realPages)
		}
	})
	run("first", func(*testing.T) {}, mirror.Report{Listed: listed, New: listed, Fetched: listed})
	run("nothing", func(*testing.T) {}, mirror.Report{Listed: listed})
	run("edits", func(t *testing.T) {
		for n := range 10 {
			w.Edit(t, pageTitle(n), "{{Infobox election|election_name=edited}}")
		}
	}, mirror.Report{Listed: listed, Changed: 10, Fetched: 10})
	run("a protection", func(t *testing.T) { w.Do(t, "protect", "title="+pageTitle(11), "protections=edit=sysop") },
		mirror.Report{Listed: listed, Changed: 1, Fetched: 1})
	run("moves", func(t *testing.T) {
		w.Do(t, "move", "from="+pageTitle(20), "to=Moved with a redirect")
		w.Do(t, "move", "from="+pageTitle(21), "to=Moved without a redirect", "noredirect=1")
	}, mirror.Report{Listed: listed, Changed: 2, Moved: 2, Fetched: 2})
	run("deletions", func(t *testing.T) {
		for n := 30; n < 34; n++ {
			w.Do(t, "delete", "title="+pageTitle(n))
		}
	}, mirror.Report{Listed: listed - 4, Deleted: 4})
	run("a restoration, and another page in the place of one", func(t *testing.T) {
		w.Do(t, "undelete", "title="+pageTitle(30))
		w.Edit(t, pageTitle(31), "{{Infobox election|election_name=new}}")
	}, mirror.Report{Listed: listed - 2, New: 2, Fetched: 1})
	run("deleted and restored", func(t *testing.T) {
		w.Do(t, "delete", "title="+pageTitle(35))
		w.Do(t, "undelete", "title="+pageTitle(35))
	}, mirror.Report{Listed: listed - 2})
	run("a redirect, and a box that was removed", func(t *testing.T) {
		w.Edit(t, pageTitle(40), "#REDIRECT [["+pageTitle(41)+"]]")
		w.Edit(t, pageTitle(42), "Only prose.")
	}, mirror.Report{Listed: listed - 4, Redirected: 1, Dropped: 1})
	run("a box that was added", func(t *testing.T) { w.Edit(t, "A page without a box", "{{infobox Election|a=b}}") },
		mirror.Report{Listed: listed - 3, New: 1, Fetched: 1})
	run("the template was edited", func(t *testing.T) {
		w.Edit(t, "Template:Infobox election", "<includeonly>{{{election_name}}}</includeonly>")
		w.PHP(t, "runJobs.php")
	}, mirror.Report{Listed: listed - 3})
	run("an item of Wikidata", func(t *testing.T) {
		w.Write(t, "items", pageTitle(50)+"\tQ1234\n")
		w.Do(t, "purge", "titles="+pageTitle(50), "forcelinkupdate=1")
	}, mirror.Report{Listed: listed - 3, Relinked: 1})
	t.Run("selections", func(t *testing.T) { w.checkSelections(t) })
	t.Run("seeded from a dump", func(t *testing.T) { w.checkSeed(t, folder) })
	t.Run("faults", func(t *testing.T) { w.checkFaults(t, folder) })
	t.Run("switches", func(t *testing.T) { w.checkSwitches(t, folder) })
	t.Run("broken rows", func(t *testing.T) { w.checkBrokenRows(t, folder) })
}

// exportedPage is a page as MediaWiki exports it.
type exportedPage struct {
	Title     string `xml:"title"`
	Namespace int    `xml:"ns"`
	ID        int64  `xml:"id"`
	Revision  struct {
		ID        int64     `xml:"id"`
		Timestamp time.Time `xml:"timestamp"`
		Text      string    `xml:"text"`
	} `xml:"revision"`
}

// parseExport returns the pages of an export.
func parseExport(t testing.TB, export string) []exportedPage {
	t.Helper()
	var parsed struct {
		Pages []exportedPage `xml:"page"`
	}
	if err := xml.Unmarshal([]byte(export), &parsed); err != nil {
		t.Fatal(err)
	}
	return parsed.Pages
}

// exportedPages yields the pages of an export to a mirror that is seeded.
func exportedPages(t testing.TB, export string) iter.Seq2[mirror.SeedPage, error] {
	return func(yield func(mirror.SeedPage, error) bool) {
		for _, p := range parseExport(t, export) {
			page := mirror.SeedPage{
				ID: p.ID, Namespace: p.Namespace, Title: p.Title, Revision: p.Revision.ID, Time: p.Revision.Timestamp,
				Text: p.Revision.Text,
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// checkExport compares a mirror with what MediaWiki itself exports of the same pages.
func (w *realWiki) checkExport(t *testing.T, folder string) {
	t.Helper()
	exported := map[int64]exportedPage{}
	for _, p := range parseExport(t, w.PHP(t, "dumpBackup.php", "--current", "--quiet")) {
		exported[p.ID] = p
	}
	m := mustOpen(t, folder)
	for i := range m.Pages {
		p := &m.Pages[i]
		text, err := m.Content(p)
		want := exported[p.ID]
		same := want.Title == p.Title && want.Revision.ID == p.Revision && want.Revision.Timestamp.Equal(p.Time)
		if err != nil || !same || string(text) != want.Revision.Text {
			t.Errorf("page %d is %+v with %q (%v), and is exported as %+v", p.ID, p, text, err, want)
		}
	}
	if len(exported) < len(m.Pages) || len(m.Pages) == 0 {
		t.Errorf("%d pages were exported, the mirror has %d", len(exported), len(m.Pages))
	}
}

// checkSelections lists pages in every way.
func (w *realWiki) checkSelections(t *testing.T) {
	t.Helper()
	w.Edit(t, "An election in a category", "[[Category:Elections in Arcadia]] {{Infobox election}}")
	w.Edit(t, "A list in a category", "[[Category:Elections in Arcadia]]")
	w.Edit(t, "A redirect in a category", "#REDIRECT [[A list in a category]] [[Category:Elections in Arcadia]]")
	o := w.options(t, t.TempDir())
	o.Selection = mediawiki.Selection{
		Categories: []string{"Elections in Arcadia"}, Prefixes: []string{"How to"},
		Titles: append([]string{"A redirect in a category", pageTitle(60), "No such page", "<no title>"}, oddTitles...),
	}
	report := mustSync(t, o)
	counts(t, "selections", report, mirror.Report{
		Requests: 5, Listed: 4 + len(oddTitles), New: 4 + len(oddTitles), Fetched: 4 + len(oddTitles),
	})
	if diff := cmp.Diff([]string{"<no title>", "No such page"}, report.Missing); diff != "" {
		t.Error(diff)
	}
	titles := []string{"a_redirect in a category", "A list in a category", "No such page", pageTitle(40)}
	got, err := o.Client.Resolve(t.Context(), titles)
	want := map[string]string{titles[0]: "A list in a category", titles[3]: pageTitle(41)}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// checkSeed holds that a mirror that is seeded from an export is the one that is fetched.
func (w *realWiki) checkSeed(t *testing.T, folder string) {
	t.Helper()
	mustSync(t, w.options(t, folder))
	seeded := t.TempDir()
	pages := exportedPages(t, w.PHP(t, "dumpBackup.php", "--current", "--quiet"))
	if _, err := mirror.Seed(t.Context(), seeded, "enwiki", pages); err != nil {
		t.Fatal(err)
	}
	report := mustSync(t, w.options(t, seeded))
	if report.Fetched != 0 || report.Requests != mostRequests(2, report) {
		t.Errorf("%d texts were fetched in %d requests", report.Fetched, report.Requests)
	}
	if diff := cmp.Diff(describe(t, folder), describe(t, seeded)); diff != "" {
		t.Error(diff)
	}
}

// checkFaults holds that a fault at every other request changes nothing but the number of requests.
func (w *realWiki) checkFaults(t *testing.T, folder string) {
	t.Helper()
	mustSync(t, w.options(t, folder))
	want := describe(t, folder)
	target, err := url.Parse(w.API)
	if err != nil {
		t.Fatal(err)
	}
	target.Path = ""
	for _, fault := range mediawikitest.Faults {
		if !fault.Passes || fault.NeedsTimeout {
			continue // those two take their time at each request
		}
		proxy := &mediawikitest.Proxy{Next: httputil.NewSingleHostReverseProxy(target), Fault: fault, Every: 2}
		server := httptest.NewServer(proxy)
		o := w.options(t, t.TempDir())
		o.Client = mediawikitest.NewClient(t, mediawiki.Options{API: server.URL + "/api.php"})
		report := mustSync(t, o)
		if most := 2 * mostRequests(2, report); report.Requests > most || proxy.Played() != report.Requests/2 {
			t.Errorf(
				"%s: %d requests and %d faults, expected at most %d",
				fault.Name,
				report.Requests,
				proxy.Played(),
				most,
			)
		}
		got := strings.Replace(describe(t, o.Folder), o.Client.API(), w.API, 1)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", fault.Name, diff)
		}
		server.Close()
	}
}

// checkSwitches holds that a wiki that lags, that has enough or that is down costs requests and no pages.
func (w *realWiki) checkSwitches(t *testing.T, folder string) {
	t.Helper()
	before := describe(t, folder)
	for name, content := range map[string]string{"lag": "9", "limit": "3", "down": ""} {
		w.Write(t, name, content)
		var waits []mediawiki.Wait
		o := w.options(t, folder)
		o.Client = mediawikitest.NewClient(t, mediawiki.Options{
			API: w.API, OnWait: func(wait mediawiki.Wait) {
				waits = append(waits, wait)
				if len(waits) == 3 {
					if err := os.Remove(filepath.Join(w.Folder, name)); err != nil {
						t.Error(err)
					}
				}
			},
		})
		report := mustSync(t, o)
		if len(waits) != 3 || report.Requests != mostRequests(2, report)+3 {
			t.Errorf("%s: %d waits and %d requests", name, len(waits), report.Requests)
		}
		least := map[string]time.Duration{"lag": 5 * time.Second, "limit": 2 * time.Second, "down": time.Second}[name]
		if len(waits) > 0 && waits[0].For != least {
			t.Errorf("%s: it waits %s, expected %s", name, waits[0].For, least)
		}
	}
	w.Write(t, "down", "")
	defer os.Remove(filepath.Join(w.Folder, "down"))
	w.syncFails(t, folder, "could not be asked in 8 tries", "503", "The servers are under maintenance.")
	after := describe(t, folder)
	w.checkSameBut(t, before, after, "An election in a category")
}

// syncFails holds that a sync fails with an error that has some words.
func (w *realWiki) syncFails(t *testing.T, folder string, words ...string) {
	t.Helper()
	_, err := mirror.Sync(t.Context(), w.options(t, folder))
	schemastest.CheckWords(t, err, words...)
}

// checkSameBut compares two descriptions of a mirror, without the lines that name a page.
func (w *realWiki) checkSameBut(t *testing.T, before, after, page string) {
	t.Helper()
	without := func(text string) string {
		var kept []string
		for line := range strings.Lines(text) {
			if !strings.Contains(line, page) {
				kept = append(kept, strings.TrimSpace(line))
			}
		}
		return strings.Join(kept, "\n")
	}
	if diff := cmp.Diff(without(before), without(after)); diff != "" {
		t.Error(diff)
	}
}

// checkBrokenRows holds what becomes of pages whose text the wiki has lost, or stores in another form of Unicode.
func (w *realWiki) checkBrokenRows(t *testing.T, folder string) {
	t.Helper()
	for n := 70; n < 73; n++ {
		w.Edit(t, pageTitle(n), fmt.Sprintf("{{Infobox election|election_name=Cafe\u0301 %d}}", n))
	}
	content := func(n int) string {
		return fmt.Sprintf("(SELECT slot_content_id FROM page JOIN slots ON slot_revision_id = page_latest "+
			"WHERE page_title = '%s')", strings.ReplaceAll(pageTitle(n), " ", "_"))
	}
	w.PHP(t, "sql.php", "--query", "UPDATE content SET content_address = 'tt:999999' WHERE content_id = "+content(70))
	// MediaWiki stores text in the form NFC, and older texts are as they were written.
	w.PHP(t, "sql.php", "--query", "UPDATE text SET old_text = '{{Infobox election|election_name=Cafe\u0301}}' "+
		"WHERE 'tt:' || old_id = (SELECT content_address FROM content WHERE content_id = "+content(71)+")")
	report := mustSync(t, w.options(t, folder))
	if report.Stale != 1 || report.Unverified != 1 || report.Refused != 0 || report.Changed != 3 {
		t.Errorf("the report is %+v", report)
	}
	m := mustOpen(t, folder)
	for i := range m.Pages {
		p := &m.Pages[i]
		text, err := m.Content(p)
		switch p.Title {
		case pageTitle(70):
			if p.Stale == 0 || !strings.Contains(string(text), "Election 70") || err != nil {
				t.Errorf("%+v %q %v", p, text, err)
			}
		case pageTitle(71):
			if !p.Unverified || string(text) != "{{Infobox election|election_name=Caf\u00e9}}" {
				t.Errorf("%+v %q", p, text)
			}
		}
	}
	scratch := t.TempDir()
	fromScratch := mustSync(t, w.options(t, scratch))
	if fromScratch.Refused != 1 || fromScratch.Stale != 0 || len(fromScratch.Failed) != 1 {
		t.Errorf("the report is %+v", fromScratch)
	}
	again := mustSync(t, w.options(t, folder))
	if again.Wanted != 1 || again.Fetched != 0 || again.Snapshot != report.Snapshot {
		t.Errorf("the next report is %+v", again)
	}
}
