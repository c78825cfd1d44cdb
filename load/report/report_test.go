package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/contest"
	"hemicycle/schemas/schemastest"
)

// writeReportOf publishes records and writes their report. It returns the folder of the report.
func writeReportOf(t testing.TB, records []schemas.Record) string {
	t.Helper()
	output := t.TempDir()
	loadtest.PublishRecords(t, output, records, 0, loadtest.StartTime())
	return writeReport(t, output)
}

// writeReport writes the report of the current version of an output folder. It returns the folder of the report.
func writeReport(t testing.TB, output string) string {
	t.Helper()
	p, err := version.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(output, "report")
	n, err := Write(context.Background(), p, dir,
		Options{Checks: []Meaning{{ID: "seat-total", Meaning: "seats that do not sum"}}})
	if err != nil {
		t.Fatal(err)
	}
	if n != loadtest.CountElections(t, p) {
		t.Errorf("the report says it has %d elections, expected %d", n, loadtest.CountElections(t, p))
	}
	return dir
}

// readAll reads every file of a folder.
func readAll(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// element is an element of a page with its attributes.
type element struct {
	name       string
	attributes map[string]string
}

// parsePage reads a page the way a browser does.
func parsePage(t testing.TB, content string) (all []element, text string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			e := element{n.Data, map[string]string{}}
			for _, a := range n.Attr {
				e.attributes[a.Key] = a.Val
			}
			all = append(all, e)
		case html.TextNode:
			if n.Parent.Data != "code" { // raw fields are shown as they are
				b.WriteString(n.Data)
			}
		}
	}
	return all, b.String()
}

// hostileRecords returns elections all of whose texts are ones that a format could be broken by.
func hostileRecords() []schemas.Record {
	texts := append([]string{
		"</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
		"../../../etc/passwd", `"><svg onload=alert(1)>`, "\u202eturned\u202c round\u2066", "a\x00b\x1bc", "{{.Title}}",
		"--></style>", "data:text/html,x", "//example.org/x", strings.Repeat("W", 5000), "#", "?x=1",
	}, schemastest.HostileTexts...)
	var records []schemas.Record
	for i, text := range texts {
		id := "local:" + text + "#" + strconv.Itoa(i+1)
		e := schemastest.FullElection(id, text, int64(3+i), "12.5", schemas.Date{Year: 2007, Month: 9, Day: 7})
		e.Box, e.Parent = i+1, 0
		e.Fields[0].Ordinal = 1
		records = append(records, schemas.Record{Election: e},
			schemas.Record{Reject: &schemas.Reject{
				SourceURI: text, PageTitle: text, Unit: schemas.UnitBox, Stage: "load",
				Reason: schemas.ReasonDuplicate, Detail: text, Line: 3, Offset: 7,
			}},
			schemas.Record{Account: &schemas.Account{SourceURI: text, Format: text, Scan: schemas.ScanWhole}})
	}
	return append(records, schemas.Record{Run: schemastest.SampleRun()})
}

// A browser finds in a page no element, attribute or address that is made of a text of Wikipedia. Every link leads to
// something that is there, and every ID is unique.
func TestPagesAreWhole(t *testing.T) {
	for name, records := range map[string][]schemas.Record{
		"samples": schemastest.SampleRecords(), "hostile": hostileRecords(),
	} {
		t.Run(name, func(t *testing.T) {
			files := readAll(t, writeReportOf(t, records))
			ids := map[string]map[string]bool{}
			elements := map[string][]element{}
			for file, content := range files {
				if !strings.HasSuffix(file, ".html") {
					continue
				}
				ids[file] = map[string]bool{}
				var text string
				elements[file], text = parsePage(t, content)
				for _, e := range elements[file] {
					if id, ok := e.attributes["id"]; ok {
						if ids[file][id] {
							t.Errorf("%s: the ID %s is not unique", file, id)
						}
						ids[file][id] = true
					}
				}
				if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }) {
					t.Errorf("%s: the text has a character that changes its direction", file)
				}
			}
			pages := 0
			for file, all := range elements {
				pages++
				for _, e := range all {
					checkElement(t, file, e, ids, files)
				}
			}
			if want := len(loadtest.Elections(records)) + 3; pages < want {
				t.Errorf("there are %d pages, expected %d at least", pages, want)
			}
		})
	}
}

// knownElements are the elements that the pages are made of.
var knownElements = strings.Fields(`html head meta title link script body a header nav main footer p h1 h2 h3 article
	section figure figcaption svg g circle line rect text desc ul ol li b bdi span small code div
	table thead tbody tfoot tr th td dl dt dd details summary form label input noscript`)

// isActive reports whether an attribute holds a script, a style or an address that is acted on.
func isActive(attribute string) bool {
	return strings.HasPrefix(attribute, "on") || slices.Contains([]string{"style", "srcdoc", "action"}, attribute)
}

func checkElement(t *testing.T, file string, e element, ids map[string]map[string]bool, files map[string]string) {
	t.Helper()
	if !slices.Contains(knownElements, e.name) {
		t.Errorf("%s: an element %s: no page has one", file, e.name)
	}
	for name, value := range e.attributes {
		if isActive(name) {
			t.Errorf("%s: <%s> has the attribute %s=%q: no page has one", file, e.name, name, value)
		}
		if name != "href" && name != "src" && name != "xlink:href" {
			continue
		}
		u, err := url.Parse(value)
		switch {
		case err != nil:
			t.Errorf("%s: <%s %s=%q>: %v", file, e.name, name, value, err)
		case e.name == "link" && value == "data:,":
		case u.Scheme == "http" || u.Scheme == "https":
			if e.name != "a" {
				t.Errorf("%s: <%s> asks %s for something", file, e.name, value)
			}
		case u.Scheme != "" || u.Host != "" || u.RawQuery != "":
			t.Errorf("%s: <%s %s=%q> leaves the report", file, e.name, name, value)
		default:
			to := file
			if u.Path != "" {
				to = filepath.ToSlash(filepath.Join(filepath.Dir(file), u.Path))
			}
			if _, ok := files[to]; !ok {
				t.Errorf("%s: <%s %s=%q> leads to nothing", file, e.name, name, value)
			} else if u.Fragment != "" && !ids[to][u.Fragment] {
				t.Errorf("%s: <%s %s=%q>: there is no such id", file, e.name, name, value)
			}
		}
	}
}

// The index of the search is a script whose two values are JSON. Nothing in it can end the script.
func TestSearchIndex(t *testing.T) {
	records := hostileRecords()
	content := readAll(t, writeReportOf(t, records))["search.js"]
	body, ok := strings.CutPrefix(content, "globalThis.hemicycleIndex = {places: ")
	body, end := strings.CutSuffix(body, "]};\n")
	if !ok || !end || strings.ContainsAny(content, "<>&\u2028\u2029") {
		t.Fatalf("the index is not as the script expects it: %.100s", content)
	}
	var index struct {
		Places    []string
		Elections [][4]any
	}
	object := `{"places": ` + strings.Replace(body, ", elections: [", `, "elections": [`, 1) + "]}"
	if err := json.Unmarshal([]byte(object), &index); err != nil {
		t.Fatal(err)
	}
	if len(index.Elections) != len(loadtest.Elections(records)) {
		t.Errorf("the index has %d elections, expected %d", len(index.Elections), len(loadtest.Elections(records)))
	}
	for i, e := range index.Elections {
		if place := int(e[1].(float64)); place >= len(index.Places) {
			t.Errorf("election %d is in the place %d of %d", i, place, len(index.Places))
		}
	}
}

// The same version gives the same bytes, whatever the workers.
func TestReportIsTheSameWhateverTheWorkers(t *testing.T) {
	output := t.TempDir()
	loadtest.PublishRecords(t, output, schemastest.SampleRecords(), 0, loadtest.StartTime())
	p, err := version.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	var before map[string]string
	for _, workers := range []int{1, 2, 7} {
		dir := filepath.Join(output, "report")
		if _, err := Write(context.Background(), p, dir, Options{Workers: workers}); err != nil {
			t.Fatal(err)
		}
		now := readAll(t, dir)
		if before != nil && !maps.Equal(before, now) {
			t.Errorf("%d workers write other pages than one", workers)
		}
		before = now
	}
}

func TestReportFolder(t *testing.T) {
	output := t.TempDir()
	loadtest.PublishRecords(t, output, schemastest.SampleRecords()[:3], 0, loadtest.StartTime())
	p, err := version.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	parent := t.TempDir()
	write := func(ctx context.Context, name string) error {
		_, err := Write(ctx, p, filepath.Join(parent, name), Options{})
		return err
	}
	mine := filepath.Join(parent, "mine")
	if err := os.MkdirAll(mine, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := write(context.Background(), "mine"); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if err := write(context.Background(), "mine"); err != nil {
		t.Errorf("an earlier report: %v", err)
	}
	other := filepath.Join(parent, "other")
	for _, refuse := range []func() error{
		func() error { return os.WriteFile(other, nil, 0o644) },
		func() error {
			return errors.Join(os.Remove(other), os.Mkdir(other, 0o755),
				os.WriteFile(filepath.Join(other, "thesis.txt"), nil, 0o644))
		},
		func() error { return errors.Join(os.RemoveAll(other), os.Symlink(mine, other)) },
	} {
		if err := refuse(); err != nil {
			t.Fatal(err)
		}
		if err := write(context.Background(), "other"); err == nil || !strings.Contains(err.Error(), "--to") {
			t.Errorf("something that is not a report of this program was replaced: %v", err)
		}
	}
	before := readAll(t, mine)
	stopped, stop := context.WithCancelCause(context.Background())
	stop(errors.New("stopped"))
	if err := write(stopped, "mine"); err == nil {
		t.Error("a report that was stopped was published")
	}
	if !maps.Equal(before, readAll(t, mine)) {
		t.Error("a report that was stopped changed the one before it")
	}
	// The next report removes the folder of a process that was killed, but not that of a process that is running.
	for name, killed := range map[string]bool{".mine.report-1": true, ".mine.report-2": false} {
		folder := filepath.Join(parent, name)
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if killed {
			if err := os.WriteFile(filepath.Join(folder, reportMark), nil, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		running, err := newReportFolder(filepath.Join(parent, "mine"))
		if err != nil {
			t.Fatal(err)
		}
		defer running.close()
	}
	if err := write(context.Background(), "mine"); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(parent)
	if err != nil {
		t.Fatal(err)
	}
	left := 0
	for _, e := range entries {
		if e.Name() == ".mine.report-1" {
			t.Error("the folder of a process that was killed is still there")
		}
		if strings.HasPrefix(e.Name(), ".mine.report-") {
			left++
		}
	}
	if left != 2 { // that of the running process, and the one without a mark
		t.Errorf("%d folders of reports are left, expected 2", left)
	}
}

// moveFolders does what swapFolders does, for systems that cannot do it in one step.
func TestMoveFolders(t *testing.T) {
	for name, swap := range map[string]func(from, to string) (old string, err error){
		"move": moveFolders, "swap": swapFolders,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
			for _, content := range []string{"one", "two"} {
				err := os.Mkdir(from, 0o755)
				if err == nil {
					err = os.WriteFile(filepath.Join(from, "file"), []byte(content), 0o644)
				}
				if err != nil {
					t.Fatal(err)
				}
				old, err := swap(from, to)
				if err != nil {
					t.Fatal(err)
				}
				if got, _ := os.ReadFile(filepath.Join(to, "file")); string(got) != content {
					t.Errorf("the folder has %q, expected %q", got, content)
				}
				if got, _ := os.ReadFile(filepath.Join(old, "file")); content == "two" && string(got) != "one" {
					t.Errorf("the old folder has %q, expected one", got)
				}
				os.RemoveAll(old)
			}
		})
	}
}

func TestChanges(t *testing.T) {
	output := t.TempDir()
	small := func(id string, seats int64, revision int64) schemas.Record {
		e := schemastest.AbsentElection(id)
		e.Document.Title = id
		e.Document.RevisionID = &revision
		e.Contenders[0].Seats = &seats
		e.Findings[0].Line = int(revision)
		return schemas.Record{Election: e}
	}
	end := schemas.Record{Run: schemastest.SampleRun()}
	started := loadtest.StartTime()
	loadtest.PublishRecords(t, output, []schemas.Record{
		small("local:same#1", 1, 1), small("local:more#1", 1, 1), small("local:gone#1", 1, 1), end,
	}, 0, started)
	index := readAll(t, writeReport(t, output))["index.html"]
	if !strings.Contains(index, "No earlier version is there") {
		t.Error("the first version has something to compare with")
	}
	loadtest.PublishRecords(t, output, []schemas.Record{
		small("local:new#1", 1, 1), small("local:more#1", 2, 1), small("local:same#1", 1, 9), end,
	}, 0, started.Add(time.Hour))
	_, text := parsePage(t, readAll(t, writeReport(t, output))["index.html"])
	words := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{
		"1 new, 1 changed, 1 gone, 1 as they were", "local:more#1 figures of the whole, contenders",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("the page of the run does not say %q:\n%s", want, words)
		}
	}
}

// linkedElections returns the elections of two pages that link to each other. Each has an outer box and a box in it.
func linkedElections() []schemas.Record {
	var records []schemas.Record
	for _, year := range []int{2002, 2007} {
		d := &schemas.Document{
			URI: "x", SHA256: strings.Repeat("0", 64), Wiki: "enwiki", Title: fmt.Sprintf("%d Elbonian election", year),
			PageURL: "https://en.wikipedia.org/wiki/E", RevisionID: new(int64(7)),
		}
		outer := &schemas.Election{
			ID: fmt.Sprintf("enwiki:%d#1", year), Document: d, Box: 1, Country: "Elbonia",
			Date:             schemas.Date{Year: year, Month: 9, Day: 7},
			PreviousElection: "before", PreviousPage: "2002_Elbonian election#Result",
			NextElection: "2007", NextPage: "2007 Elbonian election",
		}
		inner := &schemas.Election{
			ID: fmt.Sprintf("enwiki:%d#2", year), Document: d, Box: 2, Parent: 1, Chamber: "Senate",
			NextElection: "2007", NextPage: "2007 Elbonian election",
		}
		records = append(records, schemas.Record{Election: outer}, schemas.Record{Election: inner})
	}
	return append(records, schemas.Record{Run: schemastest.SampleRun()})
}

func TestNeighbours(t *testing.T) {
	files := readAll(t, writeReportOf(t, linkedElections()))
	links := func(id string) (all []string) {
		elements, _ := parsePage(t, files[electionFile(id)])
		for _, e := range elements {
			href := e.attributes["href"]
			isElection := e.name == "a" && strings.Contains(href, "elections/")
			if isElection || strings.HasPrefix(href, "https:") {
				all = append(all, strings.TrimPrefix(href, "../../"))
			}
		}
		return all
	}
	page := "https://en.wikipedia.org/wiki/E"
	revision := "https://en.wikipedia.org/w/index.php?oldid=7"
	boxes := func(year int) []string {
		return []string{
			electionFile(fmt.Sprintf("enwiki:%d#1", year)),
			electionFile(fmt.Sprintf("enwiki:%d#2", year)),
		}
	}
	for id, want := range map[string][]string{
		"enwiki:2002#1": append(boxes(2002), page, revision, boxes(2007)[0]),
		// An inner box takes its place and its date from the box around it, and leads there.
		"enwiki:2002#2": append(boxes(2002), boxes(2002)[0], boxes(2002)[0], page, revision, boxes(2007)[1]),
		"enwiki:2007#1": append(boxes(2007), page, revision, boxes(2002)[0]),
		"enwiki:2007#2": append(boxes(2007), boxes(2007)[0], boxes(2007)[0], page, revision),
	} {
		if diff := cmp.Diff(want, links(id)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
	_, text := parsePage(t, files[electionFile("enwiki:2007#2")])
	if !strings.Contains(text, "Elbonia from the box around it") || !strings.Contains(text, "Senate") {
		t.Error("the inner box does not say where its place comes from, or which it is")
	}
}

func TestLongListsAreCut(t *testing.T) {
	var records []schemas.Record
	for i := range 2*listLength + 10 {
		e := schemastest.AbsentElection(fmt.Sprintf("local:%d#1", i))
		e.Document.Title = fmt.Sprintf("Election %d", i)
		e.Country = fmt.Sprintf("Land %d", i)
		e.Date.Year = 1990 + i%10
		records = append(records, schemas.Record{Election: e})
	}
	files := readAll(t, writeReportOf(t, append(records, schemas.Record{Run: schemastest.SampleRun()})))
	for _, name := range []string{"decades/1990s.html", "decades/1990s-2.html", "decades/1990s-3.html",
		"places/all.html", "places/all-3.html"} {
		if _, ok := files[name]; !ok {
			t.Errorf("there is no %s", name)
		}
	}
	for name, content := range files {
		if rows := strings.Count(content, "<tr>"); rows > listLength+1 {
			t.Errorf("%s has %d rows", name, rows)
		}
		if items := strings.Count(content, "<li>"); items > listLength {
			t.Errorf("%s has %d items", name, items)
		}
	}
}

func TestWebAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://en.wikipedia.org/wiki/A_b": "https://en.wikipedia.org/wiki/A_b",
		"http://x.org/":                     "http://x.org/",
		"":                                  "",
		"https://":                          "", "//x.org/": "", "/etc/passwd": "", "file:///etc/passwd": "",
		"javascript:alert(1)": "", "JavaScript:alert(1)": "", "data:text/html,x": "",
		"https://user:word@x.org/": "", "\x01https://x.org": "", " https://x.org": "",
	} {
		if got := webAddress(address); got != want {
			t.Errorf("%q: %q, expected %q", address, got, want)
		}
	}
	if got := revisionAddress("https://wikipedia.org.evil.example/wiki/A", 7); got != "" {
		t.Errorf("another host: %s", got)
	}
}

func TestNumbersInWords(t *testing.T) {
	for s, want := range map[string]string{
		"37": "37.00%", "8.51": "8.51%", "-0.125": "−0.125%", "0": "0.00%", "12.3456": "12.3456%",
	} {
		if got := percent(*schemastest.Exact(s)); got != want {
			t.Errorf("%s: %s, expected %s", s, got, want)
		}
	}
	for f, want := range map[float64]string{
		9.6774193: "9.677", 0: "0", -0.5: "−0.5", 3: "3", 34580: "34,580", -1234.5: "−1,234.5", 1e300: "1e+300",
	} {
		if got := float(f); got != want {
			t.Errorf("%v: %s, expected %s", f, got, want)
		}
	}
}

// A number of a template is an int or an int64. Another type is a mistake in the program, and must not be shown as 0.
func TestNumbersInTemplates(t *testing.T) {
	for _, n := range []any{1234, int64(1234)} {
		page, err := template.New("").Funcs(templateFuncs).Parse(`{{number .}}, {{plural . "seat"}}`)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if err := page.Execute(&got, n); err != nil || got.String() != "1,234, 1,234 seats" {
			t.Errorf("%T: %q, %v", n, got.String(), err)
		}
		if err := page.Execute(&got, uint8(1)); err == nil {
			t.Error("a number of another type was written")
		}
	}
}

// The page of a small election is compared as a whole.
func TestElectionPage(t *testing.T) {
	e := schemastest.AbsentElection("local:2007 Elbonian general election#1")
	e.Document.Title, e.Country = "2007 Elbonian general election", "Elbonia"
	e.Date = schemas.Date{Year: 2007, Month: 9, Day: 7}
	e.Classification = schemas.Classification{
		Country: schemas.Classified{Value: "ELB", Basis: schemas.BasisLabel},
		Kind:    schemas.Classified{Value: contest.OtherExecutive, Basis: schemas.BasisTitle},
	}
	e.SeatsTotal, e.MajoritySeats, e.TurnoutPct = new(int64(5)), new(int64(3)), schemastest.Exact("37")
	e.Contenders = []schemas.Contender{
		{
			Position: 1, Kind: "party", Name: "Mud <Party>", Colour: "#0072B2", Seats: new(int64(3)),
			VotePct: schemastest.Exact("40.5"), SeatChange: new(int64(1)), PreviousSeats: new(int64(2)),
		},
		{
			Position: 2, Kind: "party", Name: "Rain & Party", Seats: new(int64(2)),
			VotePct: schemastest.Exact("59.5"), SeatChange: new(int64(-1)), PreviousSeats: new(int64(3)),
		},
	}
	e.Offices = []schemas.Office{
		{Ordinal: 1, Title: "Prime Minister", BeforeName: "A", AfterName: "B", AfterParty: "Mud <Party>"},
	}
	seats := &schemas.Field{Key: "Seats1", Name: "seats", Position: 1, Raw: "3", Text: "3", Line: 7, Offset: 80}
	country := &schemas.Field{Key: "Country", Name: "country", Raw: "Elbonia", Text: "Elbonia", Line: 3, Offset: 20}
	e.Fields = []schemas.BoxField{
		{Field: seats, Ordinal: 1, Targets: []string{"results.seats"}},
		{Field: country, Ordinal: 2, Targets: []string{"elections.country"}},
	}
	e.Footnotes = map[int]string{0: "Of <b>valid</b> votes & seats\nTurned \u202eround"}
	e.Findings = []schemas.Finding{{
		Ordinal: 1, CheckID: "seat-total", Status: schemas.Warn, Expected: "5", Observed: "6",
		Message: "the seats are odd", Field: 1, Line: 7, Offset: 80,
	}}
	e.Quiet = []schemas.Finding{
		{Ordinal: 2, CheckID: "majority", Status: schemas.Skip, Message: "no <majority>", Offset: -1},
		{Ordinal: 3, CheckID: "percent-range", Status: schemas.Pass, Offset: -1},
	}
	e.Measures = []schemas.Measure{{Name: "a_measure", Value: 1.5, Low: new(1.0), High: new(2.25), Treatment: "none"}}
	files := readAll(t, writeReportOf(t, []schemas.Record{{Election: e}, {Run: schemastest.SampleRun()}}))
	content := strings.ReplaceAll(files[electionFile(e.ID)], "\n\n", "\n")
	schemastest.CheckGolden(t, "election_page.html", content)
}

// A page lists what its box says of each round, with the fields that say it.
func TestPageListsRounds(t *testing.T) {
	e := schemastest.AbsentElection("local:Two rounds#1")
	e.Rounds = []schemas.Round{
		{
			Round: 1, Date: schemas.Date{Year: 2010, Month: 5, Day: 2}, TurnoutPct: schemastest.Exact("61.2"),
			Fields: []int32{1, 7},
		},
		{Round: 2},
	}
	e.RoundResults = []schemas.RoundResult{
		{Round: 1, Position: 1, Votes: new(int64(1234)), VotePct: schemastest.Exact("40.5"), Fields: []int32{1}},
		{Round: 2, Position: 1, VotePct: schemastest.Exact("55"), Fields: []int32{1}},
	}
	e.Contenders[0].Name = "Ann <b>"
	files := readAll(t, writeReportOf(t, []schemas.Record{{Election: e}, {Run: schemastest.SampleRun()}}))
	content := files[electionFile(e.ID)]
	for _, want := range []string{
		`<h2 id="rounds">Rounds</h2>`, ">Round 1</th>", ">Round 2</th>", "2 May 2010", "61.20", "1,234", "40.50", "55.00",
		"<bdi>Ann &lt;b&gt;</bdi>",
	} {
		if !strings.Contains(content, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(content, "Registered voters") {
		t.Error("the page has a row without a figure")
	}
}

// A page shows the seats won beside those held after the election where they are others, and the share of votes last
// time.
func TestPageListsSeatsOfPartialElections(t *testing.T) {
	e := schemastest.AbsentElection("local:A third of a senate#1")
	e.SeatsTotal, e.SeatsContested, e.SeatsBasis = new(int64(100)), new(int64(35)), schemas.SeatsHeldAfter
	e.Classification = schemas.Classification{
		Country: schemas.Classified{Value: "USA", Basis: schemas.BasisLabel},
		Level:   schemas.Classified{Value: contest.LevelNational, Basis: schemas.BasisTitle},
		Chamber: schemas.Classified{Value: contest.ChamberUpper, Basis: schemas.BasisOuterBox},
		Kind:    schemas.Classified{Value: contest.Legislative, Basis: schemas.BasisPhrase},
	}
	e.Contenders = []schemas.Contender{{
		Position: 1, Kind: "party", Name: "Blue & Red", Seats: new(int64(53)), SeatsWon: new(int64(11)),
		SeatsAfter: new(int64(53)), PreviousVotePct: schemastest.Exact("41.25"), VotePct: schemastest.Exact("39.1"),
		Parties: []schemas.LinkedName{{Name: "Blue"}, {Name: "Red"}},
	}, {
		Position: 2, Kind: "party", Name: "Green", Seats: new(int64(47)), SeatsWon: new(int64(24)),
		SeatsAfter: new(int64(47)), VotePct: schemastest.Exact("58.4"),
	}}
	e.Measures = []schemas.Measure{
		{Name: "vote_volatility", Value: 77.7, Low: new(5.0), High: new(33.0), IsOpen: true, Treatment: "none"},
	}
	files := readAll(t, writeReportOf(t, []schemas.Record{{Election: e}, {Names: e.Names()},
		{Run: schemastest.SampleRun()}}))
	content := files[electionFile(e.ID)]
	for _, want := range []string{
		">Won on the day</th>", ">11<", "held after the election", ">Share last time</th>", "41.25", "Parties of the list",
		"Blue, Red", "USA", "national", "upper", "from the box around it", "legislative", ">vote volatility<", ">33<",
	} {
		if !strings.Contains(content, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	// The column that is the same as that of the seats, what is no value, and seats against the votes for a part of them.
	for _, unwanted := range []string{">Held after</th>", "77.7", "Seats against votes"} {
		if strings.Contains(content, unwanted) {
			t.Errorf("the page has %s", unwanted)
		}
	}
}

// A page has no column of shares last time if the box has none, also if a share of today is doubted.
func TestPageWithoutSharesLastTime(t *testing.T) {
	e := schemastest.AbsentElection("local:Doubted share#1")
	e.Contenders = []schemas.Contender{{Position: 1, Kind: "party", Name: "Blue", VotePct: schemastest.Exact("39.1")}}
	field := &schemas.Field{Key: "Percentage1", Name: "percentage", Position: 1, Raw: "39.1", Text: "39.1", Line: 4}
	e.Fields = []schemas.BoxField{{Field: field, Ordinal: 1, Targets: []string{"results.vote_pct"}}}
	e.Findings = []schemas.Finding{{
		Ordinal: 1, CheckID: "vote-seat-order", Status: schemas.Note, Message: "odd", Subject: "vote_pct/1", Field: 1, Line: 4,
	}}
	files := readAll(t, writeReportOf(t, []schemas.Record{{Election: e}, {Run: schemastest.SampleRun()}}))
	if content := files[electionFile(e.ID)]; strings.Contains(content, "Share last time") {
		t.Error("the page has a column of shares last time")
	}
}

// A page shows what its box says of another election and that one's own box does not, with the field that says it. Each
// has an anchor of its own, also where the numbers of findings have gaps.
func TestPageListsContradictions(t *testing.T) {
	e := schemastest.AbsentElection("local:Later election#1")
	field := &schemas.Field{
		Key: "Last election2", Name: "last_election", Position: 2, Raw: "39", Text: "39", Line: 19, Offset: 400,
	}
	e.Fields = []schemas.BoxField{{Field: field, Ordinal: 1, Targets: []string{"results.previous_seats"}}}
	e.Findings = []schemas.Finding{{Ordinal: 3, CheckID: "seat-total", Status: schemas.Note, Message: "odd", Offset: -1}}
	contradiction := func(ordinal int, message string, place schemas.Place) schemas.Contradiction {
		return schemas.Contradiction{
			Kind: schemas.ContradictionChain, ElectionID: e.ID, Ordinal: ordinal, OtherID: "local:Earlier election#1",
			Column: "results.previous_seats", OtherColumn: "results.seats", Value: "39", OtherValue: "40", Message: message,
			Place: place, OtherPlace: schemas.NoPlace, Position: 2, OtherPosition: 2,
		}
	}
	files := readAll(t, writeReportOf(t, []schemas.Record{{Election: e}, {Run: schemastest.SampleRun()},
		{Contradictions: []schemas.Contradiction{
			contradiction(1, "39 seats <here>", schemas.Place{Line: 19, Offset: 400}),
			contradiction(2, "another", schemas.NoPlace),
		}}}))
	content := files[electionFile(e.ID)]
	for _, want := range []string{
		"39 seats &lt;here&gt;", `Expected <bdi>40</bdi>, found <bdi>39</bdi>`, `<a href="#field-1"><bdi>Last election2 · line 19`,
		"another", "own box", "<code>chain</code>", `id="finding-3"`, `id="finding-4"`, `id="finding-5"`,
	} {
		if n := strings.Count(content, want); n == 0 || strings.HasPrefix(want, "id=") && n > 1 {
			t.Errorf("the page has %d of %s", n, want)
		}
	}
}

// A box that only holds others has a page, and is listed and counted nowhere where its boxes are.
func TestWrappersAreNotCounted(t *testing.T) {
	election := func(id string, box, parent int, place string) *schemas.Election {
		e := schemastest.AbsentElection(id)
		e.Document.Title, e.Box, e.Parent, e.Country, e.IsWrapper = "Page "+id[:3], box, parent, place, parent == 0
		return e
	}
	var records []schemas.Record
	for _, e := range []*schemas.Election{
		election("x:1#1", 1, 0, "Elbonia"), election("x:1#2", 2, 1, ""), election("x:1#3", 3, 1, "Elbonia"),
		election("x:2#1", 1, 0, "Borduria"), election("x:2#2", 2, 1, "Syldavia"),
	} {
		records = append(records, schemas.Record{Election: e})
	}
	files := readAll(t, writeReportOf(t, append(records, schemas.Record{Run: schemastest.SampleRun()})))
	for place, want := range map[string]int{"Elbonia": 2, "Syldavia": 1, "Borduria": 1} {
		_, text := parsePage(t, files[placeFile(place, 0)])
		if got := strings.Count(text, "Page x:"); got != want {
			t.Errorf("%s: %d elections are listed, expected %d", place, got, want)
		}
	}
	if _, text := parsePage(t, files["elections.html"]); !strings.Contains(text, "3 elections") {
		t.Errorf("the boxes that only hold others are counted: %.300s", text)
	}
}

// A page shows the beginning of a long field and of long footnotes, and says how much more there is.
func TestLongFieldsAreCut(t *testing.T) {
	e := schemastest.AbsentElection("local:Long#1")
	e.Fields = []schemas.BoxField{
		{Field: &schemas.Field{Key: "Seats1", Raw: strings.Repeat("ä", shownRaw+1)}, Ordinal: 1},
		{Field: &schemas.Field{Key: "Seats2", Raw: "3"}, Ordinal: 2},
	}
	e.Footnotes = map[int]string{1: strings.Repeat("ö\n", shownRaw)}
	e.Findings = nil
	files := readAll(t, writeReportOf(t, []schemas.Record{{Election: e}, {Run: schemastest.SampleRun()}}))
	content := files[electionFile(e.ID)]
	if got := strings.Count(content, "ä"); got != shownRaw || !strings.Contains(content, "and 1 letter more") {
		t.Errorf("%d letters of a field are shown, expected %d, and how many more there are", got, shownRaw)
	}
	footnotes := strings.Count(content, "Footnote: <bdi>ö</bdi>")
	if footnotes != shownRaw/2 || !strings.Contains(content, "and 1,500 letters more") {
		t.Errorf("%d footnotes are shown, expected %d, and how many letters more there are", footnotes, shownRaw/2)
	}
}

// listedIn returns how many items, or rows below the heading, a section of a page has.
func listedIn(t *testing.T, page, id string) int {
	t.Helper()
	_, section, ok := strings.Cut(page, `<section aria-labelledby="`+id+`">`)
	if !ok {
		return 0
	}
	section, _, _ = strings.Cut(section, "</section>")
	return strings.Count(section, "<li>") + max(0, strings.Count(section, "<tr>")-1)
}

// The page of the run lists the first of what there is much of, and says how much more there is.
func TestRunPageListsTheFirst(t *testing.T) {
	for more := range 2 {
		var records []schemas.Record
		for i := range shownSources + more {
			records = append(records, schemas.Record{Account: &schemas.Account{
				SourceURI: fmt.Sprintf("%d.txt", i), Format: "text", Scan: schemas.ScanWhole,
			}})
		}
		for i := range shownRejects + more {
			records = append(records, schemas.Record{Reject: &schemas.Reject{
				SourceURI: fmt.Sprintf("%d.txt", i), Unit: schemas.UnitBox, Stage: "load",
				Reason: schemas.ReasonDuplicate, Detail: "x", Offset: -1,
			}})
		}
		for i := range shownDoubts + more {
			e := schemastest.AbsentElection(fmt.Sprintf("local:%d.txt#1", i))
			e.Findings = nil
			for n, status := range []schemas.Status{schemas.Note, schemas.Error, schemas.Error, schemas.Warn} {
				e.Findings = append(e.Findings, schemas.Finding{
					Ordinal: n + 1, CheckID: "seat-total", Status: status, Message: fmt.Sprintf("message %d", n),
					Offset: -1,
				})
			}
			records = append(records, schemas.Record{Election: e})
		}
		files := readAll(t, writeReportOf(t, append(records, schemas.Record{Run: schemastest.SampleRun()})))
		index := files["index.html"]
		for id, want := range map[string]int{
			"sources": shownSources, "rejects": shownRejects, "worst": shownDoubts,
		} {
			if got := listedIn(t, index, id); got != want {
				t.Errorf("%d more: %s has %d rows, expected %d", more, id, got, want)
			}
		}
		if got := strings.Contains(index, "And 1 more"); got != (more == 1) {
			t.Errorf("%d more: that there is one more source is said: %t", more, got)
		}
		for message, want := range map[string]int{
			"message 0": 0, "message 1": shownDoubts, "message 2": shownDoubts, "message 3": 0,
		} {
			if got := strings.Count(index, message); got != want {
				t.Errorf("%q is shown %d times, expected %d", message, got, want)
			}
		}
	}
}

// A page with few places lists all of them, one with many lists the largest and leads to the others.
func TestPlaces(t *testing.T) {
	for _, places := range []int{maxPlaces, maxPlaces + 1} {
		var records []schemas.Record
		for i := range places {
			e := schemastest.AbsentElection(fmt.Sprintf("local:%d.txt#1", i))
			e.Country = fmt.Sprintf("Land %d", i)
			records = append(records, schemas.Record{Election: e})
		}
		files := readAll(t, writeReportOf(t, append(records, schemas.Record{Run: schemastest.SampleRun()})))
		want, all := places, false
		if places > maxPlaces {
			want, all = shownPlaces, true
		}
		listed := regexp.MustCompile(`<bdi>Land \d+</bdi>`).FindAllString(files["elections.html"], -1)
		if got := len(listed); got != want {
			t.Errorf("%d places: %d are listed, expected %d", places, got, want)
		}
		if _, ok := files["places/all.html"]; ok != all {
			t.Errorf("%d places: there is a page with all of them: %t", places, ok)
		}
	}
}

// All changes are counted, and the first of each kind are listed.
func TestManyChanges(t *testing.T) {
	output := t.TempDir()
	end := schemas.Record{Run: schemastest.SampleRun()}
	elections := func(prefix string) (records []schemas.Record) {
		for i := range shownChanges + 1 {
			e := schemastest.AbsentElection(fmt.Sprintf("local:%s%d.txt#1", prefix, i))
			records = append(records, schemas.Record{Election: e})
		}
		return append(records, end)
	}
	loadtest.PublishRecords(t, output, elections("old"), 0, loadtest.StartTime())
	loadtest.PublishRecords(t, output, elections("new"), 0, loadtest.StartTime().Add(time.Hour))
	index := readAll(t, writeReport(t, output))["index.html"]
	if want := "101 new, 0 changed, 101 gone, 0 as they were"; !strings.Contains(index, want) {
		t.Errorf("the page of the run does not say %q", want)
	}
	if got := listedIn(t, index, "changes"); got != 2*shownChanges {
		t.Errorf("%d changes are listed, expected %d new and %d gone", got, shownChanges, shownChanges)
	}
}

// The page of an election is known by its ID up to the number of the box, even if the name of a file has a #.
func TestPageOf(t *testing.T) {
	for id, want := range map[string]string{
		"enwiki:1#2": "enwiki:1", "local:C# club.txt#12": "local:C# club.txt", "without a box": "without a box",
	} {
		if got := pageOf(id); got != want {
			t.Errorf("%s: %q, expected %q", id, got, want)
		}
	}
}

// Boxes that are said to be inside one another in a circle, which no reader gives, do not stop a report.
func TestBoxesInACircle(t *testing.T) {
	var records []schemas.Record
	for box, parent := range map[int]int{1: 2, 2: 3, 3: 1} {
		e := schemastest.AbsentElection(fmt.Sprintf("local:x.txt#%d", box))
		e.Box, e.Parent = box, parent
		records = append(records, schemas.Record{Election: e})
	}
	slices.SortFunc(records, func(a, b schemas.Record) int { return a.Election.Box - b.Election.Box })
	files := readAll(t, writeReportOf(t, append(records, schemas.Record{Run: schemastest.SampleRun()})))
	if _, ok := files[electionFile("local:x.txt#3")]; !ok {
		t.Error("an election has no page")
	}
}

// Of contenders with equally many seats, the first in the box is the largest.
func TestLargest(t *testing.T) {
	with := func(seats ...int64) (contenders []schemas.Contender) {
		for _, n := range seats {
			c := schemas.Contender{}
			if n >= 0 {
				c.Seats = &n
			}
			contenders = append(contenders, c)
		}
		return contenders
	}
	for _, c := range []struct {
		contenders []schemas.Contender
		want       int
	}{{with(3, 5, 5, 4), 1}, {with(-1, 2), 1}, {with(0, 0), -1}, {with(-1, -1), -1}, {nil, -1}} {
		if got := largest(c.contenders); got != c.want {
			t.Errorf("%d contenders: the largest is %d, expected %d", len(c.contenders), got, c.want)
		}
	}
}

// Files that change while a report is written are an error, not a page with the numbers of another election.
func TestElectionsChangeDuringAReport(t *testing.T) {
	output := t.TempDir()
	loadtest.PublishRecords(t, output, []schemas.Record{
		{Election: schemastest.AbsentElection("local:a.txt#1")},
		{Election: schemastest.AbsentElection("local:b.txt#1")},
	}, 0, loadtest.StartTime())
	p, err := version.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := readDirectory(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	changed := slices.Clone(whole.entries)
	changed[1].id = "local:other.txt#1"
	for name, entries := range map[string][]indexEntry{"another": changed, "one more": whole.entries[:1]} {
		r := &report{p: p, directory: &directory{entries: entries}, run: newRunPage(p, Options{}, &changes{})}
		visited := 0
		err := r.eachElection(t.Context(), func(int, *schemas.Election) { visited++ })
		if err == nil || !strings.Contains(err.Error(), "the order of the elections changed") || visited != 1 {
			t.Errorf("%s: %d elections, error %v", name, visited, err)
		}
	}
}

// A report of a damaged version has the pages of the version as it was published, or there is none.
func TestReportsOfDamagedVersions(t *testing.T) {
	output := t.TempDir()
	records := hostileRecords()[:9]
	loadtest.PublishRecords(t, output, records[2:], 5, loadtest.StartTime())
	loadtest.PublishRecords(t, output, records, 5, loadtest.StartTime().AddDate(0, 0, 1))
	want := readAll(t, writeReport(t, output))
	random := rand.New(rand.NewPCG(7, 0))
	current, err := filepath.EvalSymlinks(filepath.Join(output, "current"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(current, "parquet", "*", "*.parquet"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the version has the files %v, %v", files, err)
	}
	random.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	refused, damagedFiles := 0, files[:min(len(files), schemastest.Rounds(16, 200))]
	for i, file := range damagedFiles {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		damaged := slices.Clone(whole)
		switch i % 4 {
		case 0, 1:
			damaged[random.IntN(len(damaged))] ^= 1 << random.IntN(8)
		case 2:
			damaged = damaged[:random.IntN(len(damaged))]
		case 3: // another part, or that of another table
			if damaged, err = os.ReadFile(files[(i+1)%len(files)]); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(file, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err = tryReport(t, output)
		var damage *version.Damage
		switch {
		case err == nil && !maps.Equal(want, readAll(t, filepath.Join(output, "report"))):
			t.Errorf("%s is damaged, and the pages are others, without an error", file)
		case err != nil && (!errors.As(err, &damage) || damage.Path != file):
			t.Errorf("%s is damaged, and the error is %v", file, err)
		case err != nil:
			refused++
		}
		if err := os.WriteFile(file, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if refused < len(damagedFiles)/2 {
		t.Errorf("%d of %d damaged files are refused", refused, len(damagedFiles))
	}
}

// tryReport writes the report of the current version of an output folder.
func tryReport(t *testing.T, output string) (elections int, err error) {
	t.Helper()
	p, err := version.Open(output)
	if err != nil {
		return 0, err
	}
	return Write(t.Context(), p, filepath.Join(output, "report"), Options{
		Checks: []Meaning{{ID: "seat-total", Meaning: "seats that do not sum"}},
	})
}
