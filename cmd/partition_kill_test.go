//go:build unix

package cmd

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// partitionRun returns a command that reads some pages as those of a wiki into an output that is laid out by wiki.
func partitionRun(t *testing.T, program, output, wiki string, input pageSet, more ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	pipeline := filepath.Join(t.TempDir(), wiki+".yaml")
	text := fmt.Sprintf("name: %s\nsources: [{files: [%q], wiki: %[1]s}]\npartition: wiki\n", wiki, input.glob)
	if err := os.WriteFile(pipeline, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	arguments := append([]string{"run", pipeline, "--republish", "--output", output, "--part-documents", "40"}, more...)
	c := exec.CommandContext(t.Context(), program, arguments...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	return c, &stderr
}

// electionsOfWikis returns how many elections of each wiki the current version has, by its table elections, and by the
// rows of that many contenders each.
func electionsOfWikis(t *testing.T, output string) map[string]int64 {
	t.Helper()
	db, err := sql.Open("duckdb", filepath.Join(output, version.DatabaseName)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT wiki, count(DISTINCT election_id), count(*) FROM elections JOIN results " +
		"USING (election_id) GROUP BY wiki")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := map[string]int64{}
	for rows.Next() {
		var wiki string
		var elections, contenders int64
		if err := rows.Scan(&wiki, &elections, &contenders); err != nil {
			t.Fatal(err)
		}
		if contenders != 10*elections {
			t.Fatalf("%s has %d elections and %d contenders", wiki, elections, contenders)
		}
		found[wiki] = elections
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

// testKilledPartition kills runs that replace the rows of one of two wikis, at any moment and while they publish. The
// rows of that wiki are the old or the new ones, and those of the other wiki stay. A killed run can be resumed.
func testKilledPartition(t *testing.T, program string, a, b pageSet) {
	output := filepath.Join(t.TempDir(), "out")
	want := map[string]int64{}
	var took time.Duration
	for wiki, input := range map[string]pageSet{"afwiki": a, "bawiki": b} {
		began := time.Now()
		c, stderr := partitionRun(t, program, output, wiki, input)
		if err := c.Run(); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		took, want[wiki] = time.Since(began), input.elections
	}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	stayed, published := 0, 0
	for i := range schemastest.Rounds(4, 50) {
		wiki := []string{"afwiki", "bawiki"}[random.IntN(2)]
		input := a
		if want[wiki] == a.elections {
			input = b
		}
		c, stderr := partitionRun(t, program, output, wiki, input, "--resume")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		moment := time.Duration(random.Int64N(int64(took) * 11 / 10))
		if i%2 == 1 {
			waitForPublishing(output, ended)
			moment = time.Duration(random.Int64N(int64(2 * time.Millisecond)))
		}
		readUntil(t, output, time.Now().Add(moment), ended)
		_ = c.Process.Kill() // too late where it has ended
		err := <-ended
		wholeFiles(t, output)
		found := electionsOfWikis(t, output)
		switch found[wiki] {
		case want[wiki]:
			stayed++
			if err == nil {
				t.Fatalf("kill %d (seed %d): the run ended well and the old rows stayed\n%s", i, seed, stderr)
			}
		case input.elections:
			published++
			want[wiki] = input.elections
		}
		if len(found) != 2 || found["afwiki"] != want["afwiki"] || found["bawiki"] != want["bawiki"] {
			t.Fatalf("kill %d (seed %d): found %v, expected %v\n%s", i, seed, found, want, stderr)
		}
	}
	t.Logf("%d times the old rows, %d times the new ones; seed %d", stayed, published, seed)
	if stayed == 0 {
		t.Error("no run was killed in time")
	}
}
