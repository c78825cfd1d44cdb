package dump

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

const exportHead = `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo>
    <sitename>Wikipedia</sitename>
    <dbname>enwiki</dbname>
    <base>https://en.wikipedia.org/wiki/Main_Page</base>
    <namespaces>
      <namespace key="0" case="first-letter" />
      <namespace key="10" case="first-letter">Template</namespace>
    </namespaces>
  </siteinfo>
`

const exportFoot = "</mediawiki>\n"

// exportPage returns a page of an export; the text is written as it stands.
func exportPage(title string, namespace, id int, text string) string {
	return fmt.Sprintf(`  <page>
    <title>%s</title>
    <ns>%d</ns>
    <id>%d</id>
    <revision>
      <id>%d</id>
      <timestamp>2024-05-01T10:00:00Z</timestamp>
      <contributor><username>A</username><id>7</id></contributor>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="%d" sha1="x" xml:space="preserve">%s</text>
      <sha1>x</sha1>
    </revision>
  </page>
`, title, namespace, id, id*10, len(text), text)
}

// exportRedirect returns a page of an export that redirects to another one, whose title is written as it stands.
func exportRedirect(title string, namespace, id int, target string) string {
	page := exportPage(title, namespace, id, "#REDIRECT [["+target+"]]")
	return strings.Replace(page, "<revision>", `<redirect title="`+target+`" /><revision>`, 1)
}

const electionBox = "{{Infobox election\n| seats1 = 5\n}}"

// rangeResult is what a source yields, and its account.
type rangeResult struct {
	pages       []string // "title: text", or "title! reason"
	redirects   []string
	account     schemas.Account
	checkpoints []string // behind each of the pages
}

func rangeOver(t testing.TB, s *Source) (r rangeResult) {
	t.Helper()
	for event, err := range s.Events(context.Background()) {
		d := event.Document
		for _, l := range event.Redirects {
			r.redirects = append(r.redirects, l.Wiki+":"+l.From+">"+l.To)
		}
		u := new(document.Unreadable)
		switch {
		case d == nil:
			continue
		case errors.As(err, &u):
			r.pages = append(r.pages, d.Title+"! "+u.Reason)
			if u.Reason == schemas.ReasonBrokenPage && (u.Gap == nil || u.Gap.From < 0 || !u.Gap.Page) {
				t.Errorf("%v: the place is %+v", err, u.Gap)
			}
		case err != nil:
			t.Fatal(err)
		default:
			r.pages = append(r.pages, d.Title+": "+d.Text)
		}
		r.checkpoints = append(r.checkpoints, s.Checkpoint())
	}
	r.account = s.Account()
	return r
}

func openDump(t testing.TB, path string, selection Selection) *Source {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(f, FoundFile{Path: path, Info: info}, selection)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mixedExport returns an export with pages of every kind.
func mixedExport(pages int) string {
	var b strings.Builder
	b.WriteString(exportHead)
	for i := range pages {
		switch i % 6 {
		case 0:
			b.WriteString(exportPage(fmt.Sprint("Box ", i), 0, i+1, electionBox+strings.Repeat("x &amp; y ", i)))
		case 1:
			b.WriteString(exportPage(fmt.Sprint("Talk:", i), 1, i+1, electionBox))
		case 2:
			b.WriteString(exportPage(fmt.Sprint("Broken ", i), 0, i+1, "<i>"))
		case 3:
			b.WriteString(exportRedirect(fmt.Sprint("Redirect ", i), 0, i+1, fmt.Sprint("Box ", i)))
		default:
			b.WriteString(exportPage(fmt.Sprint("None ", i), 0, i+1, strings.Repeat("é text ", i)))
		}
	}
	return b.String() + exportFoot
}
