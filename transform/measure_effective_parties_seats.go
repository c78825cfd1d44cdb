package transform

import "hemicycle/schemas"

// Laakso and Taagepera 1979, Comparative Political Studies 12:3–27.
var effectivePartiesSeats = MeasureKind{
	ID:      "effective_parties_seats",
	Meaning: "effective number of parties by seats: 1 / Σ s², with s each contender's share of all seats won",
	compute: func(e *schemas.Election) *schemas.Measure {
		if sum, contested := e.SeatsSum(), e.SeatsContested; sum == nil || *sum == 0 || contested == nil || *sum != *contested {
			return nil // without every seat the shares are not known
		}
		var sum, squares float64 // whole numbers below 2⁵³ for any real chamber: exact on every machine
		for i := range e.Contenders {
			if n := e.Contenders[i].Seats; n != nil {
				sum += float64(*n)
				squares += float64(float64(*n) * float64(*n))
			}
		}
		return &schemas.Measure{Value: float64(sum*sum) / squares, Treatment: "each contender is one group, independents too"}
	},
}
