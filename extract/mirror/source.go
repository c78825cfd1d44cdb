package mirror

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"
	"sync/atomic"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// Format is the format of a source that is a mirror, in its account.
const Format = "wiki"

// Source yields the pages of a mirror as documents, by page id, which is the order of a dump. It uses no network. It
// reads the mirror as it was when the source was opened, whatever a sync does meanwhile.
type Source struct {
	mirror  *Mirror
	total   int64 // bytes of all texts
	done    atomic.Int64
	from    checkpoint // where the range begins
	account schemas.Account
	index   int // of the page that comes next
}

// OpenSource opens the mirror in a folder for reading. The error is a *NotFilledError if there is none.
func OpenSource(folder string) (*Source, error) {
	m, err := Open(folder)
	if err != nil {
		return nil, err
	}
	s := &Source{mirror: m}
	for i := range m.Pages {
		s.total += m.Pages[i].Bytes
	}
	return s, nil
}

// Mirror returns what is read. Its names are those with which pages name the templates, and are for the reader.
func (s *Source) Mirror() *Mirror { return s.mirror }

// URI returns the address of the wiki's API.
func (s *Source) URI() string { return s.mirror.API }

// Fingerprint returns the snapshot of the mirror.
func (s *Source) Fingerprint() string { return s.mirror.Snapshot() }

// Account returns what is known of the mirror once its pages were ranged over.
func (s *Source) Account() schemas.Account {
	account := s.account
	account.Wikis = []string{s.mirror.Wiki}
	return account
}

// Progress returns how many bytes of the texts were read, and how many there are.
func (s *Source) Progress() (done, total int64) { return s.done.Load(), s.total }

// checkpoint is a place between two pages.
type checkpoint struct {
	Snapshot string          `json:"snapshot"`
	Index    int             `json:"index"`
	Account  schemas.Account `json:"account"`
}

// Checkpoint returns the place behind the page that was yielded last.
func (s *Source) Checkpoint() string {
	text, _ := json.Marshal(checkpoint{s.mirror.Snapshot(), s.index, s.account}) // no field is one that JSON lacks
	return string(text)
}

// Position returns how many pages are before that place.
func (s *Source) Position() int64 { return s.account.Documents }

// Resume makes the next range begin behind a checkpoint of the same state of the mirror.
func (s *Source) Resume(text string) error {
	var from checkpoint
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		return fmt.Errorf("the checkpoint %.100q cannot be read: %w", text, err)
	}
	if from.Snapshot != s.mirror.Snapshot() || from.Index < 0 || from.Index > len(s.mirror.Pages) {
		return errors.New("the checkpoint is of another state of the mirror")
	}
	s.from, s.index, s.account = from, from.Index, from.Account
	s.done.Store(s.account.Bytes)
	return nil
}

// Events yields the pages with their texts. A page without a text is an event with a *document.Unreadable, unless its
// content is of another kind: such pages are counted as pages without a box, as those of a dump are.
func (s *Source) Events(ctx context.Context) iter.Seq2[schemas.Event, error] {
	return func(yield func(schemas.Event, error) bool) {
		s.begin()
		for s.index < len(s.mirror.Pages) {
			if ctx.Err() != nil {
				return
			}
			p := &s.mirror.Pages[s.index]
			s.index++
			s.account.Documents++
			s.account.Bytes += p.Bytes
			s.done.Store(s.account.Bytes)
			if p.Refused == RefusedModel || p.Refused == "" && p.Bytes == 0 {
				s.account.WithoutBox++
				if !yield(schemas.Event{Pages: []*schemas.Page{s.withoutText(p)}}, nil) {
					return
				}
				continue
			}
			d, err := s.document(p)
			if !yield(schemas.Event{Document: d}, err) {
				return
			}
		}
		if redirects := s.mirror.redirects(); len(redirects) > 0 && !yield(schemas.Event{Redirects: redirects}, nil) {
			return
		}
		s.account.SHA256 = s.mirror.Snapshot()
	}
}

// redirects returns the redirects of the mirror as a source yields them: all at once, as they are no more than what is
// in memory already.
func (m *Mirror) redirects() []schemas.Redirect {
	var all []schemas.Redirect
	for _, r := range m.Redirects {
		all = append(all, schemas.Redirect{Wiki: m.Wiki, From: r.From, To: r.To})
	}
	return all
}

// begin sets the state of a range.
func (s *Source) begin() {
	s.index, s.account = s.from.Index, s.from.Account
	s.account.SourceURI, s.account.Format, s.account.Scan = s.URI(), Format, schemas.ScanWhole
	s.account.Mirror = s.mirror.scan()
}

// scan returns in what state the mirror is read.
func (m *Mirror) scan() *schemas.MirrorScan {
	scan := &schemas.MirrorScan{Snapshot: m.Snapshot(), SyncedAt: m.Synced, Listed: int64(len(m.Pages))}
	for i := range m.Pages {
		if m.Pages[i].Stale != 0 {
			scan.Stale++
		}
		if m.Pages[i].Unverified {
			scan.Unverified++
		}
	}
	return scan
}

// withoutText returns a page of which there is nothing to read.
func (s *Source) withoutText(p *Page) *schemas.Page {
	page := s.mirror.describe(p).Page(schemas.PageWithoutBox, 0)
	if p.Refused == RefusedModel {
		page.State = schemas.PageNotWikitext
	}
	return page
}

// describe returns a page as a document without its text.
func (h *Head) describe(p *Page) *schemas.Document {
	d := &schemas.Document{
		URI: h.API, Format: "wikitext", Wiki: h.Wiki, Lang: h.Lang, TitleCase: h.TitleCase, Title: p.Title,
		PageID: &p.ID, RevisionID: &p.Revision, RevisionTimestamp: p.Time, WikidataQID: p.Item,
	}
	if p.Stale != 0 {
		d.NewestRevisionID = &p.Stale
	}
	page := url.URL{Path: strings.ReplaceAll(p.Title, " ", "_")}
	d.PageURL = document.WebAddress(h.Base + page.EscapedPath())
	return d
}

// document returns a page as a document. The error is a *document.Unreadable.
func (s *Source) document(p *Page) (*schemas.Document, error) {
	d := s.mirror.describe(p)
	if p.Refused != "" {
		_ = document.CheckNames(d) // a name that is too long is shortened, and the reject has its own reason
		return d, &document.Unreadable{Reason: p.Refused, Detail: p.refusal(), Offset: -1}
	}
	text, err := s.mirror.Content(p)
	if err != nil {
		return d, &document.Unreadable{
			Reason: schemas.ReasonDamaged, Detail: err.Error(), Offset: -1, Gap: &schemas.Gap{From: -1, Page: true},
		}
	}
	return d, document.Decode(d, text)
}

// refusal returns why the text of a page is not in the mirror, in words.
func (p *Page) refusal() string {
	switch p.Refused {
	case RefusedHidden:
		return "the wiki hides the text of the page"
	case RefusedTooLarge:
		return fmt.Sprintf("the page has more than %d MiB, or its title more than %d bytes, and no page has",
			maxText>>20, document.MaxNameBytes)
	}
	return fmt.Sprintf(
		"the wiki did not give revision %d, and no older text is here; the next run asks again",
		p.Revision,
	)
}
