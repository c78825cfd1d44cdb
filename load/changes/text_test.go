package changes

import (
	"fmt"
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// However many changes there are and whatever they say, the text is bounded, counts everything, and has no character
// that controls a terminal.
func TestTextIsBounded(t *testing.T) {
	var b strings.Builder
	text := NewText(&b)
	long := "\x1b[31m" + strings.Repeat("a\u0301\u0301\u202e\n", 100_000)
	for i := range 1000 {
		for j := range 50 {
			id := fmt.Sprintf("enwiki:%d#1", i)
			c := schemas.Change{Table: "fields", Row: `{"election_id":"x","key":"seats` + fmt.Sprint(j) + `","occurrence":1}`,
				Column: "raw", Kind: schemas.ChangeChanged, Old: &long, New: schemastest.Ptr(""), ElectionID: id,
				Page: "Page " + long[:40]}
			if j%2 == 0 {
				c.Kind, c.Old = schemas.ChangeAdded, nil
			}
			if err := text.Add(&c); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := text.Finish(); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if len(got) > 8<<20 {
		t.Errorf("it has %d bytes", len(got))
	}
	if strings.ContainsAny(got, "\x1b\u202e\r") {
		t.Error("it has a character that controls a terminal")
	}
	for _, want := range []string{
		"elections: 0 added, 1,000 changed, 0 removed", "fields 50,000", "… and 800 elections more",
		"    and 30 rows more",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q", want)
		}
	}
}
