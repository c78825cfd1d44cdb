// Package locales rewrites the values of boxes in other languages into the form that English boxes have, so that one
// set of readers reads both. A locale says how figures are grouped, what the months are called, and which words stand for
// seats, votes or a new party. What it does not know stays as it is, and the readers refuse it.
//
// Start with Known and Locale.Canonical.
package locales

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
	"unicode"
)

//go:embed *.yaml
var embeddedFiles embed.FS

// Locale is how one language writes figures, days and the few words that stand beside them in election boxes.
type Locale struct {
	Name string

	decimal       rune   // the sign before decimal digits
	grouping      string // the signs between groups of three digits
	percentBefore bool   // the sign of percent can stand before its figure
	dayFirst      bool   // a date in digits has the day before the month
	eras          []era
	solar         bool // years from 1200 to 1500 are those of the Persian calendar
	buddhist      bool // years from 2400 to 2700 are those of the Buddhist calendar
	patterns      []datePattern

	words    wordTable // beside figures, with English words in their place
	months   wordTable
	rows     map[string]string // labels of rows, with English labels
	absent   map[string]bool   // words that say that there is no value
	statuses map[string]string // words for yes, no and future
	majority []string          // words of the clause that states the majority
	parts    []string          // words between a part and the whole
	turkic   bool              // the capital of i has a dot
}

// era is a name of years that are counted from another one: the year 1 is that of offset plus 1.
type era struct {
	name   string
	offset int
}

// Set has locales by name.
type Set map[string]*Locale

var known = sync.OnceValue(func() Set {
	set := Set{}
	paths, _ := fs.Glob(embeddedFiles, "*.yaml") // the pattern is sound
	for _, path := range paths {
		content, err := fs.ReadFile(embeddedFiles, path)
		if err != nil {
			panic(err)
		}
		l, err := Parse(path, content)
		if err != nil {
			panic(err) // TestKnown reads each of them
		}
		set[l.Name] = l
	}
	return set
})

// Known returns the locales that come with the program, by name. The caller must not change it.
func Known() Set { return known() }

// lower returns a text in the lower case of the language, letter by letter, so that places in it stay.
func (l *Locale) lower(text string) string { return strings.Map(l.lowerLetter, text) }

func (l *Locale) lowerLetter(c rune) rune {
	if l.turkic {
		return unicode.TurkishCase.ToLower(c)
	}
	return unicode.ToLower(c)
}
