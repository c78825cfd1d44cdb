package dump

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	dsnet "github.com/dsnet/compress/bzip2"
	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/bzip2"
	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// pieceEvents are what a reader yields, in words, with its counts.
type pieceEvents struct {
	pages     []string
	redirects []string
	account   schemas.Account
}

// rangeOverEvents returns what a source yields.
func rangeOverEvents(t testing.TB, s *Source) (r pieceEvents) {
	t.Helper()
	for event, err := range s.Events(context.Background()) {
		for _, l := range event.Redirects {
			r.redirects = append(r.redirects, l.Wiki+":"+l.From+">"+l.To)
		}
		d := event.Document
		u := new(document.Unreadable)
		switch {
		case d == nil:
		case errors.As(err, &u):
			r.pages = append(r.pages, fmt.Sprintf("%s %q ! %s %s %d %d %+v", d.Wiki, d.Title, u.Reason, u.Detail, u.Line,
				u.Offset, u.Gap))
		case err != nil:
			t.Fatal(err)
		default:
			r.pages = append(r.pages, fmt.Sprintf("%s %q %d %s", d.Wiki, d.Title, *d.PageID, d.Text))
		}
	}
	r.account = s.Account()
	return r
}

// rangeOverPieces returns what the pieces of a dump yield together, each read by a source of its own, and how many of
// them had to be read again.
func rangeOverPieces(t testing.TB, path string, pieces []Piece) (all pieceEvents, again int) {
	t.Helper()
	read := func(p Piece) (pieceEvents, PieceResult) {
		s := openDump(t, path, Selection{})
		if err := s.SetPiece(p); err != nil {
			t.Fatal(err)
		}
		r := rangeOverEvents(t, s)
		return r, s.PieceResult()
	}
	sequence := NewPieceSequence()
	for _, p := range pieces {
		got, result := read(p)
		verdict := sequence.Judge(&p, &result)
		if verdict == ReadAgain {
			again++
			p = sequence.Exact(p)
			got, result = read(p)
			if verdict = sequence.Judge(&p, &result); verdict != KeepPiece {
				t.Fatalf("the piece %+v is to be read again and again", p)
			}
		}
		sequence.Pass(&p, &result, verdict)
		if verdict == DropPiece {
			continue
		}
		all.pages = append(all.pages, got.pages...)
		all.redirects = append(all.redirects, got.redirects...)
		bytesOfFile := got.account.Bytes
		all.account.Add(&got.account)
		all.account.SourceURI, all.account.Bytes, all.account.Scan = got.account.SourceURI, bytesOfFile, got.account.Scan
		all.account.Format, all.account.Wikis = got.account.Format, got.account.Wikis
		all.account.SHA256 = ""
	}
	return all, again
}

// compareWithWhole compares the pieces of a dump with the whole.
func compareWithWhole(t *testing.T, path string, whole *pieceEvents, bits []int64) (again int) {
	t.Helper()
	pieces, err := openDump(t, path, Selection{}).splitAt(context.Background(), bits)
	if err != nil {
		t.Fatal(err)
	}
	if pieces == nil {
		return 0
	}
	got, again := rangeOverPieces(t, path, pieces)
	if diff := cmp.Diff(whole.pages, got.pages); diff != "" {
		t.Fatalf("pages at the cuts %v (-want +got):\n%.3000s", bits, diff)
	}
	if diff := cmp.Diff(whole.redirects, got.redirects); diff != "" {
		t.Fatalf("redirects at the cuts %v (-want +got):\n%.3000s", bits, diff)
	}
	want := whole.account
	want.SHA256 = ""
	if diff := cmp.Diff(want, got.account); diff != "" {
		t.Fatalf("account at the cuts %v (-want +got):\n%s", bits, diff)
	}
	return again
}

// sizedExport returns an export with pages of every kind, small ones and some that are larger than a block.
func sizedExport(seed uint64) string {
	random := rand.New(rand.NewPCG(seed, 1))
	filler := func(n int) string {
		var b strings.Builder
		for b.Len() < n {
			fmt.Fprintf(&b, "%x ", random.Uint64())
		}
		return b.String()
	}
	var b strings.Builder
	b.WriteString(exportHead)
	for i := range 24 {
		size := random.IntN(20_000)
		if i%11 == 4 {
			size = 250_000
		}
		switch random.IntN(6) {
		case 0:
			b.WriteString(exportPage(fmt.Sprint("Talk:", i), 1, i+1, electionBox+filler(size)))
		case 1:
			b.WriteString(exportRedirect(fmt.Sprint("Redirect ", i), 0, i+1, fmt.Sprint("Box ", i)))
		case 2:
			b.WriteString(exportPage(fmt.Sprint("Broken ", i), 0, i+1, filler(size)+"<i>"))
		case 3:
			b.WriteString(exportRedirect(fmt.Sprint("Template:Redirect ", i), 10, i+1, "Template:Infobox election"))
		case 4:
			b.WriteString(exportPage(fmt.Sprint("None ", i), 0, i+1, filler(size)))
		default:
			b.WriteString(exportPage(fmt.Sprint("Box ", i), 0, i+1, electionBox+filler(size)))
		}
	}
	return b.String() + exportFoot
}

// packBzip2 returns a text as streams of bzip2 with blocks of 100 kB.
func packBzip2(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, part := range parts {
		w, err := dsnet.NewWriter(&out, &dsnet.WriterConfig{Level: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// blockBits returns the bits at which the blocks of a file begin.
func blockBits(content []byte) (bits []int64) {
	span := bzip2.Span{To: int64(len(content))}
	for b := range bzip2.Blocks(context.Background(), bytes.NewReader(content), []bzip2.Span{span}, 1) {
		if b.Err == nil && b.Bit > 32 {
			bits = append(bits, b.Bit)
		}
	}
	return bits
}

// randomBits returns some places of a file, in order.
func randomBits(random *rand.Rand, size, n int) []int64 {
	var bits []int64
	for range n {
		bits = append(bits, 8*int64(1+random.IntN(size-1)))
	}
	slices.Sort(bits)
	return slices.Compact(bits)
}

// The pages, redirects, places, rejects and counts of all pieces together are those of the whole, wherever the file is
// cut, and whatever is wrong with it. In a sound file, no piece has to be read again.
func TestPieces(t *testing.T) {
	export := sizedExport(7)
	half := strings.Index(export[len(export)/2:], "  <page>") + len(export)/2
	other := strings.Replace(export, "enwiki", "frwiki", 1)
	files := map[string]struct {
		content []byte
		isSound bool
	}{
		"plain":              {[]byte(export), true},
		"one stream":         {packBzip2(t, export), true},
		"several streams":    {packBzip2(t, export[:half], export[half:len(export)-len(exportFoot)], exportFoot), true},
		"streams anywhere":   {packBzip2(t, export[:200_007], export[200_007:300_001], export[300_001:]), true},
		"two exports":        {packBzip2(t, export, other), false},
		"two exports, plain": {[]byte(export + other), false},
		"an open comment":    {packBzip2(t, export[:half]+"<!--"+export[half:]), false},
		"a page in a comment": {
			[]byte(export[:half] + "<!-- " + exportPage("Box", 0, 9, electionBox) + " -->" + export[half:]), false,
		},
		"a tag that is cut": {[]byte(export[:half] + "<pag" + export[half:]), false},
		"no end":            {packBzip2(t, export[:half]), false},
		"no head":           {packBzip2(t, export[len(exportHead):]), false},
	}
	for name, f := range files {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			path := extracttest.WriteFile(t, "x.xml", f.content)
			whole := rangeOverEvents(t, openDump(t, path, Selection{}))
			cuts := [][]int64{blockBits(f.content)}
			for range schemastest.Rounds(2, 10) {
				cuts = append(cuts, randomBits(random, len(f.content), 1+random.IntN(12)))
			}
			for _, bits := range cuts {
				again := compareWithWhole(t, path, &whole, bits)
				if again > 0 && f.isSound {
					t.Errorf("at the cuts %v of a sound file, %d pieces are read again", bits, again)
				}
			}
		})
	}
}

// Of a damaged file, the pieces together lose what the whole loses, and say so in the same words.
func TestPiecesOfDamagedFiles(t *testing.T) {
	export := sizedExport(11)
	half := strings.Index(export[len(export)/2:], "  <page>") + len(export)/2
	for name, content := range map[string][]byte{
		"plain":           []byte(export),
		"one stream":      packBzip2(t, export),
		"several streams": packBzip2(t, export[:half], export[half:]),
	} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(3, 4))
			for round := range schemastest.Rounds(4, 16) {
				damaged := bytes.Clone(content)
				switch random.IntN(4) {
				case 0:
					damaged = damaged[:1000+random.IntN(len(damaged)-1000)]
				case 1: // the head
					damaged[20+random.IntN(500)] ^= 0x41
				case 2: // a checksum of a stream
					damaged[len(damaged)-2] ^= 0x10
				}
				for range random.IntN(4) {
					at := 600 + random.IntN(len(damaged)-600)
					for i := range min(1+random.IntN(300), len(damaged)-at) {
						damaged[at+i] = byte(random.Uint32())
					}
				}
				path := extracttest.WriteFile(t, fmt.Sprintf("%d.xml", round), damaged)
				whole := rangeOverEvents(t, openDump(t, path, Selection{}))
				bits := blockBits(damaged)
				if round%2 > 0 || len(bits) == 0 {
					bits = randomBits(random, len(damaged), 1+random.IntN(20))
				}
				compareWithWhole(t, path, &whole, bits)
			}
		})
	}
}

// The checksum of a stream is that of all its blocks, which several pieces have read. If it is another, the file is as
// incomplete as it is in one go.
func TestPiecesProveTheStream(t *testing.T) {
	content := packBzip2(t, sizedExport(5))
	content[len(content)-2] ^= 0x10
	path := extracttest.WriteFile(t, "x.xml.bz2", content)
	whole := rangeOverEvents(t, openDump(t, path, Selection{}))
	if last := whole.pages[len(whole.pages)-1]; !strings.Contains(last, "each block of it is sound") {
		t.Fatalf("the last of the whole is %s", last)
	}
	compareWithWhole(t, path, &whole, blockBits(content))
}

// What can only be read from its beginning is one piece, as is a file that is smaller than one.
func TestSplit(t *testing.T) {
	export := sizedExport(3)
	utf16 := []byte{0xff, 0xfe}
	for _, b := range []byte(strings.ToValidUTF8(export, "")) {
		utf16 = append(utf16, b, 0)
	}
	ctx := context.Background()
	for name, c := range map[string]struct {
		content []byte
		size    int64
		want    int
	}{
		"plain":           {[]byte(export), int64(len(export)) / 4, 4},
		"a small one":     {[]byte(export), int64(len(export)), 0},
		"tiny pieces":     {[]byte(mixedExport(40)), 1, len(mixedExport(40)) / minPiece},
		"UTF-16":          {utf16, 100_000, 0},
		"UTF-16 in bzip2": {packBzip2(t, string(utf16)), 100_000, 0},
		"no page":         {[]byte(exportHead + strings.Repeat(" ", 1<<16) + exportFoot), 1 << 12, 0},
	} {
		s := openDump(t, extracttest.WriteFile(t, "x.xml", c.content), Selection{})
		pieces, err := s.Split(ctx, c.size)
		if err != nil || len(pieces) != c.want {
			t.Errorf("%s: %d pieces, expected %d: %v", name, len(pieces), c.want, err)
		}
		if whole := rangeOverEvents(t, s); whole.account.SHA256 == "" { // a source that was cut is read whole after all
			t.Errorf("%s: the whole has no digest", name)
		}
	}
}
