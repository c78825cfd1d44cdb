package cmd

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hemicycle/extract"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/duckdb"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// linkedPage returns a page in wikitext about the election numbered n of an invented chain: twelve elections per
// country with the same twelve parties, each with links to the one before and the one after. In one box of ten, the
// previous seats differ from what the box before it says.
func linkedPage(n int) *schemas.Document {
	const elections, parties = 12, 12
	land, turn := n/elections, n%elections
	title := func(turn int) string { return fmt.Sprintf("%d Land %d election", 1960+4*turn, land) }
	seats := func(turn, party int) int { return 3 + (land+turn*party*7)%40 }
	var b strings.Builder
	fmt.Fprintf(&b,
		"{{Infobox legislative election\n| country = Land %d\n| previous_election = [[%s|%d]]\n"+
			"| next_election = [[%s|%d]]\n| election_date = %d May %d\n",
		land, title(turn-1), 1956+4*turn, title(turn+1), 1964+4*turn, 1+n%28, 1960+4*turn)
	total := 0
	for i := 1; i <= parties; i++ {
		total += seats(turn, i)
		before := seats(turn-1, i)
		if n%10 == 0 && i == 2 {
			before++
		}
		fmt.Fprintf(&b,
			"| party%d = [[Party %d (Land %d)|Party %d]]\n| leader%d = Leader %d\n| colour%d = #%06X\n"+
				"| percentage%d = %d.%02d\n| seats%d = %d\n| last_election%d = %d\n",
			i, i, land, i, i, i, i, (n*i)%(1<<24), i, 8, (n+i)%33, i, seats(turn, i), i, before)
	}
	fmt.Fprintf(&b,
		"| seats_for_election = %d seats in the [[Chamber of Land %d|Chamber]]\n| majority_seats = %d\n"+
			"| turnout = %d.%d%%\n| title = Prime Minister\n| before_election = Leader 2\n"+
			"| after_election = Leader 1\n| after_party = Party 1\n}}\n"+
			"The election was held on %d May %d. Turnout was %d%%.\n",
		total, land, total/2+1, 40+n%50, n%10, 1+n%28, 1960+4*turn, 40+n%50)
	return &schemas.Document{URI: "linked:" + strconv.Itoa(n), Title: title(turn), Wiki: "enwiki", Text: b.String(),
		SHA256: fmt.Sprintf("%064x", n)}
}

// BenchmarkCookbook runs each query of the cookbook on 100,000 linked elections. The queries of one election (trace,
// and the majorities, of which there are 32 million in all) are run on one. Processor seconds are what a query takes
// on a machine without other work.
func BenchmarkCookbook(b *testing.B) {
	folder := b.TempDir()
	sinks, err := load.Sinks(disk.Disk{}, folder, []string{load.Parquet}, version.FinishedParts{})
	if err != nil {
		b.Fatal(err)
	}
	defer load.CloseAll(sinks)
	for n := range 100_000 {
		d := linkedPage(n)
		if err := extract.Read(d); err != nil {
			b.Fatal(err)
		}
		election := transform.Transform(d, &d.Boxes[0], transform.Options{})
		if err := sinks[0].Write(schemas.Record{Election: election}); err != nil {
			b.Fatal(err)
		}
	}
	files, err := sinks[0].Commit()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := duckdb.Build(context.Background(), disk.Disk{}, folder, files); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("duckdb", filepath.Join(folder, version.DatabaseName)+"?access_mode=read_only")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	content, err := os.ReadFile(filepath.Join("..", "docs", "cookbook.md"))
	if err != nil {
		b.Fatal(err)
	}
	const one = "country = 'Land 10' AND election_date BETWEEN DATE '2000-01-01' AND DATE '2000-12-31'\n"
	for i, statement := range cookbookQueries(string(content)) {
		statement = strings.Replace(statement, "FROM majorities\n", "FROM majorities\nWHERE "+one, 1)
		statement = strings.Replace(statement, "WHERE r.seats > 0", "WHERE r.seats > 0 AND "+one, 1)
		b.Run(fmt.Sprintf("question %d", i+1), func(b *testing.B) {
			before := processorTime(b)
			for b.Loop() {
				if _, err := db.Exec("CREATE OR REPLACE TEMP TABLE answer AS " + statement); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((processorTime(b)-before).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}

// processorTime returns the time that this process has taken of all processors.
func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
