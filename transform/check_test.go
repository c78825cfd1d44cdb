package transform

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
)

// checkCase is one page and what one check says of it. Where want is empty the check must be silent:
// with a pass, or where skip is set with a skip.
type checkCase struct {
	name     string
	title    string // "2007 Elbonian general election" where it is empty
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
	at       string // as placeIs reads it
	message  string // a part of the message
}

// checkCases is the cases of every check, by ID.
var checkCases = map[string][]checkCase{
	"ambiguous-value": ambiguousValueCases, "inexact-value": inexactValueCases, "fractions": fractionsCases, "nameless-contender": namelessContenderCases, "votes-against-percentages": votesAgainstPercentagesCases,
	"new-with-past": newWithPastCases, "struck-value": struckValueCases, "unlisted-seats": unlistedSeatsCases, "unread-row": unreadRowCases, "two-chambers": twoChambersCases,
	"colour-format": colourFormatCases, "contender-numbering": contenderNumberingCases, "date-in-title": dateInTitleCases,
	"date-order": dateOrderCases, "duplicate-contender": duplicateContenderCases, "duplicate-field": duplicateFieldCases,
	"encoding": encodingCases, "majority": majorityCases, "malformed-box": malformedBoxCases, "measures": measuresCases, "name-variants": nameVariantsCases,
	"no-contender": noContenderCases, "office-succession": officeSuccessionCases, "percent-coverage": percentCoverageCases,
	"percent-range": percentRangeCases, "percent-total": percentTotalCases, "previous-seat-total": previousSeatTotalCases,
	"prose-date": proseDateCases, "prose-parties": prosePartiesCases, "prose-seats": proseSeatsCases, "prose-turnout": proseTurnoutCases,
	"rounded-value": roundedValueCases, "seat-change": seatChangeCases, "seat-total": seatTotalCases,
	"turnout-change-sign": turnoutChangeSignCases, "turnout-range": turnoutRangeCases, "unknown-field": unknownFieldCases, "unknown-template": unknownTemplateCases,
	"unreadable-value": unreadableValueCases, "unsigned-change": unsignedChangeCases, "vote-seat-order": voteSeatOrderCases,
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
					got := doubt{status: f.Status, subject: f.Subject, expected: f.Expected, observed: f.Observed, at: w.at, message: w.message}
					if diff := cmp.Diff(w, got, cmp.AllowUnexported(doubt{})); diff != "" {
						t.Errorf("finding %d (-want +got):\n%s", i+1, diff)
					}
					if f.Message == "" || !strings.Contains(f.Message, w.message) {
						t.Errorf("message %q, expected %q in it", f.Message, w.message)
					}
					placeIs(t, e, f, w.at)
				}
			})
		}
	}
}

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

// Every row of the tables has a file of its ID, and every check cases in which it doubts, in which it
// is silent, and, where it ever skips, in which it does.
func TestEveryRowHasItsFileAndCases(t *testing.T) {
	file := func(prefix, id string) string {
		name := prefix + strings.ReplaceAll(id, "-", "_") + ".go"
		content, err := os.ReadFile(name)
		if err != nil {
			t.Errorf("%s has no file %s", id, name)
		}
		return string(content)
	}
	seen := map[string]bool{}
	for _, c := range checkTable {
		source := file("check_", c.ID)
		file("check_", c.ID+"_test")
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
		canSkip := strings.Contains(source, "j.skip(") || strings.Contains(source, "j.prose(")
		if doubts == 0 || passes == 0 || canSkip && skips == 0 {
			t.Errorf("%s has %d cases with doubts, %d passes and %d skips: expected some of each that it can", c.ID, doubts, passes, skips)
		}
	}
	for id := range checkCases {
		if !seen[id] {
			t.Errorf("cases of %s, and no check has that ID", id)
		}
	}
	for _, r := range ruleTable {
		file("rule_", r.ID)
		if len(ruleCases[r.ID]) == 0 {
			t.Errorf("the rule %s has no case", r.ID)
		}
		if r.Meaning == "" || len(r.Names) == 0 || len(r.Columns) == 0 {
			t.Errorf("the rule %s lacks a meaning, names or a target", r.ID)
		}
	}
	// Rows of one table have one file: the indices of voting power, and the coalitions counted in two ways.
	measureFile := func(id string) string {
		for _, m := range votingPowerMeasures {
			if m.ID == id {
				return "voting_power"
			}
		}
		return strings.TrimSuffix(id, "_independents_alone")
	}
	for _, m := range measureTable {
		file("measure_", measureFile(m.ID))
		file("measure_", measureFile(m.ID)+"_test")
		if m.Meaning == "" || len(m.needs) == 0 {
			t.Errorf("the measure %s has no meaning, or needs nothing", m.ID)
		}
	}
	for _, m := range contenderMeasureTable {
		file("measure_", measureFile(m.ID))
		file("measure_", measureFile(m.ID)+"_test")
		if m.Meaning == "" || len(m.needs) == 0 {
			t.Errorf("the measure %s has no meaning, or needs nothing", m.ID)
		}
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
	for i, f := range e.Findings {
		if f.Ordinal != i+1 {
			t.Errorf("finding %d has the number %d", i+1, f.Ordinal)
		}
	}
	if !e.HasErrors() {
		t.Error("an election with an unreadable number has no errors")
	}
}
