package boxnames

import "hemicycle/extract/document"

// numberedParameters are the parameters of election boxes that have the number of a contender, without it. Source: the
// documentation of the two templates.
var numberedParameters = document.WordSet(`
	party party_link leader party_leader candidate nominee alliance seats percentage popular_vote votes swing
	seat_change last_election seats_before seats_after seats_needed seats_won colour color running_mate
	electoral_vote delegate_count home_state states_carried leader_since leaders_seat heading current_seats image`)

// boxParameters are the parameters of election boxes that are about the whole election, and that no other template has.
var boxParameters = document.WordSet(`
	election_name election_date seats_for_election majority_seats turnout registered votes_counted needed_votes
	votes_for_election previous_election next_election previous_year next_year next_mp previous_mp before_election
	after_election before_party after_party map_image map_caption outgoing_members elected_members elected_mps
	last_update time_zone reporting ongoing party_colour party_color`)

// IsElectionParameter reports whether a parameter, by its name and number, is one that election boxes have and other
// templates do not.
func IsElectionParameter(name string, position int) bool {
	if position > 0 {
		return numberedParameters[name]
	}
	return boxParameters[name]
}
