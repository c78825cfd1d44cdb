package events

import (
	"strconv"
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// newPage returns a page whose boxes have the names given, each in the one before it; "" for none.
func newPage(title string, names ...string) *schemas.Document {
	d := &schemas.Document{Title: title}
	for i, name := range names {
		b := schemas.Infobox{Box: i + 1, Parent: i}
		if name != "" {
			b.Fields = append(b.Fields, schemas.Field{Key: "election_name", Name: "election_name", Text: name})
		}
		d.Boxes = append(d.Boxes, b)
	}
	return d
}

// election returns the election of a box, with its name as a rule reads it.
func election(d *schemas.Document, box int) *schemas.Election {
	e := &schemas.Election{Box: box, Parent: d.Boxes[box-1].Parent, Document: d}
	for _, f := range d.Boxes[box-1].Fields {
		e.Name = f.Text
	}
	return e
}

func TestFullName(t *testing.T) {
	for _, c := range []struct {
		title string
		names []string
		want  []string
	}{
		{"2023 Elbonian election", []string{""}, []string{"2023 Elbonian election"}},
		{"2023 Elbonian election", []string{"Elbonia votes"}, []string{"Elbonia votes"}},
		{"", []string{"Elbonia votes"}, []string{"Elbonia votes"}},
		{"", []string{""}, []string{""}},
		{
			"2023 Elbonian election", []string{"", "Senate", "2023 Elbonian election (House)", ""},
			[]string{"2023 Elbonian election", "2023 Elbonian election: Senate", "2023 Elbonian election (House)",
				"2023 Elbonian election: box 4"},
		},
		{
			"2023 Elbonian election", []string{"2023 Elbonian election", "Senate", "Senate"},
			[]string{"2023 Elbonian election", "2023 Elbonian election: Senate (box 2)",
				"2023 Elbonian election: Senate (box 3)"},
		},
		{"", []string{"", "Senate"}, []string{"", "Senate"}},
	} {
		d := newPage(c.title, c.names...)
		for i, want := range c.want {
			if got := FullName(d, election(d, i+1)); got != want {
				t.Errorf("%s %q, box %d: %q, expected %q", c.title, c.names, i+1, got, want)
			}
		}
	}
	d := newPage("2023 Elbonian election", "", "")
	e := election(d, 2)
	e.Chamber = "House of Mud"
	if got := FullName(d, e); got != "2023 Elbonian election: House of Mud" {
		t.Errorf("a box without a name has the name %q", got)
	}
}

func TestIsWrapper(t *testing.T) {
	d := newPage("2023 Elbonian election", "", "Senate")
	outer := election(d, 1)
	if !IsWrapper(d, outer) || IsWrapper(d, election(d, 2)) {
		t.Error("the outer box alone holds only others")
	}
	outer.Contenders = []schemas.Contender{{Position: 1}}
	if IsWrapper(d, outer) {
		t.Error("a box with contenders holds more than others")
	}
}

// The names of the boxes of a page take a time that is linear in the page.
func TestManyBoxes(t *testing.T) {
	schemastest.HoldsGrowth(t, func(n int) func() {
		names := make([]string, min(1000, n/64))
		for i := range names {
			names[i] = strings.Repeat("x", 40) + strconv.Itoa(i%3)
		}
		d := newPage("2023 Elbonian election", names...)
		return func() {
			for i := range names {
				FullName(d, election(d, i+1))
			}
		}
	})
}
