package terminal

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/muesli/termenv"

	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// electionWithFinding returns an election whose document has one line, with a finding at the mark ⌖.
func electionWithFinding(line string) *schemas.Election {
	before, after, _ := strings.Cut(line, "⌖")
	const heading = "= Title =\n"
	return &schemas.Election{
		Document: &schemas.Document{URI: "page.txt", Text: heading + before + after + "\r\nthe next line\n"},
		Findings: []schemas.Finding{{
			CheckID: "seat-total", Status: schemas.Warn, Message: "found here",
			Line: 2, Offset: len(heading) + len(before),
		}},
	}
}

var markedLines = []struct{ name, line string }{
	{"plain", "- Seats1: ⌖52"},
	{"at the beginning", "⌖- Seats1: 52"},
	{"at the end", "- Seats1:⌖"},
	{"tabs before it", "-\tSeats1:\t⌖52"},
	{"wide characters before it", "- 国会議員選挙: ⌖52"},
	{"combining characters before it", "- E\u0301le\u0301ction: ⌖52"},
	{"an escape sequence before it", "- \x1b[31;1mSeats\x1b[0m: ⌖52\x07"},
	{"marks of direction before it", "- \u202eSeats\u202c\u200f\u2067: ⌖52"},
	{"an end of line that is none", "- Seats\u2028\u2029\u0085: ⌖52"},
	{"late in a long line", strings.Repeat("x", 300) + "⌖52" + strings.Repeat("y", 300)},
	{"early in a long line", "- Seats: ⌖52" + strings.Repeat("y", 300)},
	{"late in a long line of wide characters", strings.Repeat("国", 300) + "⌖52" + strings.Repeat("国", 300)},
	{"in a line that no one reads", "- Seats: ⌖52" + strings.Repeat("y", 1<<17)},
}

func TestPrintFindings(t *testing.T) {
	var out strings.Builder
	for _, test := range markedLines {
		fmt.Fprintf(&out, "## %s\n", test.name)
		if err := PrintFindings(&out, electionWithFinding(test.line), false); err != nil {
			t.Fatal(err)
		}
	}
	schemastest.CheckGolden(t, "findings.golden", out.String())
	checkHarmless(t, out.String())
}

// TestCaretStandsBelowItsColumn measures the columns of the screen, which the golden file only shows.
func TestCaretStandsBelowItsColumn(t *testing.T) {
	for _, test := range markedLines {
		var out strings.Builder
		if err := PrintFindings(&out, electionWithFinding(test.line), false); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if len(lines) < 3 || lines[1] == "" {
			continue // the line is too long to be shown
		}
		source, caret := lines[1], lines[2]
		if !strings.HasPrefix(source, "    2 | ") || !strings.HasPrefix(caret, "      | ") {
			t.Errorf("%s: %q and %q", test.name, source, caret)
		}
		if i := strings.Index(source, "52"); i >= 0 && !strings.HasPrefix(test.line, "⌖") {
			got, want := text.StringWidth(strings.TrimSuffix(caret, "^")), text.StringWidth(source[:i])
			if got != want {
				t.Errorf("%s: the mark stands at %d and its figure at %d", test.name, got, want)
			}
		}
	}
}

func TestPrintFindingsOfEveryStatus(t *testing.T) {
	e := &schemas.Election{
		Document: &schemas.Document{URI: "pages/\x1b]0;title\x07.txt", Text: "one\ntwo\n"},
		Quiet: []schemas.Finding{
			{Ordinal: 1, CheckID: "a", Status: schemas.Pass, Expected: "325", Observed: "325", Line: 1, Offset: 1},
			{Ordinal: 2, CheckID: "b", Status: schemas.Skip, Message: "no seats", Offset: -1},
		},
		Findings: []schemas.Finding{
			{Ordinal: 3, CheckID: "c", Status: schemas.Note, Message: "a note", Line: 2, Offset: 4},
			{Ordinal: 4, CheckID: "d", Status: schemas.Warn, Message: "a warning\x1b[2J\nof two lines", Offset: -1},
			{Ordinal: 5, CheckID: "e", Status: schemas.Error, Message: "an error beyond the text", Line: 9, Offset: 99},
			{Ordinal: 6, CheckID: "f", Status: schemas.Error, Line: 2, Offset: -1},
		},
	}
	var out strings.Builder
	for _, all := range []bool{false, true} {
		fmt.Fprintf(&out, "## all: %t\n", all)
		if err := PrintFindings(&out, e, all); err != nil {
			t.Fatal(err)
		}
	}
	out.WriteString("## rejects\n")
	for _, r := range []schemas.Reject{
		{Unit: schemas.UnitDocument, Reason: schemas.ReasonEmpty, Detail: "expected text, found nothing", Offset: -1},
		{Unit: schemas.UnitBox, Reason: schemas.ReasonDuplicate, Detail: "loaded \x1b[1mbefore", Line: 2, Offset: 5},
	} {
		if err := PrintReject(&out, e.Document, &r); err != nil {
			t.Fatal(err)
		}
	}
	schemastest.CheckGolden(t, "statuses.golden", out.String())
	checkHarmless(t, out.String())
}

func TestPrintElection(t *testing.T) {
	hard := &schemas.Election{
		Document: &schemas.Document{Title: "not shown"}, Name: "Élection \x1b[5mde\x1b[0m 2007\n選挙",
		Country: "日本", SeatsRaw: "325 seats\tin all",
		Date: schemas.Date{Year: 2007, Month: 9}, TurnoutPct: schemastest.Exact("37.00"),
		Contenders: []schemas.Contender{
			{Position: 1, Name: "自由民主党", Round: 2, VotePct: schemastest.Exact("8.50"), Seats: new(int64(52)),
				PreviousSeats: new(int64(48)), SeatChange: new(int64(4))},
			{Position: 2, Name: "E\u0301cologistes", VotePct: schemastest.Exact("-0.1"), Seats: new(int64(0)),
				PreviousSeats: new(int64(7)), SeatChange: new(int64(-7))},
			{Position: 13, Name: "new\x1b]8;;x\x07\nline\u202e", IsNew: new(true), Seats: new(int64(100000))},
			{Position: 40},
			{Position: 41, Name: strings.Repeat("a very long name ", 9)},
		},
	}
	many := &schemas.Election{Document: &schemas.Document{Title: "The page's own title"}, Country: "Ruritania"}
	for i := range 40 {
		c := schemas.Contender{Position: i + 1, Name: fmt.Sprintf("Party %d", i+1), Seats: new(int64(i))}
		many.Contenders = append(many.Contenders, c)
	}
	none := &schemas.Election{
		Document: &schemas.Document{Title: "No contender"}, Date: schemas.Date{Year: 1789, Month: 5, Day: 1},
	}
	var out strings.Builder
	for _, width := range []int{132, 80, 40, 20} {
		fmt.Fprintf(&out, "## %d columns\n", width)
		for _, e := range []*schemas.Election{hard, many, none} {
			var table strings.Builder
			PrintElection(&table, e, Screen{Width: width, Colours: termenv.Ascii})
			out.WriteString(table.String())
			first := 0
			for i, line := range strings.Split(strings.TrimSuffix(table.String(), "\n"), "\n")[2:] {
				if w := text.StringWidth(line); i == 0 {
					first = w
				} else if w != first {
					t.Errorf("%d columns: a line of the table is %d wide, the first is %d: %q", width, w, first, line)
				}
			}
			if first > max(width, 30) {
				t.Errorf("%d columns: the table is %d wide", width, first)
			}
		}
	}
	schemastest.CheckGolden(t, "elections.golden", out.String())
	checkHarmless(t, out.String())
}

// An error keeps its lines, and nothing in it controls the terminal.
func TestPrintError(t *testing.T) {
	var out strings.Builder
	PrintError(&out, errors.New("two elections have the name x\x1b]0;title\x07:\n\tlocal:\u202ea\r\n\tlocal:b"))
	want := "hemicycle: two elections have the name x\uFFFD]0;title\uFFFD:\n\tlocal:\uFFFDa\uFFFD\n\tlocal:b\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A table that shows every contender does not speak of more.
func TestPrintElectionCountsWhatItLeavesOut(t *testing.T) {
	for contenders, want := range map[int]string{
		maxContenders: "", maxContenders + 1: "… and 1 more", 1234: "… and 1,204 more",
	} {
		e := &schemas.Election{Document: &schemas.Document{}, Contenders: make([]schemas.Contender, contenders)}
		e.Contenders[0].Name = "A party with a long name"
		var out strings.Builder
		PrintElection(&out, e, Screen{Width: 60, Colours: termenv.Ascii})
		got := regexp.MustCompile(`….*more`).FindString(out.String())
		if got != want {
			t.Errorf("%d contenders: %q, expected %q", contenders, got, want)
		}
	}
}

// A finding can be about the end of a document, where there is no character.
func TestPrintFindingsAtTheEnd(t *testing.T) {
	e := &schemas.Election{
		Document: &schemas.Document{URI: "page.txt", Text: "one\ntwo"},
		Findings: []schemas.Finding{
			{CheckID: "c", Status: schemas.Warn, Message: "at the end", Line: 2, Offset: 7},
			{CheckID: "c", Status: schemas.Warn, Message: "behind it", Line: 2, Offset: 8},
		},
	}
	var out strings.Builder
	if err := PrintFindings(&out, e, false); err != nil {
		t.Fatal(err)
	}
	want := "page.txt:2:4: warning: at the end [c]\n    2 | two\n      |    ^\npage.txt:2: warning: behind it [c]\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestBarsAreColoured expects the colours of the parties, as far as a screen shows them, and none if the colour could
// be that of the screen itself.
func TestBarsAreColoured(t *testing.T) {
	e := &schemas.Election{Document: &schemas.Document{}}
	for i, colour := range []string{"#D0353B", "#000000", "#FFFFFF", "#0A0A0A", "", "red\x1b[5m"} {
		c := schemas.Contender{Position: i + 1, Name: "Party", Colour: colour, Seats: new(int64(6 - i))}
		e.Contenders = append(e.Contenders, c)
	}
	for _, test := range []struct {
		profile termenv.Profile
		want    []string
	}{
		{termenv.TrueColor, []string{"\x1b[38;2;208;52;59m", "\x1b[0m"}},
		{termenv.ANSI256, []string{"\x1b[38;5;167m", "\x1b[0m"}},
		{termenv.ANSI, []string{"\x1b[91m", "\x1b[0m"}},
		{termenv.Ascii, nil},
	} {
		var out strings.Builder
		PrintElection(&out, e, Screen{Width: 60, Colours: test.profile})
		if diff := cmp.Diff(test.want, regexp.MustCompile(`\x1b[^m]*m`).FindAllString(out.String(), -1)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.profile.Name(), diff)
		}
	}
}

func TestBar(t *testing.T) {
	for _, test := range []struct {
		n, most int64
		width   int
		want    string
	}{
		{n: 8, most: 8, width: 4, want: "████"},
		{n: 4, most: 8, width: 4, want: "██"},
		{n: 3, most: 8, width: 4, want: "█▌"},
		{n: 1, most: 1000, width: 4, want: "▏"},
		{n: 0, most: 8, width: 4, want: ""},
		{n: 0, most: 0, width: 4, want: ""},
		{n: 999, most: 1000, width: 4, want: "████"},
		{n: math.MaxInt64, most: math.MaxInt64, width: 3, want: "███"},
		{n: 5, most: 8, width: 0, want: "▏"},
	} {
		if got := seatBar(test.n, test.most, test.width); got != test.want {
			t.Errorf("%d of %d in %d columns: %q, expected %q", test.n, test.most, test.width, got, test.want)
		}
	}
}

// TestTruncateToWidth expects a cut between what a reader sees as characters, and no text wider than asked.
func TestTruncateToWidth(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  string
	}{
		{"short", 5, "short"}, {"longer", 5, "long…"}, {"自由民主党", 5, "自由…"}, {"自由民主党", 6, "自由…"},
		{"e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301…"},
		{"👩‍👩‍👧‍👦 family", 4, "👩‍👩‍👧‍👦 …"}, {"👩‍👩‍👧‍👦 family", 2, "…"}, {"", 1, ""}, {"ab", 1, "…"},
	} {
		if got := truncateToWidth(test.text, test.width); got != test.want || text.StringWidth(got) > test.width {
			t.Errorf("%q in %d columns: %q, expected %q", test.text, test.width, got, test.want)
		}
	}
}

func TestPrintRun(t *testing.T) {
	m := version.NewManifest(schemastest.SampleRun(), "v1")
	m.Counts = version.Counts{Documents: 1, WithBox: 1, Boxes: 1, Elections: 1, Sound: 1, Notes: 1, Warnings: 2}
	var out strings.Builder
	PrintRun(&out, m, "out\x1b[0mput", true, nil, 1234567*time.Microsecond)
	m.Counts = version.Counts{
		Documents: 12345, WithBox: 9000, WithoutBox: 3344, Rejected: 1, Boxes: 10, Elections: 9, RejectedBoxes: 1,
	}
	m.Inputs = []version.Input{{URI: "du\x1bmp", Bytes: 46_000_000_000, Index: &schemas.IndexScan{
		Titles: 7_000_000, Matched: 1, Streams: 70_000, StreamsRead: 1, BytesRead: 1_000_000,
	}}}
	unmet := []version.Expectation{{Source: "pa\x1bge", Subject: "seats", Expected: "325", Observed: "324"}}
	PrintRun(&out, m, "output", false, unmet, time.Second)
	schemastest.CheckGolden(t, "run.golden", out.String())
	checkHarmless(t, out.String())
}

// checkHarmless fails if a text has characters that could control a terminal or mislead its reader.
func checkHarmless(t *testing.T, out string) {
	t.Helper()
	for _, r := range "\x1b\x07\t\r\u0085\u2028\u2029\u202e\u202c\u2067\u200f" {
		if strings.ContainsRune(out, r) {
			t.Errorf("%U is printed", r)
		}
	}
}
