package contracts

import (
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	yaml3 "go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

// yamlSample has a text in every place in which YAML may have one.
type yamlSample struct {
	Text    string            `json:"text" yaml:"text"`
	List    []string          `json:"list" yaml:"list"`
	Lists   [][]string        `json:"lists" yaml:"lists"`
	Keys    map[string]string `json:"keys" yaml:"keys"`
	Nested  []yamlNested      `json:"nested" yaml:"nested"`
	Number  int64             `json:"number" yaml:"number"`
	Truth   bool              `json:"truth" yaml:"truth"`
	Nothing *int64            `json:"nothing" yaml:"nothing"`
	Empty   []string          `json:"empty" yaml:"empty"`
	None    struct{}          `json:"none" yaml:"none"`
}

type yamlNested struct {
	Text string   `json:"text" yaml:"text"`
	List []string `json:"list" yaml:"list"`
}

// checkYAML writes a text in every place, and reads it back with two libraries.
func checkYAML(t interface {
	Fatalf(format string, args ...any)
}, text string) {
	want := yamlSample{
		Text: text, List: []string{text, text}, Lists: [][]string{{text}, {}, {text, text}},
		Keys: map[string]string{"a " + text: text}, Nested: []yamlNested{{text, []string{text}}, {text, []string{}}},
		Number: -7, Truth: true, Empty: []string{},
	}
	content, err := encodeYAML(want)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	for name, unmarshal := range map[string]func([]byte, any) error{
		"goccy/go-yaml": func(b []byte, to any) error { return yaml.Unmarshal(b, to) }, "yaml.v3": yaml3.Unmarshal,
	} {
		var got yamlSample
		if err := unmarshal(content, &got); err != nil {
			t.Fatalf("%q, read by %s: %v\n%s", text, name, err, content)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q, read by %s (-written +read):\n%s\n%s", text, name, diff, content)
		}
	}
}

// Texts that YAML gives a meaning, that break its lines or that cannot be seen are read as they were written.
func TestYAMLIsReadAsItWasWritten(t *testing.T) {
	for _, text := range []string{
		"", "plain", "a/b.c-d", "two words", "yes", "No", "NULL", "~", "true", "y", "1", "1e5", "0x1", ".inf", "2026-01-01",
		"12:30:45", "1_000", "- a", "a: b", "a #b", " x ", "x\n", "\n", "\nx", "a\n b\n", "\t", "a\r\nb", "'", `"`, `\`,
		"{{ x }}", "%a", "@a", "`a`", "!!x", "&a", "*a", "[", "]", "{", "}", ",", "?", "|", ">", ": ", "key:", "=", "<<",
		"---", "...", "--- x", "x\n---\ny", "\u0085", "\u2028", "\u202e", "\ufeff", "\u007f", "\x00", "\x1b[31m", "🗳",
		"</script><script>", "ünïcode 文",
	} {
		checkYAML(t, text)
	}
	rapid.Check(t, func(t *rapid.T) { checkYAML(t, rapid.String().Draw(t, "text")) })
}

// The form of a document is that which people write.
func TestYAMLIsInBlocks(t *testing.T) {
	got, err := encodeYAML(map[string]any{
		"name": "hemicycle", "version": "2.0", "list": []any{map[string]any{"a": 1, "b": []string{"c"}}, []int{1, 2}, "d"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "list:\n  - a: 1\n    b:\n      - c\n  - - 1\n    - 2\n  - d\nname: hemicycle\nversion: \"2.0\"\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
