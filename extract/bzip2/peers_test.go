package bzip2

import (
	"archive/tar"
	"bytes"
	stdlib "compress/bzip2"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
)

// sources returns an archive of Go's own sources, of at least size bytes.
func sources(t testing.TB, size int64) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skipf("go is not there to say where its sources are: %v", err)
	}
	root := os.DirFS(filepath.Join(strings.TrimSpace(string(goroot)), "src"))
	err = fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if int64(out.Len()) > size {
			return fs.SkipAll
		}
		data, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		if err := w.WriteHeader(&tar.Header{Name: path, Mode: 0o644, Size: int64(len(data))}); err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if int64(out.Len()) < size {
		t.Skipf("Go's sources are not here: %d bytes", out.Len())
	}
	return out.Bytes()
}

// runTool returns the output of a tool for an input.
func runTool(t testing.TB, input []byte, tool string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		t.Skipf("%s is not installed: nothing to compare with", tool)
	}
	command := exec.Command(tool, args...)
	command.Stdin = bytes.NewReader(input)
	var out, stderr bytes.Buffer
	command.Stdout, command.Stderr = &out, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%s %s: %v: %s", tool, strings.Join(args, " "), err, stderr.Bytes())
	}
	return out.Bytes()
}

// A source tree comes back from what any compressor makes of it, for any number of workers.
func TestArchives(t *testing.T) {
	archive := sources(t, 2<<20)
	for _, command := range []string{"bzip2 -1", "bzip2 -5", "bzip2 -9", "lbzip2 -1", "lbzip2 -9"} {
		t.Run(command, func(t *testing.T) {
			tool, level, _ := strings.Cut(command, " ")
			file := runTool(t, archive, tool, level, "-c")
			if !bytes.Equal(runTool(t, file, "bzcat"), archive) {
				t.Fatal("bzcat does not give the archive back")
			}
			file = append(file, file...) // streams one after another
			want := append(bytes.Clone(archive), archive...)
			for _, workers := range []int{1, 2, 7} {
				data, blocks := readBlocks(t, file, workers)
				if err := blockErrors(blocks); err != nil || !bytes.Equal(data, want) {
					t.Errorf("%d workers: %v, or not the same bytes", workers, err)
				}
			}
		})
	}
}

// Real dumps are read as bzcat reads them, if there are any.
func TestCorpus(t *testing.T) {
	files, _ := filepath.Glob(filepath.FromSlash("../../../shared/corpus/dump/*.bz2"))
	if len(files) == 0 {
		t.Skip("no real dumps are here")
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			file, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := runTool(t, file, "bzcat")
			for _, workers := range []int{1, 2} {
				data, blocks := readBlocks(t, file, workers)
				if err := blockErrors(blocks); err != nil || !bytes.Equal(data, want) {
					t.Errorf("%d workers: %v, or not the same bytes as bzcat", workers, err)
				}
			}
		})
	}
}

// overfullCodes is a block of 100 bytes with codes whose lengths leave no room for all of them. No compressor writes
// one, and bzip2 reads it.
const overfullCodes = "BZh11AY&SY>" +
	"a:\x04\x00\x00-\xd9\x00\x08\x10@\x00\x7f\xe2?\x00 " +
	"\x00Hj\x9f\xa2iZ\xf2\xa7\xfaz\x80\xa0\xd4\xf5U?\xf0\xaa\x9f\xf8UO\xfc\xaa9\xec@\x8a`\xe9\x93\x02\xe5" +
	"\xdd\x87'3\xab/Qg\xe1\xb0\xd1o@S\xcb\xc0=\xa8VQ\xb84%\xb5Z\xd9\xa8?\x0e\x1eOj\x1f-\xe4\xc1d\x1e\x17rE8P" +
	"\x90>a:\x04"

// FuzzBlocks compares the package with the standard library: what either reads without an error, the other reads, too.
// If they differ, bzip2 decides, since the standard library gives a meaning to codes that stand for nothing.
func FuzzBlocks(f *testing.F) {
	for _, data := range [][]byte{
		nil, []byte("a"), words(1, 3_000), bytes.Repeat([]byte("a"), 5_000), bytes.Repeat([]byte("ab"), 500),
	} {
		for _, level := range []int{1, 9} {
			f.Add(stream(f, data, level))
			f.Add(append(stream(f, data, level), stream(f, words(3, 100), 1)...))
		}
	}
	file, _ := streamOfBlock(f, 0, []byte{5, 4, 3, 2, 1, 0, 1, 0, 200, 7})
	f.Add(file)
	f.Add([]byte("BZh91AY&SY"))
	f.Add([]byte(overfullCodes))
	f.Fuzz(func(t *testing.T, file []byte) {
		data, blocks := readBlocks(t, file, 2)
		want, err := io.ReadAll(stdlib.NewReader(bytes.NewReader(file)))
		all := blockErrors(blocks)
		if (err == nil) != (all == nil) || err == nil && !bytes.Equal(data, want) {
			if _, missing := exec.LookPath("bzip2"); missing != nil {
				t.Skip("the standard library reads it otherwise, and there is no bzip2 to decide")
			}
			c := exec.Command("bzip2", "-dc")
			c.Stdin = bytes.NewReader(file)
			want, err = c.Output()
		}
		if (err == nil) != (all == nil) {
			t.Errorf("the standard library or bzip2: %v; ours: %v", err, all)
		}
		if err == nil && !bytes.Equal(data, want) {
			t.Errorf("%d bytes, expected %d, or not the same", len(data), len(want))
		}
	})
}

// Memory is bounded by the number of workers: further blocks are read in the memory of the first ones. How far ahead
// the workers are depends on the scheduler, so memory is measured at each block when the workers are as far as they can
// be, and garbage is not counted as held.
func TestMemory(t *testing.T) {
	// measure returns what was allocated after some blocks, and the most that was held at a block.
	measure := func(file repeatedStream, after int) (allocated, held int64) {
		synctest.Test(t, func(t *testing.T) {
			var s runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&s)
			before := s.HeapAlloc
			n := 0
			for b := range Blocks(t.Context(), file, []Span{{To: file.size()}}, 2) {
				if b.Err != nil {
					t.Fatal(b.Err)
				}
				synctest.Wait()
				runtime.GC()
				runtime.ReadMemStats(&s)
				held = max(held, int64(s.HeapAlloc)-int64(before))
				if n++; n == after {
					allocated = -int64(s.TotalAlloc)
				}
			}
			if n <= after {
				t.Fatalf("%d blocks, expected more than %d", n, after)
			}
			allocated += int64(s.TotalAlloc)
		})
		return allocated, held
	}
	// Every block may allocate memory only for its place.
	text := stream(t, words(1, 200_000), 1)
	if allocated, _ := measure(repeatedStream{text, 100}, 30); allocated > 90*50_000 {
		t.Errorf("%d bytes for some 90 streams of %d bytes", allocated, 200_000)
	}
	// Blocks that expand to much more than they are sorted by are expanded one at a time. A worker that had nothing to
	// do before may begin late, and allocate one buffer.
	allocated, held := measure(repeatedStream{stream(t, make([]byte, 5_000_000), 9), 20}, 5)
	if allocated > 20e6 { // 200 MB if each took its own
		t.Errorf("%d MB were allocated for 15 blocks of 5 MB after the first ones", allocated/1e6)
	}
	if held > 45e6+20e6 { // what two workers and the chain take for themselves, and three buffers
		t.Errorf("%d MB are held for blocks of 5 MB", held/1e6)
	}
	const large = 20_000_000
	_, most := measure(repeatedStream{stream(t, make([]byte, large), 9), 6}, 5)
	if most > held+large+20e6 { // it would be 90 MB more if the workers expanded them
		t.Errorf("%d MB are held for blocks of 5 MB, %d MB for blocks of 20 MB", held/1e6, most/1e6)
	}
}

// repeatedStream is a file that repeats one stream.
type repeatedStream struct {
	stream []byte
	times  int64
}

func (r repeatedStream) size() int64 { return int64(len(r.stream)) * r.times }

func (r repeatedStream) ReadAt(b []byte, at int64) (n int, err error) {
	for n < len(b) {
		if at >= r.size() {
			return n, io.EOF
		}
		k := copy(b[n:], r.stream[at%int64(len(r.stream)):])
		n, at = n+k, at+int64(k)
	}
	return n, nil
}
