package transform

import (
	"strings"
	"testing"
	"time"

	"hemicycle/schemas"
)

// hostileProse has what hostile prose repeats, to be read in more than linear time: a sentence without an end, in which
// every word could begin something.
var hostileProse = map[string]string{
	"turnout":    "turnout 1% ",
	"previous":   "previous turnout was 1% ",
	"capitals":   "Aa Aa Aa ",
	"names":      "Popular Movement ",
	"variants":   "People's Movement ",
	"lists":      "Aa and Bb of the ",
	"seats":      "of the 325 seats ",
	"seats for":  "parties competing for 325 assembly seats ",
	"dates":      "elections were held on 7 September 2007 ",
	"parties":    "33 parties competing ",
	"digits":     "1",
	"digits and": "1,",
	"stops":      ". A ",
	"full stops": "A.",
	"quotes":     `1."[1] `,
	"newlines":   "1\n",
	"no words":   "......",
	"small":      "Aa of of of of ",
	"wide":       "1\u00A0",
	"invalid":    "\uFFFD",
}

// hostileFields has a parameter for each reader of values.
var hostileFields = []string{
	"Election Date", "Seats For Election", "Turnout", "Percentage1", "Seat Change1", "Last Election1", "Colour1",
}

// hostileValues has what hostile values repeat.
var hostileValues = map[string]string{
	"days": "7 ", "days and a month": "7 September ", "slashes": "27/09/2007 ", "brackets": "(", "points": "(1pp) ",
	"percent": "1% ", "marks": "[1]", "seats": "1 seats ", "groups": "1,111,", "arrows": "▲ ",
	"needed":     "1 seats needed ",
	"majorities": "51 seats needed; 5 ", "old style": "(o.s. 5 days ", "months": "1 May 2020 June 2021, ",
}

// hostilePage returns a page with a hostile field, or with hostile prose.
func hostilePage(field, value, prose string) *schemas.Document {
	lines := []string{"Party1: Popular Movement", "Party2: Socialist Union of Popular Forces", "Seats2: 5"}
	if field != "" {
		lines = append(lines, field+": "+value)
	} else {
		lines = append(lines, "Election Date: 7 September 2007")
	}
	return newPage("2007 Elbonian general election", lines, prose)
}

// TestHostileProse holds that hostile prose has findings that are numbered and have a place in the text.
func TestHostileProse(t *testing.T) {
	for name, unit := range hostileProse {
		t.Run(name, func(t *testing.T) {
			checkFindings(t, hostilePage("", "", strings.Repeat(unit, 30000/len(unit))))
		})
	}
}

// BenchmarkGrowth measures how much longer ten times the text takes, which is the metric growth: about ten times as
// long. It fails well above that, so that a busy machine is not taken for quadratic growth, which would be a hundred
// times.
func BenchmarkGrowth(b *testing.B) {
	measure := func(b *testing.B, bytes int, build func(bytes int) *schemas.Document) {
		small, large := build(bytes), build(10*bytes)
		took := func(d *schemas.Document) time.Duration {
			best := time.Duration(1<<63 - 1)
			for range 3 {
				start := time.Now()
				judged(d)
				best = min(best, time.Since(start))
			}
			return best
		}
		var growth float64
		var long time.Duration
		for b.Loop() {
			long = took(large)
			growth = float64(long) / float64(took(small))
		}
		b.ReportMetric(growth, "growth")
		b.ReportMetric(long.Seconds()*1e6/float64(10*bytes), "s/MB")
		if growth > 25 {
			b.Errorf("ten times the text takes %.1f times as long", growth)
		}
	}
	for name, unit := range hostileProse {
		b.Run("prose/"+name, func(b *testing.B) {
			measure(b, 100_000, func(bytes int) *schemas.Document {
				return hostilePage("", "", strings.Repeat(unit, bytes/len(unit)))
			})
		})
	}
	for _, field := range hostileFields {
		for name, unit := range hostileValues {
			b.Run("field/"+strings.ReplaceAll(field, " ", "")+"/"+name, func(b *testing.B) {
				measure(b, 100_000, func(bytes int) *schemas.Document {
					return hostilePage(field, strings.Repeat(unit, bytes/len(unit)), "")
				})
			})
		}
	}
}
