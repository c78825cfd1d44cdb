package load_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// redirectCollector is a sink that collects the redirects that are written to it.
type redirectCollector struct{ redirects []string }

func (c *redirectCollector) Write(r schemas.Record) error {
	if r.Redirect != nil {
		c.redirects = append(c.redirects, r.Redirect.Wiki+":"+r.Redirect.From+">"+r.Redirect.To)
	}
	return nil
}
func (c *redirectCollector) FinishPart() ([]version.File, error) { return nil, nil }
func (c *redirectCollector) Commit() ([]version.File, error)     { return nil, nil }
func (c *redirectCollector) Close() error                        { return nil }

// The redirects to which boxes link are written once each, whatever comes first, whatever the parts, and whether or not
// the run was resumed.
func TestRedirectsThatBoxesLinkBy(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		if err := os.RemoveAll(filepath.Join(folder, version.RedirectsName)); err != nil {
			t.Fatal(err)
		}
		var finished version.FinishedParts
		sink, collector := load.NewRedirectSink(disk.Disk{}, folder, finished), &redirectCollector{}
		linked := map[string]bool{}
		var redirects []string
		for range rapid.IntRange(0, 60).Draw(t, "records") {
			n := rapid.IntRange(0, 20).Draw(t, "title")
			title := fmt.Sprintf("Title %d", n)
			var r schemas.Record
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				r.Election = &schemas.Election{Document: &schemas.Document{Wiki: "w"}}
				rapid.SampledFrom([]func(string){
					func(link string) { r.Election.PreviousPage = link },
					func(link string) { r.Election.NextPage = link },
				}).Draw(t, "link")(fmt.Sprintf("title_%d#x", n))
				linked[title] = true
			case 1:
				contender := rapid.SampledFrom([]schemas.Contender{{PartyPage: title}, {Page: title}}).Draw(t,
					"contender")
				r.Election = &schemas.Election{
					Document: &schemas.Document{Wiki: "w"}, Contenders: []schemas.Contender{{}, contender},
				}
				linked[title] = true
			case 2:
				files, err := sink.FinishPart()
				if err != nil {
					t.Fatal(err)
				}
				finished.Add(files)
				if rapid.Bool().Draw(t, "resume") {
					sink = load.NewRedirectSink(disk.Disk{}, folder, finished)
				}
				continue
			default:
				r.Passed = []schemas.Redirect{
					{Wiki: "v", From: title, To: "U"}, {Wiki: "w", From: title, To: "T\n\x00"},
				}
				if !slices.Contains(redirects, title) {
					redirects = append(redirects, title)
				}
			}
			if err := sink.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := load.WriteRedirects([]load.Sink{collector, sink}); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, from := range redirects {
			if linked[from] {
				want = append(want, "w:"+from+">T\n\x00")
			}
		}
		if !slices.Equal(want, collector.redirects) {
			t.Errorf("got %q, expected %q", collector.redirects, want)
		}
		if files, err := sink.Commit(); err != nil || len(files) != 0 {
			t.Errorf("%v, %v", files, err)
		}
	})
}

// A redirect to a redirect leads to the page at their end. One that leads to itself leads to no page, and neither does
// one that goes on and on.
func TestRedirectsToRedirects(t *testing.T) {
	folder := t.TempDir()
	sink, collector := load.NewRedirectSink(disk.Disk{}, folder, version.FinishedParts{}), &redirectCollector{}
	var passed []schemas.Redirect
	var linked []schemas.Contender
	add := func(wiki, from, to string) {
		passed = append(passed, schemas.Redirect{Wiki: wiki, From: from, To: to})
	}
	add("enwiki", "Third", "Page")
	add("enwiki", "First", "Second")
	add("frwiki", "Second", "Elsewhere")
	add("enwiki", "Second", "Third")
	add("enwiki", "Own", "Own")
	add("enwiki", "Into a circle", "One")
	add("enwiki", "One", "Other")
	add("enwiki", "Other", "One")
	for i := range 100 {
		add("enwiki", fmt.Sprint("Step ", i), fmt.Sprint("Step ", i+1))
	}
	for _, title := range []string{"First", "Second", "Own", "Into a circle", "Step 0", "Step 90", "Step 91", "Page"} {
		linked = append(linked, schemas.Contender{Page: title})
	}
	election := &schemas.Election{Document: &schemas.Document{Wiki: "enwiki"}, Contenders: linked}
	for _, r := range []schemas.Record{{Passed: passed[:5]}, {Election: election}, {Passed: passed[5:]}} {
		if err := sink.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := load.WriteRedirects([]load.Sink{collector, sink}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"enwiki:First>Page", "enwiki:Second>Page", "enwiki:Step 91>Step 100",
	}
	if !slices.Equal(want, collector.redirects) {
		t.Errorf("got %q, expected %q", collector.redirects, want)
	}
}

// A file of redirects that is damaged is an error that names the file. If it were ignored, redirects would be missing
// without a word.
func TestDamagedRedirects(t *testing.T) {
	e := &schemas.Election{Document: &schemas.Document{Wiki: "w"}, NextPage: "There"}
	other := compressed(t, "t\x01w\x05There")
	for _, c := range []struct {
		name   string
		damage func(path string) error
		words  []string
	}{
		{"that is gone", os.Remove, []string{"no such file"}},
		{"that cannot be read", func(path string) error {
			return errors.Join(os.Remove(path), os.Mkdir(path, 0o755))
		}, []string{"is a directory"}},
		{"that is empty", func(path string) error { return os.Truncate(path, 0) }, []string{"it has 0 bytes"}},
		{"that was cut", func(path string) error { return cutFile(path, 5) }, []string{"is not as it was written"}},
		{"of another run", func(path string) error { return os.WriteFile(path, other, 0o644) },
			[]string{"is not as it was written", "run again without --resume"}},
		{"with a byte flipped", func(path string) error {
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			content[len(content)/2] ^= 1
			return os.WriteFile(path, content, 0o644)
		}, []string{"is not as it was written"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			sink := load.NewRedirectSink(disk.Disk{}, folder, version.FinishedParts{})
			var finished version.FinishedParts
			for range 3 {
				write(t, sink, schemas.Record{Election: e})
				write(t, sink, schemas.Record{Passed: []schemas.Redirect{{Wiki: "w", From: "There", To: "T"}}})
				files, err := sink.FinishPart()
				if err != nil {
					t.Fatal(err)
				}
				finished.Add(files)
			}
			name := filepath.Join(folder, filepath.FromSlash(finished.Files[1].Path))
			if err := c.damage(name); err != nil {
				t.Fatal(err)
			}
			resumed := load.NewRedirectSink(disk.Disk{}, folder, finished)
			for _, s := range []load.Sink{sink, resumed} {
				collector := &redirectCollector{}
				err := load.WriteRedirects([]load.Sink{collector, s})
				schemastest.CheckWords(t, err, append(c.words, name)...)
				if len(collector.redirects) > 0 {
					t.Errorf("%v was written nevertheless", collector.redirects)
				}
			}
		})
	}
}

// A file can be as it was listed, and still not be what the program writes. Then the error names it too.
func TestRedirectsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		name    string
		content []byte
		words   string
	}{
		{"is not compressed", []byte("t\x01w\x05There"), "magic number mismatch"},
		{"ends within a block", compressed(t, strings.Repeat("t\x01w\x05There", 50))[:20], "unexpected EOF"},
		{"ends within a line", compressed(t, "t\x01w\x05The"), "unexpected EOF"},
		{"ends before a length", compressed(t, "t\x01w"), "unexpected EOF"},
		{"ends before a text", compressed(t, "t"), "unexpected EOF"},
		{"has a length beyond all bounds", compressed(t, "t\xff\xff\xff\xff\xff\xff\xff\xff\x7fw"),
			"a text has 9223372036854775807 bytes, expected 67108864 at most"},
		{"has a length that is no number", compressed(t, "t"+strings.Repeat("\xff", 11)), "overflows"},
		{"has a line of another kind", compressed(t, "x\x01w\x05There"), "a line begins with 'x', expected 't' or 'r'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, version.RedirectsName, "part-00001.zst")
			if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, c.content, 0o644); err != nil {
				t.Fatal(err)
			}
			file, err := version.DescribeFile(folder, path)
			if err != nil {
				t.Fatal(err)
			}
			finished := version.FinishedParts{Parts: 1, Files: []version.File{file}}
			s := load.NewRedirectSink(disk.Disk{}, folder, finished)
			schemastest.CheckWords(t, load.WriteRedirects([]load.Sink{s}), path, c.words)
		})
	}
}

// FuzzRedirects reads lines of any content. Nothing panics, and memory stays within bounds whatever length is claimed.
func FuzzRedirects(f *testing.F) {
	f.Add([]byte("t\x01w\x05Otherr\x01w\x05Other\x05There"))
	f.Add([]byte("r\xff\xff\xff\xff\x0f"))
	f.Add([]byte("t\x01w"))
	folder := f.TempDir()
	path := filepath.Join(folder, version.RedirectsName, "part-00001.zst")
	if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, lines []byte) {
		if err := os.WriteFile(path, compressed(t, string(lines)), 0o644); err != nil {
			t.Fatal(err)
		}
		file, err := version.DescribeFile(folder, path)
		if err != nil {
			t.Fatal(err)
		}
		finished := version.FinishedParts{Parts: 1, Files: []version.File{file}}
		err = load.WriteRedirects([]load.Sink{load.NewRedirectSink(disk.Disk{}, folder, finished)})
		if err != nil && !strings.Contains(err.Error(), path) {
			t.Errorf("the error does not name the file: %v", err)
		}
	})
}

func compressed(t *testing.T, content string) []byte {
	t.Helper()
	e, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return e.EncodeAll([]byte(content), nil)
}

// cutFile cuts bytes off the end of a file.
func cutFile(path string, bytes int64) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Truncate(path, info.Size()-bytes)
}
