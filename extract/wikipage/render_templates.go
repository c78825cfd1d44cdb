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

// display is what a template shows. Source: the documentation of each template on the English Wikipedia.
type display int

// The displays.
const (
	showUnknown     display = iota // the template is not known
	showNothing                    // footnotes, citations, marks for editors, icons, spacing
	showFirst                      // the first argument
	showSecond                     // the second, or the first if there is only one
	showLast                       // the last unnamed argument
	showAll                        // every unnamed argument on a line of its own
	showName                       // given name and surname, the first two
	showLabel                      // the first argument, or the label that lt= gives
	showOf                         // the first of the second: 72 / 200
	showGaps                       // every unnamed argument, with a gap between
	showDate                       // year, month and day as a date
	showDates                      // two dates
	showRise                       // an arrow up, and the first argument
	showFall                       // an arrow down, and the first argument
	showSteady                     // two arrows sideways, and the first argument
	showStruck                     // the first argument, struck out: it is no part of the value
	showCirca                      // "c." and the first argument: a figure that is not exact
	showNote                       // a footnote with the first argument as its text
	showRaised                     // the first argument, unless it is a mark that leads to a footnote
	showShare                      // the first as a percentage of the second: {{percentage|1|3|2}}
	showPartyColour                // the name of a party, if it is asked for: {{Canadian party colour|CA|Liberal|name}}
	showShortname                  // the name of the party that the template is named after: {{Labour/meta/shortname}}
)

// templateDisplays has the display of each template that is known, by its name in lower case.
var templateDisplays = map[string]display{
	// footnotes and citations; displayByAffix knows others
	"ref": showNothing, "ref label": showNothing, "note": showNothing, "note label": showNothing, "notetag": showNote,
	"cref": showNothing, "cref2": showNothing, "harvnb": showNothing, "harv": showNothing, "harvp": showNothing,
	"r": showNothing, "rp": showNothing, "citation": showNothing, "citation needed": showNothing,
	"citation needed span": showFirst, "cns": showFirst, "cn": showNothing, "fact": showNothing, "dubious": showNothing,
	"clarify": showNothing, "disputed inline": showNothing, "better source needed": showNothing,
	"better source": showNothing, "unreliable source?": showNothing, "failed verification": showNothing,
	"verify source": showNothing, "page needed": showNothing, "full citation needed": showNothing,
	"dead link": showNothing, "webarchive": showNothing, "when": showNothing, "who": showNothing, "which": showNothing,
	"by whom": showNothing, "as of": showNothing, "update inline": showNothing, "update after": showNothing,
	"explain": showNothing, "original research inline": showNothing, "synthesis inline": showNothing,
	"isbn": showNothing, "issn": showNothing, "doi": showNothing, "en icon": showNothing, "uk icon": showNothing,
	"ru icon": showNothing, "in lang": showNothing, "anchor": showNothing, "anchors": showNothing,
	"visible anchor": showFirst, "vanchor": showFirst,
	// icons, spacing, images and colours: they show no text
	"flagicon": showNothing, "flagdeco": showNothing, "flag icon": showNothing, "flagicon image": showNothing,
	"clear": showNothing, "-": showNothing, "0": showNothing, "00": showNothing, "zwsp": showNothing,
	"zwj": showNothing, "shy": showNothing, "wbr": showNothing, "pad": showNothing, "hidden": showNothing,
	"css image crop": showNothing, "css crop": showNothing, "switcher": showNothing, "multiple image": showNothing,
	"photo montage": showNothing, "graph:chart": showNothing, "hidden begin": showNothing, "hidden end": showNothing,
	"party color cell": showNothing, "legend": showLast, "legend0": showLast, "legend-inline": showLast,
	// formatting: what is formatted
	"nowrap": showFirst, "nobr": showFirst, "nwr": showFirst, "nobreak": showFirst, "allow wrap": showFirst,
	"longitem": showFirst, "nowraplinks": showFirst, "wrap": showFirst, "normalwraplink": showFirst,
	"nobold": showFirst, "noitalic": showFirst, "normal": showFirst, "small": showFirst, "smaller": showFirst,
	"petit": showFirst, "midsize": showFirst, "big": showFirst, "large": showFirst, "larger": showFirst,
	"resize": showLast, "font": showFirst, "small2": showFirst, "smalldiv": showFirst, "normalsize": showFirst,
	"xsmall": showFirst, "font size": showLast, "fontsize": showLast, "sup": showRaised, "sub": showFirst,
	"su": showFirst, "bold": showFirst, "b": showFirst, "strong": showFirst, "em": showFirst, "italic": showFirst,
	"i": showFirst, "ital": showFirst, "u": showFirst, "underline": showFirst, "strike": showStruck, "s": showStruck,
	"strikeout": showStruck, "strike-through": showStruck, "struck": showStruck, "ins": showFirst, "center": showFirst,
	"centre": showFirst, "centered": showFirst, "left": showFirst, "right": showFirst, "align": showLast,
	"nobold2": showFirst, "no bold": showFirst, "smallcaps": showFirst, "small caps": showFirst, "sc": showFirst,
	"red": showFirst, "green": showFirst, "blue": showFirst, "uc": showFirst, "color": showLast, "colour": showLast,
	"font color": showLast, "font colour": showLast, "fontcolor": showLast, "color box": showNothing,
	"colorbox": showNothing, "colour box": showNothing, "legend inline": showLast, "abbr": showFirst,
	"abbrlink": showFirst, "tooltip": showFirst, "hover title": showLast, "abbreviation": showFirst,
	"define": showFirst, "explanation": showFirst, "lang": showSecond, "langx": showSecond, "transl": showLast,
	"transliteration": showLast, "translit": showLast, "script": showSecond, "rtl-lang": showSecond, "ill": showLabel,
	"interlanguage link": showLabel, "interlanguage link multi": showLabel, "link-interwiki": showLabel,
	"illm": showLabel, "ill-wd": showLabel, "ill2": showLabel, "iw2": showLabel, "colored link": showLast,
	"coloured link": showLast, "nihongo": showFirst, "post-nominals": showAll, "postnominals": showAll,
	"strikethrough": showStruck, "composition bar": showOf, "infobox political party/seats": showOf,
	"percentage": showShare, "percent": showShare, "pct": showShare, "sort": showLast, "sortname": showName,
	"hs": showNothing, "hidden sort key": showNothing, "nts": showFirst, "ntsh": showNothing,
	"number table sorting": showFirst, "val": showFirst, "formatnum": showFirst, "fn": showFirst, "num": showFirst,
	"ntc": showFirst, "gaps": showGaps, "flag": showFirst, "flagcountry": showFirst, "flagu": showFirst,
	"flaglink": showFirst, "flagg": showLast, "country": showFirst, "flag+link": showLast,
	"party name with color": showFirst, "party name with colour": showFirst, "party link": showFirst,
	"party name": showFirst, "party shortname": showFirst, "party shortname link": showFirst,
	"party abbrlink": showFirst, "noflag": showFirst, "legend striped": showLast, "legend2": showLast,
	"section link": showFirst, "slink": showFirst, "main": showNothing, "see also": showNothing, "plain link": showLast,
	"plainlink": showLast, "url": showLast, "official website": showNothing, "circa": showCirca, "c.": showCirca,
	"ca.": showCirca, "ca": showCirca, "approx": showCirca, "approximately": showCirca, "not a typo": showFirst,
	"as written": showFirst, "sic": showFirst, "typo": showFirst, "proper name": showFirst,
	"won": showNothing, "yes": showFirst, "no": showFirst, "n/a": showFirst, "na": showFirst, "tba": showFirst,
	"tbd": showFirst,
	// lists
	"plainlist": showAll, "plain list": showAll, "flatlist": showAll, "flat list": showAll, "hlist": showAll,
	"ubl": showAll, "unbulleted list": showAll, "ublist": showAll, "unbullet": showAll, "bulleted list": showAll,
	"bulletedlist": showAll, "bull list": showAll, "br list": showAll, "br separated entries": showAll,
	"brlist": showAll, "comma separated entries": showAll, "cslist": showAll, "collapsible list": showAll,
	"clist": showAll, "vunblist": showAll, "unordered list": showAll, "ordered list": showAll,
	"nowrap begin": showNothing, "nowrap end": showNothing, "endplainlist": showNothing, "endflatlist": showNothing,
	"plainlistend": showNothing, "avoid wrap": showAll, "nowrap2": showAll, "stack": showAll, "multiline": showAll,
	"vertical": showAll,
	// days
	"start date": showDate, "end date": showDate, "start date and age": showDate, "start date and years ago": showDate,
	"startdate": showDate, "date": showDate, "dts": showDate, "film date": showDate, "start-date": showFirst,
	"end-date": showFirst, "start and end dates": showDates, "start and end date": showDates, "date range": showDates,
	// the first two arguments are day and year, the third is the day of the old calendar
	"oldstyledate": showName, "oldstyledatedy": showName, "oldstyledateny": showName,
	// changes
	"increase": showRise, "increase2": showRise, "increasenegative": showRise, "increaseneutral": showRise,
	"increase negative": showRise, "increase neutral": showRise, "increasepositive": showRise, "gain": showRise,
	"profit": showRise, "up": showRise, "rise": showRise, "uparrow": showRise, "decrease": showFall,
	"decrease2": showFall, "decreasepositive": showFall, "decreaseneutral": showFall, "decrease positive": showFall,
	"decrease neutral": showFall, "decreasenegative": showFall, "loss": showFall, "down": showFall, "fall": showFall,
	"downarrow": showFall, "steady": showSteady, "steady2": showSteady, "nochange": showSteady, "no change": showSteady,
	"unchanged": showSteady, "same": showSteady, "hold": showSteady, "stagnant": showSteady,
}

// templateTexts has the text of each template that stands for a fixed text.
var templateTexts = map[string]string{
	"!": "|", "=": "=", "(": "{", ")": "}", "!!": "||", "!(": "[", ")!": "]", "ndash": "–", "endash": "–",
	"en dash": "–", "en-dash": "–", "–": "–", "nbndash": "–", "nbspndash": " – ", "nbsp ndash": " – ", "mdash": "—",
	"emdash": "—", "em dash": "—", "em-dash": "—", "—": "—", "nbsp mdash": " — ", "spaced mdash": " — ",
	"spaced emdash": " — ", "spaced em dash": " — ", "spaced em-dash": " — ", "spmd": " — ", "smd": " — ", "snd": " – ",
	"sndash": " – ", "spnd": " – ", "spndash": " – ", "sp-ndash": " – ", "spaced ndash": " – ", "spaced endash": " – ",
	"spaced en dash": " – ", "spaced en-dash": " – ", "spaced en dash space": " – ", "dash": " – ", "snds": " – ",
	"hyphen": "-", "hyphen-minus": "-", "nbhyph": "-", "nbhyphen": "-", "figure dash": "‒", "horizontal bar": "―",
	"horbar": "―", "pipe": "|", "tilde": "~", "apostrophe": "'", "apos": "'", "times": "×", "ensp": " ", "emsp": " ",
	"nnbsp": " ", "zwnj": "", "zwnbsp": "", "nbsp": " ", "space": " ", "spaces": " ", "thinsp": " ", "thin space": " ",
	"thinspace": " ", "hair space": " ", "hsp": " ", "figure space": " ", "nbs": " ", "br": " ", "break": " ",
	"crlf": " ", "crlf2": " ", "pb": " ", "newline": " ", "·": " · ", "dot": " · ", "middot": " · ", "bull": " • ",
	"bullet": " • ", "•": " • ", "'": "'", "'s": "'s", "'\"": "'\"", "minus": "−", "plus": "+", "±": "±", "pm": "±",
	"dagger": "†", "double-dagger": "‡", "double dagger": "‡", "ddagger": "‡", "dagger2": "‡", "asterisk": "*",
	"star": "*", "number sign": "#", "pp": "pp", "percentage point": "percentage point",
	"percentage points": "percentage points", "okina": "ʻ",
}

// textsWithoutArgument has what those templates show that have a text of their own if no argument is given.
var textsWithoutArgument = map[string]string{
	"yes": "Yes", "no": "No", "n/a": "N/A", "na": "N/A", "tba": "TBA", "tbd": "TBD",
}

// arrowTexts has the arrows that the templates of changes show.
var arrowTexts = map[display]string{showRise: "▲", showFall: "▼", showSteady: "◄►"}

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
	if !ok {
		show = displayByAffix(name)
	}
	if r.page == "" {
		r.page = r.pageOfTemplate(n, name)
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

// pageArguments has the argument that is the page to which a template links, from 0 on. Where it is missing, the first
// is.
var pageArguments = map[string]int{
	"ill": 0, "interlanguage link": 0, "interlanguage link multi": 0, "link-interwiki": 0, "illm": 0, "ill-wd": 0,
	"ill2": 0, "iw2": 0, "abbrlink": 1, "colored link": 1, "coloured link": 1, "party name with color": 0,
	"party name with colour": 0, "party link": 0, "party shortname link": 0, "party abbrlink": 0,
}

// pageOfTemplate returns the page to which a template links, "" if it links to none.
func (r *renderer) pageOfTemplate(n *wikitext.Node, name string) string {
	argument, isLink := pageArguments[name]
	if !isLink && name != "sortname" {
		return ""
	}
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

// shortnameSuffix is the end of the names of templates that show the short name of a party.
const shortnameSuffix = "/meta/shortname"

// displayByAffix returns the display of a template of which the beginning or the end of the name is known.
func displayByAffix(name string) display {
	hasPrefix := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
	hasSuffix := func(suffix string) bool { return strings.HasSuffix(name, suffix) }
	switch {
	case hasPrefix("cite "), hasPrefix("#tag:ref"), hasPrefix("sfn"):
		return showNothing
	case hasPrefix("efn"), hasPrefix("refn"):
		return showNote
	case hasPrefix("lang-"), hasPrefix("script/"):
		return showFirst
	case hasSuffix("politics/party colours"), hasSuffix("politics/party colors"):
		return showNothing
	case hasSuffix("party colour"), hasSuffix("party color"), hasSuffix("/meta/color"), hasSuffix("/meta/colour"):
		return showPartyColour
	case hasSuffix(shortnameSuffix):
		return showShortname
	}
	return showUnknown
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
