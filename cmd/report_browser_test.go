package cmd

import (
	"context"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browserTimeout is how long the whole test may take: a browser on a busy machine is slow to start.
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

// browsedReport is the report of the Moroccan page, of one with two boxes and of one with hostile names.
func browsedReport(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	pages := map[string]string{
		"boxes.wikitext": "{{Infobox election\n| election_name = 1998 Testland general election\n" +
			"| country = Testland\n| election_date = 3 May 1998\n| candidate1 = A. Moon\n| percentage1 = 60\n" +
			"| candidate2 = B. Sun\n| percentage2 = 40\n| module = {{Infobox legislative election\n" +
			"| seats_for_election = 11 seats in the House\n| party1 = Moon\n| seats1 = 6\n| party2 = Sun\n" +
			"| seats2 = 5\n}}\n}}\n",
		"hostile.txt": "= <img src=x onerror=alert(1)> election =\n\nInfobox\n- Country: " +
			"</script><script>alert(2)</script>\n- Election Date: 3 May 2001\n- Seats For Election: 12 seats in the " +
			"<b>House</b>\n" +
			"- Party1: <script>alert(3)</script>\n- Seats1: 5\n- Last Election1: 3\n- Percentage1: 40\n- Party2: " +
			"\"onload=\"alert(4)\n- Seats2: 4\n- Last Election2: 6\n- Percentage2: 30\n- Party3: " +
			strings.Repeat("Endless", 60) + "\n- Colour3: #FFFFFE\n- Seats3: 3\n",
	}
	args := []string{"run", "--quiet", "--log", "text", "--output", filepath.Join(dir, "out"), "--from",
		filepath.Join("..", "pipelines", "morocco_2007.txt")}
	for name, text := range pages {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--from", path)
	}
	if status := execute(args); status != statusDone && status != statusDoubtful {
		t.Fatalf("the run ended with the status %d", status)
	}
	if status := execute([]string{"report", "--from", filepath.Join(dir, "out"), "--to", filepath.Join(dir, "report")}); status != statusDone {
		t.Fatalf("the report ended with the status %d", status)
	}
	return filepath.Join(dir, "report")
}

// lowContrast finds the texts on a page whose contrast with what is behind them is below WCAG's AA: 4.5,
// or 3 for large ones. It says how many it looked at.
const lowContrast = `(() => {
  const parse = (c) => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c[3] === 1) return c;
    }
    return parse(getComputedStyle(document.body).backgroundColor);
  };
  const bad = [];
  let looked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || e.closest("noscript, title, desc, .unseen, details:not([open]) > :not(summary)")) continue;
    const style = getComputedStyle(e);
    const ink = parse(e instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(ink), light(behind(e))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
    looked++;
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) bad.push(e.tagName + "." + e.className + " " + walker.currentNode.data.trim().slice(0, 40) + " " + ((a + 0.05) / (b + 0.05)).toFixed(2));
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

// inScheme makes the page see the colour scheme that a reader prefers.
func inScheme(t *testing.T, ctx context.Context, scheme string) {
	t.Helper()
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme",
		Value: scheme}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
}

func TestReportInABrowser(t *testing.T) {
	ctx := openBrowser(t)
	dir := browsedReport(t)
	var seen sync.Mutex // the browser speaks from a goroutine of its own
	var complaints, requests []string
	if err := chromedp.Listen(ctx, func(event any) {
		seen.Lock()
		defer seen.Unlock()
		switch e := event.(type) {
		case *cdpruntime.EventExceptionThrown:
			complaints = append(complaints, e.ExceptionDetails.Text)
		case *cdpruntime.EventConsoleAPICalled:
			complaints = append(complaints, "console."+string(e.Type))
		case *log.EventEntryAdded:
			complaints = append(complaints, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			requests = append(requests, e.Request.URL)
		}
	}); err != nil {
		t.Fatal(err)
	}
	address := func(name string) string { return (&url.URL{Scheme: "file", Path: filepath.Join(dir, name)}).String() }
	do := func(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	var pages []string
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".html" {
			name, _ := filepath.Rel(dir, path)
			pages = append(pages, name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	titled := map[string]string{} // elections' pages by their headings

	t.Run("every page", func(t *testing.T) {
		for _, page := range pages {
			do(t, chromedp.EmulateViewport(360, 740), chromedp.Navigate(address(page)),
				chromedp.WaitReady(chromedp.CSS("footer")))
			if wide := evaluate[float64](t, ctx, "document.documentElement.scrollWidth"); wide > 360 {
				t.Errorf("%s is %v pixels wide on a screen of 360", page, wide)
			}
			heading := evaluate[string](t, ctx, "document.querySelector('h1').innerText")
			if strings.HasPrefix(page, "elections"+string(filepath.Separator)) {
				titled[strings.Split(heading, "\n")[0]] = page
			}
			for _, scheme := range []string{"light", "dark"} {
				inScheme(t, ctx, scheme)
				contrast := evaluate[struct {
					Looked int
					Bad    []string
				}](t, ctx, lowContrast)
				if contrast.Looked < 10 || len(contrast.Bad) > 0 {
					t.Errorf(
						"%s, %s: of %d texts these are too faint: %q",
						page,
						scheme,
						contrast.Looked,
						contrast.Bad,
					)
				}
				ground := evaluate[string](t, ctx, "getComputedStyle(document.body).backgroundColor")
				if dark := ground != "rgb(255, 255, 255)"; dark != (scheme == "dark") {
					t.Errorf("%s, %s: the ground is %s", page, scheme, ground)
				}
			}
		}
	})
	do(t, chromedp.EmulateViewport(1100, 900))

	t.Run("dots", func(t *testing.T) {
		page := titled["2007 Moroccan general election"]
		if page == "" {
			t.Fatalf("there is no page on Morocco among %v", titled)
		}
		do(t, chromedp.Navigate(address(page)), chromedp.WaitReady(chromedp.CSS("footer")))
		drawn := evaluate[struct {
			Groups, Dots, Rows int
			Majority           string
			Wrong              []string
		}](t, ctx, `(() => {
  const groups = [...document.querySelectorAll("svg.chamber g.group")];
  const column = [...document.querySelectorAll("table.sortable thead th")].findIndex((h) => h.innerText.startsWith("Seats"));
  const rows = [...document.querySelectorAll("table.sortable tbody tr")];
  const wrong = rows.filter((row) => {
    const fill = row.querySelector("circle").getAttribute("fill");
    const dots = groups.filter((g) => g.getAttribute("fill") === fill).reduce((n, g) => n + g.querySelectorAll("circle").length, 0);
    return dots !== Number(row.cells[column].dataset.sort);
  }).map((row) => row.innerText);
  return {groups: groups.length, dots: document.querySelectorAll("svg.chamber g.group circle").length, rows: rows.length,
    majority: document.querySelector("g.majority").dataset.seats, wrong};
})()`)
		if drawn.Groups != 22 || drawn.Dots != 325 || drawn.Rows != 22 || drawn.Majority != "163" ||
			len(drawn.Wrong) > 0 {
			t.Errorf("%+v: expected 325 dots of 22 groups, as many as seats in the colour of each of 22 rows, and "+
				"163 marked", drawn)
		}
	})

	t.Run("sorting", func(t *testing.T) {
		first := `document.querySelector("table.sortable tbody tr").cells[0].innerText.trim()`
		for _, step := range []struct{ script, want string }{
			{`[...document.querySelectorAll("th button")].find((b) => b.innerText === "Share of votes").click()`,
				"Justice and Development Party (Morocco)"},
			{`[...document.querySelectorAll("th button")].find((b) => b.innerText === "Share of votes").click()`,
				"ADL"},
			{`[...document.querySelectorAll("th button")].find((b) => b.innerText === "Contender").focus()`, "ADL"},
		} {
			evaluate[any](t, ctx, step.script+"; true")
			if got := evaluate[string](t, ctx, first); got != step.want {
				t.Errorf("after %s the first is %q, expected %q", step.script, got, step.want)
			}
		}
		do(t, chromedp.KeyEvent(kb.Enter)) // on the heading that has the focus
		sorted := evaluate[string](t, ctx, `document.activeElement.closest("th").getAttribute("aria-sort")`)
		names := evaluate[string](
			t,
			ctx,
			`(() => { const names = [...document.querySelectorAll("table.sortable tbody tr")].map((r) => r.cells[0].innerText.trim());
  return JSON.stringify(names) === JSON.stringify(names.toSorted((a, b) => a.localeCompare(b, undefined, {numeric: true}))) ? "sorted" : names.join() })()`,
		)
		if sorted != "ascending" || names != "sorted" {
			t.Errorf("by keyboard: aria-sort is %q, the names %s", sorted, names)
		}
	})

	t.Run("keyboard", func(t *testing.T) {
		do(t, chromedp.Navigate(address(titled["2007 Moroccan general election"])),
			chromedp.WaitReady(chromedp.CSS("footer")), chromedp.KeyEvent(kb.Tab))
		if focus := evaluate[string](t, ctx, "document.activeElement.className"); focus != "skip" {
			t.Errorf("the first tab goes to %q, expected the link that skips to the content", focus)
		}
		// A number leads to the raw field that it was read from.
		evaluate[any](t, ctx, `document.querySelector("td a.origin").focus(); true`)
		do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitReady(chromedp.CSS("tr:target")))
		target := evaluate[string](t, ctx, `document.querySelector("tr:target").innerText`)
		if !strings.Contains(target, "Leader1") || !strings.Contains(target, "line 12") {
			t.Errorf("the first number leads to %q", target)
		}
	})

	t.Run("search", func(t *testing.T) {
		do(t, chromedp.Navigate(address("elections.html")), chromedp.WaitReady(chromedp.CSS("footer")),
			chromedp.SendKeys(chromedp.CSS("#query"), "mOrocc 2007"), chromedp.WaitReady(chromedp.CSS("#found a")))
		titles := `[...document.querySelectorAll("#found a")].map((a) => a.innerText)`
		found := evaluate[[]string](t, ctx, titles)
		if len(found) != 1 || found[0] != "2007 Moroccan general election" {
			t.Errorf("found %q", found)
		}
		do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitReady(chromedp.CSS("#found a:focus")),
			chromedp.KeyEvent(kb.Enter), chromedp.WaitReady(chromedp.CSS("svg.chamber")))
		do(t, chromedp.Navigate(address("elections.html")), chromedp.SendKeys(chromedp.CSS("#query"), "img onerror"),
			chromedp.WaitReady(chromedp.CSS("#found a")))
		inside := evaluate[int](t, ctx, `document.querySelectorAll("#found img, #found script").length`)
		found = evaluate[[]string](t, ctx, titles)
		if inside > 0 || len(found) != 1 || found[0] != "<img src=x onerror=alert(1)> election" {
			t.Errorf("a hostile title is found as %q, with %d elements in it", found, inside)
		}
		do(t, chromedp.SendKeys(chromedp.CSS("#query"), " zzz"), chromedp.WaitNotPresent(chromedp.CSS("#found a")))
		said := evaluate[string](t, ctx, `document.querySelector("#count").innerText`)
		if said != "No election has these words." {
			t.Errorf("a search without a result says %q", said)
		}
	})

	t.Run("quiet", func(t *testing.T) {
		seen.Lock()
		defer seen.Unlock()
		for _, r := range requests {
			if !strings.HasPrefix(r, "file://") && r != "data:," {
				t.Errorf("a page asked for %s", r)
			}
		}
		if len(requests) < len(pages) {
			t.Errorf("%d requests were seen, of %d pages: the test proves nothing", len(requests), len(pages))
		}
		for _, c := range complaints {
			t.Errorf("the browser complains: %s", c)
		}
	})
	if folder := os.Getenv("HEMICYCLE_PICTURES"); folder != "" {
		takePictures(t, ctx, address(titled["2007 Moroccan general election"]), folder)
	}
}

// takePictures writes what the page looks like in the light, in the dark, on a phone and on paper into a
// folder.
func takePictures(t *testing.T, ctx context.Context, page, folder string) {
	for _, p := range []struct {
		name, scheme  string
		width, height int64
	}{{"page", "light", 1000, 1180}, {"dark", "dark", 1000, 1180}, {"phone", "light", 360, 1400},
		{"whole", "light", 1000, 7000}, {"print", "", 760, 3000}} {
		inScheme(t, ctx, p.scheme)
		if p.scheme == "" {
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(p.width, p.height), chromedp.Navigate(page), chromedp.WaitReady(chromedp.CSS("footer"))); err != nil {
			t.Fatal(err)
		}
		png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, p.name+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
