package transform

import (
	"hemicycle/schemas"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPages has the pages that values lead to: by their link, or by their text if the template links it.
func TestPages(t *testing.T) {
	for _, c := range []struct {
		name, template, box string
		links               map[string]string // pages of links, by key
		want                string
	}{
		{
			name: "no template, no link", box: "Previous Election: 2002\nParty1: Blue",
			want: "previous , next , party , candidate ",
		},
		{
			name: "links", template: schemas.LegislativeBox,
			box: "Previous Election: 2002\nNext Election: 2011\nParty1: Blue",
			links: map[string]string{
				"Previous Election": "2002 Elbonian election", "Next Election": "2011 Elbonian election",
				"Party1": "Blue Party (Elbonia)",
			},
			want: "previous 2002 Elbonian election, next 2011 Elbonian election, party Blue Party (Elbonia), " +
				"candidate ",
		},
		{
			name: "a year beside the page", template: schemas.GeneralBox,
			box: "Previous Election: 2002 Elbonian election\nPrevious Year: 2002\n" +
				"Next Election: Next Elbonian election\nNext Year: 2011",
			want: "previous 2002 Elbonian election, next Next Elbonian election, party , candidate ",
		},
		{
			name: "a link to no article, and what a template shows", template: schemas.GeneralBox,
			box:  "Party1: [[Help:Blue]]\nPrevious Election: {{nowrap|2002}}",
			want: "previous , next , party , candidate ",
		},
		{
			name: "a page alone", template: schemas.GeneralBox, box: "Previous Election: 2002 Elbonian election",
			want: "previous 2002 Elbonian election, next , party , candidate ",
		},
		{
			name: "a year alone is no page", template: schemas.LegislativeBox, box: "Previous Election: 2002",
			want: "previous , next , party , candidate ",
		},
		{
			name: "a bare party name is a page", template: schemas.LegislativeBox, box: "Party1: Blue Party (Elbonia)",
			want: "previous , next , party Blue Party (Elbonia), candidate ",
		},
		{
			name: "but not that of independents", template: schemas.LegislativeBox,
			box: "Party1: Independent politician", want: "previous , next , party , candidate ",
		},
		{
			name: "a candidate", template: schemas.GeneralBox, box: "Nominee1: Ann\nParty1: Blue",
			links: map[string]string{"Nominee1": "Ann (politician)"},
			want:  "previous , next , party Blue, candidate Ann (politician)",
		},
		{
			name: "a link beside the name", template: schemas.LegislativeBox,
			box: "Party1: Blue\nParty1_link: Blue Party", want: "previous , next , party Blue Party, candidate ",
		},
		{"a first letter in lower case", schemas.LegislativeBox, "Previous Election: 2002\nParty1: blue_Party", nil,
			"previous , next , party Blue Party, candidate "},
		{"a page alone in lower case", schemas.GeneralBox, "Previous Election: elbonian election, 2002", nil,
			"previous Elbonian election, 2002, next , party , candidate "},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newPage("2007 Elbonian general election", strings.Split(c.box, "\n"), "")
			d.Boxes[0].Template = c.template
			for i := range d.Boxes[0].Fields {
				f := &d.Boxes[0].Fields[i]
				f.Page = c.links[f.Key]
			}
			e := judged(d)
			got := "previous " + e.PreviousPage + ", next " + e.NextPage
			party, candidate := "", ""
			for _, contender := range e.Contenders {
				party = contender.PartyPage
				if contender.Kind == "candidate" {
					candidate = contender.Page
				}
			}
			got += ", party " + party + ", candidate " + candidate
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
