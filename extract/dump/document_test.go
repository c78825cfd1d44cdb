package dump

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

// A document of a dump has what the export says of its page.
func TestDumpDocument(t *testing.T) {
	export := exportHead + exportPage("Côte d'Ivoire &amp; so? 100%", 0, 42, electionBox) + exportFoot
	source := openDump(t, extracttest.WriteFile(t, "x.xml", []byte(export)), Selection{})
	for event, err := range source.Events(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		page, newest := int64(42), int64(420)
		want := &schemas.Document{
			URI: source.URI(), Format: "wikitext", Text: electionBox,
			Bytes: int64(len(electionBox)), SHA256: hexSHA256([]byte(electionBox)),
			Wiki: "enwiki", Lang: "en", Title: "Côte d'Ivoire & so? 100%", PageID: &page,
			PageURL:    "https://en.wikipedia.org/wiki/C%C3%B4te_d%27Ivoire_&_so%3F_100%25",
			RevisionID: &newest, RevisionTimestamp: time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC),
		}
		if diff := cmp.Diff(want, event.Document); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if got := event.Document.Identity(); got != "enwiki:42" {
			t.Errorf("the identity is %s", got)
		}
	}
}

// The head of an export says of which wiki it is. Old ones do not name the database.
func TestParseSite(t *testing.T) {
	const root = `<mediawiki xml:lang="de">`
	for _, c := range []struct {
		name, head string
		want       site
	}{
		{
			"a Wikipedia", "<dbname>enwiki</dbname><base>https://en.wikipedia.org/wiki/Main_Page</base>",
			site{Wiki: "enwiki", Lang: "en", Base: "https://en.wikipedia.org/wiki/"},
		},
		{
			"no name of the database", "<base>https://zh-min-nan.wikipedia.org/wiki/A</base>",
			site{Wiki: "zh_min_nanwiki", Lang: "zh-min-nan", Base: "https://zh-min-nan.wikipedia.org/wiki/"},
		},
		{
			"a slash in the title of the main page", "<base>https://fr.wikipedia.org/wiki/Wikip%C3%A9dia:A/B</base>",
			site{Wiki: "frwiki", Lang: "fr", Base: "https://fr.wikipedia.org/wiki/"},
		},
		{
			"another wiki", "<dbname>x</dbname><base>https://example.org/w/Main</base>",
			site{Wiki: "x", Lang: "de", Base: "https://example.org/w/"},
		},
		{"no address", "<dbname>x</dbname><base>Main</base>", site{Wiki: "x", Lang: "de"}},
		{
			"the namespace of templates",
			`<namespaces><namespace key="0"/><namespace key="10">Vorlage</namespace></namespaces>`,
			site{Lang: "de", Template: "Vorlage"},
		},
		{"an address that is none of the web", "<base>javascript://a/%0aalert(1)//wiki/x</base>", site{Lang: "de"}},
		{"another address that is none", "<dbname>x</dbname><base>data:text/html,/wiki/</base>", site{Wiki: "x", Lang: "de"}},
		{"an address of a file", "<base>file://host/wiki/A</base>", site{Lang: "de"}},
		{"nothing that can be read", "<base", site{Lang: "de"}},
	} {
		if got, _ := parseSite([]byte(root), []byte("<siteinfo>"+c.head+"</siteinfo>")); got != c.want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// A wiki says in the head of its export whether the first letter of a title has a case.
func TestTitleCaseOfAnExport(t *testing.T) {
	page := exportPage("A", 0, 1, electionBox)
	for name, c := range map[string]struct {
		head string
		want schemas.TitleCase
	}{
		"first letter": {exportHead, schemas.FirstLetter},
		"of articles": {strings.Replace(exportHead, `key="0" case="first-letter"`, `key="0" case="case-sensitive"`, 1),
			schemas.CaseSensitive},
		"of the wiki": {strings.Replace(strings.Replace(exportHead, ` case="first-letter"`, "", 2), "<namespaces>",
			"<case>case-sensitive</case><namespaces>", 1), schemas.CaseSensitive},
	} {
		for event := range openDump(t, extracttest.WriteFile(t, "dump", []byte(c.head+page+exportFoot)),
			Selection{}).Events(t.Context()) {
			if d := event.Document; d.TitleCase != c.want {
				t.Errorf("%s: the titles are %q, expected %q", name, d.TitleCase, c.want)
			}
		}
	}
}
