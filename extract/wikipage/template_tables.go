package wikipage

import (
	"strings"

	"hemicycle/extract/wikis"
)

// This file has what each template shows.

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
	showDayFirst                   // day, month and year as a date
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

// wikiDisplays has the display of what a wiki file says of a template.
var wikiDisplays = map[wikis.Show]display{
	wikis.ShowNothing: showNothing, wikis.ShowFirst: showFirst, wikis.ShowLast: showLast, wikis.ShowAll: showAll,
	wikis.ShowRise: showRise, wikis.ShowFall: showFall, wikis.ShowSteady: showSteady, wikis.ShowNote: showNote,
	wikis.ShowYMD: showDate, wikis.ShowDMY: showDayFirst,
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

// pageArguments has the argument that is the page to which a template links, from 0 on. Where it is missing, the first
// is.
var pageArguments = map[string]int{
	"ill": 0, "interlanguage link": 0, "interlanguage link multi": 0, "link-interwiki": 0, "illm": 0, "ill-wd": 0,
	"ill2": 0, "iw2": 0, "abbrlink": 1, "colored link": 1, "coloured link": 1, "party name with color": 0,
	"party name with colour": 0, "party link": 0, "party shortname link": 0, "party abbrlink": 0,
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
