package wikipage

import (
	"bytes"
	"cmp"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
)

// writeTemplate writes what a template shows. A box shows nothing: it is read on its own.
func (r *renderer) writeTemplate(n *wikitext.Node) {
	title := templateName(r.tree, r.s, n)
	if _, isBox := r.boxes[title]; isBox {
		return
	}
	if branch, ok := shownBranch(r.tree, r.s, n); ok {
		r.writeBranch(branch)
		return
	}
	if !n.Closed {
		r.unclosed = append(r.unclosed, "{{"+title)
		defer r.trimHalfBraces(n)
	}
	name := strings.ToLower(title)
	if text, ok := templateTexts[name]; ok {
		if text == "|" {
			r.pipes = append(r.pipes, len(r.b))
		}
		r.write(text)
		return
	}
	if value, ok := functionValue(title); ok {
		r.write(value)
		return
	}
	if r.isNote && r.writeCitation(n, name) {
		return
	}
	show, ok := templateDisplays[name]
	if own := r.wiki.ShowOf(name); own != "" {
		show, ok = wikiDisplays[own], true
	}
	if !ok {
		show = displayByAffix(name)
	}
	if page := r.pageOfTemplate(n, name); page != "" {
		if r.page == "" {
			r.page = page
		}
		from := len(r.b)
		defer func() { r.addLink(string(r.b[from:]), page) }()
	}
	if text, ok := textsWithoutArgument[name]; ok && len(r.unnamedArgs(n)) == 0 {
		r.write(text)
		return
	}
	switch show {
	case showUnknown:
		r.writeUnknown(n)
	case showShortname:
		r.write(document.NormalizeSpace(title[:len(title)-len(shortnameSuffix)]))
	default:
		r.writeArgs(n, show)
	}
}

// pageOfTemplate returns the page to which a template links, "" if it links to none.
func (r *renderer) pageOfTemplate(n *wikitext.Node, name string) string {
	argument, isLink := pageArguments[name]
	if r.isPage || !isLink && name != "sortname" {
		return ""
	}
	r.isPage = true // or the time would double with each template around another
	defer func() { r.isPage = false }()
	args := templateArgs{r, r.unnamedArgs(n)}
	if isLink {
		return document.ArticleOf(cmp.Or(args.text(argument), args.text(0)))
	}
	if r.namedArg(n, "nolink") != "" {
		return ""
	}
	page := cmp.Or(args.text(2), strings.TrimSpace(args.text(0)+" "+args.text(1)))
	if dab := r.namedArg(n, "dab"); dab != "" {
		page += " (" + dab + ")"
	}
	return document.ArticleOf(page)
}

// trimHalfBraces removes the brace with which an unclosed template ends: the second brace was forgotten.
func (r *renderer) trimHalfBraces(n *wikitext.Node) {
	if strings.HasSuffix(strings.TrimSpace(r.s[n.Start:n.End]), "}") {
		r.b = bytes.TrimSuffix(bytes.TrimSpace(r.b), []byte("}"))
	}
}

// functionValue returns the value of a parser function that leaves its argument as it is but for the form of its
// letters or digits: {{formatnum:1234}}.
func functionValue(call string) (value string, ok bool) {
	function, value, ok := strings.Cut(call, ":")
	value = strings.TrimSpace(value)
	first, size := utf8.DecodeRuneInString(value)
	switch strings.ToLower(function) {
	case "formatnum", "nowrap":
		return value, ok
	case "lc":
		return strings.ToLower(value), ok
	case "uc":
		return strings.ToUpper(value), ok
	case "ucfirst":
		return string(unicode.ToUpper(first)) + value[size:], ok && value != ""
	case "lcfirst":
		return string(unicode.ToLower(first)) + value[size:], ok && value != ""
	}
	return "", false
}

// writeUnknown writes a template that is not known as it stands, and keeps its name. In running text it is left out: it
// stands between paragraphs, or is a box.
func (r *renderer) writeUnknown(n *wikitext.Node) {
	name := templateName(r.tree, r.s, n)
	if function, _ := branchFunction(r.tree, r.s, n); name == "" {
		name = function
	}
	r.unknown = append(r.unknown, name)
	if r.isProse {
		return
	}
	r.write(document.NormalizeSpace(r.s[n.Start:n.End]))
}

// writeArgs writes a template that shows its unnamed arguments.
func (r *renderer) writeArgs(n *wikitext.Node, show display) {
	args := templateArgs{r, r.unnamedArgs(n)}
	switch show {
	case showFirst:
		r.write(args.text(0))
	case showSecond:
		r.write(args.text(min(1, max(0, len(args.nodes)-1))))
	case showLast:
		r.write(args.text(len(args.nodes) - 1))
	case showAll:
		for i := range args.nodes {
			r.write("\n")
			r.write(args.text(i))
		}
		r.write("\n")
	case showName:
		r.write(strings.TrimSpace(args.text(0) + " " + args.text(1)))
	case showLabel:
		label := r.namedArg(n, "lt")
		if label == "" {
			label = args.text(0)
		}
		r.write(label)
	case showGaps:
		for i := range args.nodes {
			if i > 0 {
				r.write(" ")
			}
			r.write(args.text(i))
		}
	case showOf:
		r.write(args.text(0) + " / " + args.text(1))
	default:
		r.writeReadArgs(n, args, show)
	}
}

// writeReadArgs writes a template whose arguments have to be read to know what it shows.
func (r *renderer) writeReadArgs(n *wikitext.Node, args templateArgs, show display) {
	switch show {
	case showDate:
		r.write(args.date(0))
	case showDayFirst:
		r.write(args.dayFirst())
	case showDates:
		r.write(args.date(0))
		if len(args.nodes) > 3 {
			r.write(" – " + args.date(3))
		}
	case showRise, showFall, showSteady:
		r.write(arrowTexts[show] + args.text(0))
	case showStruck:
		r.strike(args.text(0))
	case showCirca:
		r.write("c. " + args.text(0))
	case showNote:
		if len(args.nodes) > 0 {
			r.addNote(r.tree, r.s, args.nodes[0])
		}
	case showRaised:
		if mark := args.text(0); !document.IsRaisedMark(mark) {
			r.write(mark)
		}
	case showShare:
		if share, ok := percentageOf(args.text(0), args.text(1), args.text(2)); ok {
			r.write(share)
		} else {
			r.writeUnknown(n)
		}
	case showPartyColour:
		r.write(args.partyName())
	}
}

// percentageOf returns a part of a whole in percent, rounded half away from zero to a number of places, as
// {{percentage}} shows it. How many places it shows if none are given is not read.
func percentageOf(part, whole, places string) (string, bool) {
	digits, err := strconv.Atoi(places)
	for _, figure := range []string{part, whole} {
		if figure == "" || len(figure) > 15 || strings.Trim(figure, "0123456789,.") != "" {
			return "", false
		}
	}
	if err != nil || digits < 0 || digits > 10 {
		return "", false
	}
	numerator, ok := new(big.Rat).SetString(strings.ReplaceAll(part, ",", ""))
	if !ok {
		return "", false
	}
	denominator, ok := new(big.Rat).SetString(strings.ReplaceAll(whole, ",", ""))
	if !ok || denominator.Sign() == 0 {
		return "", false
	}
	share := numerator.Mul(numerator, big.NewRat(100, 1))
	return share.Quo(share, denominator).FloatString(digits) + "%", true
}

// writeCitation writes a source as a footnote names it: its title, where it is published, and when. It reports whether
// the template is that of a source.
func (r *renderer) writeCitation(n *wikitext.Node, name string) bool {
	if name != "citation" && !strings.HasPrefix(name, "cite ") {
		return false
	}
	var parts []string
	for _, keys := range [][]string{
		{"title"}, {"work", "website", "newspaper", "journal", "publisher"}, {"date", "year"},
	} {
		for _, key := range keys {
			if value := r.namedArg(n, key); value != "" {
				parts = append(parts, value)
				break
			}
		}
	}
	r.write(strings.Join(parts, ", "))
	return true
}

// unnamedArgs returns the unnamed arguments of a template. One that is named by its number counts as unnamed, without
// the white space around it.
func (r *renderer) unnamedArgs(n *wikitext.Node) [][]wikitext.Node {
	parts := r.tree.Parts(n)
	if len(parts) == 1 {
		return nil
	}
	args := make([][]wikitext.Node, 0, len(parts)-1)
	for k := 1; k < len(parts); k++ {
		p := &parts[k]
		if p.Equals < 0 {
			args = append(args, r.tree.Nodes(p))
			continue
		}
		key := strings.TrimSpace(r.s[p.Start:p.Equals])
		if i, err := strconv.Atoi(key); err == nil && i == len(args)+1 {
			args = append(args, r.tree.Value(p))
		}
	}
	return args
}

// namedArg returns the argument of a template with a name, or "" if there is none.
func (r *renderer) namedArg(n *wikitext.Node, name string) string {
	parts := r.tree.Parts(n)
	for k := len(parts) - 1; k > 0; k-- {
		if p := &parts[k]; p.Equals >= 0 && strings.TrimSpace(r.s[p.Start:p.Equals]) == name {
			return r.renderArg(r.tree.Value(p))
		}
	}
	return ""
}

// templateArgs are the unnamed arguments of a template.
type templateArgs struct {
	r     *renderer
	nodes [][]wikitext.Node
}

// text returns what an argument shows, or "" if there is none.
func (a templateArgs) text(i int) string {
	if i < 0 || i >= len(a.nodes) {
		return ""
	}
	return a.r.renderArg(a.nodes[i])
}

// date returns the date of which three arguments from i on are year, month and day: 7 September 2007. A date that is
// written out in one argument is returned as it is.
func (a templateArgs) date(i int) string {
	year, month, day := a.text(i), a.text(i+1), a.text(i+2)
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 {
		return year
	}
	m, err := strconv.Atoi(month)
	if err != nil || m < 1 || m > 12 {
		return strings.TrimSpace(day + " " + month + " " + strconv.Itoa(y))
	}
	date := time.Month(m).String() + " " + strconv.Itoa(y)
	if d, err := strconv.Atoi(day); err == nil {
		date = strconv.Itoa(d) + " " + date
	}
	return date
}

// dayFirst returns the date of which the arguments are day, month and year. A month in digits is written in English,
// and one in words stays. Arguments that end with a hyphen show nothing: {{date|5|mars-|1978-}}.
func (a templateArgs) dayFirst() string {
	var parts []string
	for i := range min(3, len(a.nodes)) {
		part := strings.TrimSpace(strings.TrimSuffix(a.text(i), "-"))
		if m, err := strconv.Atoi(part); i == 1 && err == nil && m >= 1 && m <= 12 {
			part = time.Month(m).String()
		}
		parts = append(parts, part)
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// partyName returns the name of the party that a template of party colours shows if the last argument asks for it. Else
// the template shows a colour, which the page does not hold.
func (a templateArgs) partyName() string {
	last := len(a.nodes) - 1
	if last < 2 {
		return ""
	}
	if asked := a.text(last); asked != "name" && asked != "short" && asked != "shortname" {
		return ""
	}
	return a.text(last - 1)
}
