package mirror

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hemicycle/extract/document"
	"hemicycle/extract/mediawiki"
)

// fetchAll fetches the texts of pages, in batches, and writes each batch to disk before it asks for the next.
func (s *syncing) fetchAll(ctx context.Context, ids []int64) error {
	var silent []int64 // pages that came without a word on their text: they are asked for once more
	for some := range slices.Chunk(ids, mediawiki.BatchSize) {
		more, err := s.fetch(ctx, some, false)
		if err != nil {
			return err
		}
		silent = append(silent, more...)
		s.progress.Done += len(some)
		s.tell("fetching")
	}
	for some := range slices.Chunk(silent, mediawiki.BatchSize) {
		if _, err := s.fetch(ctx, some, true); err != nil {
			return err
		}
	}
	return nil
}

// fetch fetches the texts of a batch and writes them to disk. It returns the pages that came without revisions, unless
// it is the last time.
func (s *syncing) fetch(ctx context.Context, ids []int64, isLast bool) (silent []int64, err error) {
	if s.isOutage() { // only where it does no harm: see halve
		for _, id := range ids {
			s.failed(id, RefusedNotFetched, "the wiki fails at each request")
		}
		return nil, nil
	}
	pages, err := s.client.Fetch(ctx, ids)
	if err != nil {
		return s.halve(ctx, ids, isLast, err)
	}
	s.faults = 0
	answers := map[int64]*mediawiki.Page{}
	for i := range pages {
		answers[pages[i].ID] = &pages[i]
	}
	var fetched []Page
	for _, id := range ids {
		p := answers[id]
		isSilent := p == nil || !p.Missing && p.Revision == nil
		if isSilent && !isLast {
			silent = append(silent, id)
			continue
		}
		whole, err := s.outcome(id, p)
		if err != nil {
			return nil, err
		}
		if whole != nil {
			fetched = append(fetched, *whole)
		}
	}
	if len(fetched) == 0 {
		return silent, nil
	}
	s.pages = append(s.pages, fetched...)
	return silent, s.journal.append(s.head.Wiki, fetched, nil)
}

// maxFaults is how many requests at which the wiki itself fails may follow each other. With one page at which it fails
// among fifty there are seven, and a few more with its neighbours.
const maxFaults = 30

// isOutage reports whether the wiki fails so often that it is not because of single pages.
func (s *syncing) isOutage() bool { return s.faults > maxFaults }

// halve fetches the halves of a batch at which the wiki failed, perhaps because of one page, until that page is alone.
// If it fails at everything, the sync ends: those pages are not broken. Pages that failed the last time too are left as
// they are instead.
func (s *syncing) halve(ctx context.Context, ids []int64, isLast bool, fault error) (silent []int64, err error) {
	if !mediawiki.IsBatchFault(fault) {
		return nil, fault
	}
	s.faults++
	if s.isOutage() && !s.isAgain {
		return nil, fmt.Errorf("the wiki fails at whatever is asked for: %w", fault)
	}
	if len(ids) == 1 {
		s.failed(ids[0], RefusedNotFetched, fault.Error())
		return nil, nil
	}
	for _, half := range [][]int64{ids[:len(ids)/2], ids[len(ids)/2:]} {
		more, err := s.fetch(ctx, half, isLast)
		if err != nil {
			return nil, err
		}
		silent = append(silent, more...)
	}
	return silent, nil
}

// outcome says what a page comes to. It returns the page if its text was given, and stores the text.
func (s *syncing) outcome(id int64, p *mediawiki.Page) (*Page, error) {
	switch {
	case p == nil:
		s.failed(id, RefusedNotFetched, "the wiki does not name the page in its answer")
		return nil, nil
	case p.Missing, p.Redirect: // since it was listed
		if find(s.known.pages, id) != nil {
			s.report.count(p)
		} else {
			s.report.New--
		}
		return nil, nil
	case p.Revision == nil:
		s.failed(id, RefusedNotFetched, "the wiki gives the page without a revision")
		return nil, nil
	case p.Revision.Hidden:
		s.failed(id, RefusedHidden, "the wiki hides the text")
		return nil, nil
	case p.Revision.Model != "" && p.Revision.Model != wikitextModel:
		s.failed(id, RefusedModel, "its content is "+p.Revision.Model)
		return nil, nil
	case !p.Revision.HasText:
		s.failed(id, RefusedNotFetched, "the wiki has lost the text")
		return nil, nil
	case int64(len(p.Revision.Text)) > maxText, !document.FitsTitle(p.Title):
		s.failed(id, RefusedTooLarge, "the text or the title is larger than any should be")
		return nil, nil
	}
	return s.store(p)
}

// store stores a text and returns its page.
func (s *syncing) store(p *mediawiki.Page) (*Page, error) {
	text := []byte(p.Revision.Text)
	digest, err := s.known.texts.write(text)
	if err != nil {
		return nil, err
	}
	page := &Page{
		ID: p.ID, Namespace: p.Namespace, Title: p.Title, Revision: p.Revision.ID, Time: p.Revision.Time,
		SHA1: p.Revision.SHA1, Text: digest, Bytes: int64(len(text)), Item: p.Item,
	}
	if sum := sha1.Sum(text); page.SHA1 != "" && hex.EncodeToString(sum[:]) != page.SHA1 {
		page.Unverified = true
	}
	if l := s.listing.find(p.ID); l != nil && l.title == page.Title {
		page.Title = l.title // so that it is in memory once
	}
	s.report.Fetched++
	return page, nil
}

// failed adds a page whose text was not given. An older text stays, unless it may be what the wiki hides or is of
// another kind.
func (s *syncing) failed(id int64, reason, detail string) {
	l := s.listing.find(id)
	if len(s.report.Failed) < maxFailed {
		s.report.Failed = append(s.report.Failed, Failure{ID: id, Title: cutTitle(l.title), Detail: detail})
	}
	if older := s.known.find(id, l.revision); older != nil && reason == RefusedNotFetched && s.known.hasText(older) {
		stale := *older
		stale.Namespace, stale.Title, stale.Item = l.namespace, l.title, l.item
		stale.Stale = l.revision
		s.pages = append(s.pages, stale)
		return
	}
	s.pages = append(s.pages, l.refused(reason))
}

// maxFailed is how many pages that failed a report names.
const maxFailed = 1000

// cutTitle returns a title, or the beginning of one that is longer than any title.
func cutTitle(title string) string {
	if len(title) <= maxTitle {
		return title
	}
	return strings.ToValidUTF8(title[:maxTitle], "")
}

// whyGone asks what became of the pages that are not listed any more. Nothing depends on it but what is told.
func (s *syncing) whyGone(ctx context.Context, ids []int64) error {
	for some := range slices.Chunk(ids, mediawiki.BatchSize) {
		pages, err := s.client.Info(ctx, some)
		if err != nil {
			return err
		}
		answers := map[int64]*mediawiki.Page{}
		for i := range pages {
			answers[pages[i].ID] = &pages[i]
		}
		for _, id := range some {
			p := answers[id]
			if p == nil {
				return errors.New("the wiki does not say what became of a page that it was asked for")
			}
			s.report.count(p)
		}
	}
	return nil
}

// count counts a page that is not part of the mirror any more.
func (r *Report) count(p *mediawiki.Page) {
	switch {
	case p.Missing:
		r.Deleted++
	case p.Redirect:
		r.Redirected++
	default:
		r.Dropped++
	}
}
