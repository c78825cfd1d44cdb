package dates

import (
	"regexp"
	"slices"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// Poll is one day of voting, or several that follow each other closely.
type Poll struct{ First, Last schemas.Date }

var (
	// daysTogetherPattern matches days of one poll: 23–24 May.
	daysTogetherPattern = regexp.MustCompile(`\b([0-9]{1,2})\s*[–-]\s*([0-9]{1,2})\b`)
	// periodPattern matches what makes two dates the ends of a period: 1 February – 14 June.
	periodPattern = regexp.MustCompile(`(?i)[–—‑-]|\b(?:to|until|till|through|between|phase|stage)s?\b`)
)

// daysBetweenPolls is how many days part two rounds at least. Voting in one round takes fewer: two days in Czechia.
// Few second rounds come sooner than a week after the first.
const daysBetweenPolls = 6

// Polls returns the polls that a text names, in the order of time, if there are several: 17 and 24 February 2013. The
// ends of a period are no polls, and nor are the days of phases.
func Polls(text string, latest int) []Poll {
	if _, isOne := plainDate(text); isOne || text == "" {
		return nil
	}
	text = daysTogetherPattern.ReplaceAllStringFunc(text, func(days string) string {
		m := daysTogetherPattern.FindStringSubmatch(days)
		if from, to := values.DigitsValue(m[1]), values.DigitsValue(m[2]); from < to && to-from < daysBetweenPolls {
			return m[1] + " and " + m[2]
		}
		return days
	})
	// A date in digits alone has the mark of a period.
	if mayHaveNumericDate(text) || periodPattern.MatchString(text) {
		return nil
	}
	days, problem := datesIn(text)
	if problem != "" || len(days) < 2 {
		return nil
	}
	slices.SortFunc(days, schemas.Date.Compare)
	var polls []Poll
	for _, d := range days {
		if !d.Full() || !isPossibleDate(d) || d.Year > latest {
			return nil
		}
		if n := len(polls); n > 0 && d.Time().Sub(polls[n-1].Last.Time()).Hours() < 24*daysBetweenPolls {
			polls[n-1].Last = d
			continue
		}
		polls = append(polls, Poll{First: d, Last: d})
	}
	if len(polls) < 2 {
		return nil
	}
	return polls
}
