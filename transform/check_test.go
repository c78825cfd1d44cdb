package transform

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
)

// checkCase is one page and what one check says of it. If want is empty, the check must have no doubt: it must skip if
// skip is set, and pass otherwise.
type checkCase struct {
	name     string
	title    string // "" for "2007 Elbonian general election"
	template string
	box      string // lines `Key: Value`
	prose    string
	change   func(*schemas.Document) // of the page, before it is judged
	skip     bool
	want     []doubt
}

type doubt struct {
	status   schemas.Status
	subject  string
	expected string
	observed string
	at       string // as checkPlace reads it
	message  string // a part of the message
}

// checkCases has the cases of every check, by ID.
var checkCases = map[string][]checkCase{
	"ambiguous-value":           ambiguousValueCases,
	"colour-format":             colourFormatCases,
	"contender-numbering":       contenderNumberingCases,
	"fractions":                 fractionsCases,
	"inexact-value":             inexactValueCases,
	"two-chambers":              twoChambersCases,
	"unread-row":                unreadRowCases,
	"country-in-title":          countryInTitleCases,
	"date-in-title":             dateInTitleCases,
	"date-order":                dateOrderCases,
	"duplicate-contender":       duplicateContenderCases,
	"duplicate-field":           duplicateFieldCases,
	"encoding":                  encodingCases,
	"majority":                  majorityCases,
	"malformed-box":             malformedBoxCases,
	"measures":                  measuresCases,
	"name-variants":             nameVariantsCases,
	"nameless-contender":        namelessContenderCases,
	"new-with-past":             newWithPastCases,
	"struck-value":              struckValueCases,
	"unlisted-seats":            unlistedSeatsCases,
	"no-contender":              noContenderCases,
	"office-succession":         officeSuccessionCases,
	"percent-coverage":          percentCoverageCases,
	"percent-range":             percentRangeCases,
	"percent-total":             percentTotalCases,
	"previous-seat-total":       previousSeatTotalCases,
	"prose-date":                proseDateCases,
	"prose-parties":             prosePartiesCases,
	"prose-seats":               proseSeatsCases,
	"prose-turnout":             proseTurnoutCases,
	"rounded-value":             roundedValueCases,
	"seat-change":               seatChangeCases,
	"seat-total":                seatTotalCases,
	"turnout-change-sign":       turnoutChangeSignCases,
	"turnout-range":             turnoutRangeCases,
	"unknown-field":             unknownFieldCases,
	"unknown-template":          unknownTemplateCases,
	"unreadable-value":          unreadableValueCases,
	"unsigned-change":           unsignedChangeCases,
	"vote-seat-order":           voteSeatOrderCases,
	"votes-against-percentages": votesAgainstPercentagesCases,
}

func TestChecks(t *testing.T) {
	for id, cases := range checkCases {
		for _, c := range cases {
			t.Run(id+"/"+c.name, func(t *testing.T) {
				e := judged(c.page())
				found := findingsOf(e, id)
				if len(c.want) == 0 {
					status := schemas.Pass
					if c.skip {
						status = schemas.Skip
					}
					if len(found) != 1 || found[0].Status != status {
						t.Errorf("found %+v, expected one %s", found, status)
					}
					return
				}
				if len(found) != len(c.want) {
					t.Fatalf("found %+v, expected %d doubts", found, len(c.want))
				}
				for i, f := range found {
					w := c.want[i]
					got := doubt{
						status: f.Status, subject: f.Subject, expected: f.Expected, observed: f.Observed,
						at: w.at, message: w.message, // compared below
					}
					if diff := cmp.Diff(w, got, cmp.AllowUnexported(doubt{})); diff != "" {
						t.Errorf("finding %d (-want +got):\n%s", i+1, diff)
					}
					if f.Message == "" || !strings.Contains(f.Message, w.message) {
						t.Errorf("message %q, expected %q in it", f.Message, w.message)
					}
					checkPlace(t, e, f, w.at)
				}
			})
		}
	}
}

// page returns the page of a case.
func (c *checkCase) page() *schemas.Document {
	title := c.title
	if title == "" {
		title = "2007 Elbonian general election"
	}
	var lines []string
	for l := range strings.SplitSeq(c.box, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	d := newPage(title, lines, c.prose)
	d.Boxes[0].Template = c.template
	if c.change != nil {
		c.change(d)
	}
	return d
}

// TestEveryCheckHasItsFileAndCases holds that a check has a file of its ID, and cases in which it doubts, in which it
// passes, and, if it ever skips, in which it does.
func TestEveryCheckHasItsFileAndCases(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range checkTable {
		source := sourceOf(t, "check_", c.ID)
		sourceOf(t, "check_", c.ID+"_test")
		if c.Meaning == "" || !c.Severity.Doubtful() || seen[c.ID] {
			t.Errorf("%s: expected one row with a meaning and the severity of a doubt", c.ID)
		}
		seen[c.ID] = true
		var doubts, passes, skips int
		for _, k := range checkCases[c.ID] {
			switch {
			case len(k.want) > 0:
				doubts++
			case k.skip:
				skips++
			default:
				passes++
			}
		}
		canSkip := strings.Contains(source, "j.skip(") || strings.Contains(source, "j.judgeClaims(")
		if doubts == 0 || passes == 0 || canSkip && skips == 0 {
			t.Errorf("%s has %d cases with doubts, %d passes and %d skips: expected some of each that it can have",
				c.ID, doubts, passes, skips)
		}
	}
	for id := range checkCases {
		if !seen[id] {
			t.Errorf("cases of %s, and no check has that ID", id)
		}
	}
}

// TestEveryRuleHasItsFileAndCases holds that a rule has a file of its ID, and cases.
func TestEveryRuleHasItsFileAndCases(t *testing.T) {
	for _, r := range ruleTable {
		sourceOf(t, "rule_", r.ID)
		if len(ruleCases[r.ID]) == 0 {
			t.Errorf("the rule %s has no case", r.ID)
		}
		if r.Meaning == "" || len(r.Names) == 0 || len(r.Columns) == 0 {
			t.Errorf("the rule %s has no meaning, names or columns", r.ID)
		}
	}
}

// TestEveryMeasureHasItsFile holds that a measure has a file of its ID. Rows of one table have one file: the indices of
// voting power, and the coalitions counted in two ways.
func TestEveryMeasureHasItsFile(t *testing.T) {
	isVotingPower := func(m ContenderMeasureKind) bool {
		return slices.ContainsFunc(votingPowerMeasures, func(v ContenderMeasureKind) bool { return v.ID == m.ID })
	}
	check := func(id, file, meaning string, needs []need) {
		sourceOf(t, "measure_", file)
		sourceOf(t, "measure_", file+"_test")
		if meaning == "" || len(needs) == 0 {
			t.Errorf("the measure %s has no meaning, or needs nothing", id)
		}
	}
	for _, m := range measureTable {
		check(m.ID, strings.TrimSuffix(m.ID, "_independents_alone"), m.Meaning, m.needs)
	}
	for _, m := range contenderMeasureTable {
		file := m.ID
		if isVotingPower(m) {
			file = "voting_power"
		}
		check(m.ID, file, m.Meaning, m.needs)
	}
}

// sourceOf returns the source file of a rule, check or measure.
func sourceOf(t *testing.T, prefix, id string) string {
	t.Helper()
	name := prefix + strings.ReplaceAll(id, "-", "_") + ".go"
	content, err := os.ReadFile(name)
	if err != nil {
		t.Errorf("%s has no file %s", id, name)
	}
	return string(content)
}

// TestTablesCannotBeWritten holds that nobody changes what Transform runs by writing into what the package lists.
func TestTablesCannotBeWritten(t *testing.T) {
	Rules()[0].ID, Checks()[0].ID, Measures()[0].ID, ContenderMeasures()[0].ID = "x", "x", "x", "x"
	Rules()[0].Names[0], Rules()[0].Columns[0] = "x", "x"
	found := []string{
		Rules()[0].ID, Rules()[0].Names[0], Rules()[0].Columns[0],
		Checks()[0].ID, Measures()[0].ID, ContenderMeasures()[0].ID,
	}
	if slices.Contains(found, "x") {
		t.Errorf("%v: a table was written", found)
	}
}

func TestSeveritiesAreOptions(t *testing.T) {
	d := newPage("2007 Elbonian general election", []string{"Seats For Election: 10", "Party1: A", "Seats1: 9"}, "")
	for _, c := range []struct {
		severity schemas.Status
		want     []schemas.Status
	}{
		{"", []schemas.Status{schemas.Error}},
		{schemas.Note, []schemas.Status{schemas.Note}},
		{schemas.Skip, nil},
	} {
		o := Options{}
		if c.severity != "" {
			o.Severities = map[string]schemas.Status{"seat-total": c.severity}
		}
		var got []schemas.Status
		for _, f := range findingsOf(Transform(d, &d.Boxes[0], o), "seat-total") {
			got = append(got, f.Status)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("severity %q (-want +got):\n%s", c.severity, diff)
		}
	}
}

func TestFindingsAreNumbered(t *testing.T) {
	e := judged(newPage("2007 Elbonian general election", []string{"Party1: A", "Party3: A", "Seats1: x"}, ""))
	for i, f := range e.AllFindings() {
		if f.Ordinal != i+1 {
			t.Errorf("finding %d has the number %d", i+1, f.Ordinal)
		}
	}
	if !e.HasErrors() {
		t.Error("an election with an unreadable number has no errors")
	}
	outcomes := map[string]int{}
	for _, f := range e.Findings {
		if outcomes[f.CheckID] = 1; !f.Status.Doubtful() {
			t.Errorf("a finding is no doubt: %+v", f)
		}
	}
	for _, f := range e.Quiet {
		if outcomes[f.CheckID]++; f.Status.Doubtful() {
			t.Errorf("a doubt is quiet: %+v", f)
		}
	}
	for _, c := range Checks() {
		if outcomes[c.ID] != 1 {
			t.Errorf("%s has %d outcomes, expected one", c.ID, outcomes[c.ID])
		}
	}
}
