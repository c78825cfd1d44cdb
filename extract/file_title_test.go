package extract

import (
	"strings"
	"testing"
)

func TestTitleOfFile(t *testing.T) {
	for name, want := range map[string]string{
		"2007_Moroccan_general_election.wikitext":                    "2007 Moroccan general election",
		"pages/2007 Moroccan general election.TXT":                   "2007 Moroccan general election",
		"2007_Moroccan_general_election":                             "2007 Moroccan general election",
		"Next_Elbonian_presidential_election.wiki":                   "Next Elbonian presidential election",
		"2010_Elbonian_election%2FSecond_round.wikitext":             "2010 Elbonian election/Second round",
		"2012_%C3%89lections_l%C3%A9gislatives.wikitext":             "2012 Élections législatives",
		"2003_St._Louis_mayoral_election.txt":                        "2003 St. Louis mayoral election",
		"2019_50%_rule_referendum.txt":                               "2019 50% rule referendum",
		"Elections_in_Elbonia.html":                                  "Elections in Elbonia",
		"Bundestagswahl_2021.wikitext":                               "Bundestagswahl 2021",
		"Bundestagswahl.wikitext":                                    "Bundestagswahl",
		"2019_m._Lietuvos_prezidento_rinkimai":                       "2019 m. Lietuvos prezidento rinkimai",
		"第25回参議院議員通常選挙.wikitext":                                     "第25回参議院議員通常選挙",
		"1910_Elbonia_by-elections.mediawiki":                        "1910 Elbonia by-elections",
		"2011_New_York_City_Council.wikitext":                        "2011 New York City Council",
		"page.txt":                                                   "",
		"page_2007.wikitext":                                         "",
		"Page_2007.wikitext":                                         "",
		"input1":                                                     "",
		"IMG_2007.txt":                                               "",
		"Election_1.txt":                                             "",
		"Test_election.txt":                                          "",
		"morocco_2007.txt":                                           "",
		"Morocco.wikitext":                                           "",
		"My_notes_on_Morocco.txt":                                    "",
		"Export_2024-05-01.html":                                     "",
		"d03_sup_digit.wikitext":                                     "",
		"enwiki-2017-ukrainian-presidential-election.wikitext":       "",
		"moroccan_general_election_2007.wikitext":                    "",
		"550e8400-e29b-2007-a716-446655440000.wikitext":              "",
		"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0": "",
		"2007_Moroccan_general_election.wikitext.bak":                "",
		"2007_Moroccan_general_election.wikitext~":                   "",
		"2007_Moroccan_general_election_(1).wikitext":                "",
		"Copy_of_2007_Moroccan_general_election.wikitext":            "",
		"2007_Moroccan_general_election_-_Copy.wikitext":             "",
		"2007_Moroccan_general_election_v2.wikitext":                 "",
		"2007_Moroccan_%5B%5Bgeneral%5D%5D_election.wikitext":        "",
		"2007_Moroccan%0Ageneral_election.wikitext":                  "",
		"2007_Moroccan%FFgeneral_election.wikitext":                  "",
		strings.Repeat("Long_", 50) + "election_2007.wikitext":       "",
		"-": "", "": "", ".wikitext": "",
	} {
		if got := titleOfFile(name); got != want {
			t.Errorf("%s has the title %q, expected %q", name, got, want)
		}
	}
}
