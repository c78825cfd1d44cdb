package transform

import (
	"strings"
	"testing"
	"time"

	"hemicycle/schemas"
)

// hostileProse is texts that are made to be read in more than linear time: one sentence without an end, in
// which every word could begin something.
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

// hostileFields are the parameters whose readers get a hostile value, one for each reader.
var hostileFields = []string{"Election Date", "Seats For Election", "Turnout", "Percentage1", "Seat Change1", "Last Election1", "Colour1"}

// hostileValues is what those values repeat.
var hostileValues = map[string]string{
	"days": "7 ", "days and a month": "7 September ", "slashes": "27/09/2007 ", "brackets": "(", "points": "(1pp) ",
	"percent": "1% ", "marks": "[1]", "seats": "1 seats ", "groups": "1,111,", "arrows": "▲ ", "needed": "1 seats needed ",
	"majorities": "51 seats needed; 5 ", "old style": "(o.s. 5 days ", "months": "1 May 2020 June 2021, ",
}

func hostilePage(field, value, prose string) *schemas.Document {
	lines := []string{"Party1: Popular Movement", "Party2: Socialist Union of Popular Forces", "Seats2: 5"}
	if field != "" {
		lines = append(lines, field+": "+value)
	} else {
		lines = append(lines, "Election Date: 7 September 2007")
	}
	return newPage("2007 Elbonian general election", lines, prose)
}

// Whatever the text, claims and variants are bounded.
func TestHostileTextsAreBounded(t *testing.T) {
	for name, unit := range hostileProse {
		t.Run(name, func(t *testing.T) {
			d := hostilePage("", "", strings.Repeat(unit, 30000/len(unit)))
			e := judged(d)
			if len(e.Claims) > 500 || len(findingsOf(e, "name-variants")) > maxVariants {
				t.Errorf("%d claims and %d variants", len(e.Claims), len(findingsOf(e, "name-variants")))
			}
			claimsHold(t, d, e.Claims)
		})
	}
}

// Ten times the text takes about ten times as long: see the metric growth. It fails well above that,
// so that a busy machine does not look like a square, which would take a hundred times as long.
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
			measure(b, 100_000, func(bytes int) *schemas.Document { return hostilePage("", "", strings.Repeat(unit, bytes/len(unit))) })
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
