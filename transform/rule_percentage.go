package transform

import "hemicycle/schemas"

var percentage = Rule{
	ID: "percentage", Names: []string{"percentage"}, Each: true, Target: "results.vote_pct",
	Meaning: "share of votes in percent",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		if d, ok := plainPercentOf(f.Text); ok {
			r.e.At(f.Position).VotePct = r.share(d)
			return true
		}
		share, problem := readPercent(f.Text)
		r.unreadable(f, problem)
		r.e.At(f.Position).VotePct = share
		return true
	},
}
