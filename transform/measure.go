package transform

import (
	"math"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/votingpower"
)

// MeasureKind is an index that is computed from an election. It is absent where something that it needs
// is, and the check `measures` says why.
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
	compute   func(t *tally, i int) (value float64, ok bool) // of a contender, by index
}

// computeMeasures computes every measure of the election, and keeps what was lacking for the check that says so.
func (r *boxReading) computeMeasures() {
	t := newTally(r)
	for i := range measureTable {
		k := &measureTable[i]
		if !r.isUnmet(t, k.ID, k.needs) {
			m := k.compute(t)
			m.Name, m.Value, m.Low, m.High = k.ID, rounded(m.Value), roundedOrNil(m.Low), roundedOrNil(m.High)
			r.e.Measures = append(r.e.Measures, m)
		}
	}
	for i := range contenderMeasureTable {
		k := &contenderMeasureTable[i]
		if r.isUnmet(t, k.ID, k.needs) {
			continue
		}
		treatment := k.treatment(t)
		for c := range r.e.Contenders {
			if value, ok := k.compute(t, c); ok {
				r.e.ContenderMeasures = append(r.e.ContenderMeasures, schemas.ContenderMeasure{
					Position: r.e.Contenders[c].Position, Name: k.ID, Value: rounded(value), Treatment: treatment,
				})
			}
		}
	}
	if t.unmet(chamberGame) == nil {
		r.e.Coalitions = t.game.Coalitions(votingpower.MaxCoalitions)
	}
}

// isUnmet reports whether a measure lacks something, and notes what.
func (r *boxReading) isUnmet(t *tally, id string, needs []need) bool {
	for _, n := range needs {
		if l := t.unmet(n); l != nil {
			if l.why != "" {
				r.uncomputed = append(r.uncomputed, uncomputedMeasure{id, l})
			}
			return true
		}
	}
	return false
}

// uncomputedMeasure is a measure that an election lacks, with the reason.
type uncomputedMeasure struct {
	measure string
	*missingReason
}

// measureDigits is how many decimals a measure keeps: far fewer than a double holds, so that a value reads
// as it is printed.
const measureDigits = 1e9

// rounded is a value with the decimals that a measure keeps, half away from zero. What leads to it is
// written so that no compiler may fuse a multiplication and an addition (products are converted to
// float64, which the language says rounds them): every machine has the same bytes.
func rounded(x float64) float64 { return math.Round(x*measureDigits) / measureDigits }

func roundedOrNil(x *float64) *float64 {
	if x == nil {
		return nil
	}
	return new(rounded(*x))
}

func square(x float64) float64 { return float64(x * x) }

// exact is a measure that the box leaves nothing open of.
func exact(value float64, treatment string) schemas.Measure {
	return schemas.Measure{Value: value, Treatment: treatment}
}

// bounded is a measure with its bounds.
func bounded(value, low, high float64, treatment string) schemas.Measure {
	return schemas.Measure{Value: value, Low: &low, High: &high, Treatment: treatment}
}

// joinTreatments is a treatment of the rest, and of independents where there are any to treat.
func joinTreatments(rest, independents string) string {
	return strings.TrimSuffix(rest+", "+independents, ", ")
}
