package pipelines

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"hemicycle/extract"
	"hemicycle/extract/boxnames"
	"hemicycle/load"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// What each key of a pipeline file holds; parse.go reads the file's form.

func (r *fileReader) pipeline(p *Pipeline, n ast.Node) {
	r.mapping(n, "the pipeline", []key{
		{"name", true, func(n ast.Node) { p.Name = r.text(n, "name") }},
		{"description", false, func(n ast.Node) { p.Description = r.text(n, "description") }},
		{"sources", true, func(n ast.Node) { r.list(n, "sources", func(n ast.Node) { r.source(p, n) }) }},
		{"templates", false, func(n ast.Node) { r.templates(p, n) }},
		{"checks", false, func(n ast.Node) { r.checks(p, n) }},
		{"allow", false, func(n ast.Node) { r.allow(p, n) }},
		{"sinks", false, func(n ast.Node) { r.sinks(p, n) }},
	})
}

func (r *fileReader) source(p *Pipeline, n ast.Node) {
	s := Source{Name: fmt.Sprintf("source %d", len(p.Sources)+1)}
	named := n
	r.mapping(n, "a source", []key{
		{"name", false, func(n ast.Node) { named, s.Name = n, r.text(n, "name") }},
		{"files", true, func(n ast.Node) { r.files(&s, n) }},
		{"wiki", false, func(n ast.Node) { r.wiki(&s, n) }},
		{"namespaces", false, func(n ast.Node) { r.list(n, "namespaces", func(n ast.Node) { r.namespace(&s, n) }) }},
		{"titles", false, func(n ast.Node) { r.titles(&s, n) }},
		{"verify", false, func(n ast.Node) { s.Verify = r.truth(n, "verify") }},
		{"expect", false, func(n ast.Node) {
			r.entries(n, "expect", func(name string, at, value ast.Node) { r.expectation(&s, name, at, value) })
		}},
	})
	for _, other := range p.Sources {
		if other.Name == s.Name {
			r.problem(named, "two sources are named %s", s.Name)
		}
	}
	p.Sources = append(p.Sources, s)
}

// templates reads `Name of a redirect: Infobox election`.
func (r *fileReader) templates(p *Pipeline, n ast.Node) {
	known := slices.Compact(slices.Sorted(maps.Values(boxnames.Known)))
	p.Templates = map[string]string{}
	r.entries(n, "templates", func(name string, _, value ast.Node) {
		box := r.text(value, name)
		if box != "" && !slices.Contains(known, box) {
			r.unknown(value, "box", box, known)
		}
		p.Templates[name] = box
	})
}

func (r *fileReader) wiki(s *Source, n ast.Node) {
	s.Wiki = r.text(n, "wiki")
	if s.Wiki != "" && !extract.WikiName.MatchString(s.Wiki) {
		r.problem(n, "wiki: expected the name of a Wikipedia's database such as enwiki, found %q", s.Wiki)
	}
}

// maxNamespace is the largest number that MediaWiki gives a namespace.
const maxNamespace = 32767

func (r *fileReader) namespace(s *Source, n ast.Node) {
	number := r.number(n, "namespaces")
	if number == nil {
		return
	}
	if *number > maxNamespace {
		r.problem(n, "namespaces: expected the number of a namespace, 0 for articles, found %d", *number)
		return
	}
	s.Namespaces = append(s.Namespaces, int(*number))
}

// titles reads a regular expression.
func (r *fileReader) titles(s *Source, n ast.Node) {
	pattern := r.text(n, "titles")
	if pattern == "" {
		return
	}
	titles, err := titlesOf(pattern)
	if err != nil {
		r.problem(n, "%v", err)
	}
	s.Titles = titles
}

// givenByFrom says that the files are named on the command line.
const givenByFrom = "--from"

func (r *fileReader) files(s *Source, n ast.Node) {
	if word, ok := scalar(n); ok && word == givenByFrom {
		return
	}
	r.list(n, "files", func(n ast.Node) { r.path(s, n) })
}

func (r *fileReader) path(s *Source, n ast.Node) {
	path := r.text(n, "files")
	if path == "" {
		return
	}
	if err := local(path); err != nil {
		r.problem(n, "files: %v", err)
	}
	s.Files = append(s.Files, path)
}

// expectation reads `elections: 1`, or `elections: {min: 1, max: 3, share_of_last: 0.9}`.
func (r *fileReader) expectation(s *Source, name string, at, n ast.Node) {
	if !slices.Contains(subjectNames(), name) {
		r.unknown(at, "expectation", name, subjectNames())
		return
	}
	n, ok := r.plain(n)
	if !ok {
		return
	}
	e := Expectation{Subject: name}
	if _, ok := n.(*ast.MappingNode); ok {
		before := len(r.problems)
		r.mapping(n, name, []key{
			{"min", false, func(n ast.Node) { e.Min = r.number(n, "min") }},
			{"max", false, func(n ast.Node) { e.Max = r.number(n, "max") }},
			{"share_of_last", false, func(n ast.Node) { e.ShareOfLast = r.share(n, "share_of_last") }},
		})
		switch {
		case e.Min == nil && e.Max == nil && e.ShareOfLast == nil && len(r.problems) == before:
			r.problem(n, "%s: expected a number, or some of min, max and share_of_last", name)
		case e.Min != nil && e.Max != nil && *e.Min > *e.Max:
			r.problem(n, "%s: min %d is above max %d", name, *e.Min, *e.Max)
		}
	} else {
		e.Min = r.number(n, name)
		e.Max = e.Min
	}
	if e.Min != nil || e.Max != nil || e.ShareOfLast != nil {
		s.Expect = append(s.Expect, e)
	}
}

var severities = []string{"note", "warn", "error", "off"}

func (r *fileReader) checks(p *Pipeline, n ast.Node) {
	var ids []string
	for _, c := range transform.Checks {
		ids = append(ids, c.ID)
	}
	r.entries(n, "checks", func(name string, at, value ast.Node) {
		if !slices.Contains(ids, name) {
			r.unknown(at, "check", name, ids)
			return
		}
		severity := strings.ToLower(r.text(value, name))
		switch {
		case severity == "off" || severity == "false": // a YAML 1.1 reader makes off a false
			p.Checks[name] = schemas.Skip
		case slices.Contains(severities, severity):
			p.Checks[name] = schemas.Status(severity)
		case severity != "":
			r.unknown(value, "severity", severity, severities)
		}
	})
}

func (r *fileReader) allow(p *Pipeline, n ast.Node) {
	r.mapping(n, "allow", []key{
		{"errors", false, func(n ast.Node) { r.count(&p.Allow.Errors, n, "errors") }},
		{"rejects", false, func(n ast.Node) { r.count(&p.Allow.Rejects, n, "rejects") }},
	})
}

func (r *fileReader) count(to *int64, n ast.Node, what string) {
	if v := r.number(n, what); v != nil {
		*to = *v
	}
}

func (r *fileReader) sinks(p *Pipeline, n ast.Node) {
	var known []string
	for _, k := range load.Kinds() {
		known = append(known, k.Name)
	}
	p.Sinks = nil
	r.list(n, "sinks", func(n ast.Node) {
		name := r.text(n, "sinks")
		switch {
		case name == "":
		case !slices.Contains(known, name):
			r.unknown(n, "sink", name, known)
		case slices.Contains(p.Sinks, name):
			r.problem(n, "the sink %s stands twice", name)
		default:
			p.Sinks = append(p.Sinks, name)
		}
	})
	if len(p.Sinks) > 0 && !slices.Contains(p.Sinks, load.Parquet) {
		r.problem(n, "sinks: parquet is missing, and every pipeline writes it")
	}
}
