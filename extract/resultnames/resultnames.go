// Package resultnames knows the names of the templates that show results, and finds where a text may name one, at the
// speed at which memory is read.
//
// Start with Lookup, which says what a template is, and with Next, which finds the place where one may be named.
package resultnames

import (
	"strings"
	"unsafe"

	"hemicycle/schemas/resulttables"
)

// Role is what a template does in a table of results.
type Role int

// The roles.
const (
	None  Role = iota
	Whole      // the template is the whole table
	Begin      // it begins a table
	Row        // it is a row of one
	End        // it ends one
	Other      // it is of a family that is not read
)

// family is a family of templates, by the words with which the names of all of them begin, in lower case.
type family struct {
	prefix string
	name   string // a constant of package resulttables; of a family that is not read, its name
	isRead bool
}

// families are in the order in which they are tried. Sources: the documentation of the templates, and
// https://en.wikipedia.org/wiki/Category:Election_result_templates.
var families = []family{
	{prefix: "election results", name: resulttables.ElectionResults, isRead: true},
	{prefix: "election box", name: resulttables.ElectionBox, isRead: true},
	{prefix: "election summary", name: resulttables.ElectionSummary, isRead: true},
	{prefix: "ams election box", name: "AMS election box"},
	{prefix: "stv election box", name: "STV Election box"},
	{prefix: "compact election box", name: "Compact election box"},
	{prefix: "canelec", name: "CANelec"},
}

// Lookup returns the family of a template, by its name as MediaWiki resolves it, and its role.
func Lookup(name string) (familyName string, role Role) {
	for i := range families {
		f := &families[i]
		if len(name) < len(f.prefix) || !strings.EqualFold(name[:len(f.prefix)], f.prefix) {
			continue
		}
		rest := strings.ToLower(name[len(f.prefix):])
		if rest != "" && rest[0] != ' ' && rest[0] != '/' {
			continue
		}
		return f.name, f.role(strings.Fields(rest))
	}
	return "", None
}

// role returns the role of a template, by the words of its name behind those of its family.
func (f *family) role(words []string) Role {
	switch {
	case !f.isRead:
		return Other
	case f.name == resulttables.ElectionResults:
		if len(words) == 0 {
			return Whole
		}
		return Other
	case len(words) == 0:
		return Other
	case words[0] == "end":
		return End
	}
	for _, word := range words {
		if word == "begin" {
			return Begin
		}
	}
	return Row
}

// EndsTable reports whether a template of no family ends any table: it shows |}.
func EndsTable(name string) bool { return name == "End" || name == "S-end" }

// Contains reports whether a text may name a template that begins a table of results.
func Contains(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	return Next(unsafe.String(&text[0], len(text)), 0) < len(text)
}

// namespacePrefix may stand before the name of a template.
const namespacePrefix = "template:"

// Next returns the offset of the first braces at from or later behind which a template of a family may be named, or the
// length of the text if there is none. The text is wikitext, as it is or as it is written in XML. A name is found with
// any first letter and any blanks in it; a comment inside it hides it.
func Next(text string, from int) int {
	for at := from; at < len(text); {
		k := strings.Index(text[at:], "{{")
		if k < 0 {
			break
		}
		at += k
		end := at + len("{{")
		for end < len(text) && text[end] == '{' {
			end++
		}
		if mayBeNamed(text[end:]) {
			return at
		}
		at = end
	}
	return len(text)
}

// mayBeNamed reports whether a text begins with the name of a family, or with a comment, which may be before one.
func mayBeNamed(text string) bool {
	text = strings.TrimLeft(text, " _\t\r\n:")
	if text == "" {
		return false
	}
	switch text[0] | 0x20 {
	case '<' | 0x20, '&' | 0x20:
		return strings.HasPrefix(text, "<!--") || strings.HasPrefix(text, "&lt;!--")
	case 't':
		if len(text) < len(namespacePrefix) || !strings.EqualFold(text[:len(namespacePrefix)], namespacePrefix) {
			return false
		}
		return mayBeNamed(text[len(namespacePrefix):])
	case 'e', 'a', 's', 'c':
	default:
		return false
	}
	for i := range families {
		if hasName(text, families[i].prefix) {
			return true
		}
	}
	return false
}

// hasName reports whether a text begins with a name, in any case and with any blanks between its words.
func hasName(text, name string) bool {
	i := 0
	for k := 0; k < len(name); k++ {
		if name[k] != ' ' {
			if i == len(text) || lower(text[i]) != name[k] {
				return false
			}
			i++
			continue
		}
		start := i
		for i < len(text) && strings.IndexByte(" _\t\r\n", text[i]) >= 0 {
			i++
		}
		if i == start {
			return false
		}
	}
	return true
}

// lower returns a letter of ASCII in lower case.
func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	return c
}
