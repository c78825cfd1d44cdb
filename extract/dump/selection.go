package dump

import (
	"fmt"
	"regexp"
	"slices"
)

// Selection says which pages of a dump are read.
type Selection struct {
	Namespaces []int             // the numbers of the namespaces that are read; none means articles only
	Templates  map[string]string // further names of election boxes
	Titles     *regexp.Regexp    // only the streams with such a title are read; nil for all
	Verify     bool              // each dump is compared with the SHA256SUMS beside it
	Wiki       string            // of pages of an export that does not say it; "" if nobody knows
	Workers    int               // the number of blocks that are decompressed in parallel; 0 means one per core
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
