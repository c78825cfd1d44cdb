package transform

import (
	"strings"
	"testing"

	"hemicycle/schemas"
)

// newPage returns a page in a plain form, with the place of everything in it: a box with the given lines `Key: Value`,
// then prose, with blank lines between its paragraphs.
func newPage(title string, lines []string, prose string) *schemas.Document {
	var b strings.Builder
	d := &schemas.Document{URI: "page.txt", Title: title}
	write := func(s string) { b.WriteString(s) }
	line := func() int { return 1 + strings.Count(b.String(), "\n") }

	write("= " + title + " =\n\n")
	box := schemas.Infobox{Box: 1, Line: line(), Offset: b.Len()}
	write("Infobox\n")
	for _, l := range lines {
		key, value, _ := strings.Cut(l, ":")
		value = strings.TrimSpace(value)
		write("- " + key + ": ")
		f := schemas.Field{
			Key: key, Raw: value, Text: strings.Join(strings.Fields(value), " "), Line: line(), Offset: b.Len(),
		}
		f.Name, f.Position = schemas.ParameterName(key)
		box.Fields = append(box.Fields, f)
		write(value + "\n")
	}
	box.End = b.Len()
	d.Boxes = []schemas.Infobox{box}
	for paragraph := range strings.SplitSeq(prose, "\n\n") {
		if paragraph == "" {
			continue
		}
		write("\n")
		d.Prose = append(d.Prose, schemas.Passage{Text: paragraph, Line: line(), Offset: b.Len()})
		write(paragraph + "\n")
	}
	d.Text = b.String()
	return d
}

// judged returns the election of the first box of a page, with the findings of every check.
func judged(d *schemas.Document) *schemas.Election { return Transform(d, &d.Boxes[0], Options{}) }

// findingsOf returns the findings of one check.
func findingsOf(e *schemas.Election, id string) []schemas.Finding {
	var found []schemas.Finding
	for _, f := range e.AllFindings() {
		if f.CheckID == id {
			found = append(found, f)
		}
	}
	return found
}

// checkPlace fails if a finding does not point to what at names: "Infobox", a field as `Key: Value`, or a text of the
// prose. Line and offset must agree.
func checkPlace(t *testing.T, e *schemas.Election, f schemas.Finding, at string) {
	t.Helper()
	text := e.Document.Text
	if f.Offset < 0 || f.Offset > len(text) {
		t.Errorf("%s: offset %d lies outside the text", f.Subject, f.Offset)
		return
	}
	if line := 1 + strings.Count(text[:f.Offset], "\n"); f.Line != line {
		t.Errorf("%s: line %d, and its offset is on line %d", f.Subject, f.Line, line)
	}
	for i := range e.Fields {
		field := &e.Fields[i]
		if field.Key+": "+field.Raw == at && f.Field == field.Ordinal && f.Offset == field.Offset {
			return
		}
	}
	if f.Field == 0 && strings.HasPrefix(text[f.Offset:], at) {
		return
	}
	t.Errorf("%s points to %.40q (field %d), expected %q", f.Subject, text[f.Offset:], f.Field, at)
}
