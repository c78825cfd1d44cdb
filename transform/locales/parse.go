package locales

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"hemicycle/schemas/yamlfile"
)

// Limits of a locale, which no real one comes near.
const (
	maxWords       = 200
	maxWordLetters = 60
)

// fileReader reads one locale.
type fileReader struct {
	yamlfile.Reader
	l     *Locale
	count int // of words

	months [][2]string // of all calendars, with the English ones
}

func newFileReader(file string) *fileReader {
	return &fileReader{
		Reader: yamlfile.Reader{
			File: file, Kind: "locale", Expects: "the keys locale, decimal and months", Depth: "three", HasWords: true,
		},
		l: &Locale{
			decimal: '.', rows: map[string]string{}, absent: map[string]bool{},
			statuses: map[string]string{},
		},
	}
}

// Parse reads the file of a locale strictly. The error joins all problems of it.
func Parse(file string, content []byte) (*Locale, error) {
	r := newFileReader(file)
	if err := r.Read(content, r.file); err != nil {
		return nil, err
	}
	return r.l, nil
}

// ParseSection reads a locale that is a part of another file, under a name. The problems are those of that file.
func ParseSection(name string, s *yamlfile.Section) (*Locale, []yamlfile.Problem) {
	r := newFileReader(s.File)
	r.file(s.Node)
	r.l.Name = name
	return r.l, r.Problems
}

// file reads the keys of a locale.
func (r *fileReader) file(n ast.Node) {
	l := r.l
	var tables [][2]string // words that may be in either case, and English ones
	r.Section(n, "the locale", []yamlfile.Key{
		{Name: "locale", Read: func(n ast.Node) {
			l.Name = r.Text(n, "locale")
			l.turkic = l.Name == "tr" || l.Name == "az"
		}},
		{Name: "decimal", Read: func(n ast.Node) { l.decimal = r.sign(n, "decimal") }},
		{Name: "grouping", Read: func(n ast.Node) { l.grouping = r.signs(n, "grouping") }},
		{Name: "percent", Read: func(n ast.Node) { l.percentBefore = r.oneOf(n, "percent", "before", "behind") == "before" }},
		{Name: "date_order", Read: func(n ast.Node) {
			l.dayFirst = r.oneOf(n, "date_order", "day first", "unknown") == "day first"
		}},
		{Name: "calendar", Read: func(n ast.Node) {
			calendar := r.oneOf(n, "calendar", "gregorian", "persian", "buddhist")
			l.solar, l.buddhist = calendar == "persian", calendar == "buddhist"
		}},
		{Name: "eras", Read: r.readEras},
		{Name: "dates", Read: func(n ast.Node) { r.List(n, "dates", r.readPattern) }},
		{Name: "months", Read: r.readMonths},
		{Name: "solar_months", Read: r.readSolarMonths},
		{Name: "words", Read: func(n ast.Node) { tables = r.readWords(n) }},
		{Name: "rows", Read: r.readRows},
		{Name: "absent", Read: func(n ast.Node) {
			r.readList(n, "absent", func(word string) { l.absent[l.lower(word)] = true })
		}},
		{Name: "status", Read: r.readStatus},
	})
	if l.grouping == "" { // not given: the other sign
		l.grouping = strings.Trim(".,", string(l.decimal))
	}
	if strings.ContainsRune(l.grouping, l.decimal) {
		r.Problem(n, "the sign %q is that of decimals and of groups: expected it in one of decimal and grouping", l.decimal)
	}
	l.words, l.months = newWordTable(l, tables), newWordTable(l, r.months)
}

// word checks one word of the language.
func (r *fileReader) word(n ast.Node, what string) string {
	word := strings.Join(strings.Fields(r.Text(n, what)), " ")
	switch r.count++; {
	case word == "":
		return ""
	case utf8.RuneCountInString(word) > maxWordLetters:
		r.Problem(n, "%s: expected a word of at most %d letters", what, maxWordLetters)
		return ""
	case r.count > maxWords*10:
		r.Problem(n, "%s: the locale has more than %d words", what, maxWords*10)
		return ""
	case what != rowsKey && strings.ContainsFunc(word, unicode.IsDigit):
		r.Problem(n, "%s: expected a word without digits, found %q", what, word)
		return ""
	}
	return word
}

// readList reads a list of words, or one word.
func (r *fileReader) readList(n ast.Node, what string, add func(word string)) {
	each := func(n ast.Node) {
		if word := r.word(n, what); word != "" {
			add(word)
		}
	}
	if _, isList := n.(*ast.SequenceNode); !isList {
		each(n)
		return
	}
	r.List(n, what, each)
}

// The signs that can part figures.
const figureSigns = ".,'’ "

func (r *fileReader) sign(n ast.Node, what string) rune {
	s, ok := yamlfile.Scalar(n)
	if ok && utf8.RuneCountInString(s) == 1 && (s == "." || s == ",") {
		return rune(s[0])
	}
	r.Problem(n, `%s: expected "." or ",", found %s`, what, yamlfile.KindOf(n))
	return '.'
}

func (r *fileReader) signs(n ast.Node, what string) string {
	s, ok := yamlfile.Scalar(n)
	if !ok || s == "" || strings.Trim(s, figureSigns) != "" {
		r.Problem(n, "%s: expected some of %q, found %s", what, figureSigns, yamlfile.KindOf(n))
		return ""
	}
	return s
}

func (r *fileReader) oneOf(n ast.Node, what string, expected ...string) string {
	s := r.Text(n, what)
	for _, k := range expected {
		if s == k {
			return s
		}
	}
	if s != "" {
		r.Unknown(n, what, s, expected)
	}
	return ""
}

// monthNames are the names of the months that the readers know.
var monthNames = []string{
	"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
	"December",
}

// readMonths reads twelve names, each one name or several: in the genitive, or short.
func (r *fileReader) readMonths(n ast.Node) {
	r.months = append(r.months, r.readTwelve(n, "months", "")...)
}

// readSolarMonths reads the names of the months of the Persian calendar.
func (r *fileReader) readSolarMonths(n ast.Node) {
	r.months = append(r.months, r.readTwelve(n, "solar_months", solarPrefix)...)
}

// readTwelve reads the names of twelve months. In their places stand the English names, behind a prefix.
func (r *fileReader) readTwelve(n ast.Node, what, prefix string) (table [][2]string) {
	month := 0
	r.List(n, what, func(n ast.Node) {
		if month < len(monthNames) {
			english := prefix + monthNames[month]
			r.readList(n, what, func(word string) { table = append(table, [2]string{word, english}) })
		}
		month++
	})
	if month != len(monthNames) {
		r.Problem(n, "%s: expected twelve, found %d", what, month)
	}
	return table
}

// englishWords are the kinds of words, with the English word that stands in their place.
var englishWords = []struct{ key, english string }{
	{"new", "New"}, {"seats", "seats"}, {"votes", "votes"}, {"percent", "%"}, {"points", "pp"}, {"majority", ""},
	{"part_of", ""}, {"all", "All"}, {"first_round", "first round"}, {"second_round", "second round"},
	{"rise", "▲"}, {"fall", "▼"}, {"steady", "steady"}, {"drop", ""},
}

// readWords reads the words beside figures.
func (r *fileReader) readWords(n ast.Node) (table [][2]string) {
	var keys []yamlfile.Key
	for _, w := range englishWords {
		keys = append(keys, yamlfile.Key{Name: w.key, Read: func(n ast.Node) {
			r.readList(n, w.key, func(word string) {
				switch w.key {
				case "majority":
					r.l.majority = append(r.l.majority, r.l.lower(word))
				case "part_of":
					r.l.parts = append(r.l.parts, r.l.lower(word))
				default:
					table = append(table, [2]string{word, w.english})
				}
			})
		}})
	}
	r.Section(n, "words", keys)
	return table
}

// rowsKey is the key of the labels of rows. They can have digits: 1. tur.
const rowsKey = "rows"

// englishRows are the kinds of rows of one's own, with the English label of each.
var englishRows = []struct{ key, english string }{
	{"votes", "Votes"}, {"percentage", "Percentage"}, {"swing", "Swing"}, {"seats", "Seats"},
	{"first_round", "First round"}, {"second_round", "Second round"},
}

func (r *fileReader) readRows(n ast.Node) {
	var keys []yamlfile.Key
	for _, row := range englishRows {
		keys = append(keys, yamlfile.Key{Name: row.key, Read: func(n ast.Node) {
			r.readList(n, rowsKey, func(word string) { r.l.rows[r.l.lower(word)] = row.english })
		}})
	}
	r.Section(n, rowsKey, keys)
}

func (r *fileReader) readStatus(n ast.Node) {
	var keys []yamlfile.Key
	for _, s := range []struct{ key, english string }{{"ongoing", "yes"}, {"completed", "no"}, {"future", "future"}} {
		keys = append(keys, yamlfile.Key{Name: s.key, Read: func(n ast.Node) {
			r.readList(n, s.key, func(word string) { r.l.statuses[r.l.lower(word)] = s.english })
		}})
	}
	r.Section(n, "status", keys)
}

// readEras reads the names of eras, each with the year before its first.
func (r *fileReader) readEras(n ast.Node) {
	r.Entries(n, "eras", func(name string, at, value ast.Node) {
		offset, ok := value.(*ast.IntegerNode)
		if !ok {
			r.Problem(value, "%s: expected the year before the first of the era, found %s", name, yamlfile.KindOf(value))
			return
		}
		years := 0
		if _, err := fmt.Sscan(offset.GetToken().Value, &years); err != nil || years < -1000 || years > 3000 {
			r.Problem(value, "%s: expected the year before the first of the era, found %s", name, yamlfile.KindOf(value))
		}
		r.l.eras = append(r.l.eras, era{r.l.lower(name), years})
	})
}

// readPattern reads {y}年{m}月{d}日.
func (r *fileReader) readPattern(n ast.Node) {
	text := r.Text(n, "dates")
	p, err := newDatePattern(text)
	if err != nil && text != "" {
		r.Problem(n, "dates: %v", err)
		return
	}
	r.l.patterns = append(r.l.patterns, p)
}
