package mirror_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
	"hemicycle/schemas/schemastest"
)

// afterListing passes requests to a wiki and does something once, before the first request for texts.
type afterListing struct {
	wiki *mediawikitest.Wiki
	then func()
	done bool
}

func (a *afterListing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err == nil && r.Form.Has("pageids") && !a.done {
		a.done = true
		a.then()
	}
	a.wiki.ServeHTTP(w, r)
}

var errKilled = errors.New("killed")

// killAt makes a sync fail at change n of what is on disk, and at all later ones. Of a write, a part is written.
func killAt(o *mirror.Options, n, part int) { o.Observe(killer(n, part)) }

// killer returns what killAt lets a sync meet.
func killer(n, part int) func(kind, path string, bytes int) (int, error) {
	return func(_, _ string, bytes int) (int, error) {
		if n--; n >= 0 {
			return bytes, nil
		}
		if n == -1 {
			return min(bytes, part), errKilled
		}
		return 0, errKilled
	}
}

// killAtCommit makes a sync fail when its new pages would become those that are read.
func killAtCommit(o *mirror.Options) {
	o.Observe(func(kind, path string, bytes int) (int, error) {
		if kind == "rename" && filepath.Base(path) == "pages.jsonl" {
			return 0, errKilled
		}
		return bytes, nil
	})
}

// A sync that is stopped at any change of what is on disk costs at most one batch, and nothing else.
func TestKilledAtAnyStep(t *testing.T) {
	wiki := elections(120)
	want := fromNothing(t, wiki)
	step := schemastest.Rounds(37, 5) // coprime to the two or three steps of one text, so that each kind of step is met
	for n := 0; ; n += step {
		folder := t.TempDir()
		o := options(t, folder, wiki)
		killAt(&o, n, n%700)
		killed, err := mirror.Sync(t.Context(), o)
		if err == nil {
			if n < 2*120 { // a write and a rename of each text, beside the folders
				t.Errorf("a sync of 120 pages changed only %d things", n)
			}
			break
		}
		if !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		next := mustSync(t, options(t, folder, wiki))
		if again := killed.Fetched + next.Fetched - 120; again > mediawiki.BatchSize {
			t.Errorf("killed at step %d: %d texts were fetched again", n, again)
		}
		if got := describe(t, folder); got != want {
			t.Fatalf("killed at step %d, the mirror is another", n)
		}
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
}

// A journal that is cut at any byte is read up to its last whole line, and what is written then is read too.
func TestJournalCutAtEveryByte(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "journal")
	var pages []mirror.Page
	for id := range int64(5) {
		pages = append(pages, mirror.Page{ID: id + 1, Title: "A \n title", Text: strings.Repeat("0a", 32), Bytes: 7})
	}
	further := []mirror.Page{{ID: 9, Title: "Written after the cut", Text: strings.Repeat("0b", 32)}}
	if err := mirror.AppendJournal(folder, pages); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for n := range len(whole) + 1 {
		if n > 0 && whole[n-1] == '\n' {
			lines++
		}
		want := slices.Clone(pages[:max(lines-1, 0)]) // the first line is no page
		for _, tail := range []string{"", "\x00\x00", "garbage\n", "00000000 {}\n", string(whole[:20])} {
			if err := os.WriteFile(path, append(whole[:n:n], tail...), 0o644); err != nil {
				t.Fatal(err)
			}
			got, err := mirror.ReadJournal(folder)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
				t.Fatalf("cut at byte %d, with %q behind it: %v %s", n, tail, err, diff)
			}
			if err := mirror.AppendJournal(folder, further); err != nil {
				t.Fatal(err)
			}
			got, err = mirror.ReadJournal(folder)
			if diff := cmp.Diff(append(want[:len(want):len(want)], further...), got); diff != "" || err != nil {
				t.Fatalf("written behind byte %d: %v %s", n, err, diff)
			}
		}
	}
}

// A sync that finds a journal that is cut, or ends in what was never written, fetches only what is not in it.
func TestSyncAfterCut(t *testing.T) {
	wiki, folder := elections(7), t.TempDir()
	mustSync(t, options(t, folder, wiki))
	for n := range 7 {
		wiki.Edit(pageTitle(n), mediawikitest.Box("changed"))
	}
	o := options(t, folder, wiki)
	killAtCommit(&o)
	if _, err := mirror.Sync(t.Context(), o); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	want := fromNothing(t, wiki)
	journal := filepath.Join(folder, "journal")
	pages := filepath.Join(folder, "pages.jsonl")
	whole, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(pages)
	if err != nil {
		t.Fatal(err)
	}
	step := schemastest.Rounds(131, 17)
	for _, tail := range []string{"", "garbage\n"} {
		lines := 0
		for n := range len(whole) + 1 {
			if n > 0 && whole[n-1] == '\n' {
				lines++
			}
			if n%step != 0 {
				continue
			}
			if err := errors.Join(os.WriteFile(journal, append(whole[:n:n], tail...), 0o644),
				os.WriteFile(pages, before, 0o644)); err != nil {
				t.Fatal(err)
			}
			report := mustSync(t, options(t, folder, wiki))
			if fetched := 7 - max(lines-1, 0); report.Fetched != fetched || report.Changed != 7 {
				t.Fatalf("cut at byte %d: %d texts were fetched, expected %d (%+v)", n, report.Fetched, fetched, report)
			}
			if got := describe(t, folder); got != want {
				t.Fatalf("cut at byte %d, the mirror is another", n)
			}
			if _, err := os.Stat(journal); !errors.Is(err, os.ErrNotExist) {
				t.Fatalf("the journal is still there: %v", err)
			}
		}
	}
}

// Whatever happens in a wiki and to the syncs of it, the mirror is the one that is made from nothing.
func TestAnyHistory(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		wiki, folder := mediawikitest.NewWiki(), filepath.Join(t.TempDir(), "mirror")
		wiki.ListLimit = rapid.IntRange(1, 5).Draw(rt, "list limit")
		wiki.TextLimit = rapid.IntRange(1, 5).Draw(rt, "text limit")
		clock := new(mediawikitest.Clock)
		options := func(t testing.TB, folder string, wiki *mediawikitest.Wiki) mirror.Options {
			return linkedOptions(t, folder, wiki, clock)
		}
		name := rapid.SampledFrom([]string{"A", "B", "C", "D", "E", "F"})
		text := rapid.SampledFrom([]string{
			mediawikitest.Box("a [[B]]"), mediawikitest.Box("b [[D]] [[Nothing]]"), mediawikitest.Box("c [[E]] [[F]]"),
			"{{Infobox Election|x=y}}", "prose", "#REDIRECT [[A]]", "#REDIRECT [[C]]",
		})
		change := func(label string, change func(p *mediawikitest.Page)) func(*rapid.T) {
			return func(rt *rapid.T) { wiki.Change(name.Draw(rt, label), change) }
		}
		removed := map[string]bool{} // texts that a killed sync removed, since the wiki hid a page
		rt.Repeat(map[string]func(*rapid.T){
			"edit":      func(rt *rapid.T) { wiki.Edit(name.Draw(rt, "title"), text.Draw(rt, "text")) },
			"edit more": func(rt *rapid.T) { wiki.Edit(name.Draw(rt, "title"), text.Draw(rt, "text")) },
			"move": func(rt *rapid.T) {
				wiki.Move(name.Draw(rt, "from"), name.Draw(rt, "to"), rapid.Bool().Draw(rt, "redirect"))
			},
			"delete":   func(rt *rapid.T) { wiki.Delete(name.Draw(rt, "title")) },
			"restore":  func(rt *rapid.T) { wiki.Restore(name.Draw(rt, "title")) },
			"item":     change("item of", func(p *mediawikitest.Page) { p.Item = "Q1" }),
			"lose":     change("loses", func(p *mediawikitest.Page) { p.Newest.Lost = true }),
			"break":    change("breaks", func(p *mediawikitest.Page) { p.Breaks = !p.Breaks }),
			"withhold": change("withholds", func(p *mediawikitest.Page) { p.Withheld = !p.Withheld }),
			"model":    change("model of", func(p *mediawikitest.Page) { p.Newest.Model = "json" }),
			// A list does not show that the text of a revision was hidden after it was fetched, only that it is not any more.
			"edit and hide": func(rt *rapid.T) {
				name := name.Draw(rt, "title")
				wiki.Edit(name, text.Draw(rt, "text"))
				wiki.Change(name, func(p *mediawikitest.Page) { p.Newest.Hidden = true })
			},
			"show": change("shows", func(p *mediawikitest.Page) { p.Newest.Hidden = false }),
			"sync": func(*rapid.T) {
				mustSync(t, options(t, folder, wiki))
				clear(removed)
			},
			"killed sync": func(rt *rapid.T) {
				o := options(t, folder, wiki)
				kill := killer(rapid.IntRange(0, 40).Draw(rt, "step"), rapid.IntRange(0, 300).Draw(rt, "part"))
				o.Observe(func(kind, path string, bytes int) (int, error) {
					n, err := kill(kind, path, bytes)
					if kind == "remove" && err == nil && hidesAny(wiki) {
						removed[filepath.Base(path)] = true
					}
					return n, err
				})
				if _, err := mirror.Sync(t.Context(), o); err != nil && !errors.Is(err, errKilled) {
					rt.Fatal(err)
				}
			},
			"interrupted sync": func(rt *rapid.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				left := rapid.IntRange(0, 8).Draw(rt, "requests")
				handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if left--; left < 0 {
						cancel()
					}
					wiki.ServeHTTP(w, r)
				})
				o := options(t, folder, wiki)
				o.Client = mediawikitest.NewClient(t, mediawiki.Options{
					API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: handler},
				})
				if _, err := mirror.Sync(ctx, o); err != nil && !errors.Is(err, context.Canceled) {
					rt.Fatal(err)
				}
			},
			"": func(rt *rapid.T) { checkReadable(rt, folder, removed) },
		})
		for _, title := range wiki.Titles() {
			wiki.Change(
				title,
				func(p *mediawikitest.Page) { p.Newest.Lost, p.Breaks, p.Withheld = false, false, false },
			)
		}
		wait(clock, 31*24*time.Hour) // until an answer on a page outside the mirror does not count any more
		mustSync(t, options(t, folder, wiki))
		scratch := t.TempDir()
		mustSync(t, options(t, scratch, wiki))
		if diff := cmp.Diff(describe(t, scratch), describe(t, folder)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// hidesAny reports whether a wiki hides the text of a page.
func hidesAny(wiki *mediawikitest.Wiki) bool {
	hides := false
	for _, title := range wiki.Titles() {
		wiki.Change(title, func(p *mediawikitest.Page) { hides = hides || p.Newest.Hidden })
	}
	return hides
}

// checkReadable holds that what is read is whole, however the last sync ended. Only a text that a killed sync removed
// may be missing: it may be what the wiki hid then, though it may hide it no more.
func checkReadable(t rapid.TB, folder string, removed map[string]bool) {
	t.Helper()
	m, err := mirror.Open(folder)
	var empty *mirror.NotFilledError
	if errors.As(err, &empty) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Pages {
		if p := &m.Pages[i]; p.Text != "" && !removed[p.Text+".zst"] {
			if _, err := m.Content(p); err != nil {
				t.Fatal(err)
			}
		}
	}
}
