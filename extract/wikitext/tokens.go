package wikitext

import "strings"

// extensionTags are the tags whose content is not parsed. Source: Special:Version of the English
// Wikipedia, parser extension tags.
var extensionTags = map[string]bool{
	"nowiki": true, "pre": true, "ref": true, "math": true, "gallery": true, "source": true, "syntaxhighlight": true,
	"timeline": true, "score": true, "hiero": true, "templatestyles": true, "mapframe": true, "maplink": true, "graph": true,
	"imagemap": true, "inputbox": true, "poem": true, "chem": true, "ce": true, "categorytree": true, "templatedata": true,
}

// parseTagOrComment reads a comment or a tag.
func (p *Parser) parseTagOrComment(i int) int {
	s := p.s
	if strings.HasPrefix(s[i:], "<!--") {
		end := len(s)
		closed := false
		if k := strings.Index(s[i+4:], "-->"); k >= 0 {
			end, closed = i+4+k+3, true
		}
		return p.addLeaf(Node{Kind: Comment, Start: i, End: end, Closed: closed})
	}
	k := i + 1
	closing := k < len(s) && s[k] == '/'
	if closing {
		k++
	}
	from := k
	for k < len(s) && (s[k]|0x20 >= 'a' && s[k]|0x20 <= 'z' || k > from && s[k] >= '0' && s[k] <= '9') {
		k++
	}
	if k == from || k-from > 20 || k == len(s) || !strings.ContainsRune(" \t\n\r/>", rune(s[k])) {
		return i + 1
	}
	const longest = 2000 // of a tag's attributes
	end := strings.IndexByte(s[k:min(len(s), k+longest)], '>')
	if end < 0 || strings.IndexByte(s[k:k+end], '<') >= 0 {
		return i + 1
	}
	end += k + 1
	name := strings.ToLower(s[from:k])
	if !extensionTags[name] || closing {
		return p.addLeaf(Node{Kind: Tag, Start: i, End: end, Closed: closing})
	}
	if s[end-2] == '/' {
		return p.addLeaf(Node{Kind: Extension, Start: i, End: end, Closed: true})
	}
	after := p.endTag(name, end)
	if after < 0 {
		return p.addLeaf(Node{Kind: Tag, Start: i, End: end})
	}
	return p.addLeaf(Node{Kind: Extension, Start: i, End: after, Closed: true})
}

// endTag finds where the end tag of an extension ends, -1 where there is none.
func (p *Parser) endTag(name string, from int) int {
	if gone, ok := p.withoutEndTag[name]; ok && from >= gone {
		return -1
	}
	s := p.s
	for i := from; ; {
		k := strings.Index(s[i:], "</")
		if k < 0 {
			break
		}
		i += k + 2
		if len(s)-i > len(name) && strings.EqualFold(s[i:i+len(name)], name) {
			at := i + len(name)
			for at < len(s) && (s[at] == ' ' || s[at] == '\t' || s[at] == '\n' || s[at] == '\r') && at-i < 100 {
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
	k := i + 1
	if k < len(s) && s[k] == '#' {
		k++
	}
	from := k
	for k < len(s) && k-from < 32 && (s[k]|0x20 >= 'a' && s[k]|0x20 <= 'z' || s[k] >= '0' && s[k] <= '9') {
		k++
	}
	if k == from || k == len(s) || s[k] != ';' {
		return i + 1
	}
	return p.addLeaf(Node{Kind: Entity, Start: i, End: k + 1})
}

// parseSwitch reads __NOTOC__ and its like: capital letters between double underscores.
func (p *Parser) parseSwitch(i int) int {
	s := p.s
	if !strings.HasPrefix(s[i:], "__") {
		return i + 1
	}
	k := i + 2
	for k < len(s) && k-i < 40 && s[k] >= 'A' && s[k] <= 'Z' {
		k++
	}
	if k == i+2 || !strings.HasPrefix(s[k:], "__") {
		return i + 1
	}
	return p.addLeaf(Node{Kind: Switch, Start: i, End: k + 2})
}
