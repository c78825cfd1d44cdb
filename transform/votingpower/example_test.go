package votingpower_test

import (
	"errors"
	"fmt"

	"hemicycle/transform/votingpower"
)

// In a chamber of ten seats, six are a majority. The two middle groups have the same power, though one has a seat more
// than the other.
func Example() {
	var groups []votingpower.Group
	for i, seats := range []int64{4, 3, 2, 1} {
		groups = append(groups, votingpower.Group{Position: i + 1, Seats: &seats})
	}
	game, err := votingpower.New(groups, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, g := range groups {
		banzhaf, _ := game.Banzhaf(i)
		shapleyShubik, _ := game.ShapleyShubik(i)
		fmt.Printf("%d seats: Banzhaf %.4f, Shapley and Shubik %.4f\n", *g.Seats, banzhaf, shapleyShubik)
	}
	// Output:
	// 4 seats: Banzhaf 0.4167, Shapley and Shubik 0.4167
	// 3 seats: Banzhaf 0.2500, Shapley and Shubik 0.2500
	// 2 seats: Banzhaf 0.2500, Shapley and Shubik 0.2500
	// 1 seats: Banzhaf 0.0833, Shapley and Shubik 0.0833
}

func ExampleGame_Coalitions() {
	var groups []votingpower.Group
	for i, seats := range []int64{4, 3, 2, 1} {
		groups = append(groups, votingpower.Group{Position: i + 1, Seats: &seats})
	}
	game, err := votingpower.New(groups, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(game.CoalitionCount(), "minimal winning coalitions")
	for _, c := range game.Coalitions(votingpower.MaxCoalitions) {
		fmt.Println(c.Members, "with", c.Seats, "seats")
	}
	// Output:
	// 3 minimal winning coalitions
	// [1 3] with 6 seats
	// [1 2] with 7 seats
	// [2 3 4] with 6 seats
}

// Each seat of a group that is apart is a member of the game by itself, so a large group can make the game too large.
func ExampleTooLargeError() {
	one, rest := int64(1), int64(2000)
	_, err := votingpower.New([]votingpower.Group{
		{Position: 1, Seats: &one},
		{Position: 2, Seats: &rest, Apart: true},
	}, 2001)
	if tooLarge, ok := errors.AsType[*votingpower.TooLargeError](err); ok {
		fmt.Println(tooLarge.Members, "members, a majority of", tooLarge.Quota)
	}
	// Output: 2001 members, a majority of 1001
}
