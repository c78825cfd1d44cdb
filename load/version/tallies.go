package version

import "hemicycle/schemas"

// Tallies counts the findings of a run by their checks, and its rejects by their reasons.
type Tallies struct {
	Findings map[string]FindingTally `json:"findings_by_check,omitempty"`
	Rejects  map[string]int64        `json:"rejects_by_reason,omitempty"`
}

// FindingTally counts the findings of one check by their severities.
type FindingTally struct {
	Notes    int64 `json:"notes"`
	Warnings int64 `json:"warnings"`
	Errors   int64 `json:"errors"`
}

// AddFinding counts a finding.
func (t *Tallies) AddFinding(check string, severity schemas.Status) {
	if t.Findings == nil {
		t.Findings = map[string]FindingTally{}
	}
	tally := t.Findings[check]
	switch severity {
	case schemas.Note:
		tally.Notes++
	case schemas.Warn:
		tally.Warnings++
	case schemas.Error:
		tally.Errors++
	default:
		return
	}
	t.Findings[check] = tally
}

// AddReject counts a reject.
func (t *Tallies) AddReject(reason string) {
	if t.Rejects == nil {
		t.Rejects = map[string]int64{}
	}
	t.Rejects[reason]++
}

// AddAll adds the counts of a later part of a run.
func (t *Tallies) AddAll(later *Tallies) {
	for check, tally := range later.Findings {
		if t.Findings == nil {
			t.Findings = map[string]FindingTally{}
		}
		sum := t.Findings[check]
		sum.Notes += tally.Notes
		sum.Warnings += tally.Warnings
		sum.Errors += tally.Errors
		t.Findings[check] = sum
	}
	for reason, count := range later.Rejects {
		if t.Rejects == nil {
			t.Rejects = map[string]int64{}
		}
		t.Rejects[reason] += count
	}
}
