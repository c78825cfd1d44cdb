// Package boxnames knows the names of the election boxes and finds, at memory speed, where a text may name one.
//
// Start with Known, the names that need no pipeline file, and NewSearch.
package boxnames

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"hemicycle/extract/document"
)

// Names is the names of election boxes and what they redirect to.
type Names map[string]string

// Known is the names that are known, as MediaWiki resolves them: first letter upper case. Sources: the
// documentation of the two templates, and the redirects seen in copies of it.
var Known = Names{
	"Infobox election":             "Infobox election",
	"Infobox Election":             "Infobox election",
	"Infobox legislative election": "Infobox legislative election",
	"Infobox Legislative election": "Infobox legislative election",
	"Infobox Legislative Election": "Infobox legislative election",
}

// All is the names of election boxes and further ones, each with its template.
func All(further map[string]string) map[string]string { return maps.Clone(Known.With(further)) }

// With is the names and further ones; spaces, underscores and the first letter are as one writes them.
func (names Names) With(further map[string]string) Names {
	if len(further) == 0 {
		return names
	}
	all := maps.Clone(names)
	for name, box := range further {
		all[Normalize(name)] = box
	}
	return all
}

// Normalize is a name without the namespace, with single spaces, its first letter upper case.
func Normalize(name string) string {
	if plain, ok := document.PlainText(name); ok && plain != "" && plain[0] < utf8.RuneSelf && strings.IndexByte(plain, '_') < 0 && strings.IndexByte(plain, ':') < 0 {
		if plain[0] < 'a' || plain[0] > 'z' {
			return plain
		}
		return string(plain[0]-'a'+'A') + plain[1:]
	}
	name = strings.TrimSpace(strings.ReplaceAll(name, "_", " "))
	name = strings.TrimSpace(strings.TrimPrefix(name, ":"))
	if len(name) > 9 && strings.EqualFold(name[:9], "template:") {
		name = strings.TrimSpace(name[9:])
	}
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}
