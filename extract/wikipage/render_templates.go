package wikipage

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
)

// What a template shows, by its name in lower case. Source: the documentation of each on the English
// Wikipedia.
const (
	showNothing = iota + 1 // footnotes, citations, marks for editors, icons, spacing
	showFirst              // the first argument
	showSecond             // the second; the first where there is only one
	showLast               // the last unnamed argument
	showAll                // every unnamed argument, one a line
	showName               // given name and surname, the first two
	showLabel              // the first argument, or the label that lt= gives
	showOf                 // the first of the second: 72 / 200
	showGaps               // every unnamed argument, with a gap between
	showDate               // year, month and day as a day
	showDates              // two days
	showRise               // an arrow up, and what follows
	showFall
	showSteady
	showNumber // after a colon: formatnum:1234
	showNote   // a footnote of its own words
	showRaised // the first argument, but for a mark that leads to a footnote
	showShare  // the first as a percentage of the second: {{percentage|1|3|2}}
)

var templateDisplays = map[string]int{
	// footnotes and citations
	"efn": showNote, "efn-ua": showNote, "efn-la": showNote, "efn-lr": showNote, "efn-ur": showNote, "efn-lg": showNote, "efn-ug": showNote,
	"refn": showNote, "ref": showNothing, "ref label": showNothing, "note": showNothing, "note label": showNothing, "notetag": showNote, "cref": showNothing, "cref2": showNothing,
	"sfn": showNothing, "sfnp": showNothing, "sfnm": showNothing, "sfnref": showNothing, "harvnb": showNothing, "harv": showNothing, "harvp": showNothing, "r": showNothing, "rp": showNothing,
	"citation": showNothing, "citation needed": showNothing, "citation needed span": showFirst, "cns": showFirst, "cn": showNothing, "fact": showNothing, "dubious": showNothing, "clarify": showNothing, "disputed inline": showNothing,
	"better source needed": showNothing, "better source": showNothing, "unreliable source?": showNothing, "failed verification": showNothing, "verify source": showNothing, "page needed": showNothing,
	"full citation needed": showNothing, "dead link": showNothing, "webarchive": showNothing, "when": showNothing, "who": showNothing, "which": showNothing, "by whom": showNothing,
	"as of": showNothing, "update inline": showNothing, "update after": showNothing, "explain": showNothing, "original research inline": showNothing, "synthesis inline": showNothing,
	"isbn": showNothing, "issn": showNothing, "doi": showNothing, "en icon": showNothing, "uk icon": showNothing, "ru icon": showNothing, "in lang": showNothing,
	"anchor": showNothing, "anchors": showNothing, "visible anchor": showFirst, "vanchor": showFirst,
	// icons, spacing, images and colours: they show no text
	"flagicon": showNothing, "flagdeco": showNothing, "flag icon": showNothing, "flagicon image": showNothing, "clear": showNothing, "-": showNothing, "0": showNothing, "00": showNothing,
	"zwsp": showNothing, "zwj": showNothing, "shy": showNothing, "wbr": showNothing, "pad": showNothing, "hidden": showNothing, "css image crop": showNothing, "css crop": showNothing,
	"switcher": showNothing, "multiple image": showNothing, "photo montage": showNothing, "graph:chart": showNothing, "hidden begin": showNothing, "hidden end": showNothing,
	"party color": showNothing, "party colour": showNothing, "political party color": showNothing, "political party colour": showNothing, "party color cell": showNothing,
	"legend": showLast, "legend0": showLast, "legend-inline": showLast,
	// formatting: what is formatted
	"nowrap": showFirst, "nobr": showFirst, "nwr": showFirst, "nobreak": showFirst, "allow wrap": showFirst, "longitem": showFirst, "nowraplinks": showFirst, "wrap": showFirst, "normalwraplink": showFirst, "nobold": showFirst, "noitalic": showFirst, "normal": showFirst,
	"small": showFirst, "smaller": showFirst, "petit": showFirst, "midsize": showFirst, "big": showFirst, "large": showFirst, "larger": showFirst, "resize": showLast, "font": showFirst,
	"small2": showFirst, "smalldiv": showFirst, "normalsize": showFirst, "xsmall": showFirst, "font size": showLast, "fontsize": showLast, "sup": showRaised, "sub": showFirst, "su": showFirst,
	"bold": showFirst, "b": showFirst, "strong": showFirst, "em": showFirst, "italic": showFirst, "i": showFirst, "ital": showFirst, "u": showFirst, "underline": showFirst, "strike": showFirst, "s": showFirst,
	"center": showFirst, "centre": showFirst, "centered": showFirst, "left": showFirst, "right": showFirst, "align": showLast, "nobold2": showFirst, "no bold": showFirst, "smallcaps": showFirst, "small caps": showFirst, "sc": showFirst, "red": showFirst, "green": showFirst, "blue": showFirst, "uc": showFirst,
	"color": showLast, "colour": showLast, "font color": showLast, "font colour": showLast, "fontcolor": showLast, "color box": showNothing, "colorbox": showNothing, "colour box": showNothing, "legend inline": showLast,
	"abbr": showFirst, "abbrlink": showFirst, "tooltip": showFirst, "hover title": showLast, "abbreviation": showFirst, "define": showFirst, "explanation": showFirst,
	"lang": showSecond, "langx": showSecond, "transl": showLast, "transliteration": showLast, "translit": showLast, "script": showSecond, "rtl-lang": showSecond, "lang-en": showFirst, "lang-fr": showFirst, "lang-es": showFirst, "lang-de": showFirst,
	"ill": showLabel, "interlanguage link": showLabel, "interlanguage link multi": showLabel, "link-interwiki": showLabel, "illm": showLabel, "ill-wd": showLabel, "ill2": showLabel, "iw2": showLabel,
	"colored link": showLast, "coloured link": showLast, "nihongo": showFirst, "post-nominals": showAll, "postnominals": showAll, "strikethrough": showFirst, "composition bar": showOf, "infobox political party/seats": showOf, "percentage": showShare, "percent": showShare, "pct": showShare,
	"sort": showLast, "sortname": showName, "hs": showNothing, "hidden sort key": showNothing, "nts": showFirst, "ntsh": showNothing, "number table sorting": showFirst, "val": showFirst, "formatnum": showFirst, "fn": showFirst, "num": showFirst, "ntc": showFirst, "gaps": showGaps,
	"flag": showFirst, "flagcountry": showFirst, "flagu": showFirst, "flaglink": showFirst, "flagg": showLast, "country": showFirst, "flag+link": showLast, "party name with color": showFirst, "party name with colour": showFirst, "party link": showFirst,
	"party name": showFirst, "party shortname": showFirst, "party shortname link": showFirst, "party abbrlink": showFirst, "noflag": showFirst,
	"legend striped": showLast, "legend2": showLast, "section link": showFirst, "slink": showFirst, "main": showNothing, "see also": showNothing, "plain link": showLast, "plainlink": showLast, "url": showLast, "official website": showNothing,
	"circa": showFirst, "c.": showFirst, "ca.": showFirst, "approx": showFirst, "nbsp": showNothing, "not a typo": showFirst, "as written": showFirst, "sic": showFirst, "typo": showFirst, "proper name": showFirst, "okina": showNothing,
	"won": showNothing, "yes": showFirst, "no": showFirst, "n/a": showFirst, "na": showFirst, "tba": showFirst, "tbd": showFirst,
	// lists
	"plainlist": showAll, "plain list": showAll, "flatlist": showAll, "flat list": showAll, "hlist": showAll, "ubl": showAll, "unbulleted list": showAll, "ublist": showAll, "unbullet": showAll,
	"bulleted list": showAll, "bulletedlist": showAll, "bull list": showAll, "br list": showAll, "br separated entries": showAll, "brlist": showAll, "comma separated entries": showAll, "cslist": showAll, "collapsible list": showAll, "clist": showAll,
	"vunblist": showAll, "unordered list": showAll, "ordered list": showAll, "nowrap begin": showNothing, "nowrap end": showNothing, "endplainlist": showNothing, "endflatlist": showNothing, "plainlistend": showNothing,
	"avoid wrap": showAll, "nowrap2": showAll, "stack": showAll, "multiline": showAll, "vertical": showAll,
	// days
	"start date": showDate, "end date": showDate, "start date and age": showDate, "start date and years ago": showDate, "startdate": showDate, "date": showDate, "dts": showDate, "film date": showDate, "start-date": showFirst, "end-date": showFirst,
	"start and end dates": showDates, "start and end date": showDates, "date range": showDates,
	"oldstyledate": showName, "oldstyledatedy": showName, "oldstyledateny": showName, // day and year; the day of the old calendar is the third
	// changes
	"increase": showRise, "increase2": showRise, "increasenegative": showRise, "increaseneutral": showRise, "increase negative": showRise, "increase neutral": showRise, "increasepositive": showRise, "gain": showRise, "profit": showRise, "up": showRise, "rise": showRise, "uparrow": showRise,
	"decrease": showFall, "decrease2": showFall, "decreasepositive": showFall, "decreaseneutral": showFall, "decrease positive": showFall, "decrease neutral": showFall, "decreasenegative": showFall, "loss": showFall, "down": showFall, "fall": showFall, "downarrow": showFall,
	"steady": showSteady, "steady2": showSteady, "nochange": showSteady, "no change": showSteady, "unchanged": showSteady, "same": showSteady, "hold": showSteady, "stagnant": showSteady,
}

// templateTexts is templates that stand for a text.
var templateTexts = map[string]string{
	"!": "|", "=": "=", "(": "{", ")": "}", "!!": "||", "!(": "[", ")!": "]",
	"ndash": "–", "endash": "–", "en dash": "–", "mdash": "—", "em dash": "—", "snd": " – ", "spnd": " – ", "spaced ndash": " – ", "spaced en dash": " – ", "dash": " – ", "snds": " – ",
	"nbsp": " ", "space": " ", "spaces": " ", "thinsp": " ", "thin space": " ", "thinspace": " ", "hair space": " ", "hsp": " ", "figure space": " ", "nbs": " ", "br": " ", "break": " ", "crlf": " ", "crlf2": " ", "pb": " ", "newline": " ",
	"·": " · ", "dot": " · ", "middot": " · ", "bull": " • ", "bullet": " • ", "•": " • ", "'": "'", "'s": "'s", "'\"": "'\"", "minus": "−", "plus": "+", "±": "±", "pm": "±",
	"dagger": "†", "double-dagger": "‡", "double dagger": "‡", "ddagger": "‡", "dagger2": "‡", "asterisk": "*", "star": "*", "number sign": "#", "pp": "pp",
	"percentage point": "percentage point", "percentage points": "percentage points",
}

func (r *renderer) writeTemplate(n *wikitext.Node) {
	name := templateName(r.tree, r.s, n)
	if _, ok := r.boxes[name]; ok {
		return
	}
	title := name
	name = strings.ToLower(name)
	if sign, ok := templateTexts[name]; ok {
		if sign == "|" {
			r.pipes = append(r.pipes, len(r.b))
		}
		r.write(sign)
		return
	}
	if head, value, ok := strings.Cut(name, ":"); ok && (head == "formatnum" || head == "lc" || head == "uc" || head == "ucfirst" || head == "lcfirst" || head == "nowrap") {
		r.write(strings.TrimSpace(value))
		return
	}
	show, ok := templateDisplays[name]
	if r.isNote && r.writeCitation(n, name) {
		return
	}
	if !ok {
		switch {
		case strings.HasPrefix(name, "cite "), strings.HasPrefix(name, "#tag:ref"), strings.HasPrefix(name, "sfn"):
			show = showNothing
		case strings.HasPrefix(name, "efn"), strings.HasPrefix(name, "refn"):
			show = showNote
		case strings.HasPrefix(name, "lang-"), strings.HasPrefix(name, "script/"):
			show = showFirst
		case strings.HasSuffix(name, "politics/party colours"), strings.HasSuffix(name, "politics/party colors"):
			show = showNothing
		case strings.HasSuffix(name, "party colour"), strings.HasSuffix(name, "party color"), strings.HasSuffix(name, "/meta/color"), strings.HasSuffix(name, "/meta/colour"):
			r.writePartyColour(n)
			return
		case strings.HasSuffix(name, "/meta/shortname"):
			r.write(document.NormalizeSpace(title[:len(title)-len("/meta/shortname")]))
			return
		default:
			r.unknown = append(r.unknown, templateName(r.tree, r.s, n))
			r.write(document.NormalizeSpace(r.s[n.Start:n.End]))
			return
		}
	}
	args := r.unnamedArgs(n)
	arg := func(i int) string {
		if i >= 0 && i < len(args) {
			return r.renderArg(args[i])
		}
		return ""
	}
	switch show {
	case showFirst:
		r.write(arg(0))
	case showSecond:
		r.write(arg(min(1, max(0, len(args)-1))))
	case showLast:
		r.write(arg(len(args) - 1))
	case showAll:
		for i := range args {
			r.write("\n")
			r.write(arg(i))
		}
		r.write("\n")
	case showName:
		r.write(strings.TrimSpace(arg(0) + " " + arg(1)))
	case showLabel:
		if label := r.namedArg(n, "lt"); label != "" {
			r.write(label)
		} else {
			r.write(arg(0))
		}
	case showGaps:
		for i := range args {
			if i > 0 {
				r.write(" ")
			}
			r.write(arg(i))
		}
	case showOf:
		r.write(arg(0) + " / " + arg(1))
	case showDate:
		r.write(r.formatDay(args, 0))
	case showDates:
		r.write(r.formatDay(args, 0))
		if len(args) > 3 {
			r.write(" – " + r.formatDay(args, 3))
		}
	case showRise:
		r.write("▲" + arg(0))
	case showFall:
		r.write("▼" + arg(0))
	case showNote:
		if len(args) > 0 {
			r.addNote(r.tree, r.s, args[0])
		}
	case showSteady:
		r.write("◄►" + arg(0))
	case showRaised:
		if mark := arg(0); !raisedMark.MatchString(mark) {
			r.write(mark)
		}
	case showShare:
		if share, ok := percentageOf(arg(0), arg(1), arg(2)); ok {
			r.write(share)
			return
		}
		r.unknown = append(r.unknown, templateName(r.tree, r.s, n))
		r.write(document.NormalizeSpace(r.s[n.Start:n.End]))
	}
}

// percentageOf is a part of a whole in percent, rounded half away from zero to some places, as {{percentage}}
// shows it; how many it shows where none are asked for is not read.
func percentageOf(part, whole, places string) (string, bool) {
	n, err := strconv.Atoi(places)
	for _, figure := range []string{part, whole} {
		if figure == "" || len(figure) > 15 || strings.Trim(figure, "0123456789,.") != "" {
			return "", false
		}
	}
	above, ok := new(big.Rat).SetString(strings.ReplaceAll(part, ",", ""))
	below, known := new(big.Rat).SetString(strings.ReplaceAll(whole, ",", ""))
	if err != nil || n < 0 || n > 10 || !ok || !known || below.Sign() == 0 {
		return "", false
	}
	share := above.Mul(above, big.NewRat(100, 1))
	return share.Quo(share, below).FloatString(n) + "%", true
}

// writeCitation writes a source as a footnote names it: its title, and where it is published.
func (r *renderer) writeCitation(n *wikitext.Node, name string) bool {
	if name != "citation" && !strings.HasPrefix(name, "cite ") {
		return false
	}
	var parts []string
	for _, of := range [][]string{{"title"}, {"work", "website", "newspaper", "journal", "publisher"}, {"date", "year"}} {
		for _, key := range of {
			if value := r.namedArg(n, key); value != "" {
				parts = append(parts, value)
				break
			}
		}
	}
	r.write(strings.Join(parts, ", "))
	return true
}

// writePartyColour is {{Canadian party colour|CA|Liberal|name}}, which shows the party's name where it is
// asked for it, and else a colour that the page does not hold.
func (r *renderer) writePartyColour(n *wikitext.Node) {
	args := r.unnamedArgs(n)
	if len(args) < 3 {
		return
	}
	if asked := r.renderArg(args[len(args)-1]); asked == "name" || asked == "short" || asked == "shortname" {
		r.write(r.renderArg(args[len(args)-2]))
	}
}

// unnamedArgs is a template's unnamed arguments; one that is named by its number counts, white space
// around it left out.
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

// namedArg is a template's argument of a name, "" where there is none.
func (r *renderer) namedArg(n *wikitext.Node, name string) string {
	parts := r.tree.Parts(n)
	for k := len(parts) - 1; k > 0; k-- {
		if p := &parts[k]; p.Equals >= 0 && strings.TrimSpace(r.s[p.Start:p.Equals]) == name {
			return r.renderArg(r.tree.Value(p))
		}
	}
	return ""
}

// formatDay writes the date of which three arguments from i on are year, month and day: 7 September 2007. A
// date that is written out in one argument stays as it is.
func (r *renderer) formatDay(args [][]wikitext.Node, i int) string {
	var part [3]string
	for k := range part {
		if i+k < len(args) {
			part[k] = r.renderArg(args[i+k])
		}
	}
	year, err := strconv.Atoi(part[0])
	if err != nil || len(part[0]) != 4 {
		return part[0]
	}
	month, err := strconv.Atoi(part[1])
	if err != nil || month < 1 || month > 12 {
		return strings.TrimSpace(part[2] + " " + part[1] + " " + strconv.Itoa(year))
	}
	text := time.Month(month).String() + " " + strconv.Itoa(year)
	if d, err := strconv.Atoi(part[2]); err == nil {
		text = strconv.Itoa(d) + " " + text
	}
	return text
}
