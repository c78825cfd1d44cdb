package transform

// presentation is the parameters of both templates that say how a box looks, name its files and
// lists, or belong to columns that no table has; they are known, and no rule reads them. Source: the
// documentation of Template:Infobox legislative election and Template:Infobox election.
var presentation = map[string]bool{
	"after_image": true, "alliance_name": true, "before_image": true, "blank": true, "data": true, "caption": true,
	"college_voted": true, "declared": true, "districts_won": true, "elected_members": true, "elected_mps": true,
	"election_logo": true, "election_logo_alt": true, "election_logo_size": true, "embed": true, "filler": true,
	"first_election": true, "flag_image": true, "flag_image_size": true, "flag_year": true, "home_state": true,
	"image": true, "image_size": true, "image_upright": true, "last_update": true,
	"leader_since": true, "leaders_seat": true, "map": true, "map_alt": true, "map_caption": true,
	"map_image": true, "map_size": true, "map_upright": true, "module": true, "needed_votes": true, "nocandidate": true,
	"nochange": true, "noleader": true, "noparty": true, "noseats": true, "noswing": true, "novotes": true,
	"next_mps": true, "next_seats": true, "party_title": true, "leader_title": true, "poll_date": true, "polls": true,
	"previous_seats": true, "running_mate_home_state": true, "votes_title": true, "change_title": true,
	"seats_won_title": true, "image_alt": true, "flag_alt": true, "total_votes": true, "projected_electoral_vote": true,
	"nopercentage": true, "opinion_polls": true, "outgoing_members": true, "outgoing_party": true, "party_colour": true,
	"party_name": true, "percentage_title": true, "posttitle": true, "previous_mps": true, "reporting": true,
	"results_sec":  true,
	"seats_needed": true, "seats_title": true, "states_carried": true, "time_zone": true,
	"vote_type": true, "votes_counted": true, "votes_for_election": true, "width": true,
}
