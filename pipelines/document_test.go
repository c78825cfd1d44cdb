package pipelines

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/pipelines/hook"
	"hemicycle/schemas/schemastest"
	"hemicycle/transform"
)

// The tables of docs/pipelines.md are those that the parser reads by. UPDATE_GOLDEN=1 writes them anew.
func TestPipelinesDocument(t *testing.T) {
	var figures, sinks, checks [][]string
	for _, f := range accountFigures {
		figures = append(figures, []string{"`" + f.name + "`", f.meaning})
	}
	for _, k := range load.Kinds() {
		sinks = append(sinks,
			[]string{"`" + k.Name + "`", strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(k.Meaning)})
	}
	for _, c := range transform.Checks() {
		checks = append(checks, []string{"`" + c.ID + "`", string(c.Severity), c.Meaning})
	}
	schemastest.CheckGenerated(t, filepath.Join("..", "docs", "pipelines.md"), map[string]string{
		"pipeline keys":      keysTable(pipelineKeys),
		"source keys":        keysTable(sourceKeys),
		"expectations":       schemastest.MarkdownTable([]string{"figure", "meaning"}, figures),
		"live keys":          keysTable(liveKeys),
		"bound keys":         keysTable(boundKeys),
		"allowance keys":     keysTable(allowKeys),
		"keep keys":          keysTable(keepKeys),
		"publish keys":       keysTable(publishKeys),
		"sinks":              schemastest.MarkdownTable([]string{"sink", "writes"}, sinks),
		"checks":             schemastest.MarkdownTable([]string{"check", "severity", "doubts"}, checks),
		"embedded pipelines": embeddedPipelinesPart(t),
	})
}

// keysTable returns a table of keys, with an example of each.
func keysTable(keys []fileKey) string {
	var rows [][]string
	for _, k := range keys {
		required, otherwise := "no", k.defaultValue
		if k.required {
			required = "yes"
		}
		if isYAML.MatchString(otherwise) {
			otherwise = "`" + otherwise + "`"
		}
		example := "`" + k.name + ": " + k.example + "`"
		rows = append(rows, []string{"`" + k.name + "`", k.value, required, otherwise, k.meaning, example})
	}
	return schemastest.MarkdownTable([]string{"key", "type", "required", "default", "meaning", "example"}, rows)
}

// isYAML matches a default that is written as YAML and not in words.
var isYAML = regexp.MustCompile("^[^` ]+$|^[\\[{]")

// embeddedPipelinesPart returns the embedded pipelines: name, description and file of each.
func embeddedPipelinesPart(t *testing.T) string {
	var b strings.Builder
	for _, name := range Names() {
		p, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := fs.ReadFile(embeddedFiles, name+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "### %s\n\n", name)
		fmt.Fprintf(&b, "%s.\n\n```yaml\n%s```\n\n", strings.ToUpper(p.Description[:1])+p.Description[1:], file)
	}
	return b.String()
}

// Every example of a key is one that the parser reads without a problem, and a default is what holds without the key.
func TestExamplesOfKeys(t *testing.T) {
	for _, level := range []struct {
		keys []fileKey
		file string // with a %s for the keys of the level
	}{
		{pipelineKeys, "%s"},
		{sourceKeys, "{name: x, sources: [%s]}"},
		{liveKeys, "{name: x, sources: [{wiki: enwiki, live: %s}]}"},
		{boundKeys, "{name: x, sources: [{files: [a.txt], expect: {elections: %s}}]}"},
		{keepKeys, "{name: x, sources: [{files: [a.txt]}], keep: %s}"},
		{allowKeys, "{name: x, sources: [{files: [a.txt]}], allow: %s}"},
		{publishKeys, "{name: x, sources: [{files: [a.txt]}], publish: %s}"},
	} {
		parse := func(t *testing.T, k *fileKey, value string) *Pipeline {
			t.Helper()
			var lines []string
			for _, other := range level.keys {
				if other.required && other.name != k.name {
					lines = append(lines, other.name+": "+other.example)
				}
			}
			if beside := besideKeys[k.name]; &level.keys[0] == &sourceKeys[0] && beside != "" {
				lines = append(lines, beside)
			}
			if value != "" {
				lines = append(lines, k.name+": "+value)
			}
			text := fmt.Sprintf(level.file, "{"+strings.Join(lines, ", ")+"}")
			p, err := Parse("example.yaml", []byte(text))
			if err != nil {
				t.Fatalf("%v in:\n%s", err, text)
			}
			return p
		}
		for i := range level.keys {
			k := &level.keys[i]
			t.Run(k.name, func(t *testing.T) {
				if k.value == "" || k.meaning == "" || k.example == "" {
					t.Errorf("the key does not say all of itself: %+v", k)
				}
				parse(t, k, k.example)
				if k.required || !isYAML.MatchString(k.defaultValue) {
					return
				}
				with, without := inEffect(parse(t, k, k.defaultValue)), inEffect(parse(t, k, ""))
				if diff := cmp.Diff(pipelineJSON(t, without), pipelineJSON(t, with)); diff != "" {
					t.Errorf("the default %s is not what holds without the key (-without +with):\n%s", k.defaultValue,
						diff)
				}
			})
		}
	}
}

// besideKeys has what stands beside a key of a source in its example, since a source has either files or a wiki.
var besideKeys = map[string]string{
	"name": "files: [a.txt]", "wiki": "files: [a.txt]", "live": "wiki: enwiki", "namespaces": "files: [a.txt]",
	"titles": "files: [a.txt]", "verify": "files: [a.txt]", "expect": "files: [a.txt]",
}

// inEffect returns a pipeline with the defaults that other code than the parser fills in.
func inEffect(p *Pipeline) *Pipeline {
	for i := range p.Sources {
		s := &p.Sources[i]
		if len(s.Namespaces) == 0 {
			s.Namespaces = []int{0} // as a dump does
		}
		if len(s.Expect) == 0 {
			s.Expect = []Expectation{atLeastOne} // as checkExpectations does
		}
	}
	if p.AfterSeconds == 0 {
		p.AfterSeconds = hook.DefaultSeconds // as RunAfter does
	}
	if p.Templates == nil {
		p.Templates = map[string]string{}
	}
	return p
}
