package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var percentageRule = Rule{
	ID: "percentage", Names: []string{"percentage"}, Numbered: true, Columns: []string{"results.vote_pct"},
	Meaning: "share of votes in percent",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		if d, ok := values.PlainPercent(f.Text); ok {
			r.e.EnsureContender(f.Position).VotePct = r.share(d)
			return true
		}
		c := r.e.EnsureContender(f.Position)
		if values.IsAbsent(f.Text) { // the share may stand beside the votes
			return c.VotePct == nil
		}
		c.VotePct = nil
		if text, ok := r.exact(f); ok {
			share, problem := values.ReadPercent(text)
			r.unreadable(f, problem)
			c.VotePct = share
		}
		return true
	},
}
