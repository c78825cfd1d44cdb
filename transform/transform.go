// Package transform turns an infobox into an election: typed values, the claims of the prose, findings and measures.
// It reads no file, uses no network and asks no clock, so the same infobox always gives the same election. It sees one
// election at a time and knows nothing of pipelines.
//
// Start with Transform, which is the whole flow. Rules, Checks, Measures and ContenderMeasures list what it runs, in
// order. Package values turns one text into a value.
package transform

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/boxfields"
	"hemicycle/transform/claims"
	"hemicycle/transform/classification"
	"hemicycle/transform/locales"
	"hemicycle/transform/ownrows"
	"hemicycle/transform/rounds"
	"hemicycle/transform/seats"
	"hemicycle/transform/shares"
)

// ruleTable has the rules in the order in which they fill an election. A rule may use what an earlier one filled.
var ruleTable = []Rule{
	electionNameRule, countryRule, electionTypeRule, statusRule, electionDateRule,
	previousElectionRule, previousPageRule, nextElectionRule, nextPageRule,
	seatsForElectionRule, majoritySeatsRule, registeredRule, votesCastRule, turnoutRule,
	candidateRule, partyRule, leaderRule, runningMateRule, allianceRule,
	votesRule, percentageRule, swingRule, electoralVotesRule,
	seatsRule, seatChangeRule, lastElectionRule, seatsBeforeRule, ownRowLabelsRule, ownRowsRule, partyLinkRule,
	colourRule, headingRule,
	officeRule,
}

// ruleParameters has the names that the rules read.
var ruleParameters = func() *boxfields.Parameters {
	names := make([][]string, len(ruleTable))
	for i := range ruleTable {
		names[i] = ruleTable[i].Names
	}
	return boxfields.NewParameters(names)
}()

// checkTable has the checks in the order in which they judge an election.
var checkTable = []Check{
	malformedBoxCheck, encodingCheck, unknownFieldCheck, unknownTemplateCheck, unreadRowCheck, duplicateFieldCheck,
	unreadableValueCheck, ambiguousValueCheck, inexactValueCheck, roundedValueCheck, struckValueCheck,
	twoChambersCheck,
	noContenderCheck, namelessContenderCheck, contenderNumberingCheck, duplicateContenderCheck, colourFormatCheck,
	seatTotalCheck, unlistedSeatsCheck, majorityCheck, previousSeatTotalCheck, seatChangeCheck, unsignedChangeCheck,
	newWithPastCheck,
	percentRangeCheck, fractionsCheck, percentTotalCheck, percentCoverageCheck, votesAgainstPercentagesCheck,
	voteSeatOrderCheck,
	turnoutRangeCheck, turnoutChangeSignCheck,
	dateInTitleCheck, countryInTitleCheck, dateOrderCheck, officeSuccessionCheck,
	proseSeatsCheck, proseTurnoutCheck, proseDateCheck, prosePartiesCheck, nameVariantsCheck,
	measuresCheck,
}

// measureTable has the measures of an election in the order in which they are computed.
var measureTable = []MeasureKind{
	effectivePartiesVotesMeasure, effectivePartiesVotesRescaledMeasure, effectivePartiesSeatsMeasure,
	fractionalisationVotesMeasure, fractionalisationSeatsMeasure,
	gallagherMeasure, gallagherRescaledMeasure, loosemoreHanbyMeasure, loosemoreHanbyListedMeasure, raeIndexMeasure,
	voteVolatilityMeasure, seatVolatilityMeasure, seatVolatilityListedMeasure,
	largestGroupShareMeasure, largestGroupAdvantageMeasure,
	minimalWinningCoalitionsMeasure, minimalWinningCoalitionsIndependentsAloneMeasure,
	smallestWinningCoalitionMeasure, banzhafTotalSwingsMeasure,
}

// contenderMeasureTable has the measures of each contender in the order in which they are computed.
var contenderMeasureTable = append([]ContenderMeasureKind{voteShareMeasure, seatShareMeasure}, votingPowerMeasures...)

// Rules returns the rules that fill an election from the fields of a box, in the order in which they run. The caller
// owns the slice.
func Rules() []Rule {
	rules := slices.Clone(ruleTable)
	for i := range rules {
		rules[i].Names = slices.Clone(rules[i].Names)
		rules[i].Columns = slices.Clone(rules[i].Columns)
	}
	return rules
}

// Checks returns the checks that judge an election, in the order in which they run. The caller owns the slice.
func Checks() []Check { return slices.Clone(checkTable) }

// Measures returns the measures of an election, in the order in which they are computed. The caller owns the slice.
func Measures() []MeasureKind { return slices.Clone(measureTable) }

// ContenderMeasures returns the measures of each contender, in the order in which they are computed. The caller owns
// the slice.
func ContenderMeasures() []ContenderMeasureKind { return slices.Clone(contenderMeasureTable) }

// Options are what a caller may set; the zero value is the default.
type Options struct {
	// Severities overrides the severity of checks by ID. schemas.Skip turns a check off.
	Severities map[string]schemas.Status
	// Locales has the locale of the values of each wiki, by the name of its database. A wiki without one is read as
	// English is.
	Locales map[string]*locales.Locale
}

// Transform returns the election of one box of a document. It never fails: there is an election for every box,
// whatever the box holds, and its findings tell what is odd about it.
func Transform(d *schemas.Document, box *schemas.Infobox, o Options) *schemas.Election {
	locale := o.Locales[d.Wiki]
	r := readBox(d, box, locale)
	if locale == nil { // the claims are those of English prose
		r.e.Claims = claims.Read(d, box, r.e)
	}
	r.computeMeasures()
	r.e.Quiet = make([]schemas.Finding, 0, len(checkTable))
	for i := range checkTable {
		checkTable[i].apply(r, o)
	}
	r.restoreFields()
	return r.e
}

// ApplyRules returns the election of one box with the values that the rules read. It has no claims, findings or
// measures.
func ApplyRules(d *schemas.Document, box *schemas.Infobox) *schemas.Election {
	r := readBox(d, box, nil)
	r.restoreFields()
	return r.e
}

// readBox applies the rules to a box.
func readBox(d *schemas.Document, box *schemas.Infobox, locale *locales.Locale) *boxReading {
	r := newBoxReading(d, box, locale)
	for i := range ruleTable {
		ruleTable[i].apply(r, ruleParameters.OfRule(i))
	}
	r.finish()
	return r
}

// boxReading is a box that is being read: the election so far, and the problems of its fields.
type boxReading struct {
	d   *schemas.Document
	box *schemas.Infobox
	e   *schemas.Election
	boxfields.Fields
	problems []fieldProblem
	// uncomputed has the measures that the box does not give enough for.
	uncomputed []uncomputedMeasure
	// chambers has the seats of each chamber that the phrase on seats names, if there are several.
	chambers []seats.Seats
	// phraseMajority is the majority that the phrase on seats states beside the field for it, and phrase its field.
	phrase         *schemas.BoxField
	phraseMajority *int64
	// countries are two that the box and the title of its page name; nil if they name one.
	countries *classification.Conflict
	// newFields has the fields that call a contender new.
	newFields []*schemas.BoxField
	// ownRows has the kinds of the rows with labels of their own, once they are read.
	ownRows map[string]ownrows.Row
	// wonRows has the seats won in such rows, beside seats that the box gives elsewhere.
	wonRows []*schemas.BoxField
	// hasVotesElsewhere says that votes were read before those rows, from fields of their own.
	hasVotesElsewhere bool
	// differences has the numbers of the contenders whose change in seats is seats less previous seats.
	differences []int
	// rounds has what fields say of single rounds.
	rounds rounds.Readings
	// electorates has the sums of the shares of votes, once the whole box is read.
	electorates []shares.List
	// fractions has those of shares that look like fractions of 1.
	fractions []shares.List
	// Room for the values of contenders, so that there is not an allocation for each of them.
	counts      []int64
	shares      []decimal.Decimal
	linkedNames []schemas.LinkedName
	facts       *[2]bool
}

// fieldProblem is the problem that a rule had with a field, for the check that reports it.
type fieldProblem struct {
	check    string // the check's ID
	field    *schemas.BoxField
	expected string
	message  string
}

func newBoxReading(d *schemas.Document, box *schemas.Infobox, locale *locales.Locale) *boxReading {
	fields, unread := box.Fields, []locales.Problem(nil)
	if locale != nil {
		fields, unread = locale.Translate(box)
	} else if box.Translated != nil {
		fields = box.Translated
	}
	e := &schemas.Election{
		ID:       d.Identity() + "#" + strconv.Itoa(box.Box),
		Document: d, Box: box.Box, Parent: box.Parent, Template: box.Template,
		Fields: make([]schemas.BoxField, len(fields)), Footnotes: box.Footnotes,
	}
	for i := range fields {
		e.Fields[i] = schemas.BoxField{Field: &fields[i], Ordinal: i + 1}
	}
	r := &boxReading{d: d, box: box, e: e, Fields: ruleParameters.Group(e.Fields)}
	if r.Numbered > 0 {
		e.Contenders = make([]schemas.Contender, 0, r.Numbered)
	}
	for _, p := range unread {
		r.unreadable(&e.Fields[p.Field], p.Message)
	}
	return r
}

// restoreFields puts the fields of the document in the place of those that were read, if these are translated.
func (r *boxReading) restoreFields() {
	e, own := r.e, r.box.Fields
	if len(e.Fields) == 0 || len(own) == 0 || e.Fields[0].Field == &own[0] {
		return
	}
	e.Fields = e.Fields[:len(own)]
	for i := range own {
		f := &e.Fields[i]
		if f.Name == "previous_turnout" && e.TurnoutChangePP != nil && f.Text != "" {
			f.AddTarget("elections.turnout_change_pp") // which is computed from it
		}
		f.Field = &own[i]
		switch f.Target() {
		case "elections.seats_total":
			e.SeatsRaw = f.Text
		case "elections.election_date":
			e.DateRaw = f.Text
		}
	}
}
