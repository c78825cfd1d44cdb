package locales

import "strings"

// kind is what the value of a parameter says, by which it is rewritten.
type kind int

// The kinds of values.
const (
	nameKind   kind = iota // a name, or a text that is kept as it is
	figureKind             // counts, shares and changes, with a few words
	shareKind              // one share, or a change of one
	dateKind               // days
	seatsKind              // a phrase on the seats of an election
	statusKind             // whether the election is over
	labelKind              // of a row of one's own
)

// kinds has the kind of each parameter whose value is rewritten.
var kinds = map[string]kind{
	"popular_vote": figureKind, "votes": figureKind, "electoral_vote": figureKind, "delegate_count": figureKind,
	"percentage": shareKind, "swing": shareKind, "turnout": figureKind, "previous_turnout": shareKind,
	"registered": figureKind, "votes_cast": figureKind, "last_election": figureKind, "seat_change": figureKind,
	"seats": figureKind, "seats_won": figureKind, "seats_after": figureKind, "seats_before": figureKind,
	"current_seats": figureKind, "majority_seats": figureKind,
	"election_date": dateKind, "seats_for_election": seatsKind, "ongoing": statusKind,
}

// kindOf returns the kind of a parameter.
func kindOf(parameter string) kind {
	if k, ok := kinds[parameter]; ok {
		return k
	}
	if len(parameter) > 1 && parameter[0] >= '1' && parameter[0] <= '9' {
		switch parameter[1:] {
		case "blank":
			return labelKind
		case "data":
			return figureKind
		}
	}
	return nameKind
}

// canonical returns a value in the form that English boxes have. The problem says why it has none.
func (l *Locale) canonical(k kind, text string) (string, string) {
	if text == "" || k == nameKind {
		return text, ""
	}
	if k == labelKind {
		if english, ok := l.rows[l.lower(strings.Trim(text, " :"))]; ok {
			return english, ""
		}
		return text, ""
	}
	if len(text) > maxText {
		return "", "the value is longer than any figure with its words"
	}
	ascii := toASCII(text)
	if l.absent[l.lower(strings.Trim(ascii, " ."))] {
		return absentText, ""
	}
	switch k {
	case dateKind:
		return l.canonicalDate(ascii)
	case statusKind:
		if english, ok := l.statuses[l.lower(ascii)]; ok {
			return english, ""
		}
		return ascii, ""
	case seatsKind:
		return l.canonicalSeats(ascii)
	}
	words := l.replace(&l.words, ascii)
	if l.percentBefore {
		words = percentBehind(words)
	}
	return l.canonicalFigures(words, k == shareKind && hasOneFigure(words))
}

// maxText is more bytes than a figure has with the words beside it. The longest value of such a parameter in the boxes
// that were seen has some hundreds.
const maxText = 1 << 14

// absentText says that there is no value.
const absentText = "–"

// hasOneFigure reports whether digits stand in one place of a text, with signs but no words between them.
func hasOneFigure(text string) bool {
	first := strings.IndexAny(text, "0123456789")
	last := strings.LastIndexAny(text, "0123456789")
	return first >= 0 && strings.Trim(text[first:last+1], "0123456789.,") == ""
}
