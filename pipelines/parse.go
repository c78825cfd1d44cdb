package pipelines

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/shopspring/decimal"

	"hemicycle/load"
	"hemicycle/schemas"
)

// maxPipelineFile is far more bytes than anyone writes by hand. It bounds the time of the YAML parser, which grows
// with the square of the number of keys.
const maxPipelineFile = 64 << 10

// maxNesting is how deep lists and mappings may be nested, and the last column in which one may begin. A sound file
// has four levels. The limit exists because the YAML parser calls itself for each level.
const maxNesting = 100

// Parse reads a pipeline file strictly: a key that it does not know, a key that stands twice, and a value of another
// kind than expected are problems. The error joins all of them, in the order of the file.
func Parse(file string, content []byte) (*Pipeline, error) {
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	if problem := checkEncoding(content); problem != nil {
		problem.File = file
		return nil, *problem
	}
	tokens := lexer.Tokenize(string(content))
	if at := findDeepNesting(tokens); at != nil {
		message := fmt.Sprintf("more than %d levels of lists and keys: a pipeline file has four", maxNesting)
		return nil, newProblem(file, at, message)
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	lines := 1 + bytes.Count(content, []byte("\n"))
	if err != nil {
		return nil, joinProblems([]Problem{syntaxProblem(file, err)}, lines)
	}
	r := &fileReader{
		file:     file,
		pipeline: &Pipeline{Sinks: []string{load.Parquet, load.Database}, Checks: map[string]schemas.Status{}},
	}
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil {
		start := &token.Position{Line: 1, Column: 1}
		r.problems = append(r.problems,
			newProblem(file, start, "the file declares nothing: expected the keys name and sources"))
	} else {
		r.mapping(tree.Docs[0].Body, "the pipeline", pipelineKeys)
	}
	for _, d := range tree.Docs[min(1, len(tree.Docs)):] {
		if d.Start != nil {
			second := newProblem(file, d.Start.Position, "a second YAML document begins here: expected one per file")
			r.problems = append(r.problems, second)
		}
	}
	if len(r.problems) > 0 {
		return nil, joinProblems(r.problems, lines)
	}
	return r.pipeline, nil
}

func newProblem(file string, at *token.Position, message string) Problem {
	return Problem{File: file, Line: at.Line, Column: at.Column, Message: message}
}

// joinProblems returns all problems as one error, in the order of the file. The YAML parser may place one past the
// last line.
func joinProblems(problems []Problem, lines int) error {
	for i := range problems {
		p := &problems[i]
		p.Line, p.Column = min(max(1, p.Line), lines), max(1, p.Column)
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column)
	})
	all := make([]error, len(problems))
	for i, problem := range problems {
		all[i] = problem
	}
	return errors.Join(all...)
}

// checkEncoding returns what makes a content no pipeline file at all, whatever it says: its size, or bytes that are
// no text. It returns nil if the content can be parsed.
func checkEncoding(content []byte) *Problem {
	inLine := func(line int, format string, args ...any) *Problem {
		return &Problem{Line: line, Column: 1, Message: fmt.Sprintf(format, args...)}
	}
	if len(content) > maxPipelineFile {
		return inLine(1, "the file has more than %d bytes, more than a pipeline file can have; name files by globs",
			maxPipelineFile)
	}
	line := 1
	for i := 0; i < len(content); {
		c, size := utf8.DecodeRune(content[i:])
		lineEnd := c == '\n' || c == '\r' && bytes.HasPrefix(content[i:], []byte("\r\n"))
		switch {
		case c == utf8.RuneError && size == 1:
			return inLine(line, "the byte 0x%02X is not UTF-8: expected text", content[i])
		case unicode.IsControl(c) && !lineEnd && c != '\t':
			return inLine(line, "the control character U+%04X stands in this line: expected text", c)
		case c == '\n':
			line++
		}
		i += size
	}
	return nil
}

// findDeepNesting returns the place where the nesting passes maxNesting, or nil.
func findDeepNesting(tokens token.Tokens) *token.Position {
	open, line := 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			open++
		case token.SequenceEndType, token.MappingEndType:
			open = max(0, open-1)
		case token.CommentType:
			continue
		}
		// In blocks a level begins a column further right than the one around it.
		begins := t.Position.Line != line || t.Type == token.SequenceEntryType || t.Type == token.MappingKeyType
		if open > maxNesting || open == 0 && begins && t.Position.Column > maxNesting {
			return t.Position
		}
		line = t.Position.Line
	}
	return nil
}

// syntaxProblem places an error of the YAML parser, which stops at its first.
func syntaxProblem(file string, err error) Problem {
	problem := Problem{File: file, Line: 1, Column: 1, Message: oneLine("not YAML: " + err.Error())}
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		problem.Line, problem.Column = at.GetToken().Position.Line, at.GetToken().Position.Column
		problem.Message = oneLine("not YAML: " + at.GetMessage())
	}
	return problem
}

// fileReader walks the tree of a pipeline file, fills the pipeline and gathers what is wrong in the file.
type fileReader struct {
	file     string
	problems []Problem

	pipeline    *Pipeline
	source      *Source      // that is being read
	sourceName  ast.Node     // where it is named, or where it begins
	expectation *Expectation // that is being read
}

func (r *fileReader) problem(n ast.Node, format string, args ...any) {
	r.problems = append(r.problems, newProblem(r.file, firstToken(n).Position, oneLine(fmt.Sprintf(format, args...))))
}

// firstToken returns the token that a node begins with. Of a mapping in a block the parser gives the first colon.
func firstToken(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return n.GetToken()
}

// oneLine returns a message in which every character can be seen, on one line. What it quotes can have any length.
func oneLine(message string) string {
	const most = 1000
	if len(message) > most {
		message = strings.ToValidUTF8(message[:most], "") + "…"
	}
	quoted := strconv.Quote(message)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// plain steps over what pipeline files do not have, with a problem for each, and reports whether something is left
// to read.
func (r *fileReader) plain(n ast.Node) (ast.Node, bool) {
	for {
		switch v := n.(type) {
		case *ast.AnchorNode:
			r.problem(n, "an anchor: pipeline files have none, write the value out where it is needed")
			n = v.Value
		case *ast.TagNode:
			r.problem(n, "a tag: pipeline files have none, leave it out")
			n = v.Value
		case *ast.AliasNode:
			r.problem(n, "an alias: pipeline files have none, write the value out")
			return nil, false
		default:
			return n, n != nil
		}
	}
}

// mapping reads a node as a mapping with the keys given and no others. A key that may be left out may also be left
// empty.
func (r *fileReader) mapping(n ast.Node, what string, keys []fileKey) {
	n, ok := r.plain(n)
	if !ok {
		return
	}
	var known []string
	for _, k := range keys {
		known = append(known, k.name)
	}
	seen := map[string]bool{}
	r.entries(n, what, func(name string, at, value ast.Node) {
		i := slices.IndexFunc(keys, func(k fileKey) bool { return k.name == name })
		if i < 0 {
			r.unknown(at, "key", name, known)
			return
		}
		seen[name] = true
		if _, empty := value.(*ast.NullNode); keys[i].required || keys[i].neverEmpty || !empty {
			keys[i].read(r, name, value)
		}
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

// entries reads a node as a mapping, key by key. A key that stands twice is a problem.
func (r *fileReader) entries(n ast.Node, what string, each func(name string, at, value ast.Node)) {
	n, ok := r.plain(n)
	if !ok {
		return
	}
	m, ok := n.(*ast.MappingNode)
	if !ok {
		r.problem(n, "%s: expected keys with values, found %s", what, kindOf(n))
		return
	}
	seen := map[string]int{}
	for _, entry := range m.Values {
		if _, merge := entry.Key.(*ast.MergeKeyNode); merge {
			r.problem(entry.Key, "a merge key: pipeline files have none, write the keys out")
			continue
		}
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

// unknown adds the problem that a word is not among those known, with the nearest one that is.
func (r *fileReader) unknown(n ast.Node, what, word string, known []string) {
	near := Nearest(word, known)
	switch {
	case near != "":
		r.problem(n, "unknown %s %s; did you mean %s?", what, word, near)
	case len(known) > 10 && what != "key":
		r.problem(n, "unknown %s %s; `hemicycle list %ss` lists those there are", what, word, what)
	default:
		r.problem(n, "unknown %s %s; expected one of %s", what, word, strings.Join(known, ", "))
	}
}

// Nearest returns the known word that is like the one given, or that begins with it, or with which it begins. It
// returns "" if there is none.
func Nearest(word string, known []string) string {
	const shortest, longest = 3, 100 // letters of a word that can be misspelt
	if len(word) < shortest || len(word) > longest {
		return ""
	}
	word = strings.ToLower(word)
	best, distance := "", 1+max(2, len(word)/3)
	for _, k := range known {
		d := levenshtein.ComputeDistance(word, k)
		if strings.HasPrefix(k, word) || strings.HasPrefix(word, k) {
			d = 1
		}
		if d < distance && d < len(k) {
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
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		return "an anchor, an alias or a tag"
	}
	if s, ok := scalar(n); ok {
		return `"` + s + `"`
	}
	return `"` + n.GetToken().Value + `"`
}

// scalar returns the text of a plain value.
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
	n, ok := r.plain(n)
	if !ok {
		return ""
	}
	s, ok := scalar(n)
	if !ok || strings.TrimSpace(s) == "" {
		r.problem(n, "%s: expected a text, found %s", what, kindOf(n))
	}
	return strings.TrimSpace(s)
}

// number returns nil if the node is no number. Octal and hexadecimal numbers and those with underscores are refused:
// 0325 is 213 to YAML.
func (r *fileReader) number(n ast.Node, what string) *int64 {
	n, ok := r.plain(n)
	if !ok {
		return nil
	}
	if i, ok := n.(*ast.IntegerNode); ok {
		if v, ok := i.Value.(uint64); ok && v <= maxNumber && strconv.FormatUint(v, 10) == i.GetToken().Value {
			return new(int64(v))
		}
	}
	r.problem(n, "%s: expected a whole number from 0 to %d, found %s", what, int64(maxNumber), kindOf(n))
	return nil
}

// boolean reads true or false.
func (r *fileReader) boolean(n ast.Node, what string) bool {
	n, ok := r.plain(n)
	if !ok {
		return false
	}
	if b, ok := n.(*ast.BoolNode); ok {
		return b.Value
	}
	r.problem(n, "%s: expected true or false, found %s", what, kindOf(n))
	return false
}

// share returns nil if the node is no part of a whole, written as a plain decimal.
func (r *fileReader) share(n ast.Node, what string) *decimal.Decimal {
	n, ok := r.plain(n)
	if !ok {
		return nil
	}
	switch n.(type) {
	case *ast.FloatNode, *ast.IntegerNode:
		if digits := n.GetToken().Value; plainShare.MatchString(digits) {
			if share, err := decimal.NewFromString(digits); err == nil && share.IsPositive() {
				return &share
			}
		}
	}
	r.problem(n, "%s: expected a share above 0 and at most 1, such as 0.9, found %s", what, kindOf(n))
	return nil
}

// plainShare matches a share from 0 to 1.
var plainShare = regexp.MustCompile(`^(0\.[0-9]{1,9}|1|1\.0{1,9})$`)

// maxNumber is more than any figure of an account can be.
const maxNumber = 1_000_000_000_000

func (r *fileReader) list(n ast.Node, what string, each func(n ast.Node)) {
	n, ok := r.plain(n)
	if !ok {
		return
	}
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
