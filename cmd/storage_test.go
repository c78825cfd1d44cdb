//go:build unix

package cmd

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hemicycle/load/objects/objectstest"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// storageProgram is the program with an environment in which it finds the credentials of a server.
type storageProgram struct {
	path        string
	folder      string
	environment []string
}

func newStorageProgram(t *testing.T) *storageProgram {
	t.Helper()
	p := &storageProgram{folder: t.TempDir()}
	p.path = filepath.Join(p.folder, "hemicycle")
	self, err := os.Executable() // which is the program if it is called so: see TestMain
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, p.path); err != nil {
		t.Fatal(err)
	}
	p.environment = append(os.Environ(), objectstest.Environment(p.folder)...)
	return p
}

// pipeline writes a pipeline file that reads pages and publishes at an endpoint.
func (p *storageProgram) pipeline(t *testing.T, name string, input pageSet, endpoint, prefix string) string {
	t.Helper()
	path := filepath.Join(p.folder, name+".yaml")
	text := fmt.Sprintf("name: stored\nsources:\n  - name: pages\n    files: ['%s']\npublish:\n  to: s3://%s/%s\n"+
		"  endpoint: %s\n", input.glob, objectstest.Bucket, prefix, endpoint)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs the program and returns its exit status and all that it wrote.
func (p *storageProgram) run(t *testing.T, args ...string) (int, string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), p.path, args...)
	c.Env = p.environment
	out, err := c.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if strings.Contains(string(out), objectstest.SecretKey) {
		t.Errorf("%v writes the secret:\n%s", args, out)
	}
	return c.ProcessState.ExitCode(), string(out)
}

// expect fails unless the program ends with a status and writes some words.
func (p *storageProgram) expect(t *testing.T, status int, words []string, args ...string) {
	t.Helper()
	got, out := p.run(t, args...)
	if got != status {
		t.Fatalf("%v ends with status %d, expected %d:\n%s", args, got, status, out)
	}
	for _, word := range words {
		if !strings.Contains(out, word) {
			t.Errorf("%v does not write %q:\n%s", args, word, out)
		}
	}
}

// storedVersion fails unless the pointer below a prefix names a version of which every file is as SHA256SUMS and the
// pointer say, as another client reads them. It returns the run.
func storedVersion(t *testing.T, server *objectstest.Server, prefix string) string {
	t.Helper()
	p, err := version.ParsePointer(server.Curl(t, prefix+"/"+version.PointerName))
	if err != nil {
		t.Fatal(err)
	}
	digest := func(path string) string {
		sum := sha256.Sum256(server.Curl(t, prefix+"/"+p.Path+"/"+path))
		return hex.EncodeToString(sum[:])
	}
	files := 0
	for line := range strings.Lines(string(server.Curl(t, prefix+"/"+p.Path+"/"+version.SumsName))) {
		want, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if got := digest(path); !ok || got != want {
			t.Fatalf("%s of %s has the digest %s, expected %s", path, p.Run, got, want)
		}
		files++
	}
	if got := digest("manifest.json"); got != p.ManifestSHA256 || files < 10 {
		t.Fatalf("the manifest of %s, one of %d files, is not the one that the pointer names", p.Run, files)
	}
	return p.Run
}

func TestStorage(t *testing.T) {
	server := objectstest.Start(t)
	program := newStorageProgram(t)
	input := writePages(t, filepath.Join(program.folder, "pages"), 5)
	output := filepath.Join(program.folder, "out")
	pipeline := program.pipeline(t, "stored", input, server.Endpoint, "nightly")
	run := []string{"run", pipeline, "--output", output}

	program.expect(t, statusDone, []string{"sent to object storage"}, run...)
	first := storedVersion(t, server, "nightly")
	program.expect(t, statusDone, []string{"nothing changed", "files=0"}, run...)
	program.expect(t, statusDone, []string{first + " is current in s3://elections/nightly: it is there already"},
		"publish", pipeline, "--output", output)

	// A version that cannot be sent is published here all the same, and the next run sends it.
	environment := program.environment
	t.Run("no credentials", func(t *testing.T) {
		defer func() { program.environment = environment }()
		program.environment = append(environment[:len(environment):len(environment)], "AWS_ACCESS_KEY_ID=")
		program.expect(t, statusUndelivered, []string{"published here, but not in", "no credentials"},
			append(run, "--republish")...)
	})
	if got := storedVersion(t, server, "nightly"); got != first {
		t.Errorf("the pointer names %s", got)
	}
	if run, _ := wholeVersion(t, output); run == first {
		t.Error("the version is not published in the output folder")
	}
	t.Run("wrong secret", func(t *testing.T) {
		defer func() { program.environment = environment }()
		program.environment = append(environment[:len(environment):len(environment)], "AWS_SECRET_ACCESS_KEY=wrong-4711")
		status, out := program.run(t, "publish", pipeline, "--output", output)
		if status != statusUndelivered || strings.Contains(out, "wrong-4711") {
			t.Errorf("status %d:\n%s", status, out)
		}
	})
	program.expect(t, statusDone, []string{"nothing changed", "sent to object storage"}, run...)
	if got := storedVersion(t, server, "nightly"); got == first {
		t.Error("a version that could not be sent is not sent by the next run, which has nothing else to do")
	}

	program.expect(t, statusFailed, []string{"hemicycle run"}, "publish", pipeline, "--output", program.folder+"/none")
	program.expect(t, statusUsage, []string{"no key publish"}, "publish", "morocco_2007", "--output", output)
}

// TestStorageKilled kills uploads at random moments. The pointer names the old version or the new one, whole, and the
// next upload completes what the killed one began.
func TestStorageKilled(t *testing.T) {
	server := objectstest.Start(t)
	program := newStorageProgram(t)
	outputs := map[string]string{}
	inputs := map[string]pageSet{}
	for name, pages := range map[string]int{"a": 20, "b": 60} {
		inputs[name] = writePages(t, filepath.Join(program.folder, name), pages)
		outputs[name] = filepath.Join(program.folder, "out-"+name)
		p := program.pipeline(t, name, inputs[name], server.Endpoint, "first/"+name)
		program.expect(t, statusDone, nil, "run", p, "--output", outputs[name])
		time.Sleep(1100 * time.Millisecond) // so that the runs have two names
	}
	started := time.Now()
	program.expect(t, statusDone, nil, "publish",
		program.pipeline(t, "timed", inputs["b"], server.Endpoint, "timed"), "--output", outputs["b"])
	whole := time.Since(started)
	seen := map[string]int{}
	partly := 0
	for round := range schemastest.Rounds(2, 50) {
		prefix := fmt.Sprintf("round/%d", round)
		p := program.pipeline(t, "killed", inputs["a"], server.Endpoint, prefix)
		program.expect(t, statusDone, nil, "publish", p, "--output", outputs["a"])
		before := storedVersion(t, server, prefix)
		var out bytes.Buffer
		c := exec.CommandContext(t.Context(), program.path, "publish", p, "--output", outputs["b"])
		c.Env, c.Stdout, c.Stderr = program.environment, &out, &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(whole))
		_ = c.Process.Kill()
		_ = c.Wait()
		after := storedVersion(t, server, prefix)
		if after == before {
			seen["old"]++
		} else {
			seen["new"]++
		}
		status, text := program.run(t, "publish", p, "--output", outputs["b"])
		if status != statusDone {
			t.Fatalf("the upload after a killed one ends with %d:\n%s", status, text)
		}
		if strings.Contains(text, " files sent") && !strings.Contains(text, "present=0") {
			partly++
		}
		if run := storedVersion(t, server, prefix); run == before {
			t.Fatalf("the pointer names %s", run)
		}
	}
	t.Logf("the pointer named the old version %d times and the new one %d times; %d uploads went on where one was killed",
		seen["old"], seen["new"], partly)
}
