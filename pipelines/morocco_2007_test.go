package pipelines

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// firstDocuments returns the embedded document and, if it is there, the page after which it was written.
func firstDocuments(t *testing.T) map[string]string {
	t.Helper()
	embeddedText, err := fs.ReadFile(embeddedFiles, "morocco_2007.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"embedded": string(embeddedText)}
	seed, err := os.ReadFile(filepath.Join("..", "..", "shared", "seed", "2007_moroccan_general_election.txt"))
	if err != nil {
		t.Logf("only the embedded document is tested: %v", err)
		return all
	}
	all["seed"] = string(seed)
	return all
}

// electionOf returns the one election of a text.
func electionOf(t *testing.T, text string) *schemas.Election {
	t.Helper()
	d := &schemas.Document{URI: "page.txt", Text: text, SHA256: "0"}
	if err := extract.Read(d); err != nil {
		t.Fatal(err)
	}
	if len(d.Boxes) != 1 || len(d.Rejects) != 0 {
		t.Fatalf("the text has %d boxes and %d rejects: expected one box", len(d.Boxes), len(d.Rejects))
	}
	return transform.Transform(d, &d.Boxes[0], transform.Options{})
}

// checkFact compares one fact, whatever its type, by how it is printed.
func checkFact(t *testing.T, what string, want, got any) {
	t.Helper()
	if fmt.Sprint(want) != fmt.Sprint(got) {
		t.Errorf("%s: expected %v, found %v", what, want, got)
	}
}

func numberOrNull(n *int64) string {
	if n == nil {
		return "NULL"
	}
	return strconv.FormatInt(*n, 10)
}

// The facts of the first document are read, one by one.
func TestFirstDocument(t *testing.T) {
	for name, text := range firstDocuments(t) {
		e := electionOf(t, text)
		t.Run(name+" head", func(t *testing.T) { checkFirstHead(t, e) })
		t.Run(name+" fields", func(t *testing.T) { checkFirstFields(t, e, text) })
		t.Run(name+" contenders", func(t *testing.T) { checkFirstContenders(t, e) })
		t.Run(name+" claims", func(t *testing.T) { checkFirstClaims(t, e, text) })
		t.Run(name+" findings", func(t *testing.T) { checkFirstFindings(t, e) })
	}
}

func checkFirstHead(t *testing.T, e *schemas.Election) {
	checkFact(t, "title", "2007 Moroccan general election", e.Document.Title)
	checkFact(t, "id", "local:2007 Moroccan general election#1", e.ID)
	checkFact(t, "country", "Morocco", e.Country)
	checkFact(t, "date", "2007-09-07", e.Date)
	checkFact(t, "chamber", "House of Representatives", e.Chamber)
	checkFact(t, "previous and next", "2002 2011", e.PreviousElection+" "+e.NextElection)
	checkFact(t, "seats in all", "325", numberOrNull(e.SeatsSum()))
	checkFact(t, "seats stated", "325", numberOrNull(e.SeatsTotal))
	checkFact(t, "seats contested", "325", numberOrNull(e.SeatsContested))
	checkFact(t, "majority", "163", numberOrNull(e.MajoritySeats))
	checkFact(t, "shares in all", "70.56", schemas.FormatDecimal(*e.VotePctSum()))
	checkFact(t, "turnout", "37.00", schemas.FormatDecimal(*e.TurnoutPct))
	checkFact(t, "change of turnout is NULL", true, e.TurnoutChangePP == nil)
	checkFact(t, "previous seats in all", "274", numberOrNull(e.PreviousSeatsSum()))
	checkFact(t, "votes are NULL", true, e.VotesCast == nil && e.RegisteredVoters == nil)
	checkFact(t, "offices", []schemas.Office{{
		Ordinal: 1, Title: "Prime Minister", BeforeName: "Driss Jettou", BeforeParty: "Independent politician",
		AfterName: "Abbas El Fassi", AfterParty: "Istiqlal Party",
	}}, e.Offices)
	checkFact(t, "leader of the first party", "Abbas El Fassi", e.Contenders[0].Leader)
}

func checkFirstFields(t *testing.T, e *schemas.Election, text string) {
	checkFact(t, "fields", 129, len(e.Fields))
	targets := 0
	for _, f := range e.Fields {
		if f.Target() != "" {
			targets++
		} else {
			t.Errorf("no rule reads %s", f.Key)
		}
		if !strings.HasPrefix(text[f.Offset:], f.Raw) {
			t.Errorf("the value of %s does not stand at byte %d", f.Key, f.Offset)
		}
	}
	checkFact(t, "fields with a target", 129, targets)
}

func checkFirstContenders(t *testing.T, e *schemas.Election) {
	checkFact(t, "contenders", 22, len(e.Contenders))

	var colours, leaders, fresh, independents int
	for _, c := range e.Contenders {
		if c.Colour != "" {
			colours++
		}
		if c.Leader != "" {
			leaders++
		}
		if c.IsNew == nil {
			t.Errorf("%s: is_new is NULL", c.Name)
		} else if *c.IsNew {
			fresh++
			checkFact(t, "previous seats of "+c.Name, "NULL", numberOrNull(c.PreviousSeats))
		} else if c.PreviousSeats == nil {
			t.Errorf("%s: previous_seats is NULL and the party not new", c.Name)
		}
		if c.IsIndependent {
			independents++
		}
		checkFact(t, "kind of "+c.Name, "party", c.Kind)
	}
	checkFact(t, "new contenders", 8, fresh)
	checkFact(t, "colours", 15, colours)
	checkFact(t, "leaders", 14, leaders)
	checkFact(t, "independents", 1, independents)
	checkFact(t, "previous seats of the independents, which a page can give as none", "0",
		numberOrNull(e.Contenders[21].PreviousSeats))
}

func checkFirstClaims(t *testing.T, e *schemas.Election, text string) {
	var claims []string
	for _, c := range e.Claims {
		claims = append(claims, c.Subject+" "+c.Value)
		if c.Offset < 0 || c.Line != 1+strings.Count(text[:c.Offset], "\n") {
			t.Errorf("the claim %s %s is said to stand in line %d at byte %d", c.Subject, c.Value, c.Line,
				c.Offset)
		}
	}
	if diff := cmp.Diff([]string{
		"election_date 2007-09-07", "turnout_pct 37", "seats 325", "parties_standing 33",
		"independent_candidates_standing 13", "turnout_pct 37",
	}, claims); diff != "" {
		t.Errorf("the claims differ (-want +got):\n%s", diff)
	}
}

func checkFirstFindings(t *testing.T, e *schemas.Election) {
	var doubts []string
	for _, f := range e.AllFindings() {
		if f.Status.Doubtful() {
			doubts = append(doubts, fmt.Sprintf("%s %s: %s", f.Status, f.CheckID, f.Message))
		}
		for _, other := range []string{"19 September", "2007-09-19", "91", "95", "42 others"} {
			if strings.Contains(f.Message+f.Observed+f.Expected, other) {
				t.Errorf("a finding speaks of %s: %s %s", other, f.CheckID, f.Message)
			}
		}
		if strings.HasPrefix(f.CheckID, "prose-") {
			checkFact(t, f.CheckID, schemas.Pass, f.Status)
		}
	}
	if diff := cmp.Diff([]string{
		"warn percent-coverage: the shares sum to 70.56 percent; 29.44 points belong to parties that the box does " +
			"not list (the box lists winners of seats)",
		"note vote-seat-order: Justice and Development Party (Morocco) has the largest share of votes (9.15), " +
			"Istiqlal Party the most seats (52)",
		"warn turnout-change-sign: turnout changed by 14.61pp, and whether it rose or fell cannot be told: write + " +
			"or − before it",
		"note name-variants: the prose says Socialist Union of People's Forces, the box Socialist Union of Popular " +
			"Forces",
		"note name-variants: the prose says People's Movement, the box Popular Movement (Morocco)",
	}, doubts); diff != "" {
		t.Errorf("the doubts differ (-want +got):\n%s", diff)
	}
	checkFact(t, "sound", true, !e.HasErrors())
}

// The indices of the first document are those that were computed independently of this program, to at most nine
// decimals.
func TestMeasuresOfTheFirstDocument(t *testing.T) {
	for name, text := range firstDocuments(t) {
		t.Run(name, func(t *testing.T) {
			e := electionOf(t, text)
			want := map[string][]float64{ // value, low, high
				"effective_parties_votes":          {24.630287076, 7.912107249, 25.177995842},
				"effective_parties_votes_rescaled": {12.535403032},
				"effective_parties_seats":          {9.677049931, 9.677049931, 9.694814135},
				"fractionalisation_seats":          {0.896662722, 0.896662722, 0.896852071},
				"gallagher":                        {22.923049832, 9.597364931, 22.923049832},
				"gallagher_rescaled":               {5.691139347},
				"loosemore_hanby":                  {34.623846154, 34.623846154, 34.623846154},
				"loosemore_hanby_listed":           {19.903846154},
				"seat_volatility":                  {24.923076923, 18.853453116, 24.923076923},
				"seat_volatility_listed":           {17.076923077},
				"largest_group_share":              {16},
				"minimal_winning_coalitions":       {34580},
				"smallest_winning_coalition":       {4, 4, 4},
				"banzhaf_total_swings":             {5236272},
			}
			for _, m := range e.Measures {
				got := []float64{m.Value}
				if m.Low != nil {
					got = append(got, *m.Low, *m.High)
				}
				if expected, ok := want[m.Name]; ok {
					if diff := cmp.Diff(expected, got); diff != "" {
						t.Errorf("%s (-want +got):\n%s", m.Name, diff)
					}
					delete(want, m.Name)
				}
			}
			if len(want) > 0 {
				t.Errorf("there is no %v", want)
			}
			contenders := map[string][]float64{
				"banzhaf_swings": {882028},
				"banzhaf":        {.168446, .144425, .126213, .119221, .115793},
				"shapley_shubik": {.169989, .146583, .127938, .120700, .117168},
				"seat_share":     {16},
				"vote_share":     {8.51},
			}
			for id, expected := range contenders {
				var got []float64
				for _, m := range slices.Concat(e.ContenderMeasures...) {
					if m.Name == id {
						got = append(got, math.Round(m.Value*1e6)/1e6)
					}
				}
				if len(got) != 22 {
					t.Fatalf("%d contenders have %s, expected 22", len(got), id)
				}
				if diff := cmp.Diff(expected, got[:len(expected)]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", id, diff)
				}
			}
			if len(e.Coalitions) != 20 || e.Coalitions[0].Size != 4 || e.Coalitions[0].Seats < 163 {
				t.Errorf("%d coalitions, the first %+v: expected 20, the first of 4", len(e.Coalitions),
					e.Coalitions[0])
			}
		})
	}
}

// If any one seat count is one too high, seat-total leaves an error, and no other check does.
func TestFirstDocumentWithASeatTooMany(t *testing.T) {
	seats := regexp.MustCompile(`(?m)^(- Seats[0-9]+: )([0-9]+)`)
	for name, text := range firstDocuments(t) {
		places := seats.FindAllStringSubmatchIndex(text, -1)
		if len(places) != 22 {
			t.Fatalf("%s: %d seat counts stand in the document: expected 22", name, len(places))
		}
		for _, m := range places {
			n, err := strconv.Atoi(text[m[4]:m[5]])
			if err != nil {
				t.Fatal(err)
			}
			e := electionOf(t, text[:m[4]]+strconv.Itoa(n+1)+text[m[5]:])
			var errors []string
			for _, f := range e.Findings {
				if f.Status == schemas.Error {
					errors = append(errors, f.CheckID+" "+f.Expected+" "+f.Observed)
				}
			}
			if diff := cmp.Diff([]string{"seat-total 325 326"}, errors); diff != "" {
				t.Errorf("%s, %s%d (-want +got):\n%s", name, text[m[2]:m[3]], n+1, diff)
			}
		}
	}
}

// The default pipeline expects what its document says.
func TestFirstPipelineExpectsItsDocument(t *testing.T) {
	p, err := Open(Default)
	if err != nil {
		t.Fatal(err)
	}
	outcome, _ := mustRun(t, p, Options{})
	want := []string{"page: 1 elections, found 1: met", "page: 325 seats, found 325: met"}
	if diff := cmp.Diff(want, describeExpectations(outcome.Manifest.Expectations)); diff != "" {
		t.Errorf("expectations differ (-want +got):\n%s", diff)
	}
	c := outcome.Manifest.Counts
	got := version.Counts{Sound: c.Sound, Warnings: c.Warnings, Notes: c.Notes}
	if want := (version.Counts{Sound: 1, Warnings: 2, Notes: 3}); !outcome.Published || outcome.Excess || got != want {
		t.Errorf("the run gave %+v", c)
	}
}
