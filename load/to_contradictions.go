package load

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"hemicycle/load/contradictions"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// contradictionSink keeps what is compared of elections until the input has ended, and then compares each election with
// the previous one, which can stand anywhere in the input. In memory are the places in its files, about 60 bytes for
// each election.
type contradictionSink struct {
	*spool
	names *nameSink // it knows where redirects lead

	// The boxes of the page that is being written: a box in another leaves the previous election to that one.
	document *schemas.Document
	boxes    map[int]outerBox
}

// outerBox is what a box in another takes from it.
type outerBox struct {
	parent                  int
	previous, previousLabel string
}

// NewContradictionSink returns a sink that keeps elections in a staging folder for WriteContradictions, after the
// finished parts there. The sink of names knows where redirects lead.
func NewContradictionSink(d disk.Disk, staging string, finished version.FinishedParts, names Sink) Sink {
	s := &contradictionSink{
		spool: newSpool(d, staging, version.FactsName, "the facts of elections", finished),
	}
	s.names, _ = names.(*nameSink)
	return s
}

// Write keeps what is compared of an election with contenders.
func (s *contradictionSink) Write(r schemas.Record) error {
	e := r.Election
	if e == nil {
		return nil
	}
	if e.Document != s.document {
		s.document, s.boxes = e.Document, map[int]outerBox{}
	}
	s.boxes[e.Box] = outerBox{parent: e.Parent, previous: e.PreviousPage, previousLabel: e.PreviousElection}
	if len(e.Contenders) == 0 || e.Document.Title == "" {
		return nil
	}
	return s.keep(contradictions.FactsOf(e, s.previousPage(e.Box)))
}

// previousPage returns the page of the previous election that a box names, or the nearest box around it that names one.
func (s *contradictionSink) previousPage(box int) string {
	for box > 0 {
		b, ok := s.boxes[box]
		if !ok {
			break
		}
		if b.previous != "" || b.previousLabel != "" {
			return b.previous
		}
		if b.parent >= box { // boxes are numbered as they open
			break
		}
		box = b.parent
	}
	return ""
}

// maxBoxes is how many boxes of a page are compared. A page with more is no page of one election.
const maxBoxes = 64

// factsPlace is where the facts of an election stand in the files.
type factsPlace struct {
	file     int32
	size     int32
	from     int64
	document [8]byte // a digest of the page's part of the election's id
}

// WriteContradictions writes the contradictions between elections into the sinks, in the order of the elections. It is
// called after WriteRedirects, so that the page of the previous election is found through redirects.
func WriteContradictions(sinks []Sink) error {
	for _, sink := range sinks {
		if s, ok := sink.(*contradictionSink); ok {
			if err := s.writeContradictions(sinks); err != nil {
				return fmt.Errorf("comparing elections: %w", err)
			}
		}
	}
	return nil
}

// writeContradictions compares the elections that were kept.
func (s *contradictionSink) writeContradictions(sinks []Sink) (err error) {
	if err := s.verify(); err != nil {
		return err
	}
	files := make([]*os.File, len(s.files))
	defer func() {
		for _, f := range files {
			if f != nil {
				err = errors.Join(err, f.Close())
			}
		}
	}()
	index := map[[16]byte][]factsPlace{}
	across := newAcrossWikis()
	for i, f := range s.files {
		if files[i], err = os.Open(s.path(f)); err != nil {
			return err
		}
		err := readLines(files[i], func(f *contradictions.Facts, from, to int64) error {
			key := linkKey(f.Page, "")
			if len(index[key]) <= maxBoxes {
				place := factsPlace{file: int32(i), size: int32(to - from), from: from, document: documentOf(f.ID)}
				index[key] = append(index[key], place)
			}
			across.add(&f.Event, factsPlace{file: int32(i), size: int32(to - from), from: from})
			return nil
		})
		if err != nil {
			return fmt.Errorf("%s: %w", s.path(f), err)
		}
	}
	boxesOf := func(page string) ([]*contradictions.Facts, error) {
		return readFacts(files, index[linkKey(page, "")])
	}
	pairs := across.pairs()
	for i := range files {
		if _, err := files[i].Seek(0, io.SeekStart); err != nil {
			return err
		}
		err := readLines(files[i], func(f *contradictions.Facts, from, _ int64) error {
			found, err := s.compare(f, boxesOf)
			if other, isPair := pairs[factsKey{int32(i), from}]; isPair && err == nil {
				var there []*contradictions.Facts
				if there, err = readFacts(files, []factsPlace{other}); err == nil {
					found = append(found, contradictions.CompareAcross(f, there[0])...)
				}
			}
			for k := range found {
				found[k].Ordinal = k + 1
			}
			if err != nil || len(found) == 0 {
				return err
			}
			return writeAll(sinks, schemas.Record{Contradictions: found})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// compare compares an election with the previous one.
func (s *contradictionSink) compare(
	f *contradictions.Facts, boxesOf func(page string) ([]*contradictions.Facts, error),
) ([]schemas.Contradiction, error) {
	if f.Previous == "" {
		return nil, nil
	}
	there, err := boxesOf(s.endOf(f.Previous))
	if err != nil || len(there) == 0 {
		return nil, err
	}
	here, err := boxesOf(f.Page)
	if err != nil {
		return nil, err
	}
	previous := contradictions.Find(f, here, there)
	if previous == nil {
		return nil, nil
	}
	return contradictions.Compare(f, previous, s.endOf), nil
}

// endOf returns the key of the page at which the redirects from a page end.
func (s *contradictionSink) endOf(key string) string {
	if s.names == nil {
		return key
	}
	return s.names.endOf(key)
}

// readFacts reads the boxes of a page. It returns none of a page with too many boxes, or whose title several pages
// have.
func readFacts(files []*os.File, places []factsPlace) ([]*contradictions.Facts, error) {
	if len(places) > maxBoxes {
		return nil, nil
	}
	var all []*contradictions.Facts
	for _, p := range places {
		if p.document != places[0].document {
			return nil, nil
		}
		line := make([]byte, p.size)
		if _, err := files[p.file].ReadAt(line, p.from); err != nil {
			return nil, err
		}
		f := &contradictions.Facts{}
		if err := json.Unmarshal(line, f); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// documentOf returns a digest of the part of an election's id that names its page.
func documentOf(id string) [8]byte {
	end := len(id)
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == '#' {
			end = cmp.Or(i, end)
			break
		}
	}
	digest := sha256.Sum256([]byte(id[:end]))
	return [8]byte(digest[:8])
}
