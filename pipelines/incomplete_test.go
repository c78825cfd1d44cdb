package pipelines

import (
	"crypto/sha256"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// unverified is the pipeline of two dumps that SHA256SUMS lists, and of which the second is another file.
func unverified(t *testing.T) (p *Pipeline, second string) {
	t.Helper()
	folder := t.TempDir()
	dump := "<mediawiki><page><title>A</title><ns>0</ns><id>1</id></page></mediawiki>\n" + strings.Repeat(" ", 1<<20)
	sums := ""
	var files []string
	for i := range 2 {
		name := fmt.Sprintf("x-p%dp%d.xml", i, i)
		files = append(files, filepath.Join(folder, name))
		sums += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(dump)), name)
		if err := os.WriteFile(files[i], []byte(dump[:len(dump)-i]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "SHA256SUMS"), []byte(sums), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := FromFiles(files)
	if err != nil {
		t.Fatal(err)
	}
	return p.Verified(), files[1]
}

// Digests are compared once the lock is held, and what is compared counts as progress. A run that finds the output held
// compares nothing.
func TestDigestsAreComparedUnderTheLock(t *testing.T) {
	p, second := unverified(t)
	dir := t.TempDir()
	held, err := version.OpenOutput(disk.Disk{}, dir, "another", false)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Output: dir, Version: "test", Build: "test", Log: quiet()}
	_, err = Run(t.Context(), p, o)
	schemastest.CheckWords(t, err, version.ErrHeld.Error())
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	var verified int64
	o.Progress = func(now Progress) {
		if now.Verifying {
			verified = max(verified, now.Done)
		}
		if now.Documents > 0 {
			t.Errorf("read before everything is compared: %+v", now)
		}
	}
	_, err = Run(t.Context(), p, o)
	schemastest.CheckWords(t, err, second+" is not the file that was published")
	sources, err := p.open(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	first := sources[0][0].(extract.Verifier)
	if err := first.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if done, _ := first.(extract.ProgressReporter).Progress(); done != 0 {
		t.Errorf("%d bytes count as read after they were compared", done)
	}
}

// A page that the system does not give makes its source incomplete. The run is published only if that many incomplete
// sources are allowed, and rejects that stand for them do not count as others. That holds in a run that is resumed.
func TestIncompleteSources(t *testing.T) {
	folder := t.TempDir()
	m := makePages([]int{kindNamed(t, "sound"), kindNamed(t, "empty"), kindNamed(t, "sound")})
	for name, f := range m.files {
		if err := os.WriteFile(filepath.Join(folder, name), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	unreadable := filepath.Join(folder, "page-00001a.xml")
	cut := "<mediawiki><siteinfo><dbname>x</dbname></siteinfo><page><title>Cut</title>"
	if err := os.WriteFile(unreadable, []byte(cut), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := FromFiles([]string{filepath.Join(folder, "*")})
	if err != nil {
		t.Fatal(err)
	}
	p.Sinks = []string{load.Parquet}
	for _, c := range []struct {
		allow                     Allowance
		published, excess, resume bool
	}{
		{allow: Allowance{Rejects: 100}},
		{allow: Allowance{IncompleteSources: 1}, published: true, excess: true},
		{allow: Allowance{IncompleteSources: 1, Rejects: 1}, published: true},
		{allow: Allowance{IncompleteSources: 1, Rejects: 1}, published: true, resume: true},
		{allow: Allowance{Rejects: 1}, resume: true},
	} {
		p.Allow = c.allow
		o := Options{Output: t.TempDir(), Version: "test", Build: "test", Log: quiet(), PartDocuments: 1, Workers: 1}
		if c.resume {
			stopAfter(t, p, o, 2)
			o.Resume, o.Log = true, quiet()
		}
		outcome, err := Run(t.Context(), p, o)
		if err != nil {
			t.Fatal(err)
		}
		counts := outcome.Manifest.Counts
		if outcome.Published != c.published || outcome.Excess != c.excess || outcome.Incomplete == c.published ||
			counts.Incomplete != 1 || counts.Rejected != 2 || outcome.Rejects != 1 || counts.Elections != 2 {
			t.Errorf("%+v: published %v, excess %v, incomplete %v, %d rejects, %+v", c, outcome.Published,
				outcome.Excess, outcome.Incomplete, outcome.Rejects, counts)
		}
		o.Resume = false
		if again, err := Run(t.Context(), p, o); err != nil || again.Unchanged {
			t.Errorf("%+v: a second run, for which the source may be complete, gave %+v, %v", c, again, err)
		}
		missing := missingOf(outcome.Manifest)
		if len(missing) != 1 || missing[0].Reason != schemas.ReasonCutShort || missing[0].From != int64(len(cut)) ||
			missing[0].Share != "an unknown share" {
			t.Errorf("%+v: the inputs lack %+v", c, missing)
		}
		named := NamedPages{
			First: []NamedPage{{Name: filepath.Join(folder, "page-00001.txt"), Why: schemas.ReasonEmpty}}, Count: 1,
		}
		if diff := cmp.Diff(named, outcome.Rejected); diff != "" {
			t.Errorf("%+v: the pages that are named (-want +got):\n%s", c, diff)
		}
	}
}

// missingOf returns what the inputs of a run lack.
func missingOf(m *version.Manifest) (all []*schemas.Missing) {
	for _, input := range m.Inputs {
		if input.Missing != nil {
			all = append(all, input.Missing)
		}
	}
	return all
}

// A reject says its reason once: the detail does not repeat the words of the reason.
func TestRejectsSayTheirReasonOnce(t *testing.T) {
	folder := t.TempDir()
	whole := "<mediawiki><siteinfo><dbname>x</dbname></siteinfo>" +
		"<page><title>A</title><ns>0</ns><id>1</id><revision><id>1</id><text>t</text></revision></page></mediawiki>"
	for name, content := range map[string]string{
		"a.xml": whole[:len(whole)-50], "b.xml": strings.TrimSuffix(whole, "</mediawiki>"),
		"c.xml": whole[:60], "d.gz": "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff12", "e.bz2": "BZh91AY&SY12",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rejects := 0
	err := Check(t.Context(), []string{filepath.Join(folder, "*")}, CheckOptions{}, func(c Checked) error {
		if c.Reject == nil {
			return nil
		}
		rejects++
		words := strings.ReplaceAll(c.Reject.Reason, "-", " ")
		if strings.Contains(strings.ReplaceAll(c.Reject.Detail, "-", " "), words) {
			t.Errorf("%s: %s", c.Reject.Reason, c.Reject.Detail)
		}
		return nil
	})
	if err != nil || rejects != 5 {
		t.Errorf("%d rejects, %v", rejects, err)
	}
}
