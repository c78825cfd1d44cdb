package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// The measures on the page of an election.

type measureRow struct {
	Name, Meaning, Treatment string
	Value, Low, High         figure
}

// measures lists every measure with its bounds.
func (p *electionPage) measures(r *report, m *electionMaker) {
	e := m.e
	for i := range e.Measures {
		v := &e.Measures[i]
		meaning := r.measures[v.Name]
		value := func(x *float64) figure {
			if x == nil {
				return figure{}
			}
			return m.computed(float(*x), v.Name, meaning.Columns...)
		}
		estimate := &v.Value
		if v.IsOpen {
			estimate = nil
		}
		p.Measures = append(p.Measures, measureRow{
			Name:    strings.ReplaceAll(wording.Plain(v.Name), "_", " "),
			Meaning: meaning.Meaning, Treatment: treatmentWords(v.Treatment),
			Value: value(estimate), Low: value(v.Low), High: value(v.High),
		})
	}
}

// treatmentWords says in words how what the box leaves open was treated.
func treatmentWords(treatment string) string {
	var words []string
	for id := range strings.SplitSeq(treatment, ", ") {
		all := schemas.Treatments()
		if i := slices.IndexFunc(all, func(t schemas.Treatment) bool { return t.ID == id }); i >= 0 {
			id = all[i].Meaning
		}
		words = append(words, wording.Plain(id))
	}
	return strings.Join(words, "; ")
}

// float is a measure with the digits that one reads.
func float(f float64) string {
	s := strconv.FormatFloat(f, 'f', 3, 64)
	if len(s) > 16 {
		return strconv.FormatFloat(f, 'g', 6, 64)
	}
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		s = "0"
	}
	if whole, _, _ := strings.Cut(s, "."); math.Abs(f) >= 1000 {
		n, _ := strconv.ParseInt(whole, 10, 64) // at most twelve digits
		s = wording.Number(n) + s[len(whole):]
	}
	return strings.Replace(s, "-", "−", 1)
}
