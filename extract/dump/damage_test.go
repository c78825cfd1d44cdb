package dump

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

// A file that ends too early yields what is before its end, and a reject that says so. A damaged file yields a reject
// that says which bytes are lost. The account counts each reject as one document.
func TestDumpDamage(t *testing.T) {
	content := mixedExport(600)
	forms := compressedForms(t, []byte(content))
	whole := rangeOver(t, openDump(t, extracttest.WriteFile(t, "whole", forms["plain"]), Selection{}))
	for _, c := range []struct {
		form   string
		damage func([]byte) []byte
		reason string
		most   int // of the pages; a form that is read in pieces may lose what it has not handed on
	}{
		{"plain", func(b []byte) []byte { return b[:len(b)*2/3] }, "cut-short", 1},
		{"gzip", func(b []byte) []byte { return b[:len(b)*3/4] }, "cut-short", 1},
		{"zstd", func(b []byte) []byte { return b[:len(b)*3/4] }, "cut-short", 1},
		{"bzip2", func(b []byte) []byte { return b[:len(b)*3/4] }, "cut-short", 1},
		{"UTF-16LE", func(b []byte) []byte { return b[:len(b)*3/4+1] }, "cut-short", 1},
		{"gzip", func(b []byte) []byte { b[len(b)*3/4] ^= 0xff; return b }, "damaged", 1},
		{"bzip2", func(b []byte) []byte { b[len(b)/2] ^= 0xff; return b }, "damaged", 3},
	} {
		t.Run(c.form+" "+c.reason, func(t *testing.T) {
			form, ok := forms[c.form]
			if !ok {
				t.Skip("bzip2 is not installed")
			}
			got := rangeOver(t, openDump(t, extracttest.WriteFile(t, "x", c.damage(slices.Clone(form))), Selection{}))
			rejects, read := 0, 0
			for _, page := range got.pages {
				switch {
				case strings.HasSuffix(page, "! broken-page"):
				case strings.Contains(page, "! "):
					if rejects++; !strings.HasSuffix(page, "! "+c.reason) {
						t.Errorf("rejected: %s", page)
					}
				case !slices.Contains(whole.pages, page):
					t.Errorf("a page that is not in the dump: %.60s", page)
				default:
					read++
				}
			}
			if rejects == 0 || rejects > c.most || read < 30 || read >= 100 {
				t.Errorf("%d rejects, %d of 100 pages", rejects, read)
			}
			a := got.account
			if n := a.WithoutBox + a.OtherNamespaces + a.Redirects + int64(len(got.pages)); n != a.Documents {
				t.Errorf("%d pages are accounted for, of %+v", n, a)
			}
		})
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

// If one bit of a dump is changed, in whatever form the dump is and wherever the bit is, no text is yielded that is not
// in the dump, and if something is missing or not proven, an event says so.
func TestNoBitChangesAValue(t *testing.T) {
	content := digestExport(120)
	_, want, _ := losses(t, extracttest.WriteFile(t, "whole", content), Selection{})
	if len(want) != 120 {
		t.Fatalf("%d pages", len(want))
	}
	for name, compress := range map[string]func(t *testing.T) []byte{
		"plain": func(*testing.T) []byte { return content },
		"gzip":  func(t *testing.T) []byte { return compressGzip(t, content) },
		"bzip2": func(t *testing.T) []byte { return compressBzip2(t, content) },
		"zstd":  func(t *testing.T) []byte { return compressZstd(t, content) },
		"zstd without a checksum": func(t *testing.T) []byte {
			return compressZstd(t, content, zstd.WithEncoderCRC(false))
		},
	} {
		t.Run(name, func(t *testing.T) {
			form := compress(t)
			random := rand.New(rand.NewPCG(1, 2))
			silent, reported := 0, 0
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
					reported++
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
			if reported < 20 || silent > 5 {
				t.Errorf("of 60 damaged files %d were reported, and %d lost pages silently", reported, silent)
			}
		})
	}
}
