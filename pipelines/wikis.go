package pipelines

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"hemicycle/extract/wikis"
	"hemicycle/pipelines/wikifile"
	"hemicycle/schemas"
	"hemicycle/transform/locales"
)

// Lint reads a pipeline, as Open does, or a wiki file: a file with the key wiki.
func Lint(name string) error {
	if !slices.Contains(Names(), name) && isWikiFile(name) {
		_, err := wikifile.Open(name)
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
		w, err := wikifile.Open(path)
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
		further = append(further, p.Wikis[i].Wiki())
	}
	return wikis.Known().With(further...)
}

// localeOf returns the locale of a wiki, nil if it is read as English is.
func (p *Pipeline) localeOf(wiki string) *locales.Locale {
	for i := range slices.Backward(p.Wikis) {
		if f := &p.Wikis[i]; slices.Contains(f.Wiki().Names, wiki) {
			return f.Locale()
		}
	}
	if w := wikis.Known().Of(wiki); w != nil {
		return locales.Named(w.Locale)
	}
	return nil
}

// WithWiki returns the pipeline with the wiki of the pages that do not name theirs: the name of a database, such as
// trwiki, or a wiki file.
func (p *Pipeline) WithWiki(name string) (*Pipeline, error) {
	q := p.clone()
	if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		f, err := wikifile.Open(name)
		if err != nil {
			return nil, err
		}
		q.Wikis = append(slices.Clone(p.Wikis), *f)
		name = f.Wiki().Names[0]
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
		if w := set.Of(s.Wiki); w != nil && w.Without != "" {
			return fmt.Errorf("%s: no election box can be read: %s", schemas.Printable(s.Wiki), w.Without)
		}
	}
	return nil
}
