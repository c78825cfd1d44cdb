package apiresponse

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/document"
)

const (
	box    = `{{Infobox legislative election\n| country = Morocco\n| seats1 = 52\n}}`
	page2  = `{"pageid":12886446,"ns":0,"title":"2007 Moroccan general election","revisions":[%s]}`
	slots2 = `{"revid":1210,"parentid":9,"timestamp":"2024-02-03T04:05:06Z","slots":{"main":{"contentmodel":"wikitext",` +
		`"contentformat":"text/x-wiki","content":"` + box + `"}}}`
	slots1 = `{"revid":1210,"parentid":9,"timestamp":"2024-02-03T04:05:06Z","slots":{"main":{"contentmodel":"wikitext",` +
		`"contentformat":"text/x-wiki","*":"` + box + `"}}}`
	plain1 = `{"revid":1210,"parentid":9,"timestamp":"2024-02-03T04:05:06Z","contentformat":"text/x-wiki",` +
		`"contentmodel":"wikitext","*":"` + box + `"}`
)

// outline writes what a source yields, a line each.
func outline(t *testing.T, s *Source) string {
	t.Helper()
	var b strings.Builder
	number := func(n *int64) string {
		if n == nil {
			return "-"
		}
		return fmt.Sprint(*n)
	}
	for event, err := range s.Events(t.Context()) {
		d := event.Document
		u := new(document.Unreadable)
		if errors.As(err, &u) {
			fmt.Fprintf(&b, "%q! %s: %s\n", d.Title, u.Reason, u.Detail)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%q %s page %s revision %s of %d, %d bytes", d.Title, d.Format, number(d.PageID),
			number(d.RevisionID), max(d.RevisionTimestamp.Year(), 1), d.Bytes)
		if d.WikidataQID != "" {
			b.WriteString(" " + d.WikidataQID)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func open(t *testing.T, content string) *Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), "response.json")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return Open(path, info)
}

func TestResponses(t *testing.T) {
	const morocco = `"2007 Moroccan general election" wikitext page 12886446 revision 1210 of 2024, 67 bytes`
	for _, c := range []struct{ name, response, want string }{
		{"version 2", `{"batchcomplete":true,"query":{"pages":[` + fmt.Sprintf(page2, slots2) + `]}}`, morocco + "\n"},
		{"version 1", `{"batchcomplete":"","query":{"normalized":[{"from":"a_b","to":"a b"}],"pages":{"12886446":` +
			fmt.Sprintf(page2, slots1) + `}}}`, morocco + "\n"},
		{"version 1 without slots", "\n {\"query\":{\"pages\":{\"12886446\":" + fmt.Sprintf(page2, plain1) + "}}}\n",
			morocco + "\n"},
		{"a byte order mark", "\uFEFF" + `{"query":{"pages":[` + fmt.Sprintf(page2, slots2) + `]}}`, morocco + "\n"},
		{"an item", `{"query":{"pages":[` + strings.Replace(fmt.Sprintf(page2, slots2), `"ns":0`,
			`"ns":0,"pageprops":{"wikibase_item":"Q1530587"}`, 1) + `]}}`, morocco + " Q1530587\n"},
		{"several pages, one missing, one invalid", `{"query":{"pages":[` + fmt.Sprintf(page2, slots2) +
			`,{"ns":0,"title":"None","missing":true},{"title":"<","invalid":true,"invalidreason":"x"}]}}`,
			morocco + "\n\"None\"! missing: the wiki has no page of this title\n\"<\"! missing: the wiki says that no page " +
				"can have this title\n"},
		{"no content", `{"query":{"pages":[` + fmt.Sprintf(page2, `{"revid":5,"timestamp":"2024-02-03T04:05:06Z"}`) + `]}}`,
			"\"2007 Moroccan general election\"! missing: the response has no text of the revision: ask for rvprop=content, " +
				"or the text is hidden\n"},
		{"no revision", `{"query":{"pages":[{"pageid":5,"title":"A"}]}}`,
			"\"A\"! missing: the response has no revision of the page: ask for prop=revisions with rvprop=content\n"},
		{"another model", `{"query":{"pages":[` + fmt.Sprintf(page2, strings.Replace(slots2, `"contentmodel":"wikitext"`,
			`"contentmodel":"Scribunto"`, 1)) + `]}}`,
			"\"2007 Moroccan general election\"! unknown-format: the page is of the content model \"Scribunto\": expected " +
				"wikitext\n"},
		{"parse, rendered", `{"parse":{"title":"A","pageid":5,"revid":7,"text":{"*":"<div>x</div>"}}}`,
			"\"A\" html page 5 revision 7 of 1, 12 bytes\n"},
		{"parse, version 2 with its source", `{"parse":{"title":"A","pageid":5,"revid":7,"text":"<div>x</div>",` +
			`"wikitext":"'''A'''"}}`, "\"A\" wikitext page 5 revision 7 of 1, 7 bytes\n"},
		{"parse of a text that is no page", `{"parse":{"title":"API","pageid":0,"revid":0,"text":"<div>x</div>"}}`,
			"\"API\" html page - revision - of 1, 12 bytes\n"},
		{"parse without text", `{"parse":{"title":"A","pageid":5,"links":[]}}`,
			"\"A\"! missing: the response has no text of the page: ask for prop=text or prop=wikitext\n"},
		{"an error", `{"error":{"code":"missingtitle","info":"The page you specified doesn't exist.","docref":"x"},` +
			`"servedby":"mw1"}`,
			"\"\"! unreadable: the API answered with the error \"missingtitle\": The page you specified doesn't exist.; ask " +
				"it again\n"},
		{"one of several", `{"continue":{"rvcontinue":"x","continue":"||"},"query":{"pages":[` + fmt.Sprintf(page2,
			slots2) + `]}}`,
			"\"\"! cut-short: the response is one of several: it says how the query continues; fetch what follows as well\n" +
				morocco + "\n"},
		{"cut short", `{"query":{"pages":[` + fmt.Sprintf(page2, slots2) + `,{"pageid":8`, morocco +
			"\n\"\"! cut-short: the response ends early: expected the whole answer of the API; fetch it again\n"},
		{"no JSON", `{"query":{"pages":[}]}`, "\"\"! unreadable: the response is no JSON at byte 19: invalid character " +
			"'}' looking for beginning of value; fetch it again\n"},
		{"another shape", `{"query":{"pages":5}}`, "\"\"! unreadable: the response cannot be read: expected the pages of " +
			"a query, found 5\n"},
		{"two responses", `{"batchcomplete":true} {"batchcomplete":true}`,
			"\"\"! unreadable: the response cannot be read: something stands behind the response: expected one response a " +
				"file\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !Matches([]byte(c.response)) {
				t.Error("this is not taken for a response")
			}
			s := open(t, c.response)
			if diff := cmp.Diff(c.want, outline(t, s)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if a := s.Account(); a.Documents != int64(strings.Count(c.want, "\n")) || a.Bytes != int64(len(c.response)) {
				t.Errorf("the account is %+v", a)
			}
			whole := !strings.Contains(c.want, "cannot be read") && !strings.Contains(c.want, "ends early") &&
				!strings.Contains(c.want, "no JSON")
			if (s.Account().SHA256 != "") != whole {
				t.Errorf("the digest is %q", s.Account().SHA256)
			}
		})
	}
}

func TestMatches(t *testing.T) {
	for page, want := range map[string]bool{
		`{"batchcomplete":`: true, "\ufeff\n{ \"query\" : {": true, `{"parse":{`: true, `{"error":{`: true,
		`{"name":"Squirrel"`: false, `{{Infobox election`: false, `[{"query":1}]`: false, "": false, `{"queries":`: false,
	} {
		if got := Matches([]byte(page)); got != want {
			t.Errorf("%q: %v, expected %v", page, got, want)
		}
	}
}

func FuzzResponse(f *testing.F) {
	f.Add([]byte(`{"query":{"pages":[` + fmt.Sprintf(page2, slots2) + `]}}`))
	f.Add([]byte(`{"query":{"pages":{"1":` + fmt.Sprintf(page2, plain1) + `}}}`))
	f.Add([]byte(`{"parse":{"title":"A","text":{"*":"x"}}}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		s := open(t, string(content))
		yielded := int64(0)
		for event, err := range s.Events(t.Context()) {
			yielded++
			u := new(document.Unreadable)
			switch {
			case err != nil && (!errors.As(err, &u) || u.Reason == "" || u.Detail == ""):
				t.Fatalf("an error without a reason: %v", err)
			case err == nil && (event.Document.Text == "" || event.Document.SHA256 == ""):
				t.Fatalf("a document without a text or a digest: %+v", event.Document)
			}
		}
		if s.Account().Documents != yielded {
			t.Fatalf("%d documents were yielded, and the account has %d", yielded, s.Account().Documents)
		}
		if s.Account().SHA256 != "" && !json.Valid(content) {
			t.Fatal("what is no JSON was read to its end")
		}
	})
}
