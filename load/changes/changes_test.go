package changes_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/changes"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// oneElection returns an election of a page with a number and two contenders.
func oneElection(id string) *schemas.Election {
	field := func(ordinal int, key, raw string) schemas.BoxField {
		return schemas.BoxField{Ordinal: ordinal,
			Field: &schemas.Field{Key: key, Name: key, Raw: raw, Text: raw, Line: ordinal + 1, Offset: 10 * ordinal}}
	}
	return &schemas.Election{
		ID: id, Box: 1, Name: "1998 Ruritanian general election", TurnoutPct: schemastest.Exact("61.50"),
		Document: &schemas.Document{URI: "ruritania.xml", SHA256: strings.Repeat("a", 64), Wiki: "enwiki",
			Title: "1998 Ruritanian general election", RevisionID: schemastest.Ptr(int64(7))},
		Contenders: []schemas.Contender{
			{Position: 1, Kind: "party", Name: "Red", Seats: schemastest.Ptr(int64(40))},
			{Position: 2, Kind: "party", Name: "Blue", Seats: schemastest.Ptr(int64(60))},
		},
		Rounds: []schemas.Round{{Round: 1, Fields: []int32{1}}},
		Fields: []schemas.BoxField{field(1, "seats1", "40"), field(2, "seats2", "60"), field(3, "note", "a")},
		Findings: []schemas.Finding{{Ordinal: 1, CheckID: "duplicate-field", Status: schemas.Warn, Subject: "note",
			Message: "note stands again on line 9, as b; the last one counts", Field: 3, Line: 4, Offset: 30}},
		Claims: []schemas.Claim{{Ordinal: 1, Subject: schemas.SubjectSeats, Value: "100", Excerpt: "100 seats",
			Line: 20, Offset: 300}},
	}
}

// shift moves everything of an election down by some lines, behind a new revision and one field more.
func shift(e *schemas.Election, lines int) {
	e.Document.RevisionID = schemastest.Ptr(*e.Document.RevisionID + 1)
	e.Document.RevisionTimestamp = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	e.Document.URI, e.Document.SHA256 = "later.xml", strings.Repeat("b", 64)
	for i := range e.Fields {
		f := &e.Fields[i]
		f.Ordinal, f.Field.Line, f.Field.Offset, f.Field.Path = f.Ordinal+1, f.Field.Line+lines, f.Field.Offset+40, "p"
	}
	for i := range e.Findings {
		f := &e.Findings[i]
		f.Ordinal, f.Field, f.Line, f.Offset = f.Ordinal+1, f.Field+1, f.Line+lines, f.Offset+40
		f.Message = strings.Replace(f.Message, "line 9", fmt.Sprint("line ", 9+lines), 1)
	}
	for i := range e.Claims {
		e.Claims[i].Line, e.Claims[i].Offset = e.Claims[i].Line+lines, e.Claims[i].Offset+40
	}
	e.Rounds[0].Fields = []int32{2}
}

// TestCompare has a case for each kind of difference between two versions. Each change is shown as table, key, column,
// kind, old and new value.
func TestCompare(t *testing.T) {
	const key = `{"election_id":"enwiki:7#1"`
	for _, c := range []struct {
		name   string
		change func(after []*schemas.Election) []*schemas.Election
		want   []string
	}{
		{
			name: "shifted lines, another file and a new revision",
			change: func(after []*schemas.Election) []*schemas.Election {
				for _, e := range after {
					shift(e, 3)
				}
				return after
			},
		},
		{
			name: "another order",
			change: func(after []*schemas.Election) []*schemas.Election {
				slices.Reverse(after)
				for _, e := range after {
					slices.Reverse(e.Fields)
				}
				return after
			},
		},
		{
			name: "another value",
			change: func(after []*schemas.Election) []*schemas.Election {
				e := after[1]
				shift(e, 1)
				e.TurnoutPct, e.Contenders[0].Seats = schemastest.Exact("61.5001"), schemastest.Ptr(int64(41))
				e.Fields[0].Field.Raw, e.Contenders[1].Seats = "41", nil
				return after
			},
			want: []string{
				"elections " + key + "} turnout_pct changed 61.5000 61.5001",
				"elections " + key + "} seats_sum changed 100 41",
				"results " + key + `,"position":1} seats changed 40 41`,
				"results " + key + `,"position":2} seats changed 60 NULL`,
				"fields " + key + `,"key":"seats1","occurrence":1} raw changed 40 41`,
			},
		},
		{
			name: "a row more and one less",
			change: func(after []*schemas.Election) []*schemas.Election {
				e := after[1]
				e.Rounds = append(e.Rounds, schemas.Round{Round: 2})
				e.Findings = nil
				e.Fields = append(e.Fields, schemas.BoxField{Ordinal: 4, Field: &schemas.Field{Key: "note", Raw: "",
					Line: 5, Offset: 40}})
				return after
			},
			want: []string{
				"rounds " + key + `,"round":2} election_id added NULL enwiki:7#1`,
				"rounds " + key + `,"round":2} round added NULL 2`,
				"rounds " + key + `,"round":2} field_ordinals added NULL []`,
				"findings " + key + `,"check_id":"duplicate-field","subject":"note","occurrence":1} election_id removed ` +
					"enwiki:7#1 NULL",
				"findings … ordinal removed 1 NULL",
				"findings … check_id removed duplicate-field NULL",
				"findings … status removed warn NULL",
				"findings … subject removed note NULL",
				"findings … message removed note stands again on line 9, as b; the last one counts NULL",
				"findings … field_ordinal removed 3 NULL",
				"findings … line removed 4 NULL",
				"findings … byte_offset removed 30 NULL",
				"fields " + key + `,"key":"note","occurrence":1} name changed note NULL`,
				"fields … raw changed a ",
				"fields … text changed a NULL",
				"fields " + key + `,"key":"note","occurrence":2} election_id added NULL enwiki:7#1`,
				"fields … ordinal added NULL 3",
				"fields … key added NULL note",
				"fields … name added NULL note",
				"fields … raw added NULL a",
				"fields … text added NULL a",
				"fields … line added NULL 4",
				"fields … byte_offset added NULL 30",
			},
		},
		{
			name: "a page with another title",
			change: func(after []*schemas.Election) []*schemas.Election {
				after[1].Document.Title = "Ruritanian election of 1998"
				return after
			},
			want: []string{
				"elections " + key + "} page_title changed 1998 Ruritanian general election Ruritanian election of 1998",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			elections := func() []*schemas.Election {
				return []*schemas.Election{oneElection("enwiki:6#1"), oneElection("enwiki:7#1"), oneElection("enwiki:70#1")}
			}
			found := compare(t, elections(), c.change(elections()))
			var got []string
			last := ""
			for _, f := range found {
				row := f.Row
				if row == last && strings.Contains(row, "occurrence") {
					row = "…"
				}
				last = f.Row
				got = append(got, fmt.Sprintf("%s %s %s %s %s %s", f.Table, row, f.Column, f.Kind, orNull(f.Old),
					orNull(f.New)))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// The changes of an election name its page and both revisions, also those of a row in another table, and those of an
// election that is gone name what was before.
func TestChangesNameThePage(t *testing.T) {
	gone, kept := oneElection("enwiki:6#1"), oneElection("enwiki:7#1")
	gone.Document.Title = "1994 Ruritanian general election"
	later := oneElection("enwiki:7#1")
	shift(later, 1)
	later.Contenders[0].Name = "Scarlet"
	places := map[string]int{}
	for _, c := range compare(t, []*schemas.Election{gone, kept}, []*schemas.Election{later}) {
		places[fmt.Sprint(c.ElectionID, " ", c.Page, " ", c.Kind, " ", schemastest.FormatCount(c.OldRevision), " ",
			schemastest.FormatCount(c.NewRevision))]++
	}
	if n := places["enwiki:6#1 1994 Ruritanian general election removed 7 "]; n < 40 {
		t.Errorf("%d changes are of the election that is gone: %v", n, places)
	}
	if n := places["enwiki:7#1 1998 Ruritanian general election changed 7 8"]; n != 1 || len(places) != 2 {
		t.Errorf("the changes are of %v", places)
	}
}

// orNull returns a text, or NULL for none.
func orNull(text *string) string {
	if text == nil {
		return "NULL"
	}
	return *text
}

// compare publishes two versions and compares them.
func compare(t *testing.T, before, after []*schemas.Election) (found []schemas.Change) {
	t.Helper()
	var versions [2]*version.Published
	for i, elections := range [][]*schemas.Election{before, after} {
		var records []schemas.Record
		for _, e := range elections {
			records = append(records, schemas.Record{Election: e})
		}
		dir := t.TempDir()
		loadtest.PublishRecords(t, dir, records, 0, loadtest.StartTime())
		p, err := version.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		versions[i] = p
	}
	_, err := changes.Compare(t.Context(), versions[0], versions[1], t.TempDir(), func(c *schemas.Change) error {
		found = append(found, *c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
