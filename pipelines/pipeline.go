// Package pipelines sees all stages: it reads what a pipeline declares, runs it and judges the account
// of the run. Start with Run in run.go, which is the whole loop.
package pipelines

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"hemicycle/extract"
	"hemicycle/extract/dump"
	"hemicycle/load"
	"hemicycle/schemas"
	"hemicycle/transform"
)

//go:embed *.yaml *.txt
var embedded embed.FS

// Default is the pipeline that runs where none is named.
const Default = "morocco_2007"

// Pipeline is what a pipeline file declares.
type Pipeline struct {
	Name        string
	Description string
	Sources     []Source
	Templates   map[string]string         // further names of election boxes, each with the template that it stands for
	Checks      map[string]schemas.Status // severities by check ID; Skip turns one off
	Allow       Allowance
	Sinks       []string

	fsys fs.FS  // where its files are; nil for the machine's
	base string // folder that relative files start from
}

// Source is files to read, and what is expected of them.
type Source struct {
	Name   string
	Files  []string // paths or globs
	Wiki   string   // the wiki that its pages are of, where they do not say so: enwiki
	Expect []Expectation

	// Of its dumps:
	Namespaces []int          // those that are read; none is that of articles alone
	Titles     *regexp.Regexp // only the streams are read that hold such a title; nil for all
	Verify     bool           // each is held against the SHA256SUMS beside it
}

// Allowance is how much may be wrong before a published run ends with status 3.
type Allowance struct {
	Errors  int64 // error findings
	Rejects int64 // documents and boxes together
}

// Problem is one thing wrong in a pipeline file.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

func (p Problem) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Names is the names of the embedded pipelines.
func Names() []string {
	paths, _ := fs.Glob(embedded, "*.yaml") // the pattern is sound
	for i, p := range paths {
		paths[i] = strings.TrimSuffix(p, ".yaml")
	}
	return paths
}

// Open reads a pipeline: a file, or an embedded one by its name. The error joins every Problem of the
// file, in its order.
func Open(name string) (*Pipeline, error) {
	if slices.Contains(Names(), name) {
		content, err := fs.ReadFile(embedded, name+".yaml")
		if err != nil {
			return nil, err
		}
		p, err := Parse(name+".yaml", content)
		if p != nil {
			p.fsys = embedded
		}
		return p, err
	}
	content, err := readPipelineFile(name)
	if err != nil {
		return nil, err
	}
	p, err := Parse(name, content)
	if p != nil {
		p.base = filepath.Dir(name)
	}
	return p, err
}

func readPipelineFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case name == "":
		return nil, fmt.Errorf("%q: expected a pipeline file, or the name of an embedded one (%s)", name, strings.Join(Names(), ", "))
	case errors.Is(err, fs.ErrNotExist):
		if near := Nearest(name, Names()); near != "" {
			return nil, fmt.Errorf("%s: there is no such pipeline; did you mean %s?", name, near)
		}
		return nil, fmt.Errorf("%s: there is no such pipeline: expected a pipeline file, or the name of an embedded one (%s)", name, strings.Join(Names(), ", "))
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
	return io.ReadAll(io.LimitReader(f, maxPipelineFile+16)) // Parse refuses what is longer
}

// ErrNotAFile means that a name can be no file's, whatever there is on the machine.
var ErrNotAFile = errors.New("expected a file or a glob on this machine")

// checkLocalPaths refuses names that can be no file's.
func checkLocalPaths(paths ...string) error {
	for _, path := range paths {
		scheme, _, isURL := strings.Cut(path, "://")
		switch {
		case isURL:
			return fmt.Errorf("%s: %s addresses are not supported: %w; save the page to a file and name that", path, scheme, ErrNotAFile)
		case strings.TrimSpace(path) == "" || strings.ContainsRune(path, 0):
			return fmt.Errorf("%q: %w", path, ErrNotAFile)
		}
	}
	return nil
}

// FromFiles is the pipeline of files named on the command line: no expectation but that there is an
// election at all.
func FromFiles(files []string) (*Pipeline, error) {
	return &Pipeline{
		Name:    "files",
		Sources: []Source{{Name: "files", Files: files, Expect: []Expectation{atLeastOne}}},
		Sinks:   []string{load.Parquet, load.Database},
	}, checkLocalPaths(files...)
}

// WithFiles is the pipeline with other files in the place of its own; it must have one source.
func (p *Pipeline) WithFiles(files []string) (*Pipeline, error) {
	if len(p.Sources) != 1 {
		return nil, fmt.Errorf("the pipeline %s has %d sources: --from can replace the files of a pipeline with one", p.Name, len(p.Sources))
	}
	q := *p
	q.fsys, q.base = nil, ""
	q.Sources = slices.Clone(p.Sources)
	q.Sources[0].Files = files
	return &q, checkLocalPaths(files...)
}

// WithTitles is the pipeline with only the streams of its dumps read that hold such a title.
func (p *Pipeline) WithTitles(pattern string) (*Pipeline, error) {
	titles, err := compileTitles(pattern)
	q := *p
	q.Sources = slices.Clone(p.Sources)
	for i := range q.Sources {
		q.Sources[i].Titles = titles
	}
	return &q, err
}

// DefaultTitles is the word for the titles that pages on elections have.
const DefaultTitles = "default"

func compileTitles(pattern string) (*regexp.Regexp, error) {
	if pattern == DefaultTitles {
		pattern = dump.ElectionTitles
	}
	titles, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("titles: expected a regular expression, or %s for those of elections: %w", DefaultTitles, err)
	}
	return titles, nil
}

// Verified is the pipeline with each of its dumps held against the SHA256SUMS beside it.
func (p *Pipeline) Verified() *Pipeline {
	q := *p
	q.Sources = slices.Clone(p.Sources)
	for i := range q.Sources {
		q.Sources[i].Verify = true
	}
	return &q
}

// WithoutFiles is the name of the first source that names no files, which must be given then; "" where
// all do.
func (p *Pipeline) WithoutFiles() string {
	for _, s := range p.Sources {
		if len(s.Files) == 0 {
			return s.Name
		}
	}
	return ""
}

// transformOptions returns how the pipeline wants elections judged.
func (p *Pipeline) transformOptions() transform.Options {
	return transform.Options{Severities: p.Checks}
}

// readers read the documents of each source as the pipeline wants them read, their boxes alone where no more
// is asked for.
func (p *Pipeline) readers(boxesOnly bool) []*extract.Reader {
	var all []*extract.Reader
	for _, s := range p.Sources {
		all = append(all, extract.NewReader(extract.Options{Templates: p.Templates, Wiki: s.Wiki, BoxesOnly: boxesOnly}))
	}
	return all
}

// selection is what the pipeline wants of the dumps of a source.
func (p *Pipeline) selection(s *Source) dump.Selection {
	return dump.Selection{Templates: p.Templates, Namespaces: s.Namespaces, Titles: s.Titles, Verify: s.Verify}
}

// open finds every file that the pipeline names, source by source.
func (p *Pipeline) open(ctx context.Context) ([][]extract.Source, error) {
	var all [][]extract.Source
	for _, s := range p.Sources {
		files := slices.Clone(s.Files)
		for i, f := range files {
			if p.fsys == nil && p.base != "" && !filepath.IsAbs(f) && !strings.Contains(f, "://") {
				files[i] = filepath.Join(p.base, f)
			}
		}
		sources, err := extract.OpenSelected(ctx, p.fsys, files, p.selection(&s))
		if err != nil && len(p.Sources) > 1 {
			err = fmt.Errorf("the source %s: %w", s.Name, err)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, sources)
	}
	return all, nil
}
