package chart_test

import (
	"bytes"
	"fmt"

	"hemicycle/load/chart"
	"hemicycle/schemas"
)

// A chamber is drawn from an election, however the election was made. Parties without a colour get one.
func Example() {
	seats := func(n int64) *int64 { return &n }
	election := &schemas.Election{
		Document:   &schemas.Document{Title: "2007 Ruritanian general election"},
		Chamber:    "Chamber of Deputies",
		Date:       schemas.Date{Year: 2007, Month: 9, Day: 7},
		SeatsTotal: seats(11),
		Contenders: []schemas.Contender{
			{Name: "Meadow Party", Colour: "#0072B2", Seats: seats(5)},
			{Name: "Harbour Party", Seats: seats(4)},
		},
	}
	chamber, err := chart.ChamberOf(election)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(chamber.Title)
	fmt.Println(chamber.Subtitle)
	fmt.Println(chamber.Describe())
	fmt.Println("colour of the Harbour Party:", chamber.Groups[1].Colour)

	var svg bytes.Buffer
	if err := chart.Write(&svg, chamber); err != nil { // svg could be a file or an HTTP response
		fmt.Println(err)
		return
	}
	fmt.Printf("%s…\n", svg.Bytes()[:39])
	fmt.Println("dots:", bytes.Count(svg.Bytes(), []byte("<circle"))-len(chamber.Groups), "and the legend")
	// Output:
	// 2007 Ruritanian general election
	// 11 seats in the Chamber of Deputies · 7 September 2007
	// A half-circle of 11 seats. Meadow Party: 5. Harbour Party: 4. not listed in the box: 2. 6 are a majority.
	// colour of the Harbour Party: #E69F00
	// <svg xmlns="http://www.w3.org/2000/svg"…
	// dots: 11 and the legend
}

// A chamber can be filled by hand, with groups that are no parties of an election.
func ExampleChamber() {
	chamber := &chart.Chamber{
		Title: "A council",
		Groups: []chart.Group{
			{Name: "For", Seats: 4, Colour: "#009E73"},
			{Name: "Against", Seats: 6},
			{Name: "Absent", Seats: 1, Unlisted: true},
		},
		Majority: 6,
	}
	chart.AssignColours(chamber.Groups)
	chamber.SortBySize()
	for _, g := range chamber.Groups {
		fmt.Printf("%s %d %q\n", g.Name, g.Seats, g.Colour)
	}
	fmt.Println(chamber.Seats(), "seats")
	// Output:
	// Against 6 "#0072B2"
	// For 4 "#009E73"
	// Absent 1 ""
	// 11 seats
}
