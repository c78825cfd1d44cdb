package cmd

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestEveryNumberLeadsToItsFields walks every number on the pages of elections, of documents in every form. Each
// stands in a link to the raw field that it was read from, or to the list of those that it is computed from.
func TestEveryNumberLeadsToItsFields(t *testing.T) {
	output := t.TempDir()
	args := []string{"run", "--quiet", "--output", output}
	for _, pages := range []string{
		filepath.Join("..", "pipelines", "morocco_2007.txt"),
		filepath.Join("..", "extract", "testdata", "wikitext", "*"),
		filepath.Join("..", "extract", "html", "testdata", "*.html"), filepath.Join("testdata", "morocco.xml"),
	} {
		args = append(args, "--from", pages)
	}
	if status := execute(args); status != statusDone && status != statusDoubtful {
		t.Fatalf("the run ends with status %d", status)
	}
	if status := execute([]string{"report", "--from", output}); status != statusDone {
		t.Fatalf("the report ends with status %d", status)
	}
	numbers := 0
	err := filepath.WalkDir(
		filepath.Join(output, "report", "elections"),
		func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			numbers += walkNumbers(t, f)
			return nil
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	if numbers < 1000 {
		t.Errorf("%d numbers were found, expected some 1,000 at least", numbers)
	}
}

var (
	digit = regexp.MustCompile(`[0-9]`)
	// A place on the page itself: a raw field, or a list of them.
	originLink = regexp.MustCompile(`^#(field|from)-[0-9]+$`)
)

// apart are the parts of a page in which numbers stand that come from no field: what is doubtful and what the
// text says have their own places, and the origins are where the links lead.
func apart(n *html.Node) bool {
	if slices.Contains([]string{"svg", "nav", "h1", "h2", "small", "th"}, n.Data) {
		return true
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "aria-labelledby" && slices.Contains([]string{"doubts", "claims", "origin", "offices"}, a.Val):
			return true
		case a.Key == "class" && slices.Contains([]string{"kicker", "doubts", "hint", "nochamber"}, a.Val):
			return true
		}
	}
	return false
}

// numberWalk walks through a page and counts its numbers.
type numberWalk struct {
	t           *testing.T
	title       string
	numbers     int
	ids         map[string]bool
	leads       []string       // the ids to which numbers lead
	fieldsBelow map[string]int // links to fields, by the id of what they are in
}

// walkNumbers counts the numbers of a page, and fails for each that leads nowhere.
func walkNumbers(t *testing.T, page io.Reader) (numbers int) {
	t.Helper()
	root, err := html.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	w := &numberWalk{t: t, ids: map[string]bool{}, fieldsBelow: map[string]int{}}
	w.walk(root, "", "", false)
	for _, to := range w.leads {
		if !w.ids[to] {
			t.Errorf("%s: there is no %s", w.title, to)
		}
		if strings.HasPrefix(to, "from-") && w.fieldsBelow[to] < 2 {
			t.Errorf("%s: %s lists %d fields, expected several", w.title, to, w.fieldsBelow[to])
		}
	}
	return w.numbers
}

// walk walks through a node that has the id and the link of what is around it.
func (w *numberWalk) walk(n *html.Node, id, link string, inArticle bool) {
	skip := false
	switch {
	case n.Type == html.ElementNode:
		inArticle = inArticle || n.Data == "article"
		id, link = w.element(n, id, link)
		skip = inArticle && apart(n)
	case n.Type == html.TextNode && inArticle && digit.MatchString(n.Data):
		w.number(n.Data, link)
	}
	if n.Data == "title" && n.FirstChild != nil {
		w.title = n.FirstChild.Data
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, id, link, inArticle && !skip) // in what stands apart, links count and numbers do not
	}
}

// element notes the id and the link of an element, and returns those that hold inside it.
func (w *numberWalk) element(n *html.Node, id, link string) (string, string) {
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			id = a.Val
			w.ids[id] = true
		case "href":
			link = a.Val
			if strings.HasPrefix(link, "#field-") {
				w.fieldsBelow[id]++
			}
		}
	}
	return id, link
}

// number counts a number and notes where it leads.
func (w *numberWalk) number(text, link string) {
	w.numbers++
	switch {
	case originLink.MatchString(link):
		w.leads = append(w.leads, link[1:])
	case strings.HasPrefix(link, "../../"): // a value that is taken from the box around this one
	default:
		w.t.Errorf("%s: %q leads to no field", w.title, strings.TrimSpace(text))
	}
}
