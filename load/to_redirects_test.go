package load_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hemicycle/load"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// kept is a sink that keeps the redirects written to it.
type kept struct{ redirects []string }

func (k *kept) Write(r schemas.Record) error {
	if r.Redirect != nil {
		k.redirects = append(k.redirects, r.Redirect.Wiki+":"+r.Redirect.From+">"+r.Redirect.To)
	}
	return nil
}
func (k *kept) FinishPart() ([]version.File, error) { return nil, nil }
func (k *kept) Commit() ([]version.File, error)     { return nil, nil }
func (k *kept) Close() error                        { return nil }

// Redirects are written that boxes link by, whichever stands first, whatever the parts, each once.
func TestRedirectsThatBoxesLinkBy(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		if err := os.RemoveAll(filepath.Join(folder, version.RedirectsName)); err != nil {
			t.Fatal(err)
		}
		l, k := load.NewRedirectSink(folder, version.FinishedParts{}), &kept{}
		sinks := []load.Sink{k, l}
		linked := map[string]bool{}
		var redirects []string
		for range rapid.IntRange(0, 60).Draw(t, "records") {
			n := rapid.IntRange(0, 20).Draw(t, "title")
			title := fmt.Sprintf("Title %d", n)
			var r schemas.Record
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				r.Election = &schemas.Election{Document: &schemas.Document{Wiki: "w"}, PreviousPage: fmt.Sprintf("title_%d#x", n)}
				linked[title] = true
			case 1:
				r.Election = &schemas.Election{Document: &schemas.Document{Wiki: "w"}, Contenders: []schemas.Contender{{}, {PartyPage: title}}}
				linked[title] = true
			case 2:
				if _, err := l.FinishPart(); err != nil {
					t.Fatal(err)
				}
				continue
			default:
				r.Passed = []schemas.Redirect{{Wiki: "v", From: title, To: "U"}, {Wiki: "w", From: title, To: "T\n\x00"}}
				if !slices.Contains(redirects, title) {
					redirects = append(redirects, title)
				}
			}
			if err := l.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := load.WriteRedirects(sinks); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, from := range redirects {
			if linked[from] {
				want = append(want, "w:"+from+">T\n\x00")
			}
		}
		if !slices.Equal(want, k.redirects) {
			t.Errorf("got %q, expected %q", k.redirects, want)
		}
		if files, err := l.Commit(); err != nil || len(files) != 0 {
			t.Errorf("%v, %v", files, err)
		}
	})
}
