package locales

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/digits"
)

func toASCII(text string) string { return digits.ToASCII(text) }

// Problem is why the value of a field has no English form.
type Problem struct {
	Field   int // its index
	Message string
}

// Translate returns the fields of a box with their values in the form that English boxes have. A value that has none is
// empty, and has a problem. The fields of the box stay as they are.
func (l *Locale) Translate(box *schemas.Infobox) (fields []schemas.Field, problems []Problem) {
	if fields = slices.Clone(box.Translated); fields == nil {
		fields = slices.Clone(box.Fields)
	}
	for i := range fields {
		f := &fields[i]
		k := kindOf(f.Name)
		if k == nameKind || f.Text == "" {
			continue
		}
		text, problem := l.canonical(k, f.Text)
		if problem != "" {
			problems = append(problems, Problem{Field: i, Message: problem})
			text = ""
		}
		if text != f.Text {
			f.Text, f.Links = text, nil
		}
	}
	keepSwingRows(fields)
	addTurnoutChange(fields)
	return fields, problems
}

// swingLabel is the English label of a row of changes in the share of votes.
const swingLabel = "Swing"

// keepSwingRows takes the label of changes from a row whose figures are not all shares: they can be those of seats.
func keepSwingRows(fields []schemas.Field) {
	for i := range fields {
		number, isLabel := strings.CutSuffix(fields[i].Name, "blank")
		if !isLabel || fields[i].Text != swingLabel {
			continue
		}
		for k := range fields {
			f := &fields[k]
			hasFigure := strings.ContainsAny(f.Text, "123456789")
			if f.Name == number+"data" && hasFigure && !strings.Contains(f.Text, "%") {
				fields[i].Text = "Change"
			}
		}
	}
}

// addTurnoutChange adds to the turnout its change from that of the election before, where the box has both as one
// figure.
func addTurnoutChange(fields []schemas.Field) {
	find := func(parameter string) int {
		return slices.IndexFunc(fields, func(f schemas.Field) bool { return f.Name == parameter && f.Position == 0 })
	}
	now, before := find("turnout"), find("previous_turnout")
	if now < 0 || before < 0 {
		return
	}
	turnout, isTurnout := plainShare(fields[now].Text)
	last, isLast := plainShare(fields[before].Text)
	if !isTurnout || !isLast {
		return
	}
	change := turnout.Sub(last)
	sign := "+"
	switch {
	case change.IsNegative():
		sign = "−"
	case change.IsZero():
		sign = ""
	}
	text := strings.TrimSuffix(fields[now].Text, "%")
	fields[now].Text = strings.TrimSpace(text) + "% (" + sign + change.Abs().String() + " pp)"
}

// plainShare reads a share alone, with or without its sign.
func plainShare(text string) (decimal.Decimal, bool) {
	text = strings.TrimSpace(strings.TrimSuffix(text, "%"))
	if len(text) > len("100.000000") || strings.Trim(text, "0123456789.") != "" || text == "" {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil && d.LessThanOrEqual(decimal.NewFromInt(100))
}
