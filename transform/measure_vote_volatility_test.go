package transform

import (
	"strings"

	"hemicycle/schemas"
)

// swings returns the lines of a box of parties, each given as `name share swing`; a swing of new is that of a new
// party.
func swings(parties ...string) string {
	var lines []string
	for i, party := range parties {
		n := formatInt(int64(i + 1))
		for k, value := range strings.Fields(party) {
			if key := [...]string{"Party", "Percentage", "Swing"}[k]; value != "-" {
				lines = append(lines, key+n+": "+value)
			}
		}
	}
	return strings.Join(lines, "\n")
}

var voteVolatilityCases = []measureCase{
	{name: "nothing changed", box: swings("A 60 +0", "B 40 +0"), value: 0, treatment: "all_listed"},
	{name: "changed", box: swings("A 60 +20", "B 40 −20"), value: 20, treatment: "all_listed"},
	{name: "a new party", box: swings("A 50 −10", "B 40 +0", "C 10 new"), value: 10, treatment: "all_listed"},
	{
		name: "as the box states it", box: "Party1: A\nPercentage1: 60\nLast Election1: 10 seats, 45%\nParty2: B\n" +
			"Percentage2: 40\nLast Election2: 55%, 12 seats", value: 15, treatment: "all_listed",
	},
	{ // C had 10 percent and is not listed
		name: "a party that is gone", box: swings("A 60 +10", "B 40 +0"), value: 10, bounds: nil,
		treatment: "unlisted_one_party",
	},
	{ // 5 percent are not listed now, and were not listed then
		name: "unlisted then and now", box: swings("A 55 +5", "B 40 −5"), value: 5, bounds: []float64{5, 10},
		treatment: "unlisted_one_party", open: true,
	},
	{
		name: "little is unlisted", box: swings("A 59 +0.5", "B 40 −0.5"), value: 0.5, bounds: []float64{0.5, 1.5},
		treatment: "unlisted_one_party",
	},
	{
		name: "independents come and go", box: swings("A 60 +0", "Independent 40 +0"), value: 0, bounds: []float64{0, 40},
		treatment: "all_listed, independents_one_group", open: true,
	},
	{
		name: "one is not known", box: swings("A 60 +10", "B 40 -"),
		missing: "the share of votes of B at the last election is not known",
	},
	{
		name: "nothing on the last election", box: swings("A 60 -", "B 40 -"),
		missing: "no contender has a share of votes at the last election",
	},
	{
		name: "more than all", box: swings("A 60 −20", "B 40 −5"), missing: "at the last election sum to 125 percent",
	},
	{
		name:    "a vote for nobody",
		box:     swings("A 60 +0", "B 35 +0") + "\nParty3: None of the above\nPercentage3: 5\nSwing3: +1",
		missing: "votes for nobody have a share",
	},
	{
		name: "several rounds", box: namedRounds + "Candidate1: Ann\nPercentage1: 40% (first round) 55% (second round)\n" +
			"Swing1: +5\nCandidate2: Bob\nPercentage2: 35% (first round) 45% (second round)\nSwing2: −5\n" +
			"Candidate3: Cy\nPercentage3: 25% (first round)\nSwing3: 0\nSeats For Election: 1",
		missing: "and of which the shares at the last election",
	},
	{
		name: "the seats alone", template: schemas.GeneralBox, box: ballot("10", "A - 5 6", "B - 4 4"),
		missing: "no contender has votes or a share of them",
	},
}
