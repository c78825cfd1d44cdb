package schemas

import (
	"slices"
	"strings"
)

// Treatment is one way to treat what a box leaves open when an index is computed from it.
type Treatment struct {
	ID      string
	Meaning string
}

// The IDs of the treatments.
const (
	AllListed              = "all_listed"
	UnlistedOneParty       = "unlisted_one_party"
	UnlistedLeastComponent = "unlisted_least_component"
	UnlistedIgnored        = "unlisted_ignored"
	UnlistedDropped        = "unlisted_dropped"
	OfListedVotes          = "of_listed_votes"
	PreviousAsLarge        = "previous_chamber_as_large"
	IndependentsOneGroup   = "independents_one_group"
	IndependentsAlone      = "independents_alone"
)

// Treatments returns every treatment. A value can stand under two: one of the rest, one of independents.
func Treatments() []Treatment { return slices.Clone(treatments) }

var treatments = []Treatment{
	{AllListed, "the box lists all, or all but less than half a point"},
	{UnlistedOneParty, "the rest is taken for one party"},
	{UnlistedLeastComponent, "the rest is taken for parties as large as the smallest that is listed"},
	{UnlistedIgnored, "the rest is left out, and the shares stay as they are"},
	{UnlistedDropped, "the rest is left out, and the shares are rescaled to 100 percent"},
	{OfListedVotes,
		"the box gives votes, and neither shares nor a total: shares are of the votes listed, and what is " +
			"unlisted is not known"},
	{PreviousAsLarge,
		"the last chamber is taken to have been as large as this one, and the rest of it to have gone to " +
			"parties that hold nothing now"},
	{IndependentsOneGroup, "independents count as one group"},
	{IndependentsAlone, "each independent member counts alone"},
}

// TreatmentsMeaning returns the treatments as a part of what a column means.
func TreatmentsMeaning() string {
	var all []string
	for _, t := range treatments {
		all = append(all, t.ID+" ("+t.Meaning+")")
	}
	return strings.Join(all, "; ")
}
