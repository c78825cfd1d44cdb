// Package ownrows reads the labels of the rows that an editor adds to Infobox election: 1blank is a label, and 1data1,
// 1data2 and so on are the figures of the contenders. Source: the documentation of the template.
//
// Start with Read.
package ownrows

import (
	"regexp"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/rounds"
)

// Kind is what the label of a row says.
type Kind int

// The kinds of rows. Of counts of one ballot, such as those of a single transferable vote, only the last counts.
const (
	Unknown Kind = iota
	Votes
	Round           // votes of a round
	LastCount       // votes, too
	ElectorateVotes // of the party or of the constituency, where votes are of both kinds
	VoteShares
	Swings
	Seats
	SeatsWon // which are not those held after the election
)

// Row is a row: its kind, the round that it is of, if it is of one, and the field with its label.
type Row struct {
	Kind  Kind
	Round int
	Label *schemas.BoxField
}

// The patterns match the labels of rows, in lower case. A count has its number, or is the last.
var (
	votesPattern  = regexp.MustCompile(`^(?:total |valid )?(?:popular )?votes?(?: won| received)?$`)
	sharesPattern = regexp.MustCompile(
		`^(?:percentage|percent|%|(?:popular )?vote (?:share|percentage|%)|share(?: of votes?)?)$`,
	)
	seatsWonPattern = regexp.MustCompile(`^(?:seats|races|contests|districts) won(?: on the day)?$`)
	countPattern    = regexp.MustCompile(
		`^(first|second|third|fourth|1st|2nd|3rd|4th|final|last)[ -]count(?: (?:popular )?votes?)?$`)
)

// Read returns the rows of a box by the name of their figures: 2data.
func Read(fields []schemas.BoxField) map[string]Row {
	kinds := map[string]Kind{}
	rows := map[string]Row{}
	ambiguous := map[string]bool{}
	roundOf := map[string]int{}
	lastCount, decisive := 0, ""
	hasPartyVote := false
	electorate := ""
	for i := range fields {
		f := &fields[i]
		number, isLabel := strings.CutSuffix(f.Name, "blank")
		if !isLabel || len(number) != 1 || f.Position > 0 {
			continue
		}
		name := number + "data"
		if before, repeats := rows[name]; repeats && before.Label.Text != f.Text {
			ambiguous[name] = true // two blocks of contenders with rows of their own
			continue
		}
		rows[name] = Row{Label: f}
		label := strings.ToLower(strings.Trim(f.Text, " :"))
		switch kind := kindOfLabel(label); {
		case kind != Unknown:
			kinds[name] = kind
		case label == "party vote" || label == "list vote":
			kinds[name], hasPartyVote = ElectorateVotes, true
		case label == "electorate vote" || label == "constituency vote":
			electorate = name
		default:
			if n := rounds.NumberOfLabel(label); n > 0 {
				kinds[name], roundOf[name] = Round, n
			} else if n := countNumber(label); n > lastCount {
				lastCount, decisive = n, name
			}
		}
	}
	if decisive != "" {
		kinds[decisive] = LastCount
	}
	if electorate != "" && !hasPartyVote { // seats follow the party vote where there is one
		kinds[electorate] = ElectorateVotes
	}
	for name, kind := range kinds {
		if !ambiguous[name] {
			rows[name] = Row{Kind: kind, Round: roundOf[name], Label: rows[name].Label}
		}
	}
	return rows
}

// kindOfLabel returns the kind of the row with a label that says it alone.
func kindOfLabel(label string) Kind {
	switch {
	case votesPattern.MatchString(label):
		return Votes
	case sharesPattern.MatchString(label):
		return VoteShares
	case label == "swing":
		return Swings
	case label == "seats":
		return Seats
	case seatsWonPattern.MatchString(label):
		return SeatsWon
	}
	return Unknown
}

// countNumber returns the number of the count that a label names, 0 if it names none. The last count has a high one.
func countNumber(label string) int {
	m := countPattern.FindStringSubmatch(label)
	if m == nil {
		return 0
	}
	return rounds.NumberOfLabel(m[1] + " round")
}
