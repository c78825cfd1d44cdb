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

// walkNumbers counts the numbers of a page, and fails for each that leads nowhere.
func walkNumbers(t *testing.T, page io.Reader) (numbers int) {
	t.Helper()
	root, err := html.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	fieldsBelow := map[string]int{} // links to fields, by the id of what they stand in
	title, ids := "", map[string]bool{}
	var leads []string
	var walk func(n *html.Node, id, link string, inArticle bool)
	walk = func(n *html.Node, id, link string, inArticle bool) {
		if n.Type == html.ElementNode {
			inArticle = inArticle || n.Data == "article"
			for _, a := range n.Attr {
				switch a.Key {
				case "id":
					id = a.Val
					ids[id] = true
				case "href":
					link = a.Val
					if strings.HasPrefix(link, "#field-") {
						fieldsBelow[id]++
					}
				}
			}
		}
		skip := n.Type == html.ElementNode && inArticle && apart(n)
		if n.Type == html.TextNode && inArticle && digit.MatchString(n.Data) {
			numbers++
			switch {
			case originLink.MatchString(link):
				leads = append(leads, link[1:])
			case strings.HasPrefix(link, "../../"): // a value that is taken from the box around this one
			default:
				t.Errorf("%s: %q leads to no field", title, strings.TrimSpace(n.Data))
			}
		}
		if n.Data == "title" && n.FirstChild != nil {
			title = n.FirstChild.Data
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, id, link, inArticle && !skip) // of what stands apart the links count, and not the numbers
		}
	}
	walk(root, "", "", false)
	for _, to := range leads {
		if !ids[to] {
			t.Errorf("%s: there is no %s", title, to)
		}
		if strings.HasPrefix(to, "from-") && fieldsBelow[to] < 2 {
			t.Errorf("%s: %s lists %d fields, expected several", title, to, fieldsBelow[to])
		}
	}
	return numbers
}
