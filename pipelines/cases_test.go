package pipelines

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// casesFolder has small inputs of every kind of trouble, beside the project; they are no part of it.
const casesFolder = "../../shared/cases"

// wantedOfCases is what a careful reader finds in each input, as `value=…` in the words of shownInCase.
var wantedOfCases = map[string][]string{
	"d03_sup_digit.wikitext": {"turnout=61.5", "pct/1=45.1", "seats/1=50", "previous/1=40"},
	"g01b_rowspan.html":      {"contenders=2", "name/2=Beta Party"},
	"h02c_visibility.html":   {"seats/1=50"},
	"h02d_hidden_attr.html":  {"seats/1=50"},
	"h03_rowspan_leader.html": {
		"leader/1=Ann Able", "name/2=Beta Party", "leader/2=Ann Able", "pct/2=54.9", "seats/2=50", "change/2=-10",
	},
	"h03b_rowspan_pct_alliance.html": {"name/2=Gamma Party", "seats/2=20", "pct/2="},
	"h05c_supdigit.html":             {"turnout=61.5", "pct/1=45.1", "seats/1=50", "change/1=10"},
	"h14_del.html": {
		"date=2014-05-04",
		"name/1=Alpha Party",
		"leader/1=Ann Able",
		"pct/1=45.1",
		"seats/1=50",
	},
	"m03_vacant.wikitext": {
		"kind/3=vacant", "effective_parties_seats=2", "coalitions=[1,2]", "measures/3=0", "seat-total=pass",
	},
	"m03b_speaker_others.wikitext": {
		"kind/3=others", "effective_parties_seats=bounded", "coalitions=", "measures/3=0", "seat-total=pass",
		"independent/4=true",
	},
	"m04b_indep_forms.wikitext": {
		"independent/1=false", "independent/2=true", "independent/3=true", "independent/4=true", "independent/5=true",
	},
	"o01_Vacancies.wikitext":         {"kind/3=vacant", "effective_parties_seats=2", "measures/3=0"},
	"o02_Others.wikitext":            {"kind/3=others", "effective_parties_seats=bounded", "measures/3=0"},
	"o04_Other.wikitext":             {"kind/3=others", "effective_parties_seats=bounded", "measures/3=0"},
	"o06_Reserved_seats.wikitext":    {"kind/3=reserved", "effective_parties_seats=2", "measures/3=0"},
	"o09_None_of_the_above.wikitext": {"kind/3=none_of_the_above", "effective_parties_votes=exact", "measures/3=0"},
	"q01_italic_apostrophe.wikitext": {"name/1=Supreme Party's List"},
	"q03e_includeonly_in_value.wikitext": {
		"name/1=Alpha Party", "seats/1=50",
	},
	"q03f_noinclude_name.wikitext":      {"name/1=Alpha Party", "date=2014-05-04", "turnout=61.5"},
	"q04_name_variants3.wikitext":       {"elections=1"},
	"q04_name_variants8.wikitext":       {"elections=1"},
	"q05b_if_false.wikitext":            {"elections=0"},
	"s01b_del_ins.wikitext":             {"pct/1=45.1", "seats/1=50", "leader/1=Ann Able"},
	"s02c_visibility.wikitext":          {"previous/1=40"},
	"s04h_approx.wikitext":              {"inexact-value=warn", "unreadable-value=pass"},
	"t04e_postponed.wikitext":           {"date=2014-05-11", "date_end=2014-05-11"},
	"t04f_del.wikitext":                 {"date=2014-05-11", "date_end=2014-05-11"},
	"u01b_unclosed_ref_number.wikitext": {"seats/1=", "malformed-box=warn"},
	"u04_one_brace_missing.wikitext":    {"contenders=2", "name/1=Alpha Party", "seats/1=50", "name/2=Beta Party"},
	"v01_nameless.wikitext":             {"nameless-contender=warn"},
	"v03_ratio.wikitext":                {"fractions=warn"},
	"w09_braces_in_link.wikitext": {
		"contenders=2",
		"leader/1=Ann Able",
		"seats/1=50",
		"name/2=Beta Party",
		"seats/2=50",
	},
	"x01_refmarks.txt":               {"name/1=Alpha Party", "leader/1=Ann Able"},
	"empty_field_line.wikitext":      {"unknown-field=pass", "line of college_voted=3", "line of foo_bar=6"},
	"prose_behind_heading.page.html": {"prose-turnout=skip"},
}

// TestCases reads each input and compares what is found with what is wanted.
func TestCases(t *testing.T) {
	if _, err := os.Stat(casesFolder); err != nil {
		t.Skipf("the folder of cases is absent: %v", err)
	}
	for file, wanted := range wantedOfCases {
		t.Run(file, func(t *testing.T) {
			path := filepath.Join(casesFolder, file)
			if _, err := os.Stat(path); err != nil {
				t.Skipf("the case is absent: %v", err)
			}
			var elections []*schemas.Election
			err := Check(context.Background(), []string{path}, CheckOptions{}, func(c Checked) error {
				elections = append(elections, c.Elections...)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			var wrong []string
			for _, w := range wanted {
				what, want, _ := strings.Cut(w, "=")
				if got := shownInCase(elections, what); got != want {
					wrong = append(wrong, fmt.Sprintf("%s is %q, expected %q", what, got, want))
				}
			}
			if len(wrong) > 0 {
				t.Error(strings.Join(wrong, "; "))
			}
		})
	}
}

// shownInCase shows one value of the elections of an input: `seats/2` is of the contender with the number 2 of the
// first election, an ID of a check the gravest status that it found, and a measure its value, or whether it has
// bounds.
func shownInCase(elections []*schemas.Election, what string) string {
	if what == "elections" {
		return strconv.Itoa(len(elections))
	}
	if len(elections) == 0 {
		return "no election"
	}
	e := elections[0]
	if name, isLine := strings.CutPrefix(what, "line of "); isLine {
		for i := range e.Fields {
			if e.Fields[i].Name == name {
				return strconv.Itoa(e.Fields[i].Line)
			}
		}
		return "no field"
	}
	if column, number, isContender := strings.Cut(what, "/"); isContender {
		position, _ := strconv.Atoi(number)
		return shownOfContender(e, column, position)
	}
	switch what {
	case "contenders":
		return strconv.Itoa(len(e.Contenders))
	case "date":
		return e.Date.String()
	case "date_end":
		return e.DateEnd.String()
	case "turnout":
		return shownDecimal(e.TurnoutPct)
	case "coalitions":
		var members []string
		for _, c := range e.Coalitions {
			members = append(members, strings.ReplaceAll(fmt.Sprint(c.Members), " ", ","))
		}
		return strings.Join(members, " ")
	case "effective_parties_seats", "effective_parties_votes":
		return shownMeasure(e, what)
	}
	grave := []schemas.Status{schemas.Error, schemas.Warn, schemas.Note, schemas.Pass, schemas.Skip}
	for _, status := range grave {
		if slices.ContainsFunc(
			e.AllFindings(),
			func(f schemas.Finding) bool { return f.CheckID == what && f.Status == status },
		) {
			return string(status)
		}
	}
	return "no finding"
}

// shownOfContender shows a value of a contender, "no contender" if there is none with that number.
func shownOfContender(e *schemas.Election, column string, position int) string {
	c := e.Contender(position)
	if c == nil {
		return "no contender"
	}
	switch column {
	case "name":
		return c.Name
	case "kind":
		return c.Kind
	case "leader":
		return c.Leader
	case "independent":
		return strconv.FormatBool(c.IsIndependent)
	case "pct":
		return shownDecimal(c.VotePct)
	case "seats":
		return schemastest.FormatCount(c.Seats)
	case "previous":
		return schemastest.FormatCount(c.PreviousSeats)
	case "change":
		return schemastest.FormatCount(c.SeatChange)
	case "measures":
		n := 0
		for _, m := range slices.Concat(e.ContenderMeasures...) {
			if m.Position == position {
				n++
			}
		}
		return strconv.Itoa(n)
	}
	return "no such value"
}

func shownDecimal(d *decimal.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// shownMeasure shows a measure: `bounded`, `exact` if it is a fraction, or a whole number.
func shownMeasure(e *schemas.Election, name string) string {
	for _, m := range e.Measures {
		switch {
		case m.Name != name:
		case m.Low != nil:
			return "bounded"
		case m.Value == float64(int64(m.Value)):
			return strconv.FormatInt(int64(m.Value), 10)
		default:
			return "exact"
		}
	}
	return "no measure"
}
