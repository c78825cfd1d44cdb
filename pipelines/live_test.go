package pipelines

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
	"hemicycle/load"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// livePipeline returns a wiki with so many pages that have an election, and a pipeline that asks it.
func livePipeline(t *testing.T, pages int) (*mediawikitest.Wiki, *Pipeline) {
	t.Helper()
	w := mediawikitest.NewWiki()
	for i := range pages {
		w.Edit(fmt.Sprintf("%d Elbonian election", 1900+i), elbonianBox(i))
	}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	return w, &Pipeline{
		Name: "live", Sinks: []string{load.Parquet}, Sources: []Source{{
			Name: "elbonian", Wiki: w.Name,
			Live: &Live{API: server.URL + "/w/api.php", Contact: "elections@example.org", Rate: 60},
		}},
	}
}

// elbonianBox returns the text of a page.
func elbonianBox(seats int) string {
	return fmt.Sprintf("{{Infobox election\n| country = Elbonia\n| party1 = Red\n| seats1 = %d\n}}\n", 10+seats)
}

// liveOptions returns options with which nobody waits.
func liveOptions() Options {
	return Options{Live: LiveOptions{clock: &mediawikitest.Clock{}}}
}

// A run asks the wiki and publishes; a second one asks what has changed, and publishes only if something has.
func TestLiveRuns(t *testing.T) {
	w, p := livePipeline(t, 12)
	o := liveOptions()
	outcome, output := mustRun(t, p, o)
	if c := outcome.Manifest.Counts; !outcome.Published || c.Elections != 12 || c.Documents != 12 {
		t.Fatalf("the first run gave %+v", c)
	}
	input := outcome.Manifest.Inputs[0]
	scan := input.Mirror
	if input.Format != mirror.Format || scan == nil || scan.Listed != 12 || scan.New != 12 || scan.Requests == 0 ||
		scan.Snapshot != input.SHA256 || scan.SyncedAt.IsZero() {
		t.Errorf("the manifest says of the wiki %+v %+v", input, scan)
	}
	first := outcome.Manifest.Run

	o.Output = output
	before := len(w.Requests())
	if outcome, _ = mustRun(t, p, o); !outcome.Unchanged || outcome.Manifest.Run != first {
		t.Errorf("an unchanged wiki gave %+v", outcome)
	}
	if n := len(w.Requests()) - before; n == 0 || n > 5 {
		t.Errorf("%d requests to an unchanged wiki", n)
	}

	w.Edit("1905 Elbonian election", elbonianBox(50))
	w.Delete("1906 Elbonian election")
	outcome, _ = mustRun(t, p, o)
	if scan := outcome.Manifest.Inputs[0].Mirror; outcome.Unchanged || scan.Changed != 1 || scan.Deleted != 1 ||
		outcome.Manifest.Counts.Elections != 11 {
		t.Errorf("after an edit and a deletion: %+v, %+v", outcome.Manifest.Counts, scan)
	}

	// What the tables hold is what a first run would make of the wiki.
	o.Output = t.TempDir()
	scratch, _ := mustRun(t, p, o)
	got, want := filesOf(t, outcome), filesOf(t, scratch)
	if len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("the files are %q, and %q in a run from nothing", got, want)
	}

	o.Output, o.Republish = output, true
	if again, _ := mustRun(t, p, o); again.Unchanged || again.Manifest.Run == outcome.Manifest.Run {
		t.Error("--republish published nothing")
	}
}

// filesOf returns the tables of a version with their digests, without runs, which has times.
func filesOf(t *testing.T, outcome *Outcome) (all []string) {
	t.Helper()
	for _, f := range outcome.Manifest.Files {
		// What the run says of itself, and what differs from the version before, is left out.
		if f.Table != "runs" && f.Table != "changes" && !describesRun(f.Path) {
			path, _ := strings.CutPrefix(f.Path, "parquet/")
			all = append(all, path+" "+f.SHA256)
		}
	}
	return all
}

// noNetwork fails the test if anything is asked.
type noNetwork struct{ t *testing.T }

func (n noNetwork) RoundTrip(r *http.Request) (*http.Response, error) {
	n.t.Errorf("%s was asked", r.URL)
	return nil, errors.New("there is no network")
}

// Offline, a run reads the mirror as it is. With a maximal age, it asks nothing of a mirror that is younger.
func TestLiveRunsThatAskNothing(t *testing.T) {
	w, p := livePipeline(t, 3)
	o := liveOptions()
	o.Live.transport, o.Live.Offline = noNetwork{t}, true
	o.Output, o.Log = t.TempDir(), quiet()
	if _, err := Run(t.Context(), p, o); !errors.As(err, new(*mirror.NotFilledError)) {
		t.Errorf("without a mirror: %v", err)
	}
	filled := liveOptions()
	filled.Output = o.Output
	first, _ := mustRun(t, p, filled)
	w.Edit("1900 Elbonian election", elbonianBox(7))
	if outcome, _ := mustRun(t, p, o); !outcome.Unchanged || outcome.Manifest.Run != first.Manifest.Run {
		t.Errorf("offline: %+v", outcome)
	}
	o.Live.Offline, o.Live.MaxAge = false, time.Hour
	if outcome, _ := mustRun(t, p, o); !outcome.Unchanged {
		t.Errorf("with a young mirror: %+v", outcome)
	}
	o.Live.transport = nil
	o.Live.clock = &mediawikitest.Clock{}
	if err := o.Live.clock.Sleep(t.Context(), 2*time.Hour); err != nil {
		t.Fatal(err)
	}
	if outcome, _ := mustRun(t, p, o); outcome.Unchanged || outcome.Manifest.Inputs[0].Mirror.Changed != 1 {
		t.Errorf("with an old mirror: %+v", outcome)
	}
}

// A dry run says what would be fetched, and leaves no byte.
func TestLiveDryRun(t *testing.T) {
	_, p := livePipeline(t, 3)
	o := liveOptions()
	o.Output, o.Log = filepath.Join(t.TempDir(), "out"), quiet()
	synced, err := SyncMirrors(t.Context(), p, o, true)
	if err != nil || len(synced) != 1 || synced[0].Wanted != 3 || synced[0].Source != "elbonian" {
		t.Fatalf("got %+v, %v", synced, err)
	}
	if _, err := os.Lstat(o.Output); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a dry run made %s: %v", o.Output, err)
	}
}

// Pages of which the wiki does not give the newest text are read in an older one, and make the run doubtful unless the
// pipeline allows them.
func TestLiveStalePages(t *testing.T) {
	w, p := livePipeline(t, 3)
	o := liveOptions()
	_, o.Output = mustRun(t, p, o)
	w.Edit("1901 Elbonian election", elbonianBox(30))
	w.Change("1901 Elbonian election", func(p *mediawikitest.Page) { p.Newest.Lost = true })
	outcome, _ := mustRun(t, p, o)
	if !outcome.Published || !outcome.StaleExcess || outcome.Stale != 1 || outcome.Manifest.Status != StatusDoubtful ||
		outcome.Manifest.Counts.Elections != 3 {
		t.Errorf("got %+v", outcome)
	}
	p.Allow.Stale = 1
	if outcome, _ = mustRun(t, p, o); outcome.Unchanged || outcome.StaleExcess || outcome.Manifest.Status != StatusDone {
		t.Errorf("with an allowance: %+v", outcome)
	}
}

// A run that holds the mirror keeps others away, and a wiki that is another is refused before anything is changed.
func TestLiveRefusals(t *testing.T) {
	w, p := livePipeline(t, 3)
	o := liveOptions()
	o.Output, o.Log = t.TempDir(), quiet()
	w.Name = "dewiki"
	if _, err := Run(t.Context(), p, o); !errors.As(err, new(*mirror.OtherWikiError)) ||
		!strings.Contains(err.Error(), "says that it is dewiki") || !strings.Contains(err.Error(), "expected testwiki") {
		t.Errorf("another wiki: %v", err)
	}
	w.Name = "testwiki"
	p.Sources[0].Live.Contact = ""
	if _, err := Run(t.Context(), p, o); err == nil || !strings.Contains(err.Error(), "whom to write to") {
		t.Errorf("without a contact: %v", err)
	}
	// The contact of the command line takes precedence over the pipeline's, and that over the default.
	for _, c := range []struct{ given, own, byDefault, want string }{
		{"", "", "c@example.org", "c@example.org"}, {"", "b@example.org", "c@example.org", "b@example.org"},
		{"a@example.org", "b@example.org", "c@example.org", "a@example.org"},
	} {
		o.Live.Contact, p.Sources[0].Live.Contact, o.Live.DefaultContact = c.given, c.own, c.byDefault
		mustRun(t, p, o)
		if agents := w.Agents(); !strings.Contains(agents[len(agents)-1], c.want) {
			t.Errorf("%+v: the requests came from %q", c, agents)
		}
	}
}

// The folder of a mirror is within the one of the mirrors, whatever the name of the source is.
func TestMirrorName(t *testing.T) {
	for source, want := range map[string]string{
		"enwiki": "enwiki", "source 1": "source 1", "..": "_.", "a/../b": "a_.._b", `\\x`: "__x", ".hidden": "_hidden",
		"a\x00b": "a_b",
	} {
		if got := mirrorName(source); got != want {
			t.Errorf("%q: got %q, expected %q", source, got, want)
		}
	}
}

// Two sources cannot have one mirror: the first would be read as the second left it.
func TestSourcesHaveMirrorsOfTheirOwn(t *testing.T) {
	_, p := livePipeline(t, 1)
	p.Sources = append(p.Sources, p.Sources[0])
	p.Sources[0].Name, p.Sources[1].Name = "a/b", "a_b"
	o := liveOptions()
	o.Output, o.Log = t.TempDir(), quiet()
	if _, err := Run(t.Context(), p, o); err == nil || !strings.Contains(err.Error(), "a/b and a_b have the same mirror") {
		t.Errorf("got %v", err)
	}
	o.Live.Offline = true
	p.Sources[1].Name = "another"
	if _, err := Run(t.Context(), p, o); !errors.As(err, new(*mirror.NotFilledError)) {
		t.Errorf("with another name: %v", err)
	}
}

// Pages that are named by their titles are read alone, whatever else the pipeline selects, and boxes under the names of
// redirects are known.
func TestCheckPages(t *testing.T) {
	w, p := livePipeline(t, 5)
	w.Edit("Template:Infobox vote", "#REDIRECT [[Template:Infobox election]]")
	w.Edit("Another election", strings.Replace(elbonianBox(1), "Infobox election", "Infobox vote", 1))
	o := liveOptions()
	o.Log = quiet()
	asked := []string{"1903 Elbonian election", "Another election"}
	var titles []string
	err := CheckPages(t.Context(), p, asked, o, CheckOptions{}, func(c Checked) error {
		if c.Document != nil {
			titles = append(titles, fmt.Sprint(c.Document.Title, " ", len(c.Elections)))
		}
		return nil
	})
	if err != nil || !slices.Equal(titles, []string{"1903 Elbonian election 1", "Another election 1"}) {
		t.Errorf("got %q, %v", titles, err)
	}
	for _, refused := range []string{"A|B", "", "#"} {
		if _, err := p.WithPages([]string{refused}); err == nil {
			t.Errorf("the title %q is not refused", refused)
		}
	}
	if _, err := mixture(1).of(load.Parquet).WithPages([]string{"X"}); err == nil {
		t.Error("a pipeline without a live wiki takes a title")
	}
}

// The pages of a version are all those of the live wiki, each with what became of it.
func TestPagesOfALiveWiki(t *testing.T) {
	w, p := livePipeline(t, 6)
	p.Allow = Allowance{Rejects: 9, Stale: 9}
	o := liveOptions()
	_, output := mustRun(t, p, o)
	title := func(i int) string { return fmt.Sprintf("%d Elbonian election", 1900+i) }
	w.Edit(title(1), "A text that {{Infobox election (old)}} is not the box of.")
	w.Edit(title(2), elbonianBox(50))
	w.Change(title(2), func(p *mediawikitest.Page) { p.Newest.Hidden = true })
	w.Change(title(3), func(p *mediawikitest.Page) { p.Newest.Model = "json" })
	w.Edit(title(4), elbonianBox(50))
	w.Change(title(4), func(p *mediawikitest.Page) { p.Withheld = true })
	w.Change(title(5), func(p *mediawikitest.Page) { p.Item = "Q42" })
	p.Sources[0].Live.Titles = nil
	for i := range 6 {
		p.Sources[0].Live.Titles = append(p.Sources[0].Live.Titles, title(i))
	}
	var pages []schemas.Page
	o.Output, o.Each = output, func(r schemas.Record) {
		if r.Page != nil {
			pages = append(pages, *r.Page)
		}
	}
	outcome, _ := mustRun(t, p, o)
	want := map[string]string{
		title(0): "read 1", title(1): "without_box 0", title(2): "rejected 0", title(3): "not_wikitext 0",
		title(4): "stale 1", title(5): "read 1 Q42",
	}
	got := map[string]string{}
	for _, p := range pages {
		got[p.Title] = strings.TrimSpace(fmt.Sprint(p.State, " ", p.Elections, " ", p.WikidataQID))
		hasNewest := p.NewestRevisionID != nil
		if p.Wiki != w.Name || p.ID == nil || p.RevisionID == nil || hasNewest != (p.State == "stale") {
			t.Errorf("%+v", p)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(pages) != 6 {
		t.Errorf("%d pages (-expected +found):\n%s", len(pages), diff)
	}
	for _, f := range outcome.Manifest.Files {
		if f.Table == "pages" && f.Rows != 6 {
			t.Errorf("%s has %d rows", f.Path, f.Rows)
		}
	}
}

// The redirects through which the boxes of a live wiki link are in its tables, and those to other pages are not.
func TestRedirectsOfALiveWiki(t *testing.T) {
	w, p := livePipeline(t, 3)
	p.Sources[0].Live.Redirects = true
	w.Edit("Red", "#REDIRECT [[The Reds]]") // the box has the bare name, which its template links
	w.Edit("Blue", "#REDIRECT [[The Blues]]")
	w.Edit("1904 vote", "#REDIRECT [[1902 Elbonian election]]")
	w.Edit("1901 Elbonian election",
		elbonianBox(5)+"{{Infobox Election|country=Elbonia|next_election=[[1904_vote#A|1904]]}}")
	p.Sinks = []string{load.JSONLines}
	redirects := func(output string) string {
		t.Helper()
		content, err := os.ReadFile(filepath.Join(output, "jsonl", "redirects.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	const (
		toElection = `{"wiki":"testwiki","from_title":"1904 vote","to_title":"1902 Elbonian election"}` + "\n"
		toParty    = `{"wiki":"testwiki","from_title":"Red","to_title":"The Reds"}` + "\n"
	)
	o := liveOptions()
	outcome, output := mustRun(t, p, o)
	if got := redirects(output); got != toElection+toParty {
		t.Errorf("the redirects are\n%s", got)
	}
	o.Output, o.Live.Offline, o.Republish = output, true, true
	again, _ := mustRun(t, p, o)
	if redirects(output) != toElection+toParty || again.Manifest.Plan != outcome.Manifest.Plan {
		t.Errorf("offline, the redirects are\n%s", redirects(output))
	}
	o.Live.Offline, o.Republish = false, false
	w.Requests()
	if outcome, _ := mustRun(t, p, o); !outcome.Unchanged || len(w.Requests()) > 4 {
		t.Errorf("a wiki that has not changed gave %+v", outcome)
	}
	w.Edit("Red", "prose")
	w.Edit("1901 Elbonian election", elbonianBox(6))
	if outcome, _ := mustRun(t, p, o); outcome.Unchanged || redirects(output) != toParty {
		t.Errorf("after an edit, the redirects are\n%s", redirects(output))
	}
}

// A fault at every other request changes nothing but the number of requests: the files of the version are the same.
func TestLiveRunWithFaults(t *testing.T) {
	w := mediawikitest.NewWiki()
	for i := range 60 {
		w.Edit(fmt.Sprintf("%d Elbonian election", 1900+i), elbonianBox(i))
	}
	w.Edit("Red", "#REDIRECT [[The Reds]]")
	proxy := &mediawikitest.Proxy{Next: w, Every: 1 << 40, After: 1 << 40}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		proxy.ServeHTTP(out, r)
	}))
	defer server.Close()
	p := &Pipeline{Name: "live", Sinks: []string{load.Parquet}, Sources: []Source{{
		Name: "elbonian", Wiki: w.Name, Live: &Live{
			API: server.URL + "/w/api.php", Contact: "elections@example.org", Rate: 60, Redirects: true,
		},
	}}}
	run := func() (files map[string]string, requests int64) {
		t.Helper()
		outcome, output := mustRun(t, p, liveOptions())
		files, _ = timelessOutput(t, outcome, output)
		return files, outcome.Manifest.Inputs[0].Mirror.Requests
	}
	want, requests := run()
	for _, fault := range mediawikitest.Faults[:schemastest.Rounds(4, len(mediawikitest.Faults))] {
		if !fault.Passes || fault.NeedsTimeout { // the others end a run, or make it wait for a minute
			continue
		}
		proxy = &mediawikitest.Proxy{Next: w, Fault: fault, Every: 2}
		got, more := run()
		if !maps.Equal(want, got) {
			t.Errorf("%s: the files of the version differ", fault.Name)
		}
		if more != 2*requests || proxy.Played() != requests {
			t.Errorf("%s, played %d times: %d requests, and %d without it", fault.Name, proxy.Played(), more, requests)
		}
	}
}

// A run that is stopped while it asks says so, and what to do.
func TestLiveRunIsStopped(t *testing.T) {
	w, p := livePipeline(t, 3)
	ctx, cancel := context.WithCancelCause(t.Context())
	o := liveOptions()
	o.Output, o.Log, o.Version, o.Build = t.TempDir(), quiet(), "test", "test"
	o.Live.transport = mediawikitest.Transport{Handler: http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if len(w.Requests()) > 0 {
			cancel(errors.New("terminated"))
		}
		w.ServeHTTP(out, r)
	})}
	_, err := Run(ctx, p, o)
	schemastest.CheckWords(t, err, "elbonian", "stopped while the wiki was asked", "is kept", "terminated")
}
