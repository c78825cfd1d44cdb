package dump

import (
	"fmt"
	"regexp"
	"slices"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/wikis"
)

// Selection says which pages of a dump are read.
type Selection struct {
	Namespaces []int             // the numbers of the namespaces that are read; none means articles only
	Templates  map[string]string // further names of election boxes
	Titles     *regexp.Regexp    // only the streams with such a title are read; nil for all
	Verify     bool              // each dump is compared with the SHA256SUMS beside it
	Wiki       string            // of pages of an export that does not say it; "" if nobody knows
	Wikis      wikis.Set         // how the boxes of other wikis are written; nil for those that come with the program
	Workers    int               // the number of blocks that are decompressed in parallel; 0 means one per core

	items map[string]*pageItems // by path; shared by the dumps of a wiki, each of which reads on where the last one ended
}

// SharingItems returns the selection for dumps that are read one after another. Those of one wiki read the table of
// its items once.
func (s Selection) SharingItems() Selection {
	s.items = map[string]*pageItems{}
	return s
}

// itemsOf returns the items of the wiki of a dump, nil if there is no table of them.
func (s *Selection) itemsOf(dump string) *pageItems {
	found := findPageItems(dump)
	if found == nil || s.items == nil {
		return found
	}
	if shared := s.items[found.path]; shared != nil {
		return shared
	}
	s.items[found.path] = found
	return found
}

// BoxNames returns the names that the election boxes of a wiki have.
func (s *Selection) BoxNames(wiki string) boxnames.Names {
	set := s.Wikis
	if set == nil {
		set = wikis.Known()
	}
	return set.BoxNames(wiki, s.Templates)
}

// fingerprint returns a text that tells this selection from others.
func (s *Selection) fingerprint() string {
	text := ""
	if len(s.Namespaces) > 0 {
		text += fmt.Sprint(", namespaces ", s.Namespaces)
	}
	if s.Titles != nil {
		text += ", titles " + s.Titles.String()
	}
	return text
}

// hasNamespace reports whether the pages of a namespace are read.
func (s *Selection) hasNamespace(namespace int) bool {
	if len(s.Namespaces) == 0 {
		return namespace == 0
	}
	return slices.Contains(s.Namespaces, namespace)
}
