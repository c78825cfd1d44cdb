package dump

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"hemicycle/extract/extracttest"
	"hemicycle/schemas/schemastest"
)

// A dump is verified by the line for it in SHA256SUMS, as tools and people write such lines.
func TestVerify(t *testing.T) {
	const content = exportHead + exportFoot
	digest := hexSHA256([]byte(content))
	other := hexSHA256([]byte("other"))
	for _, c := range []struct{ name, sums, err string }{
		{"lower case", digest + "  x.xml\n", ""},
		{"upper case", strings.ToUpper(digest) + "  x.xml\n", ""},
		{"binary mode", digest + " *x.xml\n", ""},
		{"a path, among others", other + "  y.xml\n" + digest + "  ./x.xml\n", ""},
		{"another digest", other + "  x.xml\n", "x.xml is not the file that was published: its SHA-256 is " + digest},
		{"no line", digest + "  y.xml\n", "has no line for it"},
	} {
		folder := extracttest.WriteFiles(t, map[string]string{"x.xml": content, sumsName: c.sums})
		err := verifyDigest(t.Context(), filepath.Join(folder, "x.xml"), new(atomic.Int64))
		if c.err != "" {
			schemastest.CheckWords(t, err, c.err)
		} else if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	folder := extracttest.WriteFiles(t, map[string]string{"x.xml": content, sumsName: digest + "  x.xml\n"})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := verifyDigest(ended, filepath.Join(folder, "x.xml"), new(atomic.Int64)); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: got %v", err)
	}
	path := extracttest.WriteFile(t, "x.xml", []byte(content))
	err := verifyDigest(t.Context(), path, new(atomic.Int64))
	schemastest.CheckWords(t, err, "cannot be verified: expected SHA256SUMS beside it")
}
