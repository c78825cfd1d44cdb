package mirror_test

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
)

// dumped returns the pages of a wiki as a dump has them, until it breaks off behind so many.
func dumped(wiki *mediawikitest.Wiki, most int) iter.Seq2[mirror.SeedPage, error] {
	return func(yield func(mirror.SeedPage, error) bool) {
		for n, title := range wiki.Titles() {
			var p mirror.SeedPage
			wiki.Change(title, func(page *mediawikitest.Page) {
				p = mirror.SeedPage{
					ID: page.ID, Title: title, Revision: page.Newest.ID, Time: page.Newest.Time, Text: page.Newest.Text,
				}
			})
			if n == most {
				yield(mirror.SeedPage{}, errBrokenDump)
				return
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

var errBrokenDump = errors.New("the dump breaks off")

// A mirror that is seeded from a dump is the one that is fetched, for fewer requests.
func TestSeed(t *testing.T) {
	wiki, folder := elections(120), filepath.Join(t.TempDir(), "mirror")
	seeded, err := mirror.Seed(t.Context(), folder, "testwiki", dumped(wiki, -1))
	if err != nil || seeded.Pages != 120 {
		t.Fatalf("%+v, %v", seeded, err)
	}
	var empty *mirror.NotFilledError
	if _, err := mirror.Open(folder); !errors.As(err, &empty) {
		t.Errorf("a seeded mirror can be read before it was compared with the wiki: %v", err)
	}
	wiki.Edit(pageTitle(3), mediawikitest.Box("edited since"))
	wiki.Delete(pageTitle(4))
	wiki.Edit("New since", mediawikitest.Box("new"))
	report := mustSync(t, options(t, folder, wiki))
	counts(t, "seeded", report, mirror.Report{Requests: 4, Listed: 120, New: 120, Fetched: 2})
	checkSame(t, folder, wiki)
	seeded, err = mirror.Seed(t.Context(), folder, "testwiki", dumped(wiki, -1))
	if diff := cmp.Diff(mirror.Seeded{Skipped: 120}, seeded); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// A dump that breaks off leaves what was read of it, and pages that cannot be in a mirror are skipped.
func TestSeedOfBrokenDump(t *testing.T) {
	wiki, folder := elections(60), t.TempDir()
	seeded, err := mirror.Seed(t.Context(), folder, "testwiki", dumped(wiki, 25))
	if !errors.Is(err, errBrokenDump) || seeded.Pages != 25 {
		t.Errorf("%+v, %v", seeded, err)
	}
	odd := func(yield func(mirror.SeedPage, error) bool) {
		good := mirror.SeedPage{ID: 3, Title: "A", Revision: 100, Text: "newer text"}
		for _, change := range []func(p *mirror.SeedPage){
			func(*mirror.SeedPage) {}, // the only one that is taken over
			func(p *mirror.SeedPage) { p.Revision = 99 },
			func(p *mirror.SeedPage) { p.ID = 0 },
			func(p *mirror.SeedPage) { p.ID, p.Title = 1000, "" },
			func(p *mirror.SeedPage) { p.ID, p.Text = 1000, "" },
			func(p *mirror.SeedPage) { p.ID, p.Text = 1000, "\xff" },
			func(p *mirror.SeedPage) { p.ID, p.Title = 1000, strings.Repeat("x", 2000) },
			func(p *mirror.SeedPage) { p.ID, p.Text = 1000, strings.Repeat("x", 17<<20) },
		} {
			p := good
			change(&p)
			if !yield(p, nil) {
				return
			}
		}
	}
	seeded, err = mirror.Seed(t.Context(), folder, "testwiki", odd)
	if diff := cmp.Diff(mirror.Seeded{Pages: 1, Skipped: 7}, seeded); diff != "" || err != nil {
		t.Error(diff, err)
	}
	report := mustSync(t, options(t, folder, wiki))
	if report.Fetched != 60-25+1 { // the first page, which the dump had in a revision that the wiki does not know
		t.Errorf("%d texts were fetched", report.Fetched)
	}
	checkSame(t, folder, wiki)
}

// A dump of another wiki is refused, by a mirror and by one that is only seeded.
func TestSeedOfOtherWiki(t *testing.T) {
	wiki, folder := elections(2), t.TempDir()
	var other *mirror.OtherWikiError
	for _, prepare := range []func(){
		func() {
			if _, err := mirror.Seed(t.Context(), folder, "dewiki", dumped(wiki, -1)); err != nil {
				t.Fatal(err)
			}
			if _, err := mirror.Sync(t.Context(), options(t, folder, wiki)); !errors.As(err, &other) {
				t.Errorf("the error is %v", err)
			}
		},
		func() {
			if err := os.Remove(filepath.Join(folder, "journal")); err != nil {
				t.Fatal(err)
			}
			mustSync(t, options(t, folder, wiki))
		},
	} {
		prepare()
		if _, err := mirror.Seed(t.Context(), folder, "frwiki", dumped(wiki, -1)); !errors.As(err, &other) {
			t.Errorf("the error is %v", err)
		}
	}
	if _, err := mirror.Seed(t.Context(), folder, "", dumped(wiki, -1)); err == nil {
		t.Error("a dump that does not name its wiki is taken")
	}
}

// Texts that no page has any more are removed once they are old, unless a caller needs them.
func TestPrune(t *testing.T) {
	wiki, folder := elections(6), t.TempDir()
	mustSync(t, options(t, folder, wiki))
	kept := mustOpen(t, folder).Pages[1].Text
	for n := range 3 {
		wiki.Edit(pageTitle(n), mediawikitest.Box(fmt.Sprint("changed ", n)))
	}
	wiki.Delete(pageTitle(4))
	mustSync(t, options(t, folder, wiki))
	keep := func(digest string) bool { return digest == kept }
	prune := func(o mirror.PruneOptions) mirror.Pruned {
		t.Helper()
		pruned, err := mirror.Prune(t.Context(), folder, o)
		if err != nil {
			t.Fatal(err)
		}
		return pruned
	}
	if pruned := prune(mirror.PruneOptions{Before: time.Now().Add(-mirror.PruneAge)}); pruned.Texts != 0 {
		t.Errorf("%d texts of today are removed", pruned.Texts)
	}
	all := mirror.PruneOptions{Before: time.Now().Add(time.Hour), Keep: keep, DryRun: true}
	if pruned := prune(all); pruned.Texts != 3 || len(textFiles(t, folder)) != 9 {
		t.Errorf("a dry run removes %d texts, and %d stay", pruned.Texts, len(textFiles(t, folder)))
	}
	all.DryRun = false
	if pruned := prune(all); pruned.Texts != 3 || pruned.Bytes == 0 || len(textFiles(t, folder)) != 6 {
		t.Errorf("%d texts are removed, and %d stay", pruned.Texts, len(textFiles(t, folder)))
	}
	checkSame(t, folder, wiki)
	if report := mustSync(t, options(t, folder, wiki)); report.Lost != 0 {
		t.Errorf("%d texts that were needed were removed", report.Lost)
	}
	var empty *mirror.NotFilledError
	if _, err := mirror.Prune(t.Context(), t.TempDir(), all); !errors.As(err, &empty) {
		t.Errorf("the error is %v", err)
	}
}
