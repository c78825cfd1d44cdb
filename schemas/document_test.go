package schemas

import "testing"

// A byte of a passage is in the document where the last mark before it says, counted on from there.
func TestPassagePlace(t *testing.T) {
	// The document reads "[[A|one]] two\nthree <b>four</b>" from line 7 and byte 100 on.
	marked := Passage{Text: "one two\nthree four", Line: 7, Offset: 100, Marks: []Mark{
		{At: 0, Offset: 104, Line: 7}, {At: 3, Offset: 109, Line: 7}, {At: 14, Offset: 123, Line: 8},
	}}
	plain := Passage{Text: "one two\nthree four", Line: 7, Offset: 100}
	for _, c := range []struct {
		passage      *Passage
		at           int
		line, offset int
	}{
		{&marked, 0, 7, 104}, {&marked, 2, 7, 106}, {&marked, 3, 7, 109}, {&marked, 4, 7, 110}, {&marked, 8, 8, 114},
		{&marked, 14, 8, 123}, {&marked, 17, 8, 126},
		{&plain, 0, 7, 100}, {&plain, 7, 7, 107}, {&plain, 8, 8, 108},
		{&Passage{Text: "one", Offset: -1}, 2, 0, -1},
	} {
		if line, offset := c.passage.Place(c.at); line != c.line || offset != c.offset {
			t.Errorf("byte %d of %+v is in line %d at byte %d, expected line %d and byte %d",
				c.at, *c.passage, line, offset, c.line, c.offset)
		}
	}
}

// Dates are ordered in time, and a date that is known in part comes before all days that it can be.
func TestDateCompare(t *testing.T) {
	ascending := []Date{
		{}, {Year: 2006, Month: 12, Day: 31}, {Year: 2007}, {Year: 2007, Month: 1, Day: 31}, {Year: 2007, Month: 9},
		{Year: 2007, Month: 9, Day: 7}, {Year: 2007, Month: 9, Day: 8}, {Year: 2007, Month: 10, Day: 1}, {Year: 2008},
	}
	for i, a := range ascending {
		for j, b := range ascending {
			if got, want := a.Compare(b), min(1, max(-1, i-j)); got != want {
				t.Errorf("%s compared with %s is %d, expected %d", a, b, got, want)
			}
		}
	}
}

// A document is named by its page id, else by its title, else by the digest of its text. It is never named by where it
// was found.
func TestIdentity(t *testing.T) {
	id := int64(12)
	for want, d := range map[string]Document{
		"enwiki:12":                     {URI: "a", Wiki: "enwiki", PageID: &id, Title: "T", SHA256: "0"},
		"local:12":                      {URI: "a", PageID: &id},
		"enwiki:T":                      {URI: "a", Wiki: "enwiki", Title: "T", SHA256: "0"},
		"local:T":                       {URI: "a", Title: "T"},
		"local:sha256-0123456789abcdef": {URI: "a", SHA256: "0123456789abcdef0123"},
		"local:sha256-0123":             {URI: "a", SHA256: "0123"},
	} {
		if got := d.Identity(); got != want {
			t.Errorf("%+v is %s, expected %s", d, got, want)
		}
	}
}
