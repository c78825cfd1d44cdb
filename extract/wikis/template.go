package wikis

import (
	"slices"
	"strings"
	"unicode"

	"hemicycle/schemas"
	"hemicycle/schemas/digits"
)

// Template is an election box of a wiki.
type Template struct {
	Name string // as the file writes it
	Box  string // the box that it stands for
	Like bool   // its parameters are those of the box
	// English says that it has our names of parameters beside its own.
	English bool

	numbered  map[affixes]*Parameter // by what stands around the number
	plain     map[string]*Parameter
	constants []constant
}

// affixes are what stands before and behind the number of a contender in the name of a parameter.
type affixes struct{ prefix, suffix string }

// Parameter is what a parameter of a wiki is among ours.
type Parameter struct {
	Name   string // as the file writes it
	To     string // the name of ours; "" if it is known and not read
	Before string // the parameter that has the value of the election before, from which the change is computed
	Round  int    // that it is of; 0 for the first, or for the only one
	Part   string // the part of the value that counts: a Part… constant
}

// PartYear says that the year of a date counts.
const PartYear = "year"

// constant is a value that every box of the template has.
type constant struct{ name, text string }

// normalize returns the name of a parameter in the form in which names are compared: in lower case, with one underscore
// between words, and with digits of ASCII.
func normalize(name string) string {
	name = digits.ToASCII(name)
	words := strings.FieldsFunc(name, func(c rune) bool { return c == '_' || unicode.IsSpace(c) })
	return strings.ToLower(strings.Join(words, "_"))
}

// find returns the parameter that a key is, and the number of the contender in it; nil if the file has none.
func (t *Template) find(key string) (p *Parameter, position int) {
	if len(key) > maxNameBytes { // the time grows with the square of the length
		return nil, 0
	}
	key = normalize(key)
	if p = t.plain[key]; p != nil {
		return p, 0
	}
	for end := len(key); end > 0; {
		if !isDigit(key[end-1]) {
			end--
			continue
		}
		start := end
		for start > 0 && isDigit(key[start-1]) {
			start--
		}
		if number := positionOf(key[start:end]); number > 0 {
			if p = t.numbered[affixes{key[:start], key[end:]}]; p != nil {
				return p, number
			}
		}
		end = start
	}
	if t.English {
		if name, position := schemas.ParameterName(key); isTarget(name) && isNumberedTarget(name) == (position > 0) {
			return &Parameter{Name: key, To: name}, position
		}
	}
	return nil, 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// positionOf returns the number of a contender, 0 if the digits are none. A contender has at most four.
func positionOf(figure string) (n int) {
	if len(figure) > 4 || figure[0] == '0' {
		return 0
	}
	for i := range len(figure) {
		n = n*10 + int(figure[i]-'0')
	}
	return n
}

// otherPrefix begins the name of a parameter that is not ours, so that no rule takes it for one that is named alike.
const otherPrefix = "own:"

// Translate sets the fields of a box under our names, beside those of the document. Ignored says which of them are
// known and not read.
func (t *Template) Translate(b *schemas.Infobox) {
	if t.Like {
		return
	}
	found := make([]*Parameter, len(b.Fields))
	for i := range b.Fields {
		found[i], _ = t.find(b.Fields[i].Key)
	}
	b.Translated = slices.Clone(b.Fields)
	rounds := lastRound(b.Fields, found)
	filled := map[target]int{}
	for i := range b.Fields {
		p, position := t.find(b.Fields[i].Key)
		t.translateField(b, i, p, position, rounds, filled)
	}
	nameTurnoutBefore(b, found)
	for round := 1; rounds > 1 && round <= rounds; round++ {
		for _, row := range roundRows {
			label := schemas.Field{Name: row.name(round) + "blank", Text: roundLabels[round-1], Offset: -1}
			label.Key = label.Name
			b.Translated = append(b.Translated, label)
		}
	}
	for _, c := range t.constants {
		b.Translated = append(b.Translated, schemas.Field{Key: c.name, Name: c.name, Text: c.text, Offset: -1})
	}
}

// target is one of our parameters, with its number.
type target struct {
	name     string
	position int
}

// translateField sets the name, number and text of one field. Of several fields for one of our parameters, an empty
// one does not count beside another.
func (t *Template) translateField(
	b *schemas.Infobox, i int, p *Parameter, position, rounds int, filled map[target]int,
) {
	f := &b.Translated[i]
	if p == nil || p.To == "" {
		if f.Name = otherPrefix + f.Name; p != nil {
			ignore(b, i)
		}
		return
	}
	f.Name, f.Position = p.To, position
	if row := rowOf(p.To); rounds > 1 && row != nil {
		f.Name = row.name(max(1, p.Round)) + "data"
	}
	if p.Part == PartYear {
		f.Text = onlyYear(f.Text)
	}
	to := target{f.Name, f.Position}
	before, isFilled := filled[to]
	switch {
	case !isFilled:
		filled[to] = i
	case f.Text == "" || f.Text == b.Translated[before].Text:
		f.Name, f.Position = otherPrefix+p.Name, position
	case b.Translated[before].Text == "":
		b.Translated[before].Name = otherPrefix + normalize(b.Translated[before].Key)
		filled[to] = i
	}
}

// previousTurnout is the name of the turnout of the election before. No rule reads it: the change is computed from it.
const previousTurnout = "previous_turnout"

// nameTurnoutBefore names the field with the turnout of the election before.
func nameTurnoutBefore(b *schemas.Infobox, found []*Parameter) {
	for _, p := range found {
		if p == nil || p.Before == "" {
			continue
		}
		for k := range b.Fields {
			if normalize(b.Fields[k].Key) == p.Before {
				b.Translated[k].Name = previousTurnout
				ignore(b, k)
			}
		}
		return
	}
}

// ignore notes that a field is known and that no rule reads it.
func ignore(b *schemas.Infobox, i int) {
	if b.Ignored == nil {
		b.Ignored = map[int]bool{}
	}
	b.Ignored[i] = true
}

// lastRound returns the last round of which a field has a value.
func lastRound(fields []schemas.Field, found []*Parameter) int {
	last := 1
	for i, p := range found {
		if p != nil && p.Round > last && strings.ContainsFunc(fields[i].Text, unicode.IsDigit) {
			last = p.Round
		}
	}
	return last
}

// The rows of one's own, as Infobox election has them, in which the figures of rounds are read.
type roundRow struct {
	parameter string
	first     int
}

var roundRows = []roundRow{{"popular_vote", 1}, {"percentage", 5}}

var roundLabels = [maxRound]string{"First round", "Second round", "Third round", "Fourth round"}

// name returns the number with which the parameters of the row begin.
func (r *roundRow) name(round int) string { return string(rune('0' + r.first + round - 1)) }

func rowOf(parameter string) *roundRow {
	for i := range roundRows {
		if roundRows[i].parameter == parameter {
			return &roundRows[i]
		}
	}
	return nil
}

// onlyYear returns the one year in a text, and the text itself if it has none or several.
func onlyYear(text string) string {
	plain := digits.ToASCII(text)
	year := ""
	for i := 0; i < len(plain); {
		if !isDigit(plain[i]) {
			i++
			continue
		}
		start := i
		for i < len(plain) && isDigit(plain[i]) {
			i++
		}
		if i-start != 4 {
			continue
		}
		if year != "" && year != plain[start:i] {
			return text
		}
		year = plain[start:i]
	}
	if year == "" {
		return text
	}
	return year
}
