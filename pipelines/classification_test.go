package pipelines

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/schemas"
)

// corpusFolder has real pages beside the project; they are no part of it.
const corpusFolder = "../../shared/corpus"

// wantedOfCorpus is what a careful reader says of each election of a page: country, subdivision, level, type of the
// chamber and kind, - for none.
var wantedOfCorpus = map[string][]string{
	"enwiki-2014-assam-legislative-assembly-election-2011.page.html": {
		"IND Assam subnational unicameral legislative",
	},
	"enwiki-2014-california-gubernatorial-election-1962.page.html": {
		"USA California subnational executive gubernatorial",
	},
	"enwiki-2014-chicago-mayoral-election-2011.page.html": {
		"USA Illinois local executive mayoral",
	},
	"enwiki-2014-cypriot-presidential-election-2013.page.html": {
		"CYP - national executive presidential",
	},
	"enwiki-2014-french-legislative-election-1997.page.html": {
		"FRA - national lower legislative",
	},
	"enwiki-2014-south-australian-state-election-1953.page.html": {
		"AUS South_Australia subnational lower legislative",
	},
	"enwiki-2014-swedish-general-election-1998.page.html": {
		"SWE - national unicameral legislative",
	},
	"enwiki-2014-united-states-house-of-representatives-elections-2002.page.html": {
		"USA - national lower legislative",
	},
	"enwiki-2014-united-states-presidential-election-in-california-2012.page.html": {
		"USA California national executive presidential",
		"USA California national - primary",
	},
	"enwiki-2014-united-states-presidential-election-in-missouri-2008.page.html": {
		"USA Missouri national executive presidential",
	},
	"enwiki-2014-united-states-senate-elections-1956.page.html": {
		"USA - national upper legislative",
	},
	"enwiki-2017-ukrainian-presidential-election-1994.wikitext": {
		"UKR - national executive presidential",
	},
	"enwiki-2017-ukrainian-presidential-election-2004.wikitext": {
		"UKR - national executive presidential",
	},
	"enwiki-2017-ukrainian-presidential-election-2014.wikitext": {
		"UKR - national executive presidential",
	},
	"enwiki-2026-2021-czech-legislative-election.wikitext": {
		"CZE - national lower legislative",
	},
	"enwiki-2026-2022-brazilian-general-election.wikitext": {
		"BRA - national - general",
		"BRA - national executive presidential",
		"BRA - national lower legislative",
		"BRA - national upper legislative",
	},
	"enwiki-2026-2022-danish-general-election.wikitext": {
		"DNK - national unicameral legislative",
	},
	"enwiki-2026-2024-belgian-federal-election.wikitext": {
		"BEL - national lower legislative",
	},
	"exordium-2016-us-presidential-one-line.fictional.wikitext": {
		"USA - national executive presidential",
	},
	"fixture-midterms-2022-us-senate-footnote.fixture.wikitext": {
		"USA - national upper legislative",
	},
	"fixture-simlab-2026-nebraska-2nd-district.fixture.wikitext": {
		"USA Nebraska national lower legislative",
	},
	"fowiki-doc-infobox-legislative-election.doc.wikitext": {
		"- - - - -",
	},
	"friendlywiki-2021-israeli-legislative-election.truncated.wikitext": {
		"ISR - national unicameral legislative",
	},
	"maiwiki-doc-infobox-election-filled.truncated.wikitext": {
		"USA - national executive presidential",
	},
	"oenc-2010-uk-results-breakdown.truncated.wikitext": {
		"GBR - national lower legislative",
	},
	"wikiclassic-2008-us-presidential-diff294507818.truncated.wikitext": {
		"USA - national executive presidential",
	},
}

// TestClassificationOfRealPages reads each page. Nothing may be said that is wrong, and nine tenths must be said.
func TestClassificationOfRealPages(t *testing.T) {
	if _, err := os.Stat(corpusFolder); err != nil {
		t.Skipf("the folder of real pages is absent: %v", err)
	}
	told, known := 0, 0
	for file, wanted := range wantedOfCorpus {
		paths, err := filepath.Glob(filepath.Join(corpusFolder, "*", file))
		if err != nil {
			t.Fatal(err)
		}
		if len(paths) == 0 {
			continue
		}
		var elections []*schemas.Election
		err = Check(context.Background(), paths[:1], CheckOptions{}, func(c Checked) error {
			elections = append(elections, c.Elections...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(elections) != len(wanted) {
			t.Errorf("%s has %d elections, expected %d", file, len(elections), len(wanted))
			continue
		}
		for i, e := range elections {
			c := &e.Classification
			for k, part := range []schemas.Classified{c.Country, c.Subdivision, c.Level, c.Chamber, c.Kind} {
				want := strings.ReplaceAll(strings.Trim(strings.Fields(wanted[i])[k], "-"), "_", " ")
				if want != "" {
					known++
				}
				switch {
				case part.Value == "":
				case part.Value != want:
					t.Errorf("%s, box %d: %q (%s), expected %q", file, i+1, part.Value, part.Basis, want)
				default:
					told++
				}
			}
		}
	}
	if told*10 < known*9 {
		t.Errorf("%d of %d parts are told, expected nine tenths", told, known)
	}
	t.Logf("%d of %d parts are told", told, known)
}
