package load

import (
	"fmt"
	"os"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// nameSink keeps the parties and leaders of contenders until the input has ended. Only then is it known which of their
// pages are redirects, and the rows are written with the key of the page at which the redirects end.
type nameSink struct {
	*spool
	titles *redirectSink     // it is told to which pages the names lead
	target map[string]string // the keys of pages to which redirects lead, by the key of the redirect
}

// NewNameSink returns a sink that keeps names in a staging folder for WriteNames, after the finished parts there. The
// sink of redirects is told the pages of the names.
func NewNameSink(d disk.Disk, staging string, finished version.FinishedParts, redirects Sink) Sink {
	s := &nameSink{
		spool: newSpool(d, staging, version.NamesName, "the names", finished), target: map[string]string{},
	}
	s.titles, _ = redirects.(*redirectSink)
	return s
}

// Write keeps the names of an election, and where a redirect leads.
func (s *nameSink) Write(r schemas.Record) error {
	if to := r.Redirect; to != nil {
		s.target[schemas.PageKey(to.Wiki, to.From)] = schemas.PageKey(to.Wiki, to.To)
	}
	if r.Election == nil {
		return nil
	}
	names := r.Election.Names()
	if len(names.Parties)+len(names.Leaders) == 0 {
		return nil
	}
	for _, all := range [][]schemas.ContenderName{names.Parties, names.Leaders} {
		for i := range all {
			if all[i].Page == "" || s.titles == nil {
				continue
			}
			if err := s.titles.writeLine(titleLine, names.Wiki, all[i].Page); err != nil {
				return err
			}
		}
	}
	return s.keep(names)
}

// WriteNames writes the parties and leaders of all contenders into the sinks, in the order of the elections. It is
// called after WriteRedirects, so that the keys of their pages follow the redirects.
func WriteNames(sinks []Sink) error {
	for _, sink := range sinks {
		if s, ok := sink.(*nameSink); ok {
			if err := s.writeNames(sinks); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeNames writes the names that were kept into the sinks.
func (s *nameSink) writeNames(sinks []Sink) error {
	if err := s.verify(); err != nil {
		return err
	}
	for _, f := range s.files {
		file, err := os.Open(s.path(f))
		if err != nil {
			return fmt.Errorf("reading the names that were kept: %w", err)
		}
		err = readLines(file, func(kept *schemas.ContenderNames, _, _ int64) error {
			s.followRedirects(kept)
			return writeAll(sinks, schemas.Record{Names: kept})
		})
		if err != nil {
			return fmt.Errorf("reading the names that were kept in %s: %w", s.path(f), err)
		}
		if err := file.Close(); err != nil {
			return err
		}
	}
	return nil
}

// writeAll writes a record into all sinks.
func writeAll(sinks []Sink, r schemas.Record) error {
	for _, sink := range sinks {
		if err := sink.Write(r); err != nil {
			return err
		}
	}
	return nil
}

// followRedirects sets the keys of pages that are redirects to those of the pages at which they end.
func (s *nameSink) followRedirects(kept *schemas.ContenderNames) {
	for _, names := range [][]schemas.ContenderName{kept.Parties, kept.Leaders} {
		for i := range names {
			names[i].PageKey = s.endOf(names[i].PageKey)
		}
	}
}

// maxRedirects is how many redirects are followed one after another. MediaWiki makes of a chain of them single
// redirects, so that longer chains are circles.
const maxRedirects = 10

// endOf returns the key of the page at which the redirects from a page end, and that of the page itself if they end
// nowhere.
func (s *nameSink) endOf(key string) string {
	end := key
	for range maxRedirects {
		to, isRedirect := s.target[end]
		if !isRedirect {
			return end
		}
		end = to
	}
	return key
}
