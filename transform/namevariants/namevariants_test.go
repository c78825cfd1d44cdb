package namevariants

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// namesOf returns the names of parties, numbered from 1.
func namesOf(parties ...string) []PartyName {
	e := &schemas.Election{}
	for i, party := range parties {
		e.Contenders = append(e.Contenders, schemas.Contender{Position: i + 1, Party: party})
	}
	return PartyNames(e)
}

var moroccanParties = []string{
	"Istiqlal Party", "Justice and Development Party (Morocco)", "Popular Movement (Morocco)",
	"National Rally of Independents", "Socialist Union of Popular Forces", "Constitutional Union (Morocco)", "PPS",
}

func TestPartyNames(t *testing.T) {
	for _, c := range []struct {
		parties []string
		want    []string // a name with the number of its contender
	}{
		{nil, nil},
		{[]string{"PPS", ""}, nil}, // a name of one word has no variant
		{[]string{"Labour Party"}, []string{"Labour Party/1"}},
		{[]string{"Greens", "Labour Party (Elbonia)"}, []string{"Labour Party/2"}},
		{[]string{"Labour Party (A) (B)"}, []string{"Labour Party (A)/1"}},
		{[]string{"Labour Party", "Labour Party", "Labour Party (UK)"}, []string{"Labour Party/1"}},
		{[]string{"Workers’ Party"}, []string{"Workers' Party/1"}},
		{[]string{"Independent politician", "Independent (A B)"}, nil},
	} {
		var got []string
		for _, n := range namesOf(c.parties...) {
			got = append(got, strings.Join(n.words, " ")+"/"+string(rune('0'+n.Contender.Position)))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.parties, diff)
		}
	}
}

func TestPhrases(t *testing.T) {
	for _, c := range []struct {
		name  string
		text  string
		names []PartyName
		want  []string // a phrase, with ! if it begins a sentence
	}{
		{"no capitals", "it rained all day", nil, nil},
		{"one word", "The Greens won.", nil, nil},
		{"a name", "and the Labour Party won.", nil, []string{"Labour Party"}},
		{"an article is no part", "The Labour Party won.", nil, []string{"Labour Party"}},
		{"small words inside", "and the Party of the Left won.", nil, []string{"Party of the Left"}},
		{"small words at the end", "and the Labour Party of, and", nil, []string{"Labour Party"}},
		{"at the beginning", "Labour Party voters. Green Party: “Blue Party", nil,
			[]string{"Labour Party!", "Green Party!", "Blue Party!"}},
		{"signs part phrases", "Labour Party, Green Party; Blue–Red Party", nil,
			[]string{"Labour Party!", "Green Party", "Red Party"}},
		{"a list", "and Labour Party and Green Party won.", nil,
			[]string{"Labour Party and Green Party", "Labour Party", "Green Party"}},
		{"a list of single words", "and Labour and Greens won.", nil, []string{"Labour and Greens"}},
		{"names of the box are taken out", "and Labour Party and Green Party won.", namesOf("Labour Party"),
			[]string{"Green Party"}},
		{"what is left on both sides", "and Big Red Labour Party Blue Green won.", namesOf("Labour Party"),
			[]string{"Big Red", "Blue Green"}},
		{"a possessive", "and the Labour Party's Green Wing won.", namesOf("Labour Party"), []string{"Green Wing"}},
		{
			"a bare apostrophe", "and the Popular Forces' Green Wing won.", namesOf("Popular Forces"),
			[]string{"Green Wing"},
		},
		{"line ends", "and the People’s\nMovement won.", nil, []string{"People’s\nMovement"}},
		{"other alphabets", "and the Ärzte Ökologie won.", nil, []string{"Ärzte Ökologie"}},
		{"a long run is cut", "and " + strings.Repeat("Aa ", maxWords+3), nil, []string{
			strings.TrimSpace(strings.Repeat("Aa ", maxWords)), "Aa Aa Aa",
		}},
	} {
		var got []string
		for _, p := range Phrases(c.text, c.names) {
			if c.text[p.Offset:p.Offset+len(p.Text)] != p.Text {
				t.Errorf("%s: %q does not stand at %d", c.name, p.Text, p.Offset)
			}
			phrase := p.Text
			if p.beginsSentence {
				phrase += "!"
			}
			got = append(got, phrase)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestVariantOf(t *testing.T) {
	for _, c := range []struct {
		name    string
		parties []string
		prose   string
		want    []string // a variant with the name that it is one of
	}{
		{"the same names", moroccanParties,
			"The Popular Movement and the Constitutional Union gained; the Istiqlal Party won.", nil},
		{"an abbreviation and a name", moroccanParties, "So did the Party of Progress and Socialism.", nil},
		{
			"two names that share a word", moroccanParties,
			"The Constitutional Union and Popular Movement parties gained.", nil,
		},
		{
			"the first word of a sentence", []string{"Labour Party", "Scottish National Party"},
			"After Labour Party voters left, it fell. The Labour Party won. Since National Party voters stayed, " +
				"all was well. Sadly National Party voters left.", nil,
		},
		{
			"possessives", []string{"Labour Party", "Social Democratic Party of Elbonia"},
			"It was the Labour Party's day, and the Social Democratic Party of Elbonia's night.", nil,
		},
		{
			"no party at all",
			[]string{"National Party", "General Party", "Prime Movers", "Union of Representatives", "People's Party"},
			"The General Election of September and Monday brought a Prime Minister, the House of Representatives, " +
				"the National Assembly, the National Parliament, a People's Palace and Next Monday.", nil,
		},
		{
			"other parties",
			[]string{"Labour Party", "Scottish National Party", "Republican Party", "Christian Democratic Union"},
			"The Liberal Party, the British National Party, the Republican Primary, the Green Party and the Social " +
				"Democratic Union stood too.", nil,
		},
		{
			"as near to two parties", []string{"Liberal Party of Elbonia", "Labour Party of Elbonia"},
			"The Communist Party of Elbonia and the Local Party of Elbonia won nothing.", nil,
		},
		{"another listed party's name", []string{"Popular Movement", "People's Movement"},
			"The People's Movement gained.", nil},
		{"a small word", []string{"Union of Workers and Farmers"}, "and the Union of Workers in Farmers lost.", nil},
		{"a number", []string{"Movement for Elbonia One"}, "and the Movement for Elbonia 2007 lost.", nil},
		{"two words", []string{"Justice and Development Party"}, "and the Truth and Progress Party grew.", nil},
		{"only a small word in common", []string{"Union of Workers"}, "and the Unity of Farmers lost.", nil},
		{
			"one word in two translations", moroccanParties,
			"The liberal People’s\nMovement gained, and the Socialist Union of People's Forces lost.",
			[]string{"People’s\nMovement = Popular Movement", "Socialist Union of People's Forces = " +
				"Socialist Union of Popular Forces"},
		},
		{"one word in two spellings", []string{"Labour Party"}, "The Labor Party won.",
			[]string{"Labor Party = Labour Party"}},
		{"a letter more", []string{"Popular Movment"}, "and the Popular Movement won.",
			[]string{"Popular Movement = Popular Movment"}},
		{"short words are not spelled alike", []string{"Left Party"}, "and the Lift Party won.", nil},
		{"nor is a short word and a longer one", []string{"Left Party"}, "and the Lefts Party won.", nil},
		{"words of five letters are", []string{"Green Party"}, "and the Grean Party won.",
			[]string{"Grean Party = Green Party"}},
		{"a middle word of three, with the same letter", []string{"Scottish National Party"},
			"and the Scottish Nation Party won.", []string{"Scottish Nation Party = Scottish National Party"}},
		{"a middle word of three, with another letter", []string{"Scottish National Party"},
			"and the Scottish Federal Party won.", nil},
		{"a word of a long name", moroccanParties, "The Justice and Progress Party grew.",
			[]string{"Justice and Progress Party = Justice and Development Party"}},
		{
			"the first word of a long name, with the same letter", []string{"Justice and Development Party"},
			"and the Joy and Development Party grew.",
			[]string{"Joy and Development Party = Justice and Development Party"},
		},
		{"the first word of a long name, with another letter", []string{"Justice and Development Party"},
			"and the Truth and Development Party grew.", nil},
		{"the first word of a sentence and of a long name", []string{"Justice and Development Party"},
			"Joy and Development Party voters stayed.", nil},
	} {
		names := namesOf(c.parties...)
		var got []string
		for _, p := range Phrases(c.prose, names) {
			if n := VariantOf(p, names); n != nil {
				got = append(got, p.Text+" = "+strings.Join(n.words, " "))
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestTranslations holds that each word stands in one group, in lower case, so that a lookup finds it.
func TestTranslations(t *testing.T) {
	group := map[string]int{}
	for i, words := range translations {
		for _, w := range words {
			if before, found := group[w]; found {
				t.Errorf("%q stands in the groups %d and %d", w, before, i)
			}
			if group[w] = i; w != strings.ToLower(w) || foldApostrophe(w) != w {
				t.Errorf("%q is not written as words are compared", w)
			}
		}
	}
}

// TestHostileText holds that reading hostile prose takes memory in proportion to it, whatever names the box has.
func TestHostileText(t *testing.T) {
	names := namesOf("Aa Aa Aa Bb", "Popular Movement", "Aa of of of Aa")
	for _, unit := range []string{"Aa ", "Popular Movement ", "Aa and Bb of the ", "Aa of of of of ", "A."} {
		t.Run(unit, func(t *testing.T) {
			schemastest.HoldsGrowth(t, func(n int) func() {
				text := strings.Repeat(unit, n/len(unit))
				return func() {
					for _, p := range Phrases(text, names) {
						VariantOf(p, names)
					}
				}
			})
		})
	}
}

// TestNextWord compares the words of a text with those that a pattern finds.
func TestNextWord(t *testing.T) {
	pattern := regexp.MustCompile(`[\pL\pN][\pL\pN'’-]*`)
	letters := rapid.SampledFrom([]rune("aZé国Ⅷ3'’- .-\n,ß́(ı"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(letters).Draw(t, "text")
		var got []string
		want := pattern.FindAllString(text, -1)
		for start, end := nextWord(text, 0); start < end; start, end = nextWord(text, end) {
			got = append(got, text[start:end])
		}
		if !slices.Equal(want, got) {
			t.Fatalf("%q: words %q, expected %q", text, got, want)
		}
	})
}
