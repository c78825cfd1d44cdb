// Package places finds out which country, and which part of it, a label or a title names.
//
// Start with OfLabel, which reads the whole of a text, and AtStart, which reads the beginning of a title. A name that
// several places have gives all of them, and it is for the caller to choose by other evidence or not at all.
package places

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Place is a country, a part of it or a city in it.
type Place struct {
	Code        string // ISO 3166-1 alpha-3, or ISO 3166-3 for a state that is no more; "" for one without a code
	Subdivision string // the largest part of the country in which the place is; "" for the country itself
	Scope       Scope
}

// Scope is what kind of place a name is that of.
type Scope int

// The scopes. A Territory has a code of its own and is no sovereign state.
const (
	Country Scope = iota
	Territory
	Part
	City
)

var (
	//go:embed countries.txt
	countriesText string
	//go:embed subdivisions.txt
	subdivisionsText string
	//go:embed cities.txt
	citiesText string
)

// gazetteer has the places by their names, as Fold writes them.
type gazetteer struct {
	names      map[string][]Place // nouns, which a label and the words behind "in" can be
	adjectives map[string][]Place // what alone begins a title
	longest    int                // how many words the longest name has
	countries  []Place            // the countries and territories of today
}

// gazetteerOnce makes the gazetteer of English names once, on first use.
var gazetteerOnce = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{names: map[string][]Place{}, adjectives: map[string][]Place{}}
	for line := range dataLines(countriesText) {
		columns := strings.Split(line, "|")
		p := Place{Code: strings.TrimLeft(columns[0], "~!")}
		if strings.Contains(columns[0], "~") {
			p.Scope = Territory
		}
		if p.Code == "-" {
			p.Code = ""
		}
		if p.Code != "" && !strings.HasPrefix(line, "!") {
			g.countries = append(g.countries, p)
		}
		for name := range strings.SplitSeq(columns[1], ";") {
			g.add(g.names, name, p)
		}
		for name := range strings.SplitSeq(columns[2], ";") {
			g.add(g.adjectives, name, p)
		}
	}
	for line := range dataLines(subdivisionsText) {
		code, parts, _ := strings.Cut(line, "|")
		for part := range strings.SplitSeq(parts, ";") {
			name, others, _ := strings.Cut(part, "=")
			p := Place{Code: code, Subdivision: name, Scope: Part}
			g.add(g.names, name, p)
			for other := range strings.SplitSeq(strings.ReplaceAll(others, `\,`, "\x00"), ",") {
				g.add(g.names, strings.ReplaceAll(other, "\x00", ","), p)
			}
		}
	}
	for line := range dataLines(citiesText) {
		columns := strings.Split(line, "|")
		for name := range strings.SplitSeq(columns[2], ";") {
			g.add(g.names, strings.ReplaceAll(name, `\,`, ","), Place{Code: columns[0], Subdivision: columns[1], Scope: City})
		}
	}
	return g
})

// dataLines yields the lines of a table that are no remarks.
func dataLines(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// add adds a place under a name.
func (g *gazetteer) add(to map[string][]Place, name string, p Place) {
	name = Fold(name)
	if name == "" || slices.Contains(to[name], p) {
		return
	}
	to[name] = append(to[name], p)
	g.longest = max(g.longest, 1+strings.Count(name, " "))
}

// maxText bounds the texts that are read: no name of a place or an election is longer.
const maxText = 300

// Fold returns a text as the names of places are compared: in lower case, with single spaces, straight apostrophes and
// plain hyphens. It returns "" for a text that is too long to be a name.
func Fold(text string) string {
	if len(text) > maxText {
		return ""
	}
	return strings.ToLower(strings.Join(strings.Fields(folder.Replace(text)), " "))
}

var folder = strings.NewReplacer("’", "'", "–", "-", "—", "-", "‑", "-", "_", " ")

// realms are the words before the name of a country that say what kind of state it is.
var realms = []string{
	"the ", "republic of ", "kingdom of ", "empire of ", "state of ", "dominion of ", "commonwealth of ",
	"principality of ", "people's republic of ", "socialist republic of ", "islamic republic of ",
	"democratic republic of ", "federal republic of ", "first republic of ", "second republic of ",
	"provisional government of ",
}

// former are the states whose names would lead to a place of today, and that were other places.
var former = map[string]bool{
	"kingdom of ireland": true, "kingdom of great britain": true, "empire of china": true,
	"democratic republic of georgia": true, "republic of vietnam": true, "state of vietnam": true,
	"democratic republic of vietnam": true, "kingdom of georgia": true, "republic of hawaii": true,
}

// OfLabel returns the places of which a text is the name: the label of a flag, or what stands in brackets behind a
// title. lang is the language of the wiki, in which the text may name a country too.
func OfLabel(text, lang string) []Place {
	name := Fold(text)
	if name == "" || former[name] {
		return nil
	}
	g := gazetteerOnce()
	if found := g.names[name]; found != nil {
		return found
	}
	for _, realm := range realms {
		if rest, ok := strings.CutPrefix(name, realm); ok {
			rest = strings.TrimPrefix(rest, "the ")
			found := g.names[rest]
			if len(found) > 0 && found[0].Scope != City && (found[0].Scope == Country || realm == "the ") {
				return found
			}
		}
	}
	if found := ofCity(g, name); found != nil {
		return found
	}
	return namesIn(lang)[name]
}

// ofCity returns the place of a city that is named with its state or its country: "Springfield, Illinois".
func ofCity(g *gazetteer, name string) []Place {
	city, outer, ok := strings.Cut(name, ", ")
	if !ok || city == "" {
		return nil
	}
	return citiesIn(g.names[outer])
}

// citiesIn returns the places of a city in each of some places.
func citiesIn(outer []Place) []Place {
	found := slices.Clone(outer)
	for i := range found {
		found[i].Scope = City
	}
	return found
}

// AtStart returns the places with the longest name at the beginning of a folded title, and how many of its words that
// name has. isAdjective says that it is no noun, as in "Moroccan". A name with 's is read, too.
func AtStart(words []string) (found []Place, n int, isAdjective bool) {
	g := gazetteerOnce()
	for n = min(g.longest, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		if found = g.names[name]; found != nil {
			return found, n, g.adjectives[name] != nil
		}
		if found = g.adjectives[name]; found != nil {
			return found, n, true
		}
		if owner, ok := strings.CutSuffix(name, "'s"); ok && g.names[owner] != nil {
			return g.names[owner], n, false
		}
	}
	// A city with its state: "springfield, illinois mayoral".
	for i := range min(4, len(words)) {
		if !strings.HasSuffix(words[i], ",") {
			continue
		}
		rest := words[i+1:]
		for k := min(g.longest, len(rest)); k > 0; k-- {
			if outer := g.names[strings.Join(rest[:k], " ")]; outer != nil {
				return citiesIn(outer), i + 1 + k, false
			}
		}
		break
	}
	return nil, 0, false
}

var (
	languagesLock sync.Mutex
	// languages has the names of countries in the languages of the wikis that were read.
	languages = map[string]map[string][]Place{}
)

// maxLanguages bounds the languages whose names are kept.
const maxLanguages = 400

// namesIn returns the countries by their names in a language, as the Unicode Consortium collects them (CLDR).
func namesIn(lang string) map[string][]Place {
	if lang == "" || lang == "en" || lang == "simple" {
		return nil
	}
	languagesLock.Lock()
	defer languagesLock.Unlock()
	if names, ok := languages[lang]; ok {
		return names
	}
	names := map[string][]Place{}
	if tag, err := language.Parse(lang); err == nil {
		if namer := display.Regions(tag); namer != nil {
			for _, p := range gazetteerOnce().countries {
				region, err := language.ParseRegion(p.Code)
				if err != nil {
					continue
				}
				if name := Fold(namer.Name(region)); name != "" && !slices.Contains(names[name], p) {
					names[name] = append(names[name], p)
				}
			}
		}
	}
	if len(languages) < maxLanguages {
		languages[lang] = names
	}
	return names
}

// IsCode reports whether a code is that of a country or a territory of today.
func IsCode(code string) bool {
	return slices.ContainsFunc(gazetteerOnce().countries, func(p Place) bool { return p.Code == code })
}
