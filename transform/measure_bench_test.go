package transform

import (
	"fmt"
	"testing"

	"hemicycle/transform/votingpower"
)

// readTwelve reads an election of twelve contenders, as large as that of a parliament.
func readTwelve() *boxReading {
	seats := []int{131, 98, 60, 52, 41, 33, 26, 19, 12, 8, 5, 3}
	var contenders []string
	total := 0
	for i, n := range seats {
		total += n
		contenders = append(contenders, fmt.Sprintf("P%d %d.%d %d %d", i, n/6, i%10, n, seats[(i+1)%len(seats)]))
	}
	d := (&checkCase{box: ballot(formatInt(int64(total)), contenders...)}).page()
	return readBox(d, &d.Boxes[0], nil)
}

// BenchmarkMeasures computes the shares and the indices that rest on them, without power and coalitions.
func BenchmarkMeasures(b *testing.B) {
	r := readTwelve()
	var plain []MeasureKind
	for _, m := range measureTable {
		if m.needs[0] != chamberGame && m.needs[0] != aloneGame {
			plain = append(plain, m)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		t := &tally{r: r, votes: r.e, largest: -1, contenders: r.e.Contenders}
		t.tallyShares()
		for i := range plain {
			if t.unmet(plain[i].needs[len(plain[i].needs)-1]) == nil {
				plain[i].compute(t)
			}
		}
		for i := range r.e.Contenders {
			voteShareMeasure.compute(t, i)
			seatShareMeasure.compute(t, i)
		}
	}
}

// BenchmarkGames computes the power of every contender and the coalitions.
func BenchmarkGames(b *testing.B) {
	for _, count := range []int{12, 22, 40} {
		b.Run(formatInt(int64(count)), func(b *testing.B) {
			r := readTwelve()
			if count != 12 {
				var contenders []string
				total := 0
				for i := range count {
					contenders = append(contenders, fmt.Sprintf("P%d - %d", i, 1+(i*7)%29))
					total += 1 + (i*7)%29
				}
				d := (&checkCase{box: ballot(formatInt(int64(total)), contenders...)}).page()
				r = readBox(d, &d.Boxes[0], nil)
			}
			groups := newTally(r).seatGroups(false)
			b.ReportAllocs()
			for b.Loop() {
				g, err := votingpower.New(groups, *r.e.SeatsTotal)
				if err != nil {
					b.Fatal(err)
				}
				for i := range r.e.Contenders {
					g.Banzhaf(i)
					g.BanzhafAbsolute(i)
					g.Swings(i)
					g.ShapleyShubik(i)
				}
				g.Coalitions(votingpower.MaxCoalitions)
			}
		})
	}
}
