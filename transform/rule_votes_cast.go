package transform

import "hemicycle/schemas"

var votesCast = Rule{
	ID: "votes_cast", Names: []string{"votes_cast"}, Target: "elections.votes_cast",
	Meaning: "votes cast, where the box counts them",
	fill:    func(r *reading, f *schemas.BoxField) bool { return r.count(&r.e.VotesCast, f, maxVotes) },
}
