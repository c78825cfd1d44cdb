package dump

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"testing"

	"hemicycle/extract/extracttest"
)

func hexSHA256(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// The account has the digest of a file only if the file was read to its end. A file that is damaged or cut when it is
// found can be read to its end, one that shrinks while it is read cannot.
func TestDigestOfTheWholeFile(t *testing.T) {
	content := mixedExport(600)
	forms := compressedForms(t, []byte(content))
	for _, name := range []string{"plain", "gzip", "bzip2"} {
		form, ok := forms[name]
		if !ok {
			continue
		}
		open := func() (*Source, string) {
			path := extracttest.WriteFile(t, "x", form)
			return openDump(t, path, Selection{}), path
		}
		if s, _ := open(); rangeOver(t, s).account.SHA256 != hexSHA256(form) {
			t.Errorf("%s: the digest of a file that was read to its end is %q", name, s.Account().SHA256)
		}
		s, _ := open()
		for range s.Events(t.Context()) {
			break
		}
		if sum := s.Account().SHA256; sum != "" {
			t.Errorf("%s: the digest is %s when ranging stopped early", name, sum)
		}
		s, _ = open()
		ctx, cancel := context.WithCancel(t.Context())
		for range s.Events(ctx) {
			cancel()
		}
		cancel()
		if sum := s.Account().SHA256; sum != "" {
			t.Errorf("%s: the digest is %s when the context ended", name, sum)
		}
		s, path := open()
		if err := os.Truncate(path, int64(len(form)/2)); err != nil {
			t.Fatal(err)
		}
		if got := rangeOver(t, s); got.account.SHA256 != "" || !slices.Contains(got.pages, "! cut-short") {
			t.Errorf("%s: a file that shrank has the digest %q", name, got.account.SHA256)
		}
	}
}

// A digest is only given once the reader has reached the end of the file.
func TestFileDigest(t *testing.T) {
	content := bytes.Repeat([]byte("x"), 3*pieceSize+5)
	for _, c := range []struct {
		reached []int64
		want    string
	}{
		{[]int64{pieceSize, int64(len(content))}, hexSHA256(content)},
		{[]int64{int64(len(content)), pieceSize}, hexSHA256(content)}, // places may come out of order
		{[]int64{pieceSize, int64(len(content)) - 1}, ""},
		{nil, ""},
	} {
		d := newDigest(t.Context(), bytes.NewReader(content), int64(len(content)))
		for _, to := range c.reached {
			d.reach(to)
		}
		if got := d.hexSum(); got != c.want {
			t.Errorf("behind %v the digest is %q, expected %q", c.reached, got, c.want)
		}
	}
}
