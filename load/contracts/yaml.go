package contracts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// encodeYAML returns a value as a YAML document in block style. It writes what encoding/json makes of the value, in the
// order of the fields, and every text that is not plainly a word as a JSON string, which is a double-quoted text of
// YAML 1.1 and 1.2. The encoder of goccy/go-yaml is not used, since it reads back other texts than it wrote: a tab, a
// line end, ".inf".
func encodeYAML(v any) ([]byte, error) {
	content, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	w := &yamlWriter{tokens: json.NewDecoder(bytes.NewReader(content))}
	w.tokens.UseNumber()
	if err := w.value(-1, false); err != nil {
		return nil, fmt.Errorf("writing YAML: %w", err)
	}
	return []byte(w.out.String()), nil
}

// yamlWriter writes the tokens of a JSON document as YAML.
type yamlWriter struct {
	tokens *json.Decoder
	out    strings.Builder
}

// value writes the next value behind the key of a line at a level of indentation, or behind its dash; the level of the
// document itself is -1.
func (w *yamlWriter) value(level int, isBehindDash bool) error {
	t, err := w.tokens.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		return w.entries(level+1, isBehindDash, "{}", func() error {
			key, err := w.tokens.Token()
			if err != nil {
				return err
			}
			w.out.WriteString(yamlText(fmt.Sprint(key)) + ":")
			return w.value(level+1, false)
		})
	case json.Delim('['):
		return w.entries(level+1, isBehindDash, "[]", func() error {
			w.out.WriteString("-")
			return w.value(level+1, true)
		})
	}
	if level >= 0 {
		w.out.WriteString(" ")
	}
	switch t := t.(type) {
	case string:
		w.out.WriteString(yamlText(t))
	case nil:
		w.out.WriteString("null")
	default: // a number or a boolean, which YAML writes as JSON does
		fmt.Fprint(&w.out, t)
	}
	w.out.WriteString("\n")
	return nil
}

// entries writes the entries of a mapping or a list, each on a line of its own, or what an empty one is. The first
// entry stands behind a dash, if there is one.
func (w *yamlWriter) entries(level int, isBehindDash bool, empty string, entry func() error) error {
	isEmpty := !w.tokens.More()
	switch {
	case level > 0 && (isBehindDash || isEmpty):
		w.out.WriteString(" ")
	case level > 0:
		w.out.WriteString("\n")
	}
	if isEmpty {
		w.out.WriteString(empty + "\n")
	}
	for i := 0; w.tokens.More(); i++ {
		if i > 0 || !isBehindDash {
			w.out.WriteString(strings.Repeat("  ", level))
		}
		if err := entry(); err != nil {
			return err
		}
	}
	_, err := w.tokens.Token() // the end of the mapping or list
	return err
}

// plainWord matches a text that needs no quotation marks, unless it is one of yamlWords.
var plainWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*$`)

// yamlWords are words that a reader of YAML 1.1 takes for something else than a text, in lower case.
var yamlWords = map[string]bool{
	"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true, "true": true, "false": true, "null": true,
}

// yamlText returns a text as YAML.
func yamlText(s string) string {
	if plainWord.MatchString(s) && !yamlWords[strings.ToLower(s)] {
		return s
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""` // which no string can cause
	}
	var quoted strings.Builder
	for _, c := range strings.TrimSuffix(b.String(), "\n") {
		switch {
		case unicode.IsPrint(c):
			quoted.WriteRune(c)
		case c > 0xFFFF:
			fmt.Fprintf(&quoted, `\U%08X`, c)
		default:
			fmt.Fprintf(&quoted, `\u%04X`, c)
		}
	}
	return quoted.String()
}
