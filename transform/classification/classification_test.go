package classification_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/transform"
)

// truth is what a careful reader says of a title with the labels of its box; the titles and labels are of real pages,
// and the phrases on seats are plain ones with the same facts.
type truth struct {
	title, template, label, election, phrase string
	want                                     [5]string // country, subdivision, level, chamber, kind; - where none is right
}

// readTruths reads the truth of the test data.
func readTruths(t *testing.T) (all []truth) {
	t.Helper()
	data, err := os.ReadFile("testdata/titles.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(c) != 10 {
			t.Fatalf("%q has %d columns, expected 10", line, len(c))
		}
		all = append(all, truth{title: c[0], template: c[1], label: c[2], election: c[3], phrase: c[4],
			want: [5]string(c[5:])})
	}
	return all
}

// page returns a page with one box.
func page(title, template string, fields ...string) *schemas.Document {
	d := &schemas.Document{URI: "page", Title: title, Boxes: []schemas.Infobox{{Box: 1, Template: template}}}
	addFields(&d.Boxes[0], fields...)
	return d
}

// addFields adds fields to a box, each as a name and a value; an empty value is left out.
func addFields(b *schemas.Infobox, fields ...string) {
	for i := 0; i < len(fields); i += 2 {
		f := schemas.Field{Key: fields[i], Raw: fields[i+1], Text: fields[i+1], Offset: -1}
		f.Name, f.Position = schemas.ParameterName(f.Key)
		if f.Text != "" {
			b.Fields = append(b.Fields, f)
		}
	}
}

// parts returns the values and the bases of a classification.
func parts(c *schemas.Classification) [5]schemas.Classified {
	return [5]schemas.Classified{c.Country, c.Subdivision, c.Level, c.Chamber, c.Kind}
}

var partNames = [5]string{"country_code", "subdivision", "level", "chamber_type", "election_kind"}

// Of what is said of real titles nothing is wrong, and most is said.
func TestTitles(t *testing.T) {
	told, known := 0, 0
	for _, c := range readTruths(t) {
		template := map[string]string{"G": schemas.GeneralBox, "L": schemas.LegislativeBox}[c.template]
		d := page(c.title, template, "country", c.label, "type", c.election, "seats_for_election", c.phrase,
			"party1", "One", "seats1", map[bool]string{true: "", false: "3"}[c.phrase == ""])
		e := transform.ApplyRules(d, &d.Boxes[0])
		for i, got := range parts(&e.Classification) {
			want := strings.Trim(c.want[i], "-")
			if want != "" {
				known++
			}
			switch {
			case got.Value == "":
			case got.Value != want:
				t.Errorf("%s: %s is %s (%s), expected %q", c.title, partNames[i], got.Value, got.Basis, want)
			default:
				told++
			}
			if (got.Value == "") != (got.Basis == "") {
				t.Errorf("%s: %s is %q and its basis %q", c.title, partNames[i], got.Value, got.Basis)
			}
			if got.Value == "" && want != "" && os.Getenv("SHOW") != "" {
				fmt.Println("missing", c.title, partNames[i], want)
			}
		}
	}
	t.Logf("%d of %d parts are told", told, known)
	if told*100 < known*85 {
		t.Errorf("%d of %d parts are told, expected 85 percent", told, known)
	}
}
