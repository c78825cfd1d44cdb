package rounds

import (
	"fmt"
	"strings"
	"testing"

	"hemicycle/schemas/schemastest"
)

// printed returns parts as round=text, with a bar between them.
func printed(parts []Part) string {
	var texts []string
	for _, p := range parts {
		texts = append(texts, fmt.Sprintf("%d=%s", p.Round, p.Text))
	}
	return strings.Join(texts, "|")
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"79.05% (first round) 79.41% (second round)", "1=79.05%|2=79.41%"},
		{"5,977,045 (1st round) 9,722,022 (2nd round)", "1=5,977,045|2=9,722,022"},
		{"First round: 70.1% Second round: 65.2%", "1=70.1%|2=65.2%"},
		{"Round 1: 70.1%, Round 2: 65.2%", "1=70.1%|2=65.2%"},
		{"70.1% in the first round, 65.2% in the second round", "1=70.1%|2=65.2%"},
		{"70.1% (1st) 65.2% (2nd)", "1=70.1%|2=65.2%"},
		{"56.0% (second round) 29.9% (first round)", "2=56.0%|1=29.9%"},
		{"1,234 (24.0%, first round) 3,456 (50.1%, second round)", "1=1,234 (24.0%)|2=3,456 (50.1%)"},
		{"1,234 (24.0%) (first round)", "1=1,234 (24.0%)"}, {"37% (first round)", "1=37%"},
		{"2 May (first round) 16 May 2010 (run-off)", "1=2 May|99=16 May 2010"},
		{"61% (1st round), 60% (2nd round), 58% (3rd round)", "1=61%|2=60%|3=58%"},
		{"65.7% ▼ 12.8% (1st round) 69.9% (2nd round)", "1=65.7% ▼ 12.8%|2=69.9%"},
		{"120 (first ballot) 140 (final ballot)", "1=120|99=140"},
		{"3 November 2020 (general) 5 January 2021 (runoff)", "1=3 November 2020|99=5 January 2021"},
		{"General election: 54.1% Run-off: 60.2%", "1=54.1%|99=60.2%"}, {"54.1% (general election)", ""},
		{"the first round of the general election: 37%", "1=of the general election: 37%"},
		{"37%", ""}, {"", ""}, {"37% (1st)", ""}, {"around 50%", ""}, {"60% (phase 1) 61% (phase 2)", ""},
		{"61.2% (first round) ▲ 2.1 pp 55.1%", ""},
		{"61.2% (first round) ▲ 2.1 pp 55.1% (second round)", "1=61.2% ▲ 2.1 pp|2=55.1%"},
		{"61.2% (1st round) (▲2.1 pp) 55.1% (2nd round) (▼3 pp)", "1=61.2% (▲2.1 pp)|2=55.1% (▼3 pp)"},
		{"61.2% (first round) 2.1 pp 55.1% (second round)", "1=61.2% 2.1 pp|2=55.1%"},
		{"61.2% (first round) 55.1% (second round) ▼ 3 pp", "1=61.2%|2=55.1% ▼ 3 pp"},
		{"61.2% (first round) ▲ 2.1 pp ▼ 3 pp 55.1% (second round)", "1=61.2%|2=▲ 2.1 pp ▼ 3 pp 55.1%"},
		{"79.05% (first round) 79.41% (first round)", ""},
		{"37% (turnout in the first round only: 40%)", ""}, {"50% (second round; 37% in the first)", ""},
		{"12 (round 7)", ""}, {"12 rounds", ""},
	} {
		if got := printed(Split(c.text)); got != c.want {
			t.Errorf("%q: found %q, expected %q", c.text, got, c.want)
		}
	}
}

func TestSplitFigures(t *testing.T) {
	for _, c := range []struct {
		text string
		of   []int
		want string
	}{
		{"24.01% 66.10%", []int{1, 2}, "1=24.01%|2=66.10%"},
		{"8,656,346 20,743,128", []int{1, 2}, "1=8,656,346|2=20,743,128"},
		{"24.01 / 66.10", []int{1, 2}, "1=24.01|2=66.10"}, {"66.10% 24.01%", []int{2, 1}, "2=66.10%|1=24.01%"},
		{"2,400 (24.01%) 6,610 (66.10%)", []int{1, 2}, "1=2,400 (24.01%)|2=6,610 (66.10%)"},
		{"2,400 (24.01%) 6,610", []int{1, 2}, ""}, {"2,400 (24.01%)", []int{1, 2}, ""},
		{"2,400 (▲3) 6,610 (▼2)", []int{1, 2}, ""},
		{"24.01% 66.10%", []int{1, 2, 3}, ""}, {"24.01%", []int{1}, ""}, {"24.01% ▲3.2%", []int{1, 2}, ""},
		{"24.01% +3.2%", []int{1, 2}, ""}, {"1,234,567 45.6%", []int{1, 2}, ""}, {"1 234", []int{1, 2}, ""},
		{"123 456", []int{1, 2}, ""}, {"37 38", []int{1, 2}, ""}, {"", []int{1, 2}, ""}, {"a b", []int{1, 2}, ""},
	} {
		if got := printed(SplitFigures(c.text, c.of)); got != c.want {
			t.Errorf("%q in %v: found %q, expected %q", c.text, c.of, got, c.want)
		}
	}
}

func TestNumberOfLabel(t *testing.T) {
	for label, want := range map[string]int{
		"first round": 1, "second round votes": 2, "round 3": 3, "2nd ballot": 2, "run-off": Last, "runoff election": Last,
		"first round %": 1, "2nd round vote share": 2, "first round (25 may)": 1, "second round results": 2,
		"first round leader": 0, "final round": Last, "votes": 0, "first count": 0, "first preference votes": 0, "": 0,
	} {
		if got := NumberOfLabel(label); got != want {
			t.Errorf("%q: found %d, expected %d", label, got, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("79.05% (first round) 79.41% (second round)")
	f.Add("İ(first round)1(2nd)")
	f.Add("\xff1\xff(FIRST ROUND)\xff2(2nd round)")
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range Split(text) {
			if p.Round < 1 || p.Round > Last || len(p.Text) > len(text)+1 {
				t.Errorf("%q: found %+v", text, p)
			}
		}
	})
}

func TestSplitTakesLinearTime(t *testing.T) {
	for _, unit := range []string{"1% (first round) ", "((((", "1 (x ", "in the first ", "round "} {
		schemastest.HoldsGrowth(t, func(n int) func() {
			text := strings.Repeat(unit, n/len(unit))
			return func() { Split(text); SplitFigures(text, []int{1, 2}) }
		})
	}
}
