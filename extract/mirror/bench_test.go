package mirror_test

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"hemicycle/extract"
	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// largeText returns the text of page n of a large wiki: about as long as that of an election.
func largeText(n int) string {
	return fmt.Sprintf("{{Infobox election|election_name=Election %d|seats1=%d}}\n", n, n) +
		strings.Repeat(
			fmt.Sprintf("The '''election''' number %d of [[Arcadia]] was held by [[rule %d]].\n", n, n*n),
			150,
		)
}

// largeWiki returns a wiki with so many pages, which have long texts if that is asked for.
func largeWiki(pages int, isLong bool) *mediawikitest.Wiki {
	wiki := mediawikitest.NewWiki()
	texts := make([]string, pages)
	titles := make([]string, pages)
	for n := range pages {
		titles[n] = fmt.Sprintf("%d general election in the province number %d", 1000+n, n)
		texts[n] = mediawikitest.Box(fmt.Sprint(n))
		if isLong {
			texts[n] = largeText(n)
		}
	}
	wiki.Fill(titles, texts)
	return wiki
}

// pass is a change of a wiki and the sync that sees it.
type pass struct {
	name   string
	change func()
}

// measure reports the requests, the bytes and the seconds of each pass.
func measure(b *testing.B, passes []pass, options func() mirror.Options) {
	b.Helper()
	for _, p := range passes {
		p.change()
		o := options()
		start := time.Now()
		report := mustSync(b, o)
		b.ReportMetric(float64(report.Requests), p.name+"-requests")
		b.ReportMetric(float64(report.Bytes)/1e3, p.name+"-kB")
		b.ReportMetric(time.Since(start).Seconds(), p.name+"-s")
	}
}

// BenchmarkSync measures the passes of a mirror of 2,000 pages. The seconds are ours alone: the wiki is in memory, and
// its answers are not compressed.
func BenchmarkSync(b *testing.B) {
	for b.Loop() {
		wiki, folder := largeWiki(2000, true), b.TempDir()
		titles := wiki.Titles()
		measure(b, []pass{
			{"first", func() {}},
			{"nothing", func() {}},
			{"10-changed", func() {
				for _, title := range titles[:10] {
					wiki.Edit(title, largeText(-1))
				}
			}},
			{"3-deleted-2-moved", func() {
				for _, title := range titles[20:23] {
					wiki.Delete(title)
				}
				for _, title := range titles[30:32] {
					wiki.Move(title, title+" (moved)", true)
				}
			}},
		}, func() mirror.Options {
			return mirror.Options{Folder: folder, Client: wiki.Client(b), Selection: box}
		})
	}
}

// BenchmarkRealWiki measures the same passes with a real MediaWiki, which it fills for some minutes first.
func BenchmarkRealWiki(b *testing.B) {
	const pages = 2000
	w := startWiki(b, makeExport(pages))
	for b.Loop() {
		folder, seeded := b.TempDir(), b.TempDir()
		var options func() mirror.Options
		into := func(folder string) func() {
			return func() { options = func() mirror.Options { return w.options(b, folder) } }
		}
		dump := w.PHP(b, "dumpBackup.php", "--current", "--quiet")
		measure(b, []pass{
			{"first", into(folder)},
			{"nothing", func() {}},
			{"10-changed", func() {
				for n := range 10 {
					w.Edit(b, pageTitle(n), "{{Infobox election|election_name=edited}}")
				}
			}},
			{"3-deleted-2-moved", func() {
				for n := 20; n < 23; n++ {
					w.Do(b, "delete", "title="+pageTitle(n))
				}
				for n := 30; n < 32; n++ {
					w.Do(b, "move", "from="+pageTitle(n), "to=Moved "+pageTitle(n))
				}
			}},
			{"seeded", func() {
				into(seeded)()
				if _, err := mirror.Seed(b.Context(), seeded, "enwiki", exportedPages(b, dump)); err != nil {
					b.Fatal(err)
				}
			}},
		}, func() mirror.Options { return options() })
	}
}

// BenchmarkRead compares reading a mirror of 20,000 pages with reading the same pages from a dump.
func BenchmarkRead(b *testing.B) {
	const pages = 20_000
	folder := b.TempDir()
	writeDump(b, filepath.Join(folder, "pages.xml"), pages)
	wiki := largeWiki(pages, true)
	o := mirror.Options{Folder: filepath.Join(folder, "mirror"), Client: wiki.Client(b), Selection: box}
	o.LeaveUnsynced()
	mustSync(b, o)
	var live uint64
	read := func(s extract.Source) {
		n := 0
		for _, err := range s.Events(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != pages {
			b.Fatalf("%d documents", n)
		}
	}
	schemastest.BenchmarkRatio(b, func() {
		sources, err := extract.Open(nil, []string{filepath.Join(folder, "pages.xml")})
		if err != nil {
			b.Fatal(err)
		}
		read(sources[0])
	}, func() {
		before := liveMemory()
		s := mustOpenSource(b, o.Folder)
		read(s)
		live = liveMemory() - before
		runtime.KeepAlive(s)
	})
	b.ReportMetric(float64(live)/1e6, "MB-live")
}

// writeDump writes a dump with the pages of a large wiki.
func writeDump(b *testing.B, path string, pages int) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	dump := bufio.NewWriter(f)
	fmt.Fprintln(dump, `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">`)
	for n := range pages {
		fmt.Fprintf(dump, "<page><title>Election %d</title><ns>0</ns><id>%d</id><revision><id>%d</id>"+
			"<timestamp>2024-05-06T07:08:09Z</timestamp><text>%s</text></revision></page>\n", n, n+1, n+1, largeText(n))
	}
	fmt.Fprintln(dump, "</mediawiki>")
	if err := errors.Join(dump.Flush(), f.Close()); err != nil {
		b.Fatal(err)
	}
}

// A sync holds less than a kilobyte a page, with three titles that only this page links to. With Go's usual setting
// of its collector, it needs twice that: less than 200 MB for 100,000 pages. The memory of the wiki that it asks is
// not counted.
func TestMemory(t *testing.T) {
	schemastest.SkipUnlessLong(t, "it mirrors 20,000 pages")
	const pages, most = 20_000, 20 << 20
	wiki, folder := largeWiki(pages, false), t.TempDir()
	unresolved := answersOnly{wiki}
	before := liveMemory()
	peak := before
	sync := func() mirror.Report {
		o := options(t, folder, wiki)
		o.Client = mediawikitest.NewClient(t, mediawiki.Options{
			API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: unresolved},
		})
		o.Links = func(map[string]string) mirror.LinkReader {
			return mirror.LinkReader{ID: "x", Titles: func(d *schemas.Document) []string {
				titles := []string{"The party of all provinces"}
				for n := range 3 {
					titles = append(titles, fmt.Sprintf("Candidate %d (%d)", *d.PageID, n))
				}
				return titles
			}}
		}
		o.OnProgress = func(p mirror.Progress) {
			if p.Requests%20 == 0 {
				peak = max(peak, liveMemory())
			}
		}
		defer wiki.Requests() // which forgets them
		return mustSync(t, o)
	}
	first, second := sync(), sync()
	if first.Fetched != pages || second.Fetched != 0 || first.Asked != 3*pages+1 || second.Asked != 0 {
		t.Errorf("%d and %d texts were fetched, %d and %d titles asked for", first.Fetched, second.Fetched, first.Asked,
			second.Asked)
	}
	t.Logf("a sync of %d pages holds %d MB", pages, (peak-before)>>20)
	if peak-before > most {
		t.Errorf("a sync of %d pages holds %d MB, expected at most %d", pages, (peak-before)>>20, most>>20)
	}
}

// answersOnly answers that each second title that is asked for is a redirect, and passes everything else on.
type answersOnly struct{ wiki *mediawikitest.Wiki }

func (a answersOnly) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.Form.Get("prop") != "info" || !r.Form.Has("titles") {
		a.wiki.ServeHTTP(w, r)
		return
	}
	var redirects []string
	for n, title := range strings.Split(r.Form.Get("titles"), "|") {
		if n%2 == 0 {
			redirects = append(redirects, fmt.Sprintf(`{"from":%q,"to":%q}`, title, title+" of Arcadia"))
		}
	}
	fmt.Fprintf(w, `{"batchcomplete":true,"query":{"redirects":[%s],"pages":[]}}`, strings.Join(redirects, ","))
}

// liveMemory returns the bytes that are held.
func liveMemory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
