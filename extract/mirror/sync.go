package mirror

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hemicycle/extract/mediawiki"
	"hemicycle/schemas"
)

// Options say which mirror is brought up to date, and with which pages.
type Options struct {
	Folder string
	Client *mediawiki.Client
	// Wiki is the name of the database that the wiki must have; "" if any will do.
	Wiki string
	// Selection says which pages. Its Using holds the names of templates, without their namespace.
	Selection mediawiki.Selection
	// Templates are further templates whose names are asked for, since the pages that are selected may use them.
	Templates []string
	// Links returns what finds the links of pages whose templates have the given names, so that the wiki is asked which of
	// them are redirects. It may be nil: then nothing is asked.
	Links func(names map[string]string) LinkReader
	// DryRun asks the wiki what there is and writes nothing.
	DryRun bool
	// MaxAge is how long a mirror counts as up to date: until then, nothing is asked. 0 means that it is always asked.
	MaxAge time.Duration
	// OnProgress is called after each answer of the wiki. It may be nil.
	OnProgress func(Progress)

	disk disk
}

// Progress is how far a sync has come.
type Progress struct {
	Doing    string // listing, fetching or resolving links
	Done     int    // pages, or titles that are linked to
	Total    int    // 0 if it is not known
	Requests int64
	Left     time.Duration // at the rate of the client; 0 if it is not known
}

// Report says what a sync found and did.
type Report struct {
	Snapshot   string    `json:"snapshot"`
	Synced     time.Time `json:"synced_at"`
	Requests   int64     `json:"requests"`
	Bytes      int64     `json:"bytes"`
	Listed     int       `json:"listed"`
	New        int       `json:"new"`
	Changed    int       `json:"changed"` // have another revision
	Moved      int       `json:"moved"`   // have another title
	Relinked   int       `json:"relinked"`
	Deleted    int       `json:"deleted"`
	Redirected int       `json:"redirected"`
	Dropped    int       `json:"dropped"` // are there, and are not selected any more
	Lost       int       `json:"lost"`    // had no whole text on disk
	Fetched    int       `json:"fetched"`
	Stale      int       `json:"stale"`
	Refused    int       `json:"refused"`
	Unverified int       `json:"unverified"`
	Linked     int       `json:"linked"` // titles to which boxes link, without those of the pages themselves
	Asked      int       `json:"asked"`  // of them, those of which the wiki was asked whether they are redirects

	// Names has the names of the templates that were asked for.
	Names map[string]string `json:"-"`
	// Missing has the titles that were asked for and are not there.
	Missing []string `json:"-"`
	// Failed has the pages whose text was not given, the first 1000.
	Failed []Failure `json:"-"`
	// IsFresh says that nothing was asked, since the mirror is younger than MaxAge.
	IsFresh bool `json:"-"`
	// Before is the snapshot that the mirror had before; "" if it was never filled.
	Before string `json:"-"`
	// Wanted is how many texts a dry run would fetch, and WantedRequests how many requests that and the rest take at
	// least.
	Wanted         int `json:"-"`
	WantedRequests int `json:"-"`
}

// Failure is a page whose text was not given.
type Failure struct {
	ID     int64
	Title  string
	Detail string
}

// OtherWikiError is the error of a wiki that is not the one that was expected.
type OtherWikiError struct{ API, Wiki, Expected string }

// Error returns both names.
func (e *OtherWikiError) Error() string {
	return fmt.Sprintf("%s says that it is %s, expected %s", e.API, e.Wiki, e.Expected)
}

// syncing is a sync under way.
type syncing struct {
	Options
	client   *mediawiki.Client
	journal  *journal
	known    known
	listing  listing
	head     Head
	pages    []Page            // of the new mirror
	links    map[string]answer // what is known of the titles to which they link, and of others
	report   Report
	progress Progress
	started  time.Time
	faults   int  // requests in a row at which the wiki itself failed
	isOther  bool // the mirror has another selection so far
	isAgain  bool // those pages are asked for that failed the last time
}

// Sync brings a mirror up to what the wiki has. The list of pages is had whole or not at all: if anything fails before
// the end, the pages that are read stay as they were, and the texts that were fetched are not fetched again.
//
// The error is a *BusyError if another process changes the mirror, and an *OtherWikiError if the wiki is not the one
// that the options or the mirror name.
func Sync(ctx context.Context, o Options) (report Report, err error) {
	unlock, err := o.disk.lock(o.Folder, o.DryRun)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	s := &syncing{Options: o, client: o.Client, started: o.Client.Now().UTC()}
	isFresh, err := s.open()
	if err != nil || isFresh {
		return s.report, err
	}
	err = s.run(ctx)
	err = errors.Join(err, s.journal.close())
	stats := s.client.Stats()
	s.report.Requests, s.report.Bytes = stats.Requests-s.report.Requests, stats.Bytes-s.report.Bytes
	return s.report, err
}

// open reads what is on disk. It reports whether that is younger than it has to be.
func (s *syncing) open() (isFresh bool, err error) {
	m, err := readPages(s.Folder)
	if errors.Is(err, fs.ErrNotExist) {
		m, err = &Mirror{}, nil
	}
	if err != nil {
		return false, err
	}
	selection, err := json.Marshal(s.Selection)
	if err != nil {
		return false, err
	}
	s.known.pages, s.report.Before = m.Pages, m.snapshot
	s.known.texts = &textStore{folder: s.Folder, disk: s.disk}
	s.head = m.Head
	age := s.started.Sub(m.Synced)
	if s.MaxAge > 0 && m.snapshot != "" && m.Selection == string(selection) && age >= 0 && age < s.MaxAge {
		s.report.IsFresh, s.report.Snapshot, s.report.Synced, s.report.Names = true, m.snapshot, m.Synced, m.Names
		s.report.Listed = len(m.Pages)
		s.countStates(m.Pages)
		return true, nil
	}
	s.isOther = m.snapshot != "" && m.Selection != string(selection)
	s.head.Selection = string(selection)
	if s.journal, err = readJournal(s.disk, s.Folder); err != nil {
		return false, err
	}
	s.known.fetched, s.known.former = s.journal.pages, readFormer(s.Folder)
	stats := s.client.Stats()
	s.report.Requests, s.report.Bytes = stats.Requests, stats.Bytes
	return false, nil
}

// maxListed is how many pages a listing may have: more than any wiki has with an election box.
const maxListed = 2_000_000

// run asks the wiki and writes what it says.
func (s *syncing) run(ctx context.Context) error {
	if err := s.site(ctx); err != nil {
		return err
	}
	selection, err := s.names(ctx)
	if err != nil {
		return err
	}
	s.progress = Progress{}
	err = s.client.List(ctx, selection, func(p mediawiki.Page) error {
		if s.listing.add(p); len(s.listing.pages)+len(s.listing.missing) > maxListed {
			return fmt.Errorf("the wiki lists more than %d pages: expected a narrower selection", maxListed)
		}
		if s.progress.Done++; s.progress.Done%mediawiki.BatchSize == 0 {
			s.tell("listing")
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.listing.sort()
	s.report.Missing = s.listing.missing
	c := compare(&s.known, &s.listing, &s.report)
	s.pages = c.pages
	s.report.Wanted = len(c.fetch) + len(c.again)
	if s.isOther { // they are as much there as they were
		s.report.Dropped, c.gone = len(c.gone), nil
	}
	s.report.WantedRequests = batches(len(c.fetch)) + batches(len(c.again)) + batches(len(c.gone))
	s.report.Synced = s.started
	if s.DryRun {
		return nil
	}
	if err := s.whyGone(ctx, c.gone); err != nil {
		return err
	}
	s.progress = Progress{}
	s.progress.Total = s.report.Wanted
	if err := s.fetchAll(ctx, c.fetch); err != nil {
		return err
	}
	s.isAgain, s.faults = true, 0
	if err := s.fetchAll(ctx, c.again); err != nil {
		return err
	}
	slices.SortFunc(s.pages, byID)
	redirects, err := s.redirects(ctx)
	if err != nil {
		return err
	}
	return s.commit(redirects)
}

// batches returns in how many requests so many pages can be asked for.
func batches(pages int) int { return (pages + mediawiki.BatchSize - 1) / mediawiki.BatchSize }

// site asks the wiki what it is, and compares that with what it should be.
func (s *syncing) site(ctx context.Context) error {
	site, err := s.client.Site(ctx)
	if err != nil {
		return err
	}
	other := func(expected string) error {
		return &OtherWikiError{API: s.client.API(), Wiki: site.Wiki + " at " + site.Base, Expected: expected}
	}
	switch {
	case s.Wiki != "" && site.Wiki != s.Wiki:
		return other(s.Wiki)
	case s.head.Wiki != "" && (site.Wiki != s.head.Wiki || site.Base != s.head.Base):
		return other(s.head.Wiki + " at " + s.head.Base + ", of which the mirror " + s.Folder + " is")
	case s.journal.wiki.Wiki != "" && site.Wiki != s.journal.wiki.Wiki:
		return other(s.journal.wiki.Wiki + ", of which the mirror " + s.Folder + " has pages")
	}
	s.head.Format, s.head.API, s.head.Wiki = headFormat, s.client.API(), site.Wiki
	s.head.Lang, s.head.Base = site.Lang, site.Base
	s.head.TitleCase = schemas.FirstLetter
	if site.TitleCase == string(schemas.CaseSensitive) {
		s.head.TitleCase = schemas.CaseSensitive
	}
	return nil
}

// names asks which names lead to the templates, and returns the selection with the titles of their pages.
func (s *syncing) names(ctx context.Context) (mediawiki.Selection, error) {
	selection := s.Selection
	selection.Using = nil
	s.head.Names = map[string]string{}
	s.report.Names = s.head.Names
	asked := slices.Clone(s.Selection.Using)
	for _, name := range s.Templates {
		if !slices.Contains(asked, name) {
			asked = append(asked, name)
		}
	}
	if len(asked) == 0 {
		return selection, nil
	}
	templates, err := s.client.Templates(ctx, asked)
	if err != nil {
		return selection, err
	}
	for _, t := range templates {
		if t.Title == "" {
			continue
		}
		isSelected := slices.Contains(s.Selection.Using, t.Name)
		if isSelected && !slices.Contains(selection.Using, t.Title) { // two names may lead to one template
			selection.Using = append(selection.Using, t.Title)
		}
		for _, title := range append([]string{t.Title}, t.Redirects...) {
			_, name, _ := strings.Cut(title, ":")
			if other, isNamed := s.head.Names[name]; !isNamed || other > t.Name {
				s.head.Names[name] = t.Name
			}
		}
	}
	if len(s.Selection.Using) > 0 && len(selection.Using) == 0 {
		return selection, fmt.Errorf("%s has none of the templates %s: nothing can be found by them", s.client.API(),
			strings.Join(s.Selection.Using, ", "))
	}
	return selection, nil
}

// tell tells how far the sync has come.
func (s *syncing) tell(doing string) {
	if s.OnProgress == nil {
		return
	}
	p := s.progress
	p.Doing, p.Requests = doing, s.client.Stats().Requests-s.report.Requests
	if p.Total > 0 {
		p.Left = time.Duration(batches(p.Total-p.Done)) * time.Minute / time.Duration(s.client.Rate())
	}
	s.OnProgress(p)
}

// commit makes the new pages and redirects those that are read.
func (s *syncing) commit(redirects []Redirect) error {
	s.countStates(s.pages)
	if err := s.writeReadme(); err != nil {
		return err
	}
	if err := s.removeHidden(); err != nil {
		return err
	}
	if former := s.known.notListed(&s.listing); !slices.Equal(former, s.known.former) {
		if err := s.disk.writeFormer(s.Folder, former); err != nil {
			return err
		}
	}
	if s.Links != nil {
		if err := s.writeLinks(); err != nil {
			return err
		}
	}
	snapshot, err := s.disk.writePages(s.Folder, s.head, s.pages, redirects, s.started)
	if err != nil {
		return err
	}
	s.report.Snapshot = snapshot
	return s.disk.remove(s.journal.path)
}

// countStates counts the pages by what they came to.
func (s *syncing) countStates(pages []Page) {
	for i := range pages {
		switch p := &pages[i]; {
		case p.Refused != "":
			s.report.Refused++
		case p.Stale != 0:
			s.report.Stale++
		case p.Unverified:
			s.report.Unverified++
		}
	}
}

// writeReadme writes the README of a new mirror.
func (s *syncing) writeReadme() error {
	if _, err := os.Stat(filepath.Join(s.Folder, readmeName)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.disk.replace(s.Folder, readmeName, false, func(to io.Writer) error {
		_, err := io.WriteString(to, readme)
		return err
	})
}

// removeHidden removes the older texts of pages that the wiki hides now, unless another page has the same text. It does
// so before the pages are written: a sync that is stopped in between leaves a page without its text, not a text that
// should be nowhere.
func (s *syncing) removeHidden() error {
	hidden := map[string]bool{} // digests of texts
	for i := range s.pages {
		if s.pages[i].Refused != RefusedHidden {
			continue
		}
		for _, pages := range [][]Page{s.known.pages, s.known.fetched, s.known.former} {
			older := find(pages, s.pages[i].ID)
			if older != nil && older.Text != "" {
				hidden[older.Text] = true
			}
		}
	}
	for i := range s.pages {
		delete(hidden, s.pages[i].Text)
	}
	for digest := range hidden {
		if err := s.disk.remove(s.known.texts.path(digest)); err != nil {
			return err
		}
	}
	return nil
}
