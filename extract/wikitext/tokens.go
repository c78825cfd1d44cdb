package wikitext

import "strings"

// extensionTags are the tags whose content is not parsed. Source: Special:Version of the English Wikipedia, parser
// extension tags.
var extensionTags = map[string]bool{
	"nowiki": true, "pre": true, "ref": true, "math": true, "gallery": true, "source": true, "syntaxhighlight": true,
	"timeline": true, "score": true, "hiero": true, "templatestyles": true, "mapframe": true, "maplink": true,
	"graph": true, "imagemap": true, "inputbox": true, "poem": true, "chem": true, "ce": true, "categorytree": true,
	"templatedata": true,
}

// IsExtension reports whether a tag of that name encloses content that is not parsed. If nothing closes such a tag,
// MediaWiki shows it as text.
func IsExtension(name string) bool { return extensionTags[name] }

// includeOnly is the tag whose content is not shown on the page itself, but where the page is transcluded. Source:
// https://www.mediawiki.org/wiki/Transclusion#Transclusion_markup. The tags <noinclude> and <onlyinclude> change
// nothing on the page itself.
const includeOnly = "includeonly"

// The parse functions below read what a mark at offset i begins, add it as a node, and return the offset at which
// parsing continues. A mark that begins nothing becomes text.

// The most bytes that the parts of a tag, an entity and a switch may have. What is longer is text, which bounds the
// work on marks that begin nothing.
const (
	maxTagName       = 20
	maxTagAttributes = 2000 // with the > behind them
	maxEndTagSpace   = 100  // white space between the name of an end tag and its >
	maxEntityName    = 32
	maxSwitch        = 40 // with the underscores before it
)

// parseTagOrComment reads what a < begins.
func (p *Parser) parseTagOrComment(i int) int {
	if strings.HasPrefix(p.s[i:], "<!--") {
		return p.parseComment(i)
	}
	return p.parseTag(i)
}

// parseComment reads a comment. One that is not closed reaches to the end of the text.
func (p *Parser) parseComment(i int) int {
	end, closed := len(p.s), false
	if k := strings.Index(p.s[i+len("<!--"):], "-->"); k >= 0 {
		end, closed = i+len("<!--")+k+len("-->"), true
	}
	return p.addLeaf(Node{Kind: Comment, Start: i, End: end, Closed: closed})
}

// parseTag reads a tag, and the content of an extension tag with it.
func (p *Parser) parseTag(i int) int {
	s := p.s
	from := i + 1
	isEndTag := from < len(s) && s[from] == '/'
	if isEndTag {
		from++
	}
	k := from
	for k < len(s) && (isLetter(s[k]) || k > from && isDigit(s[k])) {
		k++
	}
	if n := k - from; n == 0 || n > maxTagName {
		return i + 1
	}
	if k == len(s) || strings.IndexByte(" \t\n\r/>", s[k]) < 0 {
		return i + 1
	}
	end := strings.IndexByte(s[k:min(len(s), k+maxTagAttributes)], '>')
	if end < 0 || strings.IndexByte(s[k:k+end], '<') >= 0 {
		return i + 1
	}
	end += k + 1
	if isEndTag {
		return p.addLeaf(Node{Kind: Tag, Start: i, End: end, Closed: true})
	}
	return p.parseContent(strings.ToLower(s[from:k]), i, end)
}

// parseContent reads what belongs to the start tag of a name that begins at offset i and ends at end: the content of an
// extension tag, and what the page itself does not show.
func (p *Parser) parseContent(name string, i, end int) int {
	isSelfClosing := p.s[end-2] == '/'
	switch {
	case name == includeOnly && !isSelfClosing:
		return p.parseIncludeOnly(i, end)
	case !extensionTags[name] || p.unclosed[i]:
		return p.addLeaf(Node{Kind: Tag, Start: i, End: end})
	case isSelfClosing:
		return p.addLeaf(Node{Kind: Extension, Start: i, End: end, Closed: true})
	}
	after := p.endTag(name, end)
	if after < 0 {
		return p.addLeaf(Node{Kind: Tag, Start: i, End: end})
	}
	return p.addLeaf(Node{Kind: Extension, Start: i, End: after, Closed: true})
}

// parseIncludeOnly reads what the page itself does not show. As in MediaWiki, it reaches to the end of the text if
// nothing closes it.
func (p *Parser) parseIncludeOnly(i, end int) int {
	after := p.endTag(includeOnly, end)
	if after < 0 {
		return p.addLeaf(Node{Kind: Comment, Start: i, End: len(p.s)})
	}
	return p.addLeaf(Node{Kind: Comment, Start: i, End: after, Closed: true})
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// endTag returns the offset behind the end tag of an extension that begins before from, or -1 if there is none.
func (p *Parser) endTag(name string, from int) int {
	if offset, ok := p.withoutEndTag[name]; ok && from >= offset {
		return -1
	}
	s := p.s
	for i := from; ; {
		k := strings.Index(s[i:], "</")
		if k < 0 {
			break
		}
		i += k + len("</")
		if len(s)-i > len(name) && strings.EqualFold(s[i:i+len(name)], name) {
			at := i + len(name)
			for at < len(s) && strings.IndexByte(" \t\n\r", s[at]) >= 0 && at-i < maxEndTagSpace {
				at++
			}
			if at < len(s) && s[at] == '>' {
				return at + 1
			}
		}
	}
	if p.withoutEndTag == nil {
		p.withoutEndTag = map[string]int{}
	}
	p.withoutEndTag[name] = from
	return -1
}

// parseEntity reads &name; or &#1234; or &#x12AB;.
func (p *Parser) parseEntity(i int) int {
	s := p.s
	from := i + 1
	if from < len(s) && s[from] == '#' {
		from++
	}
	k := from
	for k < len(s) && k-from < maxEntityName && (isLetter(s[k]) || isDigit(s[k])) {
		k++
	}
	if k == from || k == len(s) || s[k] != ';' {
		return i + 1
	}
	return p.addLeaf(Node{Kind: Entity, Start: i, End: k + 1})
}

// parseSwitch reads a behaviour switch such as __NOTOC__: capital letters between double underscores.
func (p *Parser) parseSwitch(i int) int {
	s := p.s
	if !strings.HasPrefix(s[i:], "__") {
		return i + 1
	}
	from := i + len("__")
	k := from
	for k < len(s) && k-i < maxSwitch && s[k] >= 'A' && s[k] <= 'Z' {
		k++
	}
	if k == from || !strings.HasPrefix(s[k:], "__") {
		return i + 1
	}
	return p.addLeaf(Node{Kind: Switch, Start: i, End: k + len("__")})
}
