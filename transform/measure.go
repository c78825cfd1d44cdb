package transform

import (
	"slices"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/figures"
	"hemicycle/transform/votingpower"
)

// MeasureKind is an index that is computed from an election. If the election does not give what it needs, the measure
// is absent, and the check `measures` says why.
type MeasureKind struct {
	ID      string
	Meaning string // with its formula, and who proposed it
	needs   []need
	compute func(*tally) schemas.Measure
}

// ContenderMeasureKind is an index of every contender.
type ContenderMeasureKind struct {
	ID        string
	Meaning   string
	needs     []need
	treatment func(*tally) string
	compute   func(t *tally, i int) (value float64, ok bool) // i is the index of the contender
}

// computeMeasures computes every measure of the election. It notes which measures are missing, for the check that
// reports them.
func (r *boxReading) computeMeasures() {
	t := newTally(r)
	r.e.Measures = make([]schemas.Measure, 0, len(measureTable))
	for i := range measureTable {
		k := &measureTable[i]
		if !r.isUnmet(t, k.ID, k.needs) {
			m := k.compute(t)
			m.Name = k.ID
			m.Value, m.Low, m.High = figures.Rounded(m.Value), figures.RoundedOrNil(m.Low), figures.RoundedOrNil(m.High)
			r.e.Measures = append(r.e.Measures, m)
		}
	}
	r.computeContenderMeasures(t)
	if t.unmet(chamberGame) == nil {
		r.e.Coalitions = t.game.Coalitions(votingpower.MaxCoalitions)
	}
}

// computeContenderMeasures computes the measures of each contender. They share one array, which takes less memory than
// an array for each contender.
func (r *boxReading) computeContenderMeasures(t *tally) {
	kinds := len(contenderMeasureTable)
	values := make([]schemas.ContenderMeasure, kinds*len(t.contenders))
	all := make([][]schemas.ContenderMeasure, len(t.contenders))
	for c := range all {
		all[c] = values[c*kinds : c*kinds : (c+1)*kinds]
	}
	for i := range contenderMeasureTable {
		k := &contenderMeasureTable[i]
		if r.isUnmet(t, k.ID, k.needs) {
			continue
		}
		treatment := k.treatment(t)
		for c := range all {
			if value, ok := k.compute(t, c); ok {
				all[c] = append(all[c], schemas.ContenderMeasure{
					Position: t.contenders[c].Position, Name: k.ID, Value: figures.Rounded(value), Treatment: treatment,
				})
			}
		}
	}
	r.e.ContenderMeasures = slices.DeleteFunc(all, func(m []schemas.ContenderMeasure) bool { return len(m) == 0 })
}

// isUnmet reports whether a need of a measure is not met, and notes the reason.
func (r *boxReading) isUnmet(t *tally, id string, needs []need) bool {
	for _, n := range needs {
		if reason := t.unmet(n); reason != nil {
			if reason.why != "" {
				r.uncomputed = append(r.uncomputed, uncomputedMeasure{id, reason})
			}
			return true
		}
	}
	return false
}

// uncomputedMeasure is a measure that an election does not have, with the reason.
type uncomputedMeasure struct {
	measure string
	reason  *missingReason
}

// exact returns a measure of which the box leaves nothing open.
func exact(value float64, treatment string) schemas.Measure {
	return schemas.Measure{Value: value, Treatment: treatment}
}

// bounded returns a measure with its bounds.
func bounded(value, low, high float64, treatment string) schemas.Measure {
	return schemas.Measure{Value: value, Low: &low, High: &high, Treatment: treatment}
}

// joinTreatments returns how the rest and how independents are treated. The treatment of independents may be "".
func joinTreatments(rest, independents string) string {
	return strings.TrimSuffix(rest+", "+independents, ", ")
}
