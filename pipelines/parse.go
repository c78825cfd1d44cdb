package pipelines

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"hemicycle/load"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// Parse reads a pipeline file strictly: a key that it does not know, one that stands twice, a value of
// another kind than expected are problems. The error joins all of them, in the order of the file.
func Parse(file string, content []byte) (*Pipeline, error) {
	tree, err := parser.ParseBytes(content, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, syntaxProblem(file, err)
	}
	r := &fileReader{file: file}
	p := &Pipeline{Sinks: []string{load.Parquet, load.Database}, Checks: map[string]schemas.Status{}}
	switch {
	case len(tree.Docs) != 1 || tree.Docs[0].Body == nil:
		r.problems = append(r.problems, Problem{file, 1, 1, "expected one YAML document with the keys name and sources"})
	default:
		r.pipeline(p, tree.Docs[0].Body)
	}
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b Problem) int {
			if a.Line != b.Line {
				return a.Line - b.Line
			}
			return a.Column - b.Column
		})
		all := make([]error, len(r.problems))
		for i, problem := range r.problems {
			all[i] = problem
		}
		return nil, errors.Join(all...)
	}
	return p, nil
}

// syntaxProblem places an error of the YAML parser, which stops at its first.
func syntaxProblem(file string, err error) error {
	problem := Problem{file, 1, 1, err.Error()}
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		problem.Line, problem.Column = at.GetToken().Position.Line, at.GetToken().Position.Column
		problem.Message = "not YAML: " + at.GetMessage()
	}
	return problem
}

// fileReader walks the tree of a pipeline file and gathers what is wrong in it.
type fileReader struct {
	file     string
	problems []Problem
}

func (r *fileReader) problem(n ast.Node, format string, args ...any) {
	at := n.GetToken().Position
	r.problems = append(r.problems, Problem{r.file, at.Line, at.Column, fmt.Sprintf(format, args...)})
}

// key is one key that a mapping may have.
type key struct {
	name     string
	required bool
	read     func(n ast.Node)
}

// mapping reads a node as a mapping with the keys given and no others.
func (r *fileReader) mapping(n ast.Node, what string, keys []key) {
	var known []string
	for _, k := range keys {
		known = append(known, k.name)
	}
	seen := map[string]bool{}
	r.entries(n, what, func(name string, at, value ast.Node) {
		i := slices.IndexFunc(keys, func(k key) bool { return k.name == name })
		if i < 0 {
			r.unknown(at, "key", name, known)
			return
		}
		seen[name] = true
		keys[i].read(value)
	})
	if _, isMapping := n.(*ast.MappingNode); !isMapping {
		return
	}
	for _, k := range keys {
		if k.required && !seen[k.name] {
			r.problem(n, "%s has no key %s", what, k.name)
		}
	}
}

// entries reads a node as a mapping, key by key; a key that stands twice is a problem.
func (r *fileReader) entries(n ast.Node, what string, each func(name string, at, value ast.Node)) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		r.problem(n, "%s: expected keys with values, found %s", what, kindOf(n))
		return
	}
	seen := map[string]int{}
	for _, entry := range m.Values {
		name, ok := scalar(entry.Key)
		if !ok {
			r.problem(entry.Key, "%s: expected a plain key, found %s", what, kindOf(entry.Key))
			continue
		}
		if line, twice := seen[name]; twice {
			r.problem(entry.Key, "the key %s stands twice, first on line %d", name, line)
			continue
		}
		seen[name] = entry.Key.GetToken().Position.Line
		each(name, entry.Key, entry.Value)
	}
}

// unknown files a word that is not among those known, with the nearest that is.
func (r *fileReader) unknown(n ast.Node, what, word string, known []string) {
	if near := nearest(word, known); near != "" {
		r.problem(n, "unknown %s %s; did you mean %s?", what, word, near)
		return
	}
	r.problem(n, "unknown %s %s; expected one of %s", what, word, strings.Join(known, ", "))
}

// nearest is the known word that is like the one given, "" where none is.
func nearest(word string, known []string) string {
	best, distance := "", 1+max(2, len(word)/3)
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), k); d < distance {
			best, distance = k, d
		}
	}
	return best
}

func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode:
		return "keys with values"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		return "an anchor or alias, which pipeline files do not have"
	}
	if s, ok := scalar(n); ok {
		return fmt.Sprintf("%q", s)
	}
	return "something else"
}

// scalar is the text of a plain value.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

func (r *fileReader) text(n ast.Node, what string) string {
	s, ok := scalar(n)
	if !ok || strings.TrimSpace(s) == "" {
		r.problem(n, "%s: expected a text, found %s", what, kindOf(n))
	}
	return s
}

func (r *fileReader) number(n ast.Node, what string) int64 {
	if i, ok := n.(*ast.IntegerNode); ok {
		if v, ok := i.Value.(uint64); ok && v < 1<<62 {
			return int64(v)
		}
	}
	r.problem(n, "%s: expected a whole number from 0 on, found %s", what, kindOf(n))
	return 0
}

func (r *fileReader) list(n ast.Node, what string, each func(n ast.Node)) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		r.problem(n, "%s: expected a list, found %s", what, kindOf(n))
		return
	}
	if len(s.Values) == 0 {
		r.problem(n, "%s: the list is empty", what)
	}
	for _, v := range s.Values {
		each(v)
	}
}

// nothing reports an empty value, which stands for the default where a key is optional.
func nothing(n ast.Node) bool {
	_, null := n.(*ast.NullNode)
	return null
}

func (r *fileReader) pipeline(p *Pipeline, n ast.Node) {
	r.mapping(n, "the pipeline", []key{
		{"name", true, func(n ast.Node) { p.Name = r.text(n, "name") }},
		{"description", false, func(n ast.Node) { p.Description = r.text(n, "description") }},
		{"sources", true, func(n ast.Node) { r.list(n, "sources", func(n ast.Node) { r.source(p, n) }) }},
		{"checks", false, func(n ast.Node) { r.checks(p, n) }},
		{"allow", false, func(n ast.Node) { r.allow(p, n) }},
		{"sinks", false, func(n ast.Node) { r.sinks(p, n) }},
	})
}

func (r *fileReader) source(p *Pipeline, n ast.Node) {
	s := Source{Name: fmt.Sprintf("source %d", len(p.Sources)+1)}
	r.mapping(n, "a source", []key{
		{"name", false, func(n ast.Node) { s.Name = r.text(n, "name") }},
		{"files", true, func(n ast.Node) {
			r.list(n, "files", func(n ast.Node) { s.Files = append(s.Files, r.text(n, "files")) })
		}},
		{"expect", false, func(n ast.Node) {
			r.entries(n, "expect", func(name string, at, value ast.Node) { r.expectation(&s, name, at, value) })
		}},
	})
	for _, other := range p.Sources {
		if other.Name == s.Name {
			r.problem(n, "two sources are named %s", s.Name)
		}
	}
	p.Sources = append(p.Sources, s)
}

// expectation reads `elections: 1`, or `elections: {min: 1, max: 3}`.
func (r *fileReader) expectation(s *Source, name string, at, n ast.Node) {
	if !slices.Contains(subjectNames(), name) {
		r.unknown(at, "expectation", name, subjectNames())
		return
	}
	e := Expectation{Subject: name}
	if _, ok := n.(*ast.MappingNode); ok {
		r.mapping(n, name, []key{
			{"min", false, func(n ast.Node) { e.Min = new(r.number(n, "min")) }},
			{"max", false, func(n ast.Node) { e.Max = new(r.number(n, "max")) }},
		})
		switch {
		case e.Min == nil && e.Max == nil:
			r.problem(n, "%s: expected a number, or min or max or both", name)
		case e.Min != nil && e.Max != nil && *e.Min > *e.Max:
			r.problem(n, "%s: min %d is above max %d", name, *e.Min, *e.Max)
		}
	} else {
		exact := r.number(n, name)
		e.Min, e.Max = &exact, &exact
	}
	s.Expect = append(s.Expect, e)
}

var severities = []string{"note", "warn", "error", "off"}

func (r *fileReader) checks(p *Pipeline, n ast.Node) {
	if nothing(n) {
		return
	}
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
	if nothing(n) {
		return
	}
	r.mapping(n, "allow", []key{
		{"errors", false, func(n ast.Node) { p.Allow.Errors = r.number(n, "errors") }},
		{"rejects", false, func(n ast.Node) { p.Allow.Rejects = r.number(n, "rejects") }},
	})
}

func (r *fileReader) sinks(p *Pipeline, n ast.Node) {
	var known []string
	for _, k := range load.Kinds {
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
