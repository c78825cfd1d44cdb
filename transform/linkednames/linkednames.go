// Package linkednames tells apart the names that stand together in one value: the parties of a joint list, the leaders
// of a party that has several.
//
// Start with Split. OnlyPage and PageOf are for values that name one thing.
package linkednames

import (
	"regexp"
	"strings"
	"unicode"

	"hemicycle/schemas"
)

// separator matches what stands between two names. A dash separates names only with blanks around it, since names have
// dashes too: Christian-Social.
var separator = regexp.MustCompile(
	`\s*[,;/&+·•|]\s*(?:(?:and|und|et|og|och)\s+)?|\s+[-–—−]\s+|\s+(?:and|und|et|og|och|en|y|e|i|ve|și|и|і)\s+`)

// Split returns the names in a text of which at least two lead to different pages, in their order. It returns nil if
// the text is one name: if it has no two such links, or if other words than names stand between them.
func Split(text string, links []schemas.Link) []schemas.LinkedName {
	if len(links) < 2 {
		return nil
	}
	var names []schemas.LinkedName
	from, next := 0, 0
	for _, border := range borders(text, links) {
		name := schemas.LinkedName{Name: trim(text[from:border.from])}
		inside := 0
		for ; next < len(links) && links[next].At < border.from; next++ {
			if inside++; inside == 1 {
				name.Page, name.PageBasis = links[next].Page, schemas.PageOfLink
			}
		}
		if inside > 1 { // one name links to two pages: what it means cannot be told
			return nil
		}
		if hasLetter(name.Name) {
			names = append(names, name)
		}
		from = border.to
	}
	if !haveSeveralPages(names) {
		return nil
	}
	return names
}

// span is a part of a text.
type span struct{ from, to int }

// borders returns what separates the names of a text, and the end of the text as the last. A link and what stands in
// brackets is not separated.
func borders(text string, links []schemas.Link) []span {
	masked := []byte(text)
	for _, link := range links {
		for i := range len(link.Text) {
			masked[link.At+i] = 'x'
		}
	}
	maskBrackets(masked)
	found := separator.FindAllIndex(masked, -1)
	var all []span
	k := 0
	for i, link := range links {
		for ; k < len(found) && found[k][0] < link.At; k++ {
			all = append(all, span{found[k][0], found[k][1]})
		}
		if i == 0 {
			continue
		}
		before := links[i-1].At + len(links[i-1].Text)
		isSeparated := len(all) > 0 && all[len(all)-1].from >= before
		if gap := string(masked[before:link.At]); !isSeparated && strings.Trim(gap, " -–—−") == "" {
			all = append(all, span{before, link.At})
		}
	}
	for ; k < len(found); k++ {
		all = append(all, span{found[k][0], found[k][1]})
	}
	return append(all, span{len(text), len(text)})
}

// maskBrackets replaces what stands in brackets, with the brackets, by a letter.
func maskBrackets(masked []byte) {
	depth := 0
	for i, c := range masked {
		isOpening, isClosing := c == '(' || c == '[', c == ')' || c == ']'
		if isOpening {
			depth++
		}
		if depth > 0 {
			masked[i] = 'x'
		}
		if isClosing && depth > 0 {
			depth--
		}
	}
}

// trim returns a name without the blanks and the brackets around all of it.
func trim(name string) string {
	name = strings.TrimSpace(name)
	inner, ok := strings.CutPrefix(name, "(")
	if inner, closed := strings.CutSuffix(inner, ")"); ok && closed && !strings.ContainsAny(inner, "()") {
		return strings.TrimSpace(inner)
	}
	return name
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// haveSeveralPages reports whether two names lead to different pages.
func haveSeveralPages(names []schemas.LinkedName) bool {
	first := ""
	for _, name := range names {
		switch {
		case name.Page == "" || name.Page == first:
		case first == "":
			first = name.Page
		default:
			return true
		}
	}
	return false
}

// OnlyPage returns the page that a field leads to, "" if it leads to none or to several.
func OnlyPage(f *schemas.Field) string {
	for _, link := range f.Links {
		if link.Page != f.Page {
			return ""
		}
	}
	return f.Page
}

// PageOf returns the page of a name in a field: that of the link whose text is the name. A link around more or less
// than the name can lead elsewhere: to a list of constituencies, or to a country.
func PageOf(f *schemas.Field, name string) string {
	plain := func(s string) string { return strings.TrimPrefix(strings.ToLower(s), "the ") }
	for _, link := range f.Links {
		if plain(link.Text) == plain(name) {
			return link.Page
		}
	}
	return ""
}
