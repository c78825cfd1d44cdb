package cmd

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"hemicycle/schemas"
)

// Of each reason from a source, the log names a few rejects and counts the others. A place that is not known is absent.
func TestRejectLog(t *testing.T) {
	var out bytes.Buffer
	handler := slog.NewTextHandler(&out, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})
	l := rejectLog{log: slog.New(handler)}
	for range 1_000_000 {
		l.add(&schemas.Reject{Unit: "document", SourceURI: "a.xml", Reason: "broken-page", Offset: -1})
	}
	l.add(&schemas.Reject{Unit: "document", SourceURI: "a.xml", Reason: "damaged", Offset: -1})
	for range 11 {
		l.add(&schemas.Reject{
			Unit: "box", SourceURI: "b.xml", PageTitle: "B\n", Reason: "empty-box", Line: 3, Offset: 17, Detail: "none",
		})
	}
	l.finish()
	l.finish()
	want := strings.Repeat("level=WARN msg=rejected unit=document source=a.xml reason=broken-page detail=\"\"\n", 10) +
		"level=WARN msg=rejected unit=document source=a.xml reason=damaged detail=\"\"\n" +
		"level=WARN msg=\"more are rejected\" source=a.xml reason=broken-page count=999990\n" +
		strings.Repeat("level=WARN msg=rejected unit=box source=b.xml title=\"B\\n\" line=3 byte_offset=17 "+
			"reason=empty-box detail=none\n", 10) +
		"level=WARN msg=\"more are rejected\" source=b.xml reason=empty-box count=1\n"
	if got := out.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
