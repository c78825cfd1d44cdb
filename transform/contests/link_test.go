package contests

import (
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
)

// boxOf returns an election with contenders, each written as a name and its votes or, without votes, its seats.
func boxOf(id string, parent int, votes, seats map[string]int64) *schemas.Election {
	e := &schemas.Election{ID: id, Parent: parent}
	for name, n := range votes {
		e.Contenders = append(e.Contenders, schemas.Contender{Name: name, Votes: &n})
	}
	for name, n := range seats {
		e.Contenders = append(e.Contenders, schemas.Contender{Name: name, Seats: &n})
	}
	return e
}

// TestLink expects the election of the page that a contest is of, and none where two can be it.
func TestLink(t *testing.T) {
	votes := "Election results|party1=Moon Party|votes1=60|seats1=6|party2=Sun Party|votes2=40|seats2=4"
	whole := block(resulttables.ElectionResults, votes)
	other := block(
		resulttables.ElectionResults,
		"Election results|party1=Moon Party|votes1=61|party2=Sun Party|votes2=41",
	)
	ward := block(
		resulttables.ElectionBox,
		"Election box begin|title=X",
		"Election box candidate|party=Moon Party|votes=6",
	)
	wardAsBox := block(
		resulttables.ElectionBox,
		"Election box begin|title=X",
		"Election box candidate|candidate=Ada|party=Moon Party|votes=60",
		"Election box candidate|candidate=Bo|party=Sun Party|votes=40",
	)
	rounds := block(resulttables.ElectionResults, "Election results|party1=Hill|votes1=5|votes1_2=6")
	same := map[string]int64{"moon party": 60, "Sun Party": 40}
	for _, c := range []struct {
		name      string
		blocks    []schemas.Block
		elections []*schemas.Election
		want      string
	}{
		{"the same votes", []schemas.Block{whole, other}, []*schemas.Election{boxOf("a", 0, same, nil)}, "a/names -"},
		{"the same votes in one of two boxes", []schemas.Block{whole},
			[]*schemas.Election{boxOf("a", 0, map[string]int64{"Moon Party": 1}, nil), boxOf("b", 0, same, nil)}, "b/names"},
		{"the same votes in two boxes", []schemas.Block{whole},
			[]*schemas.Election{boxOf("a", 0, same, nil), boxOf("b", 1, same, nil)}, "-"},
		{"the same seats", []schemas.Block{whole, other},
			[]*schemas.Election{boxOf("a", 0, nil, map[string]int64{"Moon Party": 6, "Sun Party": 4})}, "a/names -"},
		{"the only box", []schemas.Block{other, ward, ward}, []*schemas.Election{boxOf("a", 0, same, nil)},
			"a/only_box a/part a/part"},
		{"a ward that is the whole", []schemas.Block{wardAsBox}, []*schemas.Election{boxOf("a", 0, same, nil)}, "a/names"},
		{"rounds that do not agree", []schemas.Block{rounds}, []*schemas.Election{boxOf("a", 0, same, nil)}, "- -"},
		{"several boxes", []schemas.Block{other, ward},
			[]*schemas.Election{boxOf("a", 0, same, nil), boxOf("b", 0, nil, nil)}, "- -"},
		{"no box", []schemas.Block{whole}, nil, "-"},
	} {
		contests := Read(&schemas.Document{Title: "X", Blocks: c.blocks})
		Link(contests, c.elections)
		var got []string
		for _, contest := range contests {
			if contest.ElectionID == "" {
				got = append(got, "-")
			} else {
				got = append(got, contest.ElectionID+"/"+contest.Link)
			}
		}
		if joined := strings.Join(got, " "); joined != c.want {
			t.Errorf("%s: %s, expected %s", c.name, joined, c.want)
		}
	}
}
