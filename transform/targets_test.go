package transform

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// ofTheDocument are the columns whose values are not read from fields of the box.
var ofTheDocument = []string{
	"elections.election_id", "elections.wiki", "elections.lang", "elections.page_title", "elections.title_basis",
	"elections.page_id", "elections.page_url",
	"elections.revision_id", "elections.revision_timestamp", "elections.wikidata_qid", "elections.box",
	"elections.parent_box", "elections.event_id", "elections.is_wrapper", "elections.full_name",
	// What an election is rests on the title of its page as well.
	"elections.country_code", "elections.country_code_basis", "elections.subdivision", "elections.subdivision_basis",
	"elections.level", "elections.level_basis", "elections.chamber_type", "elections.chamber_type_basis",
	"elections.election_kind", "elections.election_kind_basis",
	"elections.template", "elections.source_uri", "elections.source_sha256", "results.election_id", "results.position",
	"offices.election_id", "offices.ordinal",
	"elections.checks_passed", "elections.checks_skipped", "elections.check_remarks", // what the checks make of all
}

// boxValues returns the values that an election has in the columns of its box, by table.column/position.
func boxValues(e *schemas.Election) map[string]tables.Value {
	all := map[string]tables.Value{}
	r := schemas.Record{Election: e}
	for _, name := range []string{"elections", "results", "offices"} {
		table := tables.Find(name)
		for row := range table.Rows(r) {
			position := 0
			if name == "results" {
				position = e.Contenders[row].Position
			}
			for _, c := range table.Columns {
				column := name + "." + c.Name
				if v := c.Get(r, row); v.Valid && !slices.Contains(ofTheDocument, column) {
					all[fmt.Sprintf("%s/%d", column, position)] = v
				}
			}
		}
	}
	return all
}

// fillsValue reports whether one of the columns is that of a value, or one that the value is computed from.
func fillsValue(columns []string, position int, value string) bool {
	column, at, _ := strings.Cut(value, "/")
	for _, c := range append(tables.ComputedFrom(column), column) {
		if slices.Contains(columns, c) &&
			(position == 0 || at == "0" || at == fmt.Sprint(position) || c == "results.heading" ||
				column == "results.round") { // which rests on the votes of all
			return true
		}
	}
	return false
}

// targetPages are boxes in which every rule reads something.
func targetPages() [][]string {
	var boxes [][]string
	for _, cases := range ruleCases {
		for _, c := range cases {
			boxes = append(boxes, strings.Split(c.box, "\n"))
		}
	}
	return append(boxes, []string{
		"Country: Elbonia", "Election Date: 7 and 8 September 2007", "Seats For Election: All 10 seats in the House",
		"Turnout: 1,234,567 (56.7%, +0.5 pp)",
		"Previous Election: 2002", "Next Election: 2011", "Heading1: North",
		"Party1: Blue", "Seats1: 6", "Last Election1: 4", "Percentage1: 60",
		"Party2: Independents", "Seats2: 4", "Seat Change2: +1", "Last Election2: new",
		"Candidate3: Ann", "Party3: Green", "Party3 Link: Greens",
	})
}

// Every value of a box rests on a field that says so.
func TestEveryValueHasATarget(t *testing.T) {
	// What a contender is follows from the lack of a name as well.
	byDefault := []string{"results.kind", "results.is_independent", "elections.contender_count"}
	for _, box := range targetPages() {
		e := judged(newPage("2007 Elbonian general election", box, ""))
		for value := range boxValues(e) {
			column, _, _ := strings.Cut(value, "/")
			if !slices.Contains(byDefault, column) &&
				!slices.ContainsFunc(e.Fields, func(f schemas.BoxField) bool { return fillsValue(f.Targets, f.Position, value) }) {
				t.Errorf("%q: %s rests on no field", box, value)
			}
		}
	}
}

// A value that changes when a field is taken away rests on that field, by its targets.
func TestTargetsAreComplete(t *testing.T) {
	changed := 0
	for _, box := range targetPages() {
		whole := judged(newPage("2007 Elbonian general election", box, ""))
		values := boxValues(whole)
		for i := range whole.Fields {
			f := &whole.Fields[i]
			less := judged(newPage("2007 Elbonian general election", slices.Delete(slices.Clone(box), i, i+1), ""))
			if len(less.Contenders) != len(whole.Contenders) { // the field made the contender
				continue
			}
			without := boxValues(less)
			for value, v := range values {
				if fmt.Sprint(without[value]) == fmt.Sprint(v) || sameShare(without[value], v) {
					continue
				}
				if f.Name == "majority_seats" && strings.HasPrefix(value, "elections.") {
					continue // it can tell which of two chambers is meant, and fills nothing of theirs
				}
				if changed++; !fillsValue(f.Targets, f.Position, value) {
					t.Errorf("%q: %s rests on %s, whose targets are %v", box, value, f.Key, f.Targets)
				}
			}
		}
	}
	if changed < 100 {
		t.Errorf("%d values changed, expected some 100 at least", changed)
	}
}

// sameShare reports whether two values are the same share, whose exact digits are behind a pointer.
func sameShare(a, b tables.Value) bool {
	return a.Exact != nil && b.Exact != nil && a.Exact.Equal(*b.Exact)
}

// The targets of a field are columns that its rule declares, the first first.
func TestTargetsAreDeclared(t *testing.T) {
	for _, box := range targetPages() {
		e := judged(newPage("2007 Elbonian general election", box, ""))
		for i := range e.Fields {
			f := &e.Fields[i]
			if len(f.Targets) == 0 {
				continue
			}
			declared := false
			for k := range ruleTable {
				rule := &ruleTable[k]
				all := !slices.ContainsFunc(f.Targets, func(c string) bool { return !slices.Contains(rule.Columns, c) })
				declared = declared || rule.reads(f) && all
			}
			if !declared {
				t.Errorf("%q: no rule declares that %s fills %v", box, f.Key, f.Targets)
			}
		}
	}
	for i := range ruleTable {
		for _, c := range ruleTable[i].Columns {
			name, column, _ := strings.Cut(c, ".")
			table := tables.Find(name)
			if table == nil ||
				!slices.ContainsFunc(table.Columns, func(d tables.Column) bool { return d.Name == column }) {
				t.Errorf("the rule %s fills %s, and there is no such column", ruleTable[i].ID, c)
			}
		}
	}
}
