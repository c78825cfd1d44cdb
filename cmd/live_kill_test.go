//go:build unix

package cmd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/schemas/schemastest"
)

// A run of a live wiki that is killed at any moment, while it asks, reads or publishes, leaves the version that was
// current or the next one, and the next run ends as if none had ever been killed.
func TestLiveRunIsKilled(t *testing.T) {
	schemastest.SkipUnlessLong(t, "kills the program fifty times")
	folder := t.TempDir()
	program := buildProgram(t, folder)
	w := mediawikitest.NewWiki()
	w.Name = "elbonianwiki"
	title := func(i int) string { return fmt.Sprintf("%d Elbonian general election", 1800+i) }
	edit := func(i, seats int) {
		w.Edit(title(i), fmt.Sprintf("{{Infobox election\n| country = Elbonia\n| previous_election = [[%s]]\n"+
			"| party1 = [[Red Party (Elbonia)|Red]]\n| seats1 = %d\n| party2 = [[Party %d]]\n| seats2 = 7\n}}\n"+
			"The seats were filled.", title(i-1), seats, i))
	}
	const pages = 120
	for i := range pages {
		edit(i, i)
		w.Edit(fmt.Sprintf("Party %d", i), fmt.Sprintf("#REDIRECT [[Party of %d]]", 1800+i))
	}
	server := httptest.NewServer(w)
	defer server.Close()
	pipeline := filepath.Join(folder, "live.yaml")
	err := os.WriteFile(pipeline, fmt.Appendf(nil, "name: live\nsources:\n  - wiki: elbonianwiki\n"+
		"    live: {api: %q, contact: elections@example.org, rate: 200}\n", server.URL+"/w/api.php"), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	start := func(output string) (*exec.Cmd, *bytes.Buffer) {
		c := exec.CommandContext(t.Context(), program, "run", pipeline, "--output", output)
		said := new(bytes.Buffer)
		c.Stderr = said
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c, said
	}
	finish := func(output string) {
		t.Helper()
		if c, said := start(output); c.Wait() != nil {
			t.Fatalf("status %d\n%s", c.ProcessState.ExitCode(), said)
		}
	}
	output := filepath.Join(folder, "out")
	began := time.Now()
	finish(output)
	took := time.Since(began)
	seed := uint64(began.UnixNano())
	t.Logf("a run takes %v; seed %d", took, seed)
	random := rand.New(rand.NewPCG(seed, 0))
	before, _ := wholeVersion(t, output)
	const kills = 50
	stayed := 0
	for n := range kills {
		for range 1 + random.IntN(80) {
			edit(random.IntN(pages), random.IntN(1000))
		}
		switch at := random.IntN(pages); n % 3 {
		case 0:
			w.Move(title(at), title(at)+" (moved)", true)
		case 1:
			w.Delete(title(at))
		default:
			w.Restore(title(at))
		}
		c, _ := start(output)
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		_ = c.Process.Kill() // too late where it has ended
		_ = c.Wait()
		after, _ := wholeVersion(t, output)
		if after == before {
			stayed++
		}
		before = after
	}
	t.Logf("after %d of %d kills the old version stayed", stayed, kills)
	if stayed == 0 {
		t.Error("no run was killed in time")
	}
	finish(output)
	again := filepath.Join(folder, "from_nothing")
	finish(again)
	compareOutputs(t, "after the kills", output, again)
	if rows := countRows(t, output, "redirects"); rows < pages/2 {
		t.Errorf("boxes link through %d redirects", rows)
	}
}
