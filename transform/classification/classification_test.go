package classification_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/transform"
	"hemicycle/transform/classification"
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

// A long name, or one of many words, costs no more than its reading.
func TestGrowth(t *testing.T) {
	for _, unit := range []string{"Morocco, ", "general election ", "(", "of the ", "2007 ", "'s "} {
		schemastest.HoldsGrowth(t, func(n int) func() {
			long := strings.Repeat(unit, n/len(unit))
			d := page(long, schemas.GeneralBox, "election_name", long+"x", "country", long, "type", long)
			return func() { transform.ApplyRules(d, &d.Boxes[0]) }
		})
	}
}

func BenchmarkOf(b *testing.B) {
	d := page("2007 Moroccan general election", schemas.LegislativeBox, "country", "Morocco",
		"seats_for_election", "All 325 seats in the House of Representatives", "party1", "One", "seats1", "3")
	e := transform.ApplyRules(d, &d.Boxes[0])
	b.ReportAllocs()
	for b.Loop() {
		classification.Of(d, &d.Boxes[0], e, 0)
	}
}

// Labels and titles in other languages are read as far as they are clear.
func TestOtherLanguages(t *testing.T) {
	for _, c := range []struct {
		lang, title, label, election string
		want                         string // country, level, chamber, kind
	}{
		{"tr", "1950 Türkiye genel seçimleri", "Türkiye", "parliamentary", "TUR national unicameral legislative"},
		{"tr", "2014 Türkiye yerel seçimleri", "Türkiye", "parliamentary", "TUR local - local"},
		{"tr", "2014 Türkiye cumhurbaşkanlığı seçimi", "Turkey", "presidential", "TUR national executive presidential"},
		{"it", "Elezioni presidenziali in Ucraina del 2014", "Ucraina", "", "UKR national executive presidential"},
		{"pt", "Eleições legislativas na Tunísia em 2019", "Tunísia", "", "TUN - - legislative"},
		{"es", "Elecciones presidenciales de Chile de 2021", "Chile", "", "CHL national executive presidential"},
		{"fr", "Élection présidentielle française de 2017", "France", "", "FRA national executive presidential"},
		{"de", "Landtagswahl in Bayern 2018", "Deutschland", "", "DEU - - legislative"},
		{"de", "Bundestagswahl 2021", "Deutschland", "", "DEU national - legislative"},
		{"ko", "대한민국 제16대 대통령 선거", "대한민국", "", "KOR national executive presidential"},
		{"de", "Kommunalwahlen in Hessen 2021", "Hessen", "", "- local - local"},
	} {
		d := page(c.title, schemas.GeneralBox, "country", c.label, "type", c.election)
		d.Lang = c.lang
		var got []string
		for i, p := range parts(&transform.ApplyRules(d, &d.Boxes[0]).Classification) {
			if i != 1 {
				got = append(got, map[bool]string{true: "-", false: p.Value}[p.Value == ""])
			}
		}
		if values := strings.Join(got, " "); values != c.want {
			t.Errorf("%s: %s, expected %s", c.title, values, c.want)
		}
	}
}

// Each part says what it was taken from, and signs that contradict each other tell nothing.
func TestBases(t *testing.T) {
	for name, c := range map[string]struct {
		title  string
		fields []string
		want   string
	}{
		"label": {
			"2007 Moroccan general election", []string{"country", "Morocco", "type", "parliamentary"},
			"MAR/label - national/title lower/title legislative/label",
		},
		"phrase": {
			"2007 Moroccan general election", []string{"seats_for_election", "All 325 seats in the House of Representatives"},
			"MAR/title - national/title lower/phrase legislative/phrase",
		},
		"two chambers": {
			"2014 Brazilian general election", []string{
				"seats_for_election", "All 513 seats in the Chamber of Deputies and 27 seats in the Senate", "type", "legislative"},
			"BRA/title - national/title - legislative/label",
		},
		"contradiction": {"2007 Moroccan general election", []string{"country", "Algeria"}, "- - - - -"},
		"territory": {
			"2012 United States presidential primary in Guam", []string{"country", "Guam"}, "GUM/label - - - primary/title",
		},
		"several places": {
			"2002 Congolese presidential election", nil, "- - national/title executive/title presidential/title",
		},
		"an earlier Ireland": {"1918 Irish general election", []string{"country", "Ireland"}, "- - - - -"},
		"a city of that name": {"2015 Peru, Indiana mayoral election", nil,
			"USA/title Indiana/title local/title executive/title mayoral/title"},
		"no election of voters": {"2023 Speaker of the House election", []string{"type", "presidential"}, "- - - - -"},
		"nothing":               {"Elbonian election", nil, "- - - - -"},
	} {
		d := page(c.title, schemas.GeneralBox, c.fields...)
		if got := shown(&transform.ApplyRules(d, &d.Boxes[0]).Classification); got != c.want {
			t.Errorf("%s: %s, expected %s", name, got, c.want)
		}
	}
}

// shown writes the parts of a classification with their bases.
func shown(c *schemas.Classification) string {
	var all []string
	for _, p := range parts(c) {
		if p.Value == "" {
			all = append(all, "-")
		} else {
			all = append(all, p.Value+"/"+string(p.Basis))
		}
	}
	return strings.Join(all, " ")
}

// A nested box has its place from the box around it, and its own name tells its chamber and kind.
func TestNestedBoxes(t *testing.T) {
	d := page("2022 Brazilian general election", schemas.GeneralBox, "country", "Brazil")
	for i, name := range []string{"Presidential election", "Chamber of Deputies", "Federal Senate"} {
		b := schemas.Infobox{Box: i + 2, Parent: i + 1, Template: schemas.LegislativeBox}
		addFields(&b, "election_name", name, "party1", "One", "seats1", "3")
		d.Boxes = append(d.Boxes, b)
	}
	for i, want := range []string{
		"BRA/label - national/title - general/title",
		"BRA/outer_box - national/title executive/label presidential/label",
		"BRA/outer_box - national/title lower/label legislative/label",
		"BRA/outer_box - national/title upper/label legislative/label",
	} {
		e := transform.ApplyRules(d, &d.Boxes[i])
		if got := shown(&e.Classification); got != want {
			t.Errorf("box %d: %s, expected %s", i+1, got, want)
		}
		if isWrapper := i == 0; e.IsWrapper != isWrapper {
			t.Errorf("box %d: it only holds others: %t", i+1, e.IsWrapper)
		}
	}
}
