package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// documents returns the Markdown documents that readers of the project begin with.
func documents(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("docs", "*.md"))
	if err != nil || len(paths) < 5 {
		t.Fatalf("docs has the documents %v (%v)", paths, err)
	}
	return append(paths, "README.md", "CONTRIBUTING.md", "CHANGELOG.md", filepath.Join("output", "README.md"))
}

var (
	fencedBlock   = regexp.MustCompile("(?ms)^ *```.*?^ *```$")
	codeSpan      = regexp.MustCompile("`[^`\n]*`")
	inlineLink    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	linkReference = regexp.MustCompile(`(?m)^\[[^\]]+\]: (\S+)$`)
	usedReference = regexp.MustCompile(`\]\[([^\]]+)\]`)
	heading       = regexp.MustCompile(`(?m)^#{1,6} (.*)$`)
	linkText      = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// prose returns a document without what is set as code, in which brackets are no links.
func prose(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return fencedBlock.ReplaceAllString(string(content), "")
}

// anchors returns the anchors that GitHub gives the headings of a document.
func anchors(t *testing.T, path string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(prose(t, path), -1) {
		text := strings.ToLower(linkText.ReplaceAllString(m[1], "$1"))
		anchor := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return r
			}
			return -1
		}, text)
		name := anchor
		for n := 1; all[name]; n++ {
			name = anchor + "-" + strconv.Itoa(n)
		}
		all[name] = true
	}
	return all
}

// Every link from a document to a file or a heading of this repository leads there.
func TestLinksOfDocuments(t *testing.T) {
	links := 0
	for _, path := range documents(t) {
		text := codeSpan.ReplaceAllString(prose(t, path), "")
		targets := map[string]bool{}
		for _, pattern := range []*regexp.Regexp{inlineLink, linkReference} {
			for _, m := range pattern.FindAllStringSubmatch(text, -1) {
				targets[m[1]] = true
			}
		}
		for _, m := range usedReference.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(text, "\n["+m[1]+"]: ") {
				t.Errorf("%s: the link [%s] is not defined", path, m[1])
			}
		}
		for target := range targets {
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			links++
			file, anchor, hasAnchor := strings.Cut(target, "#")
			to := path
			if file != "" {
				to = filepath.Join(filepath.Dir(path), filepath.FromSlash(file))
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s links to %s, which does not exist", path, target)
				continue
			}
			if hasAnchor && !anchors(t, to)[anchor] {
				t.Errorf("%s links to %s, and %s has no such heading", path, target, to)
			}
		}
	}
	if links < 40 {
		t.Errorf("only %d links were checked", links)
	}
}

// The README can be read in a few minutes; whatever is longer has a document of its own.
func TestReadmeIsShort(t *testing.T) {
	const maxLines = 150
	content, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(content), "\n"); n > maxLines {
		t.Errorf("README.md has %d lines: expected at most %d", n, maxLines)
	}
}
