// Package report writes a report of a published version: pages that open from disk and use no network.
//
// Start with Write. Elections are read one at a time, and their pages are written in parallel. Of each election a line
// of the index is kept, so memory grows by about a kilobyte per election.
//
// The files of a report:
//
//	index.html               the run: what was read, its account, the checks, what changed, the worst doubts
//	elections.html           every election by place and by decade, with a search
//	places/ decades/         lists, none longer than listLength rows
//	elections/ab/cdef….html  one page per election, named by a digest of the ID of the election
//	search.js                the index of the search, a script since a page on disk may not read a file
//	report.css report.js     the style sheet and the script of all pages
//
// Texts of a page go through wording.Plain, which removes control characters and marks of direction, and then through
// html/template, which escapes them for their context. These exceptions are harmless in another way: raw fields are
// shown as they are, isolated in an element of their own; drawings are escaped by package chart; the index of the
// search is JSON.
package report

import (
	"bufio"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"runtime"
	"sync"

	"hemicycle/load/version"
	"hemicycle/load/wording"
	"hemicycle/schemas"
)

//go:embed pages
var reportFiles embed.FS

// Meaning says in one line what a check or a measure means.
type Meaning struct {
	ID, Meaning string
	Columns     []string // those from which a measure is computed, as table.column
}

// Options are the options of Write.
type Options struct {
	Checks   []Meaning // in the order in which the page of the run lists them
	Measures []Meaning
	Workers  int // number of pages that are written in parallel; 0 means one per core
}

// report is a report that is being written.
type report struct {
	p         *version.Published
	folder    *reportFolder
	templates *template.Template
	checks    map[string]string // the meaning of each check
	measures  map[string]Meaning
	directory *directory
	run       *runPage
	writers   sync.Pool // of *bufio.Writer; a new buffer for each page would be most of the garbage
}

// templateFuncs are the functions that the templates of the pages call: plural writes a number with its noun, number
// writes a number with a comma between thousands.
var templateFuncs = template.FuncMap{
	"plural": func(n any, noun string) (string, error) {
		whole, err := wholeNumber(n)
		return wording.Count(whole, noun), err
	},
	"number": func(n any) (string, error) {
		whole, err := wholeNumber(n)
		return wording.Number(whole), err
	},
}

// Write writes the report of a version into a folder. If it fails, the folder is as it was before. It returns how many
// elections the report has.
func Write(ctx context.Context, p *version.Published, dir string, o Options) (elections int, err error) {
	r := &report{p: p, checks: map[string]string{}, measures: map[string]Meaning{}}
	for _, m := range o.Checks {
		r.checks[m.ID] = m.Meaning
	}
	for _, m := range o.Measures {
		r.measures[m.ID] = m
	}
	r.templates, err = template.New("report").Funcs(templateFuncs).ParseFS(reportFiles, "pages/*.html")
	if err != nil {
		return 0, err
	}
	r.folder, err = newReportFolder(dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, r.folder.close()) }()
	if r.directory, err = readDirectory(ctx, p); err != nil {
		return 0, err
	}
	since, err := changesSince(ctx, p)
	if err != nil {
		return 0, fmt.Errorf("reading what has changed: %w", err)
	}
	r.run = newRunPage(p, o, since)
	if err := r.writeElections(ctx, o.Workers); err != nil {
		return 0, err
	}
	writeRun := func() error { return r.writeRun(ctx) }
	for _, write := range []func() error{r.writeLists, r.writeSearch, writeRun, r.writeAssets} {
		if err := write(); err != nil {
			return 0, err
		}
	}
	if err := ctx.Err(); err != nil {
		return 0, context.Cause(ctx)
	}
	return len(r.directory.entries), r.folder.publish()
}

// writeElections writes one page per election, several in parallel. Their order does not matter, since each is a file.
func (r *report) writeElections(ctx context.Context, workers int) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type job struct {
		n int
		e *schemas.Election
	}
	jobs := make(chan job, workers)
	failed := make([]error, workers)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var running sync.WaitGroup
	for w := range workers {
		running.Go(func() {
			for j := range jobs {
				if failed[w] == nil {
					if failed[w] = r.writeElection(j.n, j.e); failed[w] != nil {
						stop()
					}
				}
			}
		})
	}
	err := r.eachElection(ctx, func(n int, e *schemas.Election) { jobs <- job{n, e} })
	close(jobs)
	running.Wait()
	if failure := errors.Join(failed...); failure != nil { // err only says that a worker stopped the reading
		return failure
	}
	return err
}

// eachElection reads the elections once more, adds what they say to the index and to the page of the run, and calls
// visit with each and its number in the index.
func (r *report) eachElection(ctx context.Context, visit func(n int, e *schemas.Election)) error {
	n := 0
	for e, err := range r.p.Elections(ctx) {
		if err != nil {
			return err
		}
		if n >= len(r.directory.entries) || r.directory.entries[n].id != e.ID {
			return fmt.Errorf("%s: the order of the elections changed while the report was written: "+
				"the files are not as they were published; run again", r.p.Folder())
		}
		r.directory.entries[n].summarize(e)
		r.run.add(r.directory, n, e)
		visit(n, e)
		n++
	}
	return nil
}

// pageFrame is what all pages have in common.
type pageFrame struct {
	Root      string // the path to the folder of the report: "", "../" or "../../"
	Title     string
	Here      string // which of the two main pages this is; "" for all other pages
	Run       string
	Finished  string
	Version   string
	Licence   string
	Searching bool // the page has a search
}

// timeLayout is how pages write a time.
const timeLayout = "2 January 2006, 15:04 UTC"

// page returns the frame of a page.
func (r *report) page(root, title string) pageFrame {
	m := r.p.Manifest
	return pageFrame{
		Root: root, Title: title, Run: wording.Plain(m.Run), Finished: m.FinishedAt.UTC().Format(timeLayout),
		Version: wording.Plain(m.Version), Licence: m.Licence,
	}
}

// write executes a template with its content and writes the page into a file of the report.
func (r *report) write(name, templateName string, content any) (err error) {
	f, err := r.folder.create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w, ok := r.writers.Get().(*bufio.Writer)
	if !ok {
		w = bufio.NewWriterSize(nil, 1<<16)
	}
	defer r.writers.Put(w)
	w.Reset(f)
	if err := r.templates.ExecuteTemplate(w, templateName, content); err != nil {
		return fmt.Errorf("writing the page %s: %w", name, err)
	}
	return w.Flush()
}

// writeAssets writes the style sheet and the script.
func (r *report) writeAssets() error {
	for _, name := range []string{"report.css", "report.js"} {
		content, err := fs.ReadFile(reportFiles, "pages/"+name)
		if err != nil {
			return err
		}
		f, err := r.folder.create(name)
		if err != nil {
			return err
		}
		_, err = f.Write(content)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// wholeNumber returns a number of a template, which is an int or an int64.
func wholeNumber(n any) (int64, error) {
	switch n := n.(type) {
	case int:
		return int64(n), nil
	case int64:
		return n, nil
	}
	return 0, fmt.Errorf("%v is a %T: a template counts with int and int64 only", n, n)
}
