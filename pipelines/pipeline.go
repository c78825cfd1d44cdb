// Package pipelines sees all stages: it reads what a pipeline declares, runs it, and compares the account of the run
// with what the pipeline expects. Start with Run in run.go, which is the whole loop.
package pipelines

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"hemicycle/extract"
	"hemicycle/extract/dump"
	"hemicycle/extract/mirror"
	"hemicycle/load"
	"hemicycle/load/objects"
	"hemicycle/load/version"
	"hemicycle/pipelines/wikifile"
	"hemicycle/schemas"
	"hemicycle/schemas/yamlfile"
	"hemicycle/transform"
)

//go:embed *.yaml *.txt
var embeddedFiles embed.FS

// Default is the pipeline that runs if none is named.
const Default = "morocco_2007"

// Pipeline is what a pipeline file declares.
type Pipeline struct {
	Name        string
	Description string
	Sources     []Source
	Wikis       []wikifile.File           `json:",omitempty"` // how the boxes of further wikis are written
	Templates   map[string]string         // further names of election boxes, each with the box that it stands for
	Checks      map[string]schemas.Status // severities by check ID; Skip turns one off
	Contests    bool                      `json:",omitempty"` // the tables of results are read, too
	Allow       Allowance
	Sinks       []string
	Partition   string          `json:",omitempty"` // the layout: partition.ByWiki, or "" for none
	Keep        version.Keep    `json:"-"`          // of no effect on what a version has
	Publish     *objects.Target `json:",omitempty"` // where versions are sent; nil for nowhere
	// Lineage is the file or the address to which OpenLineage events go; "" for nowhere.
	Lineage string `json:",omitempty"`
	// After is a command that runs when a run has ended: the program and its arguments. It may be nil.
	After        []string `json:",omitempty"`
	AfterSeconds int64    `json:",omitempty"` // how long it may take; 0 for the default

	fsys fs.FS  // in which its files are; nil for those of the machine
	base string // folder from which relative files start
}

// Source is files to read or pages to ask a wiki for, and what is expected of them.
type Source struct {
	Name   string
	Files  []string // paths or globs
	Live   *Live    `json:",omitempty"` // nil if files are read
	Wiki   string   // the wiki of the pages that do not name theirs, such as enwiki
	Expect []Expectation

	// Of its dumps:
	Namespaces []int          // that are read; none means only that of articles
	Titles     *regexp.Regexp // only streams with a title that matches are read; nil means all streams
	Verify     bool           // compares each with the SHA256SUMS beside it
}

// Allowance is how much may be wrong: how many errors and rejects before a published run ends with status 3, and how
// many incomplete sources before nothing is published.
type Allowance struct {
	Errors            int64 // error findings
	Rejects           int64 // documents and boxes together
	IncompleteSources int64
	Stale             int64 // pages of live wikis that are read in an older revision
}

// Problem is one thing that is wrong in a pipeline file.
type Problem = yamlfile.Problem

// Names returns the names of the embedded pipelines.
func Names() []string {
	paths, _ := fs.Glob(embeddedFiles, "*.yaml") // the pattern is sound
	for i, p := range paths {
		paths[i] = strings.TrimSuffix(p, ".yaml")
	}
	return paths
}

// Open reads a pipeline: a file, or an embedded one by its name. The error joins every Problem of the file, in the
// order of the file.
func Open(name string) (*Pipeline, error) {
	if slices.Contains(Names(), name) {
		content, err := fs.ReadFile(embeddedFiles, name+".yaml")
		if err != nil {
			return nil, err
		}
		p, err := Parse(name+".yaml", content)
		if p != nil {
			p.fsys = embeddedFiles
		}
		return p, err
	}
	content, err := readPipelineFile(name)
	if err != nil {
		return nil, err
	}
	p, err := Parse(name, content)
	if err != nil {
		return p, err
	}
	p.base = filepath.Dir(name)
	if err := p.openWikis(); err != nil {
		return nil, err
	}
	return p, p.checkWikis()
}

func readPipelineFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case name == "":
		return nil, fmt.Errorf("%q: %s", name, expectedPipeline())
	case errors.Is(err, fs.ErrNotExist):
		if near := Nearest(name, Names()); near != "" {
			return nil, fmt.Errorf("%s: there is no such pipeline; did you mean %s?", name, near)
		}
		return nil, fmt.Errorf("%s: there is no such pipeline: %s", name, expectedPipeline())
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s: is a folder: expected a pipeline file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, yamlfile.MaxBytes+16)) // Parse refuses what is longer
}

func expectedPipeline() string {
	return fmt.Sprintf("expected a pipeline file, or the name of an embedded one (%s)", strings.Join(Names(), ", "))
}

// ErrNotAFile means that a name cannot be that of a file, whatever there is on the machine.
var ErrNotAFile = errors.New("expected a file or a glob on this machine")

// checkLocalPaths refuses names that cannot be those of files on this machine.
func checkLocalPaths(paths ...string) error {
	for _, path := range paths {
		scheme, _, isURL := strings.Cut(path, "://")
		switch {
		case isURL:
			return fmt.Errorf("%s: %s addresses are not supported: %w; save the page to a file and name that",
				path, scheme, ErrNotAFile)
		case strings.TrimSpace(path) == "" || strings.ContainsRune(path, 0):
			return fmt.Errorf("%q: %w", path, ErrNotAFile)
		}
	}
	return nil
}

// FromFiles returns the pipeline of files that are named on the command line. It expects only that there is at least
// one election.
func FromFiles(files []string) (*Pipeline, error) {
	return &Pipeline{
		Name:    "files",
		Sources: []Source{{Name: "files", Files: files, Expect: []Expectation{atLeastOne}}},
		Sinks:   []string{load.Parquet, load.Database},
	}, checkLocalPaths(files...)
}

// clone returns a copy of the pipeline whose sources can be changed.
func (p *Pipeline) clone() *Pipeline {
	q := *p
	q.Sources = slices.Clone(p.Sources)
	for i := range q.Sources {
		if live := q.Sources[i].Live; live != nil {
			q.Sources[i].Live = new(*live)
		}
	}
	return &q
}

// WithFiles returns the pipeline with other files in place of its own. The pipeline must have one source.
func (p *Pipeline) WithFiles(files []string) (*Pipeline, error) {
	if len(p.Sources) != 1 {
		return nil, fmt.Errorf("the pipeline %s has %d sources: --from can replace the files of a pipeline with one",
			schemas.Printable(p.Name), len(p.Sources))
	}
	if p.Sources[0].Live != nil {
		return nil, fmt.Errorf("the source %s of the pipeline %s is a live wiki: leave out --from, or run the files "+
			"without the pipeline", schemas.Printable(p.Sources[0].Name), schemas.Printable(p.Name))
	}
	q := p.clone()
	q.fsys, q.base = nil, ""
	q.Sources[0].Files = files
	return q, checkLocalPaths(files...)
}

// WithTitles returns the pipeline with only those streams of its dumps read that hold a title that matches.
func (p *Pipeline) WithTitles(pattern string) (*Pipeline, error) {
	titles, err := compileTitles(pattern)
	q := p.clone()
	for i := range q.Sources {
		q.Sources[i].Titles = titles
	}
	return q, err
}

// DefaultTitles stands for the pattern of the titles that pages on elections have.
const DefaultTitles = "default"

func compileTitles(pattern string) (*regexp.Regexp, error) {
	if pattern == DefaultTitles {
		pattern = dump.ElectionTitles
	}
	titles, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("titles: expected a regular expression, or %s for those of elections: %w",
			DefaultTitles, err)
	}
	return titles, nil
}

// Verified returns the pipeline with each of its dumps compared with the SHA256SUMS beside it.
func (p *Pipeline) Verified() *Pipeline {
	q := p.clone()
	for i := range q.Sources {
		q.Sources[i].Verify = true
	}
	return q
}

// WithoutFiles returns the name of the first source that names no files, which must be given on the command line. It
// returns "" if all sources name files.
func (p *Pipeline) WithoutFiles() string {
	for _, s := range p.Sources {
		if s.Live == nil && len(s.Files) == 0 {
			return s.Name
		}
	}
	return ""
}

// transformOptions returns how the pipeline wants elections judged.
func (p *Pipeline) transformOptions() transform.Options {
	return transform.Options{Severities: p.Checks, LocaleOf: p.localeOf}
}

// readers returns a reader for each source, as the pipeline and the caller want its documents read.
func (p *Pipeline) readers(o extract.Options) []*extract.Reader {
	var all []*extract.Reader
	o.Wikis = p.wikiSet()
	for _, s := range p.Sources {
		o.Templates, o.Wiki, o.Contests = p.Templates, s.Wiki, p.Contests
		all = append(all, extract.NewReader(o))
	}
	return all
}

// selection returns what the pipeline wants of the dumps of a source.
func (p *Pipeline) selection(s *Source) dump.Selection {
	return dump.Selection{
		Templates: p.Templates, Namespaces: s.Namespaces, Titles: s.Titles, Verify: s.Verify, Wiki: s.Wiki,
		Wikis: p.wikiSet(), Contests: p.Contests,
	}
}

// maxLeftOut is how many files the log names that a source leads to and that are not read. All are counted.
const maxLeftOut = 10

// open finds every file that the pipeline names, source by source. The log names what is met beside them.
func (p *Pipeline) open(ctx context.Context, log *slog.Logger) ([][]extract.Source, error) {
	var all [][]extract.Source
	for _, s := range p.Sources {
		if s.Live != nil {
			source, err := mirror.OpenSource(s.Live.Mirror)
			if err != nil {
				return nil, fmt.Errorf("the source %s: %w", schemas.Printable(s.Name), err)
			}
			all = append(all, []extract.Source{source})
			continue
		}
		files := slices.Clone(s.Files)
		for i, f := range files {
			if p.fsys == nil && p.base != "" && !filepath.IsAbs(f) {
				files[i] = filepath.Join(p.base, f)
				if files[i] == extract.StandardInput { // a file of this name, beside the pipeline
					files[i] = "." + string(filepath.Separator) + f
				}
			}
		}
		left := 0
		sources, err := extract.OpenSelected(ctx, p.fsys, files, p.selection(&s), func(path, reason string) {
			if left++; left <= maxLeftOut {
				log.Warn("left out", "path", path, "reason", reason)
			}
		})
		if left > maxLeftOut {
			log.Warn("more are left out", "source", s.Name, "count", left-maxLeftOut)
		}
		if err != nil && len(p.Sources) > 1 {
			err = fmt.Errorf("the source %s: %w", schemas.Printable(s.Name), err)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, sources)
	}
	return all, nil
}
