package extract

import (
	"strings"
	"testing"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// readText reads a text as the format that knows it.
func readText(text string) (*schemas.Document, error) {
	d := &schemas.Document{URI: "test"}
	if err := document.Decode(d, []byte(text)); err != nil {
		return d, err
	}
	return d, Read(d)
}

// legislativeTable is a box of one party as MediaWiki renders it.
const legislativeTable = `<table class="infobox vevent ib-legis-elect"><tr><th colspan="2" class="infobox-above">x</th></tr>` +
	`<tr><td colspan="2" class="infobox-full-data"><table class="wikitable ib-legis-elect-results">` +
	`<tr><th colspan="2">Party</th><th>Seats</th></tr><tr><td></td><td>A</td><td>1</td></tr></table></td></tr></table>`

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

// What no page has is bounded: fields and defects of a box, boxes of a page.
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
	if err != nil || len(d.Boxes[0].Defects) != document.MaxDefects+1 || !strings.Contains(d.Boxes[0].Defects[document.MaxDefects].Message, "more than 100") {
		t.Errorf("%d defects are kept of %d: %v", len(d.Boxes[0].Defects), 10*document.MaxDefects, err)
	}
	d, err = readText("= A =\n" + strings.Repeat("Infobox\n- Seats1: 5\n\n", document.MaxBoxes+10))
	if err != nil || len(d.Boxes) != document.MaxBoxes || len(d.Prose) == 0 {
		t.Errorf("%d boxes are kept of %d, and the rest is %d paragraphs: %v", len(d.Boxes), document.MaxBoxes+10, len(d.Prose), err)
	}
	for _, text := range []string{
		"= A =\n" + strings.Repeat("Infobox\n- Seats1: 5\n\n", document.MaxBoxes+10),
		strings.Repeat("{{Infobox election|seats1=5}}\n", document.MaxBoxes+10),
		"<html><body>" + strings.Repeat(legislativeTable, document.MaxBoxes+10),
	} {
		d, err = readText(text)
		if err != nil || len(d.Boxes) != document.MaxBoxes || len(d.Rejects) != 1 || !strings.Contains(d.Rejects[0].Detail, "more than 1000 boxes") {
			t.Errorf("%.30q: of %d boxes %d are kept, and the rejects are %+v: %v", text, document.MaxBoxes+10, len(d.Boxes), d.Rejects, err)
		}
	}
}
