package dump

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

// digestPage returns a page of an export with the digest of its text as exports of a version have it.
func digestPage(title string, id int, text, digest string) string {
	page := exportPage(title, 0, id, text)
	page = strings.Replace(page, ` sha1="x"`, "", 1)
	return strings.Replace(page, "<sha1>x</sha1>", "<sha1>"+digest+"</sha1>", 1)
}

// The text of a page that becomes a document is held against the digest that the export gives.
func TestWrongDigest(t *testing.T) {
	text := electionBox + "\nsaved & gone"
	written := strings.ReplaceAll(text, "&", "&amp;")
	right := base36SHA1([]byte(text))
	sum := sha1.Sum([]byte(text))
	other := base36SHA1([]byte("another text"))
	inAttribute := func(digest string) string {
		page := digestPage("A", 1, written, other)
		return strings.Replace(page, "<text ", `<text sha1="`+digest+`" `, 1)
	}
	for name, c := range map[string]struct {
		page string
		lost bool
	}{
		"the digest of the text":                {digestPage("A", 1, written, right), false},
		"that of another text":                  {digestPage("A", 1, written, other), true},
		"one letter is another":                 {digestPage("A", 1, written, right[:30]+"*"), true},
		"in base 16":                            {digestPage("A", 1, written, hex.EncodeToString(sum[:])), false},
		"in base 16, of another text":           {digestPage("A", 1, written, strings.Repeat("0f", 20)), true},
		"none":                                  {digestPage("A", 1, written, ""), false},
		"a word that is no digest":              {digestPage("A", 1, written, "unknown"), false},
		"of the text, beside that of all slots": {inAttribute(right), false},
		"of another text, beside all slots":     {inAttribute(other), true},
		"a text whose lines end as on Windows": {
			digestPage("A", 1, strings.ReplaceAll(written, "\n", "\r\n"), right), false},
		"a text that was saved with such lines": {
			digestPage("A", 1, strings.ReplaceAll(written, "\n", "\r\n"),
				base36SHA1([]byte(strings.ReplaceAll(text, "\n", "\r\n")))), false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			content := exportHead + exportPage("None", 0, 2, "x") + c.page + exportFoot
			got := rangeOver(t, openDump(t, extracttest.WriteFile(t, "x", []byte(content)), Selection{}))
			want := []string{"A: " + text}
			if c.lost {
				want = []string{"A! wrong-digest"}
			}
			if len(got.pages) != 1 || !c.lost && strings.ReplaceAll(got.pages[0], "\r\n", "\n") != want[0] ||
				c.lost && got.pages[0] != want[0] {
				t.Errorf("got %q, expected %q", got.pages, want)
			}
		})
	}
}

// sha1 of the empty text, as MediaWiki writes it.
func TestBase36(t *testing.T) {
	if got, want := base36SHA1(nil), "phoiac9h4m842xq45sp7s6u21eteeq1"; got != want {
		t.Errorf("got %s, expected %s", got, want)
	}
}

// digestExport returns an export whose pages have the digests of their texts.
func digestExport(pages int) []byte {
	var b strings.Builder
	b.WriteString(exportHead)
	random := rand.New(rand.NewPCG(7, 11))
	for i := range pages {
		text := fmt.Sprintf("{{Infobox election\n| seats1 = %d\n| party1 = P%d\n}}\n", random.IntN(400), i)
		for range 20 {
			text += fmt.Sprint(random.Uint64(), " ")
		}
		b.WriteString(digestPage(fmt.Sprint("Election ", i), i+1, text, base36SHA1([]byte(text))))
	}
	return []byte(b.String() + exportFoot)
}

// losses returns the reasons with which the source says that something is missing, and the texts of its pages.
func losses(t testing.TB, path string, s Selection) (reasons []string, texts map[string]string, gaps []*schemas.Gap) {
	t.Helper()
	texts = map[string]string{}
	for event, err := range openDump(t, path, s).Events(context.Background()) {
		u := new(document.Unreadable)
		switch {
		case errors.As(err, &u):
			reasons, gaps = append(reasons, u.Reason), append(gaps, u.Gap)
		case event.Document != nil:
			d := event.Document
			texts[d.Text] = fmt.Sprint(d.Wiki, ":", *cmp.Or(d.PageID, new(int64(-1))), " ", d.Title)
		}
	}
	return reasons, texts, gaps
}

// Wherever one bit of a dump is another, in whatever form the dump is: no text is yielded that is not in it, and where
// something is missing or not proven, an event says so.
func TestNoBitChangesAValue(t *testing.T) {
	content := digestExport(120)
	_, want, _ := losses(t, extracttest.WriteFile(t, "whole", content), Selection{})
	if len(want) != 120 {
		t.Fatalf("%d pages", len(want))
	}
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	_, err := w.Write(content)
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	sound, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	unsummed, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(false))
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string][]byte{
		"plain": content, "gzip": gz.Bytes(), "zstd": sound.EncodeAll(content, nil),
		"zstd without a checksum": unsummed.EncodeAll(content, nil),
	}
	if path, err := exec.LookPath("bzip2"); err == nil {
		c := exec.Command(path, "-1", "-c")
		c.Stdin = bytes.NewReader(content)
		if forms["bzip2"], err = c.Output(); err != nil {
			t.Fatal(err)
		}
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			silent, told := 0, 0
			for range 60 {
				damaged := slices.Clone(form)
				at := 100 + random.IntN(len(damaged)-100) // behind the first bytes, which say what the file is
				damaged[at] ^= 1 << random.IntN(8)
				reasons, texts, gaps := losses(t, extracttest.WriteFile(t, "x", damaged), Selection{Wiki: "enwiki"})
				for text := range texts {
					if want[text] == "" {
						t.Errorf("a bit of byte %d: a text that is not in the dump: %.80q", at, text)
					}
				}
				if len(reasons) > 0 {
					told++
				}
				for i, gap := range gaps {
					if gap == nil {
						t.Errorf("a bit of byte %d: %s has no place", at, reasons[i])
					}
				}
				if len(texts) < len(want) && len(reasons) == 0 {
					// In a plain file, the name of the box can be what is damaged, so that the page has none.
					if silent++; name != "plain" && name != "zstd without a checksum" {
						t.Errorf("a bit of byte %d: %d of %d pages, and nothing is said", at, len(texts), len(want))
					}
				}
			}
			if told < 20 || silent > 5 {
				t.Errorf("of 60 damages %d were told, and %d pages were lost silently", told, silent)
			}
		})
	}
}

// A checksum that fails makes all suspect that was read since the last member or frame that is proven.
func TestUnprovenMembers(t *testing.T) {
	content := digestExport(90)
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	member := map[string]func(part []byte) []byte{
		"gzip": func(part []byte) []byte {
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			if _, err := w.Write(part); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		},
		"zstd": func(part []byte) []byte { return encoder.EncodeAll(part, nil) },
	}
	for name, compress := range member {
		t.Run(name, func(t *testing.T) {
			var file []byte
			var ends []int64
			for part := range slices.Chunk(content, len(content)/3+1) {
				file = append(file, compress(part)...)
				ends = append(ends, int64(len(file)))
			}
			padded := append(slices.Clone(file), make([]byte, 512)...)
			if name == "gzip" {
				if reasons, texts, _ := losses(t, extracttest.WriteFile(t, "x", padded), Selection{}); reasons != nil ||
					len(texts) != 90 {
					t.Errorf("padded with zeros: %d pages, %q", len(texts), reasons)
				}
			}
			junk := append(slices.Clone(file), "some junk"...)
			if reasons, texts, _ := losses(t, extracttest.WriteFile(t, "x", junk), Selection{}); reasons != nil ||
				len(texts) != 90 {
				t.Errorf("with junk behind the export: %d pages, %q", len(texts), reasons)
			}
			damaged := slices.Clone(file)
			damaged[ends[1]-3] ^= 1 // in the checksum of the second member
			if name == "gzip" {
				damaged[ends[1]-3], damaged[ends[1]-6] = file[ends[1]-3], file[ends[1]-6]^1
			}
			reasons, _, gaps := losses(t, extracttest.WriteFile(t, "x", damaged), Selection{})
			want := schemas.Gap{From: ends[0], Bytes: ends[2] - ends[0]}
			if !slices.Equal(reasons, []string{schemas.ReasonDamaged}) || *gaps[0] != want {
				t.Errorf("%q, %+v, expected damage at %+v", reasons, gaps, want)
			}
			cut := file[:ends[1]-20]
			reasons, _, gaps = losses(t, extracttest.WriteFile(t, "x", cut), Selection{})
			if want := (schemas.Gap{From: ends[0], Bytes: -1}); len(gaps) == 0 || *gaps[0] != want ||
				reasons[0] != schemas.ReasonCutShort {
				t.Errorf("%q, %+v, expected an end at %+v", reasons, gaps, want)
			}
		})
	}
}

// A dump that has lost its head to damage, and with it the name of its wiki, yields no page: under other names they
// would be other pages. If the caller names the wiki, the pages are read.
func TestUnidentified(t *testing.T) {
	content := digestExport(20)
	replace := func(old, new string) []byte { return bytes.Replace(content, []byte(old), []byte(new), 1) }
	head := bytes.Index(content, []byte("  <page>"))
	for name, c := range map[string]struct {
		content []byte
		reasons []string // without a wiki
		pages   int
	}{
		"whole": {content, nil, 20},
		"a tag of the head is another": {
			replace("<siteinfo>", "<sitefnfo>"), []string{schemas.ReasonUnidentified}, 0,
		},
		"the head is not closed": {replace("</siteinfo>", ""), []string{schemas.ReasonUnidentified}, 0},
		"the name of the wiki is broken": {
			replace("<dbname>", "<dbname"), []string{schemas.ReasonDamaged, schemas.ReasonUnidentified}, 0,
		},
		"the head is broken behind the name": {replace("<namespaces>", "<namespac>"), []string{schemas.ReasonDamaged}, 20},
		"an export without a head":           {append([]byte("<mediawiki>\n"), content[head:]...), nil, 20},
	} {
		t.Run(name, func(t *testing.T) {
			path := extracttest.WriteFile(t, "x", c.content)
			reasons, texts, _ := losses(t, path, Selection{})
			if !slices.Equal(reasons, c.reasons) || len(texts) != c.pages {
				t.Errorf("%q, %d pages; expected %q, %d pages", reasons, len(texts), c.reasons, c.pages)
			}
			reasons, texts, _ = losses(t, path, Selection{Wiki: "enwiki"})
			if len(texts) != 20 || slices.Contains(reasons, schemas.ReasonUnidentified) {
				t.Errorf("with a wiki: %q, %d pages", reasons, len(texts))
			}
		})
	}
}

// Behind the beginning of the first page there is no head that damage could cost.
func TestDamageBehindTheHead(t *testing.T) {
	page := exportPage("A", 0, 1, electionBox)
	lostTag := strings.Replace(page, "<page>", "", 1)
	unreadable := chunk{err: errors.New("unreadable")}
	for name, c := range map[string]struct {
		before string
		want   []string
	}{
		"nothing before": {"<mediawiki>", []string{"! damaged", "! unidentified"}},
		"in a page":      {"<mediawiki>" + page[:100], []string{"! damaged", "A: " + electionBox}},
		"behind a page":  {"<mediawiki>" + page, []string{"A: " + electionBox, "! damaged", "A: " + electionBox}},
		"behind a page's tag that is lost": {
			"<mediawiki>" + lostTag, []string{"! broken-page", "! damaged", "A: " + electionBox},
		},
		"behind a head that names no wiki": {
			`<mediawiki xml:lang="en"><siteinfo></siteinfo>`, []string{"! damaged", "A: " + electionBox},
		},
		"behind a head": {exportHead, []string{"! damaged", "A: " + electionBox}},
	} {
		d := openDump(t, extracttest.WriteFile(t, "x", []byte(c.before+page)), Selection{})
		d.beginRange()
		chunks := slices.Values([]chunk{{data: []byte(c.before)}, unreadable, {data: []byte(page)}})
		var got []string
		d.rangePages(t.Context(), chunks, nil, func(event schemas.Event, err error) bool {
			u := new(document.Unreadable)
			switch {
			case errors.As(err, &u) && u.Reason == schemas.ReasonCutShort: // the end of the export is not there
			case errors.As(err, &u):
				got = append(got, event.Document.Title+"! "+u.Reason)
			case event.Document != nil:
				got = append(got, event.Document.Title+": "+event.Document.Text)
			}
			return true
		})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, expected %q", name, got, c.want)
		}
	}
}

// The first block of a bzip2 file holds the head. Also a range that is resumed behind the damage knows that it is lost.
func TestUnidentifiedBlock(t *testing.T) {
	path, err := exec.LookPath("bzip2")
	if err != nil {
		t.Skip("bzip2 is not installed")
	}
	c := exec.Command(path, "-1", "-c")
	c.Stdin = bytes.NewReader(digestExport(400))
	file, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	file[2000] ^= 4
	name := extracttest.WriteFile(t, "x", file)
	want := []string{schemas.ReasonDamaged, schemas.ReasonUnidentified}
	if reasons, texts, _ := losses(t, name, Selection{}); !slices.Equal(reasons, want) || len(texts) > 0 {
		t.Errorf("%q, %d pages", reasons, len(texts))
	}
	if reasons, texts, _ := losses(t, name, Selection{Wiki: "x"}); !slices.Equal(reasons, want[:1]) || len(texts) < 50 {
		t.Errorf("with a wiki: %q, %d pages", reasons, len(texts))
	}
	checkResume(t, name, Selection{}, rangeOver(t, openDump(t, name, Selection{})), 0)
}

// An index that names more pages than there are in the streams that are read is said to; one that names fewer, or each
// twice, is not. Nor is it if a damaged stream says why there are fewer.
func TestIndexedPages(t *testing.T) {
	path, err := exec.LookPath("bzip2")
	if err != nil {
		t.Skip("bzip2 is not installed")
	}
	compress := func(text string) string {
		c := exec.Command(path, "-1", "-c")
		c.Stdin = strings.NewReader(text)
		out, err := c.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
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
