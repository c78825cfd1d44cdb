package mirror

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"time"
	"unicode/utf8"

	"hemicycle/extract/document"
)

// SeedPage is a page as a dump has it.
type SeedPage struct {
	ID        int64
	Namespace int
	Title     string
	Revision  int64
	Time      time.Time // of the revision
	Text      string
}

// Seeded says what a mirror took over.
type Seeded struct {
	Pages   int // that were taken over
	Skipped int // that no mirror can hold, or that it has already in this revision or in a newer one
}

// seedBatch is how many pages are written to the journal at a time.
const seedBatch = 500

// Seed puts the pages of a dump of a wiki into a mirror, so that the next Sync fetches only what has changed since.
// What is read of the mirror stays as it is until then. An iteration that ends with an error keeps what was yielded
// before.
//
// The error is a *BusyError if another process changes the mirror, and an *OtherWikiError if the mirror is of another
// wiki.
func Seed(ctx context.Context, folder, wiki string, pages iter.Seq2[SeedPage, error]) (seeded Seeded, err error) {
	return seed(ctx, disk{}, folder, wiki, pages)
}

// seed does what Seed does.
func seed(
	ctx context.Context, d disk, folder, wiki string, pages iter.Seq2[SeedPage, error],
) (seeded Seeded, err error) {
	if wiki == "" {
		return seeded, errors.New("the dump does not say of which wiki it is: expected a name such as enwiki")
	}
	unlock, err := d.lock(folder, false)
	if err != nil {
		return seeded, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	s, err := newSeeding(d, folder, wiki)
	if err != nil {
		return seeded, err
	}
	defer func() { err = errors.Join(err, s.journal.close()) }()
	for p, err := range pages {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = s.add(p)
		}
		if err != nil {
			return s.seeded, errors.Join(err, s.flush())
		}
	}
	return s.seeded, s.flush()
}

// seeding is a mirror that takes over pages.
type seeding struct {
	known   known
	journal *journal
	wiki    string
	batch   []Page
	newest  map[int64]int64 // the revision of each page that was taken over
	seeded  Seeded
}

// newSeeding reads what is in the folder.
func newSeeding(d disk, folder, wiki string) (*seeding, error) {
	s := &seeding{wiki: wiki, newest: map[int64]int64{}}
	s.known.texts = &textStore{folder: folder, disk: d}
	m, err := Open(folder)
	var empty *NotFilledError
	switch {
	case errors.As(err, &empty):
	case err != nil:
		return nil, err
	case m.Wiki != wiki:
		return nil, otherDump(wiki, m.Wiki, folder)
	default:
		s.known.pages = m.Pages
	}
	if s.journal, err = readJournal(d, folder); err != nil {
		return nil, err
	}
	if of := s.journal.wiki.Wiki; of != "" && of != wiki {
		return nil, otherDump(wiki, of, folder)
	}
	s.known.fetched = s.journal.pages
	return s, nil
}

// otherDump returns the error of a dump of a wiki that is not that of the mirror.
func otherDump(wiki, expected, folder string) error {
	return &OtherWikiError{API: "the dump", Wiki: wiki, Expected: expected + ", of which the mirror " + folder + " is"}
}

// add takes over a page. A dump can have a page that the mirror has in a newer revision.
func (s *seeding) add(p SeedPage) error {
	here := s.known.find(p.ID, p.Revision)
	isKnown := here != nil && here.Text != "" && here.Revision >= p.Revision || s.newest[p.ID] >= p.Revision
	isTooLong := !document.FitsTitle(p.Title) || int64(len(p.Text)) > maxText
	isOdd := p.ID <= 0 || p.Revision <= 0 || p.Title == "" || p.Text == "" || !utf8.ValidString(p.Text)
	if isKnown || isTooLong || isOdd {
		s.seeded.Skipped++
		return nil
	}
	text := []byte(p.Text)
	digest, err := s.known.texts.write(text)
	if err != nil {
		return fmt.Errorf("page %d: %w", p.ID, err)
	}
	sum := sha1.Sum(text)
	s.batch = append(s.batch, Page{
		ID: p.ID, Namespace: p.Namespace, Title: p.Title, Revision: p.Revision, Time: p.Time.UTC(),
		SHA1: hex.EncodeToString(sum[:]), Text: digest, Bytes: int64(len(text)),
	})
	s.newest[p.ID] = p.Revision
	s.seeded.Pages++
	if len(s.batch) < seedBatch {
		return nil
	}
	return s.flush()
}

// flush writes the pages of the batch to the journal.
func (s *seeding) flush() error {
	if len(s.batch) == 0 {
		return nil
	}
	batch := s.batch
	s.batch = nil
	return s.journal.append(s.wiki, batch, nil)
}
