package transform

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/figures"
	"hemicycle/transform/shares"
	"hemicycle/transform/values"
)

// tallyVotes finds how the votes are shared: by the percentages stated, or else by the votes.
func (t *tally) tallyVotes() {
	t.share = make([]float64, len(t.contenders))
	for i := range t.share {
		t.share[i] = -1
	}
	if t.unmet(voteShares) != nil {
		return
	}
	for _, column := range []string{
		"results.vote_pct", "results.votes", "round_results.votes", "round_results.vote_pct",
	} {
		if t.restsOnGuess(voteShares, column) {
			return
		}
	}
	lists, fractions := t.r.electorates, t.r.fractions
	if t.votes != t.r.e {
		lists, fractions = shares.ListsOf(t.votes), shares.FractionsOf(t.votes, t.r.isWrittenAsPercentage())
	}
	var sum float64
	switch {
	case len(lists) == 0:
		if sum = t.sharesFromVotes(); sum == 0 {
			t.setMissing(voteShares, "no contender has votes or a share of them stated")
		}
	case len(lists) == 1 && len(fractions) > 0:
		t.setMissing(voteShares, "the shares of votes look like fractions of 1")
	case len(lists) == 1:
		sum = t.sharesAsStated(&lists[0])
	default:
		t.setMissing(voteShares, "the headings part electorates, whose shares do not add")
	}
	if t.unmet(voteShares) != nil {
		return
	}
	if rest := 100 - sum; rest > halfAPoint {
		t.unlistedVotes = rest
	}
	for i := range t.contenders {
		t.independents = t.independents || t.contenders[i].IsGroupOfIndependents() && t.share[i] > 0
	}
}

// sharesAsStated takes the shares that the box states. It returns their sum. Where votes for nobody have a share of the
// whole, those of contenders become shares of the rest.
func (t *tally) sharesAsStated(l *shares.List) float64 {
	if l.Sum.GreaterThan(values.Hundred.Add(l.Rounding)) {
		t.missing[voteShares] = &missingReason{
			subject:  "vote_pct",
			expected: "up to 100",
			observed: schemas.FormatDecimal(l.Sum),
			why:      fmt.Sprintf("the shares of votes sum to %s percent", schemas.FormatDecimal(l.Sum)),
		}
		return 0
	}
	var listed decimal.Decimal
	for i := range t.contenders {
		p := t.contenders[i].VotePct
		if p == nil {
			continue
		}
		if p.IsNegative() {
			t.missing[voteShares] = &missingReason{
				subject:  "vote_pct",
				expected: "0 or more",
				observed: schemas.FormatDecimal(*p),
				why:      "a share of votes is below zero",
			}
			return 0
		}
		t.share[i] = figures.FloatOf(p)
		listed = listed.Add(*p)
	}
	t.stated = t.share
	sum := figures.FloatOf(&listed)
	votes := 100 - t.shareForNobody(l)
	if votes < 100 {
		t.share = slices.Clone(t.share)
		for i, share := range t.share {
			if share > 0 {
				t.share[i] = float64(100*share) / votes
			}
		}
		sum = float64(100*sum) / votes
	}
	if sum == 0 {
		t.setMissing(voteShares, "no contender has a vote")
	}
	return sum
}

// shareForNobody returns the share of votes for nobody: none of the above, and invalid votes if they are a part of the
// whole.
func (t *tally) shareForNobody(l *shares.List) float64 {
	var nobody, invalid decimal.Decimal
	for i := range t.votes.Contenders {
		switch c := &t.votes.Contenders[i]; {
		case c.VotePct == nil || c.VotePct.IsNegative():
		case c.Kind == schemas.KindNoneOfTheAbove:
			nobody = nobody.Add(*c.VotePct)
		case c.Kind == schemas.KindInvalid:
			invalid = invalid.Add(*c.VotePct)
		}
	}
	if l.Sum.Add(invalid).LessThanOrEqual(values.Hundred.Add(l.Rounding)) {
		nobody = nobody.Add(invalid)
	}
	return figures.FloatOf(&nobody)
}

// sharesFromVotes computes shares from the votes. It returns their sum, 0 if there is no vote: 100, or less if others
// have votes whom the box does not name.
func (t *tally) sharesFromVotes() float64 {
	e := t.votes
	var sum, listed float64
	for i := range e.Contenders {
		c := &e.Contenders[i]
		if c.Votes == nil || !c.Competes() && c.Kind != schemas.KindOthers {
			continue
		}
		sum += float64(*c.Votes)
		if c.Competes() {
			listed += float64(*c.Votes)
		}
	}
	if listed == 0 {
		return 0
	}
	for i := range t.contenders {
		if v := t.contenders[i].Votes; v != nil {
			t.share[i] = float64(100*float64(*v)) / sum
		}
	}
	t.stated = t.share
	// Invalid votes are among the votes cast. So they tell how many votes are unlisted only if next to none are.
	t.ofVotes = true
	if e.VotesCast != nil {
		cast := float64(*e.VotesCast)
		t.ofVotes = cast < sum || float64(100*(cast-sum)) > float64(halfAPoint*cast)
	}
	if listed == sum {
		return 100
	}
	return float64(100*listed) / sum
}

// voteSquares returns the sum of the squared shares in percent: the value, and the least and the most that it can be.
// At most, the unlisted votes are those of one party; at least, those of parties without end.
func (t *tally) voteSquares() (value, least, most float64) {
	smallest := t.unlistedVotes
	for _, v := range t.share {
		if v > 0 {
			least += figures.Square(v)
			smallest = min(smallest, v)
		}
	}
	return least + float64(t.unlistedVotes*smallest), least, least + figures.Square(t.unlistedVotes)
}

// listedVotes returns the sum of the shares that are known, in percent.
func (t *tally) listedVotes() (sum float64) {
	for _, v := range t.share {
		sum += max(0, v)
	}
	return sum
}

// tallyLastShares finds the shares of votes at the last election. Those of all contenders must be known, unless they
// sum to all votes.
func (t *tally) tallyLastShares() {
	if t.propagate(lastShares, voteShares) || t.restsOnGuess(lastShares, "results.previous_vote_pct") {
		return
	}
	var sum, rounding decimal.Decimal
	t.lastShare = make([]float64, len(t.contenders))
	unknown := ""
	for i := range t.contenders {
		c := &t.contenders[i]
		isNew := c.IsNew != nil && *c.IsNew
		switch p := c.PreviousVotePct; {
		case p != nil:
			t.lastShare[i] = figures.FloatOf(p)
			sum = sum.Add(*p)
			rounding = rounding.Add(decimal.New(5, min(0, p.Exponent())-1))
		case !isNew && unknown == "":
			unknown = c.Label()
		}
		if t.share[i] < 0 && (c.PreviousVotePct != nil || isNew) {
			t.setMissing(lastShares, "the share of votes of "+c.Label()+" is not stated")
			return
		}
	}
	listsAll := figures.FloatOf(&sum) >= 100-halfAPoint
	switch {
	case len(t.r.e.Rounds) > 0:
		t.setMissing(lastShares, "the election has rounds, and of which the shares at the last election are is not said")
	case sum.IsZero():
		t.setMissing(lastShares, "no contender has a share of votes at the last election stated")
	case sum.GreaterThan(values.Hundred.Add(rounding)):
		t.setMissing(lastShares, fmt.Sprintf("the shares of votes at the last election sum to %s percent",
			schemas.FormatDecimal(sum)))
	case t.ofVotes:
		t.setMissing(lastShares, "the shares of votes are of those listed, and those at the last election of all")
	case t.hasVotesForNobody():
		t.setMissing(lastShares, "votes for nobody have a share, and whether they had at the last election is not known")
	case unknown != "" && !listsAll:
		t.setMissing(lastShares, "the share of votes of "+unknown+" at the last election is not known")
	}
}

// hasVotesForNobody reports whether votes for none of the above, or invalid votes, have a share.
func (t *tally) hasVotesForNobody() bool {
	return slices.ContainsFunc(t.r.e.Contenders, func(c schemas.Contender) bool {
		isNobody := c.Kind == schemas.KindNoneOfTheAbove || c.Kind == schemas.KindInvalid
		return isNobody && c.VotePct != nil && c.VotePct.IsPositive()
	})
}
