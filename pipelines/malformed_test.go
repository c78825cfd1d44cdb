package pipelines

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/schemas"
)

// malformedBox is a box of two parties with 325 seats, without the braces that close it.
const malformedBox = `{{Infobox legislative election
| country = Testland
| election_date = 3 May 1998
| seats_for_election = 325 seats in the House
| party1 = Moon Party
| seats1 = 200
| party2 = Sun Party
| seats2 = 125
`

// malformed are pages as editors, interrupted downloads and attackers leave them, with what is read from each and what
// is said about it. If a fault is outside the box, nothing is said.
var malformed = []struct {
	name      string
	text      string
	elections int
	says      []string // in the reject or the findings that are worse than a note
}{
	{"well", malformedBox + "}}", 1, nil},
	{"braces that are not closed", malformedBox, 1, []string{"the box is not closed"}},
	{"a box cut in a key", malformedBox[:len(malformedBox)-8], 1, []string{"the box is not closed"}},
	{"a template in a value that is not closed", strings.Replace(malformedBox, "Testland", "{{flag|Testland", 1) + "}}",
		1, []string{"{{Flag in country is not closed"}},
	{"a link that is not closed", strings.Replace(malformedBox, "Moon", "[[Moon", 1) + "}}", 1,
		[]string{"a link in party1 is not closed"}},
	{"a comment that is not closed", strings.Replace(malformedBox, "| seats2", "<!-- | seats2", 1) + "}}", 1,
		[]string{"a comment is not closed", "the box is not closed"}},
	{"a comment before the box that is not closed", "<!-- draft\n" + malformedBox + "}}", 0,
		[]string{"a comment is not closed"}},
	{"a footnote that is not closed", strings.Replace(malformedBox, "200", "200<ref>provisional", 1) + "}}", 1,
		[]string{"<ref> in seats1 is not closed", "200<ref>provisional"}},
	{"a tag that is not closed", strings.Replace(malformedBox, "Moon", "<small>Moon", 1) + "}}", 1, nil},
	{"nowiki that is not closed", "<nowiki>" + malformedBox + "}}", 1, nil},
	{"a table that is not closed", "{| class=wikitable\n|-\n| x\n" + malformedBox + "}}", 1, nil},
	{"closings that nothing opened", "}}]]|}}}\n" + malformedBox + "}}", 1, nil},
	{"a pipe that is missing", strings.Replace(malformedBox, "| seats1", "seats1", 1) + "}}", 1,
		[]string{"the seats of the contenders sum to 125"}},
	{"a sign that is missing", strings.Replace(malformedBox, "seats1 =", "seats1", 1) + "}}", 1,
		[]string{"no rule reads the field \"1\""}},
	{"one line", strings.ReplaceAll(malformedBox, "\n", " ") + "}}", 1, nil},
	{"no field", "{{Infobox election}}", 0, []string{"the box has no field"}},
	{"no contender", "{{Infobox election\n| country = Testland\n}}", 1, []string{"names no party and no candidate"}},
	{"megabytes of braces", strings.Repeat("{{", 1<<20) + malformedBox + "}}", 0,
		[]string{"a box stands in more than 100 templates and links"}},
	{"megabytes of links", strings.Repeat("[[a|", 1<<19) + malformedBox + "}}", 0,
		[]string{"a box stands in more than 100 templates and links"}},
	{"megabytes of pipes", strings.TrimSuffix(malformedBox, "\n") + strings.Repeat("|", 1<<20) + "}}", 1, nil},
	{"megabytes of fields", malformedBox + strings.Repeat("|a=b", 1<<18) + "}}", 0, []string{"more than 4000 fields"}},
	{"boxes deep in each other", strings.Repeat("{{Infobox election|module=", 60) + malformedBox + "}}" +
		strings.Repeat("}}", 60), 61, nil},
	{"more marks than a page has bytes", strings.Repeat("[[a]]", 1<<20) + malformedBox + "}}", 0,
		[]string{"too-large", "more than 2097152 marks of wikitext"}},
	{"templates too deep", strings.Repeat("{{a|", 5000) + malformedBox + "}}" + strings.Repeat("}}", 5000), 0,
		[]string{"a box stands in more than 100 templates and links"}},
	{"bytes that are not UTF-8", strings.Replace(malformedBox, "Testland", "T\xe9stland", 1) + "}}", 1,
		[]string{"not UTF-8"}},
	{"UTF-16", "\xff\xfe{\x00{\x00", 0, []string{"UTF-16"}},
	{"binary", "\x89PNG\r\n\x1a\n\x00\x00", 0, []string{"binary"}},
	{"nothing", "", 0, []string{"no text"}},
}

func TestMalformedPages(t *testing.T) {
	for _, c := range malformed {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "page")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			var said []string
			elections := 0
			err := Check(t.Context(), []string{path}, CheckOptions{}, func(checked Checked) error {
				if checked.Reject != nil {
					said = append(said, checked.Reject.Detail)
				}
				for _, r := range checked.Document.Rejects {
					said = append(said, r.Reason+": "+r.Detail)
				}
				elections += len(checked.Elections)
				for _, e := range checked.Elections {
					for _, f := range e.Findings {
						if f.Status == schemas.Warn || f.Status == schemas.Error {
							said = append(said, f.Message)
						}
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			all := strings.Join(said, "\n")
			if elections != c.elections {
				t.Errorf("%d elections, expected %d; said:\n%.2000s", elections, c.elections, all)
			}
			for _, words := range c.says {
				if !strings.Contains(all, words) {
					t.Errorf("%q is not said:\n%.2000s", words, all)
				}
			}
			if len(c.says) == 0 && c.elections == 1 && all != "" {
				t.Errorf("a page that is well in its box, and still it is said:\n%.2000s", all)
			}
		})
	}
}
