package transform

import (
	"fmt"
	"strings"
	"testing"

	"hemicycle/schemas"
)

const moroccanParties = "Party1: Istiqlal Party\nParty2: Justice and Development Party (Morocco)\n" +
	"Party3: Popular Movement (Morocco)\nParty4: National Rally of Independents\n" +
	"Party5: Socialist Union of Popular Forces\nParty6: Constitutional Union (Morocco)\nParty7: PPS"

var nameVariantsCases = []checkCase{
	{
		name:  "the same names",
		box:   moroccanParties,
		prose: "The Popular Movement and the Constitutional Union gained; the Istiqlal Party won.",
	},
	{name: "an abbreviation and a name", box: moroccanParties, prose: "So did the Party of Progress and Socialism."},
	{
		name:  "two names that share a word",
		box:   moroccanParties,
		prose: "The Constitutional Union and Popular Movement parties gained.",
	},
	{
		name: "a sentence's first word",
		box:  "Party1: Labour Party\nParty2: Scottish National Party",
		prose: "After Labour Party voters left, it fell. The Labour Party won. Since National Party voters stayed, all " +
			"was well. Sadly National Party voters left.",
	},
	{
		name:  "possessives",
		box:   "Party1: Labour Party\nParty2: Social Democratic Party of Elbonia",
		prose: "It was the Labour Party's day, and the Social Democratic Party of Elbonia's night.",
	},
	{
		name: "no party at all",
		box: "Party1: National Party\nParty2: General Party\nParty3: Prime Movers\nParty4: Union of " +
			"Representatives\nParty5: People's Party",
		prose: "The General Election of September and Monday brought a Prime Minister, the House of Representatives, the " +
			"National Assembly, the National Parliament, a People's Palace and Next Monday.",
	},
	{
		name: "other parties",
		box: "Party1: Labour Party\nParty2: Scottish National Party\nParty3: Republican Party\nParty4: Christian " +
			"Democratic Union",
		prose: "The Liberal Party, the British National Party, the Republican Primary, the Green Party and the Social " +
			"Democratic Union stood too.",
	},
	{
		name:  "as near to two parties",
		box:   "Party1: Liberal Party of Elbonia\nParty2: Labour Party of Elbonia",
		prose: "The Communist Party of Elbonia and the Local Party of Elbonia won nothing.",
	},
	{
		name:  "another listed party's name",
		box:   "Party1: Popular Movement\nParty2: People's Movement",
		prose: "The People's Movement gained.",
	},
	{
		name:  "the adjective",
		box:   "Party1: Liberal Democrats\nParty2: Young Republican",
		prose: "The Liberal Democrat leader met two Young Republicans.",
	},
	{name: "no prose", box: moroccanParties, skip: true},
	{
		name: "names of one word", box: "Party1: PPS\nParty2: Independent politician",
		prose: "The People's Movement won.", skip: true,
	},
	{name: "several boxes", box: moroccanParties, prose: "The People's Movement won.", skip: true,
		change: func(d *schemas.Document) { d.Boxes = append(d.Boxes, schemas.Infobox{Box: 2}) }},
	{
		name: "one word in two translations", box: moroccanParties,
		prose: "The liberal People’s\nMovement gained, and the Socialist Union of People's Forces lost. People's " +
			"Movement voters cheered.",
		want: []doubt{
			{
				status: schemas.Note, subject: "party/3", expected: "Popular Movement (Morocco)",
				observed: "People’s\nMovement", at: "People’s\nMovement", message: "the prose says",
			},
			{
				status: schemas.Note, subject: "party/5", expected: "Socialist Union of Popular Forces",
				observed: "Socialist Union of People's Forces", at: "Socialist Union of People's Forces",
			},
			{
				status: schemas.Note, subject: "party/3", expected: "Popular Movement (Morocco)",
				observed: "People's Movement", at: "People's Movement voters",
			},
		},
	},
	{
		name: "a variant twice", box: "Party1: Labour Party", prose: "The Labor Party won. So the Labor Party ruled.",
		want: []doubt{{
			status: schemas.Note, subject: "party/1", expected: "Labour Party", observed: "Labor Party",
			at: "Labor Party won", message: "the prose says Labor Party, the box Labour Party",
		}},
	},
	{
		name:  "candidates of one party",
		box:   "Nominee1: Ann\nParty1: Labour Party\nNominee2: Bob\nParty2: Labour Party",
		prose: "The Workers' Party chose two.",
		want: []doubt{{
			status: schemas.Note, subject: "party/1", expected: "Labour Party", observed: "Workers' Party",
			at: "Workers' Party",
		}},
	},
}

// TestVariantsAreBounded holds that no more than maxVariants variants are reported of a page.
func TestVariantsAreBounded(t *testing.T) {
	var prose strings.Builder
	for i := range maxVariants + 10 {
		fmt.Fprintf(&prose, "The Grand Union N%d Movement lost. ", i)
	}
	c := checkCase{box: "Party1: Grand Union People's Movement", prose: prose.String()}
	if n := len(findingsOf(judged(c.page()), "name-variants")); n != maxVariants {
		t.Errorf("%d variants are reported, expected %d", n, maxVariants)
	}
}
