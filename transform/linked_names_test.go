package transform

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
)

// linkedPage returns a page with a box of a template, in whose values links are written as [[Page|label]].
func linkedPage(template string, lines ...string) *schemas.Document {
	links := map[string][]schemas.Link{}
	pages := map[string]string{}
	plain := make([]string, len(lines))
	for i, line := range lines {
		key, value, _ := strings.Cut(line, ": ")
		text := ""
		for rest := value; ; {
			before, linked, ok := strings.Cut(rest, "[[")
			text += before
			if !ok {
				break
			}
			link, behind, _ := strings.Cut(linked, "]]")
			page, label, isPiped := strings.Cut(link, "|")
			if !isPiped {
				label = page
			}
			links[key] = append(links[key], schemas.Link{Text: label, Page: page, At: len(text)})
			text, rest = text+label, behind
		}
		if len(links[key]) > 0 {
			pages[key] = links[key][0].Page
		}
		if len(links[key]) == 1 && links[key][0].Text == text {
			links[key] = nil
		}
		plain[i] = key + ": " + text
	}
	d := newPage("2007 Elbonian general election", plain, "")
	d.Boxes[0].Template = template
	for i := range d.Boxes[0].Fields {
		f := &d.Boxes[0].Fields[i]
		f.Page, f.Links = pages[f.Key], links[f.Key]
	}
	return d
}

// TestLinkedNames has the parties and the leaders of contenders, each with the page that it leads to.
func TestLinkedNames(t *testing.T) {
	for _, c := range []struct {
		name, template string
		lines          []string
		want           string // position, then parties and leaders
	}{
		{
			"one party and one leader", schemas.LegislativeBox,
			[]string{"Party1: [[Blue Party|Blue]]", "Leader1: [[Ann Bo]]"},
			"1 Blue→Blue Party(link) led by Ann Bo→Ann Bo(link)",
		},
		{
			"a joint list under two leaders", schemas.LegislativeBox,
			[]string{"Party1: [[Blue Party|Blue]]–[[Red Party (Elbonia)|Red]]", "Leader1: [[Ann Bo]] & [[Cy Di]]"},
			"1 Blue→Blue Party(link) + Red→Red Party (Elbonia)(link) led by Ann Bo→Ann Bo(link) + Cy Di→Cy Di(link)",
		},
		{
			"a bare name, which the template links", schemas.LegislativeBox, []string{"Party1: Blue Party"},
			"1 Blue Party→Blue Party(name) led by",
		},
		{
			"a name without a page", "", []string{"Party1: Blue Party", "Leader1: Ann Bo"},
			"1 Blue Party→() led by Ann Bo→()",
		},
		{
			"a page beside the name", schemas.LegislativeBox, []string{"Party1: Blue", "Party1_link: blue Party"},
			"1 Blue→Blue Party(link) led by",
		},
		{
			"no party", schemas.LegislativeBox,
			[]string{"Party1: [[Independent politician|Independents]]", "Party2: Vacant", "Party3: Blue"},
			"1 led by; 2 led by; 3 Blue→Blue(name) led by",
		},
		{
			"a party with an independent", schemas.LegislativeBox,
			[]string{"Party1: [[Blue Party|Blue]] / [[Independent politician|Independent]] / [[Red Party|Red]]"},
			"1 Blue→Blue Party(link) + Red→Red Party(link) led by",
		},
		{
			"a candidate of two parties", schemas.GeneralBox,
			[]string{"Nominee1: [[Ann Bo]]", "Party1: [[Blue Party|Blue]] [[Red Party|Red]]"},
			"1 Blue→Blue Party(link) + Red→Red Party(link) led by",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := judged(linkedPage(c.template, c.lines...))
			shown := func(names []schemas.LinkedName) string {
				var all []string
				for _, n := range names {
					all = append(all, fmt.Sprintf("%s→%s(%s)", n.Name, n.Page, n.PageBasis))
				}
				return strings.Join(all, " + ")
			}
			var got []string
			for i := range e.Contenders {
				contender := &e.Contenders[i]
				s := fmt.Sprintf("%d %s led by %s", contender.Position, shown(contender.Parties), shown(contender.Leaders))
				got = append(got, strings.Join(strings.Fields(s), " "))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestPagesOfNames has the pages of offices' holders and their parties, of alliances and of chambers. A name that links
// to several pages has none.
func TestPagesOfNames(t *testing.T) {
	e := judged(linkedPage(schemas.LegislativeBox,
		"Seats For Election: 10 of 20 seats in the [[Senate of Elbonia|Senate]]",
		"Party1: Blue", "Alliance1: [[Elbonian Front|Front]]", "Party2: Red", "Alliance2: [[Left (Elbonia)|Left]] [[Greens]]",
		"Title: Prime Minister", "Before Election: [[Ann Bo]]", "Before Party: [[Blue Party|Blue]]",
		"After Election: [[Cy Di]]", "After Party: [[Blue Party|Blue]]–[[Red Party|Red]]",
	))
	o := e.Offices[0]
	got := []string{
		e.ChamberPage, e.Contenders[0].AlliancePage, e.Contenders[1].AlliancePage,
		o.BeforePage, o.BeforePartyPage, o.AfterPage, o.AfterPartyPage,
	}
	want := []string{"Senate of Elbonia", "Elbonian Front", "", "Ann Bo", "Blue Party", "Cy Di", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, column := range []string{
		"elections.chamber_page", "results.alliance_page", "offices.before_page", "offices.before_party_page",
		"offices.after_page",
	} {
		if !slices.ContainsFunc(e.Fields, func(f schemas.BoxField) bool { return slices.Contains(f.Targets, column) }) {
			t.Errorf("no field fills %s", column)
		}
	}
	other := judged(linkedPage(schemas.LegislativeBox, "Seats For Election: All 20 seats in the Senate of [[Elbonia]]"))
	if other.ChamberPage != "" {
		t.Errorf("the chamber %q has the page %s of a country", other.Chamber, other.ChamberPage)
	}
}
