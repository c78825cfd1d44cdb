package document

import (
	"regexp"
	"strings"
)

// This file says for all formats what in the text of a page is no part of a value: marks that lead to footnotes, and
// what is struck out or hidden.

// raisedMark matches what is raised behind a value to lead to a footnote: a letter, a number, a dagger, or several. It
// does not match the endings of ordinals.
var raisedMark = regexp.MustCompile(`^(?:(?:` + bracketMark + `\s*)+|` + oneMark + `(?:\s*[,;]\s*` + oneMark + `)*)$`)

// The patterns of one mark.
const (
	bracketMark = `\[[^\[\]]{1,12}\]`
	oneMark     = `(?:` + bracketMark + `|[a-zA-Z]|[ivx]{1,4}|[0-9]{1,3}|[*†‡§¶#]+)`
)

// maxRaisedMark bounds the bytes of raised marks: some footnotes behind one value.
const maxRaisedMark = 80

// IsRaisedMark reports whether a text that is raised is the mark of a footnote rather than a part of the value.
func IsRaisedMark(text string) bool {
	text = NormalizeSpace(text)
	return len(text) <= maxRaisedMark && raisedMark.MatchString(text)
}

// symbolMark matches a mark of a footnote that can be nothing else: symbols, or what stands in square brackets.
var symbolMark = regexp.MustCompile(`^(?:[*†‡§¶#]+|(?:` + bracketMark + `\s*)+)$`)

// IsSymbolMark reports whether the label of a link within the page is the mark of a footnote, also if it is not raised.
func IsSymbolMark(label string) bool {
	return label != "" && len(label) <= maxRaisedMark && symbolMark.MatchString(label)
}

// footnoteMark matches the mark of a footnote as it stands in plain text: [4], [b], [note 1].
var footnoteMark = regexp.MustCompile(
	`[ \t\x{A0}]?\[(?:[0-9]{1,3}|[a-z]|[ivx]{1,4}|(?i:notes?|nb|n|fn|fig|upper-alpha|lower-alpha|citation needed|` +
		`clarification needed)(?: ?(?:[0-9]{1,3}|[a-z]))?)\]`)

// FootnoteMarks returns the places of the marks of footnotes in plain text.
func FootnoteMarks(text string) [][]int {
	if strings.IndexByte(text, '[') < 0 {
		return nil
	}
	return footnoteMark.FindAllStringIndex(text, -1)
}

// WithoutFootnoteMarks returns plain text without the marks of footnotes.
func WithoutFootnoteMarks(text string) string {
	if strings.IndexByte(text, '[') < 0 {
		return text
	}
	return footnoteMark.ReplaceAllString(text, "")
}

// IsStruckElement reports whether an element of HTML strikes out its content.
func IsStruckElement(name string) bool { return name == "s" || name == "strike" || name == "del" }

// The styles that hide content or strike it out.
var (
	hidingStyle   = regexp.MustCompile(`(?i)(?:^|[;\s"'])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))`)
	strikingStyle = regexp.MustCompile(`(?i)(?:^|[;\s"'])text-decoration(?:-line)?\s*:[^;]*\bline-through`)
)

// IsHidingStyle reports whether an element with that style is not shown.
func IsHidingStyle(style string) bool { return style != "" && hidingStyle.MatchString(style) }

// IsInvisibleStyle reports whether an element with that style is not shown, but takes its room.
func IsInvisibleStyle(style string) bool {
	m := hidingStyle.FindString(style)
	return m != "" && strings.Contains(strings.ToLower(m), "visibility")
}

// IsStrikingStyle reports whether an element with that style strikes out its content.
func IsStrikingStyle(style string) bool { return style != "" && strikingStyle.MatchString(style) }

// unseenClasses are the classes of what is no part of a value: what no reader sees on the screen, such as keys by which
// a table is sorted and notes on a source, and links to edit a section. What is noprint or nomobile is shown.
// Source: the style sheets of MediaWiki, MediaWiki:Common.css of the English Wikipedia, and the style sheets of its
// Template:Screen reader-only and Module:Citation/CS1.
var unseenClasses = WordSet("sortkey mw-empty-elt geo-nondefault sr-only cs1-hidden-error cs1-maint " +
	"mw-editsection editsection mw-cite-backlink")

// raisedRemarks are the classes of raised text that is the mark of a footnote or the remark of an editor.
var raisedRemarks = WordSet("reference mw-ref Inline-Template")

// HasHidingClass reports whether one of the classes of an element says that its content is no part of a value.
func HasHidingClass(element, classes string) bool {
	if classes == "" {
		return false
	}
	for class := range strings.FieldsSeq(classes) {
		if unseenClasses[class] || element == "sup" && raisedRemarks[class] {
			return true
		}
	}
	return false
}

// languageMark matches the link behind a name to the same page in other languages: [fr], (de; it).
var languageMark = regexp.MustCompile(
	`^\s*(?:\[\s*` + languageCodes + `\s*\]|\(\s*` + languageCodes + `\s*\))\s*$`)

const languageCodes = `[a-z]{2,3}(?:-[a-z]{2,8})*(?:\s*[;,]\s*[a-z]{2,3}(?:-[a-z]{2,8})*){0,9}`

// ClassNoPrint is the class of what is shown and not printed.
const ClassNoPrint = "noprint"

// maxLanguageMark bounds the bytes of a link to other languages.
const maxLanguageMark = 120

// IsLanguageMark reports whether an element of those classes and with that text is the link behind a name to the same
// page in other languages, which is no part of the name. Source: Template:Interlanguage link.
func IsLanguageMark(classes, text string) bool {
	return strings.Contains(classes, ClassNoPrint) && len(text) <= maxLanguageMark &&
		languageMark.MatchString(NormalizeSpace(text))
}
