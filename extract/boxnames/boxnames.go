// Package boxnames knows the names of the election boxes and finds where a text may name one, at the speed at which
// memory is read.
//
// Start with Known, which returns the names that need no pipeline file, and NewSearch.
package boxnames

import (
	"fmt"
	"maps"
	"strings"
	"unicode/utf8"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// Names maps each name of an election box, as MediaWiki resolves it, to the template that it redirects to.
type Names map[string]string

// known has the names that are known without a pipeline file, first letter in upper case. Sources: the documentation of
// the two templates, and the redirects seen in copies of it.
var known = Names{
	"Infobox election":             schemas.GeneralBox,
	"Infobox Election":             schemas.GeneralBox,
	"Infobox legislative election": schemas.LegislativeBox,
	"Infobox Legislative election": schemas.LegislativeBox,
	"Infobox Legislative Election": schemas.LegislativeBox,
}

// Known returns the names that are known without a pipeline file. The caller may change the result.
func Known() Names { return maps.Clone(known) }

// With returns the names and further ones, which may be written as an editor would write them: with spaces or
// underscores, and with a first letter in either case.
func (names Names) With(further map[string]string) Names {
	all := maps.Clone(names)
	for name, template := range further {
		all[Normalize(name)] = template
	}
	return all
}

// CheckName returns an error if no template can have a name, so that it is that of no box on any page.
func CheckName(name string) error {
	switch i := strings.IndexAny(name, document.NotInTitles); {
	case i >= 0:
		char, _ := utf8.DecodeRuneInString(name[i:])
		return fmt.Errorf("no template can have the name %.100q: expected one without the character %c", name, char)
	case Normalize(name) == "":
		return fmt.Errorf("the name %.100q names no template: expected one such as Infobox Elections", name)
	case len(Normalize(name)) > document.MaxNameBytes:
		return fmt.Errorf("no template can have the name %.100q: expected one of at most %d bytes", name,
			document.MaxNameBytes)
	}
	return nil
}

// Normalize returns a name as MediaWiki resolves it: without the namespace, with single spaces and its first letter in
// upper case.
func Normalize(name string) string {
	name = strings.TrimSpace(name)
	if strings.HasPrefix(name, "#") { // a function of the parser: #if
		return strings.Join(strings.Fields(name), " ")
	}
	if strings.IndexByte(name, ':') >= 0 {
		title := schemas.CanonicalTitle(name)
		if namespace, rest, _ := strings.Cut(title, ":"); strings.EqualFold(strings.TrimSpace(namespace), "template") {
			name = rest
		}
	}
	return schemas.CanonicalTitle(name)
}
