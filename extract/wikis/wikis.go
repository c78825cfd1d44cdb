// Package wikis knows how the election boxes of other Wikipedias are written: which templates are one, and which of our
// parameters each of theirs is. A wiki file declares it, and has no patterns and no code.
//
// Start with Known, which returns the wikis that come with the program, and Parse, which reads a wiki file.
package wikis

import (
	"embed"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"hemicycle/extract/boxnames"
	"hemicycle/schemas/yamlfile"
)

//go:embed *.yaml
var embeddedFiles embed.FS

// Wiki is what a wiki file declares.
type Wiki struct {
	Names  []string          // of its database, such as trwiki; more than one if several wikis are written alike
	Locale string            // the name of the locale of its values; "" if the file declares its own
	Own    *yamlfile.Section `json:"-"` // the locale that the file itself declares; nil if it names one
	// LocaleLine and LocaleColumn are where the file names the locale.
	LocaleLine, LocaleColumn int
	Digest                   string               // of the file
	Templates                map[string]*Template // by name, as MediaWiki resolves it
	Shows                    map[string]Show      // what templates in values show, by name in lower case
	// Without says why no box of the wiki can be read; "" if they can.
	Without string
}

// Show is what a template in a value shows.
type Show string

// What templates show. The names are those of the key shows.
const (
	ShowNothing Show = "nothing"  // footnotes, pictures
	ShowFirst   Show = "first"    // its first argument
	ShowLast    Show = "last"     // its last argument without a name
	ShowAll     Show = "all"      // each argument without a name
	ShowRise    Show = "rise"     // an arrow up, and its first argument
	ShowFall    Show = "fall"     // an arrow down, and its first argument
	ShowSteady  Show = "steady"   // no change, and its first argument
	ShowNote    Show = "note"     // a footnote with its first argument as text
	ShowYMD     Show = "date_ymd" // the day that its arguments year, month and day name
	ShowDMY     Show = "date_dmy" // the day that its arguments day, month and year name
)

var shows = []Show{
	ShowNothing, ShowFirst, ShowLast, ShowAll, ShowRise, ShowFall, ShowSteady, ShowNote, ShowYMD, ShowDMY,
}

// Set has wikis by the names of their databases.
type Set map[string]*Wiki

var known = sync.OnceValue(func() Set {
	set := Set{}
	paths, _ := fs.Glob(embeddedFiles, "*.yaml") // the pattern is sound
	for _, path := range paths {
		content, err := fs.ReadFile(embeddedFiles, path)
		if err != nil {
			panic(err)
		}
		w, err := Parse(path, content)
		if err != nil {
			panic(err) // TestKnown reads each of them
		}
		set = set.With(w)
	}
	return set
})

// Known returns the wikis that come with the program. The caller must not change it.
func Known() Set { return known() }

// With returns the set with further wikis, which take precedence.
func (s Set) With(further ...*Wiki) Set {
	if len(further) == 0 {
		return s
	}
	all := maps.Clone(s)
	for _, w := range further {
		for _, name := range w.Names {
			all[name] = w
		}
	}
	return all
}

// Names returns the names of the databases, sorted.
func (s Set) Names() []string { return slices.Sorted(maps.Keys(s)) }

// BoxNames returns the names that the boxes have in a wiki, each with the box that it stands for, and the given ones.
func (s Set) BoxNames(wiki string, further map[string]string) boxnames.Names {
	names := boxnames.Known()
	if w := s[wiki]; w != nil {
		for name, t := range w.Templates {
			names[name] = t.Box
		}
	}
	return names.With(further)
}

// ShowOf returns what a template in a value shows, "" if the wiki does not say it. A nil wiki says nothing.
func (w *Wiki) ShowOf(name string) Show {
	if w == nil {
		return ""
	}
	return w.Shows[strings.ToLower(name)]
}

// Template returns the declaration of a template, nil if the wiki has none.
func (w *Wiki) Template(name string) *Template {
	if w == nil {
		return nil
	}
	return w.Templates[name]
}
