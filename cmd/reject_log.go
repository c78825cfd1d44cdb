package cmd

import (
	"log/slog"

	"hemicycle/schemas"
)

// maxLoggedRejects is how many rejects of one reason the log names of each source. A file that is no page, or is made
// to be none, can have a million of them; all are counted, and all are in the table rejects.
const maxLoggedRejects = 10

// rejectLog logs the rejects of a run: the first of each reason from a source, and how many more there are.
type rejectLog struct {
	log     *slog.Logger
	source  string
	reasons []string         // of the source, in the order in which they were met
	counts  map[string]int64 // by reason
}

// add logs a reject, unless there were many of its reason from its source.
func (l *rejectLog) add(r *schemas.Reject) {
	if r.SourceURI != l.source {
		l.finish()
		l.source, l.counts = r.SourceURI, map[string]int64{}
	}
	if l.counts[r.Reason] == 0 {
		l.reasons = append(l.reasons, r.Reason)
	}
	if l.counts[r.Reason]++; l.counts[r.Reason] > maxLoggedRejects {
		return
	}
	attributes := []any{"unit", r.Unit, "source", r.SourceURI}
	if r.PageTitle != "" {
		attributes = append(attributes, "title", r.PageTitle)
	}
	if r.Line > 0 {
		attributes = append(attributes, "line", r.Line)
	}
	if r.Offset >= 0 {
		attributes = append(attributes, "byte_offset", r.Offset)
	}
	l.log.Warn("rejected", append(attributes, "reason", r.Reason, "detail", r.Detail)...)
}

// finish logs how many rejects of the last source were not named.
func (l *rejectLog) finish() {
	for _, reason := range l.reasons {
		if more := l.counts[reason] - maxLoggedRejects; more > 0 {
			l.log.Warn("more are rejected", "source", l.source, "reason", reason, "count", more)
		}
	}
	l.source, l.reasons, l.counts = "", nil, nil
}
