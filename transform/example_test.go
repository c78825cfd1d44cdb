package transform_test

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform"
)

// The document, its box and the fields of the box are normally made by the reader of a format. Here they are made by
// hand from the figures of the Moroccan election of 2007. Only the two largest parties are listed, so seats are
// missing.
func Example() {
	box := schemas.Infobox{Box: 1, Template: schemas.LegislativeBox}
	for _, line := range []string{
		"election_date = 7 September 2007",
		"seats_for_election = All 325 seats in the House of Representatives",
		"majority_seats = 163",
		"turnout = 37.00%",
		"party1 = Istiqlal Party", "seats1 = 52", "last_election1 = 48",
		"party2 = Justice and Development Party", "seats2 = 46", "last_election2 = 42",
	} {
		key, value, _ := strings.Cut(line, " = ")
		f := schemas.Field{Key: key, Raw: value, Text: value}
		f.Name, f.Position = schemas.ParameterName(key)
		box.Fields = append(box.Fields, f)
	}
	d := &schemas.Document{
		Title: "2007 Moroccan general election",
		Prose: []schemas.Passage{{Text: "Turnout was only 37%.", Line: 1}},
		Boxes: []schemas.Infobox{box},
	}

	e := transform.Transform(d, &d.Boxes[0], transform.Options{})
	fmt.Println(e.Date, *e.SeatsTotal, "seats, turnout", e.TurnoutPct.StringFixed(2))
	for _, c := range e.Contenders {
		fmt.Printf("%s: %d seats, %+d\n", c.Name, *c.Seats, *c.SeatChange)
	}
	for _, c := range e.Claims {
		fmt.Printf("the prose claims %s %s\n", c.Subject, c.Value)
	}
	for _, f := range e.Findings {
		if f.Status == schemas.Error {
			fmt.Printf("%s: %s\n", f.CheckID, f.Message)
		}
	}
	// Output:
	// 2007-09-07 325 seats, turnout 37.00
	// Istiqlal Party: 52 seats, +4
	// Justice and Development Party: 46 seats, +4
	// the prose claims turnout_pct 37
	// seat-total: the seats of the contenders sum to 98, 227 fewer than the 325 stated
}

// Another package can list what Transform runs.
func ExampleChecks() {
	for _, c := range transform.Checks()[:2] {
		fmt.Printf("%s (%s): %s\n", c.ID, c.Severity, c.Meaning)
	}
	// Output:
	// malformed-box (warn): a place in the box that its reader could not understand
	// encoding (warn): bytes of the document that are not UTF-8; each run of them became U+FFFD
}
