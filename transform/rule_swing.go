package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var swingRule = Rule{
	ID: "swing", Names: []string{"swing"}, Numbered: true, Columns: []string{"results.swing_pp", "results.is_new"},
	Meaning: "change of the share of votes in percentage points, or that the contender is new",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsAbsent(f.Text) {
			return false
		}
		if r.newcomer(f) {
			return true
		}
		c := r.e.EnsureContender(f.Position)
		beside := c.SwingPP
		c.SwingPP = signedChange(r, f, "the share", values.ReadSwing)
		if beside == nil {
			return true
		}
		if share := r.fieldFilling("results.swing_pp", c.Position); share != nil {
			r.addShareDifference(share, beside, f, c.SwingPP)
			share.Targets = []string{"results.vote_pct"}
		}
		return true
	},
}

// computePreviousShares fills the shares at the last election that the box does not state: the share less the swing. A
// contender that is new has none, and a share below zero would be none. Of several rounds, it cannot be told which
// one a swing is of.
func (r *boxReading) computePreviousShares() {
	if len(r.e.Rounds) > 0 {
		return
	}
	for i := range r.e.Contenders {
		c := &r.e.Contenders[i]
		isNew := c.IsNew != nil && *c.IsNew
		if c.PreviousVotePct != nil || isNew || c.VotePct == nil || c.SwingPP == nil {
			continue
		}
		if share := c.VotePct.Sub(*c.SwingPP); !share.IsNegative() && share.LessThanOrEqual(values.Hundred) {
			c.PreviousVotePct = r.share(share)
		}
	}
}
