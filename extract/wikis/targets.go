package wikis

import (
	"maps"
	"slices"
)

// numberedTargets are our parameters that each contender has: those that rules read. Source: the documentation of
// Template:Infobox election and Template:Infobox legislative election.
var numberedTargets = map[string]bool{
	"party": true, "leader": true, "party_leader": true, "candidate": true, "nominee": true, "running_mate": true,
	"alliance": true, "colour": true, "color": true, "popular_vote": true, "percentage": true, "swing": true,
	"electoral_vote": true, "seats": true, "seats_after": true, "seats_before": true, "seat_change": true,
	"last_election": true, "party_link": true, "heading": true,
}

// plainTargets are our parameters of the whole election.
var plainTargets = map[string]bool{
	"election_name": true, "country": true, "type": true, "ongoing": true, "election_date": true,
	"previous_election": true, "previous_year": true, "next_election": true, "next_year": true,
	"seats_for_election": true, "majority_seats": true, "registered": true, "votes_cast": true, "turnout": true,
	"title": true, "before_election": true, "before_party": true, "after_election": true, "after_party": true,
}

func isNumberedTarget(name string) bool { return numberedTargets[name] }

func isTarget(name string) bool { return numberedTargets[name] || plainTargets[name] }

// targets returns the names of our parameters, sorted.
func targets() []string {
	return slices.Sorted(maps.Keys(func() map[string]bool {
		all := maps.Clone(numberedTargets)
		maps.Copy(all, plainTargets)
		return all
	}()))
}
