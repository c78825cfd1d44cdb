package transform

import (
	"testing"
	"time"

	"hemicycle/schemas"
)

// A page announces elections of the years ahead, and no later ones: it may count years in another era.
func TestYearsAhead(t *testing.T) {
	for _, c := range []struct {
		date  string
		saved int // the year of the revision, 0 if it is not known
		want  string
	}{
		{"14 May 2028", 2023, "2028-05-14"}, {"14 May 2566", 2023, ""}, {"2077", 2023, ""}, {"2077", 0, "2077"},
		{"14 May 2566", 0, ""},
	} {
		d := newPage("Elbonian general election", []string{"Election Date: " + c.date}, "")
		if c.saved > 0 {
			d.RevisionTimestamp = time.Date(c.saved, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		e := judged(d)
		found := findingsOf(e, "unreadable-value")
		if e.Date.String() != c.want || (found[0].Status == schemas.Error) != (c.want == "") {
			t.Errorf("%s, on a page of %d, is read as %s: %+v", c.date, c.saved, e.Date, found)
		}
	}
}
