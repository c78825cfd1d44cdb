// Package transform makes an election of an infobox: typed values, claims of the prose, findings and
// measures. It reads no file, asks no network and knows no clock; the same infobox gives the same
// election. It knows one election at a time and nothing of pipelines.
//
// Start with Transform, which is the flow, and the ordered tables that it runs: Rules, Checks, Measures
// and ContenderMeasures. Package values turns one text into a value.
package transform

import (
	"strconv"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/claims"
)

// Rules fill an election from the fields of a box, in this order; a later rule may lean on what an
// earlier one filled.
var Rules = []Rule{
	electionNameRule, countryRule, electionTypeRule, statusRule, electionDateRule, previousElectionRule, previousPageRule, nextElectionRule, nextPageRule,
	seatsForElectionRule, majoritySeatsRule, registeredRule, votesCastRule, turnoutRule,
	candidateRule, partyRule, leaderRule, runningMateRule, allianceRule, votesRule, percentageRule, swingRule, electoralVotesRule,
	seatsRule, seatChangeRule, lastElectionRule, seatsBeforeRule, partyLinkRule, colourRule, headingRule,
	officeRule,
}

// ruleParameters is the names that the rules read.
var ruleParameters = parametersOf(Rules)

// Checks judge an election, in this order, and change nothing.
var Checks = []Check{
	malformedBoxCheck, encodingCheck, unknownFieldCheck, unknownTemplateCheck, duplicateFieldCheck, unreadableValueCheck, ambiguousValueCheck, roundedValueCheck,
	noContenderCheck, contenderNumberingCheck, duplicateContenderCheck, colourFormatCheck,
	seatTotalCheck, majorityCheck, previousSeatTotalCheck, seatChangeCheck, unsignedChangeCheck,
	percentRangeCheck, percentTotalCheck, percentCoverageCheck, voteSeatOrderCheck,
	turnoutRangeCheck, turnoutChangeSignCheck,
	dateInTitleCheck, dateOrderCheck, officeSuccessionCheck,
	proseSeatsCheck, proseTurnoutCheck, proseDateCheck, prosePartiesCheck, nameVariantsCheck,
	measuresCheck,
}

// Measures are computed from an election, in this order.
var Measures = []MeasureKind{
	effectivePartiesVotesMeasure, effectivePartiesVotesRescaledMeasure, effectivePartiesSeatsMeasure, fractionalisationVotesMeasure, fractionalisationSeatsMeasure,
	gallagherMeasure, gallagherRescaledMeasure, loosemoreHanbyMeasure, loosemoreHanbyListedMeasure, raeIndexMeasure,
	seatVolatilityMeasure, seatVolatilityListedMeasure, largestGroupShareMeasure, largestGroupAdvantageMeasure,
	minimalWinningCoalitionsMeasure, minimalWinningCoalitionsIndependentsAloneMeasure, smallestWinningCoalitionMeasure, banzhafTotalSwingsMeasure,
}

// ContenderMeasures are computed of every contender, in this order.
var ContenderMeasures = append([]ContenderMeasureKind{voteShareMeasure, seatShareMeasure}, votingPowerMeasures...)

// Options are what a caller may set; the zero value is the default.
type Options struct {
	// Severities overrides the severity of checks by ID. schemas.Skip turns a check off.
	Severities map[string]schemas.Status
}

// Transform makes the election of one box of a document. It never fails: whatever the box holds has
// an election, and what is odd about it is among the findings.
func Transform(d *schemas.Document, box *schemas.Infobox, o Options) *schemas.Election {
	r := applyRules(d, box)
	r.e.Claims = claims.Read(d, box, r.e)
	r.measure()
	for i := range Checks {
		Checks[i].apply(r, o)
	}
	return r.e
}

// Type makes the election of one box without judging it: typed values, and neither claims nor findings
// nor measures.
func Type(d *schemas.Document, box *schemas.Infobox) *schemas.Election { return applyRules(d, box).e }

// applyRules fills an election by the rules.
func applyRules(d *schemas.Document, box *schemas.Infobox) *boxReading {
	r := newBoxReading(d, box)
	for i := range Rules {
		Rules[i].apply(r, ruleParameters.ofRule[i])
	}
	r.finish()
	return r
}

// boxReading is a box while it is read: the election so far, and what the readers stumbled over.
type boxReading struct {
	d   *schemas.Document
	box *schemas.Infobox
	e   *schemas.Election
	boxFields
	problems []problem
	// uncomputed is the measures that lack something.
	uncomputed []uncomputed
	// statedChange is the change in seats that the box states, by position.
	statedChange map[int]*int64
	// Room for the values of contenders.
	counts []int64
	shares []decimal.Decimal
	facts  *[2]bool
}

// problem is what a rule could not make of a field, for the check that reports it.
type problem struct {
	check    string // the check's ID
	field    *schemas.BoxField
	expected string
	message  string
}

func newBoxReading(d *schemas.Document, box *schemas.Infobox) *boxReading {
	e := &schemas.Election{
		ID:       d.Identity() + "#" + strconv.Itoa(box.Box),
		Document: d, Box: box.Box, Parent: box.Parent, Template: box.Template,
		Fields: make([]schemas.BoxField, len(box.Fields)), Footnotes: box.Footnotes,
	}
	for i := range box.Fields {
		e.Fields[i] = schemas.BoxField{Field: &box.Fields[i], Ordinal: i + 1}
	}
	r := &boxReading{d: d, box: box, e: e, boxFields: ruleParameters.group(e.Fields)}
	if r.numbered > 0 {
		e.Contenders = make([]schemas.Contender, 0, r.numbered)
	}
	return r
}
