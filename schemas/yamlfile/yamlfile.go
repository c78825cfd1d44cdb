// Package yamlfile reads files of YAML strictly, as pipeline files, wiki files and locales are written: each problem
// has its line and column, and all of them are shown at once. It knows no keys: its callers do.
//
// Start with Reader.Read.
package yamlfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
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
)

// MaxBytes is far more bytes than anyone writes by hand into one file. It bounds the time of the YAML parser, which
// grows with the square of the number of keys.
const MaxBytes = 64 << 10

// maxNesting is how deep lists and mappings may be nested, and the last column in which one may begin. A sound file
// has four levels. The limit exists because the YAML parser calls itself for each level.
const maxNesting = 100

// Problem is one thing that is wrong in a file.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

func (p Problem) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Reader walks the tree of one file and gathers what is wrong in it.
type Reader struct {
	File     string
	Kind     string // what the file is: pipeline, wiki
	WhenLong string // what a message on a file that is too long advises, with the mark before it; "" for nothing
	Expects  string // the keys that an empty file lacks, in words
	Depth    string // how many levels a sound file has, in words
	HasWords bool   // the file holds words of languages, so that yes and no must be in quotes
	Problems []Problem
}

// Read parses a content and calls each with its one document, unless there is none. The error joins all problems, in
// the order of the file.
func (r *Reader) Read(content []byte, each func(n ast.Node)) error {
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	if problem := r.checkEncoding(content); problem != nil {
		problem.File = r.File
		return *problem
	}
	tokens := lexer.Tokenize(string(content))
	if at := findDeepNesting(tokens); at != nil {
		message := fmt.Sprintf("more than %d levels of lists and keys: a %s file has %s", maxNesting, r.Kind, r.Depth)
		return At(r.File, at, message)
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	lines := 1 + bytes.Count(content, []byte("\n"))
	if err != nil {
		return join([]Problem{syntaxProblem(r.File, err)}, lines)
	}
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil {
		start := &token.Position{Line: 1, Column: 1}
		r.Problems = append(r.Problems, At(r.File, start, "the file declares nothing: expected "+r.Expects))
	} else {
		each(tree.Docs[0].Body)
	}
	for _, d := range tree.Docs[min(1, len(tree.Docs)):] {
		if d.Start != nil {
			second := At(r.File, d.Start.Position, "a second YAML document begins here: expected one per file")
			r.Problems = append(r.Problems, second)
		}
	}
	if len(r.Problems) > 0 {
		return join(r.Problems, lines)
	}
	return nil
}

// Section is a part of a file that another reader reads.
type Section struct {
	File string
	Node ast.Node
}

// Key is a key of a mapping, and what reads its value.
type Key struct {
	Name     string
	Required bool
	Read     func(n ast.Node)
}

// Section reads a node as a mapping with the keys given and no others. No value is empty.
func (r *Reader) Section(n ast.Node, what string, keys []Key) {
	var names []string
	for _, k := range keys {
		names = append(names, k.Name)
	}
	seen := map[string]bool{}
	r.Entries(n, what, func(name string, at, value ast.Node) {
		i := slices.Index(names, name)
		if i < 0 {
			r.Unknown(at, "key", name, names)
			return
		}
		if seen[name] = true; r.isWhole(value, name) {
			keys[i].Read(value)
		}
	})
	if _, isMapping := n.(*ast.MappingNode); !isMapping {
		return
	}
	for _, k := range keys {
		if k.Required && !seen[k.Name] {
			r.Problem(n, "%s has no key %s", what, k.Name)
		}
	}
}

// isWhole reports whether a key has a value, and adds a problem if not.
func (r *Reader) isWhole(value ast.Node, name string) bool {
	if _, isEmpty := value.(*ast.NullNode); isEmpty {
		r.Problem(value, "%s: expected a value, found nothing", name)
		return false
	}
	return true
}

// isAmbiguous reports whether a word is true or false to a reader of YAML 1.1, such as yes, no, on and off without
// quotes, and adds a problem if it is. Files that hold words of languages refuse them.
func (r *Reader) isAmbiguous(n ast.Node) bool {
	word := n.GetToken()
	isQuoted := word.Type == token.SingleQuoteType || word.Type == token.DoubleQuoteType
	if !r.HasWords || isQuoted || !booleans[strings.ToLower(word.Value)] {
		return false
	}
	r.Problem(n, `%s is true or false to some readers of YAML: write it in quotes, as "%s"`, word.Value, word.Value)
	return true
}

// booleans are the words that YAML 1.1 takes for true or false, in lower case. Source: https://yaml.org/type/bool.html.
var booleans = map[string]bool{
	"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true, "true": true, "false": true,
}

// Text reads a text, without the white space around it.
func (r *Reader) Text(n ast.Node, what string) string {
	n, ok := r.Plain(n)
	if !ok {
		return ""
	}
	s, ok := Scalar(n)
	if !ok || strings.TrimSpace(s) == "" {
		r.Problem(n, "%s: expected a text, found %s", what, KindOf(n))
	} else if r.isAmbiguous(n) {
		return ""
	}
	return strings.TrimSpace(s)
}

// List reads a list that is not empty, item by item.
func (r *Reader) List(n ast.Node, what string, each func(n ast.Node)) {
	n, ok := r.Plain(n)
	if !ok {
		return
	}
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		r.Problem(n, "%s: expected a list, found %s", what, KindOf(n))
		return
	}
	if len(s.Values) == 0 {
		r.Problem(n, "%s: the list is empty", what)
	}
	for _, v := range s.Values {
		each(v)
	}
}

// At returns a problem at a place of a file.
func At(file string, at *token.Position, message string) Problem {
	return Problem{File: file, Line: at.Line, Column: at.Column, Message: message}
}

// join returns all problems as one error, in the order of the file. The YAML parser may place one past the
// last line.
func join(problems []Problem, lines int) error {
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

// checkEncoding returns what makes a content no file of its kind at all, whatever it says: its size, or bytes that are
// no text. It returns nil if the content can be parsed.
func (r *Reader) checkEncoding(content []byte) *Problem {
	inLine := func(line int, format string, args ...any) *Problem {
		return &Problem{Line: line, Column: 1, Message: fmt.Sprintf(format, args...)}
	}
	if len(content) > MaxBytes {
		return inLine(1, "the file has more than %d bytes, more than a %s file can have%s",
			MaxBytes, r.Kind, r.WhenLong)
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
	problem := Problem{File: file, Line: 1, Column: 1, Message: OneLine("not YAML: " + err.Error())}
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		problem.Line, problem.Column = at.GetToken().Position.Line, at.GetToken().Position.Column
		problem.Message = OneLine("not YAML: " + at.GetMessage())
	}
	return problem
}

// Problem adds what is wrong at a node.
func (r *Reader) Problem(n ast.Node, format string, args ...any) {
	r.Problems = append(r.Problems, At(r.File, firstToken(n).Position, OneLine(fmt.Sprintf(format, args...))))
}

// firstToken returns the token that a node begins with. Of a mapping in a block the parser gives the first colon.
func firstToken(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return n.GetToken()
}

// OneLine returns a message in which every character can be seen, on one line. What it quotes can have any length.
func OneLine(message string) string {
	const most = 1000
	if len(message) > most {
		message = strings.ToValidUTF8(message[:most], "") + "…"
	}
	quoted := strconv.Quote(message)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// Plain steps over what declared files do not have, with a problem for each, and reports whether something is left
// to read.
func (r *Reader) Plain(n ast.Node) (ast.Node, bool) {
	for {
		switch v := n.(type) {
		case *ast.AnchorNode:
			r.Problem(n, "an anchor: %s files have none, write the value out where it is needed", r.Kind)
			n = v.Value
		case *ast.TagNode:
			r.Problem(n, "a tag: %s files have none, leave it out", r.Kind)
			n = v.Value
		case *ast.AliasNode:
			r.Problem(n, "an alias: %s files have none, write the value out", r.Kind)
			return nil, false
		default:
			return n, n != nil
		}
	}
}

// Entries reads a node as a mapping, key by key. A key that stands twice is a problem.
func (r *Reader) Entries(n ast.Node, what string, each func(name string, at, value ast.Node)) {
	n, ok := r.Plain(n)
	if !ok {
		return
	}
	m, ok := n.(*ast.MappingNode)
	if !ok {
		r.Problem(n, "%s: expected keys with values, found %s", what, KindOf(n))
		return
	}
	seen := map[string]int{}
	for _, entry := range m.Values {
		if _, merge := entry.Key.(*ast.MergeKeyNode); merge {
			r.Problem(entry.Key, "a merge key: %s files have none, write the keys out", r.Kind)
			continue
		}
		name, ok := Scalar(entry.Key)
		if !ok {
			r.Problem(entry.Key, "%s: expected a plain key, found %s", what, KindOf(entry.Key))
			continue
		}
		if r.isAmbiguous(entry.Key) {
			continue
		}
		if line, twice := seen[name]; twice {
			r.Problem(entry.Key, "the key %s stands twice, first on line %d", name, line)
			continue
		}
		seen[name] = entry.Key.GetToken().Position.Line
		each(name, entry.Key, entry.Value)
	}
}

// Unknown adds the problem that a word is not among those known, with the nearest one that is.
func (r *Reader) Unknown(n ast.Node, what, word string, known []string) {
	near := Nearest(word, known)
	switch {
	case near != "":
		r.Problem(n, "unknown %s %s; did you mean %s?", what, word, near)
	case len(known) > 10 && what != "key":
		r.Problem(n, "unknown %s %s; `hemicycle list %ss` lists those there are", what, word, what)
	default:
		r.Problem(n, "unknown %s %s; expected one of %s", what, word, strings.Join(known, ", "))
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

// KindOf returns what a node is, in words.
func KindOf(n ast.Node) string {
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
	if s, ok := Scalar(n); ok {
		return `"` + s + `"`
	}
	return `"` + n.GetToken().Value + `"`
}

// Scalar returns the text of a plain value.
func Scalar(n ast.Node) (string, bool) {
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
