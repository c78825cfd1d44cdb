package terminal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

func TestElectionsJSON(t *testing.T) {
	full := schemastest.FullElection("local:<x>#2", `<b>"quotes" & \ 国`+"\x1b\n", 1<<62+1, "37.00",
		schemas.Date{Year: 2007, Month: 9, Day: 7})
	full.TurnoutChangePP = schemastest.Exact("-0.50")
	full.Contenders[0].VotePct = schemastest.Exact("8.12345678") // rounded in the tables, as written here
	got, err := ElectionsJSON([]*schemas.Election{schemastest.AbsentElection("local:absent#1"), full})
	if err != nil {
		t.Fatal(err)
	}
	schemastest.CheckGolden(t, "elections_json.golden", string(got))
	decoder := json.NewDecoder(bytes.NewReader(got))
	decoder.UseNumber()
	var all []map[string]any
	if err := decoder.Decode(&all); err != nil {
		t.Fatal(err)
	}
	result := all[1]["results"].([]any)[0].(map[string]any)
	for _, v := range []struct {
		name      string
		got, want any
	}{
		{"turnout", all[1]["turnout_pct"], "37.00"},
		{"its change", all[1]["turnout_change_pp"], "-0.50"},
		{"a share", result["vote_pct"], "8.12345678"},
		{"votes", result["votes"], json.Number("4611686018427387905")},
		{"text", result["name"], `<b>"quotes" & \ 国` + "\x1b\n"},
		{"what is absent", all[0]["turnout_pct"], nil},
		{"one claim", len(all[0]["claims"].([]any)), 1},
	} {
		if v.got != v.want {
			t.Errorf("%s: %v, expected %v", v.name, v.got, v.want)
		}
	}
}

func TestFindingsJSON(t *testing.T) {
	got, err := FindingsJSON([]*schemas.Election{
		schemastest.AbsentElection("local:a#1"), {ID: "local:none#1"},
		schemastest.FullElection("local:b#2", "<&>", 7, "1", schemas.Date{}),
	})
	if err != nil {
		t.Fatal(err)
	}
	schemastest.CheckGolden(t, "findings_json.golden", string(got))
	if !json.Valid(got) {
		t.Error("not JSON")
	}
}

func TestInfoboxJSON(t *testing.T) {
	d := &schemas.Document{URI: "page.txt", Format: "text", Boxes: []schemas.Infobox{
		{Box: 1, Line: 3, Offset: 20, Fields: []schemas.Field{
			{Key: "Seats\x1b1", Name: "seats", Position: 1, Raw: "<5&2> ", Text: "<5&2>", Line: 4, Offset: 33},
			{Key: "of HTML", Raw: "\t\"", Offset: -1, Path: "table[1]"},
		}, Defects: []schemas.Defect{{Message: "no colon", Raw: "\\", Line: 5, Offset: 50}},
			Footnotes: map[int]string{0: "of <b>10</b> & 2\n\"so\""}},
		{Box: 2, Parent: 1, Template: "Infobox election"},
	}}
	got, err := InfoboxJSON(d)
	if err != nil {
		t.Fatal(err)
	}
	schemastest.CheckGolden(t, "infobox_json.golden", string(got))
	if !json.Valid(got) {
		t.Error("not JSON")
	}
}

func TestJSONOfNothing(t *testing.T) {
	for name, write := range map[string]func([]*schemas.Election) ([]byte, error){
		"elections": ElectionsJSON, "findings": FindingsJSON,
	} {
		got, err := write(nil)
		if err != nil || strings.TrimSpace(string(got)) != "[]" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	got, err := InfoboxJSON(&schemas.Document{URI: "x"})
	if err != nil || !strings.Contains(string(got), `"boxes": []`) {
		t.Errorf("a page without a box: %s, %v", got, err)
	}
}
