package objects_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hemicycle/load/objects"
	"hemicycle/load/objects/objectstest"
	"hemicycle/schemas/schemastest"
)

const prefix = "data/elections"

// keepNewest returns the rule that keeps so many of the newest versions.
func keepNewest(n int) objects.Rule {
	return func(runs []objects.Run, _ string) (kept []string) {
		for i := range min(n, len(runs)) {
			kept = append(kept, runs[i].Name)
		}
		return kept
	}
}

// newVersion writes a version of invented files and returns it.
func newVersion(t *testing.T, run string, files, size int) objects.Version {
	t.Helper()
	v := objects.Version{
		Run: run, Folder: t.TempDir(),
		Pointer: fmt.Appendf(nil, "{\"run\": %q, \"path\": \"versions/%s\"}\n", run, run),
	}
	write := func(path string, content []byte) objects.File {
		name := filepath.Join(v.Folder, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		return objects.File{Path: path, Bytes: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
	}
	sums := ""
	for i := range files {
		content := bytes.Repeat(fmt.Appendf(nil, "%s %d\n", run, i), size/16+1)
		f := write(fmt.Sprintf("parquet/table%d/part-0.parquet", i), content)
		v.Files = append(v.Files, f)
		sums += f.SHA256 + "  " + f.Path + "\n"
	}
	v.Claim = write("manifest.json", fmt.Appendf(nil, "{\"run\": %q, \"made\": %q}\n", run, v.Folder))
	v.Last = write("SHA256SUMS", []byte(sums))
	return v
}

// open opens the storage behind an endpoint, with short waits. Its log is in the buffer.
func open(
	t *testing.T, endpoint string, log *bytes.Buffer, change ...func(*objects.Target, *objects.Options),
) *objects.Store {
	t.Helper()
	target := objects.Target{Bucket: objectstest.Bucket, Prefix: prefix, Endpoint: endpoint}
	o := objects.Options{
		Log: slog.New(slog.NewTextHandler(log, nil)), Idle: 5 * time.Second, Wait: 2 * time.Millisecond,
	}
	for _, c := range change {
		c(&target, &o)
	}
	s, err := objects.Open(t.Context(), target, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustPublish(t *testing.T, s *objects.Store, v objects.Version) *objects.Result {
	t.Helper()
	r, err := s.Publish(t.Context(), v, keepNewest(3))
	if err != nil {
		t.Fatal(err)
	}
	if r.Unremoved != nil {
		t.Fatal(r.Unremoved)
	}
	return r
}

// holdsWhole fails unless the pointer names one of some versions and all of its files are there as they are on disk.
// All is read by another client. It returns the run that the pointer names.
func holdsWhole(t *testing.T, server *objectstest.Server, versions ...objects.Version) string {
	t.Helper()
	var pointer struct{ Run, Path string }
	if err := json.Unmarshal(server.Curl(t, prefix+"/current.json"), &pointer); err != nil {
		t.Fatal(err)
	}
	for _, v := range versions {
		if v.Run != pointer.Run {
			continue
		}
		for _, f := range append([]objects.File{v.Claim, v.Last}, v.Files...) {
			sum := sha256.Sum256(server.Curl(t, prefix+"/"+pointer.Path+"/"+f.Path))
			if hex.EncodeToString(sum[:]) != f.SHA256 {
				t.Fatalf("%s of %s is not what it is on disk", f.Path, v.Run)
			}
		}
		return v.Run
	}
	t.Fatalf("the pointer names %q", pointer.Run)
	return ""
}

// runsThere returns the runs that have files in the storage.
func runsThere(t *testing.T, server *objectstest.Server) (runs []string) {
	t.Helper()
	root := filepath.Join(server.Folder, objectstest.Bucket, prefix, "versions")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			relative, _ := filepath.Rel(root, path)
			run, _, _ := strings.Cut(filepath.ToSlash(relative), "/")
			if !slices.Contains(runs, run) {
				runs = append(runs, run)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(runs)
	return runs
}

func TestPublish(t *testing.T) {
	server := objectstest.Start(t)
	var log bytes.Buffer
	proxy := objectstest.StartProxy(t, server, func(*http.Request) objectstest.Fault { return objectstest.None })
	s := open(t, proxy.Endpoint, &log)
	first := newVersion(t, "20260101T000000Z", 12, 3000)
	r := mustPublish(t, s, first)
	if r.Sent != 14 || r.Present != 0 || r.Unchanged {
		t.Errorf("the first upload: %+v", r)
	}
	puts := proxy.Requests("PUT ")
	if last := puts[len(puts)-1]; !strings.HasSuffix(last, prefix+"/current.json") {
		t.Errorf("the last write is %s, expected the pointer", last)
	}
	holdsWhole(t, server, first)

	r = mustPublish(t, s, first)
	if r.Sent != 0 || r.Present != 14 || !r.Unchanged {
		t.Errorf("the same version again: %+v", r)
	}
	for _, run := range []string{"20260102T000000Z", "20260103T000000Z", "20260104T000000Z", "20260104T000000Z-2"} {
		v := newVersion(t, run, 3, 100)
		mustPublish(t, s, v)
		holdsWhole(t, server, v)
	}
	if got := strings.Join(runsThere(t, server), " "); got != "20260103T000000Z 20260104T000000Z 20260104T000000Z-2" {
		t.Errorf("the versions that are left are %s", got)
	}
	if strings.Contains(log.String(), objectstest.SecretKey) {
		t.Error("the log has the secret")
	}
}

// An upload that was stopped goes on where it was: it sends only what is missing.
func TestPublishResumes(t *testing.T) {
	server := objectstest.Start(t)
	v := newVersion(t, "20260101T000000Z", 20, 2000)
	var log bytes.Buffer
	refused := 0
	proxy := objectstest.StartProxy(t, server, func(r *http.Request) objectstest.Fault {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, ".parquet") {
			if refused++; refused > 10 {
				return objectstest.Reset
			}
		}
		return objectstest.None
	})
	once := func(_ *objects.Target, o *objects.Options) { o.Attempts = 1 }
	if _, err := open(t, proxy.Endpoint, &log, once).Publish(t.Context(), v, keepNewest(3)); err == nil {
		t.Fatal("an upload whose connections are reset succeeds")
	}
	if _, err := os.Stat(filepath.Join(server.Folder, objectstest.Bucket, prefix, "current.json")); err == nil {
		t.Fatal("there is a pointer")
	}
	r := mustPublish(t, open(t, server.Endpoint, &log), v)
	if r.Sent == 0 || r.Sent > 20 || r.Sent+r.Present != 22 || r.Present < 2 {
		t.Errorf("the second upload: %+v", r)
	}
	holdsWhole(t, server, v)
}

// An object that is damaged, or that another program wrote, counts by what is in it.
func TestPublishComparesWhatIsThere(t *testing.T) {
	server := objectstest.Start(t)
	v := newVersion(t, "20260101T000000Z", 4, 2000)
	folder := filepath.Join(server.Folder, objectstest.Bucket, prefix, "versions", v.Run)
	for i, f := range v.Files[:3] {
		content, err := os.ReadFile(filepath.Join(v.Folder, f.Path))
		if err != nil {
			t.Fatal(err)
		}
		switch i {
		case 1:
			content[7] ^= 1
		case 2:
			content = content[:100]
		}
		path := filepath.Join(folder, f.Path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, content, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	r := mustPublish(t, open(t, server.Endpoint, new(bytes.Buffer)), v)
	if r.Sent != 5 || r.Present != 1 {
		t.Errorf("%+v: expected one file to be there as it is on disk", r)
	}
	holdsWhole(t, server, v)

	path := filepath.Join(v.Folder, v.Files[0].Path)
	if err := os.WriteFile(path, []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	v.Pointer = append(v.Pointer, '\n')
	if err := os.RemoveAll(filepath.Join(folder, v.Files[0].Path)); err != nil {
		t.Fatal(err)
	}
	_, err := open(t, server.Endpoint, new(bytes.Buffer)).Publish(t.Context(), v, keepNewest(3))
	schemastest.CheckWords(t, err, "table0/part-0.parquet", "is not what its manifest says")
}

// A long file is sent in parts, also after an upload that left some of them.
func TestPublishInParts(t *testing.T) {
	server := objectstest.Start(t)
	v := newVersion(t, "20260101T000000Z", 2, 17<<20)
	var log bytes.Buffer
	parts := func(_ *objects.Target, o *objects.Options) { o.PartSize = 5 << 20; o.Attempts = 2 }
	seen := 0
	proxy := objectstest.StartProxy(t, server, func(r *http.Request) objectstest.Fault {
		if r.Method == http.MethodPut && r.URL.Query().Has("partNumber") || r.Method == http.MethodDelete {
			if seen++; seen > 3 {
				return objectstest.Reset
			}
		}
		return objectstest.None
	})
	if _, err := open(t, proxy.Endpoint, &log, parts).Publish(t.Context(), v, keepNewest(3)); err == nil {
		t.Fatal("an upload whose connections are reset succeeds")
	}
	mustPublish(t, open(t, server.Endpoint, &log, parts), v)
	holdsWhole(t, server, v)
	if r := mustPublish(t, open(t, server.Endpoint, &log, parts), v); r.Present != 4 {
		t.Errorf("%+v: expected all files to be known again", r)
	}
}

// Whatever the server does, the pointer names a whole version, and a server that recovers gets the new one.
func TestPublishWithFaults(t *testing.T) {
	server := objectstest.Start(t)
	var versions []objects.Version
	publish := func(v objects.Version) { mustPublish(t, open(t, server.Endpoint, new(bytes.Buffer)), v) }
	versions = append(versions, newVersion(t, "20250101T000000Z", 5, 500))
	publish(versions[0])
	faults := map[string]objectstest.Fault{
		"slow down": objectstest.SlowDown, "reset": objectstest.Reset, "lost answer": objectstest.ResetAfter,
		"cut body": objectstest.CutBody, "hanging": objectstest.Hang,
	}
	day := 0
	for _, name := range []string{"slow down", "reset", "lost answer", "cut body", "hanging"} {
		t.Run(name, func(t *testing.T) {
			day++
			v := newVersion(t, fmt.Sprintf("202601%02dT000000Z", day), 5, 500)
			versions = append(versions, v)
			random := rand.New(rand.NewPCG(uint64(day), 7))
			share := 0.3
			if name == "hanging" {
				share = 0.2
			}
			proxy := objectstest.StartProxy(t, server, func(*http.Request) objectstest.Fault {
				if random.Float64() < share {
					return faults[name]
				}
				return objectstest.None
			})
			var log bytes.Buffer
			s := open(t, proxy.Endpoint, &log, func(_ *objects.Target, o *objects.Options) {
				o.Idle, o.Attempts = 200*time.Millisecond, 12
			})
			mustPublish(t, s, v)
			if got := holdsWhole(t, server, versions...); got != v.Run {
				t.Errorf("the pointer names %s", got)
			}
			if !strings.Contains(log.String(), "trying again") {
				t.Error("no fault was met: the test proves nothing")
			}
			if strings.Contains(log.String(), objectstest.SecretKey) {
				t.Error("the log has the secret")
			}
		})
	}
	t.Run("wrong ETag", func(t *testing.T) {
		v := newVersion(t, "20260201T000000Z", 3, 500)
		proxy := objectstest.StartProxy(t, server, func(*http.Request) objectstest.Fault { return objectstest.WrongETag })
		_, err := open(t, proxy.Endpoint, new(bytes.Buffer)).Publish(t.Context(), v, keepNewest(3))
		schemastest.CheckWords(t, err, "its tags are not those of its objects")
		holdsWhole(t, server, versions...)
	})
	t.Run("never better", func(t *testing.T) {
		v := newVersion(t, "20260202T000000Z", 3, 500)
		proxy := objectstest.StartProxy(t, server, func(r *http.Request) objectstest.Fault {
			if r.Method == http.MethodPut {
				return objectstest.SlowDown
			}
			return objectstest.None
		})
		_, err := open(t, proxy.Endpoint, new(bytes.Buffer), func(_ *objects.Target, o *objects.Options) {
			o.Attempts = 3
		}).Publish(t.Context(), v, keepNewest(3))
		schemastest.CheckWords(t, err, "SlowDown", "Reduce your request rate")
		if overtaken := (*objects.OvertakenError)(nil); errors.As(err, &overtaken) {
			t.Errorf("%v is said to come of somebody else", err)
		}
		holdsWhole(t, server, versions...)
	})
}

// An older version than the one that the pointer names is refused, with what to do about it, and nothing is sent.
func TestPublishRefusesOlderVersions(t *testing.T) {
	server := objectstest.Start(t)
	s := open(t, server.Endpoint, new(bytes.Buffer))
	older, newer := newVersion(t, "20260101T000000Z", 2, 100), newVersion(t, "20260101T000000Z-2", 2, 100)
	mustPublish(t, s, newer)
	_, err := s.Publish(t.Context(), older, keepNewest(3))
	if overtaken := (*objects.OvertakenError)(nil); !errors.As(err, &overtaken) ||
		!strings.Contains(err.Error(), "remove that object first") {
		t.Errorf("the older version gives %v", err)
	}
	if run := holdsWhole(t, server, older, newer); run != newer.Run || len(runsThere(t, server)) != 1 {
		t.Errorf("the pointer names %s, and there are %v", run, runsThere(t, server))
	}
}

// Of two publishers at once, one wins and the other is told.
func TestTwoPublishers(t *testing.T) {
	server := objectstest.Start(t)
	for round := range schemastest.Rounds(4, 40) {
		a := newVersion(t, fmt.Sprintf("20260101T%02d%02d00Z", round/60, round%60), 4, 500)
		b := newVersion(t, fmt.Sprintf("20260101T%02d%02d01Z", round/60, round%60), 4, 500)
		if round%2 == 1 { // runs of one name
			b = newVersion(t, a.Run, 4, 700)
		}
		// Both have read the pointer before one of them writes it.
		var meeting sync.WaitGroup
		meeting.Add(2)
		errs := make([]error, 2)
		var group sync.WaitGroup
		for i, v := range []objects.Version{a, b} {
			var met sync.Once
			proxy := objectstest.StartProxy(t, server, func(r *http.Request) objectstest.Fault {
				if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/.conditions-") {
					met.Do(func() { meeting.Done(); meeting.Wait() })
				}
				return objectstest.None
			})
			s := open(t, proxy.Endpoint, new(bytes.Buffer))
			group.Go(func() { _, errs[i] = s.Publish(t.Context(), v, keepNewest(3)) })
		}
		group.Wait()
		winner, lost := a, errs[1]
		if errs[0] != nil {
			winner, lost = b, errs[0]
		}
		var overtaken *objects.OvertakenError
		if errs[0] != nil && errs[1] != nil || !errors.As(lost, &overtaken) {
			t.Fatalf("the two end with %v and %v", errs[0], errs[1])
		}
		holdsWhole(t, server, winner)
	}
}

// A server that does not heed conditions is refused, unless the pipeline says that nobody else publishes there.
func TestServerWithoutConditions(t *testing.T) {
	server := objectstest.Start(t)
	v := newVersion(t, "20260101T000000Z", 2, 500)
	proxy := objectstest.StartProxy(t, server, func(*http.Request) objectstest.Fault { return objectstest.Unheeded })
	_, err := open(t, proxy.Endpoint, new(bytes.Buffer)).Publish(t.Context(), v, keepNewest(3))
	schemastest.CheckWords(t, err, "does not write objects on a condition", "one_publisher: true")
	alone := func(target *objects.Target, _ *objects.Options) { target.OnePublisher = true }
	mustPublish(t, open(t, proxy.Endpoint, new(bytes.Buffer), alone), v)
	holdsWhole(t, server, v)
}

// What an upload left that was never completed is removed, and nothing of others.
func TestPruneLeftovers(t *testing.T) {
	server := objectstest.Start(t)
	root := filepath.Join(server.Folder, objectstest.Bucket, prefix, "versions")
	for _, path := range []string{
		"20250101T000000Z/manifest.json", "20270101T000000Z/manifest.json", "mine/notes.txt",
	} {
		name := filepath.Join(root, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte("x"), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	mustPublish(t, open(t, server.Endpoint, new(bytes.Buffer)), newVersion(t, "20260101T000000Z", 2, 500))
	if got := strings.Join(runsThere(t, server), " "); got != "20260101T000000Z 20270101T000000Z mine" {
		t.Errorf("what is left is %s", got)
	}
}
