// Package ownrows reads the labels of the rows that an editor adds to Infobox election: 1blank is a label, and 1data1,
// 1data2 and so on are the figures of the contenders. Source: the documentation of the template.
//
// Start with Read.
package ownrows

import (
	"regexp"
	"strconv"
	"strings"

	"hemicycle/schemas"
)

// Kind is what the label of a row says.
type Kind int

// The kinds of rows. Of rounds, only the last counts.
const (
	Unknown Kind = iota
	Votes
	LastRound       // votes, too
	ElectorateVotes // of the party or of the constituency, where votes are of both kinds
	VoteShares
	Swings
	Seats
)

// Row is a row: its kind, and the field with its label.
type Row struct {
	Kind  Kind
	Label *schemas.BoxField
}

// The patterns match the labels of rows, in lower case. A round has its number, or is the last.
var (
	votesPattern  = regexp.MustCompile(`^(?:total |valid )?(?:popular )?votes?(?: won| received)?$`)
	sharesPattern = regexp.MustCompile(
		`^(?:percentage|percent|%|(?:popular )?vote (?:share|percentage|%)|share(?: of votes?)?)$`,
	)
	seatsPattern = regexp.MustCompile(`^seats(?: won)?$`)
	roundPattern = regexp.MustCompile(
		`^(?:(first|second|third|fourth|1st|2nd|3rd|4th|final|last)[ -](?:round|ballot|count)|` +
			`(?:round|ballot) ([1-4])|(run-?off)(?: round)?)(?: (?:popular )?votes?| election)?$`,
	)
)

// Read returns the rows of a box by the name of their figures: 2data.
func Read(fields []schemas.BoxField) map[string]Row {
	kinds := map[string]Kind{}
	rows := map[string]Row{}
	ambiguous := map[string]bool{}
	lastRound, decisive := 0, ""
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
			if n := roundNumber(label); n > lastRound {
				lastRound, decisive = n, name
			}
		}
	}
	if decisive != "" {
		kinds[decisive] = LastRound
	}
	if electorate != "" && !hasPartyVote { // seats follow the party vote where there is one
		kinds[electorate] = ElectorateVotes
	}
	for name, kind := range kinds {
		if !ambiguous[name] {
			rows[name] = Row{kind, rows[name].Label}
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
	case seatsPattern.MatchString(label):
		return Seats
	}
	return Unknown
}

// roundNumber returns the number of the round that a label names, 0 if it names none. The last round has a high one.
func roundNumber(label string) int {
	m := roundPattern.FindStringSubmatch(label)
	if m == nil {
		return 0
	}
	const last = 9
	switch m[1] {
	case "first", "1st":
		return 1
	case "second", "2nd":
		return 2
	case "third", "3rd":
		return 3
	case "fourth", "4th":
		return 4
	case "final", "last":
		return last
	}
	if n, err := strconv.Atoi(m[2]); err == nil {
		return n
	}
	return last
}
