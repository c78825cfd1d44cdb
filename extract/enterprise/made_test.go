package enterprise

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"hemicycle/extract/document"
	"hemicycle/extract/dump"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

const electionBox = "{{Infobox election\n| seats1 = 5\n}}"

// madePage is a page of a made snapshot.
type madePage struct {
	title     string
	id        int
	version   int
	text      string
	namespace int
	event     string
	happened  string
	redirects []string
	templates []string
}

// line returns the page as a line of a snapshot, in the form of Wikimedia's own samples: with a page as HTML, and with
// the escapes that they have.
func (p madePage) line() string {
	named := func(names []string) (all []map[string]string) {
		for _, name := range names {
			all = append(all, map[string]string{"name": name, "url": "https://en.wikipedia.org/wiki/" + name})
		}
		return all
	}
	if p.event == "" {
		p.event = "update"
	}
	if p.happened == "" {
		p.happened = "2031-06-02T00:00:00.25Z"
	}
	fields := []struct {
		key   string
		value any
	}{
		{"name", p.title}, {"identifier", p.id}, {"abstract", "A page with a \"quote\" and a \\ in it."},
		{"date_modified", "2031-06-01T10:11:12Z"},
		{"version", map[string]any{"identifier": p.version, "comment": "{}"}},
		{"url", "https://en.wikipedia.org/wiki/" + strings.ReplaceAll(p.title, " ", "_")},
		{"namespace", map[string]any{"identifier": p.namespace}}, {"in_language", map[string]any{"identifier": "en"}},
		{"main_entity", map[string]any{"identifier": fmt.Sprintf("Q%d", 1+p.id)}},
		{"templates", named(p.templates)}, {"redirects", named(p.redirects)},
		{"is_part_of", map[string]any{"identifier": "enwiki", "url": "https://en.wikipedia.org"}},
		{"article_body", map[string]any{"html": `<p class="x">` + p.text + "</p>", "wikitext": p.text}},
		{"license", []any{map[string]any{"identifier": "CC-BY-SA-4.0"}}},
		{"event", map[string]any{"identifier": "7a", "type": p.event, "date_created": p.happened}},
	}
	var b strings.Builder
	for i, f := range fields {
		value, _ := json.Marshal(f.value) // no value is one that JSON cannot express
		fmt.Fprintf(&b, "%c%q:%s", "{,"[min(i, 1)], f.key, value)
	}
	return b.String() + "}\n"
}

// electionPage returns a page with a box.
func electionPage(id, version int, text string) madePage {
	title := fmt.Sprintf("%d Testland election", 2000+id)
	return madePage{title: title, id: id, version: version, text: electionBox + text}
}

// archive returns files as a tar archive: name and content in turns.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1])), Typeflag: tar.TypeReg}
		if strings.HasSuffix(files[i], "/") {
			h.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t testing.TB, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// open writes a snapshot and returns its source.
func open(t testing.TB, content []byte, namespaces ...int) *Source {
	t.Helper()
	path := extracttest.WriteFile(t, "snapshot", content)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(dump.FoundFile{Path: path, Info: info}, dump.Selection{Namespaces: namespaces})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ranged is what a source yields, and its account.
type ranged struct {
	events      []string // "title revision", or "title! reason line: detail"
	redirects   []string
	checkpoints []string // behind each event
	positions   []int64
	account     schemas.Account
}

// rangeOver ranges over a source, up to so many events; -1 means all.
func rangeOver(t testing.TB, s *Source, most int) ranged {
	t.Helper()
	var r ranged
	for event, err := range s.Events(t.Context()) {
		shown := "redirects"
		if d := event.Document; d != nil {
			shown = d.Title
			if u := new(document.Unreadable); errors.As(err, &u) {
				shown += fmt.Sprintf("! %s %d: %s", u.Reason, u.Line, u.Detail)
			} else if err != nil {
				t.Fatal(err)
			} else if d.RevisionID != nil {
				shown += fmt.Sprintf(" %d", *d.RevisionID)
			}
		}
		r.events = append(r.events, shown)
		for _, p := range event.Redirects {
			r.redirects = append(r.redirects, p.From+" > "+p.To)
		}
		r.checkpoints = append(r.checkpoints, s.Checkpoint())
		r.positions = append(r.positions, s.Position())
		if len(r.events) == most {
			return r
		}
	}
	r.account = s.Account()
	return r
}

// holdsBalance holds that the account says what became of every page.
func (r *ranged) holdsBalance(t testing.TB) {
	t.Helper()
	a := r.account
	yielded := int64(len(r.events))
	for _, e := range r.events {
		if e == "redirects" {
			yielded--
		}
	}
	if a.Documents != a.WithoutBox+a.OtherNamespaces+yielded {
		t.Errorf("%d pages were yielded, and the account is %+v", yielded, a)
	}
}
