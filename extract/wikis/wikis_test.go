package wikis

import (
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// TestKnown reads each wiki file that comes with the program.
func TestKnown(t *testing.T) {
	files, err := embeddedFiles.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		content, err := embeddedFiles.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		w, err := Parse(f.Name(), content)
		if err != nil {
			t.Error(err)
		} else if w.Names[0]+".yaml" != f.Name() {
			t.Errorf("%s: the first wiki is %s", f.Name(), w.Names[0])
		}
	}
}

// faults are wiki files with one fault each, and the problem: its place and a part of its message.
var faults = []struct{ text, problem string }{
	{"", "1:1: the file declares nothing"},
	{"wiki: xxwiki\nlocale: tr\n", "1:1: the wiki file has no key templates"},
	{"locale: tr\ntemplates: {Box: {like: Infobox election}}\n", "1:1: the wiki file has no key wiki"},
	{"wiki: xxwiki\ntemplates: {Box: {like: Infobox election}}\n", "1:1: the wiki file has no key locale"},
	{
		"wiki: xx wiki\nlocale: tr\ntemplates: {Box: {like: Infobox election}}\n",
		"1:7: wiki: expected the name of a database",
	},
	{"wiki: no\nlocale: tr\ntemplates: {Box: {like: Infobox election}}\n", "1:7: no is true or false"},
	{"wiki: xxwiki\nlocale: no\ntemplates: {Box: {like: Infobox election}}\n", "2:9: no is true or false"},
	{"wiki: xxwiki\nlocale: tr\ntemplats: {}\n", "3:1: unknown key templats; did you mean templates?"},
	{"wiki: xxwiki\nwiki: yywiki\n", "2:1: the key wiki stands twice"},
	{"wiki: xxwiki\nlocale:\ntemplates: {Box: {like: Infobox election}}\n", "locale: expected a value, found nothing"},
	{
		"wiki: xxwiki\nlocale: tr\ntemplates: {Box: {like: Infobox electin}}\n",
		"3:25: unknown box Infobox electin; did you mean",
	},
	{"wiki: xxwiki\nlocale: tr\ntemplates: {Box: {}}\n", "3:13: the template Box has no key like or as"},
	{"wiki: xxwiki\nlocale: tr\ntemplates: {Box: {as: Infobox election}}\n", "3:13: the template Box has no parameters"},
	{"wiki: xxwiki\nlocale: tr\ntemplates: {'B|x': {like: Infobox election}}\n", "3:13: templates: no template can have"},
	{"wiki: xxwiki\nlocale: tr\ntemplates: {Box: {like: Infobox election, as: Infobox election}}\n",
		"expected one of like and as"},
	{inTemplate("parameters: {votos: popular_vote}"), "expected a name with #, since popular_vote"},
	{inTemplate("parameters: {votos#: turnout}"), "expected a name without #, since turnout"},
	{inTemplate("parameters: {votos#: popular_votes}"), "unknown parameter popular_votes; did you mean popular_vote?"},
	{inTemplate("parameters: {v#o#: popular_vote}"), "more than one #"},
	{inTemplate("parameters: {'#': popular_vote}"), "no name of a parameter"},
	{inTemplate("parameters: {votos#: seats, VOTOS#: seats}"), "stands twice, once in another form"},
	{inTemplate("parameters: {no#: seats, no: country}"), "no is true or false"},
	{inTemplate("parameters: {votos#: {round: 2}}"), "has no key to"},
	{inTemplate("parameters: {votos#: {to: popular_vote, round: 7}}"), "round: expected a number from 2 to 4"},
	{inTemplate("parameters: {votos#: {to: seats, round: 2}}"), "round is of popular_vote and percentage alone"},
	{inTemplate("parameters: {pays: {to: country, before: x}}"), "before is of turnout alone"},
	{inTemplate("parameters: {date: {to: next_year, part: day}}"), "unknown part day"},
	{inTemplate("parameters: {votos#: {to: popular_vote, pattern: '.*'}}"), "unknown key pattern"},
	{inTemplate("parameters: {votos#: seats}, ignore: []"), "the list is empty"},
	{inTemplate("parameters: {votos#: seats}, constant: {seats: 5}"), "seats is a parameter of each contender"},
	{inTemplate("parameters: {votos#: seats}, constant: {lands: X}"), "unknown parameter lands"},
	{
		"wiki: xxwiki\nlocale: tr\ntemplates: {Box: {like: Infobox election}}\nshows: {raise: [x]}\n",
		"4:9: unknown kind of display",
	},
	{"wiki: xxwiki\nlocale: tr\ntemplates: {Box: {like: Infobox election}}\nshows: {rise: [x], fall: [X]}\n",
		"the template x stands twice, first under rise"},
	{"wiki: xxwiki\nwithout: no parameters\ntemplates: {Box: {like: Infobox election}}\n", "expected one of them"},
	{"wiki: &a xxwiki\n", "an anchor: wiki files have none"},
	{"wiki: xxwiki\n---\nwiki: yywiki\n", "a second YAML document"},
	{"wiki: [xxwiki\n", "not YAML"},
	{"wiki: \x00\n", "the control character"},
}

func inTemplate(keys string) string {
	return "wiki: xxwiki\nlocale: tr\ntemplates: {Box: {as: Infobox election, " + keys + "}}\n"
}

func TestFaults(t *testing.T) {
	for _, c := range faults {
		w, err := Parse("xx.yaml", []byte(c.text))
		if err == nil || w != nil || !strings.Contains(err.Error(), c.problem) ||
			!strings.HasPrefix(err.Error(), "xx.yaml:") {
			t.Errorf("%q: the problem is %v, expected %s", c.text, err, c.problem)
		}
	}
}

// wikiText is a wiki file that has each feature.
const wikiText = `
wiki: [xxwiki, yywiki]
locale: tr
templates:
  Ficha:
    as: Infobox election
    parameters:
      pays: country
      voix#: popular_vote
      voix2v#: {to: popular_vote, round: 2}
      "%#": percentage
      "%2v#": {to: percentage, round: 2}
      sièges#_ant: last_election
      députés#: seats
      sièges#: seats
      "#党": party
      taux: {to: turnout, before: taux pré}
      après: {to: next_year, part: year}
    constant: {type: général}
    ignore: [image#, largeur]
shows:
  rise: [hausse]
`

func translate(t *testing.T, fields ...string) (names, texts []string, b *schemas.Infobox) {
	t.Helper()
	w, err := Parse("xx.yaml", []byte(wikiText))
	if err != nil {
		t.Fatal(err)
	}
	b = &schemas.Infobox{}
	for _, field := range fields {
		key, text, _ := strings.Cut(field, "=")
		f := schemas.Field{Key: key, Text: text}
		f.Name, f.Position = schemas.ParameterName(key)
		b.Fields = append(b.Fields, f)
	}
	w.Template("Ficha").Translate(b)
	for _, f := range b.Translated {
		name := f.Name
		if f.Position > 0 {
			name += " " + string(rune('0'+f.Position))
		}
		names, texts = append(names, name), append(texts, f.Text)
	}
	return names, texts, b
}

func TestTranslate(t *testing.T) {
	names, texts, b := translate(t, "pays=X", "Voix1=5", "%1=2", "sièges2_ant=9", "députés2=", "sièges2=7", "٣党=Q",
		"image1=i", "autre=?", "après=12 mars 2000", "taux=5", "taux_pré=6")
	want := "country, popular_vote 1, percentage 1, last_election 2, own:députés2 2, seats 2, party 3, own:image 1, " +
		"own:autre, next_year, turnout, previous_turnout, type"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("the names are %s,\nexpected      %s", got, want)
	}
	if texts[9] != "2000" || texts[12] != "général" || !b.Ignored[7] || b.Ignored[8] || b.Fields[1].Name != "voix" {
		t.Errorf("the texts are %q, ignored is %v, the second field %+v", texts, b.Ignored, b.Fields[1])
	}
}

// TestTranslateRounds holds that the figures of two rounds become rows, and those of one round do not.
func TestTranslateRounds(t *testing.T) {
	names, _, _ := translate(t, "voix1=5", "%1=2", "voix2v1=7", "%2v1=3")
	want := "1data 1, 5data 1, 2data 1, 6data 1, 1blank, 5blank, 2blank, 6blank, type"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("the names are %s, expected %s", got, want)
	}
	names, _, _ = translate(t, "voix1=5", "voix2v1=")
	if got, want := strings.Join(names, ", "), "popular_vote 1, own:voix2v# 1, type"; got != want {
		t.Errorf("without a second round the names are %s, expected %s", got, want)
	}
}

func TestFindGrowth(t *testing.T) {
	w, err := Parse("xx.yaml", []byte(wikiText))
	if err != nil {
		t.Fatal(err)
	}
	schemastest.HoldsGrowth(t, func(n int) func() {
		b := &schemas.Infobox{Fields: []schemas.Field{{Key: strings.Repeat("1a", n/2), Text: "5"}}}
		return func() { w.Template("Ficha").Translate(b) }
	})
}

// FuzzParse holds that a wiki file is either read or has problems in lines that it has.
func FuzzParse(f *testing.F) {
	f.Add([]byte(wikiText))
	for _, c := range faults {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		w, err := Parse("x.yaml", content)
		if (w == nil) == (err == nil) {
			t.Fatalf("the wiki is %v, and the error %v", w, err)
		}
		if w != nil {
			for _, template := range w.Templates {
				template.Translate(&schemas.Infobox{Fields: []schemas.Field{{Key: "a1", Text: "1"}}})
			}
		}
	})
}
