package pipelines

import (
	"slices"

	"hemicycle/load"
	"hemicycle/load/contracts"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// agreement returns what the pipeline agrees to, for the contract of its versions: the checks that it runs, each with
// the severity that it has there, and what it allows.
func (p *Pipeline) agreement() *contracts.Agreement {
	a := &contracts.Agreement{
		MaxErrors: p.Allow.Errors, MaxRejects: p.Allow.Rejects, MaxIncomplete: p.Allow.IncompleteSources,
		MaxStale: p.Allow.Stale, HasDatabase: slices.Contains(p.Sinks, load.Database),
	}
	for _, c := range transform.Checks() {
		severity := c.Severity
		if s, ok := p.Checks[c.ID]; ok {
			severity = s
		}
		if severity != schemas.Skip {
			a.Checks = append(a.Checks, contracts.Check{ID: c.ID, Severity: severity, Meaning: c.Meaning})
		}
	}
	return a
}
