package cmd

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hemicycle/schemas/schemastest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// browserTimeout is how long the whole test may take. A browser on a busy machine is slow to start.
const browserTimeout = 8 * time.Minute

// openBrowser starts a browser without a window. Where none is on the PATH the test is skipped, unless
// HEMICYCLE_BROWSER=required.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("HEMICYCLE_BROWSER") == "required" {
			t.Fatal("chromium is not on the PATH: install it, since HEMICYCLE_BROWSER is required")
		}
		t.Skip("chromium is not on the PATH: the pages were not opened")
	}
	ctx, cancel := context.WithTimeout(context.Background(), browserTimeout)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.WindowSize(1100, 900))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log(err)
		}
		cancel()
	})
	return ctx
}

// hostilePages are pages with two boxes and with hostile names, by the name of their file.
var hostilePages = map[string]string{
	"boxes.wikitext": `{{Infobox election
| election_name = 1998 Testland general election
| country = Testland
| election_date = 3 May 1998
| candidate1 = A. Moon
| percentage1 = 60
| candidate2 = B. Sun
| percentage2 = 40
| module = {{Infobox legislative election
| seats_for_election = 11 seats in the House
| party1 = Moon
| seats1 = 6
| party2 = Sun
| seats2 = 5
}}
}}
`,
	"hostile.txt": `= <img src=x onerror=alert(1)> election =

Infobox
- Country: </script><script>alert(2)</script>
- Election Date: 3 May 2001
- Seats For Election: 12 seats in the <b>House</b>
- Party1: <script>alert(3)</script>
- Seats1: 5
- Last Election1: 3
- Percentage1: 40
- Party2: "onload="alert(4)
- Seats2: 4
- Last Election2: 6
- Percentage2: 30
- Party3: ` + strings.Repeat("Endless", 60) + `
- Colour3: #FFFFFE
- Seats3: 3
`,
}

// makeReport makes the report of the Moroccan page and of the hostile ones, and returns its folder.
func makeReport(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	output, report := filepath.Join(dir, "out"), filepath.Join(dir, "report")
	page := filepath.Join("..", "pipelines", "morocco_2007.txt")
	args := []string{"run", "--quiet", "--log", "text", "--output", output, "--from", page}
	for name, text := range hostilePages {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--from", path)
	}
	if status := execute(args); status != statusDone && status != statusDoubtful {
		t.Fatalf("the run ended with the status %d", status)
	}
	if status := execute([]string{"report", "--from", output, "--to", report}); status != statusDone {
		t.Fatalf("the report ended with the status %d", status)
	}
	return report
}

// lowContrastJS finds the texts on a page whose contrast with what is behind them is below the level AA of WCAG, 4.5 or
// 3 for large ones, and says how many texts it looked at.
const lowContrastJS = `(() => {
  const parse = (c) => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map((v) => linear(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c[3] === 1) return c;
    }
    return parse(getComputedStyle(document.body).backgroundColor);
  };
  const unseen = "noscript, title, desc, .unseen, details:not([open]) > :not(summary)";
  const bad = [];
  let looked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const e = walker.currentNode.parentElement;
    if (!text || e.closest(unseen)) continue;
    const style = getComputedStyle(e);
    const ink = parse(e instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(ink), light(behind(e))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
    const contrast = (a + 0.05) / (b + 0.05);
    looked++;
    if (contrast < (large ? 3 : 4.5)) {
      bad.push(e.tagName + "." + e.className + " " + text.slice(0, 40) + " " + contrast.toFixed(2));
    }
  }
  return {looked, bad};
})()`

// evaluate runs a script in the page and returns its value.
func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%v in %s", err, script)
	}
	return value
}

// reportBrowser is a browser on a report.
type reportBrowser struct {
	ctx    context.Context
	dir    string
	pages  []string          // paths in dir
	titled map[string]string // the pages of elections by their headings

	mutex                sync.Mutex // of what the browser says, which it does from another goroutine
	complaints, requests []string
}

const moroccoTitle = "2007 Moroccan general election"

func (b *reportBrowser) address(name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.Join(b.dir, name)}).String()
}

// do lets the browser take steps one after the other.
func (b *reportBrowser) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// goTo opens a page of the report and waits for its end.
func (b *reportBrowser) goTo(t *testing.T, page string) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.address(page)), chromedp.WaitReady(chromedp.CSS("footer")))
}

// setScheme makes the page see the colour scheme that a reader prefers.
func (b *reportBrowser) setScheme(t *testing.T, scheme string) {
	t.Helper()
	feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}
	b.setMedia(t, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}})
}

func (b *reportBrowser) setMedia(t *testing.T, media emulation.SetEmulatedMediaParams) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
}

// listen keeps what the browser complains of and asks for.
func (b *reportBrowser) listen(t *testing.T) {
	t.Helper()
	err := chromedp.Listen(b.ctx, func(event any) {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		switch e := event.(type) {
		case *cdpruntime.EventExceptionThrown:
			b.complaints = append(b.complaints, e.ExceptionDetails.Text)
		case *cdpruntime.EventConsoleAPICalled:
			b.complaints = append(b.complaints, "console."+string(e.Type))
		case *log.EventEntryAdded:
			b.complaints = append(b.complaints, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			b.requests = append(b.requests, e.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReportInABrowser(t *testing.T) {
	b := &reportBrowser{ctx: openBrowser(t), dir: makeReport(t), titled: map[string]string{}}
	b.listen(t)
	for _, name := range schemastest.FilesBelow(t, b.dir) {
		if filepath.Ext(name) == ".html" {
			b.pages = append(b.pages, name)
		}
	}
	t.Run("every page", b.checkPages)
	b.do(t, chromedp.EmulateViewport(1100, 900))
	if b.titled[moroccoTitle] == "" {
		t.Fatalf("there is no page on Morocco among %v", b.titled)
	}
	t.Run("dots", b.checkDots)
	t.Run("sorting", b.checkSorting)
	t.Run("keyboard", b.checkKeyboard)
	t.Run("search", b.checkSearch)
	t.Run("quiet", b.checkQuiet)
	if folder := os.Getenv("HEMICYCLE_PICTURES"); folder != "" {
		b.takePictures(t, folder)
	}
}

// checkPages opens every page on a small screen, in the light and in the dark.
func (b *reportBrowser) checkPages(t *testing.T) {
	for _, page := range b.pages {
		b.do(t, chromedp.EmulateViewport(360, 740))
		b.goTo(t, page)
		if wide := evaluate[float64](t, b.ctx, "document.documentElement.scrollWidth"); wide > 360 {
			t.Errorf("%s is %v pixels wide on a screen of 360", page, wide)
		}
		heading := evaluate[string](t, b.ctx, "document.querySelector('h1').innerText")
		if strings.HasPrefix(page, "elections/") {
			b.titled[strings.Split(heading, "\n")[0]] = page
		}
		for _, scheme := range []string{"light", "dark"} {
			b.setScheme(t, scheme)
			contrast := evaluate[struct {
				Looked int
				Bad    []string
			}](t, b.ctx, lowContrastJS)
			if contrast.Looked < 10 || len(contrast.Bad) > 0 {
				t.Errorf("%s, %s: of %d texts these are too faint: %q", page, scheme, contrast.Looked, contrast.Bad)
			}
			ground := evaluate[string](t, b.ctx, "getComputedStyle(document.body).backgroundColor")
			if dark := ground != "rgb(255, 255, 255)"; dark != (scheme == "dark") {
				t.Errorf("%s, %s: the ground is %s", page, scheme, ground)
			}
		}
	}
}

// checkDots counts the dots of the chamber: as many in each colour as the row of that colour has seats.
func (b *reportBrowser) checkDots(t *testing.T) {
	type chamber struct {
		Groups, Dots, Rows int
		Majority           string
		Wrong              []string
	}
	b.goTo(t, b.titled[moroccoTitle])
	drawn := evaluate[chamber](t, b.ctx, `(() => {
  const groups = [...document.querySelectorAll("svg.chamber g.group")];
  const heads = [...document.querySelectorAll("table.sortable thead th")];
  const column = heads.findIndex((h) => h.innerText.startsWith("Seats"));
  const rows = [...document.querySelectorAll("table.sortable tbody tr")];
  const wrong = rows.filter((row) => {
    const fill = row.querySelector("circle").getAttribute("fill");
    const dots = groups.filter((g) => g.getAttribute("fill") === fill)
      .reduce((n, g) => n + g.querySelectorAll("circle").length, 0);
    return dots !== Number(row.cells[column].dataset.sort);
  }).map((row) => row.innerText);
  const dots = document.querySelectorAll("svg.chamber g.group circle").length;
  const majority = document.querySelector("g.majority").dataset.seats;
  return {groups: groups.length, dots, rows: rows.length, majority, wrong};
})()`)
	want := chamber{Groups: 22, Dots: 325, Rows: 22, Majority: "163", Wrong: []string{}}
	if diff := cmp.Diff(want, drawn); diff != "" {
		t.Errorf("the chamber (-want +got):\n%s", diff)
	}
}

// checkSorting sorts the table of contenders by the mouse and by the keyboard.
func (b *reportBrowser) checkSorting(t *testing.T) {
	const first = `document.querySelector("table.sortable tbody tr").cells[0].innerText.trim()`
	button := func(heading string) string {
		return `[...document.querySelectorAll("th button")].find((b) => b.innerText === "` + heading + `")`
	}
	for _, step := range []struct{ script, want string }{
		{button("Share of votes") + ".click()", "Justice and Development Party (Morocco)"},
		{button("Share of votes") + ".click()", "ADL"},
		{button("Contender") + ".focus()", "ADL"},
	} {
		evaluate[any](t, b.ctx, step.script+"; true")
		if got := evaluate[string](t, b.ctx, first); got != step.want {
			t.Errorf("after %s the first is %q, expected %q", step.script, got, step.want)
		}
	}
	b.do(t, chromedp.KeyEvent(kb.Enter)) // on the heading that has the focus
	sorted := evaluate[string](t, b.ctx, `document.activeElement.closest("th").getAttribute("aria-sort")`)
	names := evaluate[string](t, b.ctx, `(() => {
  const rows = [...document.querySelectorAll("table.sortable tbody tr")];
  const names = rows.map((r) => r.cells[0].innerText.trim());
  const sorted = names.toSorted((a, b) => a.localeCompare(b, undefined, {numeric: true}));
  return JSON.stringify(names) === JSON.stringify(sorted) ? "sorted" : names.join();
})()`)
	if sorted != "ascending" || names != "sorted" {
		t.Errorf("by keyboard: aria-sort is %q, the names %s", sorted, names)
	}
}

// checkKeyboard goes through a page by the keyboard, from a number to the raw field that it was read from.
func (b *reportBrowser) checkKeyboard(t *testing.T) {
	b.goTo(t, b.titled[moroccoTitle])
	b.do(t, chromedp.KeyEvent(kb.Tab))
	if focus := evaluate[string](t, b.ctx, "document.activeElement.className"); focus != "skip" {
		t.Errorf("the first tab goes to %q, expected the link that skips to the content", focus)
	}
	evaluate[any](t, b.ctx, `document.querySelector("td a.origin").focus(); true`)
	b.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitReady(chromedp.CSS("tr:target")))
	target := evaluate[string](t, b.ctx, `document.querySelector("tr:target").innerText`)
	if !strings.Contains(target, "Leader1") || !strings.Contains(target, "line 12") {
		t.Errorf("the first number leads to %q", target)
	}
}

// checkSearch searches for a page, for one with a hostile title, and for nothing that there is.
func (b *reportBrowser) checkSearch(t *testing.T) {
	const titles = `[...document.querySelectorAll("#found a")].map((a) => a.innerText)`
	query, result := chromedp.CSS("#query"), chromedp.CSS("#found a")
	b.goTo(t, "elections.html")
	b.do(t, chromedp.SendKeys(query, "mOrocc 2007"), chromedp.WaitReady(result))
	if diff := cmp.Diff([]string{moroccoTitle}, evaluate[[]string](t, b.ctx, titles)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	b.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitReady(chromedp.CSS("#found a:focus")),
		chromedp.KeyEvent(kb.Enter), chromedp.WaitReady(chromedp.CSS("svg.chamber")))
	b.goTo(t, "elections.html")
	b.do(t, chromedp.SendKeys(query, "img onerror"), chromedp.WaitReady(result))
	inside := evaluate[int](t, b.ctx, `document.querySelectorAll("#found img, #found script").length`)
	found := evaluate[[]string](t, b.ctx, titles)
	if diff := cmp.Diff([]string{"<img src=x onerror=alert(1)> election"}, found); diff != "" || inside > 0 {
		t.Errorf("a hostile title is found with %d elements in it (-want +got):\n%s", inside, diff)
	}
	b.do(t, chromedp.SendKeys(query, " zzz"), chromedp.WaitNotPresent(result))
	said := evaluate[string](t, b.ctx, `document.querySelector("#count").innerText`)
	if said != "No election has these words." {
		t.Errorf("a search without a result says %q", said)
	}
}

// checkQuiet checks that no page used the network or made the browser complain.
func (b *reportBrowser) checkQuiet(t *testing.T) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, r := range b.requests {
		if !strings.HasPrefix(r, "file://") && r != "data:," {
			t.Errorf("a page asked for %s", r)
		}
	}
	if len(b.requests) < len(b.pages) {
		t.Errorf("%d requests were seen, of %d pages: the test proves nothing", len(b.requests), len(b.pages))
	}
	for _, c := range b.complaints {
		t.Errorf("the browser complains: %s", c)
	}
}

// takePictures writes into a folder what the page of an election looks like in the light, in the dark, on a phone and
// on paper.
func (b *reportBrowser) takePictures(t *testing.T, folder string) {
	for _, p := range []struct {
		name, scheme  string // no scheme means paper
		width, height int64
	}{
		{"page", "light", 1000, 1180}, {"dark", "dark", 1000, 1180}, {"phone", "light", 360, 1400},
		{"whole", "light", 1000, 7000}, {"print", "", 760, 3000},
	} {
		b.setScheme(t, p.scheme)
		if p.scheme == "" {
			b.setMedia(t, emulation.SetEmulatedMediaParams{Media: "print"})
		}
		b.do(t, chromedp.EmulateViewport(p.width, p.height))
		b.goTo(t, b.titled[moroccoTitle])
		png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, p.name+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
