package pipelines

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hemicycle/extract/wikis"
	"hemicycle/schemas"
	"hemicycle/schemas/yamlfile"
	"hemicycle/transform/locales"
)

// WikiFile is a wiki file that a pipeline adds: how the election boxes of further wikis are written.
type WikiFile struct {
	Path   string
	Digest string // of its content, so that a run with another content has another plan

	wiki   *wikis.Wiki
	locale *locales.Locale
}

// ParseWiki reads a wiki file strictly. The error joins every Problem of it, in the order of the file.
func ParseWiki(file string, content []byte) (*WikiFile, error) {
	w, err := wikis.Parse(file, content)
	if err != nil {
		return nil, err
	}
	f := &WikiFile{Path: file, Digest: w.Digest, wiki: w}
	switch {
	case w.Without != "":
	case w.Own != nil:
		l, problems := locales.ParseSection(w.Names[0], w.Own)
		if len(problems) > 0 {
			slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
			all := make([]error, len(problems))
			for i := range problems {
				all[i] = problems[i]
			}
			return nil, errors.Join(all...)
		}
		f.locale = l
	default:
		if f.locale = locales.Known()[w.Locale]; f.locale == nil && w.Locale != english {
			return nil, Problem{File: file, Line: w.LocaleLine, Column: w.LocaleColumn, Message: fmt.Sprintf(
				"unknown locale %s; expected one of %s, or the locale itself", w.Locale, strings.Join(localeNames(), ", "))}
		}
	}
	return f, nil
}

// english is the locale of values that are as English writes them.
const english = "en"

func localeNames() []string {
	return slices.Sorted(func(yield func(string) bool) {
		for name := range locales.Known() {
			if !yield(name) {
				return
			}
		}
		yield(english)
	})
}

// OpenWiki reads a wiki file.
func OpenWiki(path string) (*WikiFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, yamlfile.MaxBytes+16)) // ParseWiki refuses what is longer
	if err != nil {
		return nil, err
	}
	return ParseWiki(path, content)
}

// Lint reads a pipeline, as Open does, or a wiki file: a file with the key wiki.
func Lint(name string) error {
	if !slices.Contains(Names(), name) && isWikiFile(name) {
		_, err := OpenWiki(name)
		return err
	}
	_, err := Open(name)
	return err
}

// isWikiFile reports whether a file has the key wiki, and not the key sources, which every pipeline has.
func isWikiFile(name string) bool {
	content, err := readPipelineFile(name)
	if err != nil {
		return false
	}
	hasKey := func(key string) bool { return bytes.Contains(append([]byte("\n"), content...), []byte("\n"+key+":")) }
	return (hasKey("wiki") || hasKey("locale")) && !hasKey("sources")
}

// openWikis reads the wiki files that a pipeline names.
func (p *Pipeline) openWikis() error {
	var all []error
	for i, f := range p.Wikis {
		path := f.Path
		if p.base != "" && !filepath.IsAbs(path) {
			path = filepath.Join(p.base, path)
		}
		w, err := OpenWiki(path)
		if err != nil {
			all = append(all, err)
			continue
		}
		p.Wikis[i] = *w
	}
	return errors.Join(all...)
}

// wikiSet returns the wikis that come with the program, and those that the pipeline adds.
func (p *Pipeline) wikiSet() wikis.Set {
	var further []*wikis.Wiki
	for i := range p.Wikis {
		further = append(further, p.Wikis[i].wiki)
	}
	return wikis.Known().With(further...)
}

// wikiLocales returns the locale of each wiki that has one.
func (p *Pipeline) wikiLocales() map[string]*locales.Locale {
	all := map[string]*locales.Locale{}
	for name, w := range wikis.Known() {
		if l := locales.Known()[w.Locale]; l != nil {
			all[name] = l
		}
	}
	for i := range p.Wikis {
		for _, name := range p.Wikis[i].wiki.Names {
			if delete(all, name); p.Wikis[i].locale != nil {
				all[name] = p.Wikis[i].locale
			}
		}
	}
	return all
}

// WikiRows returns what there is to say of each wiki that comes with the program: its name, its locale and its boxes.
func WikiRows() (rows [][]string) {
	set := wikis.Known()
	for _, name := range set.Names() {
		w := set[name]
		if w.Without != "" {
			rows = append(rows, []string{name, "–", w.Without})
			continue
		}
		boxes := slices.Sorted(maps.Keys(w.Templates))
		rows = append(rows, []string{name, w.Locale, strings.Join(boxes, ", ")})
	}
	return rows
}

// WithWiki returns the pipeline with the wiki of the pages that do not name theirs: the name of a database, such as
// trwiki, or a wiki file.
func (p *Pipeline) WithWiki(name string) (*Pipeline, error) {
	q := p.clone()
	if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		f, err := OpenWiki(name)
		if err != nil {
			return nil, err
		}
		q.Wikis = append(slices.Clone(p.Wikis), *f)
		name = f.wiki.Names[0]
	}
	for i := range q.Sources {
		q.Sources[i].Wiki = name
	}
	return q, q.checkWikis()
}

// checkWikis returns an error if the wiki of a source is one whose boxes cannot be read.
func (p *Pipeline) checkWikis() error {
	set := p.wikiSet()
	for _, s := range p.Sources {
		if w := set[s.Wiki]; w != nil && w.Without != "" {
			return fmt.Errorf("%s: no election box can be read: %s", schemas.Printable(s.Wiki), w.Without)
		}
	}
	return nil
}
