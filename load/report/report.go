// Package report writes the pages of a published version, which open from disk and ask no network.
//
// Start with Write. Texts of a page go through html/template; a drawing is made by package chart.
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

// A report is pages of a published version that stand alone: they open from disk and ask no network.
//
//	index.html               the run: what was read, its account, the checks, what changed, the worst doubts
//	elections.html           every election by place and by decade, with a search
//	places/ decades/         lists, none longer than one looks through
//	elections/ab/cdef….html  a page an election; its name is a digest of the election's id
//	search.js                the index of the search, a script since a page on disk may not read a file
//	report.css report.js     the style sheet and the script, the same for all
//
// Elections are read one at a time and their pages written side by side. What stays of each is a line of
// the index, so memory grows by about a kilobyte an election.

//go:embed pages
var reportFiles embed.FS

// Meaning is what a check or a measure means, in one line.
type Meaning struct{ ID, Meaning string }

// Options are what a caller says of a report.
type Options struct {
	Checks   []Meaning // in the order in which the page of the run lists them
	Measures []Meaning
	Workers  int // pages that are written side by side; 0 is one a core
}

// report is a report at work.
type report struct {
	p         *version.Published
	folder    *reportFolder
	templates *template.Template
	checks    map[string]string // what each means
	measures  map[string]string
	directory *directory
	run       *runPage
	writers   sync.Pool // of *bufio.Writer: a buffer a page would be most of what is thrown away
}

// Write writes the report of a version into a folder: whole, or not at all. It says how many
// elections it shows.
func Write(ctx context.Context, p *version.Published, dir string, o Options) (elections int, err error) {
	r := &report{p: p, checks: map[string]string{}, measures: map[string]string{}}
	for _, m := range o.Checks {
		r.checks[m.ID] = m.Meaning
	}
	for _, m := range o.Measures {
		r.measures[m.ID] = m.Meaning
	}
	r.templates, err = template.New("report").Funcs(template.FuncMap{"plural": pluralWord, "number": numberWord}).ParseFS(reportFiles, "pages/*.html")
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
		return 0, fmt.Errorf("reading the version before: %w", err)
	}
	r.run = newRunPage(p, o, since)
	if err := r.writeElections(ctx, o.Workers); err != nil {
		return 0, err
	}
	for _, write := range []func() error{r.writeLists, r.writeSearch, func() error { return r.writeRun(ctx) }, r.writeAssets} {
		if err := write(); err != nil {
			return 0, err
		}
	}
	if err := ctx.Err(); err != nil {
		return 0, context.Cause(ctx)
	}
	return len(r.directory.entries), r.folder.publish()
}

// writeElections writes a page an election, some side by side: each is a file of its own, so their order
// is no matter.
func (r *report) writeElections(ctx context.Context, workers int) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type job struct {
		entry int
		e     *schemas.Election
	}
	jobs := make(chan job, workers)
	failed := make([]error, workers)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for j := range jobs {
				if failed[w] == nil {
					if failed[w] = r.writeElection(j.entry, j.e); failed[w] != nil {
						stop()
					}
				}
			}
		})
	}
	err := func() error {
		defer close(jobs)
		n := 0
		for e, err := range r.p.Elections(ctx) {
			if err != nil {
				return err
			}
			if n >= len(r.directory.entries) || r.directory.entries[n].id != e.ID {
				return fmt.Errorf("%s: the elections stand in another order than a moment ago: the files are not as they were published", r.p.Folder())
			}
			r.directory.entries[n].judge(e)
			r.run.take(r.directory, n, e)
			jobs <- job{n, e}
			n++
		}
		return nil
	}()
	all.Wait()
	if worker := errors.Join(failed...); worker != nil {
		return worker
	}
	return err
}

// pageFrame is what every page has.
type pageFrame struct {
	Root      string // the way to the report's own folder: "", "../" or "../../"
	Title     string
	Here      string // which of the two main pages it is
	Run       string
	Finished  string
	Version   string
	Licence   string
	Searching bool // the page searches
}

func (r *report) page(root, title string) pageFrame {
	m := r.p.Manifest
	return pageFrame{Root: root, Title: title, Run: wording.Plain(m.Run), Finished: m.FinishedAt.UTC().Format("2 January 2006, 15:04 UTC"), Version: wording.Plain(m.Version), Licence: m.Licence}
}

// write fills a template into a file of the report.
func (r *report) write(name, of string, content any) (err error) {
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
	if err := r.templates.ExecuteTemplate(w, of, content); err != nil {
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

// pluralWord is a number of a template with its noun.
func pluralWord(n any, noun string) string { return wording.Count(wholeNumber(n), noun) }

// numberWord is a number of a template, with a comma between thousands.
func numberWord(n any) string { return wording.Number(wholeNumber(n)) }

// wholeNumber is a number of a template, an int or an int64.
func wholeNumber(n any) int64 {
	if n, ok := n.(int64); ok {
		return n
	}
	n64, _ := n.(int)
	return int64(n64)
}
