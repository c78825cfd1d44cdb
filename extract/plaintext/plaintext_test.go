package plaintext

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// readText reads a text in the plain form. The error is that of a text that cannot be decoded or is not in the plain
// form.
func readText(text string) (*schemas.Document, error) {
	d, err := extracttest.DecodeText(text)
	if err != nil {
		return d, err
	}
	if !Matches(d.Text) {
		return d, &document.Unreadable{Reason: schemas.ReasonUnknownFormat, Detail: "no reader knows this form"}
	}
	Read(d)
	return d, nil
}

var textCases = []struct{ name, text, want string }{
	{"plain", "= A =\n\nInfobox\n- Country: Morocco\n- Seats1: 52\n\nProse here.\n", `title "A"
box 1 line 3 template ""
  4 country/0 "Morocco"
  5 seats/1 "52"
prose 7 "Prose here."
`},
	{
		"carriage returns", "= A =\r\n\r\nInfobox\r\n- Country: Morocco\r\n- Seats1: 52\r\n\r\nOne.\r\nTwo.\r\n",
		`title "A"
box 1 line 3 template ""
  4 country/0 "Morocco"
  5 seats/1 "52"
prose 7 "One.\r\nTwo."
`,
	},
	{
		"marks of footnotes",
		"= A =\nInfobox\n- Party1: Blue Party[4]\n- Leader1: Ann [b][5] Able [note 1]\n- Seats1: 5[2]\n- Party2: Left " +
			"[Front] [12345]\n\nTurnout[1] was\n61%.[nb 2]\n",
		`title "A"
box 1 line 2 template ""
  3 party/1 "Blue Party" raw "Blue Party[4]"
  4 leader/1 "Ann Able" raw "Ann [b][5] Able [note 1]"
  5 seats/1 "5" raw "5[2]"
  6 party/2 "Left [Front] [12345]"
prose 8 "Turnout was\n61%."
`,
	},
	{"byte order mark", "\uFEFF= A =\nInfobox\n- Seats1: 52", `title "A"
box 1 line 2 template ""
  3 seats/1 "52"
`},
	{
		"spaces of every kind", "= A\u00a0B =\nInfobox\n-\u00a0Popular\u202fVote1:\u2009 1\u202f234\u2009567\u00a0\n",
		`title "A B"
box 1 line 2 template ""
  3 popular_vote/1 "1 234 567" raw "1\u202f234\u2009567"
`,
	},
	{
		"invisible characters", "= A =\nInfobox\n- Party1: \u200bLab\u00adour\u200e\n",
		"title \"A\"\nbox 1 line 2 template \"\"\n  3 party/1 \"Labour\" raw \"Lab\\u00adour\"\n",
	},
	{
		"bullets of every kind", "= A =\nInfobox\n* Seats1: 1\n• Seats2: 2\n– Seats3: −3\n  - Seats4: 4\n-Seats5:5\n",
		`title "A"
box 1 line 2 template ""
  3 seats/1 "1"
  4 seats/2 "2"
  5 seats/3 "−3"
  6 seats/4 "4"
  7 seats/5 "5"
`,
	},
	{"empty values and keys", "= A =\nInfobox\n- Leader1:\n- : 5\n- Leader2:   \n", `title "A"
box 1 line 2 template ""
  3 leader/1 ""
  4 /0 "5"
  5 leader/2 ""
`},
	{"a colon in a value", "= A =\nInfobox\n- Title: Leader: First\n", `title "A"
box 1 line 2 template ""
  3 title/0 "Leader: First"
`},
	{"a key twice", "= A =\nInfobox\n- Seats1: 1\n- Seats1: 2\n", `title "A"
box 1 line 2 template ""
  3 seats/1 "1"
  4 seats/1 "2"
`},
	{"a blank line between fields", "= A =\nInfobox\n\n- Seats1: 1\n\n- Seats2: 2\n\nProse.\n", `title "A"
box 1 line 2 template ""
  4 seats/1 "1"
  6 seats/2 "2"
prose 8 "Prose."
`},
	{"a value over two lines", "= A =\nInfobox\n- Turnout: 37.00%\n  ( 14.61pp)\n- Seats1:\n\t5\n", `title "A"
box 1 line 2 template ""
  3 turnout/0 "37.00% ( 14.61pp)" raw "37.00%\n  ( 14.61pp)"
  6 seats/1 "5"
`},
	{"a line without a colon", "= A =\nInfobox\n- Seats1: 1\n- what is this\n- Seats2: 2\n", `title "A"
box 1 line 2 template ""
  3 seats/1 "1"
  5 seats/2 "2"
  defect 4 "- what is this"
`},
	{
		"a continued line without a key", "= A =\nInfobox\n- Seats1:\n- what is\n  this 5\n- Seats2: 2\n  3\n",
		`title "A"
box 1 line 2 template ""
  3 seats/1 ""
  6 seats/2 "2 3" raw "2\n  3"
  defect 4 "- what is"
  defect 5 "this 5"
`,
	},
	{"prose right below the box", "= A =\nInfobox\n- Seats1: 1\nProse.\n- Seats2: 2\n", `title "A"
box 1 line 2 template ""
  3 seats/1 "1"
prose 4 "Prose.\n- Seats2: 2"
`},
	{
		"two boxes", "= A =\nInfobox legislative election\n- Seats1: 1\n\nInfobox election\n- Seats1: 2\n\nProse.\n",
		`title "A"
box 1 line 2 template "Infobox legislative election"
  3 seats/1 "1"
box 2 line 5 template "Infobox election"
  6 seats/1 "2"
prose 8 "Prose."
`,
	},
	{"no title", "Infobox\n- Seats1: 1\n", `title ""
box 1 line 1 template ""
  2 seats/1 "1"
`},
	{"no box", "= A =\n\nProse.\n", "title \"A\"\nprose 3 \"Prose.\"\n"},
	{
		"the word in prose", "= A =\n\nAn infobox\nInfobox\nis a table.\n",
		"title \"A\"\nprose 3 \"An infobox\\nInfobox\\nis a table.\"\n",
	},
	{"an empty box", "= A =\nInfobox\n\nProse.\n", "title \"A\"\nprose 4 \"Prose.\"\nreject box empty-box 2\n"},
	{"an empty box and a full one", "= A =\nInfobox\n\nInfobox\n- Seats1: 1\n", `title "A"
box 2 line 4 template ""
  5 seats/1 "1"
reject box empty-box 2
`},
	{"sections", "= A =\nInfobox\n- Seats1: 1\n\n== Results ==\nText.\n", `title "A"
box 1 line 2 template ""
  3 seats/1 "1"
prose 5 "== Results ==\nText."
`},
}

func TestFromText(t *testing.T) {
	for _, c := range textCases {
		t.Run(c.name, func(t *testing.T) {
			d, err := readText(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, schemastest.Outline(d)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			holdsTextLaws(t, d)
		})
	}
}

func TestUnreadable(t *testing.T) {
	for _, c := range []struct{ name, text, reason, detail string }{
		{name: "empty", reason: schemas.ReasonEmpty, detail: "no text"},
		{name: "white space", text: " \r\n\t\n", reason: schemas.ReasonEmpty, detail: "no text"},
		{name: "a byte order mark alone", text: "\uFEFF", reason: schemas.ReasonEmpty, detail: "no text"},
		{
			name: "zero bytes", text: "= A =\nInfobox\n- Seats1: \x00\n", reason: schemas.ReasonNotText,
			detail: "offset 24",
		},
		{name: "UTF-16", text: "\xff\xfe=\x00 \x00A\x00", reason: schemas.ReasonNotText, detail: "UTF-16"},
		{
			name: "mostly invalid", text: "\x80\x81\x82\x83\x84 = A", reason: schemas.ReasonNotText,
			detail: "5 of 9 bytes",
		},
		{
			name: "prose alone", text: "An election was held.\n", reason: schemas.ReasonUnknownFormat,
			detail: "no reader knows",
		},
		{
			name: "a title in the middle", text: "Text.\n= A =\nInfobox\n- Seats1: 1\n",
			reason: schemas.ReasonUnknownFormat, detail: "no reader knows",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readText(c.text)
			var u *document.Unreadable
			if !errors.As(err, &u) || u.Reason != c.reason || !strings.Contains(u.Detail, c.detail) {
				t.Errorf("got %v, expected %s with %q", err, c.reason, c.detail)
			}
		})
	}
}

// Invalid bytes become U+FFFD, one for each run, and are counted.
func TestInvalidBytes(t *testing.T) {
	d, err := readText("= A =\nInfobox\n- Party1: Caf\xe9 \xc3\x28\n- Seats1: 5\n\n" + strings.Repeat("Prose. ", 10))
	if err != nil {
		t.Fatal(err)
	}
	if d.InvalidBytes != 2 || d.InvalidOffset != strings.Index(d.Text, "\uFFFD") {
		t.Errorf("%d invalid bytes from %d on; expected 2 from %d on",
			d.InvalidBytes, d.InvalidOffset, strings.Index(d.Text, "\uFFFD"))
	}
	if got := d.Boxes[0].Fields[0].Text; got != "Caf\uFFFD \uFFFD(" {
		t.Errorf("the party is %q", got)
	}
	holdsTextLaws(t, d)
}

// holdsTextLaws holds what is true of any document in the plain form: raw values are at their offsets and lines, a box
// consists of its heading, its fields and its defects, and every letter of the document is in its title, a box or the
// prose.
func holdsTextLaws(t *testing.T, d *schemas.Document) {
	t.Helper()
	covered := countLetters(d.Title)
	for _, p := range d.Prose {
		segments, end := p.Marks, p.Offset
		if segments == nil {
			segments = []schemas.Mark{{Offset: p.Offset, Line: p.Line}}
		}
		for i, m := range segments { // between two of them is the mark of a footnote
			to := len(p.Text)
			if i+1 < len(segments) {
				to = segments[i+1].At
			}
			extracttest.HoldsPlace(t, d.Text, "prose", p.Text[m.At:to], m.Offset, m.Line)
			end = m.Offset + to - m.At
		}
		covered += countLetters(d.Text[p.Offset:end])
	}
	end := 0
	for i := range d.Boxes {
		b := &d.Boxes[i]
		if b.Offset < end || b.End < b.Offset || b.End > len(d.Text) {
			t.Fatalf("box %d is from %d to %d, the one before ends at %d", b.Box, b.Offset, b.End, end)
		}
		end = b.End
		holdsBoxLaws(t, d, b)
		covered += countLetters(d.Text[b.Offset:b.End])
	}
	if n := countLetters(d.Text); len(d.Rejects) == 0 && n != covered {
		t.Fatalf("the document has %d letters, its title, boxes and prose have %d", n, covered)
	}
	if !utf8.ValidString(d.Text) {
		t.Fatal("the text is not UTF-8")
	}
}

// holdsBoxLaws holds that the fields of a box are in it, in order, and that it consists of nothing but its heading, its
// fields and its defects, apart from punctuation and white space.
func holdsBoxLaws(t *testing.T, d *schemas.Document, b *schemas.Infobox) {
	t.Helper()
	text := d.Text[b.Offset:b.End]
	heading, _, _ := strings.Cut(text, "\n")
	inside := countLetters(heading)
	from := b.Offset
	for _, f := range b.Fields {
		extracttest.HoldsPlace(t, d.Text, "field "+f.Key, f.Raw, f.Offset, f.Line)
		if f.Offset < from || f.Offset+len(f.Raw) > b.End {
			t.Fatalf("field %s is outside of its box or before the one above it", f.Key)
		}
		from = f.Offset + len(f.Raw)
		inside += countLetters(f.Key) + countLetters(f.Raw)
	}
	for _, x := range b.Defects {
		extracttest.HoldsPlace(t, d.Text, "defect", x.Raw, x.Offset, x.Line)
		inside += countLetters(x.Raw)
	}
	if n := countLetters(text); len(b.Defects) <= document.MaxDefects && inside != n {
		t.Fatalf("box %d has %d letters, its heading, fields and defects have %d", b.Box, n, inside)
	}
}

// countLetters returns the number of letters and digits of a text.
func countLetters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

func FuzzText(f *testing.F) {
	for _, c := range textCases {
		f.Add([]byte(c.text))
	}
	f.Add([]byte("= A =\nInfobox\n- Party1: Caf\xe9\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		d, err := readText(string(content))
		if err != nil {
			var u *document.Unreadable
			if !errors.As(err, &u) || u.Reason == "" || u.Detail == "" || u.Offset > len(content) {
				t.Fatalf("an error without a reason or place: %v", err)
			}
			return
		}
		holdsTextLaws(t, d)
	})
}

// One line of the largest size, and many small ones, take time in proportion to their bytes: compare the MB/s of the
// cases.
func BenchmarkText(b *testing.B) {
	for _, size := range []int{100_000, 1_000_000, 10_000_000} {
		for name, text := range map[string]string{
			"one-line":      "= A =\nInfobox\n- Party1: " + strings.Repeat("x ", size/2),
			"fields":        "= A =\nInfobox\n" + strings.Repeat("- Seats1: 5\n", size/12),
			"continuations": "= A =\nInfobox\n- Seats1: 5\n" + strings.Repeat(" 5\n", size/3),
			"boxes":         "= A =\n" + strings.Repeat("Infobox\n- Seats1: 5\n", size/20),
			"prose":         "= A =\n\n" + strings.Repeat("Infobox of 5.\n", size/14),
		} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					if _, err := readText(text); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
