// Package locales rewrites the values of boxes in other languages into the form that English boxes have, so that one
// set of readers reads both. A locale says how figures are grouped, what the months are called, and which words stand
// for seats, votes or a new party. What it does not know stays as it is, and the readers refuse it.
//
// Start with Named and Locale.Translate.
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

// embedded has the locales that come with the program and were asked for, by name.
var embedded sync.Map

// Named returns the locale with a name, nil if none that comes with the program has it. Its file is read when it is
// asked for the first time.
func Named(name string) *Locale {
	if l, isRead := embedded.Load(name); isRead {
		return l.(*Locale)
	}
	content, err := fs.ReadFile(embeddedFiles, name+extension)
	if err != nil {
		return nil
	}
	l, err := Parse(name+extension, content)
	if err != nil {
		panic(err) // TestKnown reads each of them
	}
	embedded.Store(name, l)
	return l
}

// Names returns the names of the locales that come with the program, sorted.
func Names() (names []string) {
	paths, _ := fs.Glob(embeddedFiles, "*"+extension) // the pattern is sound
	for _, path := range paths {
		names = append(names, strings.TrimSuffix(path, extension))
	}
	return names
}

// extension is that of the files of locales.
const extension = ".yaml"

// lower returns a text in the lower case of the language, letter by letter, so that places in it stay.
func (l *Locale) lower(text string) string { return strings.Map(l.lowerLetter, text) }

func (l *Locale) lowerLetter(c rune) rune {
	if l.turkic {
		return unicode.TurkishCase.ToLower(c)
	}
	return unicode.ToLower(c)
}
