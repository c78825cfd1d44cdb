package extract

import (
	"strings"
	"testing"

	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

// readText reads a text in whatever format it has.
func readText(text string) (*schemas.Document, error) {
	d, err := extracttest.DecodeText(text)
	if err == nil {
		err = Read(d)
	}
	return d, err
}

// legislativeTable is a box of one party as MediaWiki renders it.
var legislativeTable = extracttest.LegislativeTable("x", "<tr><td></td><td>A</td><td>1</td></tr>")

func TestUnknownFormatNamesAllForms(t *testing.T) {
	err := Read(&schemas.Document{Text: "nothing that is known"})
	if err == nil {
		t.Fatal("the text was read")
	}
	for _, f := range formats {
		if !strings.Contains(err.Error(), f.Name) {
			t.Errorf("%q does not name the form %s", err, f.Name)
		}
	}
}

// What no box has is bounded: its fields and its defects.
func TestBounds(t *testing.T) {
	d, err := readText("= A =\nInfobox\n" + strings.Repeat("- Seats1: 5\n", document.MaxFields+1))
	if err != nil || len(d.Boxes) != 0 || len(d.Rejects) != 1 || d.Rejects[0].Reason != schemas.ReasonBoxTooLarge {
		t.Errorf("a box of %d fields: %v, %d boxes, rejects %v", document.MaxFields+1, err, len(d.Boxes), d.Rejects)
	}
	d, err = readText("= A =\nInfobox\n" + strings.Repeat("- Seats1: 5\n", document.MaxFields))
	if err != nil || len(d.Boxes) != 1 || len(d.Boxes[0].Fields) != document.MaxFields {
		t.Errorf("a box of %d fields is not read whole: %v", document.MaxFields, err)
	}
	d, err = readText("= A =\nInfobox\n- Seats1: 5\n" + strings.Repeat("- odd\n", 10*document.MaxDefects))
	if err != nil || len(d.Boxes) != 1 {
		t.Fatalf("%d boxes: %v", len(d.Boxes), err)
	}
	defects := d.Boxes[0].Defects
	if n := len(defects); n != document.MaxDefects+1 || !strings.Contains(defects[n-1].Message, "more than 100") {
		t.Errorf("%d defects are kept of %d, the last is %q", n, 10*document.MaxDefects, defects[n-1].Message)
	}
}

// The boxes of a page are bounded.
func TestBoxesAreBounded(t *testing.T) {
	const further = 10
	d, err := readText("= A =\n" + strings.Repeat("Infobox\n- Seats1: 5\n\n", document.MaxBoxes+further))
	if err != nil || len(d.Boxes) != document.MaxBoxes || len(d.Prose) == 0 {
		t.Errorf("%d boxes are kept, and the rest is %d paragraphs: %v", len(d.Boxes), len(d.Prose), err)
	}
	for _, text := range []string{
		"= A =\n" + strings.Repeat("Infobox\n- Seats1: 5\n\n", document.MaxBoxes+further),
		strings.Repeat("{{Infobox election|seats1=5}}\n", document.MaxBoxes+further),
		"<html><body>" + strings.Repeat(legislativeTable, document.MaxBoxes+further),
	} {
		d, err = readText(text)
		if err != nil || len(d.Boxes) != document.MaxBoxes {
			t.Errorf("%.30q: %d boxes are kept: %v", text, len(d.Boxes), err)
		}
		if len(d.Rejects) != 1 || !strings.Contains(d.Rejects[0].Detail, "more than 1000 boxes") || d.Rejects[0].Line < 1 {
			t.Errorf("%.30q: the rejects are %+v", text, d.Rejects)
		}
	}
}
