package transform

import (
	"hemicycle/schemas"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The pages that values lead to: by their link, or by their text where the template links it itself.
func TestPages(t *testing.T) {
	for _, c := range []struct {
		name, template, box string
		links               map[string]string // pages of links, by key
		want                string
	}{
		{"no template, no link", "", "Previous Election: 2002\nParty1: Blue", nil, "previous , next , party , candidate "},
		{"links", schemas.LegislativeBox, "Previous Election: 2002\nNext Election: 2011\nParty1: Blue",
			map[string]string{"Previous Election": "2002 Elbonian election", "Next Election": "2011 Elbonian election", "Party1": "Blue Party (Elbonia)"},
			"previous 2002 Elbonian election, next 2011 Elbonian election, party Blue Party (Elbonia), candidate "},
		{"a year beside the page", schemas.GeneralBox, "Previous Election: 2002 Elbonian election\nPrevious Year: 2002\nNext Election: Next Elbonian election\nNext Year: 2011", nil,
			"previous 2002 Elbonian election, next Next Elbonian election, party , candidate "},
		{"a page alone", schemas.GeneralBox, "Previous Election: 2002 Elbonian election", nil, "previous 2002 Elbonian election, next , party , candidate "},
		{"a first letter in lower case", schemas.LegislativeBox, "Previous Election: 2002\nParty1: blue_Party", nil, "previous , next , party Blue Party, candidate "},
		{"a page alone in lower case", schemas.GeneralBox, "Previous Election: elbonian election, 2002", nil, "previous Elbonian election, 2002, next , party , candidate "},
		{"a year alone is no page", schemas.LegislativeBox, "Previous Election: 2002", nil, "previous , next , party , candidate "},
		{"a bare party name is a page", schemas.LegislativeBox, "Party1: Blue Party (Elbonia)", nil, "previous , next , party Blue Party (Elbonia), candidate "},
		{"but not that of independents", schemas.LegislativeBox, "Party1: Independent politician", nil, "previous , next , party , candidate "},
		{"a candidate", schemas.GeneralBox, "Nominee1: Ann\nParty1: Blue", map[string]string{"Nominee1": "Ann (politician)"}, "previous , next , party Blue, candidate Ann (politician)"},
		{"a link beside the name", schemas.LegislativeBox, "Party1: Blue\nParty1_link: Blue Party", nil, "previous , next , party Blue Party, candidate "},
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
