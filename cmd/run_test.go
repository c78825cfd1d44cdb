package cmd

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"hemicycle/load/version"
	"hemicycle/pipelines"
)

// The outcome of a run decides its exit status, and the message says everything about it.
func TestExitStatus(t *testing.T) {
	manifest := func(found, rejected, boxes int64, missing map[string]string) *version.Manifest {
		return &version.Manifest{Counts: version.Counts{Errors: found, Rejected: rejected, RejectedBoxes: boxes},
			Missing: missing}
	}
	names := map[string]string{"Infobox Elections": "Infobox election"}
	unmet := []version.Expectation{
		{Source: "pages", Subject: "seats", Expected: "325", Observed: "9"},
		{Source: "pages", Subject: "errors", Expected: "0", Observed: "1"},
	}
	for _, c := range []struct {
		name    string
		outcome pipelines.Outcome
		status  int
		says    []string
	}{
		{"published", pipelines.Outcome{Published: true, Manifest: manifest(0, 0, 0, nil)}, statusDone, nil},
		{"published with what is allowed", pipelines.Outcome{Published: true, Manifest: manifest(3, 4, 5, nil)},
			statusDone, nil},
		{"too much", pipelines.Outcome{Published: true, Excess: true, Rejects: 2, Manifest: manifest(1, 1, 1, nil)},
			statusDoubtful, []string{
				"published, with more than the pipeline allows: 1 error finding, 2 rejects"}},
		{"an internal error that is allowed", pipelines.Outcome{Published: true, InternalErrors: 1,
			Manifest: manifest(0, 1, 0, nil)}, statusDoubtful, []string{
			"published, but without 1 document that made the program fail; please report"}},
		{"names that are missing", pipelines.Outcome{Published: true, Manifest: manifest(0, 0, 0, names)},
			statusDoubtful, []string{
				"published, but the wiki has names", "\ntemplates:\n  Infobox Elections: Infobox election\n"}},
		{"all of it", pipelines.Outcome{Published: true, Excess: true, Rejects: 2, InternalErrors: 2,
			Manifest: manifest(0, 2, 0, names)}, statusDoubtful, []string{
			"0 error findings, 2 rejects; but without 2 documents", "; but the wiki has names"}},
		{"not published", pipelines.Outcome{Unmet: unmet, Excess: true, InternalErrors: 1,
			Manifest: manifest(9, 9, 9, names)}, statusUnexpected, []string{
			`not published: seats of the source "pages": expected 325, found 9; `,
			`; errors of the source "pages": expected 0, found 1`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := exitStatus(slog.New(slog.DiscardHandler), &c.outcome)
			if got := c.outcome.Status(); c.outcome.Published && got != c.status {
				t.Errorf("the manifest would have the status %d", got)
			}
			if c.status == statusDone {
				if err != nil {
					t.Errorf("the run failed: %v", err)
				}
				return
			}
			var f *failure
			if !errors.As(err, &f) || f.status != c.status {
				t.Fatalf("the run gave %v, expected the status %d", err, c.status)
			}
			for _, words := range c.says {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%q is not in: %v", words, err)
				}
			}
		})
	}
}
