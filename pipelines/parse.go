package pipelines

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml/ast"
	"github.com/shopspring/decimal"

	"hemicycle/load"
	"hemicycle/schemas"
	"hemicycle/schemas/yamlfile"
)

// Parse reads a pipeline file strictly: a key that it does not know, a key that stands twice, and a value of another
// kind than expected are problems. The error joins all of them, in the order of the file.
func Parse(file string, content []byte) (*Pipeline, error) {
	r := &fileReader{
		Reader: yamlfile.Reader{
			File: file, Kind: "pipeline", WhenLong: "; name files by globs", Expects: "the keys name and sources",
			Depth: "four",
		},
		pipeline: &Pipeline{Sinks: []string{load.Parquet, load.Database}, Checks: map[string]schemas.Status{}},
	}
	err := r.Read(content, func(n ast.Node) {
		r.mapping(n, "the pipeline", pipelineKeys)
		r.checkPartition()
	})
	if err != nil {
		return nil, err
	}
	return r.pipeline, nil
}

// Nearest returns the known word that is like the one given, or that begins with it, or with which it begins. It
// returns "" if there is none.
func Nearest(word string, known []string) string { return yamlfile.Nearest(word, known) }

// fileReader walks the tree of a pipeline file, fills the pipeline and gathers what is wrong in the file.
type fileReader struct {
	yamlfile.Reader

	pipeline    *Pipeline
	source      *Source      // that is being read
	sourceName  ast.Node     // where it is named, or where it begins
	expectation *Expectation // that is being read
	partition   ast.Node     // the value of the key of that name
}

func (r *fileReader) problem(n ast.Node, format string, args ...any) { r.Problem(n, format, args...) }

func (r *fileReader) plain(n ast.Node) (ast.Node, bool) { return r.Plain(n) }

func (r *fileReader) entries(n ast.Node, what string, each func(name string, at, value ast.Node)) {
	r.Entries(n, what, each)
}

func (r *fileReader) unknown(n ast.Node, what, word string, known []string) {
	r.Unknown(n, what, word, known)
}

func (r *fileReader) text(n ast.Node, what string) string { return r.Text(n, what) }

func (r *fileReader) list(n ast.Node, what string, each func(n ast.Node)) { r.List(n, what, each) }

func kindOf(n ast.Node) string { return yamlfile.KindOf(n) }

func scalar(n ast.Node) (string, bool) { return yamlfile.Scalar(n) }

func oneLine(message string) string { return yamlfile.OneLine(message) }

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
