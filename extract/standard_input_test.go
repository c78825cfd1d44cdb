package extract

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"hemicycle/extract/dump"
	"hemicycle/schemas/schemastest"
)

// Standard input holds what a file can hold: a page, a response of the API or an export.
func TestStandardInput(t *testing.T) {
	const box = "{{Infobox election|party1=A|seats1=5}}"
	for name, c := range map[string]struct{ text, identity string }{
		"a page": {"= A =\n\nInfobox\n- Party1: A\n- Seats1: 5\n", "local:A"},
		"a response of the API": {`{"query":{"pages":[{"pageid":42,"title":"A","revisions":[` +
			`{"revid":7,"slots":{"main":{"contentmodel":"wikitext","content":"` + box + `"}}}]}]}}`, "local:42"},
		"an export": {"<mediawiki><siteinfo><dbname>enwiki</dbname></siteinfo><page><title>A</title><ns>0</ns><id>42</id>" +
			"<revision><id>7</id><text>" + box + "</text></revision></page></mediawiki>", "enwiki:42"},
	} {
		source, err := openStandardInput(t.Context(), strings.NewReader(c.text), dump.Selection{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		count := 0
		for event, err := range source.Events(t.Context()) {
			d := event.Document
			if err == nil {
				err = Read(d)
			}
			if err != nil || d.Identity() != c.identity || d.URI != "<stdin>" || len(d.Boxes) != 1 {
				t.Errorf("%s: %d boxes of %s at %s: %v", name, len(d.Boxes), d.Identity(), d.URI, err)
			}
			count++
		}
		if account := source.Account(); count != 1 || account.Documents != 1 || account.SourceURI != "<stdin>" {
			t.Errorf("%s: %d documents, %+v", name, count, account)
		}
	}
}

// zeros is a reader without an end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// What is read from standard input is bounded, and an input that never answers does not hold up a signal.
func TestStandardInputIsBounded(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	_, err := openStandardInput(t.Context(), zeros{}, dump.Selection{})
	schemastest.CheckWords(t, err, "-: standard input cannot be read: it has more than 128 MiB")
	silent, writer := io.Pipe()
	defer writer.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("a signal"))
	_, err = openStandardInput(ctx, silent, dump.Selection{})
	schemastest.CheckWords(t, err, "-: standard input cannot be read: a signal")
	if entries, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(entries) > 0 {
		t.Errorf("left over: %v, %v", entries, err)
	}
}

// What needs a file beside the dump cannot be asked of standard input.
func TestStandardInputHasNothingBeside(t *testing.T) {
	_, err := openStandardInput(t.Context(), &bytes.Buffer{}, dump.Selection{Verify: true})
	schemastest.CheckWords(t, err, "-: standard input cannot be verified")
	_, err = openStandardInput(t.Context(), &bytes.Buffer{}, dump.Selection{Titles: regexp.MustCompile("a")})
	schemastest.CheckWords(t, err, "-: titles can be selected only in a multistream dump")
}
