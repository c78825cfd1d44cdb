package mirror

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"hemicycle/extract/document"
	"hemicycle/extract/mediawiki"
	"hemicycle/schemas"
)

// This file finds the titles to which the boxes of pages link, and asks the wiki which of them are redirects. What it
// learns is part of the mirror, so that a version is made without the network. Two further files only save work: what
// they have is found again if they are lost.

// LinkReader finds the titles to which the boxes of a page link.
type LinkReader struct {
	// ID is another for a reader that may find other titles.
	ID string
	// Titles returns the titles to which a document links, as its wiki writes them.
	Titles func(*schemas.Document) []string
}

// Redirect is a title to which a box links and that leads to another page.
type Redirect struct {
	From string `json:"redirect"`
	To   string `json:"to"` // the page at the end of all redirects
}

// link is a title to which boxes link, and what the wiki said of it.
type link struct {
	Title string    `json:"link"`
	To    string    `json:"to,omitempty"` // where it leads; "" if it is no redirect
	Asked time.Time `json:"asked"`
}

const (
	// linkAge is how long an answer counts: a page outside the mirror can become a redirect without a word.
	linkAge = 30 * 24 * time.Hour
	// maxRenewed is how many answers that are older a sync asks for again.
	maxRenewed = 40 * mediawiki.BatchSize
	// maxLinks is how many titles of a page are asked for: more than any page has in its boxes.
	maxLinks = 5000
)

// answer is what is known of a title.
type answer struct {
	to       string // where it leads; "" if it is no redirect
	asked    uint32 // when the wiki was asked, in seconds of Unix until 2106; 0 if it was not
	isLinked bool   // boxes of the mirror link to it
}

// link returns what is known of a title as it is written.
func (a answer) link(title string) link {
	return link{Title: title, To: a.to, Asked: time.Unix(int64(a.asked), 0).UTC()}
}

// age returns how long ago the wiki was asked.
func (s *syncing) age(a answer) time.Duration { return s.started.Sub(time.Unix(int64(a.asked), 0)) }

// redirects asks which titles that boxes link to are redirects, as far as that is not known, and returns all that are,
// by their titles. The pages must be those of the new mirror.
func (s *syncing) redirects(ctx context.Context) ([]Redirect, error) {
	if s.Links == nil {
		return nil, nil
	}
	own := map[string]bool{} // titles of pages of the mirror, which are no redirects
	for i := range s.pages {
		own[s.pages[i].Title] = true
	}
	s.links = map[string]answer{}
	if err := s.readPageLinks(ctx, own); err != nil {
		return nil, err
	}
	s.report.Linked = len(s.links)
	s.readAnswers(own)
	asked := s.unknownLinks()
	s.report.Asked = len(asked)
	s.progress, s.faults = Progress{Total: len(asked)}, 0
	for some := range slices.Chunk(asked, mediawiki.BatchSize) {
		if err := s.ask(ctx, some); err != nil {
			return nil, err
		}
		s.progress.Done += len(some)
		s.tell("resolving links")
	}
	var all []Redirect
	for title, a := range s.links {
		if a.isLinked && a.to != "" {
			all = append(all, Redirect{From: title, To: a.to})
		}
	}
	slices.SortFunc(all, func(a, b Redirect) int { return cmp.Compare(a.From, b.From) })
	return all, nil
}

// readPageLinks finds the titles to which the boxes of all pages link, without those of the pages themselves. It reads
// the texts that no sync before has read with the same reader.
func (s *syncing) readPageLinks(ctx context.Context, own map[string]bool) error {
	reader := s.Links(s.head.Names)
	before, err := openPageLinks(s.Folder, reader.ID)
	if err != nil {
		return err
	}
	defer before.close()
	return s.disk.replace(s.Folder, pageLinksName, false, func(to io.Writer) error {
		if err := writeLine(to, pageLinksHead{reader.ID}); err != nil {
			return err
		}
		for i := range s.pages {
			p := &s.pages[i]
			if p.Text == "" {
				continue
			}
			titles, isKnown := before.of(p)
			if !isKnown {
				if err := ctx.Err(); err != nil {
					return err
				}
				text, err := s.known.texts.read(p.Text, p.Bytes)
				if err != nil {
					continue // which the run says, and the next sync mends
				}
				titles = s.titlesOf(reader, p, text)
			}
			for _, title := range titles {
				if _, isListed := s.links[title]; !isListed && !own[title] {
					s.links[strings.Clone(title)] = answer{isLinked: true} // of a text that is not kept
				}
			}
			if err := writeLine(to, pageLinks{ID: p.ID, Text: p.Text, Title: p.Title, Links: titles}); err != nil {
				return err
			}
		}
		return nil
	})
}

// titlesOf returns the titles to which the boxes of a page link and for which a wiki can be asked.
func (s *syncing) titlesOf(reader LinkReader, p *Page, text []byte) []string {
	d := s.head.describe(p)
	if err := document.Decode(d, text); err != nil {
		return nil
	}
	titles := reader.Titles(d)
	slices.Sort(titles)
	titles = slices.DeleteFunc(slices.Compact(titles), func(title string) bool { return !isTitle(title) })
	return titles[:min(len(titles), maxLinks)]
}

// isTitle reports whether a wiki can have a page with a title.
func isTitle(title string) bool {
	return title != "" && document.FitsTitle(title) && !strings.ContainsAny(title, document.NotInTitles) &&
		!strings.ContainsFunc(title, unicode.IsControl)
}

// readAnswers reads what the wiki was asked of titles before, unless an answer leads to a page of the mirror that has
// another title now. What is known of titles to which no box links any more is kept as long as it counts, since a page
// or another selection may bring it back.
func (s *syncing) readAnswers(own map[string]bool) {
	gone := map[string]bool{}
	for i := range s.known.pages {
		if title := s.known.pages[i].Title; !own[title] {
			gone[title] = true
		}
	}
	add := func(l link) {
		a := answer{to: l.To, asked: uint32(l.Asked.Unix()), isLinked: s.links[l.Title].isLinked}
		age := s.age(a)
		if own[l.Title] || gone[l.To] || age < 0 || !a.isLinked && age > linkAge {
			return
		}
		s.links[l.Title] = a
	}
	readLinks(s.Folder, add)
	for _, l := range s.journal.links {
		add(l)
	}
}

// unknownLinks returns the titles that are asked for, in order: those of which nothing is known, and the first of those
// of which something was known long ago.
func (s *syncing) unknownLinks() []string {
	var unknown, old []string
	for title, a := range s.links {
		switch {
		case a.asked == 0:
			unknown = append(unknown, title)
		case s.age(a) > linkAge:
			old = append(old, title)
		}
	}
	slices.SortFunc(old, func(a, b string) int {
		return cmp.Or(cmp.Compare(s.links[a].asked, s.links[b].asked), cmp.Compare(a, b))
	})
	unknown = append(unknown, old[:min(len(old), maxRenewed)]...)
	slices.Sort(unknown)
	return unknown
}

// ask asks the wiki where titles lead, and writes what it says to disk. If the wiki fails at a title, it stays unknown
// and is asked for again by the next sync.
func (s *syncing) ask(ctx context.Context, titles []string) error {
	to, err := s.client.Resolve(ctx, titles)
	if mediawiki.IsBatchFault(err) {
		if s.faults++; s.isOutage() {
			return fmt.Errorf("the wiki fails at whatever is asked for: %w", err)
		}
		if len(titles) == 1 {
			return nil
		}
		half := len(titles) / 2
		if err := s.ask(ctx, titles[:half]); err != nil {
			return err
		}
		return s.ask(ctx, titles[half:])
	}
	if err != nil {
		return err
	}
	s.faults = 0
	var said []link
	for _, title := range titles {
		a := answer{to: strings.Clone(to[title]), asked: uint32(s.started.Unix()), isLinked: true}
		if len(a.to) > maxTitle {
			a.to = "" // no page has such a title
		}
		s.links[title] = a
		said = append(said, a.link(title))
	}
	return s.journal.append(s.head.Wiki, nil, said)
}

// readLinks calls each with what is known of titles. If the file is damaged, the rest is asked for again.
func readLinks(folder string, each func(link)) {
	f, err := os.Open(filepath.Join(folder, linksName))
	if err != nil {
		return
	}
	defer f.Close()
	lines := bufio.NewReaderSize(f, maxLine)
	for {
		line, err := readLine(lines, maxLine)
		var l link
		if err != nil || json.Unmarshal(line, &l) != nil {
			return
		}
		each(l)
	}
}

// writeLinks replaces the file of what is known of titles.
func (s *syncing) writeLinks() error {
	return s.disk.replace(s.Folder, linksName, false, func(to io.Writer) error {
		for _, title := range slices.Sorted(maps.Keys(s.links)) {
			if a := s.links[title]; a.asked != 0 {
				if err := writeLine(to, a.link(title)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// pageLinksHead is the first line of the file of links by page.
type pageLinksHead struct {
	Reader string `json:"reader"` // which found the titles
}

// pageLinks are the titles to which the boxes of a page link.
type pageLinks struct {
	ID    int64    `json:"id"`
	Text  string   `json:"text"`  // in which they stand: the SHA-256
	Title string   `json:"title"` // of the page, from which a box can take its own
	Links []string `json:"links"`
}

// pageLinksReader reads the links that a sync before has found, page by page in the order of their numbers.
type pageLinksReader struct {
	file  *os.File
	lines *bufio.Reader
	next  pageLinks // 0 if there is none
}

// openPageLinks opens the links that a sync before has found with a reader. If there are none, or those of another
// reader, there is nothing to read.
func openPageLinks(folder, reader string) (*pageLinksReader, error) {
	r := &pageLinksReader{}
	f, err := os.Open(filepath.Join(folder, pageLinksName))
	if errors.Is(err, os.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	r.file, r.lines = f, bufio.NewReaderSize(f, maxLine)
	var head pageLinksHead
	line, err := readLine(r.lines, maxHead)
	if err != nil || json.Unmarshal(line, &head) != nil || head.Reader != reader {
		r.close()
		return r, nil
	}
	r.advance()
	return r, nil
}

// advance reads the next line.
func (r *pageLinksReader) advance() {
	last := r.next.ID
	r.next = pageLinks{}
	if r.lines == nil {
		return
	}
	line, err := readLine(r.lines, maxHead)
	if err != nil || json.Unmarshal(line, &r.next) != nil || r.next.ID <= last { // the rest is found again
		r.next = pageLinks{}
		r.close()
	}
}

// of returns the titles to which a page links, if they are known. It is called with the pages in order.
func (r *pageLinksReader) of(p *Page) (titles []string, isKnown bool) {
	for r.next.ID != 0 && r.next.ID < p.ID {
		r.advance()
	}
	isKnown = r.next.ID == p.ID && r.next.Text == p.Text && r.next.Title == p.Title
	return r.next.Links, isKnown
}

// close closes the file.
func (r *pageLinksReader) close() {
	if r.file != nil {
		r.file.Close()
	}
	r.file, r.lines = nil, nil
}
