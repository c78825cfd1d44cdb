package values

import (
	"regexp"

	"github.com/shopspring/decimal"
)

var (
	// writtenSharePattern matches a share with its sign behind it or, as in Turkish, before it.
	writtenSharePattern = regexp.MustCompile(`%\s?([0-9]+(?:[.,][0-9]+)?)|([0-9]+(?:[.,][0-9]+)?)\s?%`)
	// notShareBeforePattern matches what stands right before a figure that is a change, a bound, a guess or the end of
	// another figure.
	notShareBeforePattern = regexp.MustCompile(
		`(?i)(?:[-–−+±<>~≈≤≥0-9▲▼△▽]|[0-9][.,]|\b(?:c\.?|ca\.?|circa|about|around|over|under|above|below|nearly|up to))\s?$`)
)

// ReadPreviousShare returns the share of votes that a text on the last election states beside the seats: "202 seats,
// 32.1%", "29.64%, 78 seats". It returns nil if there is none, or if there are several, such as those of predecessors.
func ReadPreviousShare(text string) *decimal.Decimal {
	text = WithoutFootnotes(text)
	all := writtenSharePattern.FindAllStringSubmatchIndex(text, 2)
	if len(all) != 1 {
		return nil
	}
	m := all[0]
	from, to := m[2], m[3]
	if from < 0 {
		from, to = m[4], m[5]
	}
	before := text[max(0, m[0]-20):m[0]]
	if notShareBeforePattern.MatchString(before) {
		return nil
	}
	share, problem := ReadPercent(text[from:to])
	if problem != "" || share == nil || share.GreaterThan(Hundred) {
		return nil
	}
	return share
}
