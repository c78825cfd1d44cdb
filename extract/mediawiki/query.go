package mediawiki

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// The bounds of what a wiki can make us hold or do for one query.
const (
	maxBatchBytes = 256 << 20 // of texts before a batch is complete
	maxBatchPages = 10_000
	maxRedirects  = 100_000 // of the pages of a batch, and to them
	maxAnswers    = 100_000 // of one query: with 500 pages an answer, more than any wiki has
)

// batch is what the answers of a query say of some pages. A page may come without its revisions in one answer and with
// them in the next, so nothing is known before the batch is complete.
type batch struct {
	pages     []pageAnswer
	index     map[string]int
	fromTo    []fromTo // in the order in which the wiki applies them: normalized, converted, redirects
	redirects []fromTo
	bytes     int // of texts
	leads     int // redirects to pages
}

// add adds an answer.
func (b *batch) add(a *answer) error {
	if a.Query == nil {
		return nil
	}
	b.fromTo = append(append(b.fromTo, a.Query.Normalized...), a.Query.Converted...)
	b.redirects = append(b.redirects, a.Query.Redirects...)
	for _, p := range a.Query.Pages {
		for _, r := range p.Revisions {
			if r.Slots.Main != nil && r.Slots.Main.Content != nil {
				b.bytes += len(*r.Slots.Main.Content)
			}
		}
		b.leads += len(p.Redirects)
		key := fmt.Sprint(p.PageID, " ", p.Title)
		if p.PageID > 0 {
			key = fmt.Sprint(p.PageID)
		}
		if i, known := b.index[key]; known {
			b.pages[i].merge(&p)
			continue
		}
		b.index[key] = len(b.pages)
		b.pages = append(b.pages, p)
	}
	leads := b.leads + len(b.fromTo) + len(b.redirects)
	if b.bytes > maxBatchBytes || len(b.pages) > maxBatchPages || leads > maxRedirects {
		return errTooLarge
	}
	return nil
}

// merge adds what a later answer says of the same page.
func (p *pageAnswer) merge(later *pageAnswer) {
	p.Revisions = append(p.Revisions, later.Revisions...)
	p.Redirects = append(p.Redirects, later.Redirects...)
	p.Missing = p.Missing || later.Missing
	p.Redirect = p.Redirect || later.Redirect
	if later.Properties.Item != "" {
		p.Properties = later.Properties
	}
	if later.LastRevision != 0 {
		p.LastRevision, p.Model = later.LastRevision, later.Model
	}
}

// query asks for a list, in as many requests as the wiki needs, and calls each with every batch that is complete. Every
// member of a continuation is sent back. Source: https://www.mediawiki.org/wiki/API:Continue.
func (c *Client) query(ctx context.Context, query url.Values, isBatch bool, each func(*batch) error) error {
	query.Set("action", "query")
	seen := map[string]bool{}
	request := query
	current := newBatch()
	for range maxAnswers {
		a, err := c.do(ctx, request, isBatch)
		if err != nil {
			return err
		}
		if err := current.add(a); err != nil {
			return err
		}
		if a.BatchComplete {
			if err := each(current); err != nil {
				return err
			}
			current = newBatch()
		}
		further, err := a.continuation()
		switch {
		case err != nil:
			return err
		case len(further) == 0 && !a.BatchComplete:
			return &ContinuationError{"an answer ends without saying that the batch is complete"}
		case len(further) == 0:
			return nil
		}
		if request, err = continued(query, further, seen); err != nil {
			return err
		}
	}
	return &ContinuationError{fmt.Sprintf("it is not at its end after %d answers", maxAnswers)}
}

// newBatch returns an empty batch.
func newBatch() *batch { return &batch{index: map[string]int{}} }

// continued returns the query with its continuation. A continuation that was there before in the same query leads in a
// circle, whichever it was.
func continued(query url.Values, further map[string]string, seen map[string]bool) (url.Values, error) {
	request := maps.Clone(query)
	var key strings.Builder
	for _, name := range slices.Sorted(maps.Keys(further)) {
		if query.Has(name) || parameters.Has(name) {
			return nil, &ContinuationError{fmt.Sprintf("its continuation changes the parameter %q", said(name))}
		}
		request.Set(name, further[name])
		fmt.Fprintf(&key, "%q=%q&", name, further[name])
	}
	if seen[key.String()] {
		return nil, &ContinuationError{"its continuation leads in a circle"}
	}
	seen[key.String()] = true
	return request, nil
}
