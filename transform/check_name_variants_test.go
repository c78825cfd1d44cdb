package transform

import "hemicycle/schemas"

const moroccanParties = "Party1: Istiqlal Party\nParty2: Justice and Development Party (Morocco)\nParty3: Popular Movement (Morocco)\n" +
	"Party4: National Rally of Independents\nParty5: Socialist Union of Popular Forces\nParty6: Constitutional Union (Morocco)\nParty7: PPS"

var nameVariantsCases = []checkCase{
	{name: "the same names", box: moroccanParties, prose: "The Popular Movement and the Constitutional Union gained; the Istiqlal Party won."},
	{name: "an abbreviation and a name", box: moroccanParties, prose: "So did the Party of Progress and Socialism."},
	{name: "two names that share a word", box: moroccanParties, prose: "The Constitutional Union and Popular Movement parties gained."},
	{name: "a sentence's first word", box: "Party1: Labour Party\nParty2: Scottish National Party", prose: "After Labour Party voters left, it fell. The Labour Party won. Since National Party voters stayed, all was well. Sadly National Party voters left."},
	{name: "possessives", box: "Party1: Labour Party\nParty2: Social Democratic Party of Elbonia", prose: "It was the Labour Party's day, and the Social Democratic Party of Elbonia's night."},
	{name: "no party at all", box: "Party1: National Party\nParty2: General Party\nParty3: Prime Movers\nParty4: Union of Representatives\nParty5: People's Party",
		prose: "The General Election of September and Monday brought a Prime Minister, the House of Representatives, the National Assembly, the National Parliament, a People's Palace and Next Monday."},
	{name: "other parties", box: "Party1: Labour Party\nParty2: Scottish National Party\nParty3: Republican Party\nParty4: Christian Democratic Union",
		prose: "The Liberal Party, the British National Party, the Republican Primary, the Green Party and the Social Democratic Union stood too."},
	{name: "as near to two parties", box: "Party1: Liberal Party of Elbonia\nParty2: Labour Party of Elbonia", prose: "The Communist Party of Elbonia and the Local Party of Elbonia won nothing."},
	{name: "another listed party's name", box: "Party1: Popular Movement\nParty2: People's Movement", prose: "The People's Movement gained."},
	{name: "the adjective", box: "Party1: Liberal Democrats\nParty2: Young Republican", prose: "The Liberal Democrat leader met two Young Republicans."},
	{name: "no prose", box: moroccanParties, skip: true},
	{name: "names of one word", box: "Party1: PPS\nParty2: Independent politician", prose: "The People's Movement won.", skip: true},
	{name: "several boxes", box: moroccanParties, prose: "The People's Movement won.", skip: true,
		change: func(d *schemas.Document) { d.Boxes = append(d.Boxes, schemas.Infobox{Box: 2}) }},
	{name: "one word in two translations", box: moroccanParties, prose: "The liberal People’s\nMovement gained, and the Socialist Union of People's Forces lost. People's Movement voters cheered.", want: []doubt{
		{schemas.Note, "party/3", "Popular Movement (Morocco)", "People’s\nMovement", "People’s\nMovement", "the prose says"},
		{schemas.Note, "party/5", "Socialist Union of Popular Forces", "Socialist Union of People's Forces", "Socialist Union of People's Forces", ""},
		{schemas.Note, "party/3", "Popular Movement (Morocco)", "People's Movement", "People's Movement voters", ""}}},
	{name: "one word in two spellings", box: "Party1: Labour Party", prose: "The Labor Party won.", want: []doubt{
		{schemas.Note, "party/1", "Labour Party", "Labor Party", "Labor Party", "the prose says Labor Party, the box Labour Party"}}},
	{name: "a word of a long name", box: moroccanParties, prose: "The Justice and Progress Party grew.", want: []doubt{
		{schemas.Note, "party/2", "Justice and Development Party (Morocco)", "Justice and Progress Party", "Justice and Progress Party", ""}}},
	{name: "candidates of one party", box: "Nominee1: Ann\nParty1: Labour Party\nNominee2: Bob\nParty2: Labour Party", prose: "The Workers' Party chose two.", want: []doubt{
		{schemas.Note, "party/1", "Labour Party", "Workers' Party", "Workers' Party", ""}}},
}
