package wikipage

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
)

// openTag is a tag of HTML that is open while a value is written, and what was written before it: what is hidden,
// struck out or the mark of a footnote is taken back when the tag is closed. If the content were rendered twice
// instead, nested tags would take exponential time.
type openTag struct {
	name   string
	effect tagEffect
	before renderedState
}

// renderedState is how much was written at a time.
type renderedState struct {
	bytes, unknown, notes, pipes, places int
	page                                 string
}

// state returns how much is written.
func (r *renderer) state() renderedState {
	return renderedState{
		bytes: len(r.b), unknown: len(r.unknown), notes: len(r.notes), pipes: len(r.pipes), places: len(r.places),
		page: r.page,
	}
}

// tagEffect is what a tag does to the value that it is in.
type tagEffect int

// The effects.
const (
	effectNone    tagEffect = iota
	effectHidden            // the page does not show the content
	effectStruck            // the page strikes the content out
	effectRaised            // the content is raised, and can be the mark of a footnote
	effectNoPrint           // the content is not printed, and can be a link to the same page in other languages
)

// maxOpenTags bounds the tags that are open at a time; deeper ones have no effect. Real values have two or three.
const maxOpenTags = 32

// maxRaised is the number of bytes from which on what is raised, or not printed, is no mark.
const maxRaised = 200

// separatingTags are the tags that stand between words.
var separatingTags = map[string]bool{
	"br": true, "hr": true, "p": true, "div": true, "li": true, "tr": true, "td": true,
}

// voidTags are the tags that enclose nothing.
var voidTags = map[string]bool{"br": true, "hr": true, "wbr": true, "img": true, "meta": true, "link": true}

// The attributes of a tag.
var (
	quotedValue  = regexp.MustCompile(`=\s*(?:"[^"]*"|'[^']*')`)
	hiddenWord   = regexp.MustCompile(`(?i)\shidden(?:[\s/>=]|$)`)
	styleOfTag   = regexp.MustCompile(`(?i)\sstyle\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s>]+))`)
	classesOfTag = regexp.MustCompile(`(?i)\sclass\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s>]+))`)
)

// effectOf returns the effect of a tag with its attributes.
func effectOf(name, tag string) tagEffect {
	if len(tag) == len(name)+len("<>") { // as most are
		tag = ""
	}
	style, classes := strings.Join(submatch(styleOfTag, tag), ""), strings.Join(submatch(classesOfTag, tag), "")
	isHidden := document.IsHidingStyle(style) || hiddenWord.MatchString(quotedValue.ReplaceAllString(tag, "= ")) ||
		document.HasHidingClass(name, classes)
	switch {
	case isHidden:
		return effectHidden
	case document.IsStruckElement(name), document.IsStrikingStyle(style):
		return effectStruck
	case name == "sup":
		return effectRaised
	case strings.Contains(classes, document.ClassNoPrint):
		return effectNoPrint
	}
	return effectNone
}

// submatch returns the groups of the first match of a pattern.
func submatch(pattern *regexp.Regexp, s string) []string {
	if m := pattern.FindStringSubmatch(s); m != nil {
		return m[1:]
	}
	return nil
}

// writeTag writes a space for a tag that separates its content from what is around it, and notes what tags hide,
// strike out and raise. The tag of an extension that nothing closes is text.
func (r *renderer) writeTag(n *wikitext.Node) {
	name, tag := n.Name(r.s), r.s[n.Start:n.End]
	switch {
	case n.Closed:
		r.closeTag(name)
	case wikitext.IsExtension(name):
		r.write(tag)
		r.unclosed = append(r.unclosed, "<"+name+">")
		return
	case !voidTags[name] && r.s[n.End-2] != '/' && len(r.open) < maxOpenTags:
		r.open = append(r.open, openTag{name: name, effect: effectOf(name, tag), before: r.state()})
	}
	if separatingTags[name] {
		r.write(" ")
	}
}

// closeTag closes the innermost open tag of a name.
func (r *renderer) closeTag(name string) {
	for i, t := range slices.Backward(r.open) {
		if t.name == name {
			r.open = slices.Delete(r.open, i, i+1)
			r.applyEffect(t)
			return
		}
	}
}

// closeTags closes all tags that are open at the end of a value, as browsers do.
func (r *renderer) closeTags() {
	for len(r.open) > 0 {
		t := r.open[len(r.open)-1]
		r.open = r.open[:len(r.open)-1]
		if t.effect == effectHidden || t.effect == effectStruck {
			r.unclosed = append(r.unclosed, "<"+t.name+">")
		}
		r.applyEffect(t)
	}
}

// applyEffect takes back what was written since a tag was opened, if the tag says so.
func (r *renderer) applyEffect(t openTag) {
	from := min(t.before.bytes, len(r.b))
	switch t.effect {
	case effectNone:
		return
	case effectStruck:
		struck := string(r.b[from:])
		defer r.strike(struck)
	case effectRaised, effectNoPrint:
		if !isMark(t.effect, r.b[from:]) {
			return
		}
	case effectHidden:
		r.notes = r.notes[:min(t.before.notes, len(r.notes))]
	}
	r.b = r.b[:from]
	r.page = t.before.page
	r.unknown = r.unknown[:min(t.before.unknown, len(r.unknown))]
	r.pipes = r.pipes[:min(t.before.pipes, len(r.pipes))]
	r.places = r.places[:min(t.before.places, len(r.places))]
}

// isMark reports whether what a tag encloses is a mark behind a value: the mark of a footnote, or the link to the same
// page in other languages.
func isMark(effect tagEffect, content []byte) bool {
	if len(content) > maxRaised {
		return false
	}
	mark := withoutQuotes(string(content))
	if effect == effectNoPrint {
		return document.IsLanguageMark(document.ClassNoPrint, mark)
	}
	return document.IsRaisedMark(mark)
}

// strike keeps a text that is struck out and not written. What follows must not join a figure before it.
func (r *renderer) strike(text string) {
	if text = document.NormalizeSpace(withoutQuotes(text)); text != "" {
		r.struck = append(r.struck, text)
	}
	if n := len(r.b); n > 0 && unicode.IsDigit(rune(r.b[n-1])) {
		r.write(" ")
	}
}
