package claims

import (
	"cmp"
	"strings"
	"testing"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
	"hemicycle/transform/dates"
	"hemicycle/transform/seats"
)

// claimsCase is prose on an election and what it claims, as `subject=value`.
type claimsCase struct {
	name  string
	title string // "" for "2007 Elbonian general election"
	box   string // the lines of the date and the seats; "" for elbonianBox
	prose string
	want  []string
}

const (
	elbonianBox = "Election Date: 7 September 2007\nSeats For Election: 325 seats in the House of Representatives"
	britishBox  = "Election Date: 6 May 2010\nSeats For Election: All 650 seats in the House of Commons"
	senateBox   = "Election Date: November 8, 2022\nSeats For Election: 34 of the 100 seats in the United States Senate"
)

// claimsCases has prose by what it states.
var claimsCases = []claimsCase{
	// Seats.
	{name: "part of the whole", prose: "Istiqlal won 52 of the 325 seats.", want: []string{"seats=325"}},
	{name: "out of", prose: "They ended with 46 out of 325 seats, the most since 1963.", want: []string{"seats=325"}},
	{
		name: "majority", prose: "No party had a majority of the 325 seats in the House of Representatives.",
		want: []string{"seats=325"},
	},
	{
		name: "to elect", prose: "Voters went to the polls to elect the 630 members of the Bundestag.",
		want: []string{"seats=630"},
	},
	{
		name: "to elect all",
		prose: "Federal elections were called to elect all 150 members of the House of Representatives and half the " +
			"Senate.",
		want: []string{"seats=150"},
	},
	{
		name: "all", title: "2002 United States House of Representatives elections",
		box:   "Election Date: November 5, 2002\nSeats For Election: All 435 seats in the House of Representatives",
		prose: "All 435 seats in the House were up for election, as were 34 of the 100 seats in the Senate.",
		want:  []string{"seats=435"},
	},
	{
		name: "up for election", title: "2022 United States Senate elections", box: senateBox,
		prose: "Thirty-four seats? No: 34 seats were up for election, and 35 of the 100 seats in the Senate were " +
			"contested in all. All 435 seats in the House of Representatives were contested too.",
		want: []string{"seats=100", "seats=34"},
	},
	{
		name: "competing", prose: "In total 1,870 candidates were competing for 325 assembly seats.",
		want: []string{"seats=325", "candidates_standing=1870"},
	},
	{name: "hyphened", prose: "No party controls the 120-seat Knesset.", want: []string{"seats=120"}},
	{
		name: "Commons", title: "2010 United Kingdom general election", box: britishBox,
		prose: "The election was held on Thursday 6 May 2010 to elect the 650 members of the House of Commons. The " +
			"Conservatives won 306 seats.",
		want: []string{"seats=650", "election_date=2010-05-06"},
	},
	{
		name: "Lok Sabha", title: "2014 Indian general election", box: "Election Date: 7 April – 12 May 2014",
		prose: "The election decided all 543 seats of the Lok Sabha. Turnout was around 66.44%.",
		want:  []string{"seats=543"},
	},
	{
		name: "Assembly", title: "2017 French legislative election",
		box: "Election Date: 11 June 2017 (first round) 18 June 2017 (second round)",
		prose: "Legislative elections were held on 11 and 18 June 2017 to elect the 577 members of the 15th " +
			"National Assembly.",
		want: []string{"seats=577"},
	},
	{name: "a gain", prose: "That was an increase of 20 seats."},
	{
		name:  "seats it had",
		prose: "It kept the 46 seats it had won, and lost 4 of the 46 seats it had held. It lost 12 of its 46 seats.",
	},
	{name: "special elections", prose: "There were special elections for 12 seats, and by-elections for all 12 seats."},
	{
		name: "a party's seats",
		prose: "The party contested 120 seats, winning 46 seats. It finished with a total of 46 seats and took all " +
			"12 seats in Tangier.",
	},
	{
		name: "a part of the country", title: "2010 United Kingdom general election", box: britishBox,
		prose: "Labour won 41 of the 59 seats in Scotland. In Scotland, Labour won 41 of the 59 seats. The party " +
			"stood in all 59 Scottish seats. Labour won all 40 seats. In Wales, all 40 seats were contested.",
	},
	{name: "reserved", prose: "Women won 24 of the 30 seats reserved for them, and 60 of the 90 constituency seats."},
	{
		name: "the last chamber",
		prose: "In the previous election it had won 60 of the 306 seats. In 2002, it won 50 of the 300 seats. It " +
			"won 50 of the 300 seats in 2002.",
	},
	{
		name:  "another chamber",
		prose: "It won 12 of the 76 seats in the Senate, and it wanted to elect 5 senators of the Senate.",
	},
	{
		name:  "a few members",
		prose: "Each region votes to elect 12 members for a council of its own, and to elect 5 additional members.",
	},

	// Turnout.
	{name: "turnout of", prose: "There was a turnout of 66.1%.", want: []string{"turnout_pct=66.1"}},
	{name: "with turnout", prose: "It was won with 71% turnout.", want: []string{"turnout_pct=71"}},
	{
		name: "turnout was only", prose: "Turnout in the election was only 37% - the lowest of all.",
		want: []string{"turnout_pct=37"},
	},
	{
		name: "estimated", prose: "Voter turnout was estimated to be 37 per cent, the lowest since 1963.",
		want: []string{"turnout_pct=37"},
	},
	{name: "and another figure", prose: "Turnout was 37%, at least 5 points lower.", want: []string{"turnout_pct=37"}},
	{name: "in brackets", prose: "Few came (turnout: 37.25%).", want: []string{"turnout_pct=37.25"}},
	{
		name: "compared", prose: "Turnout was 37%, compared with 51.6% in the 2002 election.",
		want: []string{"turnout_pct=37"},
	},
	{name: "fell from to", prose: "Voter turnout fell from 51.6% to 37%.", want: []string{"turnout_pct=37"}},
	{
		name: "fell from in a year to", prose: "Turnout dropped from 51.6% five years before to just 37.00%.",
		want: []string{"turnout_pct=37.00"},
	},
	{name: "rose to", prose: "Turnout rose to 63.2%.", want: []string{"turnout_pct=63.2"}},
	{name: "since a year", prose: "The turnout was 37% since 1963 unheard of.", want: []string{"turnout_pct=37"}},
	{
		name: "a change",
		prose: "Turnout fell by 14.61%. Turnout was 14% lower. Turnout was 5 percent down. A 5% turnout decline " +
			"followed.",
	},
	{
		name:  "fell from alone",
		prose: "Turnout fell from 51.6%. Turnout was down from 51.6%. Turnout rose compared to 51.6% before.",
	},
	{
		name: "inexact",
		prose: "Turnout was over 60%. Turnout exceeded 60%. Turnout was nearly 40%. Turnout was between 30% and " +
			"40%. Turnout was around 40%. With over 60% turnout. Turnout was ~40%. Turnout was 40% or more. Turnout was " +
			"40% (estimate). Turnout rose to 40% at least.",
	},
	{
		name: "of another election",
		prose: "In 2002 turnout was 51.6%. A turnout of 51.6% was recorded in 2002. Turnout at the previous " +
			"election was 51.6%. Turnout had been 51.6%.",
	},
	{
		name: "no result",
		prose: "A turnout threshold of 50% applies. A quorum of 50% turnout is needed. If turnout is 50%, it is " +
			"valid. Opinion polls had a turnout of 60%. A turnout of 60% was forecast; the forecast turnout was 60%.",
	},
	{
		name: "of a part, or not a result",
		prose: "In Tangier turnout was 27%. Turnout, at 27%, was highest in the north. Turnout was lowest in the " +
			"north, at 27%. Overseas turnout was 12%. By noon, turnout was 25%. Preliminary turnout was 36%. The " +
			"referendum had a turnout of 58%. The opposition claimed a turnout of 20%. Turnout was 27% in rural areas.",
	},
	{
		name: "of a part",
		prose: "Turnout among women was 27%. Turnout in Tangier was 27%. In Tangier, turnout was 27%. Turnout in " +
			"the capital was 27%. Turnout in the second round was 60%. The run-off had a turnout of 60%. Turnout " +
			"abroad was 5%.",
	},

	// Dates.
	{
		name: "held on", prose: "Parliamentary elections were held in Elbonia on 7 September 2007.",
		want: []string{"election_date=2007-09-07"},
	},
	{
		name: "month first", prose: "The 2007 election took place on Friday, September 7, 2007, in fine weather.",
		want: []string{"election_date=2007-09-07"},
	},
	{
		name: "an early election", prose: "Early parliamentary elections were held on 7 September 2007. Early voting was " +
			"held on 1 September 2007.",
		want: []string{"election_date=2007-09-07"},
	},
	{
		name: "the vote", prose: "Elbonia chose a new House; the vote was held on the 7th September 2007.",
		want: []string{"election_date=2007-09-07"},
	},
	{
		name: "wrong day", prose: "General elections were held on 8 September 2007.",
		want: []string{"election_date=2007-09-08"},
	},
	{
		name: "the previous election",
		prose: "The previous election, held on 27 September 2002, was won by nobody. The 2002 election was held on " +
			"27 September 2002.",
	},
	{
		name: "something else",
		prose: "A referendum was held on 3 May 2007. Local elections were held on 12 June 2007. Primaries for the " +
			"election were held on 1 May 2007. The by-elections took place on 1 May 2008. A funeral was held on 3 " +
			"May 2007 before the election. A debate on the election was held on 1 May 2007.",
	},
	{
		name: "planned",
		prose: "The election was originally to be held on 3 May 2007. The election was due to be held on 3 May " +
			"2007. The election, postponed, was held on 3 May 2007.",
	},
	{
		name:  "later",
		prose: "After the election a session was held on 3 October 2007. Abbas became premier on 19 September 2007.",
	},
	{
		name: "another kind", title: "2007 Elbonian parliamentary election",
		prose: "Presidential elections were held on 3 May 2007.",
	},

	// Parties and candidates.
	{
		name: "parties", prose: "There were 33 different parties and 13 independent candidates competing.",
		want: []string{"parties_standing=33", "independent_candidates_standing=13"},
	},
	{name: "contested by", prose: "The election was contested by 33 parties.", want: []string{"parties_standing=33"}},
	{
		name: "took part", prose: "A total of 26 political parties took part, and 1,862 candidates stood.",
		want: []string{"parties_standing=26", "candidates_standing=1862"},
	},
	{
		name: "not all parties",
		prose: "Only 12 parties took part in debates. 12 parties won seats. A coalition of 5 parties stood. In all " +
			"12 parties fielded candidates nationwide. At the last election 12 parties competed.",
	},
	{
		name:  "a party's candidates",
		prose: "Labour fielded 120 candidates. Its 120 candidates stood in towns. The party's 120 candidates ran well.",
	},

	// White space, and none.
	{
		name: "wrapped",
		prose: "Parliamentary elections were\nheld in Elbonia on\n7\u00A0September\n2007. Istiqlal won 52 of\n" +
			"the 325\u00A0seats, with a turnout\r\nof 37\u202F%, and 33 different\nparties took\npart.",
		want: []string{"election_date=2007-09-07", "turnout_pct=37", "seats=325", "parties_standing=33"},
	},
	{
		name:  "abbreviations",
		prose: "In the previous U.S. House vote turnout was 50%. On Mr. Smith's word turnout was 37%.",
		want:  []string{"turnout_pct=37"},
	},
	{
		name:  "no figures of a sentence",
		prose: "It won 12 out of 001 seats, and 0 out of 0 seats. It was won on 4321% turnout.",
	},
	{name: "no year", prose: "Elections were held on 1 May 100000."},
	{name: "nothing", prose: "The party of Mr. 12 won. There were 91 to 95 constituencies and 42 others."},

	// Figures that a float32 does not hold.
	{name: "many digits", prose: "Turnout was 37.1234567%.", want: []string{"turnout_pct=37.1234567"}},
	{
		name: "many parties", prose: "The election was contested by 16,777,217 parties.",
		want: []string{"parties_standing=16777217"},
	},
}

// newPage returns a page with prose, whose paragraphs are separated by blank lines, and the election of its box.
func newPage(title, box, prose string) (*schemas.Document, *schemas.Election) {
	d := &schemas.Document{Title: title, Text: title + "\n", Boxes: []schemas.Infobox{{Box: 1}}}
	for paragraph := range strings.SplitSeq(prose, "\n\n") {
		d.Text += "\n"
		line := 1 + strings.Count(d.Text, "\n")
		d.Prose = append(d.Prose, schemas.Passage{Text: paragraph, Line: line, Offset: len(d.Text)})
		d.Text += paragraph + "\n"
	}
	e := &schemas.Election{Document: d}
	for line := range strings.SplitSeq(box, "\n") {
		switch key, value, _ := strings.Cut(line, ": "); key {
		case "Election Date":
			e.Date, e.DateEnd, _ = dates.Read(value)
		case "Seats For Election":
			phrase, _ := seats.Read(value)
			e.Chamber = phrase.Chamber
		}
	}
	return d, e
}

func TestRead(t *testing.T) {
	for _, c := range claimsCases {
		t.Run(c.name, func(t *testing.T) {
			title := cmp.Or(c.title, "2007 Elbonian general election")
			d, e := newPage(title, cmp.Or(c.box, elbonianBox), c.prose)
			claims := Read(d, &d.Boxes[0], e)
			var got []string
			for _, k := range claims {
				got = append(got, k.Subject+"="+k.Value)
			}
			if diff := gocmp.Diff(c.want, got); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			checkClaims(t, d, claims)
		})
	}
}

// beginsWithDay reports whether a text begins with a day, whatever figures follow it.
func beginsWithDay(text string) bool {
	for end := range len(text) + 1 {
		if day, _, _ := dates.Read(strings.Join(strings.Fields(text[:end]), " ")); day.Full() {
			return true
		}
	}
	return false
}

// checkClaims holds the laws of claims: each points to its figure, and the figure gives its value.
func checkClaims(t *testing.T, d *schemas.Document, claims []schemas.Claim) {
	t.Helper()
	for i, c := range claims {
		if c.Ordinal != i+1 || c.Value == "" || c.Offset < 0 || c.Offset >= len(d.Text) {
			t.Errorf("claim %d: %+v", i+1, c)
			continue
		}
		if line := 1 + strings.Count(d.Text[:c.Offset], "\n"); c.Line != line {
			t.Errorf("%s: line %d, expected %d", c.Value, c.Line, line)
		}
		rest := d.Text[c.Offset:]
		rest = rest[:min(len(rest), 30)]
		if c.Subject == schemas.SubjectDate {
			if !beginsWithDay(rest) {
				t.Errorf("%s does not point to a day: %q", c.Value, rest)
			}
		} else if !strings.HasPrefix(strings.ReplaceAll(rest, ",", ""), c.Value) {
			t.Errorf("%s does not point to its figure: %q", c.Value, rest)
		}
		if c.Excerpt == "" || !utf8.ValidString(c.Excerpt) || strings.ContainsAny(c.Excerpt, "\n\r\u00A0") {
			t.Errorf("%s has the excerpt %q", c.Value, c.Excerpt)
		}
	}
}

// TestFirstOuterBox holds that claims belong to the first outer box of a page.
func TestFirstOuterBox(t *testing.T) {
	d, e := newPage("2007 Elbonian general election", elbonianBox, "Turnout was 37%.")
	d.Boxes = []schemas.Infobox{{Box: 1}, {Box: 2}}
	for i, want := range []int{1, 0} {
		if got := len(Read(d, &d.Boxes[i], e)); got != want {
			t.Errorf("box %d has %d claims, expected %d", i+1, got, want)
		}
	}
	d.Boxes[0].Parent = 2 // no page has such boxes, but now the first outer box is the second
	for i, want := range []int{0, 1} {
		if got := len(Read(d, &d.Boxes[i], e)); got != want {
			t.Errorf("box %d has %d claims, expected %d", i+1, got, want)
		}
	}
}

// TestExcerpt holds that an excerpt has some 100 bytes on each side of its figure, and ends with whole letters.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("ä", 200)
	d, e := newPage("2007 Elbonian general election", elbonianBox, "A "+long+" turnout of 37% "+long)
	claims := Read(d, &d.Boxes[0], e)
	if len(claims) != 1 {
		t.Fatalf("%d claims, expected 1", len(claims))
	}
	want := "…" + strings.Repeat("ä", 44) + " turnout of 37% " + strings.Repeat("ä", 49) + "…"
	if claims[0].Excerpt != want {
		t.Errorf("the excerpt is %q, expected %q", claims[0].Excerpt, want)
	}
}

// TestClaimsAreBounded holds that the claims of a page are bounded, and so are those of one sentence. A sentence
// without an end is cut into pieces of maxSentence bytes.
func TestClaimsAreBounded(t *testing.T) {
	for prose, want := range map[string]int{
		strings.Repeat("Turnout was 37%. ", 2*maxClaims):                 maxClaims,
		strings.Repeat("Turnout was 37%. ", maxClaims-1):                 maxClaims - 1,
		"Few came" + strings.Repeat(", turnout was 37%", 2*maxFigures):   maxFigures,
		"Few came" + strings.Repeat(", turnout was 37%", maxFigures-1):   maxFigures - 1,
		strings.Repeat("turnout 1% ", 3000):                              33 * maxFigures,
		strings.Repeat("elections were held on 7 September 2007 ", 1000): 40 * maxFigures,
	} {
		d, e := newPage("2007 Elbonian general election", elbonianBox, prose)
		claims := Read(d, &d.Boxes[0], e)
		if len(claims) != want {
			t.Errorf("%.40q…: %d claims, expected %d", prose, len(claims), want)
		}
		checkClaims(t, d, claims)
	}
}

// FuzzRead holds the laws of claims for any prose.
func FuzzRead(f *testing.F) {
	for _, c := range claimsCases {
		f.Add(c.prose)
	}
	f.Fuzz(func(t *testing.T, prose string) {
		if !utf8.ValidString(prose) {
			return // a document's text is valid when it comes here
		}
		d, e := newPage("2007 Elbonian general election", elbonianBox, prose)
		checkClaims(t, d, Read(d, &d.Boxes[0], e))
	})
}
