package cmd

import (
	"archive/tar"
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// exportedPage is a page of a made dump.
type exportedPage struct {
	Title     string `xml:"title"`
	Namespace int    `xml:"ns"`
	ID        int64  `xml:"id"`
	Redirect  *struct {
		Title string `xml:"title,attr"`
	} `xml:"redirect"`
	Revision struct {
		ID   int64  `xml:"id"`
		Time string `xml:"timestamp"`
		Text string `xml:"text"`
	} `xml:"revision"`
}

// snapshotPage is a page of a snapshot, in the order of keys that those of Wikimedia have.
type snapshotPage struct {
	Name       string           `json:"name"`
	Identifier int64            `json:"identifier"`
	Modified   string           `json:"date_modified"`
	Version    snapshotNumber   `json:"version"`
	URL        string           `json:"url"`
	Namespace  snapshotNumber   `json:"namespace"`
	Language   snapshotText     `json:"in_language"`
	Entity     snapshotText     `json:"main_entity"`
	Templates  []snapshotLink   `json:"templates,omitempty"`
	Redirects  []snapshotLink   `json:"redirects,omitempty"`
	Wiki       snapshotText     `json:"is_part_of"`
	Body       snapshotBody     `json:"article_body"`
	License    []snapshotText   `json:"license"`
	Event      snapshotPageMade `json:"event"`
}

type snapshotNumber struct {
	Identifier int64 `json:"identifier"`
}

type snapshotText struct {
	Identifier string `json:"identifier"`
	URL        string `json:"url,omitempty"`
}

type snapshotLink struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type snapshotBody struct {
	HTML     string `json:"html"`
	Wikitext string `json:"wikitext"`
}

type snapshotPageMade struct {
	Identifier string `json:"identifier"`
	Type       string `json:"type"`
	Created    string `json:"date_created"`
}

// writeSnapshot writes the pages of a made dump as lines of a snapshot. It returns how many bytes they have.
func writeSnapshot(t testing.TB, dump string, w io.Writer) (bytes int64) {
	t.Helper()
	redirects := map[string][]snapshotLink{}
	forExportedPages(t, dump, func(p *exportedPage) {
		if p.Redirect != nil && p.Namespace == 0 {
			redirects[p.Redirect.Title] = append(redirects[p.Redirect.Title], snapshotLink{p.Title, snapshotURL(p.Title)})
		}
	})
	write := func(p *exportedPage) {
		if p.Redirect != nil {
			return
		}
		line, err := json.Marshal(snapshotPage{
			Name: p.Title, Identifier: p.ID, Modified: p.Revision.Time, Version: snapshotNumber{p.Revision.ID},
			URL: snapshotURL(p.Title), Namespace: snapshotNumber{int64(p.Namespace)}, Language: snapshotText{"en", ""},
			Entity:    snapshotText{fmt.Sprint("Q", p.ID), fmt.Sprint("https://www.wikidata.org/entity/Q", p.ID)},
			Templates: []snapshotLink{{"Template:Short description", snapshotURL("Template:Short description")}},
			Redirects: redirects[p.Title], Wiki: snapshotText{"enwiki", "https://en.wikipedia.org"},
			Body:    snapshotBody{renderedRoughly(p.Revision.Text), p.Revision.Text},
			License: []snapshotText{{"CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"}},
			Event:   snapshotPageMade{"632ff5f4", "update", "2031-01-01T00:00:00.123456Z"},
		})
		if err != nil {
			t.Fatal(err)
		}
		delete(redirects, p.Title)
		n, err := w.Write(append(line, '\n'))
		if err != nil {
			t.Fatal(err)
		}
		bytes += int64(n)
	}
	forExportedPages(t, dump, write)
	for i, title := range slices.Sorted(maps.Keys(redirects)) { // in the dump, there is no such page
		write(&exportedPage{Title: title, ID: int64(1_000_000_000 + i)})
	}
	return bytes
}

func snapshotURL(title string) string {
	return "https://en.wikipedia.org/wiki/" + strings.ReplaceAll(title, " ", "_")
}

// renderedRoughly returns HTML of about eight times the size of a text, as rendered pages have, with as many tags and
// attributes.
func renderedRoughly(text string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html prefix="dc: http://purl.org/dc/terms/"><body id="mwAA">`)
	for i, word := range strings.Fields(text) {
		word = html.EscapeString(word)
		if i%3 == 0 {
			fmt.Fprintf(&b, `<a rel="mw:WikiLink" href="./%s" title="%s" id="mw%d">%s</a> `, word, word, i, word)
		} else {
			fmt.Fprintf(&b, `<span class="nowrap" id="mw%d">%s</span> `, i, word)
		}
	}
	return b.String() + "</body></html>"
}

// forExportedPages calls visit with every page of a made dump.
func forExportedPages(t testing.TB, dump string, visit func(*exportedPage)) {
	t.Helper()
	f, err := os.Open(dump)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := xml.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "page" {
			var p exportedPage
			if err := d.DecodeElement(&p, &start); err != nil {
				t.Fatal(err)
			}
			visit(&p)
		}
	}
}

// packSnapshot packs files into a tar archive that is compressed by gzip: name and content in turns.
func packSnapshot(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for i := 0; i < len(files); i += 2 {
		h := &tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1])), Typeflag: tar.TypeReg}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
