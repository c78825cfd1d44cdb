// Package transform makes an election of an infobox: typed values, claims of the prose, findings and
// measures. It reads no file, asks no network and knows no clock; the same infobox gives the same
// election. It knows one election at a time and nothing of pipelines.
//
// Start with Transform, which is the flow, and the ordered tables that it runs: Rules, Checks, Measures
// and ContenderMeasures. A reader (read_*.go) turns one text into a value.
package transform

import (
	"strconv"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// Rules fill an election from the fields of a box, in this order; a later rule may lean on what an
// earlier one filled.
var Rules = []Rule{
	electionName, country, electionType, status, electionDate, previousElection, previousPage, nextElection, nextPage,
	seatsForElection, majoritySeats, registered, votesCast, turnoutRule,
	candidate, party, leader, runningMate, allianceRule, votes, percentage, swing, electoralVotes,
	seats, seatChange, lastElection, seatsBefore, partyLink, colour, heading,
	office,
}

// ruleParameters is the names that the rules read.
var ruleParameters = parametersOf(Rules)

// Checks judge an election, in this order, and change nothing.
var Checks = []Check{
	malformedBox, encoding, unknownField, unknownTemplate, duplicateField, unreadableValue, ambiguousValue, roundedValue,
	noContender, contenderNumbering, duplicateContender, colourFormat,
	seatTotal, majority, previousSeatTotal, seatChangeCheck, unsignedChange,
	percentRange, percentTotal, percentCoverage, voteSeatOrder,
	turnoutRange, turnoutChangeSign,
	dateInTitle, dateOrder, officeSuccession,
	proseSeats, proseTurnout, proseDate, proseParties, nameVariants,
	measuresCheck,
}

// Measures are computed from an election, in this order.
var Measures = []MeasureKind{
	effectivePartiesVotes, effectivePartiesVotesRescaled, effectivePartiesSeats, fractionalisationVotes, fractionalisationSeats,
	gallagher, gallagherRescaled, loosemoreHanby, loosemoreHanbyListed, raeIndex,
	seatVolatility, seatVolatilityListed, largestGroupShare, largestGroupAdvantage,
	minimalWinningCoalitions, minimalWinningCoalitionsAlone, smallestWinningCoalition, banzhafTotalSwings,
}

// ContenderMeasures are computed of every contender, in this order.
var ContenderMeasures = append([]ContenderMeasureKind{voteShare, seatShare}, votingPowerMeasures...)

// Options are what a caller may set; the zero value is the default.
type Options struct {
	// Severities overrides the severity of checks by ID. schemas.Skip turns a check off.
	Severities map[string]schemas.Status
}

// Transform makes the election of one box of a document. It never fails: whatever the box holds has
// an election, and what is odd about it is among the findings.
func Transform(d *schemas.Document, box *schemas.Infobox, o Options) *schemas.Election {
	r := read(d, box)
	r.e.Claims = readClaims(d, box, r.e)
	r.measure()
	for i := range Checks {
		Checks[i].apply(r, o)
	}
	return r.e
}

// Type makes the election of one box without judging it: typed values, and neither claims nor findings
// nor measures.
func Type(d *schemas.Document, box *schemas.Infobox) *schemas.Election { return read(d, box).e }

// read fills an election by the rules.
func read(d *schemas.Document, box *schemas.Infobox) *reading {
	r := begin(d, box)
	for i := range Rules {
		Rules[i].apply(r, ruleParameters.ofRule[i])
	}
	r.finish()
	return r
}

// reading is a box while it is read: the election so far, and what the readers stumbled over.
type reading struct {
	d   *schemas.Document
	box *schemas.Infobox
	e   *schemas.Election
	boxFields
	troubles []trouble
	// uncomputed is the measures that lack something.
	uncomputed []uncomputed
	// statedChange is the change in seats that the box states, by position.
	statedChange map[int]*int64
	// Room for the values of contenders.
	counts []int64
	shares []decimal.Decimal
	facts  *[2]bool
}

// trouble is what a rule could not make of a field, for the check that reports it.
type trouble struct {
	check    string // the check's ID
	field    *schemas.BoxField
	expected string
	message  string
}

func begin(d *schemas.Document, box *schemas.Infobox) *reading {
	e := &schemas.Election{
		ID:       d.Identity() + "#" + strconv.Itoa(box.Box),
		Document: d, Box: box.Box, Parent: box.Parent, Template: box.Template,
		Fields: make([]schemas.BoxField, len(box.Fields)), Footnotes: box.Footnotes,
	}
	for i := range box.Fields {
		e.Fields[i] = schemas.BoxField{Field: &box.Fields[i], Ordinal: i + 1}
	}
	r := &reading{d: d, box: box, e: e, boxFields: ruleParameters.group(e.Fields)}
	if r.numbered > 0 {
		e.Contenders = make([]schemas.Contender, 0, r.numbered)
	}
	return r
}
