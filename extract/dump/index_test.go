package dump

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

// An index that cannot be right is rejected, with its line.
func TestDumpIndex(t *testing.T) {
	for index, want := range map[string]string{
		"":                              "there is no line in it",
		"2:1:A\n1:2:B\n":                ":2: expected offset:page id:title",
		"x:1:A\n":                       ":1: expected offset:page id:title",
		"0:1\n":                         ":1: expected offset:page id:title",
		"4:1:A\n":                       "with an offset from the one before on and below 4",
		"999999:1:A\n":                  ":1: expected offset:page id:title",
		strings.Repeat("x", 2*maxTitle): "too long",
	} {
		const name = "enwiki-1-pages-articles-multistream1.xml-p1p9.bz2"
		folder := extracttest.WriteFiles(t, map[string]string{
			name: "BZh9", "enwiki-1-pages-articles-multistream-index1.txt-p1p9": index,
		})
		source := openDump(t, filepath.Join(folder, name), Selection{Titles: regexp.MustCompile("A")})
		for _, err := range source.Events(context.Background()) {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%.20q: got %v, expected %q", index, err, want)
			}
		}
		if a := source.Account(); a.Documents != 1 || a.Scan != schemas.ScanIndex {
			t.Errorf("%.20q: %+v", index, a)
		}
	}
}

// The words that are searched for before the pattern of titles miss no title that the pattern matches.
func TestElectionTitles(t *testing.T) {
	pattern := regexp.MustCompile(ElectionTitles)
	asked := titleMatcher(pattern)
	for title, want := range map[string]bool{
		"2007 Moroccan general election": true, "Elections in Morocco": true, "2019 Peterborough by-election": true,
		"1977 Bexhill byelection": true, "2016 United Kingdom European Union membership referendum": true,
		"Referendums in Italy": true, "1938 Austrian plebiscite": true, "2020 Iowa Democratic caucuses": true,
		"2024 Republican Party presidential primaries": true, "2003 California gubernatorial recall election": true,
		"Morocco": false, "Selection": false, "Recalled": false, "Natural selection": false, "Primarily": false,
	} {
		if asked(title) != want || pattern.MatchString(title) != want {
			t.Errorf("%s: %v, the pattern alone %v, expected %v", title, asked(title), pattern.MatchString(title), want)
		}
	}
}

// An index that names more pages than there are in the streams that are read is reported. One that names fewer, or each
// twice, is not, nor is any if a damaged stream already says why pages are missing.
func TestIndexedPages(t *testing.T) {
	compress := func(text string) string { return string(compressBzip2(t, []byte(text))) }
	head := compress(exportHead)
	stream := compress(exportPage("A", 0, 1, electionBox) + exportPage("B", 0, 2, "text"))
	damaged := stream[:len(stream)/2] + "damage" + stream[len(stream)/2+len("damage"):]
	at := len(head)
	line := func(id int, title string) string { return fmt.Sprintf("%d:%d:%s\n", at, id, title) }
	again := func(title string) string { return fmt.Sprintf("%d:1:%s\n", at+len(stream), title) }
	a, lost := "A: "+electionBox, "! "+schemas.ReasonDamaged
	for name, c := range map[string]struct {
		streams, index string
		want           []string
	}{
		"as many":      {stream, line(1, "A") + line(2, "B"), []string{a}},
		"fewer":        {stream, line(1, "A"), []string{a}},
		"each twice":   {stream, line(1, "A") + line(1, "A") + line(2, "B") + line(2, "B"), []string{a}},
		"one too many": {stream, line(1, "A") + line(2, "B") + line(3, "C"), []string{a, lost}},
		"damage":       {damaged + stream, line(1, "A") + line(2, "B") + again("A") + again("B"), []string{lost, a}},
	} {
		t.Run(name, func(t *testing.T) {
			const dump = "enwiki-1-pages-articles-multistream1.xml-p1p9.bz2"
			folder := extracttest.WriteFiles(t, map[string]string{
				dump: head + c.streams + compress(exportFoot), "enwiki-1-pages-articles-multistream-index1.txt-p1p9": c.index,
			})
			path, selection := filepath.Join(folder, dump), Selection{Titles: regexp.MustCompile("A")}
			got := rangeOver(t, openDump(t, path, selection))
			if !slices.Equal(got.pages, c.want) {
				t.Errorf("got %q, expected %q", got.pages, c.want)
			}
			checkResume(t, path, selection, got, 0)
		})
	}
}
