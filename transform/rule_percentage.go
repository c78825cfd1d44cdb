package transform

import (
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var percentageRule = Rule{
	ID: "percentage", Names: []string{"percentage"}, Numbered: true,
	Columns: []string{"results.vote_pct", "results.swing_pp", "round_results.vote_pct"},
	Meaning: "share of votes in percent, that of each round where the field parts them, and the change of it that " +
		"stands beside it",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		beside := c.VotePct
		if d, ok := values.PlainPercent(f.Text); ok {
			c.VotePct = r.share(d)
			r.doubtShareBeside(c, beside, f)
			return true
		}
		if parts := r.roundParts(f); parts != nil {
			r.readRoundVotes(f, parts, true)
			return true
		}
		if values.IsAbsent(f.Text) { // the share may stand beside the votes
			return c.VotePct == nil
		}
		c.VotePct = nil
		if text, ok := r.exact(f); ok {
			share, problem := values.ReadPercent(text)
			r.unreadable(f, problem)
			c.VotePct = share
		}
		r.doubtShareBeside(c, beside, f)
		swing, _, _ := values.ReadSwing(values.ChangeBeside(f.Text))
		switch {
		case c.VotePct == nil || swing == nil:
		case c.SwingPP != nil: // in a row of one's own, which is read after the fields
			r.addShareDifference(f, swing, r.fieldFilling("results.swing_pp", c.Position), c.SwingPP)
		default:
			c.SwingPP, f.Targets = swing, []string{"results.vote_pct", "results.swing_pp"}
		}
		return true
	},
}

// doubtShareBeside notes that the share that stands beside the votes is another one than that of the field for it.
func (r *boxReading) doubtShareBeside(c *schemas.Contender, beside *decimal.Decimal, f *schemas.BoxField) {
	if beside == nil {
		return
	}
	votes := r.fieldFilling("results.vote_pct", c.Position)
	r.addShareDifference(votes, beside, f, c.VotePct)
	if votes != nil {
		votes.Targets = []string{"results.votes"}
	}
}
