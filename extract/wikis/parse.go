package wikis

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"

	"hemicycle/extract/boxnames"
	"hemicycle/schemas"
	"hemicycle/schemas/yamlfile"
)

// Limits of a wiki file, which no real one comes near.
const (
	maxTemplates  = 100
	maxParameters = 1000
	maxNameBytes  = 255 // of a parameter
)

// fileReader reads one wiki file.
type fileReader struct {
	yamlfile.Reader
	wiki *Wiki
}

// Parse reads a wiki file strictly, as a pipeline file is read: what it does not know is a problem with its line and
// column. The error joins all of them.
func Parse(file string, content []byte) (*Wiki, error) {
	digest := sha256.Sum256(content)
	r := &fileReader{
		Reader: yamlfile.Reader{
			File: file, Kind: "wiki", Expects: "the keys wiki, locale and templates", Depth: "five", HasWords: true,
		},
		wiki: &Wiki{Digest: hex.EncodeToString(digest[:]), Templates: map[string]*Template{}, Shows: map[string]Show{}},
	}
	if err := r.Read(content, r.file); err != nil {
		return nil, err
	}
	return r.wiki, nil
}

// file reads the keys of the file.
func (r *fileReader) file(n ast.Node) {
	r.Section(n, "the wiki file", []yamlfile.Key{
		{Name: "wiki", Required: true, Read: r.readNames},
		{Name: "locale", Read: r.readLocale},
		{Name: "without", Read: func(n ast.Node) { r.wiki.Without = r.Text(n, "without") }},
		{Name: "templates", Read: r.readTemplates},
		{Name: "shows", Read: r.readShows},
	})
	switch w := r.wiki; {
	case w.Without != "" && len(w.Templates) > 0:
		r.Problem(n, "without and templates: expected one of them, since without says that no box can be read")
	case w.Without == "" && len(w.Templates) == 0:
		r.Problem(n, "the wiki file has no key templates: expected the names of the election boxes")
	case w.Without == "" && w.Locale == "" && w.Own == nil:
		r.Problem(n, "the wiki file has no key locale: expected the name of one, such as tr, or the locale itself")
	}
}

// readNames reads one name of a database, or a list of them.
func (r *fileReader) readNames(n ast.Node) {
	read := func(n ast.Node) {
		name := r.Text(n, "wiki")
		if strings.ContainsFunc(name, func(c rune) bool { return unicode.IsSpace(c) || c == '/' || c == ':' }) {
			r.Problem(n, "wiki: expected the name of a database, such as trwiki, found %q", name)
		}
		if name != "" && !slices.Contains(r.wiki.Names, name) {
			r.wiki.Names = append(r.wiki.Names, name)
		}
	}
	if _, isList := n.(*ast.SequenceNode); isList {
		r.List(n, "wiki", read)
		return
	}
	read(n)
}

// readLocale reads the name of a locale, or keeps the locale that is declared in its place.
func (r *fileReader) readLocale(n ast.Node) {
	if _, isMapping := n.(*ast.MappingNode); isMapping {
		r.wiki.Own = &yamlfile.Section{File: r.File, Node: n}
		return
	}
	r.wiki.Locale = r.Text(n, "locale")
	r.wiki.LocaleLine, r.wiki.LocaleColumn = n.GetToken().Position.Line, n.GetToken().Position.Column
}

func (r *fileReader) readTemplates(n ast.Node) {
	r.Entries(n, "templates", func(name string, at, value ast.Node) {
		if err := boxnames.CheckName(name); err != nil {
			r.Problem(at, "templates: %v", err)
			return
		}
		if len(r.wiki.Templates) == maxTemplates {
			r.Problem(at, "templates: expected at most %d", maxTemplates)
			return
		}
		r.readTemplate(name, at, value)
	})
}

// boxes are the templates that others can stand for.
var boxes = []string{schemas.GeneralBox, schemas.LegislativeBox}

// readTemplate reads the declaration of one template.
func (r *fileReader) readTemplate(name string, at, value ast.Node) {
	t := &Template{Name: name, numbered: map[affixes]*Parameter{}, plain: map[string]*Parameter{}}
	box := func(key string) func(ast.Node) {
		return func(n ast.Node) {
			if t.Box != "" {
				r.Problem(n, "%s: expected one of like and as", name)
			}
			t.Box, t.Like = r.Text(n, key), key == "like"
			if t.Box != "" && !slices.Contains(boxes, t.Box) {
				r.Unknown(n, "box", t.Box, boxes)
			}
		}
	}
	r.Section(value, "the template "+name, []yamlfile.Key{
		{Name: "like", Read: box("like")},
		{Name: "as", Read: box("as")},
		{Name: "parameters", Read: func(n ast.Node) { r.readParameters(t, n) }},
		{Name: "english", Read: func(n ast.Node) {
			b, isBoolean := n.(*ast.BoolNode)
			if t.English = isBoolean && b.Value; !isBoolean {
				r.Problem(n, "english: expected true or false, found %s", yamlfile.KindOf(n))
			}
		}},
		{Name: "ignore", Read: func(n ast.Node) { r.readIgnored(t, n) }},
		{Name: "constant", Read: func(n ast.Node) { r.readConstants(t, n) }},
	})
	if t.Box == "" {
		r.Problem(at, "the template %s has no key like or as: expected the box that it stands for", name)
	}
	if !t.Like && t.Box != "" && len(t.numbered)+len(t.plain) == 0 {
		r.Problem(at, "the template %s has no parameters: expected like if they are those of the box", name)
	}
	r.wiki.Templates[boxnames.Normalize(name)] = t
}

// addParameter adds a parameter under its name, in which # is the number of the contender.
func (r *fileReader) addParameter(t *Template, name string, at ast.Node, p *Parameter) {
	key, err := keyOf(name)
	if err != nil {
		r.Problem(at, "%v", err)
		return
	}
	if len(t.numbered)+len(t.plain) == maxParameters {
		r.Problem(at, "the template %s: expected at most %d parameters", t.Name, maxParameters)
		return
	}
	p.Name = name
	prefix, suffix, isNumbered := strings.Cut(key, "#")
	where := affixes{prefix, suffix}
	if t.numbered[where] != nil && isNumbered || t.plain[key] != nil && !isNumbered {
		r.Problem(at, "the parameter %s stands twice, once in another form of its letters or signs", name)
	}
	if isNumbered {
		t.numbered[where] = p
	} else {
		t.plain[key] = p
	}
}

// keyOf returns the name of a parameter in the form in which names are compared.
func keyOf(name string) (string, error) {
	key := normalize(name)
	switch {
	case key == "" || key == "#":
		return "", fmt.Errorf("%q is no name of a parameter: expected letters, with # for the number of the contender", name)
	case len(key) > maxNameBytes:
		return "", fmt.Errorf("the name of a parameter has %d bytes: expected at most %d", len(key), maxNameBytes)
	case strings.Count(key, "#") > 1:
		return "", fmt.Errorf("%q has more than one #: expected one, for the number of the contender", name)
	case strings.ContainsAny(key, "|={}[]<>"):
		return "", fmt.Errorf("%q is no name of a parameter: expected none of | = { } [ ] < >", name)
	}
	return key, nil
}

func (r *fileReader) readParameters(t *Template, n ast.Node) {
	r.Entries(n, "parameters", func(name string, at, value ast.Node) {
		p := &Parameter{}
		if _, isMapping := value.(*ast.MappingNode); isMapping {
			r.readParameter(p, name, value)
		} else {
			p.To = r.readTarget(value, name)
		}
		if isNumbered := strings.Contains(name, "#"); p.To != "" && isNumbered != isNumberedTarget(p.To) {
			expected := "a name with #, since %s is a parameter of each contender"
			if isNumbered {
				expected = "a name without #, since %s is a parameter of the whole election"
			}
			r.Problem(at, "%s: expected "+expected, name, p.To)
		}
		r.addParameter(t, name, at, p)
	})
}

// readParameter reads {to: turnout, before: participación_ant}.
func (r *fileReader) readParameter(p *Parameter, name string, n ast.Node) {
	r.Section(n, "the parameter "+name, []yamlfile.Key{
		{Name: "to", Required: true, Read: func(n ast.Node) { p.To = r.readTarget(n, name) }},
		{Name: "before", Read: func(n ast.Node) {
			key, err := keyOf(r.Text(n, "before"))
			if err != nil {
				r.Problem(n, "before: %v", err)
			}
			p.Before = key
		}},
		{Name: "round", Read: func(n ast.Node) { p.Round = r.readRound(n) }},
		{Name: "part", Read: func(n ast.Node) {
			if p.Part = r.Text(n, "part"); p.Part != "" && p.Part != PartYear {
				r.Unknown(n, "part", p.Part, []string{PartYear})
			}
		}},
	})
	if p.Before != "" && p.To != "turnout" {
		r.Problem(n, "%s: before is of turnout alone, whose change is computed from it", name)
	}
	if p.Round > 0 && p.To != "popular_vote" && p.To != "percentage" {
		r.Problem(n, "%s: round is of popular_vote and percentage alone", name)
	}
}

// maxRound is the last round that a box of any wiki has parameters for.
const maxRound = 4

func (r *fileReader) readRound(n ast.Node) int {
	number, isInteger := n.(*ast.IntegerNode)
	if isInteger {
		if round, ok := number.Value.(uint64); ok && round >= 2 && round <= maxRound {
			return int(round)
		}
	}
	r.Problem(n, "round: expected a number from 2 to %d, found %s", maxRound, yamlfile.KindOf(n))
	return 0
}

// readTarget reads the name of one of our parameters.
func (r *fileReader) readTarget(n ast.Node, what string) string {
	to := r.Text(n, what)
	if to != "" && !isTarget(to) {
		r.Unknown(n, "parameter", to, targets())
		return ""
	}
	return to
}

func (r *fileReader) readIgnored(t *Template, n ast.Node) {
	r.List(n, "ignore", func(n ast.Node) {
		if name := r.Text(n, "ignore"); name != "" {
			r.addParameter(t, name, n, &Parameter{})
		}
	})
}

func (r *fileReader) readConstants(t *Template, n ast.Node) {
	r.Entries(n, "constant", func(name string, at, value ast.Node) {
		switch {
		case !isTarget(name):
			r.Unknown(at, "parameter", name, targets())
		case isNumberedTarget(name):
			r.Problem(at, "constant: %s is a parameter of each contender: expected one of the whole election", name)
		default:
			t.constants = append(t.constants, constant{name, r.Text(value, name)})
		}
	})
}

func (r *fileReader) readShows(n ast.Node) {
	var names []string
	for _, s := range shows {
		names = append(names, string(s))
	}
	r.Entries(n, "shows", func(show string, at, value ast.Node) {
		if !slices.Contains(names, show) {
			r.Unknown(at, "kind of display", show, names)
			return
		}
		r.List(value, show, func(n ast.Node) {
			name := strings.ToLower(boxnames.Normalize(r.Text(n, show)))
			if before, twice := r.wiki.Shows[name]; twice {
				r.Problem(n, "the template %s stands twice, first under %s", name, before)
			}
			r.wiki.Shows[name] = Show(show)
		})
	})
}
