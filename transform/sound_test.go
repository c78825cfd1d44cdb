package transform

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hemicycle/schemas"
)

// soundElection has the figures of an election in which nothing is wrong.
type soundElection struct {
	total, majority  int
	seats, previous  []int
	shares           []int // hundredths of a percent, 10,000 in all
	turnout          int   // hundredths of a percent
	year, month, day int
	before, after    int // years to the elections before and after
}

// lines returns the lines of the box.
func (s *soundElection) lines() []string {
	hundredths := func(n int) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }
	lines := []string{
		"Country: Elbonia",
		"Previous Election: " + strconv.Itoa(s.year-s.before),
		"Next Election: " + strconv.Itoa(s.year+s.after),
		fmt.Sprintf("Election Date: %04d-%02d-%02d", s.year, s.month, s.day),
		fmt.Sprintf("Seats For Election: %d seats in the Assembly", s.total),
		"Majority Seats: " + strconv.Itoa(s.majority),
		"Turnout: " + hundredths(s.turnout) + "%",
	}
	for i := range s.seats {
		n := strconv.Itoa(i + 1)
		lines = append(lines, "Party"+n+": Party of the number "+n, "Percentage"+n+": "+hundredths(s.shares[i]),
			"Seats"+n+": "+strconv.Itoa(s.seats[i]), "Last Election"+n+": "+strconv.Itoa(s.previous[i]))
	}
	return lines
}

// judged returns the election of a page with the figures.
func (s *soundElection) judged() *schemas.Election {
	prose := fmt.Sprintf("Elections were held on %d %s %d. "+
		"The first party won %d of the %d seats, with a turnout of %d.%02d%%.",
		s.day, time.Month(s.month), s.year, s.seats[0], s.total, s.turnout/100, s.turnout%100)
	return judged(newPage(strconv.Itoa(s.year)+" Elbonian general election", s.lines(), prose))
}

// splitWhole draws n parts of a whole.
func splitWhole(t *rapid.T, whole, n int, what string) []int {
	parts := make([]int, n)
	for i := range n - 1 {
		parts[i] = rapid.IntRange(0, whole).Draw(t, what)
		whole -= parts[i]
	}
	parts[n-1] = whole
	return parts
}

func drawElection(t *rapid.T) *soundElection {
	n := rapid.IntRange(1, 30).Draw(t, "contenders")
	total := rapid.IntRange(1, 3000).Draw(t, "seats in all")
	return &soundElection{
		total: total, majority: total/2 + 1,
		seats: splitWhole(t, total, n, "seats"), previous: splitWhole(t, total, n, "previous seats"),
		shares:  splitWhole(t, 10000, n, "shares"),
		turnout: rapid.IntRange(0, 10000).Draw(t, "turnout"),
		year:    rapid.IntRange(1850, 2100).Draw(t, "year"), month: rapid.IntRange(1, 12).Draw(t, "month"),
		day:    rapid.IntRange(1, 28).Draw(t, "day"),
		before: rapid.IntRange(0, 10).Draw(t, "years before"), after: rapid.IntRange(0, 10).Draw(t, "years after"),
	}
}

// TestSoundElectionsAreSound holds that no check warns of an election in which nothing is wrong.
func TestSoundElectionsAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawElection(t)
		for _, f := range s.judgedAs(t).Findings {
			if f.Status == schemas.Error || f.Status == schemas.Warn {
				t.Fatalf("%s doubts %s: %s", f.CheckID, f.Subject, f.Message)
			}
		}
	})
}

// TestOneChangeIsSeen changes one thing in a sound election. The check that should see it must do so.
func TestOneChangeIsSeen(t *testing.T) {
	changes := []struct {
		name   string
		check  string
		change func(*rapid.T, *soundElection)
	}{
		{"a seat count raised", "seat-total", func(t *rapid.T, s *soundElection) {
			s.seats[drawContender(t, s)] += rapid.IntRange(1, 50).Draw(t, "more")
		}},
		{"a seat count lowered", "seat-total", func(t *rapid.T, s *soundElection) {
			i := largest(s.seats)
			s.seats[i] -= rapid.IntRange(1, s.seats[i]).Draw(t, "fewer")
		}},
		{"a previous seat count raised", "previous-seat-total", func(t *rapid.T, s *soundElection) {
			s.previous[drawContender(t, s)] += rapid.IntRange(1, 50).Draw(t, "more")
		}},
		{"a share raised", "percent-total", func(t *rapid.T, s *soundElection) {
			s.shares[drawContender(t, s)] += rapid.IntRange(len(s.shares)/2+1, 5000).Draw(t, "more")
		}},
		{"a share lowered", "percent-coverage", func(t *rapid.T, s *soundElection) {
			i := largest(s.shares)
			// If they sum to 1, the check fractions sees them instead.
			isNoFraction := func(fewer int) bool { rest := 10000 - fewer; return rest < 95 || 2*rest > 200+len(s.shares) }
			s.shares[i] -= rapid.IntRange(len(s.shares)/2+1, s.shares[i]).Filter(isNoFraction).Draw(t, "fewer")
		}},
		{"a share beyond the whole", "percent-range", func(t *rapid.T, s *soundElection) {
			s.shares[drawContender(t, s)] = rapid.IntRange(10001, 99999).Draw(t, "share")
		}},
		{"turnout beyond everybody", "turnout-range", func(t *rapid.T, s *soundElection) {
			s.turnout = rapid.IntRange(10001, 99999).Draw(t, "turnout")
		}},
		{"another majority", "majority", func(t *rapid.T, s *soundElection) {
			s.majority += rapid.SampledFrom([]int{-1, 1, 7}).Draw(t, "other")
		}},
		{"a previous election after this one", "date-order", func(t *rapid.T, s *soundElection) {
			s.before = -rapid.IntRange(1, 9).Draw(t, "years")
		}},
		{"a next election before this one", "date-order", func(t *rapid.T, s *soundElection) {
			s.after = -rapid.IntRange(1, 9).Draw(t, "years")
		}},
	}
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				s := drawElection(t)
				c.change(t, s)
				for _, f := range s.judgedAs(t).Findings {
					if f.CheckID == c.check && f.Status.Doubtful() {
						return
					}
				}
				t.Fatalf("%s is silent", c.check)
			})
		})
	}
}

// judgedAs judges an election, and logs its box in case that a law does not hold.
func (s *soundElection) judgedAs(t *rapid.T) *schemas.Election {
	t.Log(strings.Join(s.lines(), "\n"))
	return s.judged()
}

// drawContender draws the index of a contender.
func drawContender(t *rapid.T, s *soundElection) int {
	return rapid.IntRange(0, len(s.seats)-1).Draw(t, "which")
}

// largest returns the index of the largest count.
func largest(counts []int) int {
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	return best
}
