// Package wikifile opens the files that say how the election boxes of a wiki are written: the boxes with their
// parameters, which extract/wikis reads, and the locale of the values, which transform/locales reads.
//
// Start with Open.
package wikifile

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"hemicycle/extract/wikis"
	"hemicycle/schemas/yamlfile"
	"hemicycle/transform/locales"
)

// File is a wiki file that a pipeline adds: how the election boxes of further wikis are written.
type File struct {
	Path   string
	Digest string // of its content, so that a run with another content has another plan

	wiki   *wikis.Wiki
	locale *locales.Locale
}

// Wiki returns how the boxes are written.
func (f *File) Wiki() *wikis.Wiki { return f.wiki }

// Locale returns how values are written; nil if it is as in English.
func (f *File) Locale() *locales.Locale { return f.locale }

// Parse reads a wiki file strictly. The error joins every yamlfile.Problem of it, in the order of the file.
func Parse(file string, content []byte) (*File, error) {
	w, err := wikis.Parse(file, content)
	if err != nil {
		return nil, err
	}
	f := &File{Path: file, Digest: w.Digest, wiki: w}
	switch {
	case w.Without != "":
	case w.Own != nil:
		l, problems := locales.ParseSection(w.Names[0], w.Own)
		if len(problems) > 0 {
			slices.SortStableFunc(problems, func(a, b yamlfile.Problem) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
			all := make([]error, len(problems))
			for i := range problems {
				all[i] = problems[i]
			}
			return nil, errors.Join(all...)
		}
		f.locale = l
	default:
		if f.locale = locales.Named(w.Locale); f.locale == nil && w.Locale != English {
			return nil, yamlfile.Problem{File: file, Line: w.LocaleLine, Column: w.LocaleColumn, Message: fmt.Sprintf(
				"unknown locale %s; expected one of %s, or the locale itself", w.Locale, strings.Join(localeNames(), ", "))}
		}
	}
	return f, nil
}

// English is the locale of values that are as English writes them.
const English = "en"

func localeNames() []string { return slices.Sorted(slices.Values(append(locales.Names(), English))) }

// Open reads a wiki file.
func Open(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, yamlfile.MaxBytes+16)) // Parse refuses what is longer
	if err != nil {
		return nil, err
	}
	return Parse(path, content)
}
